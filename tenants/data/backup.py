"""Backing up one city into one sealed file: tables, files and waiting jobs as of one moment."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Connection, select
from sqlalchemy.orm import selectinload

from saas import clock
from saas.config import current_config
from saas.crypto import rings
from saas.db.session import TenantRef
from saas.errors import AppError, InvalidInputError, NotFoundError
from saas.files import store
from tenants import connections, registry
from tenants.data import journal, tables, waiting
from tenants.data.actions import DataAudit
from tenants.data.archive import ArchiveWriter
from tenants.data.tables import Content
from tenants.models import Tenant

FORMAT = 1
KNOWN = ("code", "name", "division", "schema", "state", "demo", "quotas")


class BackupError(AppError):
    """A backup cannot be made or used."""

    title = "备份不能使用"


@dataclass(frozen=True)
class Manifest:
    """What a backup holds, written after everything else and proven when it is restored.

    Attributes:
        tables: Rows and digest of every table by its name.
        files: How many files of the store.
        jobs: How many waiting jobs.
        damaged: The keys of files that were no longer what had been put there, and so are not in the backup.
    """

    tables: dict[str, dict[str, Any]]
    files: int
    jobs: int
    damaged: list[str]


def back_up(code: str, output: Path, *, by: str = "system") -> Manifest:
    """Write a city into a file, which appears whole or not at all.

    Args:
        code: The city's.
        output: The file.
        by: The operator, as the platform's record names them.

    Raises:
        NotFoundError: There is no such city.
        BackupError: No backup key is set.
        InvalidInputError: The file cannot be written there.
    """
    tenant, about = describe(code)
    try:
        with appearing(output) as stream, snapshot(tenant) as connection:
            manifest = _write(ArchiveWriter(stream, secret()), connection, tenant, about)
    except OSError as error:
        raise InvalidInputError({"output": f"备份文件写不进去：{error.strerror}。请检查路径和磁盘空间。"}) from error
    detail = {"code": code, "files": manifest.files, "size": output.stat().st_size, "file": output.name}
    journal.note_on_platform(DataAudit.BACKED_UP, tenant.id, detail, by)
    return manifest


def secret() -> str:
    """The key that backups are sealed under.

    Raises:
        BackupError: There is none.
    """
    key = current_config().backup_key
    if not key:
        raise BackupError("没有设置备份密钥，请先设置 FENGQIAO_BACKUP_KEY。")
    return key


@contextmanager
def snapshot(tenant: TenantRef) -> Iterator[Connection]:
    """An administrator's connection that sees the city as of one moment, its tables kept in their shape."""
    with connections.admin_engine(tenant.server).connect() as connection:
        seen = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with seen.begin():
            tables.lock(seen, tenant.schema, "access share")
            yield seen


def describe(code: str) -> tuple[TenantRef, dict[str, Any]]:
    """A city, and what its backups say of it first."""
    with registry.platform_session() as session:
        city = session.scalar(select(Tenant).where(Tenant.code == code).options(selectinload(Tenant.hosts)))
        if city is None:
            raise NotFoundError(f"没有代码为“{code}”的城市。")
        known = {name: getattr(city, name) for name in KNOWN}
        ids = {"id": str(city.id), "origin_id": str(city.origin_id)}
        hosts = [[host.host, host.is_primary] for host in city.hosts]
        return registry.reference(city), {**known, **ids, "hosts": hosts, "version": city.version}


def _write(archive: ArchiveWriter, connection: Connection, tenant: TenantRef, about: dict[str, Any]) -> Manifest:
    found = tables.list_tables(connection, tenant.schema)
    jobs = waiting.list_jobs(connection, tenant.schema)
    archive.add({"kind": "city", "format": FORMAT, "made_at": clock.now().isoformat(), "city": about})
    contents: dict[str, Content] = {}
    for table in found:
        contents[table.name] = Content()
        entry = {"kind": "table", "name": table.name, "columns": table.columns}
        archive.add(entry, tables.read(connection, tenant.schema, table, contents[table.name]))
    archive.add({"kind": "jobs", "jobs": [_plain(job) for job in jobs]})
    tables.enter(connection, tenant.schema)
    with rings.lend(rings.read(connection, tenant.origin_id)):
        files, damaged = _write_files(archive, tenant)
    counted = {name: {"rows": content.rows, "digest": content.digest} for name, content in contents.items()}
    manifest = Manifest(counted, files, len(jobs), damaged)
    archive.add({"kind": "manifest", **asdict(manifest)})
    archive.close()
    return manifest


def _write_files(archive: ArchiveWriter, tenant: TenantRef) -> tuple[int, list[str]]:
    """Files are put down before the rows that name them, so whatever the snapshot names is there by now."""
    count, damaged = 0, []
    for key in store.list_keys(tenant.id):
        try:
            data = store.get(key)
        except store.DamagedFileError:
            damaged.append(key)
            continue
        archive.add({"kind": "file", "digest": key.rsplit("/", 1)[-1]}, [data])
        count += 1
    return count, damaged


def _plain(job: waiting.Waiting) -> waiting.Waiting:
    moment = job["scheduled_at"]
    return job | {"scheduled_at": moment.isoformat() if moment else None}


@contextmanager
def appearing(path: Path) -> Iterator[BinaryIO]:
    """A new file readable by its owner only, under its name once everything is written and on the disk."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
