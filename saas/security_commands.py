"""Commands that show whether a deployment is fit to serve, and what it is made of."""

import json
import sys
from dataclasses import asdict

import click
from flask import current_app
from flask.cli import AppGroup

from saas import posture, supply
from saas.config import current_config
from saas.embedded import ROOT

security = AppGroup("security", help="Whether the deployment is fit to serve.")


@security.command("check")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def check(*, as_json: bool) -> None:
    """Say which settings are not fit for people outside this machine; exit 1 when there are any."""
    config = current_config()
    found = posture.faults(config, debug=current_app.debug)
    if as_json:
        click.echo(json.dumps({"demonstration": config.plain_http, "faults": [asdict(fault) for fault in found]}))
    else:
        for fault in found:
            click.echo(f"{fault.setting}: {fault.sentence}", err=True)
    sys.exit(bool(found))


@security.command("sbom")
def sbom() -> None:
    """Print the bill of materials, CycloneDX 1.6."""
    click.echo(json.dumps(supply.bill(ROOT), ensure_ascii=False, indent=2))
