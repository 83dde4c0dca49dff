"""Commands that export and verify dossiers."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from uuid import UUID

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy.exc import SQLAlchemyError

from saas.db.session import db
from saas.dossier import jobs, keeping, queries, services
from saas.dossier.verify import Record, Register, verify
from saas.identity.actor import SYSTEM

Enter = Callable[[str], AbstractContextManager[None]]

dossier = AppGroup("dossier", help="Whole cases as one PDF.")


class RegisterUnreachableError(Exception):
    """No city's register could be asked."""


@dossier.command("export")
@click.option("--tenant", "code", required=True, help="The city's code.")
@click.option("--case", "number", required=True, help="The case's number.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Where to write.")
def export_command(code: str, number: str, output: Path) -> None:
    """Make the dossier of a case now and write it to a file."""
    schema = dict(queries.list_schemas(db.engine)).get(code)
    if schema is None:
        message = f"没有代码为“{code}”的城市。"
        raise click.ClickException(message)
    export_id = _requested(schema, number)
    with _enter(schema):
        jobs.build({"export": str(export_id)})
    with _enter(schema):
        export = queries.get_export(export_id)
        if export.storage_key is None:
            raise click.ClickException(export.problem or "卷宗没有制作成功。")
        keeping.fetch(export.storage_key, output)
        click.echo(f"{output}  {export.pages} 页  SHA-256 {export.digest}")


@dossier.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def verify_command(file: Path, *, as_json: bool) -> None:
    """Say whether a file is a dossier as it was exported; ends with 1 if not."""
    data = file.read_bytes()
    try:
        answer = verify(data, _register())
    except RegisterUnreachableError:
        answer = verify(data, None)
    click.echo(json.dumps(answer, ensure_ascii=False) if as_json else _told(answer))
    if not answer["ok"]:
        raise click.exceptions.Exit(1)


def _requested(schema: str, number: str) -> UUID:
    with _enter(schema):
        case = queries.find_case(number)
        if case is None:
            message = f"没有编号为“{number}”的案件。"
            raise click.ClickException(message)
        return services.request_export(case, by=SYSTEM).id


def _enter(schema: str) -> AbstractContextManager[None]:
    enter: Enter = current_app.extensions["fengqiao.enter"]
    return enter(schema)


def _register() -> Register:
    """The registers of all cities, asked one after another until one knows the digest."""

    def ask(digest: str) -> Record | None:
        try:
            for _, schema in queries.list_schemas(db.engine):
                with _enter(schema):
                    record = queries.find_record(digest)
                if record is not None:
                    return record
        except SQLAlchemyError as error:
            raise RegisterUnreachableError from error
        return None

    return ask


def _told(answer: dict[str, Any]) -> str:
    if answer["ok"]:
        return (
            f"是系统导出的原件：{answer['number']}，{answer['pages']} 页，"
            f"{answer['exported_by']} 于 {answer['exported_at']} 导出。"
        )
    return "\n".join(answer["problems"])
