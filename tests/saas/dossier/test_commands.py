"""The commands an operator and an auditor use."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.exc import OperationalError

from saas.audit.models import AuditEvent
from saas.db.session import TenantRef, db
from saas.dossier import queries
from saas.dossier.actions import DossierAudit
from saas.dossier.commands import dossier
from saas.dossier.verify import NOT_ASKED
from saas.dossier.verify_words import APPENDED
from tenants.lifecycle import services as lifecycle
from tests.mediation import factory
from tests.saas.dossier import samples

InTenant = Callable[[TenantRef], AbstractContextManager[None]]


@pytest.fixture
def exported(app: Flask, beijing: TenantRef, in_tenant: InTenant, tmp_path: Path) -> Path:
    """A file made by the command."""
    with in_tenant(beijing):
        number = factory.agreed().number
    target = tmp_path / "卷宗.pdf"
    options = ["export", "--tenant", "beijing", "--case", number, "-o", str(target)]
    result = app.test_cli_runner().invoke(dossier, options)
    assert result.exit_code == 0, result.output
    return target


def test_an_exported_file_is_verified_as_the_original(app: Flask, zunyi: TenantRef, exported: Path) -> None:
    result = app.test_cli_runner().invoke(dossier, ["verify", str(exported), "--json"])

    answer = json.loads(result.output)
    assert result.exit_code == 0
    assert answer["ok"]
    assert answer["exported_by"] == "系统"


def test_a_city_that_takes_no_entries_is_asked_too(app: Flask, zunyi: TenantRef, exported: Path) -> None:
    with app.app_context():
        lifecycle.suspend("zunyi")
    try:
        result = app.test_cli_runner().invoke(dossier, ["verify", str(exported), "--json"])
    finally:
        with app.app_context():
            lifecycle.resume("zunyi")

    assert result.exit_code == 0, result.output
    assert json.loads(result.output)["ok"]


def test_a_changed_file_ends_with_an_exit_code(app: Flask, exported: Path) -> None:
    exported.write_bytes(exported.read_bytes() + b"\n")

    result = app.test_cli_runner().invoke(dossier, ["verify", str(exported)])

    assert result.exit_code == 1
    assert APPENDED in result.output


def test_what_an_operator_takes_is_recorded(
    app: Flask, beijing: TenantRef, in_tenant: InTenant, exported: Path, tmp_path: Path
) -> None:
    number = samples.told(exported.read_bytes())["number"]
    options = ["archive", "--tenant", "beijing", "--case", number, "-o", str(tmp_path / "卷宗包.zip")]
    result = app.test_cli_runner().invoke(dossier, options)

    assert result.exit_code == 0, result.output
    with in_tenant(beijing):
        export = queries.find_newest(number)
        assert export is not None
        of_export = AuditEvent.subject_id == str(export.id), AuditEvent.action == DossierAudit.DOWNLOADED
        taken = db.session.scalars(select(AuditEvent).where(*of_export).order_by(AuditEvent.recorded_at)).all()
        assert [event.detail.get("form") for event in taken] == [None, "archive"]


def test_without_a_database_the_file_is_judged_by_itself(
    app: Flask, exported: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable(_engine: Engine) -> list[tuple[str, str]]:
        raise OperationalError("select", {}, Exception("no database"))

    monkeypatch.setattr(queries, "list_schemas", unreachable)

    result = app.test_cli_runner().invoke(dossier, ["verify", str(exported), "--json"])

    answer = json.loads(result.output)
    assert result.exit_code == 1
    assert (answer["registered"], answer["problems"]) == (None, [NOT_ASKED])


@pytest.mark.parametrize(
    ("city", "number", "sentence"), [("nowhere", "1", "没有代码为"), ("beijing", "none", "没有编号为")]
)
def test_what_is_not_there_is_said(
    app: Flask, beijing: TenantRef, tmp_path: Path, city: str, number: str, sentence: str
) -> None:
    options = ["export", "--tenant", city, "--case", number, "-o", str(tmp_path / "x.pdf")]

    result = app.test_cli_runner().invoke(dossier, options)

    assert result.exit_code == 1
    assert sentence in result.output
