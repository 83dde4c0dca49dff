"""What two bodies of a process differ in, as sentences; read words, parts, changes."""

from saas.workflow.difference.changes import Change, changes, marks, only_words

__all__ = ["Change", "changes", "marks", "only_words"]
