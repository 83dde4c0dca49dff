"""What stands where in a file, and what is missing."""

from datetime import UTC, datetime
from types import SimpleNamespace
from uuid import UUID

import pytest

from saas.documents.models import Document
from saas.domain import Domain, VolumeForms, VolumeItem
from saas.dossier.volume import arrange, missing
from saas.files.models import File

DOMAIN = Domain(
    name="x",
    title="甲",
    laws=(),
    permissions=SimpleNamespace,  # type: ignore[arg-type]
    volume=(
        VolumeItem("申请", forms=("x.apply", "x.register"), required=True),
        VolumeItem("身份", categories=("identity",), required=True),
        VolumeItem("证据", forms=("x.list",), categories=("photo", "paper")),
    ),
    volume_forms=VolumeForms("x.cover", "x.catalogue", "x.statement", "x.back"),
)


def document(code: str, day: int = 1) -> Document:
    issued = datetime(2026, 1, day, tzinfo=UTC)
    return Document(id=UUID(int=day * 100 + len(code)), form_code=code, number=f"{day}", issued_at=issued)


def attachment(category: str, day: int = 1) -> File:
    return File(id=UUID(int=day), category=category, happened_at=datetime(2026, 1, day, tzinfo=UTC))


@pytest.mark.parametrize(
    ("documents", "files", "lacking"),
    [
        ([], [], ["申请", "身份"]),
        ([document("x.register")], [], ["身份"]),
        ([], [attachment("identity")], ["申请"]),
        ([document("x.apply")], [attachment("identity")], []),
        ([document("x.cover")], [attachment("photo")], ["申请", "身份"]),
    ],
)
def test_only_required_places_are_missing(documents: list[Document], files: list[File], lacking: list[str]) -> None:
    assert missing(DOMAIN, documents, files) == lacking


def test_a_place_is_filled_in_the_order_it_names_and_then_by_time() -> None:
    papers = [attachment("paper", 1), attachment("photo", 3), attachment("photo", 2)]
    listed = document("x.list")

    place = arrange(DOMAIN, [document("x.register", 1), document("x.apply", 2), listed], papers)[2]

    assert place.documents == (listed,)
    assert [file.happened_at.day for file in place.files] == [2, 3, 1]


def test_what_has_no_place_stands_last_and_is_not_lost() -> None:
    stray, odd = document("x.other"), attachment("strange")

    places = arrange(DOMAIN, [stray], [odd])

    assert [place.item.title for place in places] == ["申请", "身份", "证据", "其他材料"]
    assert (places[-1].documents, places[-1].files) == ((stray,), (odd,))


def test_a_void_document_stands_nowhere() -> None:
    void = document("x.apply")
    void.state = "void"

    places = arrange(DOMAIN, [void], [])

    assert all(place.is_empty for place in places)
    assert places[0].is_missing


def test_forms_that_frame_the_file_stand_nowhere_inside() -> None:
    assert all(place.is_empty for place in arrange(DOMAIN, [document("x.cover"), document("x.back")], []))
