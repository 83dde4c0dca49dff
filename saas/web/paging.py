"""Pages of a list: which one the address asks for, and the addresses of the others."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import request, url_for

SIZES = (20, 50, 100)
LAST_PAGE = 100_000


@dataclass(frozen=True)
class Page:
    """One page of a list, counted from 1, as the pager component draws it."""

    page: int
    per_page: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.per_page))

    def url(self, number: int) -> str:
        """The address of another page of the same list, filters and order kept."""
        return address(page=number)

    @property
    def sizes(self) -> list[dict[str, Any]]:
        """How many rows a page may have, for the pager."""
        return [
            {"label": f"{size} 条", "url": address(page=1, per_page=size), "current": size == self.per_page}
            for size in SIZES
        ]


@dataclass(frozen=True)
class Wanted:
    """What the address asks for, before it is known how many rows there are."""

    page: int
    per_page: int

    @property
    def offset(self) -> int:
        """How many rows come before this page."""
        return (self.page - 1) * self.per_page

    @property
    def limit(self) -> int:
        """How many rows the page has at most."""
        return self.per_page

    def of(self, total: int) -> Page:
        """The page, now that the number of rows is known."""
        return Page(self.page, self.per_page, total)


def wanted() -> Wanted:
    """The page that the request's address asks for; nonsense asks for the first."""
    page = request.args.get("page", 1, type=int)
    size = request.args.get("per_page", SIZES[0], type=int)
    return Wanted(min(max(page, 1), LAST_PAGE), size if size in SIZES else SIZES[0])


def address(**changed: object) -> str:
    """The request's own address with some of its query changed."""
    query = request.args.copy()
    for name, value in changed.items():
        query[name] = str(value)
    return f"{request.path}?{urlencode(list(query.items(multi=True)))}"


def elsewhere(endpoint: str) -> str:
    """Another page of the same city with the query of the request's address, whatever names stand in it."""
    query = urlencode(list(request.args.items(multi=True)))
    return f"{url_for(endpoint)}?{query}" if query else url_for(endpoint)
