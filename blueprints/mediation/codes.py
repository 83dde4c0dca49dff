"""The keys of the processes of mediation, and its code lists."""

DISPUTE, SCREENING, CLUE, DOCKING = (
    "mediation.dispute",
    "mediation.screening",
    "mediation.clue",
    "mediation.docking",
)

# 司法部's eighteen kinds of disputes; the codes are ours and stay.
KINDS = (
    ("01", "婚姻家庭纠纷"),
    ("02", "邻里纠纷"),
    ("03", "房屋宅基地纠纷"),
    ("04", "合同纠纷"),
    ("05", "生产经营纠纷"),
    ("06", "损害赔偿纠纷"),
    ("07", "山林土地纠纷"),
    ("08", "征地拆迁纠纷"),
    ("09", "环境污染纠纷"),
    ("10", "拖欠农民工工资纠纷"),
    ("11", "其他劳动争议纠纷"),
    ("12", "旅游纠纷"),
    ("13", "电子商务纠纷"),
    ("14", "其他消费纠纷"),
    ("15", "医疗纠纷"),
    ("16", "道路交通事故纠纷"),
    ("17", "物业纠纷"),
    ("99", "其他纠纷"),
)
SOURCES = (
    ("application", "当事人申请"),
    ("initiative", "主动调解"),
    ("screening", "排查发现"),
    ("court", "法院委派"),
    ("court_filed", "法院委托"),
    ("police", "公安移送"),
    ("procuratorate", "检察移送"),
    ("petition", "信访移送"),
    ("labour", "劳动仲裁移送"),
    ("traffic", "交管移送"),
    ("hotline", "12345、12348 转办"),
    ("other", "其他部门移送"),
)
SCOPES = (
    ("by_area", "地区排查（每月）"),
    ("by_project", "项目排查（每周）"),
    ("by_site", "现场排查（每日）"),
)
CHANNELS = (
    ("court_docking", "诉调对接"),
    ("police_docking", "公调对接"),
    ("procuratorate_docking", "检调对接"),
    ("petition_docking", "访调对接"),
    ("labour_docking", "劳调对接"),
    ("traffic_docking", "交调对接"),
    ("medical_docking", "医调对接"),
)
LISTS = {
    "mediation.kind": KINDS,
    "mediation.source": SOURCES,
    "mediation.screening_scope": SCOPES,
    "mediation.channel": CHANNELS,
}
