"""Restoring a city from its backup: in its old place once that is free, or beside it as a copy under another code."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from alembic.util import CommandError
from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from saas.config import current_config
from saas.crypto import rings
from saas.crypto.models import DataKey
from saas.crypto.rings import Ring
from saas.db.ids import new_id
from saas.db.session import TenantRef
from saas.errors import ConflictError, InvalidInputError
from saas.files import store
from tenants import connections, placement, provisioning, registry, roles
from tenants.data import ground, journal, tables, waiting
from tenants.data.actions import DataAudit
from tenants.data.archive import ArchiveReader
from tenants.data.backup import FORMAT, BackupError, secret
from tenants.data.tables import Content, Table
from tenants.histories import TENANT
from tenants.models import Tenant, TenantHost

DAMAGED = "备份内容与登记的不一致（{what}），没有恢复任何数据。请换另一份备份。"
RECORD = frozenset({"audit_event", "audit_seal", "audit_sealed", "audit_link"})
"""What nobody rewrites, keys of the store included: the record of what was done, and what proves it."""
SCHEMA = re.compile(r"t_[0-9a-f]{10}")
Entries = Iterator[tuple[dict[str, Any], Iterator[bytes]]]


@dataclass
class Arriving:
    """Rows on their way into a table, and the SHA-256 of them as they came and as they were passed on."""

    table: Table
    came: str = ""
    passed: str = ""

    def pass_on(self, pieces: Iterable[bytes], before: str, now: str) -> Iterator[bytes]:
        """Hand the pieces on; in a copy, keys of the store name the copy's own files from here on.

        Both ids are equally long in text and pieces end where rows end, so the rows keep their shape. The record of
        what was done is passed on as it is.
        """
        came, passed = hashlib.sha256(), hashlib.sha256()
        is_copy = before != now and self.table.name not in RECORD
        old, new = f"{before}/".encode(), f"{now}/".encode()
        for piece in pieces:
            came.update(piece)
            mine = piece.replace(old, new) if is_copy else piece
            if is_copy:
                passed.update(mine)
            yield mine
        self.came = came.hexdigest()
        self.passed = passed.hexdigest() if is_copy else self.came


@dataclass
class Loaded:
    """What came out of the file so far, to be held against its manifest."""

    tables: dict[str, Arriving] = field(default_factory=dict)
    files: int = 0
    jobs: list[waiting.Waiting] = field(default_factory=list)
    manifest: Mapping[str, Any] | None = None


def restore(path: Path, code: str, server: str = placement.MAIN) -> TenantRef:
    """Bring a city back as ``code``, whole and proven, or leave everything as it was.

    Under the code it had, and while no other city has its id, it is the city itself again, with its hosts and the
    jobs that waited. Otherwise it is a copy with an id, a schema and files of its own, which keeps the id of its
    origin; jobs go along, and whatever sends something out of the house has to ask whether the city is a copy.

    Raises:
        ConflictError: The code belongs to a city.
        InvalidInputError: The code cannot be part of a host name, or the file cannot be read.
        BackupError: The content is not what was backed up, or is of a version this program does not know.
        SealError: The file is damaged or was sealed under another key.
    """
    provisioning.check_code(code)
    try:
        with path.open("rb") as stream:
            entries = iter(ArchiveReader(stream, secret()))
            return _restore(entries, code, server)
    except OSError as error:
        raise InvalidInputError({"file": f"备份文件读不出来：{error.strerror}。请检查路径和权限。"}) from error


def _restore(entries: Entries, code: str, server: str) -> TenantRef:
    about = _read_head(entries)
    city = _place(about, code, server)
    tenant = registry.reference(city)
    try:
        with ExitStack() as stack:
            main = stack.enter_context(connections.admin_engine().begin())
            _register(main, city)
            there = main if server == placement.MAIN else stack.enter_context(connections.admin_engine(server).begin())
            _fill(there, tenant, about, entries)
    except BaseException:
        store.remove_all(tenant.id)
        raise
    registry.forget()
    return tenant


def _read_head(entries: Entries) -> dict[str, Any]:
    head, _ = next(entries, ({}, iter(())))
    known = head.get("kind") == "city" and head.get("format") == FORMAT
    if not known or not SCHEMA.fullmatch(head["city"]["schema"]):
        raise BackupError("这个备份的格式本程序不认识，请用制作它的程序版本恢复。")
    about: dict[str, Any] = head["city"]
    return about


def _place(about: Mapping[str, Any], code: str, server: str) -> Tenant:
    """The city as the registry will know it: itself again, or a copy."""
    with registry.platform_session() as session:
        taken = session.scalar(select(Tenant.id).where(Tenant.code == code))
        is_there = session.get(Tenant, UUID(about["id"])) is not None
    if taken is not None:
        raise ConflictError(f"城市代码“{code}”已经使用。要恢复到原处，请先注销现有的城市；要并列恢复，请换一个代码。")
    itself = code == about["code"] and not is_there
    id_ = UUID(about["id"]) if itself else new_id()
    hosts = about["hosts"] if itself else [[f"{code}.{current_config().host_suffix}", True]]
    return Tenant(
        **{name: about[name] for name in ("name", "division", "demo", "quotas")},
        id=id_,
        code=code,
        schema=about["schema"] if itself else f"t_{id_.hex[-10:]}",
        state=about["state"] if itself and about["state"] in {"read_only", "suspended"} else "active",
        version=TENANT.head,
        server=server,
        origin_id=UUID(about["origin_id"]),
        hosts=[TenantHost(host=host, is_primary=primary) for host, primary in hosts],
    )


def _register(connection: Connection, city: Tenant) -> None:
    try:
        with Session(connection) as session:
            session.add(city)
            session.flush()
            session.expunge_all()
    except IntegrityError as error:
        raise ConflictError("这个城市的网址已经属于另一个城市，请先从那个城市移走网址。") from error


def _fill(connection: Connection, tenant: TenantRef, about: Mapping[str, Any], entries: Entries) -> None:
    version = str(about["version"])
    # An earlier try that was cut off between two servers may have left something here; the registry knew no city.
    ground.take_away(connection, tenant.schema)
    try:
        ground.lay(connection, tenant.schema, version)
    except CommandError as error:
        raise BackupError(f"备份的数据结构版本是 {version}，本程序不认识，请用更新的程序恢复。") from error
    shape = tables.strip(connection, tenant.schema)
    loaded = _load(connection, tenant, str(about["id"]), entries)
    _prove(connection, tenant, loaded)
    tables.restore_shape(connection, tenant.schema, shape)
    ground.finish(connection, tenant)
    _seal_files(connection, tenant)
    roles.apply_limits(connection, tenant.schema, tenant.limits)
    if not tenant.takes_entries:
        roles.hold_city(connection, tenant.schema)
    waiting.add_jobs(connection, tenant.schema, loaded.jobs)
    is_copy = str(tenant.id) != about["id"]
    detail = {"code": tenant.code, "origin": str(tenant.origin_id), "version": version}
    journal.note_in_city(connection, tenant, DataAudit.COPIED if is_copy else DataAudit.RESTORED, detail)
    tables.analyze(connection, tenant.schema)
    if not is_copy:
        journal.anchor_restore(connection, tenant)


def _load(connection: Connection, tenant: TenantRef, before: str, entries: Entries) -> Loaded:
    loaded = Loaded()
    for about, pieces in entries:
        match about["kind"]:
            case "table":
                arriving = Arriving(Table(about["name"], tuple(about["columns"])))
                tables.write(
                    connection, tenant.schema, arriving.table, arriving.pass_on(pieces, before, str(tenant.id))
                )
                loaded.tables[arriving.table.name] = arriving
            case "file":
                ring = _ring(connection, tenant) if DataKey.__tablename__ in loaded.tables else None
                _keep(tenant, ring, about["digest"], b"".join(pieces))
                loaded.files += 1
            case "jobs":
                loaded.jobs = about["jobs"]
            case "manifest":
                loaded.manifest = about
    return loaded


def _seal_files(connection: Connection, tenant: TenantRef) -> None:
    """Seal the files with the keys that are there by now; a backup from before there were keys brings none."""
    with rings.lend(_ring(connection, tenant)):
        store.renew(tenant.id)


def _ring(connection: Connection, tenant: TenantRef) -> Ring:
    tables.enter(connection, tenant.schema)
    return rings.read(connection, tenant.origin_id)


def _keep(tenant: TenantRef, ring: Ring | None, digest: str, data: bytes) -> None:
    if store.digest_of(data) != digest:
        raise BackupError(DAMAGED.format(what=f"文件 {digest[:12]}"))
    if ring is None:
        store.keep_open(data, tenant=tenant)
        return
    with rings.lend(ring):
        store.put(data, tenant=tenant)


def _prove(connection: Connection, tenant: TenantRef, loaded: Loaded) -> None:
    """Hold what is in the tables now, and what else came, against the manifest."""
    manifest = loaded.manifest
    if manifest is None:
        raise BackupError(DAMAGED.format(what="没有清单"))
    if (loaded.files, len(loaded.jobs)) != (manifest["files"], manifest["jobs"]):
        raise BackupError(DAMAGED.format(what="文件或者任务的数量"))
    if loaded.tables.keys() != manifest["tables"].keys():
        raise BackupError(DAMAGED.format(what="数据表的数量"))
    for name, arrived in loaded.tables.items():
        told = manifest["tables"][name]
        there = tables.prove(connection, tenant.schema, arrived.table)
        if arrived.came != told["digest"] or there != Content(told["rows"], arrived.passed):
            raise BackupError(DAMAGED.format(what=f"数据表 {name}"))
