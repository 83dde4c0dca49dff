"""R69, R84–R86: what a deployment must be before it serves, from where it is led, and what it is made of."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import make_url

from saas import posture, supply
from saas.config import Config
from saas.config_parts import BucketConfig
from saas.db.session import TenantRef
from saas.embedded import ROOT
from saas.web.proxies import TrustedProxies
from saas.web.transport import is_local
from tests.browsers import Browser
from tests.conftest import OpenAt

FIT = Config(
    "postgresql+psycopg://a@db.example/f?sslmode=verify-full",
    "0123456789abcdef0123456789abcdef",
    "fedcba9876543210fedcba9876543210",
    Path("/srv"),
    trusted_proxies=(ip_network("10.0.0.0/8"),),
)


@pytest.mark.parametrize(
    ("address", "is_open"),
    [
        ("postgresql://a@db.example/f", True),
        ("postgresql://a@db.example/f?sslmode=require", True),
        ("postgresql://a@db.example/f?sslmode=verify-full", False),
        ("postgresql://a@127.0.0.1/f", False),
        ("postgresql://a@/f?host=/run/postgresql", False),
    ],
)
def test_r69_a_database_elsewhere_is_reached_over_proven_tls(address: str, *, is_open: bool) -> None:
    assert posture.is_open_wire(make_url(address)) is is_open


def test_r69_people_are_served_over_tls_only(app: Flask, client: OpenAt, beijing: TenantRef) -> None:
    browser = client(beijing)
    app.extensions["fengqiao.config"], kept = (
        replace(app.extensions["fengqiao.config"], plain_http=False),
        app.extensions["fengqiao.config"],
    )
    try:
        assert browser.get("/").status_code == 400
        assert "https://" in browser.get("/sign-in").text
        assert browser.get("/", base_url="https://beijing.localhost/").status_code == 200
        assert browser.get("/healthz").status_code == 200
    finally:
        app.extensions["fengqiao.config"] = kept


@pytest.mark.parametrize(
    ("host", "local"),
    [("beijing.localhost:8000", True), ("127.0.0.1", True), ("[::1]:80", True), ("localhost.evil.example", False)],
)
def test_r69_a_demonstration_is_plain_on_this_machine_only(host: str, *, local: bool) -> None:
    assert is_local(host) is local


def test_r84_fit_settings_have_no_fault() -> None:
    assert posture.faults(FIT, debug=False) == []


BAD = {
    "FLASK_DEBUG": (FIT, True),
    "FENGQIAO_SECRET_KEY": (replace(FIT, secret_key="k" * 32), False),
    "FENGQIAO_DATABASE_SECRET": (replace(FIT, database_secret="d" * 32), False),
    "FENGQIAO_BACKUP_KEY": (replace(FIT, backup_key="b" * 32), False),
    "FENGQIAO_TRUSTED_PROXIES": (replace(FIT, trusted_proxies=()), False),
    "DATABASE_URL": (replace(FIT, database_url="postgresql+psycopg://a@db.example/f"), False),
    "FENGQIAO_S3_ENDPOINT": (replace(FIT, bucket=BucketConfig("b", "http://s3.example")), False),
}


@pytest.mark.parametrize("setting", sorted(BAD))
def test_r84_each_bad_setting_is_named_and_stops_the_start(setting: str) -> None:
    config, debug = BAD[setting]

    assert [fault.setting for fault in posture.faults(config, debug=debug)] == [setting]
    with pytest.raises(posture.UnfitError, match=setting):
        posture.refuse_unfit(config, debug=debug)


def test_r84_a_server_does_not_start_on_what_the_check_names() -> None:
    given = {
        "DATABASE_URL": "postgresql://a@db.example/f",
        "FENGQIAO_SECRET_KEY": "k" * 32,
        "FENGQIAO_PLAIN_HTTP": "no",
    }
    run = subprocess.run(
        [sys.executable, "-c", "import wsgi"],
        cwd=ROOT,
        env=os.environ | given,
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 1
    assert "FENGQIAO_SECRET_KEY" in run.stderr
    assert "DATABASE_URL" in run.stderr


def test_r84_the_command_says_the_same(app: Flask) -> None:
    done = app.test_cli_runner().invoke(args=["security", "check", "--json"])

    assert json.loads(done.stdout) == {"demonstration": True, "faults": []}


@pytest.mark.parametrize(
    ("remote", "claimed", "seen"),
    [
        ("10.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("10.0.0.1", "1.2.3.4, 203.0.113.7, 10.0.0.2", "203.0.113.7"),
        ("10.0.0.1", "nonsense", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("203.0.113.9", "127.0.0.1", "203.0.113.9"),
    ],
)
def test_r85_only_listed_proxies_say_for_whom_they_ask(remote: str, claimed: str, seen: str) -> None:
    told: dict[str, Any] = {}

    def answer(environ: dict[str, Any], _start: object) -> list[bytes]:
        told.update(environ)
        return []

    wrapped = TrustedProxies(answer, FIT.trusted_proxies)
    scheme = {"wsgi.url_scheme": "http", "HTTP_X_FORWARDED_PROTO": "https"}

    wrapped({"REMOTE_ADDR": remote, "HTTP_X_FORWARDED_FOR": claimed} | scheme, lambda *_: lambda _: None)

    assert told["REMOTE_ADDR"] == seen
    assert told["wsgi.url_scheme"] == ("https" if remote == "10.0.0.1" else "http")
    assert "HTTP_X_FORWARDED_FOR" not in told


@pytest.mark.parametrize(("address", "status"), [("203.0.113.9", 403), ("192.168.1.9", 200), ("127.0.0.1", 200)])
def test_r85_the_console_opens_in_listed_networks_only(app: Flask, address: str, status: int) -> None:
    answer = Browser(app, None).get("/ops/sign-in", environ_base={"REMOTE_ADDR": address})

    assert answer.status_code == status


def test_r86_every_package_is_locked_by_its_digest() -> None:
    bill = supply.bill(ROOT)
    python = [part for part in bill["components"] if part["purl"].startswith("pkg:pypi/")]
    named = {part["name"].lower() for part in python}
    wanted = {
        line.split("==")[0].split("[")[0].strip().lower()
        for line in (ROOT / "requirements.in").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    }

    assert wanted <= named
    assert all(part["hashes"] for part in python)
    assert {"bootstrap", "htmx.org"} <= {part["name"] for part in bill["components"]}


def test_r86_the_locked_node_packages_carry_their_digests() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]

    assert all(entry.get("integrity") for path, entry in packages.items() if path)
