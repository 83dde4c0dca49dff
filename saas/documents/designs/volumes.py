"""The order of a file: the line of work's places as the city orders and names them; nothing of the line is lost."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

# Lines of work stand above this package: their places are dataclasses with title, forms, categories, required, the
# processes in whose files they stand and, where the file has two volumes, part.
Place = Mapping[str, Any]


def plain(items: Sequence[Any]) -> list[dict[str, Any]]:
    """A line's places as a design holds them."""
    return [
        {
            "title": item.title,
            "forms": list(item.forms),
            "categories": list(item.categories),
            "required": item.required,
            "part": getattr(item, "part", "main"),
            "processes": list(item.processes),
        }
        for item in items
    ]


def arranged(items: Sequence[Any], places: Sequence[Place]) -> list[Any]:
    """The places in the city's order, then what a newer release of the line of work has besides."""
    if not items or not places:
        return list(items)
    made = [_item(items[0], place) for place in places]
    forms = {code for place in places for code in place["forms"]}
    kinds = {code for place in places for code in place["categories"]}
    for item in items:
        fresh = {
            "forms": tuple(code for code in item.forms if code not in forms),
            "categories": tuple(code for code in item.categories if code not in kinds),
        }
        if any(fresh.values()):
            made.append(replace(item, **fresh))
    return made


def moved(places: Sequence[Place], at: int, by: int) -> list[Place]:
    """The places with one moved up (-1) or down (1); one that cannot go further stays."""
    to = at + by
    if not (0 <= at < len(places) and 0 <= to < len(places)):
        return list(places)
    order = list(places)
    order[at], order[to] = order[to], order[at]
    return order


def _item(like: Any, place: Place) -> Any:  # noqa: ANN401 - the line's own type, see above
    given = {
        "title": place["title"],
        "forms": tuple(place["forms"]),
        "categories": tuple(place["categories"]),
        "required": place["required"],
        "part": place["part"],
        "processes": tuple(place.get("processes", ())),
    }
    return replace(like, **{name: value for name, value in given.items() if hasattr(like, name)})
