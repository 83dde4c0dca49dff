"""The registers of appraisal: institutions and appraisers, whose licences are valid for five years."""

from saas.registers.declaration import Register

READ, WRITE = "appraisal.register_read", "appraisal.register_write"
STATUSES = (("active", "在册"), ("suspended", "停止执业"), ("cancelled", "已注销"), ("revoked", "已撤销登记"))
LAW = "北京市司法鉴定管理条例第十条、第十三条、第三十三条"

REGISTERS = (
    Register(
        key="appraisal.institution",
        title="司法鉴定机构名册",
        form="appraisal.institution_entry",
        name_field="name",
        statuses=STATUSES,
        kind_field="class",
        expires_field="valid_until",
        warn_days=90,
        public=("name", "licence", "class", "scope", "address", "telephone", "grade", "valid_until"),
        read=READ,
        write=WRITE,
        record_forms={"能力验证": "appraisal.proficiency_record", "奖惩": "appraisal.award_record"},
        key_field="licence",
        law=LAW,
    ),
    Register(
        key="appraisal.appraiser",
        title="司法鉴定人名册",
        form="appraisal.appraiser_entry",
        name_field="name",
        statuses=STATUSES,
        kind_field="class",
        expires_field="valid_until",
        warn_days=90,
        public=("name", "licence", "class", "kinds", "institution", "rank", "valid_until"),
        read=READ,
        write=WRITE,
        record_forms={"继续教育": "appraisal.training_record", "奖惩": "appraisal.award_record"},
        key_field="licence",
        law=LAW,
    ),
)
