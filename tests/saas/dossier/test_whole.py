"""A dossier of forty documents and sixty attachments: every number, link and bookmark, and what other readers say."""

import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from textwrap import dedent
from typing import Any

import pikepdf
import pytest
from flask import Flask

from saas.config import Config
from saas.db.session import TenantRef
from saas.dossier import binding, manifest, preparing, queries, stamp
from saas.dossier.binding import Made
from saas.embedded import ROOT
from tenants import context
from tests.printing import squeezed
from tests.saas.dossier import large, readers, samples
from tests.saas.dossier.json_schema import faults

pytestmark = pytest.mark.slow
AGAIN = """
    import sys
    from pathlib import Path

    import blueprints, tenants
    from saas import web
    from saas.app import create_app
    from saas.config import Config
    from saas.dossier import binding, queries
    from saas.jobs.perform import ENTER

    app = create_app(Config.from_env(), blueprints.discover(), (tenants.init_app, web.init_app, blueprints.init_app))
    with app.extensions[ENTER](sys.argv[1]):
        case = queries.find_case(sys.argv[2])
        print(binding.make(case, lambda *_: None, out=Path(sys.argv[3]) / "again.pdf").content_digest)
"""
EXPLAINED = {
    "3.1.3 : Invalid Font definition, invalid /Subtype /OpenType in /FontFile3 stream",
    "3.1.11 : Invalid Font definition, The CIDSet entry is missing for the Composite Subset",
}
"""What Preflight finds though nothing is wrong: rules of PDF/A-1 that later parts of the standard gave up."""


@dataclass(frozen=True)
class Whole:
    """The file, what it says of itself, and the text of each of its pages without spaces."""

    number: str
    made: Made
    data: bytes
    told: dict[str, Any]
    texts: list[str]

    @property
    def numbered(self) -> list[dict[str, Any]]:
        """The parts that stand on numbered pages."""
        return [part for part in self.told["parts"] if part["number"]]


@pytest.fixture(scope="module")
def whole(app: Flask, beijing: TenantRef, tmp_path_factory: pytest.TempPathFactory) -> Whole:
    """The bound file."""
    enter = partial(context.transaction, app, beijing)
    with enter():
        number = large.make().number
    with enter():
        case = queries.find_case(number)
        assert case is not None
        preparing.prepare(case.id)
        made = binding.make(case, lambda *_: None, out=tmp_path_factory.mktemp("whole") / "dossier.pdf")
    data = made.path.read_bytes()
    return Whole(number, made, data, samples.told(data), [squeezed(text) for text in samples.texts(data)])


def test_it_is_as_large_as_it_should_be(whole: Whole) -> None:
    kinds = [part["kind"] for part in whole.numbered]

    assert (kinds.count("document"), kinds.count("file")) == (40, 60)
    assert 290 <= whole.made.pages == len(whole.texts) <= 340
    assert whole.made.obstacles == ()


def test_every_number_of_the_catalogue_is_the_number_stamped_on_the_page(whole: Whole) -> None:
    (listed,) = [part for part in whole.told["parts"] if part["kind"] == "catalogue"]
    catalogue = "".join(whole.texts[listed["start"] : listed["start"] + len(listed["pages"])])
    stamps = stamped(whole.data)

    for part in whole.numbered:
        first, last = part["number"], part["number"] + len(part["pages"]) - 1
        shown = str(first) if first == last else f"{first}—{last}"
        assert f"{squeezed(part['title'])}{shown}" in catalogue
        assert stamps[part["start"] : part["start"] + len(part["pages"])] == [str(n) for n in range(first, last + 1)]


