"""Shaping a process without script: every act a form, what is refused shown again, nobody overwritten."""

import re

import pytest

from saas.db.session import TenantRef
from saas.workflow import drafts
from tests.browsers import Browser
from tests.conftest import InTenant
from tests.saas.web.staff.sending import send

MEDIATION = "mediation.dispute"
STATE = {"title": "质量审核", "queue": ["director"], "public": "正在审核"}


@pytest.fixture
def draft(admin: Browser) -> str:
    """The address of a new draft of mediation in 北京市."""
    answer = send(admin, "/admin/processes", {"process": MEDIATION})
    assert answer.status_code == 303
    return str(answer.location)


def act(admin: Browser, draft: str, name: str, **fields: object) -> str:
    """Do one act from the list; where it leads."""
    page = admin.get(draft).text
    shell = {"cursor": re.findall(r'name="cursor" value="(\d+)"', page)[0], "view": "list"}
    answer = send(admin, draft, shell | fields, f"{draft}/acts/{name}")
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def test_the_list_says_how_many_cases_stand_on_which_version(admin: Browser, draft: str) -> None:
    page = admin.get("/admin/processes").text

    assert "北京市人民调解" in page
    assert "第1版" in page
    assert draft in page


def test_a_draft_is_shown_as_a_list_and_as_a_map(admin: Browser, draft: str) -> None:
    for address in (draft, f"{draft}/map"):
        page = admin.get(f"{address}?at=transitions.archive").text
        assert "办理事项：归档" in page
        assert "人民调解法第二十七条" in page
