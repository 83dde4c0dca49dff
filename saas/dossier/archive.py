"""A dossier with what others need to check it without us: manifest, signature, originals and a script, as a ZIP."""

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

import pikepdf

from saas import clock
from saas.db.session import current_tenant
from saas.dossier import keeping, standalone, verify_data
from saas.dossier.models import DossierExport
from saas.dossier.zips import copy, put
from saas.errors import NotFoundError
from saas.files import store
from saas.signing import signer

FORMAT = "fengqiao-archive/1"
MANIFEST, SIGNATURE, CERTIFICATE, SCRIPT, README = (
    "manifest.json",
    "manifest.sig",
    "certificate.pem",
    "verify.py",
    "说明.txt",
)
DOSSIER, DATA = "dossier.pdf", "case.json"
ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
UNNAMED = "bin"
TOLD = """{number} 卷宗包

dossier.pdf      卷宗
case.json        卷宗里的结构化数据，与 dossier.pdf 中嵌入的相同
originals/       随卷材料的原件，未经缩放和转换
manifest.json    清单：每个文件的摘要，各件的次序和页码
manifest.sig     城市证书对清单的签名
certificate.pem  签名证书和它的签发机构证书
verify.py        核对用的程序，只需要 Python 3.9 以上，不联网

核对办法：解压以后，在这个文件夹里运行

    python3 -I verify.py --fingerprint 证书指纹

证书指纹请从导出单位另行取得（例如在它的公开核验页面上，或者打电话），不要使用这个包里写的指纹：
整包重做的人也会换上自己的证书。不给指纹，只能说明这个包自身前后一致。
verify.py 自己也可能被换过：几经转手的包，请用从导出单位另行取得的同名程序来核对。

程序核对文件、次序、页码和清单的签名。卷宗自身的电子签名、各页的指纹，以及这份卷宗是否登记过、
是不是最新的一份，请把 dossier.pdf 交给公开核验页面核对。
"""


def write(export: DossierExport, out: Path | BinaryIO) -> None:
    """Write the archive of a finished export of this city; the same export gives the same bytes under the same key.

    Raises:
        ConflictError: It is not finished.
        AppError: What is stored is damaged or gone.
    """
    key, moment = keeping.key_of(export), export.finished_at or clock.now()
    with store.open_stream(key) as stored, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        with pikepdf.open(stored) as pdf:
            inside = verify_data.raw(pdf)
        told = verify_data.read(inside)
        stored.seek(0)
        copy(packed, DOSSIER, stored, moment)
        originals = list(_copy_originals(packed, told, moment))
        manifest = bytes_of(_manifest(export, inside, told, originals))
        put(packed, DATA, inside, moment)
        put(packed, MANIFEST, manifest, moment)
        for name, signed in signature(manifest):
            put(packed, name, signed, moment)
        put(packed, SCRIPT, script(), moment)
        put(packed, README, TOLD.format(number=told["number"]).encode(), moment)


def script() -> bytes:
    """The script that checks an archive without us."""
    return (Path(standalone.__path__[0]) / SCRIPT).read_bytes()


def _copy_originals(packed: zipfile.ZipFile, told: Mapping[str, Any], moment: datetime) -> Iterator[dict[str, Any]]:
    """Take over the attachments of a full dossier as they were brought in; each as the manifest lists it.

    Of a redacted one what was brought in stays at home.
    """
    if told["variant"] != "full":
        return
    for order, part in enumerate(told["parts"], start=1):
        if part["kind"] != "file":
            continue
        name = f"originals/{order:03}.{ENDINGS.get(part['media_type'], UNNAMED)}"
        try:
            with store.open_stream(store.key_of(current_tenant().id, part["digest"])) as stored:
                size = stored.seek(0, os.SEEK_END)
                stored.seek(0)
                copy(packed, name, stored, moment)
        except NotFoundError:
            continue  # The part is bound from what was derived of it; the manifest lists what is here.
        yield {"name": name, "digest": part["digest"], "size": size, "part": order}


def _manifest(
    export: DossierExport, inside: bytes, told: Mapping[str, Any], originals: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    names = {original["part"]: original["name"] for original in originals}
    whole = {"name": DOSSIER, "digest": export.digest, "size": export.size}
    content = {"content_digest": export.content_digest, "content_size": export.content_size, "pages": export.pages}
    return {
        "format": FORMAT,
        "city": current_tenant().name,
        "number": told["number"],
        "variant": told["variant"],
        "exported_at": clock.local(export.finished_at or clock.now()).isoformat(),
        "dossier": {**whole, **content, "signed": export.digest != export.content_digest},
        "data": {"name": DATA, "digest": hashlib.sha256(inside).hexdigest(), "size": len(inside)},
        "parts": [_part(order, part, names.get(order)) for order, part in enumerate(told["parts"], start=1)],
        "originals": originals,
    }


def _part(order: int, part: Mapping[str, Any], original: str | None) -> dict[str, Any]:
    return {
        "order": order,
        "title": part["title"],
        "name": part["name"],
        "media_type": part["media_type"],
        "digest": part["digest"],
        "first": part["start"] + 1,
        "last": part["start"] + len(part["pages"]),
        "number": part["number"],
        "volume": part["volume"],
        "original": original,
    }


def signature(manifest: bytes) -> Iterator[tuple[str, bytes]]:
    """The files that sign a manifest, by name; none where the city has no key."""
    by = signer.current()
    if by is not None:
        yield SIGNATURE, by.sign(manifest)
        yield CERTIFICATE, by.certificate.pem.encode()


def bytes_of(manifest: Mapping[str, Any]) -> bytes:
    """A manifest as it is signed."""
    return json.dumps(manifest, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"
