"""Makes the dossier of a case: gathers its parts in the prescribed order and has them bound."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from saas.audit.queries import list_for_case
from saas.cases.models import Case
from saas.cases.snapshot import snapshot
from saas.config import current_config
from saas.documents import render
from saas.documents.dress import Dress
from saas.documents.form import Snapshot
from saas.documents.models import Document
from saas.documents.pages import count_pages
from saas.documents.queries import form_of, with_numbers
from saas.domain import get_domain
from saas.dossier import assemble, pages, queries
from saas.dossier.assemble import Body, Cover, Part
from saas.dossier.frame import Frame
from saas.dossier.volume import Place
from saas.errors import AppError
from saas.files import store
from saas.signing import pdf as signing
from saas.workflow.queries import get_definition

NUMBER_FONT = "AppSong.ttf"
LONGEST_STATEMENT = 5  # pages tried until the statement tells its own length right
STEPS_BESIDES_PARTS = 4

Progress = Callable[[str, int], None]
"""Told what is being done and how many steps there are in all."""


class DossierError(AppError):
    """The dossier cannot be made; the message says which part stands in the way."""

    status = 422
    title = "卷宗不能制作"


def make(case: Case, progress: Progress) -> bytes:
    """The whole dossier as PDF bytes; the same rows always give the same bytes.

    Raises:
        AppError: A part is missing, damaged or not printable; the message names it.
    """
    shot = with_numbers(snapshot(case), case.id)
    places = queries.list_places(case)
    total = sum(len(place.documents) + len(place.files) for place in places) + STEPS_BESIDES_PARTS
    frame = Frame(get_domain(case.domain), shot)
    body = assemble.lay(_parts(places), lambda title: progress(f"放入{title}", total))
    progress("制作卷宗情况说明", total)
    _add_statement(body, frame)
    progress("制作封面和目录", total)
    front = [*frame.cover(body.spans), *frame.catalogue(body.spans)]
    progress("制作办理过程和审计摘录", total)
    tail = [*frame.back(), *_appendix(case, body, frame, places)]
    progress("编页号、装订", total)
    cover = Cover(case.number, f"卷宗 {case.number}", frozen_at(case), _facts(shot))
    return assemble.bind(body, front, tail, cover, current_config().fonts_dir / NUMBER_FONT)


def frozen_at(case: Case) -> datetime:
    """The moment every date in the file is taken from: when the case last changed."""
    return max([case.opened_at, *(step.happened_at for step in case.steps)])


def _parts(places: Sequence[Place]) -> Iterator[Part]:
    for place in places:
        for document in place.documents:
            yield Part(document.title, _printed(document), note=document.number, name=document.form_code)
        for file in place.files:
            title = f"{place.item.title}（{file.name}）"
            data = _stored(title, file.storage_key)
            yield Part(title, data, file.media_type, own=False, kind="file", name=file.name)


def _printed(document: Document) -> bytes:
    """The stored print of a document; one that still waits for its job is printed here, with the same bytes."""
    named = f"《{document.title}》（{document.number}）"
    if document.state == "failed":
        reason = document.problem or "原因不明。"
        raise DossierError(f"文书{named}没有生成成功：{reason}请先重新生成这份文书，再导出卷宗。")
    if document.storage_key is not None:
        # What is bound are the pages; the signature of the document stays with the document.
        return signing.content_of(_stored(f"文书{named}", document.storage_key), document.content_digest)
    try:
        form = form_of(document)
        return render.pdf(render.html(form, document.values, dress=Dress.of(document.dress)), form.layout)
    except AppError as error:
        raise DossierError(f"文书{named}不能生成：{error.message}") from error


def _stored(title: str, key: str) -> bytes:
    try:
        return store.get(key)
    except AppError as error:
        raise DossierError(f"{title}：{error.message}") from error


def _add_statement(body: Body, frame: Frame) -> None:
    """The statement tells the pages of the whole file, its own included, so its length is tried from one upwards."""
    for length in range(1, LONGEST_STATEMENT + 1):
        made = frame.statement(len(body.spans) + 1, body.pages + length)
        if not made:
            return
        if count_pages(made[0].data) == length:
            assemble.add(body, made[0])
            return
    raise DossierError("卷宗情况说明太长，请精简后再导出卷宗。")


def _appendix(case: Case, body: Body, frame: Frame, places: Sequence[Place]) -> list[Part]:
    counted = {"pieces": len(body.spans), "pages": body.pages}
    return [
        pages.timeline(case, get_definition(case.process_id)),
        pages.audit_extract(case, list_for_case(case.id)),
        pages.review_sheet(
            case,
            pieces=len(body.spans),
            pages=body.pages,
            lacking=[place.item.title for place in places if place.is_missing],
            compiled=frame.values("statement", counted),
        ),
    ]


def _facts(shot: Snapshot) -> dict[str, Any]:
    """The case as plain values, for machines that read the file later."""
    kept = asdict(replace(shot, extra={}, document={}, step=None))
    return {name: value for name, value in kept.items() if value}
