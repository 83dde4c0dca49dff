"""The redacted dossier: printed from masked values, for readers who may not see everything (个人信息保护法第五十一条).

Nothing is drawn over a text: what is hidden is not in the file, in no layer and in no data.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from saas import text
from saas.cases.models import Case, Party, Step
from saas.cases.snapshot import form_key, step_values
from saas.documents.form import ADDED, Snapshot
from saas.domain import form_for
from saas.dossier.grounds import ASKED
from saas.dossier.history import History
from saas.dossier.masks import HIDDEN, Masks, Secret
from saas.dossier.variants import FULL, REDACTED, Variant
from saas.errors import NotFoundError
from saas.fields.definition import FieldDefinition
from saas.workflow.process import Definition
from saas.workflow.queries import get_definition

HEAD = "脱敏件"
ACROSS = "脱敏本 不作凭证"
NOT_SHOWN = "本件含个人信息，脱敏卷宗不附。需要查看原件的，请向承办机构申请查阅完整卷宗。"
SHORTEST_ADDRESS = 4  # signs of the hidden end of an address that are looked for by themselves
SHORTEST_ANSWER = 4  # signs of a restricted answer that are looked for in other texts
PROOF = ("id", "leaf_digest")  # by what a change is found under its seal
MASKS = {
    "id_number": text.mask_id_number,
    "uscc": text.mask_id_number,
    "phone": text.mask_phone,
    "address": text.mask_address,
}
"""How answers are masked by the type of their question, where the question does not say it itself."""
REASONED = {"id": "id_number", "phone": "phone", "address": "address", "name": "name"}


def variant_of(code: str, case: Case) -> Variant:
    """How the dossier of a case is made for readers of one kind.

    Raises:
        NotFoundError: There is no such variant.
    """
    return redacted(case) if check_code(code) == REDACTED else FULL


def check_code(code: str) -> str:
    """The code of a variant.

    Raises:
        NotFoundError: There is no such variant.
    """
    if code not in {FULL.code, REDACTED}:
        raise NotFoundError("没有这种卷宗。")
    return code


def redacted(case: Case) -> Variant:
    """How the redacted dossier of a case is made."""
    definition = get_definition(case.process_id)
    masks = Masks.of(_secrets(case, definition))
    hidden = _Hidden.of(field for step in case.steps for field in _asked(step, definition))
    return Variant(
        REDACTED,
        shot=lambda shot: masks.walk(hidden.shot(shot)),
        values=lambda document: masks.walk(hidden.values(document.values)),
        shows=lambda _file: False,
        history=lambda past: _provable(masks.walk(hidden.history(past)), past),
        text=masks.text,
        reason=NOT_SHOWN,
        mark=(HEAD, ACROSS),
    )


def _secrets(case: Case, definition: Definition) -> Iterator[Secret]:
    """Every personal value the case knows: of its parties, and of the answers to its steps, older ones too."""
    for party in case.parties:
        yield from _of_party(party)
    for step in case.steps:
        answers = step_values(step, case, definition)["answers"]
        for field in _asked(step, definition):
            value = step.input.get(field.id)
            if isinstance(value, str):
                yield from _of_answer(field, value)
            if _is_kept(field) and len(words := answers.get(field.id, "")) >= SHORTEST_ANSWER:
                yield Secret(words, HIDDEN)


def _of_party(party: Party) -> Iterator[Secret]:
    if party.kind == "natural":
        yield Secret(party.name, text.mask_name(party.name))
    if party.representative:
        yield Secret(party.representative, text.mask_name(party.representative))
    if party.id_number:
        yield Secret(party.id_number, text.mask_id_number(party.id_number))
    if party.phone:
        yield from _of_phone(party.phone)
    if party.address:
        yield from _of_address(party.address)
    if party.birth:
        yield from _of_birth(party.birth)


def _of_answer(field: FieldDefinition, value: str) -> Iterator[Secret]:
    kind = REASONED.get(field.mask or "", field.type)
    if kind == "address":
        yield from _of_address(value)
    elif kind == "phone":
        yield from _of_phone(value)
    elif kind == "birth":
        yield from _of_birth(date.fromisoformat(value))
    elif kind == "name":
        yield Secret(value, text.mask_name(value))
    elif kind in MASKS:
        yield Secret(value, MASKS[kind](value))
    elif _is_kept(field) and len(value) >= SHORTEST_ANSWER:
        yield Secret(value, HIDDEN)


def _of_phone(number: str) -> Iterator[Secret]:
    yield Secret(number, text.mask_phone(number))


def _of_address(address: str) -> Iterator[Secret]:
    """The whole of it, and the end that its mask hides, which also stands behind other beginnings."""
    mask = text.mask_address(address)
    yield Secret(address, mask)
    end = address.removeprefix(mask.removesuffix(HIDDEN))
    if SHORTEST_ADDRESS <= len(end) < len(address):
        yield Secret(end, HIDDEN)


def _of_birth(day: date) -> Iterator[Secret]:
    """A day in the ways it is written; the year stays."""
    yield Secret(f"{day:%Y%m%d}", f"{day.year}{HIDDEN}")
    for written in (f"{day:%Y-%m-%d}", f"{day.year}-{day.month}-{day.day}"):
        for sign in "-./":
            yield Secret(written.replace("-", sign), f"{day.year}-**-**")
    for written in (text.chinese_date(day), f"{day:%Y年%m月%d日}"):
        yield Secret(written, f"{day.year}年**月**日")


def _asked(step: Step, definition: Definition) -> Sequence[FieldDefinition]:
    """Every question that a step asked, also one that counts no longer."""
    key = form_key(definition, step.action)
    return form_for(definition, key).fields if key else ()


def _is_kept(field: FieldDefinition) -> bool:
    """Whether only some may read the answer."""
    return field.sensitive or bool(field.read)


@dataclass(frozen=True)
class _Hidden:
    """The questions whose answers only some may read, by their ids and as people see them."""

    ids: frozenset[str]
    labels: frozenset[str]

    @classmethod
    def of(cls, asked: Iterable[FieldDefinition]) -> "_Hidden":
        kept = [field for field in asked if _is_kept(field)]
        return cls(frozenset(field.id for field in kept), frozenset(field.label for field in kept))

    def shot(self, shot: Snapshot) -> Snapshot:
        """The case without these answers."""
        return replace(
            shot,
            case=self._blanked(shot.case),
            words=self._blanked(shot.words),
            added=self._added(shot.added),
            steps=[
                {**step, "input": self._blanked(step["input"]), "answers": self._blanked(step["answers"])}
                for step in shot.steps
            ],
        )

    def values(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """What a document prints, without these answers among what the city asks beyond its line of work."""
        return {**values, ADDED: self._added(values[ADDED])} if ADDED in values else dict(values)

    def history(self, past: History) -> History:
        """How the case went, without what tables asked these answers for."""
        decisions = [{**row, "tables": [self._table(table) for table in row["tables"]]} for row in past.decisions]
        return replace(past, decisions=decisions)

    def _table(self, table: Mapping[str, Any]) -> dict[str, Any]:
        asked = [(line, line.partition(ASKED)[0]) for line in table["when"]]
        return {**table, "when": [f"{label}{ASKED}{HIDDEN}" if label in self.labels else line for line, label in asked]}

    def _added(self, rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        return [{**row, "text": HIDDEN} if row["label"] in self.labels else row for row in rows]

    def _blanked(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {name: HIDDEN if name in self.ids and value else value for name, value in values.items()}


def _provable(shown: History, past: History) -> History:
    """What seals are proven by is no text of a person's, and stays as it was."""
    changes = [
        {**row, **{name: whole[name] for name in PROOF}} for row, whole in zip(shown.changes, past.changes, strict=True)
    ]
    return replace(shown, changes=changes, seals=past.seals)
