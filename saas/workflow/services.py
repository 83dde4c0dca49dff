"""Publishing versions of processes."""

import hashlib
import json
from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import or_, select

from saas import clock
from saas.audit import services as audit
from saas.db.session import db
from saas.errors import RefusedError
from saas.fields.definition import FormDefinition
from saas.identity.actor import Actor
from saas.settings import services as settings
from saas.workflow import checks, definition, surroundings
from saas.workflow.actions import ProcessAction
from saas.workflow.engine import Reason
from saas.workflow.examples import problems_of_scenarios
from saas.workflow.models import ProcessVersion
from saas.workflow.queries import newest_number


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
    valid_from: date | None = None,
) -> ProcessVersion:
    """Publish a definition as the next version of its process; those before end the day it begins.

    Args:
        body: The merged definition.
        fields: The forms it may ask, by key.
        form_codes: The documents it may issue.
        rules: The names of the checks it may call.
        by: Who publishes.
        valid_from: The first day new cases run on it, today if none is given.

    Raises:
        RefusedError: the definition has faults, or loosens the pack it stands on; all are named.
    """
    parsed = definition.parse(body)
    around = checks.Around(limits=settings.limits())
    problems = checks.check(parsed, fields, form_codes, rules, base=surroundings.pack(parsed.key), around=around)
    faults = [problem for problem in problems if problem.severity == "error"]
    # Nothing can be played on what does not hold together.
    faults = faults or [one for one in problems_of_scenarios(parsed, body) if one.severity == "error"]
    if faults:
        raise RefusedError([Reason(fault.code, f"{fault.place}：{fault.message}") for fault in faults])
    text = json.dumps(body, ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(text.encode()).hexdigest()
    begins = valid_from or clock.today()
    _end_earlier(parsed.key, begins)
    version = ProcessVersion(
        key=parsed.key,
        version=newest_number(parsed.key) + 1,
        status="published",
        body=body,
        digest=digest,
        valid_from=begins,
        published_at=clock.now(),
        published_by=by.name,
    )
    db.session.add(version)
    db.session.flush()  # the audit event names the version's id
    detail = {"key": parsed.key, "version": version.version, "digest": digest, "valid_from": begins.isoformat()}
    audit.record(ProcessAction.PUBLISHED, version, by=by, detail=detail, high=True)
    return version


def _end_earlier(key: str, day: date) -> None:
    """End what holds on the day or would begin later; it is locked, so that publishing waits for publishing."""
    held = or_(ProcessVersion.valid_to.is_(None), ProcessVersion.valid_to > day)
    query = select(ProcessVersion).where(ProcessVersion.key == key, ProcessVersion.status == "published", held)
    for earlier in db.session.scalars(query.order_by(ProcessVersion.version).with_for_update()):
        earlier.valid_to = max(day, earlier.valid_from)
        if earlier.valid_to <= max(clock.today(), earlier.valid_from):
            earlier.status = "retired"
    db.session.flush()  # new rows are sent before changed ones, and two may not hold on one day
