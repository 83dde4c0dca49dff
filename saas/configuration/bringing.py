"""Taking a configuration over: settings, lists, calendar at once, processes and dress as drafts for a second person."""

from collections.abc import Collection

from saas.audit import services as audit
from saas.cases import calendars, codelists
from saas.configuration import queries
from saas.configuration.actions import ConfigurationAudit
from saas.configuration.comparing import Body, Plan, is_new, own_dress, plan
from saas.configuration.parcel import Parcel, ParcelError, Process
from saas.documents.designs import changing as designs
from saas.errors import ConflictError
from saas.identity.actor import Actor
from saas.settings import services as settings
from saas.workflow import drafts
from saas.workflow.models import Draft

WHAT = "导入配置"


def bring(parcel: Parcel, parts: Collection[str], *, by: Actor, seen: str | None = None) -> tuple[Plan, list[Draft]]:
    """Take some parts of a configuration over; rights are never among them.

    Args:
        parcel: The configuration.
        parts: Which of ``PARTS``.
        by: Who takes it over.
        seen: The mark of the plan the person looked at, where one did.

    Returns:
        What was changed, and the drafts that wait to be submitted.

    Raises:
        ParcelError: Something stands against it; nothing is changed.
        ConflictError: The changes are no longer those that were looked at.
    """
    planned = plan(parcel, parts)
    if planned.problems:
        raise ParcelError(planned.problems)
    if seen is not None and seen != planned.mark:
        raise ConflictError("您查看以后，本市的配置又有改动，还没有导入任何内容。请核对下面的变化后再确认。")
    made = _drafts(parcel.processes, by=by) if "processes" in parts else []
    changed = {change.part for change in planned.changes}
    _at_once(parcel, changed, by=by)
    detail = {"digest": parcel.digest, "city": parcel.city, "parts": sorted(changed), "drafts": [d.key for d in made]}
    audit.record(ConfigurationAudit.IMPORTED, ("configuration", "file"), by=by, detail=detail, high=True)
    return planned, made


def _at_once(parcel: Parcel, changed: Collection[str], *, by: Actor) -> None:
    """What an administrator may change alone, by hand as well; of the dress of documents a draft."""
    if "lists" in changed:
        codelists.take_over(parcel.rows, by=by)
    if "settings" in changed:
        for key, value in parcel.settings.items():
            if value != settings.get(key):
                settings.set_value(key, value, by=by)
    if "calendar" in changed:
        calendars.take_over(parcel.days, parcel.years, by=by)
    if "documents" in changed and parcel.design is not None:
        design = designs.begin(by=by)
        designs.change(design, own_dress(parcel.design), seen=design.revision, what=["documents"], by=by)


def _drafts(processes: Collection[Process], *, by: Actor) -> list[Draft]:
    in_force = queries.bodies_in_force()
    every = ((one, in_force.get(one.key)) for one in processes)
    return [_draft(one, now, by=by) for one, now in every if is_new(one, now)]


def _draft(process: Process, now: Body | None, *, by: Actor) -> Draft:
    if now is None:
        return drafts.create(process.body, by=by)
    draft = drafts.start(process.key, by=by)
    drafts.edit(draft, process.body, WHAT, cursor=draft.cursor, by=by)
    return draft
