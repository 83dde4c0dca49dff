"""Whom the bureau supervises in notarial work: the offices and their notaries, and how it looks at their quality."""

from saas.inspections.declaration import InspectionKind
from saas.registers.declaration import Register

READ, WRITE, SUPERVISE = "notary.register_read", "notary.register_write", "notary.supervise"

OFFICE_KINDS = (("institution", "事业单位"), ("cooperative", "合作制"), ("other", "其他体制"))
PERSON_KINDS = (("notary", "公证员"), ("assistant", "公证员助理"), ("staff", "其他公证人员"))

REGISTERS = (
    Register(
        key="notary.office",
        title="公证机构名录",
        form="notary.office_entry",
        name_field="name",
        statuses=(("active", "执业"), ("suspended", "停业整顿"), ("closed", "已终止")),
        kind_field="kind",
        expires_field="insured_to",
        public=("name", "kind", "area", "address", "telephone"),
        read=READ,
        write=WRITE,
        record_forms={"监督检查": "notary.check_record", "年度考核": "notary.appraisal_record"},
        key_field="licence",
        law="公证法第五条至第九条、第十五条",
    ),
    # A notary is between 25 and 65 years old (公证法 18, 24); the day of 65 is the one that is told beforehand.
    Register(
        key="notary.notary",
        title="公证员名册",
        form="notary.notary_entry",
        name_field="name",
        statuses=(
            ("active", "在岗"),
            ("suspended", "停止执业"),
            ("removed", "免职"),
            ("retired", "退休（满 65 周岁）"),
        ),
        kind_field="kind",
        expires_field="until",
        warn_days=180,
        public=("name", "kind", "office"),
        read=READ,
        write=WRITE,
        record_forms={"培训": "notary.training_record", "年度考核": "notary.appraisal_record"},
        key_field="licence",
        law="公证法第十六条至第二十四条、第四十一条、第四十二条",
    ),
)
# 公证质量检查: a file is up to the mark or not, as in 遵义's monthly and quarterly checks of 2017.
QUALITY = InspectionKind(
    key="notary.quality",
    title="公证质量检查",
    objects="cases:notary.matter",
    inspectors="",
    plan=SUPERVISE,
    work=SUPERVISE,
    publish=SUPERVISE,
    law="公证法第五条",
    public=False,
)
