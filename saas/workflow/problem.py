"""A finding about a process: its code, how grave it is, where, and a sentence that says what to do."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """A fault (`error`) or a doubt (`warning`) at a place of the definition."""

    code: str
    severity: str
    place: str
    message: str


def error(code: str, place: str, message: str) -> Problem:
    """A fault: what has it cannot be published."""
    return Problem(code, "error", place, message)


def warning(code: str, place: str, message: str) -> Problem:
    """A doubt: somebody has to look at it before publishing."""
    return Problem(code, "warning", place, message)
