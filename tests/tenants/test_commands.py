"""What whoever runs the deployment types, and what comes back."""

import json
import os
import subprocess

import pytest
from flask import Flask

from saas.config import Config
from saas.db.session import TenantRef
from saas.embedded import ROOT
from tenants import registry
from tenants.data import deletion
from tenants.histories import TENANT
from tests.browsers import Browser


def test_the_list_says_where_every_city_is_and_at_which_version(app: Flask, zunyi: TenantRef) -> None:
    done = app.test_cli_runner().invoke(args=["tenant", "list", "--json"])

    assert done.exception is None, done.exception
    (city,) = [city for city in json.loads(done.stdout) if city["code"] == "zunyi"]
    assert city | {"division": "5203"} == city
    assert (city["name"], city["host"], city["state"]) == ("遵义市", "zunyi.localhost", "active")
    assert city["version"] == TENANT.head


def test_migrating_says_where_every_city_is(app: Flask, zunyi: TenantRef) -> None:
    done = app.test_cli_runner().invoke(args=["tenant", "migrate", "--json"])

    assert done.exit_code == 0
    assert {"code": "zunyi", "version": TENANT.head, "problem": None} in json.loads(done.stdout)


def test_what_libraries_tell_of_themselves_is_not_for_the_terminal(app: Flask, config: Config) -> None:
    environment = os.environ | {
        "DATABASE_URL": config.database_url,
        "FENGQIAO_SECRET_KEY": config.secret_key,
        "FENGQIAO_DATABASE_SECRET": config.database_secret,
        "FENGQIAO_MASTER_KEY": config.master_key,
        "FLASK_APP": "wsgi",
    }
    command = [str(ROOT / ".venv" / "bin" / "flask"), "platform", "migrate"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_refusal_is_one_sentence_and_not_success(app: Flask) -> None:
    done = app.test_cli_runner().invoke(args=["tenant", "create", "Bad_Code", "--name", "某市", "--division", "4603"])

    assert done.exit_code == 1
    assert done.stderr == "Error: 城市代码只能用小写字母、数字和短横线，并以字母开头。\n"


def test_a_city_without_a_starter_needs_a_division(app: Flask) -> None:
    done = app.test_cli_runner().invoke(args=["tenant", "create", "nowhere", "--name", "某市"])

    assert done.exit_code == 2
    assert "--division" in done.stderr


def test_the_people_of_demo_cities_are_listed_with_what_they_do(app: Flask, zunyi: TenantRef) -> None:
    done = app.test_cli_runner().invoke(args=["demo", "users", "--json"])

    person = {"city": "zunyi", "username": "wenjing", "name": "文静", "role": "人民调解员"}
    assert done.exception is None, done.exception
    assert person | {"unit": "汇川区人民调解委员会"} in json.loads(done.stdout)


def test_the_queue_is_counted(app: Flask) -> None:
    done = app.test_cli_runner().invoke(args=["jobs", "status", "--json"])

    assert set(json.loads(done.stdout)) == {"queued", "running", "failed", "oldest_seconds"}


def test_a_citys_first_administrator_gets_a_link(app: Flask) -> None:
    arguments = ["tenant", "create", "linked", "--name", "三沙市", "--division", "4603"]
    done = app.test_cli_runner().invoke(args=[*arguments, "--admin", "xukt", "--admin-name", "许开通"])

    assert done.exit_code == 0, done.stderr
    link = done.stdout.splitlines()[-1].removeprefix("http://linked.localhost")
    with app.app_context():
        tenant = registry.get_tenant("linked")
    assert "许开通，您好" in Browser(app, tenant).get(link).text
    with app.app_context():
        deletion.erase(tenant)


LIFE = (
    "suspend zunyi",
    "resume zunyi",
    "rename zunyi 遵义市",
    "quota zunyi --users 0",
    "host add zunyi runner.example.cn",
)


@pytest.mark.parametrize("words", LIFE)
def test_a_command_of_a_citys_life_runs_wherever_it_is_called_from(app: Flask, zunyi: TenantRef, words: str) -> None:
    runner = app.test_cli_runner()
    done = runner.invoke(args=["tenant", *words.split()])
    runner.invoke(args=["tenant", "resume", "zunyi"])
    runner.invoke(args=["tenant", "host", "remove", "zunyi", "runner.example.cn"])

    assert done.exception is None, done.exception
    assert done.exit_code == 0
