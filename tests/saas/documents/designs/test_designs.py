"""Drafts, their review and publishing; what is in force is on every new document and on no older one."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from blueprints.mediation.documents import FORMS
from saas.cases.models import Case
from saas.db.ids import new_id
from saas.db.session import TenantRef, current_tenant, db
from saas.documents import jobs, render, replacing
from saas.documents.designs import changing, queries, reviewing, seals, surroundings
from saas.documents.designs.body import EMPTY
from saas.documents.designs.models import DocumentDesign
from saas.documents.designs.volumes import plain
from saas.documents.dress import Dress, Issuer
from saas.domain import get_domain
from saas.dossier.queries import list_places
from saas.errors import ConflictError, InvalidInputError, PermissionDeniedError, RefusedError
from saas.files import store
from saas.identity.actor import SYSTEM
from saas.organisation.queries import list_bodies
from tests.conftest import InTenant
from tests.designing import ADMIN, SECOND, drafted, give_up, published, seal
from tests.mediation import factory
from tests.saas.documents.issued import APPLICATION, issued

ISSUER = Issuer(str(new_id()), "甲调解委员会")
PATTERN = "{series}{kind}（{year}）{n}号"


@pytest.fixture(autouse=True)
def _inside(dressed: TenantRef, in_tenant: InTenant) -> Iterator[None]:
    """Inside the city, without an open draft afterwards."""
    with in_tenant(dressed):
        yield
        give_up()


def kept_seal() -> str:
    return store.put(seals.checked(seal()), tenant=current_tenant())


def another_body(case: Case) -> dict[str, str]:
    """The seal of a body of the city that has not got the case."""
    other = next(unit for unit in list_bodies() if unit.id != case.unit_id)
    return {str(other.id): store.put(seals.checked(seal(600)), tenant=current_tenant())}


def test_a_city_has_one_draft_at_a_time() -> None:
    drafted(letterhead="甲文件")

    with pytest.raises(ConflictError, match="一次只能有一份草稿"):
        changing.begin(by=factory.actor(SECOND))


def test_who_has_not_seen_the_last_change_is_warned_and_changes_nothing() -> None:
    design = drafted(letterhead="甲文件")

    before = design.revision

    with pytest.raises(ConflictError, match="您的修改还没有保存"):
        changing.change(design, {"letterhead": "乙文件"}, seen=before - 1, what=[], by=factory.actor(ADMIN))

    assert (design.body["letterhead"], design.revision) == ("甲文件", before)


def test_a_body_of_another_shape_is_refused() -> None:
    design = drafted()

    wrong: tuple[dict[str, Any], ...] = (
        {"colour": "red"},
        {"footer": "一行"},
        {"footer": ["行"] * 5},
        {"volume": {"mediation": []}},
        {"seals": {"司法局": "key"}},
    )
    for parts in wrong:
        with pytest.raises(InvalidInputError):
            changing.change(design, parts, seen=design.revision, what=[], by=factory.actor(ADMIN))


def test_who_had_a_hand_in_it_does_not_publish_it() -> None:
    design = drafted(letterhead="待审核文件")
    reviewing.submit(design, by=factory.actor(ADMIN))

    with pytest.raises(PermissionDeniedError, match="另一人审核"):
        reviewing.publish(design, seen=design.revision, by=factory.actor(ADMIN))


def test_what_was_changed_since_the_reviewer_looked_is_not_published() -> None:
    design = drafted(letterhead="待审核文件")
    reviewing.submit(design, by=factory.actor(ADMIN))
    seen = design.revision
    reviewing.recall(design, by=factory.actor(ADMIN))
    changing.change(design, {"letterhead": "另一个文件"}, seen=seen, what=[], by=factory.actor(ADMIN))
    reviewing.submit(design, by=factory.actor(ADMIN))

    with pytest.raises(ConflictError, match="又修改过"):
        reviewing.publish(design, seen=seen, by=factory.actor(SECOND))

    assert design.state == "in_review"


def test_a_draft_with_faults_or_without_changes_is_not_submitted() -> None:
    with pytest.raises(RefusedError, match="U\\+1F600"):
        reviewing.submit(drafted(letterhead="甲\U0001f600"), by=factory.actor(ADMIN))
    give_up()
    with pytest.raises(ConflictError, match="没有不同"):
        reviewing.submit(changing.begin(by=factory.actor(ADMIN)), by=factory.actor(ADMIN))


def test_publishing_makes_the_next_version_and_replaces_the_one_before() -> None:
    first = published(letterhead="甲文件")
    second = published(letterhead="乙文件")

    assert (second.version or 0) == (first.version or 0) + 1
    assert [one.state for one in queries.list_versions()[:2]] == ["published", "replaced"]
    assert queries.dress_in_force(ISSUER).letterhead == "乙文件"


def test_what_was_published_cannot_be_changed_even_by_hand() -> None:
    design = published(letterhead="丙文件")

    with pytest.raises(IntegrityError, match="stays as it is"), db.session.begin_nested():
        db.session.execute(text("update document_design set body = '{}' where id = :id"), {"id": design.id})
    with pytest.raises(ConflictError, match="不能再修改"):
        changing.change(design, {"letterhead": "丁"}, seen=design.revision, what=[], by=factory.actor(ADMIN))


def test_a_draft_begins_with_an_earlier_version() -> None:
    first = published(letterhead="甲文件", footer=["某办公室"])
    published(letterhead="乙文件", footer=[])

    assert changing.begin(first, by=factory.actor(ADMIN)).body["letterhead"] == "甲文件"


def test_a_document_keeps_the_dress_it_was_issued_in() -> None:
    published(letterhead="甲文件")
    case = factory.open_application()
    old = issued(case)
    frozen = dict(old.dress)
    jobs.make(old)
    published(letterhead="乙文件")
    new = issued(case)

    assert (frozen["letterhead"], new.dress["letterhead"]) == ("甲文件", "乙文件")
    dress = Dress.of(old.dress)
    again = render.pdf(render.html(APPLICATION, old.values, dress=dress, seal=seals.address(dress)), APPLICATION.layout)
    assert store.digest_of(again) == old.content_digest


def test_only_the_words_of_its_own_form_are_kept_with_a_document() -> None:
    own, other = "mediation.application.closing", "mediation.termination.closing"
    frozen = Dress(version=1, wording={own: "甲", other: "乙"}).of_form(APPLICATION.code).frozen()
    assert frozen["wording"] == {own: "甲"}

    published(wording={other: "特此通知，请知悉。"})
    assert issued(factory.open_application()).dress["wording"] == {}


def test_a_form_has_the_pattern_of_numbers_the_city_gave_it() -> None:
    published(numbers={"mediation.application": PATTERN})

    assert "人调申字（" in issued(factory.open_application()).number
    other = next(form for form in FORMS if form.code == "mediation.agreement")
    assert queries.number_pattern(other) != PATTERN


def test_the_seal_of_who_issues_is_kept_with_the_document() -> None:
    key, case = kept_seal(), factory.open_application()
    published(seals={str(case.unit_id): key, **another_body(case)})

    document = issued(case)

    assert document.dress["seal"] == key
    assert seals.address(Dress.of(document.dress)).startswith("data:image/png;base64,")


def test_a_document_never_bears_another_bodys_seal() -> None:
    case = factory.open_application()
    published(seals=another_body(case))

    assert issued(case).dress["seal"] == ""


def test_letterhead_and_foot_name_whoever_issues() -> None:
    case = factory.open_application()
    published(letterhead="{unit}文件", footer=["{unit}  {date}印发"])

    frozen = issued(case).dress

    assert (frozen["letterhead"], *frozen["footer"]) == (f"{case.unit.name}文件", f"{case.unit.name}  {{date}}印发")
    assert queries.dress_in_force(ISSUER).letterhead == "甲调解委员会文件"


def test_what_replaces_a_document_bears_the_seal_of_who_issues() -> None:
    key, case = kept_seal(), factory.open_application()
    published(letterhead="尚无印章", seals={})
    old = issued(case)
    jobs.make(old)
    published(seals={str(case.unit_id): key})

    again = replacing.reissue(old, APPLICATION, case, "原件遗失", by=SYSTEM)

    assert (old.dress.get("seal", ""), again.dress["seal"]) == ("", key)


def test_a_change_of_seals_is_told_with_the_body() -> None:
    case, key = factory.open_application(), kept_seal()
    one, none = {**EMPTY, "seals": {str(case.unit_id): key}}, dict(EMPTY)
    other = {**EMPTY, "seals": {str(case.unit_id): "another"}}

    told = [surroundings.differences(*pair) for pair in ((none, one), (one, other), (one, none))]

    assert told == [[f"{case.unit.name}的印章{done}"] for done in ("增加了", "改了", "去掉了")]


def test_a_seal_is_read_in_a_copy_of_its_city(zunyi: TenantRef) -> None:
    data = seals.checked(seal())
    original = store.put(data, tenant=current_tenant())
    elsewhere = original.replace(str(current_tenant().id), str(zunyi.id))

    assert seals.read(elsewhere) == data


def test_the_file_of_a_case_has_the_citys_order() -> None:
    line = get_domain("mediation")
    order = list(reversed(plain(line.volume)))
    published(volume={"mediation": order})

    case = factory.open_application()
    own = [one["title"] for one in order if not one["processes"] or case.process_key in one["processes"]]

    assert [place.item.title for place in list_places(case)[: len(own)]] == own


def test_a_version_whose_seal_is_gone_is_not_published() -> None:
    unit = str(list_bodies()[0].id)

    with pytest.raises(RefusedError, match="印章图片不在了"):
        reviewing.submit(drafted(seals={unit: f"{current_tenant().id}/00/{'0' * 64}"}), by=factory.actor(ADMIN))


def test_a_discarded_draft_is_gone() -> None:
    design = drafted(letterhead="甲文件")
    changing.discard(design, by=factory.actor(ADMIN))

    assert queries.find_open() is None
    assert db.session.get(DocumentDesign, design.id).state == "discarded"  # type: ignore[union-attr]
