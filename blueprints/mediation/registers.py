"""The registers of mediation work: the committees and their mediators."""

from saas.registers.declaration import Register

READ, WRITE = "mediation.register_read", "mediation.register_write"

# 人民调解法第八条 names those of villages, residents' communities, enterprises and institutions; 第三十四条 those of
# towns, social groups and other organisations, from which the trade committees come.
COMMITTEE_KINDS = (
    ("village", "村"),
    ("residents", "居"),
    ("town", "乡镇街道"),
    ("enterprise", "企事业"),
    ("trade", "行业性专业性"),
)
EDUCATION = (
    ("primary", "小学及以下"),
    ("junior", "初中"),
    ("senior", "高中、中专"),
    ("college", "大专"),
    ("bachelor", "本科"),
    ("master", "研究生"),
)
# The grades of mediators are local practice; each city may change the list.
GRADES = (("none", "未评定"), ("one", "一级"), ("two", "二级"), ("three", "三级"), ("four", "四级"))

REGISTERS = (
    Register(
        key="mediation.committee",
        title="人民调解委员会名录",
        form="mediation.committee_entry",
        name_field="name",
        statuses=(("active", "在册"), ("paused", "暂停"), ("dissolved", "已撤销")),
        kind_field="kind",
        expires_field="term_to",
        public=("name", "kind", "area", "address", "telephone"),
        read=READ,
        write=WRITE,
        key_field="name",
        law="人民调解法第八条、第九条、第三十四条",
    ),
    Register(
        key="mediation.mediator",
        title="人民调解员名册",
        form="mediation.mediator_entry",
        name_field="name",
        statuses=(("active", "在册"), ("ended", "已解聘或者任期届满"), ("removed", "已罢免")),
        kind_field="kind",
        expires_field="term_to",
        public=("name", "kind", "committee", "grade"),
        read=READ,
        write=WRITE,
        record_forms={
            "培训": "mediation.training_record",
            "等级评定": "mediation.grading_record",
            "以案定补": "mediation.subsidy_record",
        },
        law="人民调解法第十三条至第十六条",
    ),
)
