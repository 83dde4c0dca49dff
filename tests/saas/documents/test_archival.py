"""Another hand, Apache Preflight, finds the prints of every layout fit for archives.

It knows PDF/A-1b only; ours are PDF/A-3b, so twins are made of them: the same pages, without the seal and the CFF font
that the older standard does not allow.
"""

import re
import subprocess
from pathlib import Path

import pytest
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from blueprints.mediation.documents import FORMS as MEDIATION
from saas.documents import general, papers, render
from saas.documents.dress import Dress
from saas.documents.form import Form
from saas.documents.press_styles import TEMPLATES
from tests.printing import FONTS

JARS = (
    *("preflight", "pdfbox2", "fontbox2", "xmpbox", "jaxb-api", "javax.activation"),
    *("bcprov", "bcpkix", "bcmail", "commons-logging"),
)
JAVA = ("java", "-cp", ":".join(f"/usr/share/java/{jar}.jar" for jar in JARS))
VALIDATOR = "org.apache.pdfbox.preflight.Validator_A1b"
# It looks for the mark of the standard in a form of XMP that is not the only one allowed.
EXPLAINED = re.compile(r"^7\.3 : .*pdfaid", re.IGNORECASE)
FINDING = re.compile(r"^\d+(?:\.\d+)+ ?: .*$", re.MULTILINE)
DRESS = Dress(letterhead="清河县司法局文件", footer=("抄送：县人民法院。", "清河县司法局办公室　{date}印发"))
OWN = papers.issued_form("own.notice", "通知书")
LETTER: dict[str, object] = OWN.blank() | {"title": OWN.title, "paragraphs": ["一、总体要求", "内容。"], "unit": "某局"}


def samples() -> dict[str, tuple[Form, dict[str, object]]]:
    """A form of each layout with its values."""
    forms = {form.layout: (form, form.sample) for form in (*MEDIATION, *general.FORMS)}
    return forms | {"letter": (OWN, LETTER)}


def twin(form: Form, values: dict[str, object]) -> bytes:
    config = FontConfiguration()
    names = ("base.css", f"{form.layout}.css")
    texts = ((TEMPLATES / "documents" / "css" / name).read_text("utf-8") for name in names)
    styles = [CSS(string=text.replace('"App Fang"', '"App Song"'), font_config=config) for text in texts]
    source = HTML(string=render.html(form, values, dress=DRESS))
    made: bytes = source.write_pdf(stylesheets=styles, font_config=config, pdf_variant="pdf/a-1b")
    return made


@pytest.mark.slow
def test_every_layout_is_an_archival_file_to_other_hands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", str(FONTS / "fonts.conf"))
    for layout, (form, values) in samples().items():
        (tmp_path / f"{layout}.pdf").write_bytes(twin(form, values))

    ran = subprocess.run([*JAVA, VALIDATOR, "batch", str(tmp_path)], capture_output=True, text=True, check=False)

    said = ran.stdout + ran.stderr
    assert all(f"{layout}.pdf" in said for layout in samples())
    assert [found for found in FINDING.findall(said) if not EXPLAINED.match(found)] == []
