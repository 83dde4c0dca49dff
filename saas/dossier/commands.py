"""Commands that export and verify dossiers."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy.exc import SQLAlchemyError

from saas.config import current_config
from saas.db.session import db
from saas.dossier import archive, jobs, keeping, queries, services
from saas.dossier.batches import jobs as batch_jobs
from saas.dossier.verify import Record, Register, verify
from saas.identity.actor import SYSTEM
from saas.identity.commands import entered
from saas.jobs.perform import ENTER, Enter
from saas.signing import authority, certificates
from saas.signing import queries as signing

READABLE = click.Path(exists=True, dir_okay=False, path_type=Path)
Answer = TypeVar("Answer")

# The modules declare their jobs when they are imported.
JOBS = (jobs, batch_jobs)

dossier = AppGroup("dossier", help="Whole cases as one PDF.")


class RegisterUnreachableError(Exception):
    """No city's register could be asked."""


@dossier.command("export")
@click.option("--tenant", "code", required=True, help="The city's code.")
@click.option("--case", "number", required=True, help="The case's number.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Where to write.")
def export_command(code: str, number: str, output: Path) -> None:
    """Make the dossier of a case now and write it to a file."""
    schema = _schema(code)
    export_id = _requested(schema, number)
    with _enter(schema):
        jobs.build({"export": str(export_id)})
    with _enter(schema):
        export = queries.get_export(export_id)
        if export.storage_key is None:
            raise click.ClickException(export.problem or "卷宗没有制作成功。")
        keeping.fetch(export.storage_key, output)
        services.note_taken(export, by=SYSTEM)
        click.echo(f"{output}  {export.pages} 页  SHA-256 {export.digest}")


@dossier.command("archive")
@click.option("--tenant", "code", required=True, help="The city's code.")
@click.option("--case", "number", required=True, help="The case's number.")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Where to write.")
def archive_command(code: str, number: str, output: Path) -> None:
    """Write the newest full dossier of a case with the script that checks it without us, as one ZIP."""
    schema = _schema(code)
    with _enter(schema):
        export = queries.find_newest(number)
        if export is None:
            message = f"“{number}”还没有制作好的卷宗，请先导出。"
            raise click.ClickException(message)
        archive.write(export, output)
        services.note_taken(export, by=SYSTEM, form="archive")
        click.echo(f"{output}  SHA-256 {export.digest}")


@dossier.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.option("--trust", "trusted", type=READABLE, multiple=True, help="A certificate to trust besides, PEM.")
def verify_command(file: Path, trusted: Sequence[Path], *, as_json: bool) -> None:
    """Say whether a file is a dossier as it was exported; ends with 1 if not."""
    extra = [path.read_text("ascii", "replace") for path in trusted]
    with file.open("rb") as source:
        try:
            answer = verify(source, _register(), trust=[*extra, *_certificates()])
        except RegisterUnreachableError:
            answer = verify(source, None, trust=[*extra, *_authority()] or None)
    click.echo(json.dumps(answer, ensure_ascii=False) if as_json else _told(answer))
    if not answer["ok"]:
        raise click.exceptions.Exit(1)


def _schema(code: str) -> str:
    schema = dict(queries.list_schemas(db.engine)).get(code)
    if schema is None:
        message = f"没有代码为“{code}”的城市。"
        raise click.ClickException(message)
    return schema


def _requested(schema: str, number: str) -> UUID:
    with _enter(schema):
        case = queries.find_case(number)
        if case is None:
            message = f"没有编号为“{number}”的案件。"
            raise click.ClickException(message)
        return services.register(case, by=SYSTEM).id


def _enter(schema: str) -> AbstractContextManager[None]:
    enter: Enter = current_app.extensions[ENTER]
    return enter(schema)


def _register() -> Register:
    """The registers of all cities, asked one after another until one knows the file."""

    def ask(digests: Sequence[str]) -> Record | None:
        return next((found for found in _each(lambda: queries.find_record(digests)) if found is not None), None)

    return ask


def _certificates() -> list[str]:
    """Every certificate a city ever signed with."""
    return [text for found in _each(signing.list_certificates) for text in found]


def _authority() -> list[str]:
    """What is known where no database is: the test authority of this deployment."""
    return [certificates.text_of([authority.root()])] if current_config().master_key else []


def _each(ask: Callable[[], Answer]) -> Iterator[Answer]:
    """What every city answers, also one that takes no entries at present.

    Raises:
        RegisterUnreachableError: One could not be asked.
    """
    try:
        for code, _ in queries.list_schemas(db.engine):
            with entered(code):
                found = ask()
            yield found
    except SQLAlchemyError as error:
        raise RegisterUnreachableError from error


def _told(answer: dict[str, Any]) -> str:
    """The answer for a person: the verdict, what it rests on, and how far it reaches."""
    if answer["ok"]:
        what = f"{answer['number']}，{answer['pages']} 页"
        verdict = [f"是系统导出的原件：{what}，{answer['exported_by']} 于 {answer['exported_at']} 导出。"]
    else:
        verdict = answer["problems"]
    return "\n".join([*verdict, *_signature_told(answer["signature"]), *_reach_told(answer)])


def _signature_told(signature: Mapping[str, Any]) -> list[str]:
    if signature["subject"] is None:
        return []
    return [f"电子签名：{signature['subject']}，{signature['signed_at']}，证书指纹 {signature['fingerprint']}。"]


def _reach_told(answer: Mapping[str, Any]) -> list[str]:
    return [*(f"核对了：{one}" for one in answer["proves"]), *(f"不能说明：{one}" for one in answer["cannot"])]
