"""Built files carry hashed names that browsers may keep."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from saas.web import assets
from tests.saas.web.gallery import template_app


@pytest.fixture(scope="module")
def gallery() -> Flask:
    return template_app()


@pytest.fixture
def in_request(gallery: Flask) -> Iterator[Flask]:
    with gallery.test_request_context("/"):
        yield gallery


def test_an_asset_is_found_under_its_hashed_name_and_kept_for_ever(in_request: Flask) -> None:
    with in_request.test_client().get(assets.asset("app.css")) as response:
        assert response.status_code == 200
        assert "immutable" in response.headers["Cache-Control"]


def test_an_unknown_asset_is_refused_by_name(in_request: Flask) -> None:
    with pytest.raises(assets.AssetsMissingError, match=r"no-such\.css"):
        assets.asset("no-such.css")


def test_a_project_without_built_assets_says_what_to_run(
    in_request: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets, "DIST", tmp_path)
    with pytest.raises(assets.AssetsMissingError, match="make setup"):
        assets.asset("app.css")


def test_the_style_sheet_names_no_other_host_and_holds_no_data_pictures(in_request: Flask) -> None:
    manifest_name = assets.asset("app.css").rpartition("/")[2]
    css = (assets.DIST / manifest_name).read_text("utf-8")
    assert "data:" not in css
    assert "//" not in css.replace("/*!", "").split("*/", 1)[-1]


def test_an_icon_draws_from_the_sprite_and_escapes_its_name(in_request: Flask) -> None:
    drawn = assets.icon('"x')
    assert 'aria-hidden="true"' in drawn
    assert "#&#34;x" in drawn
