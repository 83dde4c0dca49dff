"""What the audit knows of phone codes and providers of identity."""

from enum import StrEnum


class CredentialAudit(StrEnum):
    """What happens at the doors that need no password of ours."""

    CODE_SENT = "credentials.code.sent"
    CODE_REFUSED = "credentials.code.refused"
    CITIZEN_SIGNED_IN = "credentials.citizen.signed_in"
    PROVIDER_REFUSED = "credentials.provider.refused"
    PROVIDER_SET = "credentials.provider.set"
    IDENTITY_LINKED = "credentials.identity.linked"


TITLES: dict[str, str] = {
    CredentialAudit.CODE_SENT: "发送手机验证码",
    CredentialAudit.CODE_REFUSED: "手机验证码不正确",
    CredentialAudit.CITIZEN_SIGNED_IN: "群众登录",
    CredentialAudit.PROVIDER_REFUSED: "统一身份认证未通过",
    CredentialAudit.PROVIDER_SET: "设置统一身份认证",
    CredentialAudit.IDENTITY_LINKED: "关联统一身份",
}
