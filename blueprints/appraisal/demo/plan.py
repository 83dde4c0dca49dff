"""How many invented matters each body has, and how far they have come."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from blueprints.appraisal.demo import appraisals, oversight
from saas.demo import DemoBody, DemoCase, DemoSite, past

"""One matter of this line for so many disputes that are asked for."""
MONTHS_18 = 545  # days
RECENT = 12
Story = Callable[[DemoSite, DemoBody, Random, date], DemoCase]


def plan(site: DemoSite, cases: int, rng: Random) -> Iterator[DemoCase]:
    """The matters of a city: appraisals of its institutions, then what its bureaus oversee."""
    institutions = [body for body in site.bodies if {"appraiser", "appraisal_director"} <= set(body.people)]
    bureaus = [body for body in site.bodies if {"appraisal_officer", "appraisal_head"} <= set(body.people)]
    for i in range(cases):
        story = STORIES[i % len(STORIES)]
        among = institutions if story is appraisals.case else bureaus
        if among:
            planned = story(site, among[i % len(among)], rng, _opened(site, rng, recent=i % RECENT == 0))
            yield _until(planned, site.today)


STORIES: tuple[Story, ...] = (
    *(appraisals.case, oversight.proficiency, appraisals.case, oversight.complaint, appraisals.case),
    *(oversight.proficiency, appraisals.case, oversight.complaint, oversight.grading),
)


def _opened(site: DemoSite, rng: Random, *, recent: bool) -> date:
    return site.today - timedelta(days=rng.randint(3, 20) if recent else rng.randint(150, MONTHS_18))


def _until(planned: DemoCase, today: date) -> DemoCase:
    """The same matter with the steps that lie in the past."""
    taken = past(planned.acts, planned.opened_on, today)
    filed = any(act.action == planned.files_before for act in taken)
    return replace(planned, acts=taken, files=planned.files if filed else ())
