"""Whose agreement a step needs before it is taken, who has given it, and whose turn it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from saas.workflow.engine_regions import regions_of
from saas.workflow.engine_values import ActorView, Asked, CaseView, Identity, Past, Reason, Signature, same
from saas.workflow.process import VERB, Definition, Sign, Transition

WHOLE = 100


@dataclass(frozen=True)
class Place:
    """A place for one signature: of a role, or of a person who was asked; `by` is who signed there."""

    title: str
    role: str = ""
    person: Identity = None
    by: Identity = None

    @property
    def signed(self) -> bool:
        """Whether somebody agreed here."""
        return self.by is not None

    def fits(self, actor: ActorView) -> bool:
        """Whether this person may sign here."""
        return self.role in actor.roles if self.role else same(self.person, actor.id)


@dataclass(frozen=True)
class Signing:
    """The signatures of one step as they stand; `against` are the people who did not agree."""

    transition: Transition
    mode: str
    ratio: int
    places: tuple[Place, ...]
    against: tuple[Identity, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether enough have agreed."""
        count = sum(place.signed for place in self.places)
        if self.mode == "any":
            return count > 0
        needed = self.ratio if self.mode == "ratio" else WHOLE
        return count * WHOLE >= needed * len(self.places)

    @property
    def open(self) -> tuple[Place, ...]:
        """The places that can be signed now: in a sequence only the first one that is empty."""
        empty = () if self.complete else tuple(place for place in self.places if not place.signed)
        return empty[:1] if self.mode == "sequence" else empty

    def place_for(self, actor: ActorView) -> Place | None:
        """Where this person can sign now; nobody signs for two."""
        if any(same(place.by, actor.id) for place in self.places):
            return None
        return next((place for place in self.open if place.fits(actor)), None)


def gathered(definition: Definition, log: Sequence[Past]) -> tuple[tuple[Signature, ...], tuple[Asked, ...]]:
    """What was signed and who was asked since the case, or the region, came to where it stands.

    A step that was taken has used its signatures up.
    """
    signed: list[Signature] = []
    asked: list[Asked] = []
    for past in log:
        if past.action == "@sign":
            signed.append(Signature(past.note["action"], past.by, past.note["role"], past.note["agreed"]))
        elif past.action == "@cosign":
            asked.append(Asked(past.note["action"], past.note["person"], past.note["name"]))
        else:
            used = _used(definition, past)
            signed = [one for one in signed if used is not None and one.action not in used]
            asked = [one for one in asked if used is not None and one.action not in used]
    return tuple(signed), tuple(asked)


def _used(definition: Definition, past: Past) -> set[str] | None:
    """The steps whose signatures an entry of the log ends; None for all of them."""
    if past.action.startswith(VERB):
        return None if past.action in {"@send_back", "@withdraw"} else set()
    if past.region is not None:
        region = regions_of(definition, past.to_state).get(past.region)
        return {past.action, *(step.id for step in (region.transitions if region else ()))}
    return {past.action} if past.from_state == past.to_state else None


def signing_of(definition: Definition, view: CaseView, step: Transition) -> Signing | None:
    """How the signatures of a step stand; None where it needs none."""
    asked = [one for one in view.asked if one.action == step.id]
    if step.sign is None and not asked:
        return None
    rule = step.sign or Sign(by=())
    latest = {str(one.by): one for one in view.signed if one.action == step.id}
    agreed = [one for one in latest.values() if one.agreed]
    places = (
        *(Place(definition.roles.get(role, role), role, by=_signer(agreed, role)) for role in rule.by),
        *(Place(one.name or str(one.person), person=one.person, by=_person(agreed, one.person)) for one in asked),
    )
    against = tuple(one.by for one in latest.values() if not one.agreed)
    return Signing(step, rule.mode, rule.ratio, places, against)


def signing_reasons(definition: Definition, step: Transition, view: CaseView) -> Iterator[Reason]:
    """What is still missing before the step can be taken."""
    signing = signing_of(definition, view, step)
    if signing is None or signing.complete:
        return
    names = "、".join(place.title for place in signing.places if not place.signed)
    enough = {"any": "其中一方", "ratio": f"至少{signing.ratio}%"}.get(signing.mode, "")
    sentence = f"“{step.title}”还需要{names}{enough}签署同意后才能办理。"
    turn = signing.open[0].title if signing.mode == "sequence" else names
    yield Reason("sign", sentence, law=step.law, help=f"请{turn}打开本件，在“待签署”中签署意见。")


def _signer(agreed: list[Signature], role: str) -> Identity:
    return next((one.by for one in agreed if one.role == role), None)


def _person(agreed: list[Signature], person: Identity) -> Identity:
    return next((one.by for one in agreed if not one.role and same(one.by, person)), None)
