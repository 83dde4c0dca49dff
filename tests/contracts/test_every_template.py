"""Every template can be drawn, stands in one frame, and needs nothing that the security policy forbids."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from saas.embedded import ROOT

FOLDER = ROOT / "templates"
TEMPLATES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.html"))
PIECES = {"components", "parts", "layouts"}
EXTENDS = re.compile(r'{%-? extends "([^"]+)"')
IMPORT = re.compile(r"{%-?\s*from\s+[\"'][^\"']+[\"']\s+import\s+(.+?)-?%}", re.DOTALL)
COMMENT = re.compile(r"{#.*?#}", re.DOTALL)
INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a script in the page": re.compile(r"<script(?![^>]*\ssrc=)[^>]*>", re.IGNORECASE),
    "a handler in an attribute": re.compile(r"<[^>]*\s(?:on[a-z]+|hx-on[^=\s]*)\s*=", re.IGNORECASE),
    "an address with a script in it": re.compile(r"javascript:", re.IGNORECASE),
    "a value taken as markup": re.compile(r"[^'\"\s]\s*\|\s*safe\b"),
}
each_template = pytest.mark.parametrize("name", TEMPLATES)


def source(name: str) -> str:
    return COMMENT.sub("", (FOLDER / name).read_text("utf-8"))


def is_printed(name: str) -> bool:
    """Whether it is for paper: WeasyPrint draws it, and no browser's policy applies."""
    return "documents" in Path(name).parts[:2] or name.startswith("dossier/")


def is_piece(name: str) -> bool:
    """Whether it is put into other templates rather than drawn by itself."""
    path = Path(name)
    return path.name.startswith("_") or bool(PIECES & set(path.parts))


def frames(name: str) -> Iterator[str]:
    """The templates a template stands in, itself first."""
    yield name
    for parent in EXTENDS.findall(source(name)):
        yield from frames(parent)


def imported(text: str) -> list[str]:
    """The names by which a template knows the macros it imports."""
    listed = (part for found in IMPORT.findall(text) for part in found.replace("with context", "").split(","))
    return [part.split(" as ")[-1].strip() for part in listed]


@each_template
def test_a_template_is_right_jinja(app: Flask, name: str) -> None:
    assert app.jinja_env.get_template(name).name == name


@pytest.mark.parametrize("name", [name for name in TEMPLATES if not is_piece(name)])
def test_a_page_stands_in_a_layout(name: str) -> None:
    assert list(frames(name))[-1].startswith("documents/" if is_printed(name) else "layouts/")


@pytest.mark.parametrize("name", [name for name in TEMPLATES if not is_printed(name)])
def test_a_page_needs_nothing_the_policy_forbids(name: str) -> None:
    assert [what for what, found in INLINE.items() if found.search(source(name))] == []


@each_template
def test_every_imported_macro_is_used(name: str) -> None:
    text = source(name)
    body = IMPORT.sub("", text)

    assert [macro for macro in imported(text) if not re.search(rf"\b{macro}\b", body)] == []


@each_template
def test_every_form_says_where_it_goes_and_how(name: str) -> None:
    forms = re.findall(r"<form\b[^>]*>", source(name))

    assert [form for form in forms if "action=" not in form or "method=" not in form] == []
