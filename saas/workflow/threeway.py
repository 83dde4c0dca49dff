"""Merges a new version of a statutory pack into what a city made of the old one: what both changed is asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from saas.workflow import laying, overlay
from saas.workflow.difference import Change, changes
from saas.workflow.laying import Both, Path

CITY, LAW = "city", "law"
Body = Mapping[str, Any]


@dataclass(frozen=True)
class Conflict:
    """A place that the law and the city both changed, with what each did, in sentences.

    ``is_looser`` says that the city's falls short of the new law: then the law holds, and nothing is asked.
    """

    place: str
    city: tuple[str, ...]
    law: tuple[str, ...]
    is_looser: bool


@dataclass(frozen=True)
class Merged:
    """The city's body on the new pack, and every place both had changed."""

    body: dict[str, Any]
    conflicts: tuple[Conflict, ...]

    @property
    def asked(self) -> list[Conflict]:
        """The places where somebody has to choose."""
        return [one for one in self.conflicts if not one.is_looser]


def base_version(body: Body) -> int:
    """The version of the pack that a city's body stands on; a body nobody changed is the pack itself."""
    return int((body.get("base") or body).get("version", 0))


def merge(
    old: Body, new: Body, city: Body, choices: Mapping[str, str] | None = None, names: Mapping[str, str] | None = None
) -> Merged:
    """The city's body with what is new in the pack.

    Args:
        old: The pack the city's body stands on.
        new: The pack as the law is now.
        city: The city's body.
        choices: By place `city` or `law`; what is not chosen is as the law says, and so is what would be looser.
        names: Titles of forms and documents by their ids, for the sentences.
    """
    before, after, mine = (_unversioned(body) for body in (old, new, city))
    laid, both = laying.lay(before, after, mine)
    allowed = _refused(new, laid)

    def is_looser(one: Both) -> bool:
        """Whether the pack forbids the city's way at one place, all else being as the law says."""
        body, _ = laying.lay(before, after, mine, [one.path])
        return bool(_refused(new, body) - allowed)

    loose = {one.path for one in both if is_looser(one)}
    chosen = [one.path for one in both if (choices or {}).get(one.place) == CITY and one.path not in loose]
    body, _ = laying.lay(before, after, mine, chosen)
    conflicts = tuple(_told(before, one, is_looser=one.path in loose, names=names) for one in both)
    return Merged(_stated(body, new, city), conflicts)


def news(old: Body, new: Body, names: Mapping[str, str] | None = None) -> list[Change]:
    """What the new version of a pack changes, in sentences."""
    return changes(_unversioned(old), _unversioned(new), names)


def _unversioned(body: Body) -> dict[str, Any]:
    return {key: value for key, value in body.items() if key not in ("base", "version")}


def _stated(body: dict[str, Any], new: Body, city: Body) -> dict[str, Any]:
    """The merged body, standing on the new version; keys in the order in which the city wrote them."""
    stated = {**body, "version": new["version"]}
    if "base" in city:
        stated["base"] = {"key": new["key"], "version": new["version"]}
    order = [*(key for key in city if key in stated), *(key for key in stated if key not in city)]
    return {key: stated[key] for key in order}


def _refused(new: Body, body: Body) -> set[str]:
    try:
        overlay.difference(new, body)
    except overlay.OverlayError as refused:
        return {problem.place for problem in refused.problems}
    return set()


def _told(old: Body, both: Both, *, is_looser: bool, names: Mapping[str, str] | None) -> Conflict:
    city, law = (_sentences(old, both.path, value, names) for value in (both.city, both.law))
    return Conflict(both.place, city, law, is_looser=is_looser)


def _sentences(old: Body, path: Path, value: Any, names: Mapping[str, str] | None) -> tuple[str, ...]:  # noqa: ANN401
    """What somebody did at one place, as seen from the old pack."""
    told = dict.fromkeys(change.sentence for change in changes(old, laying.put(old, path, value), names))
    return tuple(told) or (_plainly(value),)


def _plainly(value: Any) -> str:  # noqa: ANN401  any part of a body
    if isinstance(value, str | int):
        return f"改为“{value}”"
    return "去掉这一项" if value is laying.MISSING else "内容有调整"
