"""A process played without a database; read acts, answers, player, choices, scenarios."""

from saas.workflow.simulation.acts import Act, Context, example_context, forms_of, person_of, role_of
from saas.workflow.simulation.choices import Choice, choices
from saas.workflow.simulation.player import Done, Played, play
from saas.workflow.simulation.scenarios import acts_of, as_scenario, run_scenario, scenario_problems

__all__ = [
    "Act",
    "Choice",
    "Context",
    "Done",
    "Played",
    "acts_of",
    "as_scenario",
    "choices",
    "example_context",
    "forms_of",
    "person_of",
    "play",
    "role_of",
    "run_scenario",
    "scenario_problems",
]
