"""``flask key``: new keys for a city, and a new master key."""

import json

import click
from flask.cli import AppGroup

from tenants import keys

key = AppGroup("key", help="Keys of the cities' data.")


@key.command("rotate")
@click.option("--tenant", "code", required=True, help="The city's code.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def rotate(code: str, *, as_json: bool) -> None:
    """Give a city a new data key and seal everything under it; what was broken off goes on."""
    done = keys.rotate(code)
    if as_json:
        click.echo(json.dumps(vars(done)))
    else:
        click.echo(f"数据密钥第 {done.version} 版已启用，重新加密了 {done.values} 项数据和 {done.files} 个文件。")


@key.command("rewrap")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def rewrap(*, as_json: bool) -> None:
    """Wrap all cities' keys under FENGQIAO_MASTER_KEY, opening them by FENGQIAO_MASTER_KEY_PREVIOUS."""
    done = keys.rewrap()
    click.echo(json.dumps(done) if as_json else f"重新封装了 {len(done)} 个城市的密钥。")
