"""The code lists of notarial work; codes are ours and stay, titles a city may change."""

from blueprints.notary import registers

# 公证法 11, its eleven items taken apart by what people ask for.
KINDS = (
    ("01", "合同"),
    ("02", "继承"),
    ("03", "委托"),
    ("04", "声明"),
    ("05", "赠与"),
    ("06", "遗嘱"),
    ("07", "财产分割"),
    ("08", "招标投标、拍卖"),
    ("09", "婚姻状况"),
    ("10", "亲属关系"),
    ("11", "收养关系"),
    ("12", "出生"),
    ("13", "生存"),
    ("14", "死亡"),
    ("15", "身份"),
    ("16", "经历"),
    ("17", "学历、学位"),
    ("18", "职务、职称"),
    ("19", "有无违法犯罪记录"),
    ("20", "公司章程"),
    ("21", "保全证据"),
    ("22", "签名、印鉴、日期"),
    ("23", "副本、影印本与原本相符"),
    ("99", "其他公证事项"),
)
# 公证法 12: what an office does besides.
AFFAIRS = (
    ("registration", "法律、行政法规规定由公证机构登记的事务"),
    ("escrow", "提存"),
    ("custody", "保管遗嘱、遗产或者其他与公证事项有关的财产、物品、文书"),
    ("drafting", "代写与公证事项有关的法律事务文书"),
    ("advice", "提供公证法律咨询"),
)
# 公证法 25.
JURISDICTION = (
    ("domicile", "住所地"),
    ("residence", "经常居住地"),
    ("act", "行为地"),
    ("fact", "事实发生地"),
    ("property", "不动产所在地"),
)
SOURCES = (
    ("counter", "窗口"),
    ("online", "网上"),
    ("remote", "远程公证"),
    ("home", "上门申请"),
    ("project", "项目现场"),
)
# 公证法 31.
REFUSALS = (
    ("01", "无民事行为能力人或者限制民事行为能力人没有监护人代理申请办理公证的"),
    ("02", "当事人与申请公证的事项没有利害关系的"),
    ("03", "申请公证的事项属专业技术鉴定、评估事项的"),
    ("04", "当事人之间对申请公证的事项有争议的"),
    ("05", "当事人虚构、隐瞒事实，或者提供虚假证明材料的"),
    ("06", "当事人提供的证明材料不充分或者拒绝补充证明材料的"),
    ("07", "申请公证的事项不真实、不合法的"),
    ("08", "申请公证的事项违背社会公德的"),
    ("09", "当事人拒绝按照规定支付公证费的"),
)
# 公证程序规则 50, from memory.
TERMINATIONS = (
    ("six_months", "因当事人的原因致使该公证事项在六个月内不能办结的"),
    ("withdrawn", "公证书出具前当事人撤回公证申请的"),
    ("gone", "因申请公证的自然人死亡、法人或者其他组织终止，不能继续办理公证或者继续办理公证已无意义的"),
    ("obstructed", "当事人阻挠、妨碍公证机构及承办公证员按规定的程序、期限办理公证的"),
    ("other", "其他应当终止的情形"),
)
# The words of the categories are those in a certificate's number, see documents.certificate.
CATEGORIES = (
    ("domestic_civil", "国内民事"),
    ("domestic_economic", "国内经济"),
    ("foreign_civil", "涉外民事"),
    ("foreign_economic", "涉外经济"),
    ("region", "涉港澳台"),
)
TERMS = (
    ("usual", "15 个工作日（公证法第三十条）"),
    ("ten", "10 个工作日（提速清单）"),
    ("five", "5 个工作日（提速清单）"),
    ("three", "承诺：简单事项"),
    ("urgent", "承诺：奔丧、签证等急件"),
    ("same_day", "承诺：当天办"),
)
# The items of the list of 2024 that could be read, all of mandate and five working days; a city adds the others.
SPEED = (
    ("urban_house", "城市房屋所有权委托"),
    ("rural_house", "农村房屋委托"),
    ("land_use", "建设用地使用权委托"),
    ("other_property", "其他不动产物权委托"),
    ("movable", "动产物权委托"),
    ("claim", "债权委托"),
    ("share", "股权委托"),
    ("copyright", "著作权委托"),
    ("patent", "专利权委托"),
    ("trademark", "商标权委托"),
    ("origin", "原产地地理标志委托"),
)
GREEN = (
    ("aged", "老年人"),
    ("disabled", "残疾人"),
    ("ill", "重病、行动不便"),
    ("migrant", "农民工"),
    ("soldier", "军人军属"),
    ("aid", "法律援助受援人"),
    ("project", "重点项目"),
    ("enterprise", "企业急需"),
)
CODE_LISTS = {
    "notary.kind": KINDS,
    "notary.affair": AFFAIRS,
    "notary.jurisdiction": JURISDICTION,
    "notary.source": SOURCES,
    "notary.refusal": REFUSALS,
    "notary.termination": TERMINATIONS,
    "notary.category": CATEGORIES,
    "notary.term": TERMS,
    "notary.speed": SPEED,
    "notary.green": GREEN,
    "notary.office_kind": registers.OFFICE_KINDS,
    "notary.person_kind": registers.PERSON_KINDS,
}
