"""A new version of the law on the administrators' pages: told, asked about, taken over into a draft."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from saas.db.session import TenantRef
from tests import offering
from tests.browsers import Browser
from tests.conftest import InTenant
from tests.mediation.factory import PROCESS
from tests.saas.web.staff.sending import send

PAGE = "/admin/processes/offers"
TAKE = f"{PAGE}/{PROCESS}"
SIDE = f"side-{offering.LIMIT}"


@pytest.fixture
def law(app: Flask, tmp_path: Path) -> Iterator[None]:
    """The law's seven days are five."""
    with offering.raised(app, tmp_path):
        yield


def give_up(admin: Browser, page: str) -> None:
    """Discard a draft, since the city is everybody's."""
    assert send(admin, f"{page}/review", {}, f"{page}/discard").status_code == 303


@pytest.fixture
def stricter(
    app: Flask, tmp_path: Path, shaped: TenantRef, in_tenant: InTenant, as_user: Callable[..., Browser]
) -> Iterator[Browser]:
    """高峰, who administers 曲阳县, which had three days before the law's seven became five."""
    with in_tenant(shaped):
        offering.publish_days(3)
    with offering.raised(app, tmp_path):
        yield as_user("gaofeng", shaped)
    with in_tenant(shaped):
        offering.publish_days(7)


def test_without_a_new_version_there_is_no_notice(admin: Browser) -> None:
    assert "新版法定流程" not in admin.get("/admin/processes").text
    assert "没有新版法定流程" in admin.get(PAGE).text


@pytest.mark.usefixtures("law")
def test_the_list_of_processes_warns_until_the_new_version_is_taken_over(admin: Browser) -> None:
    page = admin.get("/admin/processes").text
    assert "法定流程有新版本，请核对后采用" in page
    assert f"现按第{offering.NOW}版法定流程制定，第{offering.NEXT}版还没有采用。" in page


@pytest.mark.usefixtures("law")
def test_the_page_says_what_the_new_version_changes(admin: Browser) -> None:
    assert admin.get(PAGE).text.count(f"时限“{offering.TITLE}”：时限由“7”改为“5”") == 2, "in the law and in the city"


@pytest.mark.usefixtures("law")
def test_taking_over_opens_a_draft_with_the_new_limit(admin: Browser) -> None:
    page = str(send(admin, PAGE, {}, TAKE).location)
    told = [admin.get(address).text for address in (page, f"{page}/review", PAGE)]
    again = send(admin, PAGE, {}, TAKE)
    give_up(admin, page)
    wanted = ["草稿已按新版法定流程建立", "时限由“7”改为“5”", f'href="{page}"']
    assert [words for words, where in zip(wanted, told, strict=True) if words not in where] == []
    assert again.status_code == 409


def test_where_both_changed_nothing_is_done_before_somebody_chose(stricter: Browser) -> None:
    answer = send(stricter, PAGE, {}, TAKE)
    assert answer.status_code == 422
    assert "请选择按哪一种办理。" in answer.text
    assert f"本市：时限“{offering.TITLE}”：时限由“7”改为“3”" in answer.text
    assert f"新法定：时限“{offering.TITLE}”：时限由“7”改为“5”" in answer.text
    (target,) = re.findall(r'href="#(side-[\w-]+)"', answer.text)
    assert f'id="{target}' in answer.text


@pytest.mark.parametrize(("side", "change"), [("city", None), ("law", "时限由“3”改为“5”")])
def test_the_side_that_was_chosen_is_in_the_draft(stricter: Browser, side: str, change: str | None) -> None:
    page = str(send(stricter, PAGE, {SIDE: side}, TAKE).location)
    review = stricter.get(f"{page}/review").text
    give_up(stricter, page)
    assert ("时限由“3”" in review) == (change is not None)
    assert change is None or change in review


@pytest.mark.usefixtures("law")
def test_who_only_reads_the_configuration_is_shown_no_form(security: Browser) -> None:
    page = security.get(PAGE)
    assert page.status_code == 200
    assert TAKE not in page.text


@pytest.mark.usefixtures("law")
def test_an_unknown_process_has_no_offer(admin: Browser) -> None:
    assert send(admin, PAGE, {}, f"{PAGE}/no.such").status_code == 404
