"""The forms of this line of work, read once."""

from pathlib import Path

from saas.fields.definition import load_forms

FIELDS = load_forms(Path(__file__).parent / "fields")
