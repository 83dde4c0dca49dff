"""Where the styles of each layout are; known to those who print and to the press."""

import re
from pathlib import Path

TEMPLATES = Path(__file__).parents[2] / "templates"
STYLES = TEMPLATES / "documents" / "css"
LAYOUT = re.compile(r"[a-z][a-z_]*")


def style_files(layout: str) -> tuple[Path, Path]:
    """The style sheets of a layout, in their order.

    Raises:
        ValueError: The name is not one of a layout.
    """
    if not LAYOUT.fullmatch(layout):
        message = f"{layout!r} is no layout"
        raise ValueError(message)
    return STYLES / "base.css", STYLES / f"{layout}.css"
