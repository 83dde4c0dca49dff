"""The file that runs a whole deployment on containers says what the code and the documents say."""

import re
import secrets
from typing import Any

import click
import pytest
import yaml
from flask import Flask
from waitress.adjustments import Adjustments

from saas import embedded
from saas.bootstrap import serve
from saas.config import Config
from saas.embedded import ROOT
from saas.outside import REQUEST_SECONDS
from saas.posture import faults

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ("console", "operations", "prepare", "web", "worker")
LEADING = ("console", "operations", "prepare")
VARIABLE = re.compile(r"\b(?:FENGQIAO_[A-Z0-9_]+|DATABASE_URL)\b")
HOLE = re.compile(r"\$\{([A-Z_0-9]+)")
CONFIG = set(VARIABLE.findall((ROOT / "saas" / "config.py").read_text("utf-8")))
FOR_BUILDING = {"FENGQIAO_BACKUP_KEY"}
"""Secrets that only those who build and mend need."""
SECRETS = {f"FENGQIAO_{name.upper()}" for name in embedded.SECRETS} & CONFIG


def commands(service: str) -> list[list[str]]:
    """The commands of a service, one after the other."""
    command = SERVICES[service]["command"]
    if command[:2] == ["sh", "-c"]:
        return [part.split() for part in command[2].split("&&")]
    return [command]


def test_there_are_three_web_processes_two_workers_and_two_servers_with_a_pooler_each() -> None:
    images = [str(service.get("image")) for service in SERVICES.values()]

    assert SERVICES["web"]["deploy"]["replicas"] == 3
    assert SERVICES["worker"]["deploy"]["replicas"] == 2
    assert sum(image.startswith("postgres:") for image in images) == 2
    assert [name for name in sorted(SERVICES) if name.startswith("pgbouncer")] == ["pgbouncer-one", "pgbouncer-two"]


@pytest.mark.parametrize("service", OURS)
def test_every_variable_is_one_the_program_reads(service: str) -> None:
    assert set(SERVICES[service]["environment"]) - CONFIG == {"AWS_CA_BUNDLE"}


@pytest.mark.parametrize("service", ["web", "worker"])
def test_what_must_be_equal_is_set_everywhere_and_from_one_place(service: str) -> None:
    given, shared = SERVICES[service]["environment"], COMPOSE["x-equal"]

    assert set(given) >= SECRETS - FOR_BUILDING
    assert given | shared == given
    assert not FOR_BUILDING & set(given)


@pytest.mark.parametrize("service", LEADING)
def test_those_who_build_or_carry_out_what_operators_ask_have_every_secret(service: str) -> None:
    given = SERVICES[service]["environment"]

    assert set(given) >= SECRETS
    assert given["DATABASE_URL"] == "${DATABASE_URL:?}"
    assert given | COMPOSE["x-equal"] == given


def test_what_operators_do_is_led_to_the_process_that_can() -> None:
    text = (ROOT / "saas" / "deploy" / "nginx.conf").read_text("utf-8")

    assert re.search(r"location /ops \{\s*proxy_pass http://console;", text)
    assert SERVICES["console"]["command"] == SERVICES["web"]["command"]
    assert SERVICES["console"]["volumes"] == SERVICES["operations"]["volumes"]


@pytest.mark.parametrize("service", ["web", "worker"])
def test_who_serves_has_no_administrators_login(service: str) -> None:
    assert "@" not in SERVICES[service]["environment"]["DATABASE_URL"]


@pytest.mark.parametrize("service", ["operations", "prepare", "worker"])
def test_every_command_exists(app: Flask, service: str) -> None:
    for program, *words in commands(service):
        assert program == "flask"
        found: click.Command = app.cli
        while isinstance(found, click.Group):
            found = found.commands[words.pop(0)]
        context = found.make_context(found.name, words)
        assert context.command is found


def test_the_web_server_takes_what_it_is_given_and_trusts_the_proxy_alone() -> None:
    program, *words = SERVICES["web"]["command"]
    given, (module,) = Adjustments.parse_args(words)
    made = Adjustments(**{name: value for name, value in given.items() if name not in {"help", "call", "app"}})

    proxies = SERVICES["web"]["environment"]["FENGQIAO_TRUSTED_PROXIES"]
    assert (program, module) == ("waitress-serve", "wsgi:app")
    assert made.trusted_proxy is None
    assert not made.clear_untrusted_proxy_headers
    assert proxies == f"{SERVICES['proxy']['networks']['inside']['ipv4_address']}/32"
    assert (made.threads, made.channel_timeout) == (serve.THREADS, serve.SILENT_SECONDS)
    assert made.max_request_body_size == serve.LARGEST_BODY


def test_the_proxy_waits_longer_than_a_request_may_take_and_buffers() -> None:
    text = (ROOT / "saas" / "deploy" / "nginx.conf").read_text("utf-8")
    read = re.search(r"proxy_read_timeout (\d+)s", text)

    assert read is not None
    assert int(read[1]) > REQUEST_SECONDS
    assert "proxy_request_buffering on" in text
    assert "X-Forwarded-For $remote_addr" in text
    assert f"client_max_body_size {serve.LARGEST_BODY // 2**20}m" in text


def test_the_example_of_the_environment_fills_every_hole() -> None:
    named = set(
        re.findall(r"^([A-Z_0-9]+)=", (ROOT / "saas" / "deploy" / "example.env").read_text("utf-8"), re.MULTILINE)
    )

    assert set(HOLE.findall((ROOT / "compose.yaml").read_text("utf-8"))) == named


@pytest.mark.parametrize("service", ["web", "worker"])
def test_what_serves_would_start(service: str) -> None:
    given = {name: str(value) for name, value in SERVICES[service]["environment"].items()}
    filled = {name: secrets.token_hex(32) if HOLE.match(value) else value for name, value in given.items()}
    plain = {"FENGQIAO_PLATFORM_HOSTS": "ops.example.cn", "FENGQIAO_HOST_SUFFIX": "example.cn"}
    config = Config.from_env(filled | plain | {"FENGQIAO_BACKUP_KEY": secrets.token_hex(32)})

    assert faults(config, debug=False) == []


def test_every_file_it_mounts_is_there_or_is_a_secret() -> None:
    text = (ROOT / "compose.yaml").read_text("utf-8")
    mounted = set(re.findall(r"\./([a-zA-Z./_-]+)", text)) - {""}

    assert {path for path in mounted if not path.startswith("secrets/") and not (ROOT / path).exists()} == set()
    assert (ROOT / SERVICES["web"]["build"]["dockerfile"]).exists()


@pytest.mark.parametrize("number", [1, 2])
def test_both_servers_archive_in_folders_of_their_own(number: int) -> None:
    name = {1: "one", 2: "two"}[number]
    mounted = SERVICES[f"postgres-{name}"]["volumes"]

    assert any(volume.endswith(f"/{name}:/archive") for volume in mounted)
    assert "./saas/deploy/postgresql.conf:/etc/postgresql.conf:ro" in mounted
