"""Changes to the forms of a process: body in, body and a sentence out.

Read `library`, `sheets`, then `changing`, `pages`, `questions`.
"""

from saas.workflow.forms_editing.changing import add, change, move, place, remove
from saas.workflow.forms_editing.library import LIBRARY, PARTY_GROUP, library_for
from saas.workflow.forms_editing.pages import (
    add_form,
    add_page,
    change_form,
    change_page,
    move_page,
    remove_form,
    remove_page,
)
from saas.workflow.forms_editing.questions import LENGTHS, LONGEST_HINT, MASKS, condition_rows, conditions_for, question
from saas.workflow.forms_editing.sheets import LONGEST, Page, Question, Sheet, keys_of, open_sheet, steps_in

__all__ = [
    "LENGTHS",
    "LIBRARY",
    "LONGEST",
    "LONGEST_HINT",
    "MASKS",
    "PARTY_GROUP",
    "Page",
    "Question",
    "Sheet",
    "add",
    "add_form",
    "add_page",
    "change",
    "change_form",
    "change_page",
    "condition_rows",
    "conditions_for",
    "keys_of",
    "library_for",
    "move",
    "move_page",
    "open_sheet",
    "place",
    "question",
    "remove",
    "remove_form",
    "remove_page",
    "steps_in",
]
