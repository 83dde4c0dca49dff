"""The boxes of the forms: codes as the questions have them; the words stand in the templates."""

from blueprints.legal_aid import codes


def _of(entries: codes.Entries) -> tuple[str, ...]:
    return tuple(code for code, _ in entries)


CATEGORIES = _of(codes.CATEGORIES)
CLASSES = _of(codes.CLASSES)
WAYS = _of(codes.FORMS)
STAGES = _of(codes.STAGES)
CHANNELS = _of(codes.CHANNELS)
EXEMPTIONS = _of(codes.EXEMPT)
UNLIMITED = _of(codes.UNLIMITED)
TERMINATIONS = _of(codes.TERMINATION)
OUTCOMES = _of(codes.OUTCOMES)
HELP = _of(codes.HELP)
# Answers that the steps list themselves.
AGENTS = ("statutory", "entrusted")
RESULTS = ("answered", "aid", "mediation", "other")
GROUNDS_OF_MEANS = ("economic", "exempt", "unlimited")
CHECKS = ("query", "pledge")
