"""The designer of documents: drafts, faults at their fields, previews, review; cases only for their readers."""

import io
import re
from collections.abc import Callable, Iterator

import pytest
from PIL import Image

from saas.db.session import TenantRef
from saas.documents import jobs
from saas.documents.designs import queries
from saas.documents.pages import page_texts
from saas.documents.queries import list_documents
from tests.browsers import Browser
from tests.conftest import InTenant
from tests.designing import BODY, DRESS, FORM, HEAD, REVISION, drafted, give_up, published, seal, sent
from tests.mediation import factory
from tests.portal.applying import picture
from tests.printing import squeezed
from tests.saas.web.staff.sending import send

RARE = "\U0001f600"


@pytest.fixture(autouse=True)
def _nothing_open(dressed: TenantRef, in_tenant: InTenant) -> Iterator[None]:
    yield
    with in_tenant(dressed):
        give_up()


@pytest.fixture
def keeper(as_user: Callable[..., Browser], dressed: TenantRef) -> Browser:
    """王海燕, who administers the city that dresses its documents."""
    return as_user("wanghy", dressed)


@pytest.fixture
def second(as_user: Callable[..., Browser], dressed: TenantRef) -> Browser:
    """钱芳, who approves there."""
    return as_user("qianfang", dressed)


@pytest.fixture
def draft(dressed: TenantRef, in_tenant: InTenant) -> str:
    """The address of an open draft that changes nothing yet."""
    with in_tenant(dressed):
        return f"{DRESS}/{drafted().id}"


def body(city: TenantRef, in_tenant: InTenant) -> dict[str, object]:
    """The open draft as it is kept."""
    with in_tenant(city):
        opened = queries.find_open()
        assert opened is not None
        return dict(opened.body)


def test_a_draft_is_begun_and_only_one(keeper: Browser) -> None:
    assert send(keeper, DRESS, {}).status_code == 303

    again = send(keeper, DRESS, {})

    assert again.status_code == 409
    assert "一次只能有一份草稿" in again.text


def test_letterhead_and_foot_are_kept(keeper: Browser, draft: str, dressed: TenantRef, in_tenant: InTenant) -> None:
    fields = {"letterhead": f" {HEAD} ", "footer": "雁城市司法局办公室  {date}印发\n\n共印3份"}

    assert sent(keeper, f"{draft}/letterhead", fields).status_code == 303

    kept = body(dressed, in_tenant)
    assert kept["letterhead"] == HEAD
    assert kept["footer"] == ["雁城市司法局办公室  {date}印发", "共印3份"]


@pytest.mark.parametrize(
    ("fields", "place", "told"),
    [
        ({"letterhead": f"雁{RARE}城文件", "footer": ""}, "letterhead", "U+1F600"),
        ({"letterhead": "", "footer": "{nothing}印发"}, "footer", "只能使用 {date}"),
        ({"letterhead": "", "footer": "一\n二\n三\n四\n五"}, "footer", "最多4行"),
        ({"letterhead": "字" * 39, "footer": ""}, "letterhead", "最多两行"),
    ],
)
def test_what_cannot_be_printed_is_refused_at_its_field_and_stays_there(
    keeper: Browser, draft: str, fields: dict[str, str], place: str, told: str
) -> None:
    answer = sent(keeper, f"{draft}/letterhead", fields)

    assert answer.status_code == 422
    assert f'id="{place}-error"' in answer.text
    assert told in answer.text
    assert fields["letterhead"] in answer.text


def test_two_administrators_at_once_are_warned(keeper: Browser, draft: str) -> None:
    page = f"{draft}/letterhead"
    seen = REVISION.findall(keeper.get(page).text)[0]
    send(keeper, page, {"letterhead": "甲文件", "footer": "", "cursor": seen}, page)

    answer = send(keeper, page, {"letterhead": "乙文件", "footer": "", "cursor": seen}, page)

    assert answer.status_code == 409
    assert "您的修改还没有保存" in answer.text
    assert "乙文件" in answer.text


