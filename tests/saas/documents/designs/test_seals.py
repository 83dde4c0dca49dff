"""The picture of a seal is taken when it can be printed as one, and kept without what came beside it."""

import io

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from saas.documents.designs import seals
from saas.errors import InvalidInputError
from tests.designing import seal

GIF = b"GIF89a" + bytes(40)


def refusal(data: bytes) -> str:
    """Why a picture is not taken."""
    with pytest.raises(InvalidInputError) as refused:
        seals.checked(data)
    return refused.value.fields["seal"]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "请选择印章图片"),
        (GIF, "不是完整的 PNG"),
        (seal()[:-900], "不是完整的 PNG"),
        (bytes(2_000_001), "超过 2 MB"),
        (seal(mode="RGB"), "没有透明背景"),
        (seal(400), "太小"),
        (seal(500, height=600), "应当是正方形"),
        (seal(colour="#0044cc"), "应当是红色的"),
        (seal(6001), "每边最多 6000 像素"),
    ],
)
def test_what_cannot_be_printed_as_a_seal_is_refused(data: bytes, told: str) -> None:
    assert told in refusal(data)


def test_a_picture_that_covers_what_is_below_is_refused() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (500, 500), (212, 0, 42, 255)).save(out, "PNG")

    assert "背景不透明" in refusal(out.getvalue())


def test_an_empty_picture_is_refused() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (500, 500), (212, 0, 42, 0)).save(out, "PNG")

    assert "是空白的" in refusal(out.getvalue())


def test_a_seal_is_kept_square_and_without_remarks() -> None:
    about, out = PngInfo(), io.BytesIO()
    about.add_text("Author", "somebody")
    Image.open(io.BytesIO(seal(1000, height=1010))).save(out, "PNG", pnginfo=about)

    kept = Image.open(io.BytesIO(seals.checked(out.getvalue())))

    assert (kept.format, kept.mode, kept.size, kept.info) == ("PNG", "RGBA", (744, 744), {})
    assert kept.getpixel((0, 0))[3] == 0  # type: ignore[index]
