"""The lines of work, strangers to one another, and the pages of citizens, administrators and auditors."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import TypeVar

from flask import Blueprint, Flask

from saas.domain import Domain

Found = TypeVar("Found", Domain, Blueprint)


def discover() -> tuple[Domain, ...]:
    """Every line of work found here, by the name of its folder: adding one touches no existing file."""
    return tuple(_found("domain", "DOMAIN", Domain))


def init_app(app: Flask) -> None:
    """Add the pages that belong to no line of work."""
    for views in _found("views", "views", Blueprint):
        if views.name not in app.blueprints and not _belongs_to_a_line(views):
            app.register_blueprint(views)


def _belongs_to_a_line(views: Blueprint) -> bool:
    return any(views in domain.views for domain in discover())


def _found(module: str, name: str, kind: type[Found]) -> Iterator[Found]:
    for part in sorted(pkgutil.iter_modules(__path__), key=lambda part: part.name):
        path = f"{__name__}.{part.name}.{module}"
        if part.ispkg and find_spec(path) is not None:
            found = getattr(import_module(path), name, None)
            if isinstance(found, kind):
                yield found
