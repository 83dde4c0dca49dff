"""Playing a process: what each act comes to, how the limits stand, and what would have been made and said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from saas.fields.form import FormDefinition
from saas.workflow import clocks, engine
from saas.workflow.clocks import Entry, Reading
from saas.workflow.engine import ActorView, CaseView, Outcome, Reason, Refusal, Running
from saas.workflow.engine_acts import EXTEND
from saas.workflow.engine_guards import APPLIED_ON, FLAGS
from saas.workflow.engine_next import following
from saas.workflow.process import VERB, Definition, Message, Transition, Way
from saas.workflow.simulation import answers
from saas.workflow.simulation.acts import FILES, Act, Context, person_of, role_of


@dataclass(frozen=True)
class Done:
    """An act that was taken, and what it left behind."""

    act: Act
    title: str
    from_state: str | None
    to_state: str
    documents: tuple[str, ...]
    message: Message | None


@dataclass(frozen=True)
class Played:
    """Where a played case stands.

    Attributes:
        view: The case as the engine sees it; None while nothing has opened it.
        done: The acts that were taken, oldest first.
        refused: Every reason against the act that was not; none after it were tried.
        readings: The limits that have started, by their id, as they stand on the day `today`.
    """

    view: CaseView | None = None
    done: tuple[Done, ...] = ()
    refused: tuple[Reason, ...] = ()
    readings: Mapping[str, Reading] = field(default_factory=dict)
    today: date | None = None

    @property
    def state(self) -> str | None:
        """The state it stands in."""
        return self.view.state if self.view else None

    @property
    def path(self) -> tuple[str, ...]:
        """The states it went through; a step that stays where it is adds none."""
        states = [one.to_state for one in self.done]
        return tuple(state for n, state in enumerate(states) if n == 0 or state != states[n - 1])

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents that would have been made, in their order."""
        return tuple(code for one in self.done for code in one.documents)


@dataclass(frozen=True)
class _Stand:
    """A played case between two acts."""

    view: CaseView | None = None
    done: tuple[Done, ...] = ()
    entries: tuple[Entry, ...] = ()
    files: frozenset[str] = frozenset()
    kinds: tuple[str, ...] = ()

    @property
    def log(self) -> tuple[Entry, ...]:
        """The acts as limits read them: what was withdrawn never was."""
        pasts = self.view.log if self.view else ()
        pairs = zip(self.entries, pasts, strict=True)
        return tuple(replace(one, void=bool(past.void)) for one, past in pairs if past.void != "withdrawn")


def play(definition: Definition, acts: Sequence[Act], context: Context, *, today: date | None = None) -> Played:
    """Take the acts one after the other until one is refused.

    Args:
        definition: The version played.
        acts: Who does what on which day; the first one opens the case.
        context: Forms, calendar, rules and settings around the process.
        today: The day on which the limits are read; that of the last act where none is given.
    """
    stand, day = _Stand(), today
    refused: tuple[Reason, ...] = ()
    for act in acts:
        day = today or act.on
        answer = _try(definition, stand, act, context)
        if isinstance(answer, Refusal):
            refused = answer.reasons
            break
        stand = _after(stand, act, answer, context, definition)
    readings = _readings(definition, stand.log, context, day) if day else {}
    return Played(stand.view, stand.done, refused, readings, day)


def form_of(definition: Definition, action: str, context: Context) -> FormDefinition | None:
    """The form that a step or a way of opening asks."""
    step = definition.find_transition(action) or definition.find_way(action)
    return context.forms.get(step.form) if step and step.form else None


def resolved(rule: Mapping[str, Any], settings: Mapping[str, Any]) -> dict[str, Any]:
    """The rule of a limit with a setting's value in the place of its name."""
    plain = dict(rule)
    if plain.get("setting") and plain.get("n") is None:
        plain["n"] = settings[plain["setting"]]
    return plain


def _try(definition: Definition, stand: _Stand, act: Act, context: Context) -> Outcome | Refusal:
    if stand.done and act.on < stand.done[-1].act.on:
        return Refusal((Reason("day", "日期不能早于上一步，请把日期改到上一步当天或者之后。", field="on"),))
    if act.action.startswith(VERB) and stand.view is not None:
        return engine.verb(definition, stand.view, act.action.removeprefix(VERB), actor_of(act.by), _verb_data(act))
    if wrong := answers.faults(form_of(definition, act.action, context), act.answers):
        return Refusal(tuple(wrong))
    return _opened(definition, act, context) if stand.view is None else _taken(definition, stand, act, context)


def _verb_data(act: Act) -> dict[str, Any]:
    """What a verb is told; the other person of one is named as players are, by role."""
    other = act.answers.get("person")
    if not isinstance(other, str):
        return dict(act.answers)
    known = {"person": person_of(other), "person_roles": [role_of(other)], "person_name": person_of(other)}
    return {**act.answers, **known}


