"""What the audit knows of the keys a city signs with."""

from enum import StrEnum


class SigningAudit(StrEnum):
    """What happens to a signing key."""

    MADE = "signing.key.made"
    IMPORTED = "signing.key.imported"


TITLES: dict[str, str] = {
    SigningAudit.MADE: "生成测试签名证书",
    SigningAudit.IMPORTED: "导入签名证书",
}
