"""Commands about official forms."""

import json

import click
from flask.cli import AppGroup

from saas.documents.form import Form
from saas.documents.queries import list_forms

document = AppGroup("document", help="Official forms.")


@document.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def list_command(*, as_json: bool) -> None:
    """List every form with its source."""
    found = [described(form) for form in list_forms()]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for row in found:
        click.echo(f"{row['code']}  {row['title']}  {row['source']}{'' if row['verified'] else '（未核对原文）'}")


def described(form: Form) -> dict[str, object]:
    """A form as JSON values."""
    return {
        "code": form.code,
        "title": form.title,
        "domain": form.domain,
        "source": form.source,
        "verified": form.verified,
        "fields": list(form.fields),
    }
