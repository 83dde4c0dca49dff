"""New versions of statutory packs, offered to a city until a version it published stands on them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from saas.errors import ConflictError, InvalidInputError, NotFoundError
from saas.identity.actor import Actor
from saas.workflow import drafts, queries, surroundings, threeway
from saas.workflow.difference import Change
from saas.workflow.models import Draft, ProcessVersion
from saas.workflow.threeway import CITY, LAW, Merged


@dataclass(frozen=True)
class Offer:
    """A pack that is newer than the one under the city's version; `old` is None where the old one was not kept.

    ``draft`` is an open draft that stands on the new pack already.
    """

    running: ProcessVersion
    old: Mapping[str, Any] | None
    new: Mapping[str, Any]
    draft: Draft | None

    @property
    def key(self) -> str:
        """The key of the process."""
        return self.running.key

    @property
    def since(self) -> int:
        """The version of the pack the city stands on."""
        return threeway.base_version(self.running.body)

    @property
    def version(self) -> int:
        """The version of the pack that is offered."""
        return int(self.new["version"])

    def news(self) -> list[Change]:
        """What the new version changes, in sentences."""
        return threeway.news(self.old, self.new, self._names()) if self.old else []

    def merged(self, choices: Mapping[str, str] | None = None) -> Merged | None:
        """The city's body on the new pack; None where the old pack was not kept."""
        if self.old is None:
            return None
        return threeway.merge(self.old, self.new, self.running.body, choices, self._names())

    def effects(self) -> list[Change]:
        """What becomes otherwise in the city whatever it chooses, in sentences; none where it complies already."""
        merged = self.merged()
        if merged is None:
            return []
        kept = self.merged({one.place: CITY for one in merged.asked})
        return threeway.news(self.running.body, kept.body, self._names()) if kept else []

    def _names(self) -> dict[str, str]:
        return surroundings.titles(str(self.new.get("domain")))


def list_offers() -> list[Offer]:
    """The packs that are newer than what the city published last, by process."""
    return _offers()


def get_offer(key: str) -> Offer:
    """The offer for one process.

    Raises:
        NotFoundError: There is none, or it was taken over.
    """
    offer = next(iter(_offers(key)), None)
    if offer is None:
        raise NotFoundError
    return offer


def take_over(offer: Offer, choices: Mapping[str, str], *, by: Actor) -> Draft:
    """A draft of the city's process on the new pack; it goes the usual way of review.

    Args:
        offer: What is taken over.
        choices: For each place that both changed `city` or `law`.
        by: Who takes it over.

    Raises:
        ConflictError: There is such a draft already, or the old pack was not kept.
        InvalidInputError: Some place was not chosen for; the faults are by place.
    """
    if offer.draft:
        raise ConflictError(f"{offer.draft.made_by}已经为新版法定流程建立了草稿，请在那份草稿上继续。")
    merged = offer.merged(choices)
    if merged is None:
        raise ConflictError("找不到旧版法定流程的原文，不能自动合并，请联系平台运营人员。")
    missing = [one.place for one in merged.asked if choices.get(one.place) not in (CITY, LAW)]
    if missing:
        raise InvalidInputError(dict.fromkeys(missing, "请选择按哪一种办理。"))
    draft = drafts.start(offer.key, by=by)
    drafts.edit(draft, merged.body, f"采用第{offer.version}版法定流程", cursor=draft.cursor, by=by)
    return draft


def _offers(key: str | None = None) -> list[Offer]:
    newest: dict[str, ProcessVersion] = {}
    for version in queries.list_published(key):
        newest.setdefault(version.key, version)
    offers = (_offer(version, surroundings.pack(version.key)) for version in newest.values())
    return [offer for offer in offers if offer]


def _offer(running: ProcessVersion, new: Mapping[str, Any] | None) -> Offer | None:
    since = threeway.base_version(running.body)
    if new is None or int(new["version"]) <= since:
        return None
    begun = (one for one in drafts.list_drafts(running.key) if threeway.base_version(one.body) == new["version"])
    return Offer(running, surroundings.earlier_pack(running.key, since), new, next(begun, None))
