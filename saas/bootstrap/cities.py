"""The database brought up to date, and the three cities a newcomer can look at."""

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from saas import embedded
from saas.bootstrap.project import ROOT, flask, say
from saas.bootstrap.stamps import ensure

DEMO_OPERATOR = "operator"
DEMO_CITIES = (("beijing", "北京市"), ("baoding", "保定市"), ("zunyi", "遵义市"))


def migrate() -> None:
    """Bring the platform's tables and every city's to the newest version.

    Raises:
        StepError: A migration failed.
    """
    sources = [ROOT / "migrations", ROOT / "tenants", ROOT / "saas" / "db", ROOT / "saas" / "jobs"]
    _ensure("migrate", "Bringing the database up to date.", _migrate, sources)


def provision() -> None:
    """Make the demo cities that do not exist yet.

    Raises:
        StepError: A city could not be made.
    """
    _ensure("cities", "Making the demo cities.", _provision, [Path(__file__)])


def _ensure(name: str, line: str, act: Callable[[], None], sources: Sequence[Path]) -> None:
    """Do a step once per state of its sources; at a database of somebody else's every time, since it may change."""
    if os.environ.get("DATABASE_URL"):
        say(line)
        act()
    else:
        ensure(name, line, act, inputs=[*sources, _database()])


def _migrate() -> None:
    flask("platform", "migrate")
    flask("tenant", "migrate")


def _provision() -> None:
    present = {tenant["code"] for tenant in json.loads(flask("tenant", "list", "--json"))}
    for code, name in DEMO_CITIES:
        if code not in present:
            say(f"  {name} ({code})")
            flask("tenant", "create", code, "--name", name, "--demo")
    flask("operator", "create", DEMO_OPERATOR, "--demo")


def _database() -> str:
    """What tells our database from another one made at the same place later."""
    made = embedded.SERVER.data / "PG_VERSION"
    return f"{embedded.SERVER.data} {made.stat().st_mtime_ns}"