def _opened(definition: Definition, act: Act, context: Context) -> Outcome | Refusal:
    facts = _facts(definition, _Stand(), act, context)
    found = _findings(definition.find_way(act.action), facts, act, context)
    return engine.open_case(definition, act.action, actor_of(act.by), act.answers, facts, found)


def _taken(definition: Definition, stand: _Stand, act: Act, context: Context) -> Outcome | Refusal:
    assert stand.view is not None
    facts = _facts(definition, stand, act, context)
    found = _findings(definition.find_transition(act.action), facts, act, context)
    return engine.apply(definition, stand.view, act.action, actor_of(act.by), act.answers, facts, found)


def actor_of(by: str) -> ActorView:
    """A player as the engine sees him."""
    return ActorView(person_of(by), frozenset({role_of(by)}))


def _findings(step: Transition | Way | None, facts: Mapping[str, Any], act: Act, context: Context) -> list[Reason]:
    names = step.checks if step else ()
    return [reason for name in names if name in context.rules for reason in context.rules[name](facts, act.answers)]


def _facts(definition: Definition, stand: _Stand, act: Act, context: Context) -> dict[str, Any]:
    """What guards and rules may ask: of the case itself, of its material, and what the line of work adds."""
    view, files = stand.view, stand.files | set(act.answers.get(FILES) or ())
    facts: dict[str, Any] = {
        FLAGS: sorted(view.flags) if view else [],
        "case.state": view.state if view else "",
        APPLIED_ON: str(stand.done[0].act.on if stand.done else act.on),
        **{f"files.{category}": 1 for category in files},
    }
    if context.facts:
        facts |= context.facts(_known(definition, stand, act, context, files) if view else None, act.answers)
    return facts


def _known(definition: Definition, stand: _Stand, act: Act, context: Context, files: frozenset[str]) -> dict[str, Any]:
    """The case as plain values, as a line of work's facts are given it."""
    assert stand.view is not None
    readings = _readings(definition, stand.log, context, act.on)
    drawn = [entry for entry in stand.log if not entry.void and not entry.action.startswith(VERB)]
    return {
        "data": dict(stand.view.data),
        "actions": [entry.action for entry in drawn],
        "days": {entry.action: entry.day for entry in drawn},
        "party_kinds": list(stand.kinds),
        "due": {code: reading.due_on for code, reading in readings.items()},
        "clock_states": {code: reading.state for code, reading in readings.items()},
        "file_categories": sorted(files),
        "flags": sorted(stand.view.flags),
        "today": act.on,
        "log": drawn,
        "settings": dict(context.settings),
    }


def _after(stand: _Stand, act: Act, outcome: Outcome, context: Context, definition: Definition) -> _Stand:
    form = form_of(definition, act.action, context)
    view = following(definition, stand.view or CaseView(outcome.to_state), outcome, actor_of(act.by))
    done = Done(act, outcome.title, outcome.from_state, outcome.to_state, outcome.documents, outcome.message)
    view = replace(view, data=_kept(view, act, form))
    after = _Stand(
        view=view,
        done=(*stand.done, done),
        entries=(*stand.entries, Entry(act.action, act.on, act.answers, outcome.title)),
        files=stand.files | set(act.answers.get(FILES) or ()),
        kinds=stand.kinds or _kinds(form, act.answers),
    )
    return replace(after, view=replace(view, clocks=_running(definition, after, context)))


def _kept(view: CaseView, act: Act, form: FormDefinition | None) -> dict[str, Any]:
    """The case's data, grown by what the form keeps with it."""
    stored = [one.id for one in form.fields if one.store == "case" and one.id in act.answers] if form else []
    data = {**view.data, **{name: act.answers[name] for name in stored}}
    return {name: value for name, value in data.items() if value is not None}


def _running(definition: Definition, stand: _Stand, context: Context) -> dict[str, Running]:
    """The limits that run, as verbs that move them ask for them."""
    if not _moved_by_verbs(definition):
        return {}
    readings = _readings(definition, stand.log, context, stand.entries[-1].day)
    extended = sum(entry.action == EXTEND and not entry.void for entry in stand.log)
    return {code: Running(one.paused, extended) for code, one in readings.items() if one.stopped_on is None}


def _moved_by_verbs(definition: Definition) -> bool:
    """Whether any limit asks for a verb at all; most processes draw what moves theirs."""
    return any(VERB in str((rule.get("pause"), rule.get("extend"))) for rule in definition.clocks.values())


def _kinds(form: FormDefinition | None, given: Mapping[str, Any]) -> tuple[str, ...]:
    """What kind of person stands on each side, as the form that opens the case asks it."""
    asked = [one for one in form.fields if one.party and one.attr == "kind"] if form else []
    return tuple(str(given.get(one.id) or one.default) for one in asked)


def _readings(definition: Definition, log: Sequence[Entry], context: Context, today: date) -> dict[str, Reading]:
    found = {}
    for code, rule in definition.clocks.items():
        reading = clocks.read(resolved(rule, context.settings), log, context.calendar, today)
        if reading is not None:
            found[code] = reading
    return found
