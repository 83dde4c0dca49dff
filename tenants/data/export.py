"""Exporting everything of a city so that it can be read without this program: JSON Lines, files under their names."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from psycopg import sql
from sqlalchemy import Connection, text

from saas import clock
from saas.crypto import rings
from saas.db.session import TenantRef
from saas.errors import InvalidInputError, NotFoundError
from saas.files import store
from saas.files.names import clean_name
from tenants.data import journal, tables
from tenants.data.actions import DataAudit
from tenants.data.backup import describe, snapshot
from tenants.data.opening import LEFT_OUT, Opener
from tenants.data.tables import Table

AT_ONCE = 1000  # rows asked of the server at a time
LONGEST_PART = 180  # bytes of a folder's or file's name before its ending, so that every file system takes it

PROVES_SOMEBODY = re.compile(r"password_hash|secret|token|recovery|session_hash|resume_hash")
"""Columns from which it could be guessed how somebody signs in: they belong to this program and stay with it."""

NAMED = """
SELECT 'files' AS folder, c.number, f.name, f.storage_key FROM file f JOIN case_file c ON c.id = f.case_id
UNION ALL
SELECT 'documents', c.number, d.title || d.number || '.pdf', d.storage_key
FROM document d JOIN case_file c ON c.id = d.case_id WHERE d.storage_key IS NOT NULL
UNION ALL
SELECT 'dossiers', c.number, '卷宗' || to_char(e.requested_at, 'YYYYMMDDHH24MISS') || '.pdf', e.storage_key
FROM dossier_export e JOIN case_file c ON c.id = e.case_id WHERE e.storage_key IS NOT NULL
ORDER BY 1, 2, 3, 4
"""

README = """{name}（{code}）全部数据

导出时间：{moment}
manifest.json：每个文件的大小、行数和 SHA-256 校验码。可用 sha256sum 核对，不需要本系统。
tables/：每张数据表一个文件，一行一条记录，JSON 格式，UTF-8 编码，字段名即列名；加密保存的内容已经解密。
files/：案件材料，按案件编号分文件夹，文件名为上传时的名称。
documents/：已制作的文书 PDF，按案件编号分文件夹。
dossiers/：已导出的卷宗 PDF，按案件编号分文件夹。
账号的密码摘要、登录凭证等栏目不在导出之列，见 manifest.json 的 left_out。
others/：没有归入案件的文件（例如没有提交的草稿所附的材料），以校验码命名。
names.jsonl：files、documents、dossiers 中每个文件对应的案件编号、原名称和存储键。
"""


@dataclass
class Exported:
    """What was written: for each path below the folder its size, SHA-256 and, of a table, its rows.

    ``left_out`` names the columns of each table that stay behind.
    """

    folder: Path
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    left_out: dict[str, list[str]] = field(default_factory=dict)


def export(code: str, folder: Path) -> Exported:
    """Write everything of a city into a folder that is new or empty; only its owner can read it.

    Raises:
        NotFoundError: There is no such city.
        InvalidInputError: The folder has something in it, or cannot be written.
    """
    tenant, about = describe(code)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise InvalidInputError({"output": "导出的文件夹里已经有内容，请换一个空文件夹。"})
        exported = Exported(folder)
        with snapshot(tenant) as connection:
            _write(exported, connection, tenant, about)
    except OSError as error:
        raise InvalidInputError({"output": f"导出的文件写不进去：{error.strerror}。请检查路径和磁盘空间。"}) from error
    journal.note_on_platform(DataAudit.EXPORTED, tenant.id, {"code": code, "files": len(exported.files)})
    return exported


def _write(exported: Exported, connection: Connection, tenant: TenantRef, about: dict[str, Any]) -> None:
    tables.enter(connection, tenant.schema)
    ring = rings.read(connection, tenant.origin_id)
    opener = Opener(ring)
    for table in tables.list_tables(connection, tenant.schema):
        if table.name in LEFT_OUT:
            continue
        kept_back = [column for column in table.columns if PROVES_SOMEBODY.search(column)]
        if kept_back:
            exported.left_out[table.name] = kept_back
        rows = _add(exported, f"tables/{table.name}.jsonl", _lines(connection, tenant.schema, table, opener, kept_back))
        exported.files[f"tables/{table.name}.jsonl"]["rows"] = rows
    with rings.lend(ring):
        named = _add_named(exported, connection, tenant)
        for key in store.list_keys(tenant.id):
            if key not in named:
                _add_object(exported, f"others/{key.rsplit('/', 1)[-1]}", key)
    moment = clock.local(clock.now()).isoformat(timespec="seconds")
    _add(exported, "说明.txt", iter([README.format(name=tenant.name, code=tenant.code, moment=moment).encode()]))
    manifest = {
        "city": about,
        "exported_at": moment,
        "left_out": exported.left_out,
        "files": exported.files,
        "missing": exported.missing,
    }
    text_ = json.dumps(manifest, ensure_ascii=False, indent=1, default=str)
    (exported.folder / "manifest.json").write_text(text_ + "\n", "utf-8")


def _lines(connection: Connection, schema: str, table: Table, opener: Opener, kept_back: list[str]) -> Iterator[bytes]:
    """The rows of a table, each one line of JSON; a cursor on the server keeps none of them here."""
    row = sql.SQL("to_jsonb(t) - {}::text[]").format(kept_back) if kept_back else sql.SQL("row_to_json(t)")
    question = sql.SQL("SELECT ({})::text FROM {} t").format(row, sql.Identifier(schema, table.name))
    with tables.raw(connection).cursor(name="export") as cursor:
        cursor.itersize = AT_ONCE
        cursor.execute(question)
        for (line,) in cursor:
            yield opener.line(table.name, line) + b"\n"


def _add_named(exported: Exported, connection: Connection, tenant: TenantRef) -> set[str]:
    """Write every object that a case has a name for; the keys of them."""
    tables.enter(connection, tenant.schema)
    lines, keys = [], set()
    for folder, number, name, key in connection.execute(text(NAMED)).all():
        path = _free(exported, f"{folder}/{_short(number)}", name)
        _add_object(exported, path, key)
        keys.add(key)
        lines.append({"path": path, "case": number, "name": name, "key": key})
    listed = (json.dumps(line, ensure_ascii=False).encode() + b"\n" for line in lines)
    _add(exported, "names.jsonl", listed)
    return keys


def _add_object(exported: Exported, path: str, key: str) -> None:
    try:
        data = store.get(key)
    except (store.DamagedFileError, NotFoundError):
        exported.missing.append(path)
        return
    _add(exported, path, iter([data]))


def _add(exported: Exported, path: str, pieces: Iterator[bytes]) -> int:
    """Write a file and note its digest; how many pieces it had."""
    target = exported.folder / path
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    seen, size, count = hashlib.sha256(), 0, 0
    with target.open("xb") as stream:
        for piece in pieces:
            stream.write(piece)
            seen.update(piece)
            size, count = size + len(piece), count + 1
    exported.files[path] = {"size": size, "sha256": seen.hexdigest()}
    return count


def _free(exported: Exported, folder: str, name: str) -> str:
    """A path nobody has yet; the second file of a name gets a number."""
    shown = clean_name(name)
    ending = Path(shown).suffix
    stem = _short(shown.removesuffix(ending))
    tried, path = 1, f"{folder}/{stem}{ending}"
    while path in exported.files or path in exported.missing:
        tried += 1
        path = f"{folder}/{stem}（{tried}）{ending}"
    return path


def _short(name: str) -> str:
    """A name as part of a path, cut where file systems would refuse it."""
    return clean_name(name).encode()[:LONGEST_PART].decode(errors="ignore")
