"""What one role and one account may hold together: three duties apart, and an audit that changes nothing."""

from collections.abc import Collection, Iterable

from saas.errors import InvalidInputError
from saas.identity.permissions import CASEWORK, DUTIES, DUTY_TITLES, PUBLIC, READING, SIGNED_IN

TOGETHER = "系统管理、安全管理、审计管理三项职责必须分开，由不同的账号担任。"
ONLY_READS = "审计管理员只能查看，不能有办理、修改或者审批的权限。"
NO_CASES = "系统管理员和安全管理员不能查看、办理案件，请去掉案件方面的权限。"
BEYOND = "这些权限不能给这个角色：{}。"


def duty_of(permissions: Collection[str]) -> str | None:
    """The duty of administration that permissions make, None where they make none.

    Raises:
        InvalidInputError: They would join two duties, or let the audit change something (GB/T 22239 8.1.5).
    """
    found = [duty for duty, marks in DUTIES.items() if marks & set(permissions)]
    if len(found) > 1:
        raise InvalidInputError({"permissions": TOGETHER})
    if found == ["audit"] and not set(permissions) <= READING:
        raise InvalidInputError({"permissions": ONLY_READS})
    if found and found != ["audit"] and CASEWORK & set(permissions):
        raise InvalidInputError({"permissions": NO_CASES})
    return found[0] if found else None


def check_apart(held: Iterable[str | None], given: str | None) -> None:
    """Refuse to give a duty to an account that has another one.

    Raises:
        InvalidInputError: It has.
    """
    others = sorted({duty for duty in held if duty} - {given})
    if given and others:
        names = "、".join(DUTY_TITLES[duty] for duty in others)
        raise InvalidInputError({"role": f"这个账号已经担任{names}。{TOGETHER}"})


def check_within(permissions: Collection[str], allowed: Collection[str]) -> None:
    """Refuse permissions that nobody declared, or that the law keeps from the role.

    Raises:
        InvalidInputError: Some are not allowed; the sentence names them.
    """
    beyond = sorted(set(permissions) - (set(allowed) - {PUBLIC, SIGNED_IN}))
    if beyond:
        raise InvalidInputError({"permissions": BEYOND.format("、".join(beyond))})
