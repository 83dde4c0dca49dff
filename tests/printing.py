"""An application that knows where the fonts are and nothing else: enough to print."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from saas import embedded
from saas.config import Config

FONTS = Path(os.environ.get("FENGQIAO_FONTS_DIR", embedded.ROOT / "var" / "fonts"))


@contextmanager
def printing() -> Iterator[None]:
    """A context in which forms can be rendered."""
    app = Flask("printing")
    app.extensions["fengqiao.config"] = Config(
        database_url="postgresql+psycopg://",
        secret_key="k" * 32,
        database_secret="d" * 32,
        storage_dir=Path(),
        fonts_dir=FONTS,
    )
    with app.app_context():
        yield


def squeezed(text: str) -> str:
    """A text without spaces and line breaks, to find values in a print however its lines fall."""
    return "".join(text.split()).replace("\ufffe", "").replace("\u3000", "")


def sheet(body: str) -> str:
    """Markup of a page with nothing on it but this."""
    return f'<!DOCTYPE html><html lang="zh-CN"><head><title>页</title></head><body>{body}</body></html>'
