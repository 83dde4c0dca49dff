"""The archive of a batch: dossiers as they were exported, a manifest, a register in Excel, and a script that checks.

What is in it is stored, not packed, and dated by the batch, so that the same batch gives the same dossiers' bytes.
"""

import hashlib
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from saas import clock
from saas.db.session import current_tenant
from saas.dossier import archive
from saas.dossier.archive import MANIFEST, README, SCRIPT
from saas.dossier.batches import register
from saas.dossier.batches.models import DossierBatch, DossierBatchItem
from saas.dossier.models import DossierExport
from saas.dossier.zips import copy, put
from saas.files import store

FORMAT = "fengqiao-batch/1"
REGISTER = "登记表.xlsx"
TOLD = """卷宗包，{made} 件

卷宗 案号.pdf    各案的卷宗
登记表.xlsx      各案的页数、文件名、校验码，没有制作成功的说明原因
manifest.json    清单：每个文件的摘要
manifest.sig     城市证书对清单的签名
certificate.pem  签名证书和它的签发机构证书
verify.py        核对用的程序，只需要 Python 3.9 以上，不联网

核对办法：解压以后，在这个文件夹里运行

    python3 -I verify.py --fingerprint 证书指纹

证书指纹请从导出单位另行取得，不要使用这个包里写的指纹。
程序核对每个文件的摘要和清单的签名。各份卷宗自身的电子签名和各页的指纹，以及是不是登记过、是不是最新的一份，
请把卷宗交给公开核验页面逐份核对。
"""


def write(batch: DossierBatch, items: Sequence[DossierBatchItem], out: Path) -> None:
    """Write the archive of a batch to the disk, one dossier after another.

    Raises:
        AppError: What is stored is damaged or gone.
    """
    moment = batch.requested_at
    made = made_of(items)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        for export in made:
            assert export.storage_key is not None
            with store.open_stream(export.storage_key) as stored:
                copy(packed, name_of(export), stored, moment)
        listed = register.workbook([_row(item) for item in items], batch)
        put(packed, REGISTER, listed, moment)
        manifest = archive.bytes_of(_manifest(batch, items, made, listed))
        put(packed, MANIFEST, manifest, moment)
        for name, signed in archive.signature(manifest):
            put(packed, name, signed, moment)
        put(packed, SCRIPT, archive.script(), moment)
        put(packed, README, TOLD.format(made=len(made)).encode(), moment)


def made_of(items: Sequence[DossierBatchItem]) -> list[DossierExport]:
    """The finished dossiers of a batch in the order of its cases."""
    return [item.export for item in items if item.state == "done" and item.export is not None]


def name_of(export: DossierExport) -> str:
    """Under which name a dossier lies in the archive."""
    return f"卷宗 {export.case.number}.pdf"


def _manifest(
    batch: DossierBatch, items: Sequence[DossierBatchItem], made: Sequence[DossierExport], listed: bytes
) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "city": current_tenant().name,
        "variant": batch.variant,
        "exported_at": clock.local(batch.requested_at).isoformat(),
        "exported_by": batch.requested_by,
        "dossiers": [_line(export) for export in made],
        "register": {"name": REGISTER, "digest": hashlib.sha256(listed).hexdigest(), "size": len(listed)},
        "problems": [{"number": item.case.number, "problem": item.problem} for item in items if item.problem],
    }


def _line(export: DossierExport) -> dict[str, Any]:
    return {
        "name": name_of(export),
        "number": export.case.number,
        "digest": export.digest,
        "size": export.size,
        "content_digest": export.content_digest,
        "content_size": export.content_size,
        "pages": export.pages,
        "exported_at": clock.local(export.finished_at).isoformat() if export.finished_at else None,
        "exported_by": export.requested_by,
    }


def _row(item: DossierBatchItem) -> register.Line:
    export = item.export if item.state == "done" else None
    name = name_of(export) if export else None
    return register.Line(item.seq, item.case, name, export, item.problem)
