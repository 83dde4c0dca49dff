"""Counting the statements a piece of work sends, for tests that keep a page from asking once per row."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Engine, event


@dataclass
class Counted:
    """The statements sent so far."""

    statements: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many there were."""
        return len(self.statements)


@contextmanager
def count_queries() -> Iterator[Counted]:
    """Collect every statement this process sends through SQLAlchemy inside the block."""
    counted = Counted()

    def collect(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        counted.statements.append(statement)

    event.listen(Engine, "before_cursor_execute", collect)
    try:
        yield counted
    finally:
        event.remove(Engine, "before_cursor_execute", collect)
