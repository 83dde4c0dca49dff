"""A process played without a database; read acts, answers, player, choices, scenarios."""

from saas.workflow.process import VERB
from saas.workflow.simulation.acts import FILES, Act, Context, example_context, forms_of, person_of, role_of
from saas.workflow.simulation.choices import Choice, choices, verbs
from saas.workflow.simulation.player import Done, Played, form_of, play, resolved
from saas.workflow.simulation.scenarios import (
    MOST_ACTS,
    act_from,
    acts_of,
    as_plain,
    as_scenario,
    disagreements,
    scenario_problems,
    taken_over,
)

__all__ = [
    "FILES",
    "MOST_ACTS",
    "VERB",
    "Act",
    "Choice",
    "Context",
    "Done",
    "Played",
    "act_from",
    "acts_of",
    "as_plain",
    "as_scenario",
    "choices",
    "disagreements",
    "example_context",
    "form_of",
    "forms_of",
    "person_of",
    "play",
    "resolved",
    "role_of",
    "scenario_problems",
    "taken_over",
    "verbs",
]
