"""Asking for a dossier to be verified, and what was found, as pages draw it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, BinaryIO, cast

from flask import request

from saas import clock
from saas.dossier import verify_apart
from saas.dossier.verify import Register, digest_of, look_up, verify

NOTHING = ("file", "请选择要核验的卷宗文件（PDF），或者填写它的校验码。")
NO_DIGEST = ("digest", "校验码是 64 位的数字和字母 a 到 f，请照卷宗导出页面上显示的填写。")
TITLES = {
    "original": ("success", "核验通过：这是系统导出的原件，没有被改动"),
    "superseded": ("warning", "是系统导出的原件，但不是最新的一份"),
    "copy": ("warning", "这是登记过的副本，不是原件"),
    "registered": ("success", "登记中有这个校验码"),
    "refused": ("danger", "核验没有通过"),
}
SIGNATURES = {
    "none": "没有电子签名",
    "valid": "完整，签名以后没有改动",
    "appended": "签名以后追加了内容",
    "broken": "核对不上",
}
TRUST = {True: "是系统登记的", False: "不是系统登记的", None: "没有核对"}


@dataclass(frozen=True)
class Asked:
    """What somebody wants verified: a file, or only its digest; and what is wrong with the question."""

    file: BinaryIO | None
    digest: str | None
    typed: str
    errors: tuple[tuple[str, str], ...]


def asked() -> Asked:
    """Read the form; a file is preferred to a digest."""
    typed = request.form.get("digest", "").strip()
    upload = request.files.get("file")
    if upload is not None and upload.stream.read(1):
        upload.stream.seek(0)
        return Asked(cast("BinaryIO", upload.stream), None, typed, ())
    if not typed:
        return Asked(None, None, "", (NOTHING,))
    digest = digest_of(typed)
    return Asked(None, digest, typed, () if digest else (NO_DIGEST,))


def judge(wanted: Asked, register: Register, trust: Callable[[], Sequence[str]]) -> dict[str, Any]:
    """Verify what was asked; files come from strangers and are read apart.

    Raises:
        InvalidInputError: The file takes too much; said at ``file``.
    """
    if wanted.file is not None:
        return verify(wanted.file, register, trust(), look=verify_apart.look)
    assert wanted.digest is not None, "asked() gives an error where there is neither"
    return look_up(wanted.digest, register)


def shown(
    found: Mapping[str, Any], more: Mapping[str, str | None] = MappingProxyType({}), *, names: bool = True
) -> dict[str, Any]:
    """The verdict with its facts as label and value.

    Args:
        found: What the verification answered.
        more: Further facts by their labels.
        names: Whether the person who exported it is named; strangers are told the body only.
    """
    tone, title = TITLES[found["verdict"]]
    facts = {
        "案件编号": found["number"],
        "页数": f"{found['pages']} 页" if found["pages"] is not None else None,
        **more,
        "承办机构": found["unit"],
        "导出人": found["exported_by"] if names else None,
        "导出时间": _time(found["exported_at"]),
        "副本取走人": found["copy"]["taken_by"] if names and found["copy"] else None,
        **_signature(found["signature"]),
        "文件的校验码（SHA-256）": found["digest"],
        "签名前的校验码": found["content_digest"] if found["content_digest"] != found["digest"] else None,
    }
    return {
        "ok": found["ok"],
        "tone": tone,
        "title": title,
        "problems": found["problems"],
        "rows": [{"label": label, "value": value} for label, value in facts.items() if value],
        "proves": found["proves"],
        "cannot": found["cannot"],
    }


def _signature(found: Mapping[str, Any]) -> dict[str, str | None]:
    if not found:
        return {}
    if found["subject"] is None:
        return {"电子签名": SIGNATURES[found["state"]]}
    return {
        "电子签名": SIGNATURES[found["state"]],
        "签名证书": f"{found['subject']}（{TRUST[found['trusted']]}）",
        "证书指纹（SHA-256）": found["fingerprint"],
        "签名时间": _time(found["signed_at"]),
        "时间戳": _time(found["stamped_at"]),
    }


def _time(moment: str | None) -> str | None:
    return f"{clock.local(datetime.fromisoformat(moment)):%Y-%m-%d %H:%M}" if moment else None
