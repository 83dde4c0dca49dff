"""Publishing versions of processes."""

import hashlib
import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from saas import clock
from saas.audit import services as audit
from saas.db.session import db
from saas.errors import RefusedError
from saas.fields.definition import FormDefinition
from saas.identity.actor import Actor
from saas.workflow import checks, definition
from saas.workflow.engine import Reason
from saas.workflow.models import ProcessVersion
from saas.workflow.queries import OWN_LINES


def read_pack(national: Path, locals_: Mapping[str, Path], division: str) -> dict[str, Any]:
    """The national file of a pack with the city's, else its province's, local file merged in."""
    base = definition.load(national)
    local = local_file(locals_, division)
    return definition.merge(base, definition.load(local)) if local else base


def local_file(files: Mapping[str, Path], division: str) -> Path | None:
    """The local file for a division: its own number first, then shorter ones padded with zeros."""
    full = division.ljust(6, "0")[:6]
    for code in (full, full[:4] + "00", full[:2] + "0000"):
        if code in files:
            return files[code]
    return None


def publish(
    body: dict[str, Any],
    *,
    fields: Mapping[str, FormDefinition],
    form_codes: Collection[str],
    rules: Collection[str],
    by: Actor,
) -> ProcessVersion:
    """Publish a definition as the next version of its process; the one before is retired.

    Args:
        body: The merged definition.
        fields: The forms it may ask, by key.
        form_codes: The documents it may issue.
        rules: The names of the checks it may call.
        by: Who publishes.

    Raises:
        RefusedError: the definition has faults; all are named.
    """
    parsed = definition.parse(body)
    problems = checks.check(parsed, fields, form_codes, rules)
    faults = [problem for problem in problems if problem.severity == "error"]
    if faults:
        raise RefusedError([Reason(fault.code, f"{fault.place}：{fault.message}") for fault in faults])
    text = json.dumps(body, ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(text.encode()).hexdigest()
    newest = db.session.scalar(select(func.max(ProcessVersion.version)).where(ProcessVersion.key == parsed.key)) or 0
    for earlier in db.session.scalars(
        select(ProcessVersion).where(ProcessVersion.key == parsed.key, ProcessVersion.status == "published")
    ):
        earlier.status = "retired"
    version = ProcessVersion(
        key=parsed.key,
        version=newest + 1,
        status="published",
        body=body,
        digest=digest,
        valid_from=clock.today(),
        published_at=clock.now(),
        published_by=by.name,
    )
    db.session.add(version)
    db.session.info.pop(OWN_LINES, None)
    db.session.flush()  # the audit event names the version's id
    detail = {"key": parsed.key, "version": version.version, "digest": digest}
    audit.record("process.published", version, by=by, detail=detail, high=True)
    return version
