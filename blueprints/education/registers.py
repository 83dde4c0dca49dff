"""The registers of legal education: places, model villages, volunteers and lecturers, officials who study."""

from saas.registers.declaration import Register

READ, WRITE = "education.register_read", "education.register_write"
PLACE, VILLAGE, VOLUNTEER, OFFICIAL = (
    "education.place",
    "education.model_village",
    "education.volunteer",
    "education.official",
)
RECHECK = "education.recheck_record"
VOLUNTEER_KINDS = (
    ("volunteer", "普法志愿者"),
    ("lecturer", "普法讲师团成员"),
    ("knower", "法律明白人"),
)
RANKS = (
    ("leading", "领导干部"),
    ("section", "科级干部"),
    ("staff", "其他国家工作人员"),
)
STUDIES = (
    ("study_group", "中心组专题学法"),
    ("study_class", "培训、讲座"),
    ("study_online", "网络学法"),
    ("study_court", "旁听庭审学法"),
)
NAMED = (("active", "已命名"), ("rectifying", "整改中"), ("removed", "已撤销"))
PRACTICE = "地方普法工作通行做法"

REGISTERS = (
    Register(
        key=PLACE,
        title="法治文化阵地名录",
        form="education.place_entry",
        name_field="name",
        statuses=(("active", "在用"), ("closed", "已停用")),
        kind_field="kind",
        public=("name", "kind", "level", "area", "address"),
        read=READ,
        write=WRITE,
        record_forms={"复核": RECHECK},
        key_field="name",
        law=PRACTICE,
    ),
    Register(
        key=VILLAGE,
        title="民主法治示范村（社区）名录",
        form="education.village_entry",
        name_field="name",
        statuses=NAMED,
        kind_field="level",
        expires_field="recheck_by",
        public=("name", "kind", "level", "area", "named_on"),
        read=READ,
        write=WRITE,
        record_forms={"复核": RECHECK},
        key_field="name",
        law=PRACTICE,
    ),
    Register(
        key=VOLUNTEER,
        title="普法志愿者和讲师团名册",
        form="education.volunteer_entry",
        name_field="name",
        statuses=(("active", "在岗"), ("left", "已退出")),
        kind_field="kind",
        read=READ,
        write=WRITE,
        record_forms={"培训": "education.training_record", "年度考核": "education.review_record"},
        law=PRACTICE,
    ),
    Register(
        key=OFFICIAL,
        title="国家工作人员学法名册",
        form="education.official_entry",
        name_field="name",
        statuses=(("active", "在职"), ("left", "已调离、退休")),
        kind_field="rank",
        read=READ,
        write=WRITE,
        record_forms={"学法": "education.study_record"},
        law="保定市关于加快推进公共法律服务体系建设的实施意见（2018年）；各地学法制度",
    ),
)
CODES = {
    "education.volunteer_kind": VOLUNTEER_KINDS,
    "education.rank": RANKS,
    "education.study": STUDIES,
}
