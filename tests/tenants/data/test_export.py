"""Everything of a city can be read without this program, and checked without it."""

import hashlib
import json
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Table, func, select

from saas.cases.models import Case
from saas.db.session import TenantRef, db
from saas.documents.models import Document
from saas.errors import InvalidInputError, NotFoundError
from saas.files import store
from saas.files.models import File
from saas.identity.models import User
from tenants import context
from tenants.data import export
from tenants.data.opening import LEFT_OUT


@pytest.fixture(scope="module")
def folder(app: Flask, original: TenantRef, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The city, exported by command."""
    path = tmp_path_factory.mktemp("export") / "origin"
    done = app.test_cli_runner().invoke(args=["tenant", "export", "origin", "-o", str(path)])
    assert done.exit_code == 0, done.output
    assert done.stderr == ""
    return path


@pytest.fixture(scope="module")
def manifest(folder: Path) -> dict[str, dict[str, dict[str, object]]]:
    """What the export says of itself."""
    loaded: dict[str, dict[str, dict[str, object]]] = json.loads((folder / "manifest.json").read_text())
    return loaded


def test_every_file_is_listed_with_its_digest(folder: Path, manifest: dict[str, dict[str, dict[str, object]]]) -> None:
    found = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }

    assert found == {path: about["sha256"] for path, about in manifest["files"].items()}
    assert not manifest["missing"]


def test_every_row_of_every_table_is_a_line_of_json(
    app: Flask, original: TenantRef, folder: Path, manifest: dict[str, dict[str, dict[str, object]]]
) -> None:
    with context.entered(app, original):
        counts = {name: db.session.scalar(select(func.count()).select_from(table)) for name, table in _tables().items()}
    for name in counts.keys() - {"audit_event", "web_session", "rate_count"}:
        lines = (folder / "tables" / f"{name}.jsonl").read_text().splitlines()
        assert (
            len([json.loads(line) for line in lines])
            == counts[name]
            == manifest["files"][f"tables/{name}.jsonl"]["rows"]
        )


def _tables() -> dict[str, Table]:
    """What is exported: keys are not."""
    return {name: table for name, table in Case.metadata.tables.items() if name not in LEFT_OUT}


def test_documents_and_attachments_have_names_people_know(app: Flask, original: TenantRef, folder: Path) -> None:
    with context.entered(app, original):
        rows = db.session.execute(select(Case.number, Document.title, Document.number).join(Document.__table__)).all()
        (number, name) = db.session.execute(select(Case.number, File.name).join(File.__table__)).one()

    assert (folder / "files" / number / name).stat().st_size > 0
    assert {(folder / "documents" / case / f"{title}{no}.pdf").read_bytes()[:5] for case, title, no in rows} == {
        b"%PDF-"
    }


def test_a_file_of_no_case_is_there_by_its_digest(folder: Path) -> None:
    assert (folder / "others" / store.digest_of(b"kept for later")).read_bytes() == b"kept for later"


def test_only_the_owner_can_read_it(folder: Path) -> None:
    assert folder.stat().st_mode & 0o077 == 0


def test_a_folder_with_something_in_it_is_refused(app: Flask, original: TenantRef, folder: Path) -> None:
    with app.app_context(), pytest.raises(InvalidInputError) as refused:
        export.export("origin", folder)
    assert "空文件夹" in refused.value.fields["output"]


def test_a_city_there_is_not_is_refused(app: Flask, tmp_path: Path) -> None:
    with app.app_context(), pytest.raises(NotFoundError):
        export.export("nowhere", tmp_path)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.pdf", "f/1/a.pdf"),
        ("../../x.pdf", "f/1/x.pdf"),
        ("长" * 100 + ".pdf", "f/1/" + "长" * 60 + ".pdf"),
        ("taken.pdf", "f/1/taken（2）.pdf"),
    ],
)
def test_names_are_safe_and_apart(name: str, expected: str) -> None:
    exported = export.Exported(Path(), {"f/1/taken.pdf": {}})

    assert export._free(exported, "f/1", name) == expected


def test_a_damaged_file_is_told_and_the_rest_exported(app: Flask, original: TenantRef, tmp_path: Path) -> None:
    with context.entered(app, original):
        key = store.put(b"kept for later", tenant=original)
        store.open_path(key).write_bytes(b"rotten")
        done = export.export("origin", tmp_path / "out")
        store.put(b"kept for later", tenant=original)

    assert done.missing == [f"others/{store.digest_of(b'kept for later')}"]
    assert len(done.files) > 20


def test_nothing_that_proves_somebody_leaves_and_the_manifest_says_so(
    app: Flask, original: TenantRef, folder: Path, manifest: dict[str, dict[str, list[str]]]
) -> None:
    with context.entered(app, original):
        digest = db.session.scalar(select(User.password_hash).limit(1))
    text = "".join(path.read_text() for path in sorted((folder / "tables").iterdir()))

    assert digest
    assert "$argon2" in digest
    assert "$argon2" not in text
    assert manifest["left_out"]["app_user"] == ["password_hash"]
    assert "token_hash" in manifest["left_out"]["web_session"]
    users = (folder / "tables" / "app_user.jsonl").read_text().splitlines()
    assert all("username" in json.loads(line) and "password_hash" not in json.loads(line) for line in users)


def test_what_lies_sealed_can_be_read_in_the_export(folder: Path) -> None:
    lines = [json.loads(line) for line in (folder / "tables" / "party.jsonl").read_text().splitlines()]
    steps = [json.loads(line) for line in (folder / "tables" / "step_taken.jsonl").read_text().splitlines()]

    assert any((line["id_number"] or "").startswith("99") and line["birth"] for line in lines)
    assert any(line["input"].get("applicant_phone") for line in steps)
    assert not [name for line in (*lines, *steps) for name in line if name.endswith(("_sealed", "_mask", "_index"))]
