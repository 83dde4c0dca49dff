"""Serves the application and works its queue until it is told to stop; runs under the Python of `.venv`."""

import importlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from types import FrameType

import waitress
from flask import Flask

from saas.bootstrap.project import BIN, ROOT, application_environment, say

HOST = "127.0.0.1"
THREADS = 8
LARGEST_BODY = 60 * 1024 * 1024  # bytes; several attachments of 20 MB in one form
SILENT_SECONDS = 30
BACK_OFF = (1, 2, 5, 15, 60)  # seconds before the worker is started again after it failed
GOOD_RUN_SECONDS = 120
STOP_SECONDS = 10


class Worker:
    """The process that works the queue; started again, ever more slowly, when it ends by itself."""

    def __init__(self, command: list[str]) -> None:
        """Remember what to run.

        Args:
            command: The program and its arguments.
        """
        self._command = command
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep, name="worker", daemon=True)

    def start(self) -> None:
        """Begin to work the queue beside the caller."""
        self._thread.start()

    def stop(self) -> None:
        """End the worker after the job it is at, or after ten seconds."""
        self._stopping.set()
        process = self._process
        if process is None:
            return
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
        self._thread.join(STOP_SECONDS)

    def _keep(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            lasted = self._run_once()
            failures = 0 if lasted else min(failures + 1, len(BACK_OFF))
            self._stopping.wait(BACK_OFF[max(failures - 1, 0)])

    def _run_once(self) -> bool:
        """Run the worker to its end; answer whether it lasted long enough to count as healthy."""
        patience = threading.Event()
        timer = threading.Timer(GOOD_RUN_SECONDS, patience.set)
        timer.daemon = True
        timer.start()
        self._process = subprocess.Popen(
            self._command, cwd=ROOT, env=application_environment(), stdin=subprocess.DEVNULL, start_new_session=True
        )
        if self._stopping.is_set():
            self._process.terminate()
        self._process.wait()
        timer.cancel()
        return patience.is_set()


def worker_command() -> list[str]:
    """How the worker is started: where the machine can, so that it ends when we are killed."""
    setpriv = shutil.which("setpriv")
    guard = [setpriv, "--pdeathsig", "TERM"] if setpriv and Path("/proc/self").exists() else []
    return [*guard, str(BIN / "flask"), "jobs", "work"]


def is_free(port: int) -> bool:
    """Whether nothing listens on a port of this machine."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def main(port: int) -> int:
    """Serve until SIGINT or SIGTERM.

    Args:
        port: The TCP port on the loopback address.
    """
    if not is_free(port):
        sys.stderr.write(f"Port {port} is taken: stop what uses it, or choose another with PORT=8001.\n")
        return 1
    os.environ.update(application_environment())
    # This listens on the loopback address only; a deployment puts a proxy with TLS in front of its own server.
    os.environ.setdefault("FENGQIAO_PLAIN_HTTP", "yes")
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _end)
    application = _application()
    server = _server(application, port)
    worker = Worker(worker_command())
    try:
        _announce(port, _ask(application, "tenant", "list", "--json"), _ask(application, "demo", "users"))
        # The worker loads the same modules: begun now, it does not hold up the first page.
        worker.start()
        server.run()
    finally:
        worker.stop()
        server.close()
    return 0


def addresses(port: int, tenants: str) -> list[str]:
    """The lines that tell where the application is found.

    Args:
        port: The port it listens on.
        tenants: What `flask tenant list --json` printed.
    """
    cities = json.loads(tenants or "[]")
    return [f"http://{HOST}:{port}"] + [f"http://{city['code']}.localhost:{port}  {city['name']}" for city in cities]


def _application() -> Flask:
    """The application, once it is sure that it can print."""
    sys.path.insert(0, str(ROOT))
    application: Flask = importlib.import_module("wsgi").app
    fonts_dir = application.extensions["fengqiao.config"].fonts_dir
    importlib.import_module("saas.documents.render").check_engine(fonts_dir)
    return application


def _server(application: Flask, port: int) -> waitress.server.BaseWSGIServer:
    """The listening server with the application in it."""
    return waitress.create_server(
        application,
        host=HOST,
        port=port,
        threads=THREADS,
        max_request_body_size=LARGEST_BODY,
        channel_timeout=SILENT_SECONDS,
        ident=None,
    )


def _ask(application: Flask, *command: str) -> str:
    """What one of the application's own commands prints, asked in this process: another would load it all again."""
    return application.test_cli_runner().invoke(args=list(command)).stdout


def _announce(port: int, tenants: str, users: str) -> None:
    say("\nFengqiao is ready:")
    for line in addresses(port, tenants):
        say(f"  {line}")
    say(f"\n{users.rstrip()}\n\nStop with Ctrl-C.")


def _end(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
