"""A process that passes the checks never gets stuck: the engine tries every configuration a case can come to."""

from typing import TypeAlias

from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from saas.fields.form import FieldDefinition, FormDefinition, PageDefinition
from saas.workflow import checks
from saas.workflow.definition import parse
from saas.workflow.engine import ActorView, CaseView, Outcome, apply, available, open_case
from saas.workflow.process import Definition
from tests.saas.workflow.blocks import Body, processes
from tests.saas.workflow.playing import Play

Configuration: TypeAlias = tuple[str, frozenset[tuple[str, str]], frozenset[str]]
ANYBODY = ActorView("p1", frozenset({"clerk", "head"}))
FORM = FormDefinition(
    "blocks.open", "登记", (PageDefinition("main", "登记", (FieldDefinition("name", "姓名", "text"),)),)
)
SLOW = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))


def errors(definition: Definition) -> list[str]:
    found = checks.check(definition, {FORM.key: FORM}, [], [])
    return [f"{one.code} {one.place}" for one in found if one.severity == "error"]


def configuration(view: CaseView | Outcome) -> Configuration:
    state = view.state if isinstance(view, CaseView) else view.to_state
    return state, frozenset(view.regions.items()), view.flags


def after(definition: Definition, now: Configuration) -> set[Configuration]:
    """Where the steps that some role can take lead."""
    state, regions, flags = now
    view = CaseView(state, flags, "p1", regions=dict(regions))
    taken = (apply(definition, view, one.action.id, ANYBODY, {}, {}) for one in available(definition, view, ANYBODY))
    return {configuration(one) for one in taken if isinstance(one, Outcome)}


def explored(definition: Definition) -> dict[Configuration, set[Configuration]]:
    """Every configuration with those that follow it, by trying all steps."""
    opened = open_case(definition, "open", ANYBODY, {}, {})
    assert isinstance(opened, Outcome)
    found: dict[Configuration, set[Configuration]] = {}
    waiting = [configuration(opened)]
    while waiting:
        now = waiting.pop()
        if now not in found:
            found[now] = after(definition, now)
            waiting.extend(found[now])
    return found


def stuck(definition: Definition, found: dict[Configuration, set[Configuration]]) -> set[Configuration]:
    """The configurations from which no end can be reached."""
    good = {one for one in found if definition.states[one[0]].end}
    while fresh := {one for one, later in found.items() if one not in good and later & good}:
        good |= fresh
    return found.keys() - good


@SLOW
@given(processes(damaged=True))
def test_what_passes_the_checks_is_never_stuck(body: Body) -> None:
    definition = parse(body)
    faults = errors(definition)
    event("refused" if faults else "accepted")
    found = explored(definition)

    assert faults or not stuck(definition, found)


@SLOW
@given(processes(damaged=False))
def test_what_is_built_of_whole_blocks_passes_and_is_never_stuck(body: Body) -> None:
    definition = parse(body)

    # A loop or a choice may leave a state that no flag ever leads to; nothing else is found.
    assert all(one.startswith(("WF101", "WF205", "WF111")) for one in errors(definition))
    if not errors(definition):
        assert not stuck(definition, explored(definition))


@SLOW
@given(processes(damaged=False), st.data())
def test_sending_back_and_withdrawing_lead_only_where_a_case_can_stand_anyway(body: Body, data: st.DataObject) -> None:
    definition = parse(body)
    assume(not errors(definition))
    known, play = {asked_for(definition, one) for one in explored(definition)}, Play(definition, "open", ANYBODY)
    for _ in range(data.draw(st.integers(1, 25), label="acts")):
        moves = _moves(play)
        if not moves:
            break
        verb, choice = data.draw(st.sampled_from(moves), label="act")
        if verb == "step":
            play.step(choice, ANYBODY)
        else:
            play.do(verb, ANYBODY, reason="x", to=choice)
        assert asked_for(definition, configuration(play.view)) in known


def asked_for(definition: Definition, now: Configuration) -> Configuration:
    """A configuration without the flags that no guard asks for: they only tell what has happened."""
    guards = [guard.that for step in definition.all_transitions for guard in step.when]
    return now[0], now[1], frozenset(flag for flag in now[2] if any(flag in guard for guard in guards))


def _moves(play: Play) -> list[tuple[str, str]]:
    """What can be done now, verbs included."""
    steps = [one.action.id for one in available(play.definition, play.view, ANYBODY) if one.allowed]
    moves = [("step", one) for one in steps if isinstance(play.answer(one, ANYBODY, {}), Outcome)]
    for state in play.definition.states:
        answer = play.answer("@send_back", ANYBODY, {"to": state, "reason": "x"})
        moves += [("send_back", state)] if isinstance(answer, Outcome) else []
    if isinstance(play.answer("@withdraw", ANYBODY, {"reason": "x"}), Outcome):
        moves.append(("withdraw", ""))
    return moves
