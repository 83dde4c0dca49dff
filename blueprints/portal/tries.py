"""How often citizens may try to open something with a code."""

from datetime import timedelta

from saas import clock
from saas.errors import TooManyTriesError
from saas.identity import limits
from saas.identity.actor import Actor
from saas.settings import services as settings

QUARTER = timedelta(minutes=15)


def count_try(what: str, by: Actor | None) -> None:
    """Count a try of a network, or of anybody, in this quarter of an hour.

    Raises:
        TooManyTriesError: there were too many; the sentence says when to come back.
    """
    key = limits.key_of(what, limits.network(by.address)) if by else limits.key_of(what)
    if not limits.hit(key, settings.get("portal.query_limit"), QUARTER):
        again = clock.local(clock.now() + QUARTER)
        raise TooManyTriesError(f"查询次数太多，请在 {again:%H:%M} 以后再试。着急的，请拨打 12348 询问。")
