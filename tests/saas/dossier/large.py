"""A case with very many papers: forty documents and sixty attachments on about three hundred pages."""

import io
from dataclasses import dataclass

from PIL import Image, ImageDraw

from saas import clock
from saas.cases.models import Case
from saas.db.ids import new_id
from saas.db.session import db
from saas.documents import render
from saas.documents.models import Document
from saas.documents.queries import get_form
from saas.files import services as files
from saas.identity.actor import SYSTEM
from tests.mediation import factory

FORM = "mediation.investigation"


@dataclass(frozen=True)
class Size:
    """How many documents, pictures, and foreign PDFs of how many pages a case has beside what its steps issued."""

    documents: int = 37
    pictures: int = 48
    prints: int = 12
    pages: int = 17


LARGE = Size()


def make(size: Size = LARGE, picture: tuple[int, int] = (160, 220)) -> Case:
    """An agreed case with these papers; each says in its text which one it is."""
    case = factory.mediating()
    form = get_form(FORM)
    for number in range(size.documents):
        values = form.sample | {
            "number": f"试查字〔2026〕{case.number}之{number + 1}号",
            "content": [mark("笔录", number)],
        }
        _issue(case, form.title, form.load(values), number)
    for number in range(size.pictures):
        files.add(case, "evidence", f"照片{number:02}.jpg", _photograph(number, picture), by=SYSTEM, evidence=True)
    for number in range(size.prints):
        files.add(case, "other", f"{mark('材料', number)}.pdf", foreign(mark("材料", number), size.pages), by=SYSTEM)
    return case


def mark(kind: str, number: int) -> str:
    """What only this paper says."""
    return f"{kind}第{number:03}件"


def foreign(text: str, pages: int) -> bytes:
    """A PDF as another program may send it, its fonts inside."""
    places = "".join(f'<p style="break-before: page">{text}之{page + 1}</p>' for page in range(pages))
    return render.pdf(f'<html lang="zh-CN"><head><title>{text}</title></head><body>{places}</body></html>', "table")


def _issue(case: Case, title: str, values: dict[str, object], number: int) -> None:
    db.session.add(
        Document(
            id=new_id(),
            case_id=case.id,
            form_code=FORM,
            title=title,
            number=str(values["number"]),
            values=values,
            dress={},
            template_digest=f"{number}",
            issued_by="孙丽",
            issued_at=clock.now(),
        )
    )


def _photograph(number: int, size: tuple[int, int]) -> bytes:
    """A picture unlike any other, as grainy as one of a camera."""
    grain = Image.effect_noise((size[0] // 3, size[1] // 3), 60).resize(size)
    picture = Image.merge("RGB", (grain, grain.transpose(Image.Transpose.ROTATE_180), grain))
    ImageDraw.Draw(picture).text((10, 10), f"{number}", fill="white")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=90)
    return out.getvalue()
