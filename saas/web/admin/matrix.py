"""Who may open what: one pure reading of the addresses and the roles, for the page and for the tests."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from flask import Flask
from werkzeug.routing import Rule

from saas.identity.permissions import PUBLIC, SIGNED_IN, permission_of

LET_IN, DENIED, HIDDEN = 200, 403, 404
ANYWHERE = frozenset({"city", "any"})
UNSAFE = "POST"


@dataclass(frozen=True)
class Line:
    """An address of a city's host that not everybody may open."""

    method: str
    address: str
    endpoint: str
    permission: str
    names: frozenset[str]
    """The holes of the address: what it is about."""


def lines(app: Flask) -> list[Line]:
    """Every guarded address of a city's host, by address and method."""
    found = [_line(app, rule, method) for rule in app.url_map.iter_rules() for method in _methods(rule)]
    kept = (line for line in found if line.permission != PUBLIC and _kind(app, line.endpoint) in ANYWHERE)
    return sorted(kept, key=lambda line: (line.address, line.method))


def status(line: Line, held: Collection[str]) -> int:
    """What somebody who holds these permissions is answered who asks for something that is not in reach.

    200 where the address is about nothing in particular and he is let in (a form may still be refused for what
    it says); 404 where it names something, and nothing in his reach has that name; 403 without the permission.
    """
    if line.permission != SIGNED_IN and line.permission not in held:
        return DENIED
    return HIDDEN if line.names else LET_IN


def table(found: Iterable[Line], roles: Iterable[tuple[str, Collection[str]]]) -> list[tuple[Line, dict[str, int]]]:
    """The whole matrix: each line with the answer to each role by its code."""
    held = list(roles)
    return [(line, {code: status(line, permissions) for code, permissions in held}) for line in found]


def _line(app: Flask, rule: Rule, method: str) -> Line:
    return Line(method, rule.rule, rule.endpoint, permission_of(app, rule.endpoint) or "", frozenset(rule.arguments))


def _methods(rule: Rule) -> list[str]:
    return [method for method in ("GET", UNSAFE) if method in (rule.methods or ())]


def _kind(app: Flask, endpoint: str) -> str:
    """What kind of host an endpoint is for, as its blueprint says; what hangs on none is for every host."""
    name = endpoint.rpartition(".")[0]
    return str(getattr(app.blueprints[name], "host_kind", "city")) if name else "any"
