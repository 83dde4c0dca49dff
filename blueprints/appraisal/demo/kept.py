"""Invented institutions and appraisers of a demo city's registers."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from blueprints.appraisal.rules_supervision import LICENCE_YEARS, last_valid
from saas.demo import DemoEntry, DemoSite, person_name, phone

NAMES = ("安信", "正和", "明诚", "公信", "同和", "天衡")
PEOPLE = (3, 6)
"""The fewest and the most appraisers of an institution."""


def kept(site: DemoSite, rng: Random) -> Iterator[DemoEntry]:
    """Institutions for each bureau that oversees some, their licences somewhere in the five years, and their people."""
    bureaus = [body.name for body in site.bodies if "appraisal_officer" in body.people]
    for place, bureau in enumerate(bureaus):
        for number, name in enumerate(NAMES):
            began = site.today - timedelta(days=rng.randint(30, LICENCE_YEARS * 365 - 20))
            title, code = f"{bureau.removesuffix('司法局')}{name}司法鉴定所（演示）", f"99{place}{number}"
            yield _institution(bureau, title, code, began, rng)
            for person in range(rng.randint(*PEOPLE)):
                yield _appraiser(bureau, title, f"{code}{person:03}", began, rng)


def _institution(bureau: str, name: str, licence: str, began: date, rng: Random) -> DemoEntry:
    values = {
        "name": name,
        "licence": licence,
        "class": "forensic",
        "scope": ["02", "04"],
        "head": person_name(rng),
        "accredited": ["cma"],
        "grade": rng.choice(("A", "A", "B")),
        "valid_from": str(began),
        "valid_until": str(last_valid(began)),
    }
    tested = began + timedelta(days=20)
    record = ("能力验证", tested, {"project": "年度能力验证项目", "result": rng.choice(("satisfied", "passed"))})
    return DemoEntry("appraisal.institution", bureau, values, records=(record,))


def _appraiser(bureau: str, institution: str, licence: str, began: date, rng: Random) -> DemoEntry:
    values = {
        "name": person_name(rng),
        "licence": licence,
        "class": "forensic",
        "kinds": ["02"],
        "institution": institution,
        "rank": rng.choice(("senior", "associate", "middle")),
        "phone": phone(rng),
        "valid_from": str(began),
        "valid_until": str(last_valid(began)),
    }
    return DemoEntry("appraisal.appraiser", bureau, values)
