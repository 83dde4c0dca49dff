"""Commands about official forms."""

import json
from collections import Counter

import click
from flask.cli import AppGroup

from saas.documents.form import Form
from saas.documents.queries import list_forms

STANDINGS = {
    "national": "国家规定",
    "national_unverified": "国家规定、版式未核对",
    "local": "地方规定",
    "house": "本系统拟制",
}

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
    counted = Counter(row["standing"] for row in found)
    click.echo("，".join(f"{title} {counted[standing]} 种" for standing, title in STANDINGS.items()))


def described(form: Form) -> dict[str, object]:
    """A form as JSON values."""
    return {
        "code": form.code,
        "title": form.title,
        "domain": form.domain,
        "source": form.source,
        "verified": form.verified,
        "standing": form.standing,
        "fields": list(form.fields),
    }
