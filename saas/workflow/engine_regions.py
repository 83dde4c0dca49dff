"""Where a case stands when things go on side by side, and where a step leads from there."""

from collections.abc import Iterator, Mapping

from saas.workflow.engine_values import CaseView, Reason
from saas.workflow.process import Definition, Region, State, Transition


def standing(definition: Definition, state: str, regions: Mapping[str, str]) -> dict[str, str]:
    """Where each region of a state stands; one that nothing is known of has just begun."""
    return {id_: regions.get(id_, inner.initial) for id_, inner in regions_of(definition, state).items()}


def regions_of(definition: Definition, state: str) -> Mapping[str, Region]:
    """The regions of a state, none for one the version does not have."""
    found = definition.states.get(state)
    return found.regions if found else {}


def region_of(definition: Definition, state: str, action: str) -> Region | None:
    """The region of this state that a step belongs to."""
    for region in regions_of(definition, state).values():
        if any(step.id == action for step in region.transitions):
            return region
    return None


def leaving(definition: Definition, view: CaseView) -> Iterator[tuple[Transition, Region | None]]:
    """The steps that can be taken from where the case stands: those inside its regions, then its own."""
    for id_, inner in standing(definition, view.state, view.regions).items():
        region = definition.states[view.state].regions[id_]
        yield from ((step, region) for step in region.transitions if inner in step.sources)
    yield from ((step, None) for step in definition.leaving.get(view.state, ()))


def led(definition: Definition, view: CaseView, step: Transition) -> tuple[State, str, dict[str, str], Region | None]:
    """Where an allowed step leads: the state entered, the case's own state, its regions, and the region moved in."""
    now = standing(definition, view.state, view.regions)
    region = region_of(definition, view.state, step.id)
    if region is not None:
        return region.states[step.to], view.state, {**now, region.id: step.to}, region
    if step.to == view.state:
        return definition.states[step.to], step.to, now, None
    return definition.states[step.to], step.to, standing(definition, step.to, {}), None


def unfinished(definition: Definition, view: CaseView) -> list[Region]:
    """The regions that are not done."""
    regions = regions_of(definition, view.state)
    now = standing(definition, view.state, view.regions)
    return [region for id_, region in regions.items() if now[id_] not in region.final]


def place_reasons(definition: Definition, step: Transition, view: CaseView) -> list[Reason]:
    """Whether the step leaves where the case stands, and every region is done that has to be."""
    if view.closed and not _ended(definition, view.state):
        return [
            Reason("closed", f"本件已经办结，不能再办理“{step.title}”。", help="请到并入的案件或者新登记的案件中办理。")
        ]
    region = region_of(definition, view.state, step.id)
    if region is not None:
        return _inner_reasons(definition, region, step, view)
    if view.state not in step.sources:
        return [_elsewhere(definition.state_title(view.state), step)]
    return _open_reasons(definition, step, view)


def _ended(definition: Definition, state: str) -> bool:
    found = definition.states.get(state)
    return found is None or found.end


def _inner_reasons(definition: Definition, region: Region, step: Transition, view: CaseView) -> list[Reason]:
    now = standing(definition, view.state, view.regions)[region.id]
    if now in step.sources:
        return []
    title = region.states[now].title if now in region.states else now
    return [_elsewhere(f"{region.title}：{title}", step)]


def _open_reasons(definition: Definition, step: Transition, view: CaseView) -> list[Reason]:
    if step.cancel or step.to == view.state:
        return []
    return [
        Reason(
            "region",
            f"“{region.title}”还没有办完，不能办理“{step.title}”。",
            law=step.law,
            help=f"请先把“{region.title}”办到“{'”或者“'.join(region.states[one].title for one in region.final)}”。",
        )
        for region in unfinished(definition, view)
    ]


def _elsewhere(now: str, step: Transition) -> Reason:
    return Reason("state", f"案件现在是“{now}”，不能办理“{step.title}”，请刷新页面查看最新进展。")
