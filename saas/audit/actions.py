"""The actions of the kernel's own that the audit knows; lines of work declare theirs beside their services."""

from enum import StrEnum


class IdentityAction(StrEnum):
    """What happens to accounts and at the door."""

    SIGNED_IN = "identity.user.signed_in"
    STEP_TAKEN = "identity.user.sign_in_step_taken"
    SIGN_IN_FAILED = "identity.user.sign_in_failed"
    LOCKED = "identity.user.locked"
    SECOND_FACTOR_FAILED = "identity.factor.failed"
    REAUTHENTICATED = "identity.user.reauthenticated"
    REAUTHENTICATION_FAILED = "identity.user.reauthentication_failed"
    SIGNED_OUT = "identity.user.signed_out"
    SESSION_ENDED = "identity.session.ended"
    SESSIONS_ENDED = "identity.session.others_ended"
    USER_CREATED = "identity.user.created"
    USER_DISABLED = "identity.user.disabled"
    ROLE_GRANTED = "identity.role.granted"
    ROLE_REVOKED = "identity.role.revoked"
    FACTOR_ENROLLED = "identity.factor.enrolled"
    FACTOR_REMOVED = "identity.factor.removed"
    PASSKEY_ADDED = "identity.passkey.added"
    PASSKEY_REMOVED = "identity.passkey.removed"
    CODES_RENEWED = "identity.factor.codes_renewed"
    PASSWORD_CHANGED = "identity.password.changed"  # noqa: S105 - the name of an action
    LINK_ISSUED = "identity.link.issued"
    LINK_USED = "identity.link.used"


class AccessAction(StrEnum):
    """What was refused at the door of a page."""

    REFUSED = "access.refused"


TITLES: dict[str, str] = {
    AccessAction.REFUSED: "访问被拒绝",
    IdentityAction.SIGNED_IN: "登录",
    IdentityAction.STEP_TAKEN: "登录的一步通过",
    IdentityAction.SIGN_IN_FAILED: "登录失败",
    IdentityAction.LOCKED: "登录失败，暂时锁定",
    IdentityAction.SECOND_FACTOR_FAILED: "第二步验证失败",
    IdentityAction.REAUTHENTICATED: "再次验证身份",
    IdentityAction.REAUTHENTICATION_FAILED: "再次验证身份失败",
    IdentityAction.SIGNED_OUT: "退出登录",
    IdentityAction.SESSION_ENDED: "结束一处登录",
    IdentityAction.SESSIONS_ENDED: "结束其他各处登录",
    IdentityAction.USER_CREATED: "新建账号",
    IdentityAction.USER_DISABLED: "停用账号",
    IdentityAction.ROLE_GRANTED: "授予角色",
    IdentityAction.ROLE_REVOKED: "收回角色",
    IdentityAction.FACTOR_ENROLLED: "绑定动态口令",
    IdentityAction.FACTOR_REMOVED: "解除动态口令",
    IdentityAction.PASSKEY_ADDED: "添加通行密钥",
    IdentityAction.PASSKEY_REMOVED: "删除通行密钥",
    IdentityAction.CODES_RENEWED: "更换恢复码",
    IdentityAction.PASSWORD_CHANGED: "修改密码",
    IdentityAction.LINK_ISSUED: "发出一次性链接",
    IdentityAction.LINK_USED: "使用一次性链接",
}
