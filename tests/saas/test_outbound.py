"""Calls to other servers: to listed hosts only, to the address that was judged, once, and not for ever."""

import ipaddress
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from flask import Flask

from saas import outbound
from saas.config import Config
from saas.config_parts import ConfigError, OutboundHost

LOOPBACK = ipaddress.ip_network("127.0.0.0/8")
Listed = Callable[..., None]


class Server(ThreadingHTTPServer):
    """Counts who came."""

    asked = 0

    def handle_error(self, request: object, client_address: object) -> None:
        """Who hangs up on it is no fault."""


class Handler(BaseHTTPRequestHandler):
    """Answers as its path says."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        assert isinstance(self.server, Server)
        self.server.asked += 1
        if self.path == "/slow":
            threading.Event().wait(1.5)
        if self.path == "/redirect":
            self.send_response(302)
            self.send_header("Location", "http://169.254.169.254/latest/meta-data")
        else:
            self.send_response(200)
        body = b"x" * (5000 if self.path == "/long" else 2)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=made.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield made
    made.shutdown()
    made.server_close()
    thread.join()


@pytest.fixture
def listed(app: Flask, config: Config, monkeypatch: pytest.MonkeyPatch) -> Iterator[Listed]:
    """Let the application call these hosts and no others."""

    def let(*hosts: OutboundHost) -> None:
        monkeypatch.setitem(app.extensions, "fengqiao.config", replace(config, outbound_hosts=hosts))

    with app.app_context():
        yield let


def leads_to(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> list[str]:
    """Names lead to these addresses, each in turn; what was asked for is written down."""
    asked = list[str]()

    def resolve(host: str, port: int, **_how: object) -> list[tuple[object, ...]]:
        asked.append(host)
        address = addresses[min(len(asked), len(addresses)) - 1]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in address.split(",")]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return asked


def url(server: Server, path: str = "/", host: str = "127.0.0.1") -> str:
    return f"http://{host}:{server.server_port}{path}"


def test_a_listed_host_in_its_network_is_asked(server: Server, listed: Listed) -> None:
    listed(OutboundHost("127.0.0.1", LOOPBACK))

    assert outbound.fetch(url(server)) == outbound.Answer(200, b"xx")


def test_a_host_that_is_not_listed_is_not_asked(server: Server, listed: Listed) -> None:
    listed(OutboundHost("sms.example.cn"))

    with pytest.raises(outbound.OutboundRefusedError, match="not listed"):
        outbound.fetch(url(server))
    assert server.asked == 0


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",  # noqa: S104
     "::1", "::ffff:10.1.2.3", "fe80::1", "fd00::1", "64:ff9b::a00:1", "2002:a00:1::1", "8.8.8.8,10.0.0.1"],
)  # fmt: skip
def test_a_name_that_leads_inside_is_refused(listed: Listed, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    listed(OutboundHost("sms.example.cn"))
    leads_to(monkeypatch, address)

    with pytest.raises(outbound.OutboundRefusedError, match="leads to"):
        outbound.fetch("https://sms.example.cn/send")


def test_a_listed_network_is_not_another_one(listed: Listed, monkeypatch: pytest.MonkeyPatch) -> None:
    listed(OutboundHost("sso.intra", ipaddress.ip_network("10.8.0.0/16")))
    leads_to(monkeypatch, "10.9.0.1")

    with pytest.raises(outbound.OutboundRefusedError, match="leads to"):
        outbound.fetch("http://sso.intra/")


def test_an_address_of_the_internet_is_taken_with_https_only(listed: Listed, monkeypatch: pytest.MonkeyPatch) -> None:
    listed(OutboundHost("sms.example.cn"))
    leads_to(monkeypatch, "93.184.216.34")

    assert outbound.locate("https://sms.example.cn/a?b=1") == (
        "https",
        "sms.example.cn",
        443,
        "93.184.216.34",
        "/a?b=1",
    )
    with pytest.raises(outbound.OutboundRefusedError, match="only https"):
        outbound.locate("http://sms.example.cn/")


def test_a_name_is_resolved_once_so_that_rebinding_changes_nothing(
    server: Server, listed: Listed, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed(OutboundHost("sso.intra", LOOPBACK))
    asked = leads_to(monkeypatch, "127.0.0.1", "10.0.0.1")

    assert outbound.fetch(url(server, host="sso.intra")).status == 200
    assert asked == ["sso.intra"]


def test_a_name_that_was_good_is_judged_again_at_the_next_call(
    server: Server, listed: Listed, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed(OutboundHost("sso.intra", LOOPBACK))
    leads_to(monkeypatch, "127.0.0.1", "169.254.169.254")
    outbound.fetch(url(server, host="sso.intra"))

    with pytest.raises(outbound.OutboundRefusedError, match="leads to"):
        outbound.fetch(url(server, host="sso.intra"))


def test_a_redirect_is_not_followed(server: Server, listed: Listed) -> None:
    listed(OutboundHost("127.0.0.1", LOOPBACK))

    with pytest.raises(outbound.OutboundError, match="answered 302"):
        outbound.fetch(url(server, "/redirect"))
    assert server.asked == 1


def test_an_answer_over_the_limit_is_not_taken(server: Server, listed: Listed) -> None:
    listed(OutboundHost("127.0.0.1", LOOPBACK))

    with pytest.raises(outbound.OutboundError, match="too long"):
        outbound.fetch(url(server, "/long"), limit=100)


@pytest.mark.parametrize("limit", ["PATIENCE", "DEADLINE"])
def test_a_slow_server_is_left(server: Server, listed: Listed, monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    listed(OutboundHost("127.0.0.1", LOOPBACK))
    monkeypatch.setattr(outbound, limit, 0.2)

    with pytest.raises(outbound.OutboundError):
        outbound.fetch(url(server, "/slow"))


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "gopher://127.0.0.1/", "http://user@127.0.0.1/", "http://127.0.0.1:99999/", "http:///x",
     "http://127.0.0.1/a b", "http://127.0.0.1/\r\nX: y", "http://[::1", "//127.0.0.1/"],
)  # fmt: skip
def test_what_is_no_plain_web_address_is_refused(listed: Listed, address: str) -> None:
    listed(OutboundHost("127.0.0.1", LOOPBACK))

    with pytest.raises(outbound.OutboundRefusedError):
        outbound.fetch(address)


def test_the_list_is_read_from_the_environment() -> None:
    environ = {"FENGQIAO_OUTBOUND_HOSTS": "sms.example.cn, sso.intra=10.8.0.0/16", "DATABASE_URL": "postgresql:///x"}
    secrets = {"FENGQIAO_SECRET_KEY": "k" * 32, "FENGQIAO_DATABASE_SECRET": "d" * 32, "FENGQIAO_BACKUP_KEY": "b" * 32}

    read = Config.from_env(environ | secrets)

    inside = OutboundHost("sso.intra", ipaddress.ip_network("10.8.0.0/16"))
    assert read.outbound_hosts == (OutboundHost("sms.example.cn"), inside)
    with pytest.raises(ConfigError, match="FENGQIAO_OUTBOUND_HOSTS"):
        Config.from_env(environ | secrets | {"FENGQIAO_OUTBOUND_HOSTS": "sso.intra=10.8.0.1/16"})
