"""Documents of a dispute for tests: issued, and printed or failed as their job would leave them."""

from blueprints.mediation.documents import FORMS
from saas.cases.models import Case
from saas.cases.snapshot import snapshot
from saas.documents import issue, jobs
from saas.documents.models import Document
from saas.identity.actor import SYSTEM

APPLICATION = next(form for form in FORMS if form.code == "mediation.application")


def issued(case: Case) -> Document:
    """An application issued in a case, still to be printed."""
    return issue.issue(APPLICATION, case, None, snapshot(case), by=SYSTEM)


def printed(case: Case) -> Document:
    """An application that has its print."""
    document = issued(case)
    jobs.make(document)
    return document


def failed(case: Case, problem: str = "字体中没有这个字。") -> Document:
    """An application whose print was given up."""
    document = issued(case)
    jobs.give_up({"document": str(document.id)}, problem)
    return document
