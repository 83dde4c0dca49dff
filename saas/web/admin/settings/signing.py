"""The page of the certificates a city signs with: which is in force, and whether it ends soon."""

from datetime import timedelta
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from saas import clock
from saas.db.session import current_tenant
from saas.identity.permissions import KernelPermission, requires
from saas.signing import queries
from saas.signing.certificates import TEST
from saas.signing.models import SigningKey
from saas.web.admin.board import admin

WARN = timedelta(days=60)
NONE = ("warning", "本市还没有签名证书", "文书和卷宗照常制作，但都没有电子签名。")
COMMAND = "flask tenant signing-key --tenant {code}"
COLUMNS = {"subject": "证书", "fingerprint": "指纹（SHA-256）", "made": "启用", "retired": "停用"}


@admin.get("/signing")
@requires(KernelPermission.CONFIG_READ)
def show_signing() -> ResponseReturnValue:
    """Show the certificate in force and those before it."""
    keys = queries.list_keys()
    active = next((key for key in keys if key.state == "active"), None)
    return render_template(
        "admin/settings/show_signing.html",
        note=note(active),
        facts=facts(active) if active else [],
        columns=[{"key": key, "label": label} for key, label in COLUMNS.items()],
        rows=[row(key) for key in keys if key is not active],
        command=COMMAND.format(code=current_tenant().code),
    )


def note(key: SigningKey | None) -> tuple[str, str, str] | None:
    """What has to be known at once of the certificate in force: tone, title, sentence."""
    if key is None:
        return NONE
    until = f"{clock.local(key.not_after):%Y-%m-%d}"
    if key.not_after <= clock.now():
        return (
            "danger",
            "签名证书已经过期",
            f"证书 {until} 到期，此后制作的文书和卷宗没有电子签名，请尽快导入新的证书。",
        )
    if key.not_after - clock.now() < WARN:
        days = (clock.local(key.not_after).date() - clock.today()).days
        return "warning", f"签名证书还有 {days} 天到期", f"证书 {until} 到期，请向签发机构申请新的证书并导入。"
    if key.test:
        return "info", "现在使用的是测试证书", f"{TEST}。正式使用以前，请导入签发机构发给本市的证书。"
    return None


def facts(key: SigningKey) -> list[dict[str, Any]]:
    """The certificate in force, as label and value."""
    said = {
        "证书": key.subject,
        "指纹（SHA-256）": key.fingerprint,
        "有效期": f"{clock.local(key.not_before):%Y-%m-%d} 至 {clock.local(key.not_after):%Y-%m-%d}",
        "启用": row(key)["made"],
    }
    return [{"label": label, "value": value} for label, value in said.items()]


def row(key: SigningKey) -> dict[str, str]:
    """A certificate as a line of the list."""
    return {
        "subject": key.subject,
        "fingerprint": key.fingerprint,
        "made": f"{key.made_by} {clock.local(key.made_at):%Y-%m-%d %H:%M}",
        "retired": f"{clock.local(key.retired_at):%Y-%m-%d %H:%M}" if key.retired_at else "—",
    }
