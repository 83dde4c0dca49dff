"""What a city demands of passwords: the classified-protection profile, or the one that only looks at guessing."""

from dataclasses import dataclass

from saas.db.session import current_tenant
from saas.settings import services as settings

DENGBAO_CLASSES = 3
DENGBAO_HISTORY = 5


@dataclass(frozen=True)
class Policy:
    """A profile; source GB/T 22239-2019 8.1.4.1 a for ``dengbao``, OWASP ASVS 5.0 chapter 6.2 for ``asvs``.

    Attributes:
        classes: How many of the four kinds of characters a password must have.
        days: After how many days another one is due; None for never.
        history: Which of the newest passwords, the present one included, must not come back.
    """

    classes: int = 0
    days: int | None = None
    history: int = 0


ASVS = Policy()


def dengbao(days: int) -> Policy:
    """The profile of classified protection, with passwords that last so many days."""
    return Policy(DENGBAO_CLASSES, days, DENGBAO_HISTORY)


def current() -> Policy:
    """What the city of the session demands."""
    if settings.get("identity.policy") == "asvs":
        return ASVS
    return dengbao(settings.get("identity.password_days"))


def context_words() -> tuple[str, ...]:
    """What people of this city would think of first: its name, whole and short, and its code."""
    tenant = current_tenant()
    return (tenant.name, tenant.name.removesuffix("市"), tenant.code)