def test_a_seal_is_uploaded_shown_and_taken_away(
    keeper: Browser, draft: str, dressed: TenantRef, in_tenant: InTenant
) -> None:
    page = f"{draft}/letterhead"
    (first, name), (second, _) = BODY.findall(keeper.get(page).text)[:2]
    for unit in (first, second):
        fields = {"body": unit, "seal": picture("seal.png", seal())}
        assert sent(keeper, page, fields, f"{draft}/seals").status_code == 303
    assert f'alt="{name}的印章"' in keeper.get(page).text
    shown = keeper.get(f"{draft}/seals/{first}.png")
    assert shown.content_type == "image/png"
    assert Image.open(io.BytesIO(shown.data)).size == (500, 500)

    assert sent(keeper, page, {}, f"{draft}/seals/{first}/remove").status_code == 303
    assert list(body(dressed, in_tenant)["seals"]) == [second]  # type: ignore[call-overload]
    assert keeper.get(f"{draft}/seals/{first}.png").status_code == 404


def test_a_picture_that_is_no_seal_is_refused_at_its_field(keeper: Browser, draft: str) -> None:
    page = f"{draft}/letterhead"
    unit, name = BODY.findall(keeper.get(page).text)[0]
    answer = sent(keeper, page, {"body": unit, "seal": picture("seal.png", seal(400))}, f"{draft}/seals")

    assert answer.status_code == 422
    assert 'id="seal-error"' in answer.text
    assert "太小" in answer.text
    assert f'<option value="{unit}" selected>{name}' in answer.text


@pytest.mark.parametrize("unit", ["", "7", "00000000-0000-7000-8000-000000000000"])
def test_a_seal_of_no_body_is_refused_at_its_field(keeper: Browser, draft: str, unit: str) -> None:
    fields = {"body": unit, "seal": picture("seal.png", seal())}
    answer = sent(keeper, f"{draft}/letterhead", fields, f"{draft}/seals")

    assert answer.status_code == 422
    assert 'id="body-error"' in answer.text
    assert "请选择印章所属的机构" in answer.text


def test_a_letterhead_without_the_issuers_name_is_a_doubt_on_its_page_and_at_the_review(
    keeper: Browser, draft: str
) -> None:
    page = f"{draft}/letterhead"
    sent(keeper, page, {"letterhead": HEAD, "footer": ""})
    for address in (page, f"{draft}/review"):
        assert "会原样印在每个机构制作的文书上" in keeper.get(address).text
    sent(keeper, page, {"letterhead": "{unit}文件", "footer": ""})
    assert "会原样印在每个机构制作的文书上" not in keeper.get(page).text


def test_words_are_kept_with_the_names_people_use(
    keeper: Browser, draft: str, dressed: TenantRef, in_tenant: InTenant
) -> None:
    page = f"{draft}/forms/{FORM}"
    assert "特此通知。" in keeper.get(page).text

    answer = sent(keeper, page, {"w-closing": "特此通知{当事人}。", "number": ""})

    assert answer.status_code == 303
    assert body(dressed, in_tenant)["wording"] == {f"{FORM}.closing": "特此通知{party_names}。"}
    assert "特此通知{当事人}。" in keeper.get(page).text


@pytest.mark.parametrize(
    ("fields", "place", "told"),
    [
        ({"w-closing": f"特此{RARE}通知"}, "w-closing", "U+1F600"),
        ({"w-closing": "特此通知{无此项}"}, "w-closing", "不是《终止调解通知书》可以填入的内容"),
        ({"w-closing": "特此通知}"}, "w-closing", "没有成对"),
        ({"number": "{series}第{n}号"}, "number", "缺少{kind}、{year}"),
        ({"number": f"{RARE}{{series}}{{kind}}{{year}}{{n}}"}, "number", "U+1F600"),
    ],
)
def test_a_fault_of_a_form_is_named_at_its_field(
    keeper: Browser, draft: str, fields: dict[str, str], place: str, told: str
) -> None:
    answer = sent(keeper, f"{draft}/forms/{FORM}", fields)

    assert answer.status_code == 422
    assert f'id="{place}-error"' in answer.text
    assert told in answer.text


