"""Reading the YAML of packs."""

from pathlib import Path

import pytest

from saas import strict_yaml


def _write(folder: Path, body: str) -> Path:
    path = folder / "pack.yaml"
    path.write_text(body, encoding="utf-8")
    return path


def test_scalars_are_those_of_json(tmp_path: Path) -> None:
    path = _write(tmp_path, "on: yes\nday: 2025-01-01\ncode: 07\nn: 12\nratio: 1.5\nnone:\nflag: true\n")

    assert strict_yaml.read(path) == {
        "on": "yes", "day": "2025-01-01", "code": "07", "n": 12, "ratio": 1.5, "none": None, "flag": True,
    }  # fmt: skip


@pytest.mark.parametrize("body", ["a: 1\na: 2\n", "1: a\n", "- a\n", "a: [\n"])
def test_what_is_not_one_plain_mapping_is_refused_by_name(tmp_path: Path, body: str) -> None:
    with pytest.raises(strict_yaml.StrictYamlError, match=r"pack\.yaml"):
        strict_yaml.read(_write(tmp_path, body))
