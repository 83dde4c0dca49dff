"""A real provider of identity, run by the test in a process of its own."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import requests

from tests import ports


@contextmanager
def running(people: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """The issuer's address; it knows these people, each with claims, by subject."""
    port = ports.find_free()
    known = [f"--user-claims={json.dumps({'sub': subject, **claims})}" for subject, claims in people.items()]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "-p", str(port), *known]
    environ = os.environ | {"NO_COLOR": "1"}
    with subprocess.Popen(command, env=environ, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:
        try:
            ports.wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def agree(address: str, subject: str) -> dict[str, str]:
    """Sign in at the provider as a person: what it sends the browser back with."""
    with requests.post(address, data={"sub": subject}, allow_redirects=False, timeout=10) as answer:
        assert answer.status_code == 302, answer.text
        return dict(parse_qsl(urlsplit(unescape(answer.headers["Location"])).query))


def came_back(path: str, answer: Mapping[str, str]) -> str:
    """The address at which the browser comes back."""
    return f"{path}?{urlencode(answer)}"


def asked(address: str) -> dict[str, str]:
    """What the browser was sent to the provider with."""
    return dict(re.findall(r"([a-z_]+)=([^&]*)", urlsplit(address).query))
