"""What a configuration would change in the city, in words, and everything that stands against it."""

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from saas.cases import config_queries
from saas.configuration import comparing_lists, queries, values
from saas.configuration.collecting import pack_version
from saas.configuration.comparing_lists import CODE, Change
from saas.configuration.parcel import Parcel, Process
from saas.db.session import current_tenant
from saas.documents.designs import queries as designs
from saas.documents.designs import surroundings as designing
from saas.documents.designs.body import load
from saas.domain import domains
from saas.errors import InvalidInputError
from saas.settings import services as settings
from saas.workflow import definition, difference, drafts, inspecting, surroundings
from saas.workflow.examples import problems_of_scenarios
from saas.workflow.problem import Problem, error
from saas.workflow.process import OWN
from saas.workflow.queries import list_versions

Body = dict[str, Any]


@dataclass(frozen=True)
class Plan:
    """What would change, and why it must not."""

    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]

    @property
    def mark(self) -> str:
        """What the changes are told by: another mark, and they are no longer those that somebody looked at."""
        said = json.dumps([[one.part, one.sentence] for one in self.changes], ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()


def plan(parcel: Parcel, parts: Collection[str]) -> Plan:
    """Compare some parts of a configuration (see ``PARTS``) with the city's own."""
    changes: list[Change] = []
    problems: list[Problem] = []
    for part, compare in _PARTS.items():
        for one in compare(parcel) if part in parts else ():
            (changes if isinstance(one, Change) else problems).append(one)  # type: ignore[arg-type]
    return Plan(tuple(changes), tuple(problems))


def is_new(process: Process, now: Body | None) -> bool:
    """Whether neither what is in force, if anything is, nor an open draft is the same, to the order of its parts."""
    known = [*([now] if now else []), *(one.body for one in drafts.list_drafts(process.key))]
    return json.dumps(process.body) not in {json.dumps(body) for body in known}


def _processes(parcel: Parcel) -> Iterator[Change | Problem]:
    counted, in_force = Counter(one.key for one in parcel.processes), queries.bodies_in_force()
    for process in parcel.processes:
        place = f"processes.{process.key}"
        now = in_force.get(process.key)
        # What the city has already is neither written nor looked over again: that takes most of the time.
        is_other = is_new(process, now)
        found = list(_faults(process)) if is_other else []
        if counted[process.key] > 1:
            found.append(error(CODE, place, "这个流程出现了两次"))
        yield from (error(one.code, f"{place}.{one.place}", one.message) for one in found)
        if is_other and not found:
            yield from _told(process, now, place, at_home=parcel.city == current_tenant().code)


def _faults(process: Process) -> Iterator[Problem]:
    if process.body.get("key") != process.key:
        yield error(CODE, "key", f"流程的编号“{process.body.get('key')}”与文件里写的不同")
        return
    try:
        parsed = definition.parse(process.body)
    except definition.DefinitionError as fault:
        yield from fault.problems
        return
    line = process.body["domain"]
    if line not in {one.name for one in domains()} | {OWN}:
        yield error("WF019", "domain", f"没有业务“{line}”，本系统不能办理")
        return
    found = [one for one in inspecting.problems_of(parsed) if one.severity == "error"]
    yield from found or (one for one in problems_of_scenarios(parsed, process.body) if one.severity == "error")


def _told(process: Process, now: Body | None, place: str, *, at_home: bool) -> Iterator[Change | Problem]:
    title = str(process.body["title"])
    if now is None:
        if list_versions(process.key) or drafts.list_drafts(process.key):
            yield error(CODE, place, f"本市已经有“{title}”的草稿或者停用的版本，请先处理")
        else:
            yield Change("processes", f"新的流程“{title}”，将建立草稿")
        return
    if process.body["domain"] == OWN and not at_home and now["title"] != title:
        # Cities number what they make themselves alike: the same key is another matter elsewhere.
        yield error(CODE, place, f"编号“{process.key}”在本市是“{now['title']}”，与文件里的“{title}”不是同一项业务")
        return
    here = pack_version(process.key)
    if here != process.pack:
        yield Change("processes", f"“{title}”依据法定流程第{process.pack}版制定，本系统是第{here}版，请在草稿里核对")
    names = surroundings.titles(str(process.body.get("domain")))
    said = [one.sentence for one in difference.changes(now, process.body, names)]
    yield from (Change("processes", f"“{title}”的草稿：{one}") for one in said or ["内容的顺序不同"])


def _lists(parcel: Parcel) -> Iterator[Change | Problem]:
    return comparing_lists.compare(parcel.rows, at_home=parcel.city == current_tenant().code)


def _settings(parcel: Parcel) -> Iterator[Change | Problem]:
    declared = settings.declared()
    for key, value in parcel.settings.items():
        setting = declared.get(key)
        if setting is None:
            yield error(CODE, f"settings.{key}", f"没有“{key}”这个设置项")
        elif found := values.fault(setting, value):
            yield error(CODE, f"settings.{key}", found)
        elif value != (now := settings.get(key)):
            was, will = (values.as_text(one) or "（空）" for one in (now, value))
            yield Change("settings", f"“{setting.title}”由“{was}”改为“{will}”")


def _calendar(parcel: Parcel) -> Iterator[Change | Problem]:
    days, years = config_queries.own_days(), config_queries.own_years()
    for year, source in parcel.years.items():
        if years.get(year) != source:
            yield Change("calendar", f"{year}年的放假安排改为“{source}”")
    for day, (working, source) in parcel.days.items():
        if days.get(day) != (working, source):
            yield Change("calendar", f"{day} {'上班' if working else '放假'}（{source}）")


def _documents(parcel: Parcel) -> Iterator[Change | Problem]:
    if parcel.design is None:
        return
    try:
        body = own_dress(parcel.design)
    except InvalidInputError as fault:
        yield error(CODE, "design", "".join(fault.fields.values()))
        return
    found = [one for one in designing.quick_problems(body) if one.severity == "error"]
    yield from (error(one.code, f"design.{one.place}", one.message) for one in found)
    said = [] if found else designing.differences(designs.body_in_force(), body)
    if said and designs.find_open():
        yield error(CODE, "design", "本市已经有文书样式的草稿，请先发布或者废弃")
    yield from (Change("documents", f"文书样式的草稿：{one}") for one in said)


def own_dress(design: Mapping[str, Any]) -> Body:
    """The dress of a parcel with the seals of this city's bodies.

    Raises:
        InvalidInputError: It has not the shape of one.
    """
    return load({**design, "seals": designs.body_in_force()["seals"]})


_PARTS = {
    "processes": _processes,
    "lists": _lists,
    "settings": _settings,
    "calendar": _calendar,
    "documents": _documents,
}