def test_the_next_number_is_shown_before_its_pattern_is_kept(
    keeper: Browser, draft: str, dressed: TenantRef, in_tenant: InTenant
) -> None:
    page = f"{draft}/forms/{FORM}"

    answer = sent(keeper, page, {"number": "{series}{kind}（{year}）{n}号"}, f"{page}/number")

    assert answer.status_code == 200
    assert re.search(r"下一个编号：.+人调终字（2\d{3}）\d+号", answer.text)
    assert body(dressed, in_tenant)["numbers"] == {}


def test_words_that_make_a_form_too_long_are_told_on_its_page_and_at_the_review(keeper: Browser, draft: str) -> None:
    page = f"{draft}/forms/{FORM}"
    sent(keeper, page, {"w-closing": "\n".join(["啊"] * 300), "number": ""})

    assert "的样例超过了2页" in keeper.get(page).text
    review = keeper.get(f"{draft}/review").text
    assert "DD501" in review
    assert f'href="{page}"' in review
    assert send(keeper, f"{draft}/review", {}, f"{draft}/submit").status_code == 422


def test_the_sample_shows_the_citys_words_and_says_that_it_is_a_preview(keeper: Browser, draft: str) -> None:
    sent(keeper, f"{draft}/letterhead", {"letterhead": HEAD, "footer": ""})
    sent(keeper, f"{draft}/forms/{FORM}", {"w-closing": "就此告知，望周知。", "number": ""})

    text = squeezed("".join(page_texts(keeper.get(f"{draft}/samples/{FORM}.pdf").data)))
    assert all(part in text for part in (HEAD, "就此告知，望周知。", "预览"))
    shown = Image.open(io.BytesIO(keeper.get(f"{draft}/samples/{FORM}.png").data))
    assert shown.format == "PNG"
    assert shown.height > shown.width > 700


def test_a_place_of_the_file_is_moved_named_and_put_back(
    keeper: Browser, draft: str, dressed: TenantRef, in_tenant: InTenant
) -> None:
    page = f"{draft}/volumes/mediation"
    sent(keeper, page, {"move": "down 0", "title-0": "本市第一处", "part-0": "sub"})

    places = body(dressed, in_tenant)["volume"]["mediation"]  # type: ignore[index]
    assert (places[1]["title"], places[1]["part"]) == ("本市第一处", "sub")

    assert sent(keeper, page, {}, f"{page}/default").status_code == 303
    assert body(dressed, in_tenant)["volume"] == {}


@pytest.mark.parametrize("move", ["down", "up first", "down 99999", f"up {'9' * 5000}"], ids=len)
def test_a_move_of_no_place_moves_nothing(
    keeper: Browser, draft: str, dressed: TenantRef, in_tenant: InTenant, move: str
) -> None:
    assert sent(keeper, f"{draft}/volumes/mediation", {"move": move}).status_code == 303
    assert body(dressed, in_tenant)["volume"] == {}


def test_a_place_without_a_name_is_refused_at_its_field(keeper: Browser, draft: str) -> None:
    answer = sent(keeper, f"{draft}/volumes/mediation", {"title-2": " "})

    assert answer.status_code == 422
    assert 'id="title-2-error"' in answer.text


