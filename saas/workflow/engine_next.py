"""The case as the engine sees it once an outcome has been written down."""

from collections.abc import Mapping
from dataclasses import replace

from saas.workflow.engine_signing import gathered
from saas.workflow.engine_values import OUTER, ActorView, CaseView, Holding, Outcome, Past, Standing
from saas.workflow.process import Definition

VOIDS = {"withdraw": "withdrawn", "send_back": "sent_back"}


def following(definition: Definition, view: CaseView, outcome: Outcome, actor: ActorView) -> CaseView:
    """The case after a step or a verb; for players and proofs, which keep no database.

    What the step's form keeps with the case (`data`) and the limits (`clocks`) are the caller's.
    """
    past = Past(
        action=outcome.action,
        by=actor.id,
        from_state=outcome.from_state,
        to_state=outcome.to_state,
        region=outcome.region,
        issued=bool(outcome.documents),
        before=Standing(view.state, view.regions, view.flags, view.handler_id),
        note=outcome.note,
    )
    void = VOIDS.get(outcome.kind, "")
    log = (*(replace(one, void=void) if at in outcome.void else one for at, one in enumerate(view.log)), past)
    signed, asked = gathered(definition, log)
    return replace(
        view,
        state=outcome.to_state,
        flags=outcome.flags,
        handler_id=outcome.handler,
        trace=(*view.trace, (outcome.action, actor.id)),
        regions=outcome.regions,
        signed=signed,
        asked=asked,
        log=log,
        held={**_held(view, outcome), **outcome.held},
        closed=view.closed or outcome.ends,
    )


def _held(view: CaseView, outcome: Outcome) -> Mapping[str, Holding]:
    """Who has what waits: nobody after the case has moved, but the handler what waits for him."""
    if outcome.from_state == outcome.to_state and outcome.region is None and outcome.assign is None:
        return view.held
    if outcome.region is not None:
        return {id_: one for id_, one in view.held.items() if id_ != outcome.region or outcome.kind != "step"}
    return {OUTER: Holding(outcome.handler)} if outcome.for_handler and outcome.handler else {}
