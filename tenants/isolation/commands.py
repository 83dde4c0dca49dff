"""The command that tries every known crossing against the live database."""

import json
import sys
from collections import Counter
from dataclasses import asdict

import click

from saas.config import current_config
from tenants import registry
from tenants.isolation.attempt import CROSSED
from tenants.isolation.verification import verify


@click.command("verify-isolation")
@click.option("--tenant", "code", help="Only what this city's login reaches.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def verify_isolation(code: str | None, *, as_json: bool) -> None:
    """Try to cross from every login to everything else; exit 1 when a single attack gets through."""
    if code is not None:
        registry.get_tenant(code)
    found = verify(current_config(), registry.list_tenants(), code)
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in found], ensure_ascii=False))
    else:
        counts = Counter(finding.outcome for finding in found)
        click.echo("  ".join(f"{outcome} {count}" for outcome, count in sorted(counts.items())))
    crossed = [finding for finding in found if finding.outcome == CROSSED]
    for finding in crossed:
        click.echo(f"crossed: {finding.tenant} against {finding.against}: {finding.attack} ({finding.said})", err=True)
    sys.exit(bool(crossed))
