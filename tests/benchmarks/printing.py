"""What it costs to print forms, beside laying out the same pages and nothing else, and beside other programs."""

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import Any
from unittest.mock import patch

import weasyprint
from playwright.sync_api import sync_playwright
from weasyprint import document as engine

from blueprints.mediation.documents import FORMS
from saas.config import current_config
from saas.documents import render
from saas.documents.form import Form, Values
from saas.documents.pages import count_pages, page_texts
from saas.documents.press_engine import Engine
from saas.documents.press_limits import FORM
from saas.documents.press_styles import style_files
from tests.benchmarks.measures import MILLISECONDS, Row, seconds
from tests.printing import squeezed

AGREEMENT = next(form for form in FORMS if form.code == "mediation.agreement")
ONE_CASE = 40  # forms
CHROMIUM = Path(os.environ.get("FENGQIAO_TEST_BROWSER", "/usr/bin/chromium"))
Print = Callable[[str, str], bytes]


@dataclass(frozen=True)
class Floor:
    """The same engine in this process, timed only while it lays out."""

    engine: Engine

    @classmethod
    def open(cls) -> "Floor":
        """With the fonts that forms are printed with."""
        with patch.dict(os.environ, {"FONTCONFIG_FILE": str(current_config().fonts_dir / "fonts.conf")}):
            return cls(Engine())

    def layout(self, markup: str, layout: str) -> float:
        """How long the layout took."""
        return self._print(markup, layout)[0]

    def print(self, markup: str, layout: str) -> bytes:
        """The whole PDF."""
        return self._print(markup, layout)[1]

    def _print(self, markup: str, layout: str) -> tuple[float, bytes]:
        took = []
        laying = engine.layout_document

        def timed(*given: Any) -> Any:  # noqa: ANN401 - the engine comes without types
            begun = time.perf_counter()
            laid = list(laying(*given))
            took.append(time.perf_counter() - begun)
            return laid

        with patch.object(engine, "layout_document", timed):
            laid = self.engine.lay(markup.encode(), layout, FORM.pages)
        return sum(took), self.engine.write([laid], [markup.encode()])


def measure(turns: int) -> Iterator[Row]:
    """One form again and again, then all forms of a case in one go."""
    floor = Floor.open()
    with _peers() as peers:
        yield agreement(floor, peers, turns)
    yield case_forms(floor, max(1, turns // 8))


def agreement(floor: Floor, peers: Mapping[str, Print], turns: int) -> Row:
    """协议书 of one page, from its values to the PDF, by a press that is warm."""
    values = one_page()
    markup = render.html(AGREEMENT, values)
    page = markup, AGREEMENT.layout
    printed = render.pdf(*page)
    said = [_said(made(*page)) for made in (floor.print, *peers.values())]
    took: dict[str, list[float]] = {name: [] for name in ("ours", "layout", *peers)}
    for _ in range(turns):
        took["ours"].append(seconds(lambda: render.pdf(render.html(AGREEMENT, values), AGREEMENT.layout)))
        took["layout"].append(floor.layout(*page))
        for name, made in peers.items():
            took[name].append(seconds(lambda made=made: made(*page)))  # type: ignore[misc]
    middle = {name: round(median(each) * MILLISECONDS, 1) for name, each in took.items()}
    ours, least = middle.pop("ours"), middle.pop("layout")
    equal = said == [_said(printed)] * len(said) and count_pages(printed) == 1
    return Row(
        "print_agreement",
        ours,
        "ms",
        least,
        round(ours / least, 2),
        turns,
        equal=equal,
        target="<= 3 x layout, <= 70 KB",
        kilobytes=round(len(printed) / 1024, 1),
        peers=middle,
    )


def case_forms(floor: Floor, turns: int) -> Row:
    """All forms of a case as one PDF, beside laying out each of them."""
    filled = [(form, form.sample) for form in islice(cycle(FORMS), ONE_CASE)]
    pages = [(render.html(form, values), form.layout) for form, values in filled]
    printed = render.bundle(pages)
    equal = page_texts(printed) == [text for page in pages for text in page_texts(floor.print(*page))]
    took, least = [], []
    for _ in range(turns):
        took.append(seconds(lambda: _bundle(filled)))
        least.append(sum(floor.layout(*page) for page in pages))
    ours, floors = (round(median(each) * MILLISECONDS) for each in (took, least))
    return Row(
        "print_case_forms",
        ours,
        "ms",
        floors,
        round(ours / floors, 2),
        turns,
        equal=equal,
        target="<= 2 x layout",
        kilobytes=round(len(printed) / 1024, 1),
    )


def one_page() -> Values:
    """The sample of 协议书 with as much text as fits on one page."""
    sample = AGREEMENT.sample
    return {**sample, "agreed_facts": sample["agreed_facts"][:1], "terms": sample["terms"][:2]}


def _bundle(filled: Sequence[tuple[Form, Values]]) -> bytes:
    return render.bundle([(render.html(form, values), form.layout) for form, values in filled])


def _said(printed: bytes) -> list[str]:
    """The characters of a print; programs write the parts of a page in different orders."""
    return sorted(squeezed("".join(page_texts(printed))))


@contextmanager
def _peers() -> Iterator[dict[str, Print]]:
    """What else prints such a page, as far as it is installed."""
    found: dict[str, Print] = {"weasyprint": _as_it_comes}
    if not CHROMIUM.exists():
        yield found
        return
    fonts = {"FONTCONFIG_FILE": str(current_config().fonts_dir / "fonts.conf")}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"], env={**os.environ, **fonts}
        )
        page = browser.new_page()

        def chromium(markup: str, layout: str) -> bytes:
            styles = "".join(path.read_text("utf-8") for path in style_files(layout))
            page.set_content(markup.replace("</head>", f"<style>{styles}</style></head>"))
            return page.pdf(prefer_css_page_size=True)

        yield {**found, "chromium": chromium}
        browser.close()


def _as_it_comes(markup: str, layout: str) -> bytes:
    """The engine with its defaults: fonts of the system, looked up anew for every print."""
    styles = [weasyprint.CSS(filename=path) for path in style_files(layout)]
    printed: bytes = weasyprint.HTML(string=markup).write_pdf(stylesheets=styles)
    return printed