def test_a_draft_is_sent_back_mended_and_published_by_the_second_person(
    keeper: Browser, second: Browser, draft: str, dressed: TenantRef, in_tenant: InTenant
) -> None:
    sent(keeper, f"{draft}/letterhead", {"letterhead": f"{HEAD}一", "footer": ""})
    review = f"{draft}/review"
    send(keeper, review, {}, f"{draft}/submit")
    assert send(keeper, review, {}, f"{draft}/publish").status_code == 403
    stale = send(second, review, {"cursor": "0"}, f"{draft}/publish")
    assert (stale.status_code, "又修改过" in stale.text) == (409, True)
    assert "请写明退回的理由" in send(second, review, {"reason": " "}, f"{draft}/send-back").text
    send(second, review, {"reason": "去掉“一”"}, f"{draft}/send-back")
    assert "去掉“一”" in keeper.get(f"{draft}/letterhead").text
    sent(keeper, f"{draft}/letterhead", {"letterhead": HEAD, "footer": ""})
    send(keeper, review, {}, f"{draft}/submit")

    assert sent(second, review, {}, f"{draft}/publish").status_code == 303

    history = keeper.get(f"{DRESS}/history").text
    assert HEAD in history
    assert "以此版本为基础新建" in history
    with in_tenant(dressed):
        assert queries.body_in_force()["letterhead"] == HEAD


def test_a_receipt_is_printed_in_the_citys_words(
    as_user: Callable[..., Browser], dressed: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(dressed):
        published(wording={"platform.receipt.notes": "本市要求当面清点。"})
        case = factory.mediating()
        document = list_documents(case.id)[0]
        jobs.make(document)
        address = f"/staff/cases/{case.number}/documents/{document.id}/receipt.pdf"

    printed = as_user("sunli", dressed).get(address).data

    assert "本市要求当面清点" in squeezed("".join(page_texts(printed)))


def test_what_was_changed_since_the_second_person_looked_is_shown_and_not_published(
    keeper: Browser, second: Browser, draft: str, dressed: TenantRef, in_tenant: InTenant
) -> None:
    review = f"{draft}/review"
    sent(keeper, f"{draft}/letterhead", {"letterhead": "先看的文件", "footer": ""})
    send(keeper, review, {}, f"{draft}/submit")
    seen = REVISION.findall(second.get(review).text)[0]
    send(keeper, review, {}, f"{draft}/recall")
    sent(keeper, f"{draft}/letterhead", {"letterhead": "后改的文件", "footer": ""})
    send(keeper, review, {}, f"{draft}/submit")

    answer = send(second, review, {"cursor": seen}, f"{draft}/publish")

    assert answer.status_code == 409
    assert "后改的文件" in answer.text
    with in_tenant(dressed):
        assert queries.body_in_force()["letterhead"] != "后改的文件"


def test_an_earlier_version_is_the_ground_of_a_new_draft(
    keeper: Browser, dressed: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(dressed):
        first = published(letterhead="旧文件").version
        published(letterhead="新文件")

    send(keeper, f"{DRESS}/history", {"version": str(first)}, DRESS)

    assert body(dressed, in_tenant)["letterhead"] == "旧文件"


def test_a_real_case_is_shown_to_who_may_read_it_and_to_nobody_else(
    as_user: Callable[..., Browser], keeper: Browser, draft: str, dressed: TenantRef, in_tenant: InTenant
) -> None:
    with in_tenant(dressed):
        number = factory.mediating().number
    page = f"{draft}/cases/{FORM}"
    reader, other = as_user("sunli", dressed), as_user("xuning", dressed)

    assert f"{page}/{number}.png" in reader.get(f"{page}?number={number}").text
    assert reader.get(f"{page}/{number}.png").content_type == "image/png"
    for stranger in (other, reader):
        wrong = number if stranger is other else "BD0000"
        assert stranger.get(f"{page}?number={wrong}").status_code == 422
        assert stranger.get(f"{page}/{wrong}.png").status_code == 404
    assert keeper.get(f"{page}/{number}.png").status_code == 403


def test_who_may_only_read_sees_no_form(second: Browser, draft: str) -> None:
    for page in ("letterhead", f"forms/{FORM}", "volumes/mediation"):
        shown = second.get(f"{draft}/{page}")
        assert shown.status_code == 200
        assert 'name="cursor"' not in shown.text
