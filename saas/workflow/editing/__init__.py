"""Changes to a process as a city's administrator makes them: body in, body and a sentence out.

Read `parts`, then `changing`, `removing`, `steps`, `places`, `locks`, and `conditions`.
"""

from saas.workflow.editing.changing import add, change, change_head
from saas.workflow.editing.locks import Lock, kept, lock_of
from saas.workflow.editing.parts import Edit, EditError, find, title_of
from saas.workflow.editing.places import arrange, move, place
from saas.workflow.editing.removing import remove
from saas.workflow.editing.steps import connect, follow, insert

__all__ = [
    "Edit",
    "EditError",
    "Lock",
    "add",
    "arrange",
    "change",
    "change_head",
    "connect",
    "find",
    "follow",
    "insert",
    "kept",
    "lock_of",
    "move",
    "place",
    "remove",
    "title_of",
]
