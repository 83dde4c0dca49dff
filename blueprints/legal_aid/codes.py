"""The lists of legal aid: matters, stages, grounds, kinds of people. The codes are ours and stay."""

Entries = tuple[tuple[str, str], ...]

WAGES, WORK_INJURY = "05", "07"

# 法律援助法 31, 32 and 25, 28: what aid is given for.
KINDS: Entries = (
    ("01", "国家赔偿"),
    ("02", "社会保险待遇、社会救助"),
    ("03", "发给抚恤金"),
    ("04", "赡养费、抚养费、扶养费"),
    (WAGES, "确认劳动关系、支付劳动报酬"),
    ("06", "认定无民事行为能力、限制民事行为能力"),
    (WORK_INJURY, "工伤事故损害赔偿"),
    ("08", "交通事故损害赔偿"),
    ("09", "食品药品安全事故损害赔偿"),
    ("10", "医疗事故损害赔偿"),
    ("11", "环境污染、生态破坏损害赔偿"),
    ("12", "维护英雄烈士人格权益"),
    ("13", "因见义勇为主张民事权益"),
    ("14", "再审改判无罪请求国家赔偿"),
    ("15", "遭受虐待、遗弃、家庭暴力主张权益"),
    ("20", "刑事辩护"),
    ("21", "刑事代理"),
    ("22", "强制医疗代理"),
    ("99", "其他事项"),
)
CLASSES: Entries = (("criminal", "刑事"), ("civil", "民事"), ("administrative", "行政"), ("other", "其他"))
STAGES: Entries = (
    ("none", "未进入程序"),
    ("investigation", "侦查"),
    ("prosecution", "审查起诉"),
    ("first", "一审"),
    ("second", "二审"),
    ("retrial", "再审"),
    ("death_review", "死刑复核"),
    ("arbitration", "仲裁"),
    ("mediation", "调解"),
    ("reconsideration", "行政复议"),
)
# 法律援助法 22.
FORMS: Entries = (
    ("advice", "法律咨询"),
    ("drafting", "代拟法律文书"),
    ("criminal", "刑事辩护与代理"),
    ("representation", "民事、行政、国家赔偿案件的诉讼代理及非诉讼代理"),
    ("duty", "值班律师法律帮助"),
    ("labour", "劳动争议调解与仲裁代理"),
    ("other", "法律、法规、规章规定的其他形式"),
)
CATEGORIES: Entries = (
    ("disabled", "残疾人"),
    ("elderly", "老年人（60 岁以上）"),
    ("minor", "未成年人"),
    ("woman", "女性"),
    ("migrant", "农民工"),
    ("farmer", "农民"),
    ("ethnic", "少数民族"),
    ("soldier", "军人"),
    ("army_family", "军属"),
    ("veteran", "退役军人"),
    ("foreigner", "外国人或者无国籍人"),
    ("other", "其他"),
)
# 法律援助法 42.
EXEMPT: Entries = (
    ("special", "无固定生活来源的未成年人、老年人、残疾人等特定群体"),
    ("relief", "社会救助、司法救助或者优抚对象"),
    ("migrant", "申请支付劳动报酬或者请求工伤事故人身损害赔偿的进城务工人员"),
    ("other", "法律、法规、规章规定的其他人员"),
)
# 法律援助法 32.
UNLIMITED: Entries = (
    ("hero", "英雄烈士近亲属为维护英雄烈士的人格权益"),
    ("brave", "因见义勇为行为主张相关民事权益"),
    ("innocent", "再审改判无罪请求国家赔偿"),
    ("violence", "遭受虐待、遗弃或者家庭暴力的受害人主张相关权益"),
    ("other", "法律、法规、规章规定的其他情形"),
)
REFUSALS: Entries = (
    ("out_of_scope", "不属于法律援助的事项范围"),
    ("not_poor", "不符合经济困难标准"),
    ("unclear_party", "申请事项的相对人不明确"),
    ("concluded", "已经审结、没有新的事实和理由再次申请"),
    ("other", "其他"),
)
# 法律援助法 48.
TERMINATION: Entries = (
    ("deceit", "以欺骗或者其他不正当手段获得法律援助"),
    ("conceal", "故意隐瞒与案件有关的重要事实或者提供虚假证据"),
    ("misuse", "利用法律援助从事违法活动"),
    ("means_changed", "经济状况发生变化，不再符合法律援助条件"),
    ("case_ended", "案件终止审理或者已经被撤销"),
    ("own_lawyer", "自行委托律师或者其他代理人"),
    ("asked", "有正当理由要求终止法律援助"),
    ("other", "法律法规规定的其他情形"),
)
# 法律援助法 25, 28.
SITUATIONS: Entries = (
    ("minor", "未成年人"),
    ("disabled", "视力、听力、言语残疾人"),
    ("incapable", "不能完全辨认自己行为的成年人"),
    ("grave", "可能被判处无期徒刑、死刑的人"),
    ("death_review", "申请法律援助的死刑复核案件被告人"),
    ("absent", "缺席审判案件的被告人"),
    ("legal", "法律法规规定的其他人员"),
    ("medical", "强制医疗案件的被申请人、被告人"),
    ("may", "其他适用普通程序审理、可以通知的被告人"),
)
ORGANS: Entries = (
    ("police", "公安机关"),
    ("security", "国家安全机关"),
    ("procuratorate", "人民检察院"),
    ("court", "人民法院"),
)
PROVIDERS: Entries = (
    ("firm", "律师事务所"),
    ("grassroots", "基层法律服务所"),
    ("volunteer", "法律援助志愿者"),
    ("agency", "法律援助机构人员"),
)
OUTCOMES: Entries = (
    ("judgment", "判决、裁定"),
    ("mediation", "调解"),
    ("withdrawal", "撤诉"),
    ("arbitration", "仲裁裁决"),
    ("settlement", "和解"),
    ("ended", "终止"),
    ("other", "其他"),
)
CHANNELS: Entries = (("visit", "来访"), ("phone", "来电"), ("letter", "来信"), ("network", "网络"))
# 法律援助法 30; 值班律师工作办法.
HELP: Entries = (
    ("advice", "法律咨询"),
    ("procedure", "程序选择建议"),
    ("coercive", "申请变更强制措施"),
    ("opinion", "对案件处理提出意见"),
    ("aid", "帮助申请法律援助"),
    ("witness", "见证签署认罪认罚具结书"),
    ("other", "其他法律帮助"),
)
SUBSIDIES: Entries = (
    ("criminal_investigation", "刑事案件侦查阶段"),
    ("criminal_prosecution", "刑事案件审查起诉阶段"),
    ("criminal_trial", "刑事案件审判阶段"),
    ("civil_trial", "民事诉讼"),
    ("administrative", "行政诉讼"),
    ("arbitration", "劳动争议仲裁"),
    ("nonlitigation", "非诉讼事项"),
    ("document", "代拟法律文书"),
    ("duty_day", "值班律师（每个工作日）"),
)
SOURCES: Entries = (
    ("application", "申请"),
    ("notice", "通知"),
    ("transfer", "转交"),
    ("cooperation", "异地协作"),
)
LISTS: dict[str, Entries] = {
    "legal_aid.kind": KINDS,
    "legal_aid.class": CLASSES,
    "legal_aid.stage": STAGES,
    "legal_aid.form": FORMS,
    "legal_aid.category": CATEGORIES,
    "legal_aid.exempt": EXEMPT,
    "legal_aid.unlimited": UNLIMITED,
    "legal_aid.refusal": REFUSALS,
    "legal_aid.termination": TERMINATION,
    "legal_aid.situation": SITUATIONS,
    "legal_aid.organ": ORGANS,
    "legal_aid.provider": PROVIDERS,
    "legal_aid.outcome": OUTCOMES,
    "legal_aid.channel": CHANNELS,
    "legal_aid.help": HELP,
    "legal_aid.subsidy": SUBSIDIES,
    "legal_aid.source": SOURCES,
}
