"""Built front-end files: from a plain name to the hashed one that browsers may keep for ever."""

import json
from functools import cache
from pathlib import Path

from flask import Flask, Response, request, url_for
from markupsafe import Markup

DIST = Path(__file__).resolve().parent.parent / "static" / "dist"
KEEP_SECONDS = 31_536_000  # one year: a changed file has another name


class AssetsMissingError(RuntimeError):
    """The asset step has not run, or does not make the file that a page names."""


@cache
def _manifest(path: Path) -> dict[str, str]:
    """Reads which hashed file stands for which name.

    Raises:
        AssetsMissingError: There is no manifest, so nothing has been built.
    """
    try:
        content: dict[str, str] = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise AssetsMissingError("界面文件还没有生成，请先运行 make setup。") from None
    return content


def asset(name: str) -> str:
    """Gives the address of a built file, such as `app.css`, `staff.js` or `favicon.svg`.

    Raises:
        AssetsMissingError: Nothing has been built, or the build makes no such file.
    """
    hashed = _manifest(DIST / "manifest.json").get(name)
    if hashed is None:
        raise AssetsMissingError(f"界面文件中没有 {name}，请重新运行 make setup。")
    return url_for("static", filename=hashed)


def icon(name: str) -> Markup:
    """Draws a symbol of the sprite; it is decoration, words beside it must say the same."""
    return Markup('<svg class="bi" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>').format(
        asset("icons.svg"), name
    )


def _keep_hashed_files(response: Response) -> Response:
    """Lets browsers keep what never changes under its name."""
    if request.endpoint == "static" and response.status_code in {200, 304}:
        response.headers["Cache-Control"] = f"public, max-age={KEEP_SECONDS}, immutable"
    return response


def init_app(app: Flask) -> None:
    """Serves `saas/static/dist` under the app's static address and gives templates asset and icon."""
    app.static_folder = str(DIST)
    app.jinja_env.globals.update(asset=asset, icon=icon)
    app.after_request(_keep_hashed_files)
