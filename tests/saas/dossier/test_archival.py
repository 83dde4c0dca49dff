"""What keeps pages from elsewhere out of an archival file is found, wherever on the page it hides."""

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream

from saas.dossier import archival, sheaves
from tests.saas.dossier import samples
from tests.saas.files import samples as files


def _resources(pdf: pikepdf.Pdf) -> pikepdf.Object:
    page = pdf.pages[0].obj
    page.Resources = Dictionary()
    found: pikepdf.Object = page.Resources
    return found


def _plain_font(pdf: pikepdf.Pdf) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    _resources(pdf).Font = Dictionary(F=pdf.make_indirect(font))


def _hidden_font(pdf: pikepdf.Pdf) -> None:
    """A font used two drawings deep."""
    font = Dictionary(Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name.Arial)
    inner = _drawing(pdf, Dictionary(Font=Dictionary(F=font)))
    outer = _drawing(pdf, Dictionary(XObject=Dictionary(I=inner)))
    _resources(pdf).XObject = Dictionary(O=outer)


def _printing_ink(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Contents = Stream(pdf, b"0 .5 1 0 k 0 0 10 10 re f")


def _ink_picture(pdf: pikepdf.Pdf) -> None:
    picture = Stream(pdf, bytes(4))
    picture.Subtype, picture.Width, picture.Height, picture.BitsPerComponent = Name.Image, 1, 1, 8
    picture.ColorSpace = Array([Name.Indexed, Name.DeviceCMYK, 0, pikepdf.String(bytes(4))])
    _resources(pdf).XObject = Dictionary(P=pdf.make_indirect(picture))


def _layer(pdf: pikepdf.Pdf) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=pikepdf.String("layer")))
    _resources(pdf).Properties = Dictionary(L=layer)


def _script_of_the_printer(pdf: pikepdf.Pdf) -> None:
    drawn = Stream(pdf, b"showpage")
    drawn.Subtype = Name.PS
    _resources(pdf).XObject = Dictionary(P=pdf.make_indirect(drawn))


def _odd_blending(pdf: pikepdf.Pdf) -> None:
    _resources(pdf).ExtGState = Dictionary(G=Dictionary(BM=Name("/Own")))


def _endless(pdf: pikepdf.Pdf) -> None:
    drawn = _drawing(pdf, Dictionary())
    for _ in range(archival.DEEPEST + 1):
        drawn = _drawing(pdf, Dictionary(XObject=Dictionary(D=drawn)))
    _resources(pdf).XObject = Dictionary(D=drawn)


def _drawing(pdf: pikepdf.Pdf, resources: pikepdf.Object) -> pikepdf.Object:
    drawn = Stream(pdf, b"q Q")
    drawn.Type, drawn.Subtype, drawn.BBox, drawn.Resources = Name.XObject, Name.Form, Array([0, 0, 9, 9]), resources
    return pdf.make_indirect(drawn)


def _nothing(_pdf: pikepdf.Pdf) -> None:
    return


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_nothing, None),
        (_plain_font, archival.FONTS),
        (_hidden_font, archival.FONTS),
        (_printing_ink, archival.CMYK),
        (_ink_picture, archival.CMYK),
        (_layer, archival.FORBIDDEN["/OC"]),
        (_script_of_the_printer, archival.FORBIDDEN["/PS"]),
        (_odd_blending, archival.STATE),
        (_endless, archival.STATE),
    ],
)
def test_what_the_standard_forbids_is_named_with_its_part(
    tmp_path: Path, change: Callable[[pikepdf.Pdf], None], told: str | None
) -> None:
    data = samples.changed(files.pdf(), change)

    body = sheaves.lay([samples.part(tmp_path, "合同.pdf", data, own=False)], tmp_path)

    assert [(one.part, one.reasons) for one in body.obstacles] == ([("合同.pdf", (told,))] if told else [])


def test_only_the_pages_of_the_part_are_looked_at() -> None:
    with pikepdf.open(io.BytesIO(samples.changed(files.pdf(2), _plain_font))) as pdf:
        assert archival.reasons(pdf, 1, 1) == ()
        assert archival.reasons(pdf, 0, 2) == (archival.FONTS,)
