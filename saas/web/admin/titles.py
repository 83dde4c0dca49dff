"""What permissions and labels are called on the administrators' pages."""

from collections.abc import Iterable

from saas.domain import domains
from saas.identity.permissions import PUBLIC, SIGNED_IN, TITLES

LABELS = ("一般", "敏感", "重要")


def of(permission: str) -> str:
    """The title of a permission of the kernel or of a line of work."""
    own = {str(key): title for line in domains() for key, title in line.permission_titles.items()}
    return {PUBLIC: "不需要登录", SIGNED_IN: "登录即可", **TITLES, **own}.get(permission, permission)


def listed(permissions: Iterable[str]) -> str:
    """Several in one line."""
    return "、".join(of(permission) for permission in permissions)