def test_every_link_and_bookmark_lands_on_its_part(whole: Whole) -> None:
    with pikepdf.open(io.BytesIO(whole.data)) as pdf:
        places = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        notes = [note for page in pdf.pages for note in page.obj.get("/Annots", [])]
        links = list(dict.fromkeys(places[note.Dest[0].objgen] for note in notes))
        with pdf.open_outline() as outline:
            children = [child for item in outline.root for child in item.children]
            marks = [(child.title, places[target_of(child)]) for child in children]
        labels = [page.label for page in pdf.pages]

    assert links == [part["start"] for part in whole.numbered]
    assert [start for _, start in marks] == [part["start"] for part in whole.told["parts"]]
    assert all(title.startswith(part["title"]) for (title, _), part in zip(marks, whole.told["parts"], strict=True))
    assert [labels[part["start"]] for part in whole.numbered] == [str(part["number"]) for part in whole.numbered]


def test_the_text_of_every_part_is_found_on_its_pages(whole: Whole) -> None:
    texts = {part["name"]: "".join(pages_of(part, whole.texts)) for part in whole.numbered}
    records = ["".join(pages_of(part, whole.texts)) for part in whole.numbered if part["name"] == large.FORM]

    assert len(records) == 37
    assert all(large.mark("笔录", number) in text for number, text in enumerate(records))
    for number in range(12):
        name = f"{large.mark('材料', number)}.pdf"
        assert all(f"{large.mark('材料', number)}之{page + 1}" in texts[name] for page in range(17))


def test_the_embedded_data_keeps_to_its_published_form(whole: Whole) -> None:
    schema = json.loads(manifest.SCHEMA.read_text("utf-8"))

    assert list(faults(schema, whole.told, schema)) == []


def test_other_readers_find_no_fault_with_it(whole: Whole, tmp_path: Path) -> None:
    assert readers.qpdf(whole.made.path).startswith("0 ")
    with pikepdf.open(whole.made.path) as pdf:
        assert pdf.check_pdf_syntax() == []
    found = readers.preflight(readers.twin(whole.made.path, tmp_path / "twin.pdf"))
    assert any("CIDSet" in one for one in found), "Preflight has read it"
    assert set(found) <= EXPLAINED


@pytest.mark.parametrize("seed", ["1", "4711"])
def test_another_process_makes_the_same_bytes(
    whole: Whole, beijing: TenantRef, config: Config, tmp_path: Path, seed: str
) -> None:
    environment = os.environ | {
        "DATABASE_URL": config.database_url,
        "FENGQIAO_SECRET_KEY": config.secret_key,
        "FENGQIAO_DATABASE_SECRET": config.database_secret,
        "FENGQIAO_MASTER_KEY": str(config.master_key),
        "FENGQIAO_STORAGE_DIR": str(config.storage_dir),
        "PYTHONHASHSEED": seed,
    }
    command = [sys.executable, "-c", dedent(AGAIN), beijing.schema, whole.number, str(tmp_path)]

    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == whole.made.content_digest


def stamped(data: bytes) -> list[str]:
    """The number stamped on each page, read back from its own glyphs; empty where none is."""
    found = []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            fonts = page.obj.get("/Resources", pikepdf.Dictionary()).get("/Font", pikepdf.Dictionary())
            last = page.Contents[-1] if isinstance(page.Contents, pikepdf.Array) else page.Contents
            found.append(_read(last.read_bytes()) if stamp.RESOURCE in fonts else "")
    return found


def _read(operators: bytes) -> str:
    glyphs = {f"{glyph:04x}": digit for digit, glyph in stamp.digits(_font()).glyphs.items()}
    shown = operators.split(b"<")[1].split(b">")[0].decode()
    return "".join(glyphs[shown[start : start + 4]] for start in range(0, len(shown), 4))


def _font() -> Path:
    return Path(os.environ.get("FENGQIAO_FONTS_DIR", ROOT / "var" / "fonts")) / binding.NUMBER_FONT


def target_of(item: pikepdf.OutlineItem) -> tuple[int, int]:
    """The page a bookmark leads to."""
    assert isinstance(item.destination, pikepdf.Array)
    number: tuple[int, int] = item.destination[0].objgen
    return number


def pages_of(part: dict[str, Any], texts: list[str]) -> list[str]:
    return texts[part["start"] : part["start"] + len(part["pages"])]
