"""Short messages: they say nothing about a person, leave by one declared way, and nobody keeps their text."""

import ipaddress
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from saas.config import Config
from saas.config_parts import OutboundHost
from saas.db.session import TenantRef, db
from saas.jobs import short_messages
from saas.messages import texts
from saas.messages.models import OutboundMessage
from saas.messages.senders import FolderSender, WebSender, sender_for
from saas.outbound import OutboundError
from tests.conftest import InTenant

VALUES = {"bureau": "北京市司法局", "code": "123456", "minutes": 5}


class Carrier(ThreadingHTTPServer):
    """Keeps what it was told; answers 503 as long as it is away."""

    away = False
    told: list[tuple[str | None, dict[str, Any]]]


class Handler(BaseHTTPRequestHandler):
    """Takes messages."""

    def do_POST(self) -> None:
        assert isinstance(self.server, Carrier)
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.told.append((self.headers["Authorization"], body))
        self.send_response(503 if self.server.away else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture
def carrier(app: Flask, config: Config, monkeypatch: pytest.MonkeyPatch) -> Iterator[Carrier]:
    """A carrier of short messages that the deployment uses."""
    made = Carrier(("127.0.0.1", 0), Handler)
    made.told = []
    thread = threading.Thread(target=made.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    hosts = (OutboundHost("127.0.0.1", ipaddress.ip_network("127.0.0.0/8")),)
    url = f"http://127.0.0.1:{made.server_port}/send"
    used = replace(config, sms_url=url, sms_key="secret-of-ours", outbound_hosts=hosts)
    monkeypatch.setitem(app.extensions, "fengqiao.config", used)
    yield made
    made.shutdown()
    made.server_close()
    thread.join()


def message_of(id_: UUID) -> OutboundMessage:
    return db.session.scalars(select(OutboundMessage).where(OutboundMessage.id == id_)).one()


@pytest.mark.parametrize("purpose", sorted(texts.TEXTS))
def test_a_text_holds_no_sensitive_field(purpose: str) -> None:
    assert texts.forbidden_fields(texts.TEXTS[purpose]) == []
    assert texts.write(purpose, **VALUES).startswith("【北京市司法局】")


def test_a_text_that_tells_of_a_person_is_noticed() -> None:
    assert texts.forbidden_fields("{bureau}：{name}的{case_title}，{code}") == ["case_title", "name"]


def test_a_message_is_handed_to_the_carrier_once(
    in_tenant: InTenant, beijing: TenantRef, carrier: Carrier, drain_jobs: Callable[[], None]
) -> None:
    with in_tenant(beijing):
        id_ = short_messages.send("13900001111", "phone_code", good_for=timedelta(minutes=5), **VALUES).id
    drain_jobs()
    drain_jobs()

    assert [(key, told["to"], told["id"]) for key, told in carrier.told] == [
        ("Bearer secret-of-ours", "13900001111", str(id_))
    ]
    with in_tenant(beijing):
        assert message_of(id_).state == "sent"


def test_a_message_waits_for_a_carrier_that_is_away(
    in_tenant: InTenant, beijing: TenantRef, carrier: Carrier, drain_jobs: Callable[[], None]
) -> None:
    carrier.away = True
    with in_tenant(beijing):
        id_ = short_messages.send("13900001112", "phone_code", good_for=timedelta(minutes=5), **VALUES).id
    drain_jobs()
    with in_tenant(beijing):
        assert message_of(id_).state == "queued"

    carrier.away = False
    with in_tenant(beijing):
        short_messages.hand_over({"id": str(id_)})
        assert message_of(id_).state == "sent"
    assert [told["id"] for _, told in carrier.told].count(str(id_)) == 2


def test_a_message_that_comes_too_late_is_not_sent(in_tenant: InTenant, beijing: TenantRef, carrier: Carrier) -> None:
    with in_tenant(beijing):
        id_ = short_messages.send("13900001113", "phone_code", good_for=timedelta(seconds=-1), **VALUES).id
        db.session.flush()
        short_messages.hand_over({"id": str(id_)})
        kept = message_of(id_)
        assert (kept.state, kept.problem, kept.recipient, kept.body) == ("failed", short_messages.LATE, None, None)

    assert carrier.told == []


def test_a_real_city_without_a_carrier_sends_nothing(config: Config) -> None:
    assert sender_for(config, UUID(int=1), demo=False) is None
    assert isinstance(sender_for(config, UUID(int=1), demo=True), FolderSender)
    assert isinstance(sender_for(replace(config, sms_url="https://sms.example.cn"), UUID(int=1), demo=False), WebSender)


def test_a_carrier_that_is_not_listed_is_not_called(
    app: Flask, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.extensions, "fengqiao.config", replace(config, outbound_hosts=()))

    with app.app_context(), pytest.raises(OutboundError):
        WebSender("https://sms.example.cn/send", "k").send(UUID(int=1), "13900001111", "x")
