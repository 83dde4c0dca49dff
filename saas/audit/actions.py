"""The actions of the kernel's own that the audit knows; lines of work declare theirs beside their services."""

from enum import StrEnum


class IdentityAction(StrEnum):
    """What happens to accounts and at the door."""

    SIGNED_IN = "identity.user.signed_in"
    SIGN_IN_FAILED = "identity.user.sign_in_failed"
    SIGNED_OUT = "identity.user.signed_out"
    USER_CREATED = "identity.user.created"
    ROLE_GRANTED = "identity.role.granted"
    PASSWORD_CHANGED = "identity.password.changed"  # noqa: S105 - the name of an action


class AccessAction(StrEnum):
    """What was refused at the door of a page."""

    REFUSED = "access.refused"


TITLES: dict[str, str] = {
    AccessAction.REFUSED: "访问被拒绝",
    IdentityAction.SIGNED_IN: "登录",
    IdentityAction.SIGN_IN_FAILED: "登录失败",
    IdentityAction.SIGNED_OUT: "退出登录",
    IdentityAction.USER_CREATED: "新建账号",
    IdentityAction.ROLE_GRANTED: "授予角色",
    IdentityAction.PASSWORD_CHANGED: "修改密码",
}
