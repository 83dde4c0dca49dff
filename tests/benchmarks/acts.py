"""One step taken on copies of a waiting case: accepting it."""

from itertools import chain
from uuid import UUID, uuid4

from flask.testing import FlaskClient
from sqlalchemy import func, select

from saas.cases.models import Case
from saas.db.session import db
from tenants import context
from tests.benchmarks.city import TWINS, Bench
from tests.benchmarks.copies import TABLES, twin, twin_number
from tests.benchmarks.floor import Changes, fresh
from tests.benchmarks.recording import Recording
from tests.browsers import hidden_fields

ACTION = "accept"
ENTERED = {"is_civil": "true", "both_agree": "true", "not_taken": "true", "difficulty": "ordinary", "remark": ""}


def needed(turns: int) -> int:
    """How many copies of the waiting case so many timed turns use up."""
    return 2 * turns + 3


def address(bench: Bench, turn: int) -> str:
    """Where the step of a turn's copy is taken."""
    return f"/staff/cases/{twin_number(bench.pending.number, TWINS + turn)}/act/{ACTION}"


def filled_in(client: FlaskClient, bench: Bench) -> dict[str, str]:
    """The step's form as it is sent; it is the same for every copy but for its key."""
    page = client.get(address(bench, 0)).get_data(as_text=True)
    shell = {name: value for name, value in hidden_fields(page).items() if name.startswith("_")}
    return shell | ENTERED


def act(client: FlaskClient, bench: Bench, turn: int, form: dict[str, str]) -> None:
    """Take the step on a turn's copy."""
    answer = client.post(address(bench, turn), data=form | {"_key": str(uuid4())})
    assert answer.status_code == 303, answer.get_data(as_text=True)


def changes(bench: Bench, recording: Recording, turn: int) -> Changes:
    """What makes the statements recorded on copy 1 do the same to a turn's copy."""
    before, after = TWINS + 1, TWINS + turn
    moved: dict[object, object] = {twin(id_, before): twin(id_, after) for id_ in _ids(bench)}
    moved[twin_number(bench.pending.number, before)] = twin_number(bench.pending.number, after)
    return fresh(recording) | moved


def outcome(bench: Bench, turn: int) -> tuple[object, ...]:
    """What became of a turn's copy: its state, revision and figures, and how many rows of each table it has.

    The floor writes the recorded ciphertext, which opens in the recorded row only: its length is what can be compared.
    """
    number = twin_number(bench.pending.number, TWINS + turn)
    with context.entered(bench.app, bench.city):
        case = db.session.scalars(select(Case).where(Case.number == number)).one()
        counts = (select(func.count()).select_from(each).where(each.c.case_id == case.id) for each in TABLES[1:])
        rows = [db.session.scalar(count) for count in counts]
        return case.state, case.revision, case.figures, len(case.data_sealed or b""), *rows


def _ids(bench: Bench) -> list[UUID]:
    with context.entered(bench.app, bench.city):
        rows = [db.session.scalars(select(each.c.id).where(each.c.case_id == bench.pending.id)) for each in TABLES[1:]]
        return [bench.pending.id, *chain.from_iterable(rows)]
