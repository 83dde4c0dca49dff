"""What one step costs in the pure engine, beside evaluating the same number of guards and nothing else."""

from dataclasses import replace

from saas.workflow import expr
from saas.workflow.definition import parse
from saas.workflow.engine import ActorView, CaseView, Outcome, apply
from saas.workflow.process import Definition, Guard, Transition
from tests.benchmarks.measures import Row, computed
from tests.saas.workflow import samples

GUARDS = 10
STEPS = 500  # of the process
ONCE = 50  # steps of one turn
TAKEN = 40  # entries in the case's log
FACTS = {"case.missing": 0}
CLERK = ActorView("c1", frozenset({"clerk"}))
CASE = CaseView("asked", handler_id="c1", trace=tuple(("ask", f"u{n}") for n in range(TAKEN)))


def measure(turns: int = 40) -> Row:
    """One step with ten guards in a process of five hundred, for a case that has come a long way."""
    definition = process()
    guards = [guard.that for guard in definition.transitions[0].when]

    def step() -> int:
        taken = [apply(definition, CASE, "accept", CLERK, {"handler": "u7"}, FACTS) for _ in range(ONCE)]
        return sum(isinstance(one, Outcome) for one in taken)

    def floor() -> int:
        compiled = [expr.compile_guard(that, {"case.missing": "int"}) for that in guards]
        held = [all(expr.evaluate(one, FACTS) for one in compiled) for _ in range(ONCE)]
        return sum(held)

    value, least, equal = computed(step, turns, ONCE), computed(floor, turns, ONCE), step() == floor() == ONCE
    ratio = round(value / least, 1)
    return Row(
        "engine_apply", round(value, 1), "µs", round(least, 1), ratio, turns * ONCE, equal=equal, target="<= 1000 µs"
    )


def process() -> Definition:
    """The sample with ten guards on its first step and hundreds of other steps."""
    plain = parse(samples.body())
    guards = tuple(Guard(f"case.missing < {n + 1}", "请先补齐材料。") for n in range(GUARDS))
    first = replace(plain.transitions[0], when=guards)
    others = tuple(Transition(f"other{n}", f"其他{n}", ("checked",), "checked", ("clerk",)) for n in range(STEPS))
    return replace(plain, transitions=(first, *plain.transitions[1:], *others))
