"""The code lists of legal education as a city begins with them; it edits them afterwards."""

LIST_KINDS = (
    ("list_dates", "重要时间节点普法清单"),
    ("list_topics", "专项主题普法清单"),
    ("list_laws", "新颁（修）法律法规宣传清单"),
)
BATCHES = (
    ("first", "第一批"),
    ("second", "第二批"),
    ("third", "第三批"),
    ("later", "第三批以后"),
)
# Groups of 山东省法治宣传教育条例 12–24, a local example.
SUBJECTS = (
    ("enforcement", "行政执法机关"),
    ("judicial", "司法机关"),
    ("organ", "其他国家机关"),
    ("people_group", "人民团体"),
    ("soe", "国有企业"),
    ("institution", "事业单位"),
    ("media", "媒体"),
    ("school", "学校"),
)
AUDIENCES = (
    ("officials", "领导干部、国家工作人员"),
    ("youth", "青少年"),
    ("villagers", "村（居）民"),
    ("migrants", "流动人口、农民工"),
    ("stay_behind", "失业、留守人员"),
    ("petitioners", "信访人"),
    ("managers", "企业经营管理人员"),
    ("custody", "服刑、被拘留和社区矫正人员"),
    ("special", "特殊群体"),
)
WAYS = (
    ("lecture", "讲座"),
    ("consulting", "法律咨询"),
    ("case_study", "以案释法"),
    ("performance", "文艺演出"),
    ("contest", "竞赛竞答"),
    ("handout", "资料发放"),
    ("new_media", "新媒体、微课堂"),
    ("advertisement", "公益广告"),
    ("court_visit", "旁听庭审"),
    ("training", "培训班"),
)
CARRIERS = (
    ("print", "海报、手册、挂图"),
    ("broadcast", "村村通广播"),
    ("bus_stop", "公交站台"),
    ("screen", "户外电子屏"),
    ("account", "公众号、小程序"),
)
VENUES = (
    ("park", "法治文化公园"),
    ("square", "法治文化广场"),
    ("corridor", "法治文化长廊"),
    ("trail", "法治文化步道"),
    ("book_corner", "法律图书角"),
    ("window", "法治文化橱窗"),
    ("street", "法治街区、景观大道"),
    ("scenic", "法治景区"),
    ("base", "法治教育基地"),
)
VILLAGES = (("village", "民主法治示范村"), ("community", "民主法治示范社区"))
LEVELS = (("nation", "国家级"), ("province", "省级"), ("city", "市级"), ("county", "县级"))
GRADES = (("excellent", "优秀"), ("good", "良好"), ("qualified", "合格"), ("unqualified", "不合格"))
# 八进 in one city, 十进 in another: which these are is the city's own.
REACHING = (
    ("in_organ", "进机关"),
    ("in_village", "进乡村"),
    ("in_community", "进社区"),
    ("in_school", "进学校"),
    ("in_company", "进企业"),
    ("in_unit", "进单位"),
)
TOPICS = (
    ("clearing", "疏解整治促提升"),
    ("business", "优化营商环境"),
    ("wages", "农民工治欠保支"),
    ("civilised", "文明城市创建"),
    ("rural", "乡村振兴"),
)
# The days whose names were read in the cities' own reports come first; the month of the Civil Code and the last five
# are from memory. One city keeps 28 such days a year, another a month of its own in December: each edits the list.
DAYS = (
    ("d0415", "4月15日　全民国家安全教育日"),
    ("m05", "5月　民法典宣传月"),
    ("d0626", "6月26日　国际禁毒日"),
    ("d1204", "12月4日　国家宪法日（宪法宣传周）"),
    ("d0308", "3月8日　妇女节"),
    ("d0315", "3月15日　消费者权益日"),
    ("d0426", "4月26日　知识产权日"),
    ("d0605", "6月5日　环境日"),
    ("d1109", "11月9日　消防日"),
)
LISTS = {
    "education.list_kind": LIST_KINDS,
    "education.batch": BATCHES,
    "education.subject": SUBJECTS,
    "education.audience": AUDIENCES,
    "education.way": WAYS,
    "education.carrier": CARRIERS,
    "education.venue": VENUES,
    "education.model_kind": (*VILLAGES, *VENUES),
    "education.level": LEVELS,
    "education.grade": GRADES,
    "education.reaching": REACHING,
    "education.topic": TOPICS,
    "education.day": DAYS,
}
