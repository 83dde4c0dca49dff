"""The side menu: what the platform and the lines of work declare, as far as the actor may open it."""

from dataclasses import dataclass

from flask import Flask, current_app, request, url_for

from saas.domain import MenuEntry, domains
from saas.identity.actor import Actor
from saas.identity.permissions import SIGNED_IN

EXTENSION = "fengqiao.menu"
HOME = MenuEntry("首页", "web.home", "house", SIGNED_IN, order=0)


@dataclass(frozen=True)
class MenuItem:
    """An entry as the menu component draws it."""

    title: str
    url: str
    icon: str
    current: bool


def declare(app: Flask, *entries: MenuEntry) -> None:
    """Add entries that belong to no line of work."""
    app.extensions[EXTENSION] = (*app.extensions.get(EXTENSION, ()), *entries)


def open_to(actor: Actor) -> list[MenuItem]:
    """The entries that the actor may open, in their order; none for who is not signed in."""
    if not actor.is_authenticated:
        return []
    return [_item(entry) for entry in entries() if _may_open(actor, entry)]


def _may_open(actor: Actor, entry: MenuEntry) -> bool:
    allowed = entry.permission == SIGNED_IN or actor.may(entry.permission)
    return allowed and (entry.open_to is None or entry.open_to(actor))


def entries() -> list[MenuEntry]:
    """Every declared entry, in the order of the menu."""
    declared = [*current_app.extensions.get(EXTENSION, ()), *(entry for line in domains() for entry in line.menu)]
    return sorted(declared, key=lambda entry: (entry.order, entry.title))


def _item(entry: MenuEntry) -> MenuItem:
    return MenuItem(entry.title, url_for(entry.endpoint), entry.icon, entry.endpoint == request.endpoint)
