"""The project's own PostgreSQL: made once, started when it is needed, reached through a socket only."""

import contextlib
import fcntl
import hashlib
import json
import os
import secrets
import shlex
import shutil
import socket
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

from saas.postgres_binaries import copied, find_binaries, major_version
from saas.unprivileged import Account, AccountError, account

ROOT = Path(__file__).resolve().parents[1]
DATABASE = "fengqiao"
SUPERUSER = "fengqiao"
SOCKET = ".s.PGSQL.5432"
LONGEST_SOCKET_FOLDER = 90  # bytes; the kernel allows 107 for folder and file name together
START_SECONDS = 60
SECRETS = frozenset({"secret_key", "database_secret", "postgres_password", "backup_key", "master_key"})
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "max_locks_per_transaction": "256",
    "fsync": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "password_encryption": "scram-sha-256",
}
PG_HBA = "# Everyone proves who they are, the owner of the machine included.\nlocal all all scram-sha-256\n"


class EmbeddedError(RuntimeError):
    """PostgreSQL could not be made, started or stopped; the text says in one sentence why."""


@dataclass(frozen=True)
class Server:
    """One PostgreSQL server that belongs to one copy of the project.

    Attributes:
        root: The project's folder; everything made lies in its `var` where the server can reach it.
    """

    root: Path = ROOT

    @property
    def var(self) -> Path:
        """The folder of everything a running copy makes."""
        return self.root / "var"

    @property
    def log(self) -> Path:
        """What PostgreSQL has to say."""
        return self.var / "log" / "postgres.log"

    @cached_property
    def account(self) -> Account:
        """Who PostgreSQL runs as, which never is root.

        Raises:
            EmbeddedError: We are root and no other account can be had.
        """
        try:
            return account((self.var / "pg", self._aside / "pg"))
        except AccountError as error:
            raise EmbeddedError(str(error)) from error

    @property
    def _key(self) -> str:
        return hashlib.sha256(str(self.root).encode()).hexdigest()[:12]

    @property
    def _aside(self) -> Path:
        return Path("/var/lib") / f"fengqiao-{self._key}"

    @cached_property
    def base(self) -> Path:
        """Where data and socket lie: `var`, or a folder of its own when the account cannot enter `var`."""
        self.var.mkdir(parents=True, exist_ok=True)
        return self.var if self.account.can_enter(self.var) else self._aside

    @property
    def data(self) -> Path:
        """The database files."""
        return self.base / "pg"

    @property
    def sockets(self) -> Path:
        """The folder of the socket, short enough for the kernel."""
        near = self.base / "run"
        if len(os.fsencode(near)) <= LONGEST_SOCKET_FOLDER:
            return near
        return Path(tempfile.gettempdir()) / f"fengqiao-{self._key}"

    @cached_property
    def binaries(self) -> Path:
        """The folder of PostgreSQL's programs, copied aside when the account cannot reach them.

        Raises:
            EmbeddedError: There is no PostgreSQL of version 15 or later.
        """
        found = find_binaries(self.root)
        if found is None:
            raise EmbeddedError(
                "No PostgreSQL was found: run 'make setup', install postgresql (15 or later), or set DATABASE_URL."
            )
        if self.account.can_enter(found):
            return found
        return copied(found, self._aside)

    @property
    def url(self) -> str:
        """The address of the administrator's database, as SQLAlchemy writes it."""
        password = self.instance()["postgres_password"]
        return f"postgresql+psycopg://{SUPERUSER}:{password}@/{DATABASE}?host={quote(str(self.sockets), safe='/')}"

    def instance(self) -> dict[str, str]:
        """The secrets of this copy, made on first use and readable by its owner only."""
        path = self.var / "instance.json"
        known = _read_secrets(path)
        if SECRETS - known.keys():
            with self._locked("instance"):
                # A copy made before a secret was invented keeps those it has.
                known = _new_secrets() | _read_secrets(path)
                _write_private(path, json.dumps(known, indent=2) + "\n")
        return known

    def is_running(self) -> bool:
        """Whether the server takes connections."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
            try:
                probe.connect(str(self.sockets / SOCKET))
            except OSError:
                return False
        return (self.data / "postmaster.pid").exists()

    def ensure_running(self) -> bool:
        """Start the server unless it runs; answer whether it was started now.

        Raises:
            EmbeddedError: It could not be made or started.
        """
        if self.is_running():
            return False
        with self._locked("postgres"):
            if self.is_running():
                return False
            self._make_folders()
            if not self.data.exists():
                self._initialise()
            self._start()
        return True

    def stop(self) -> bool:
        """Stop the server; answer whether it ran.

        Raises:
            EmbeddedError: It did not stop in time.
        """
        with self._locked("postgres"):
            if not self.is_running():
                return False
            self._run("pg_ctl", "-D", str(self.data), "-m", "fast", "-w", "stop")
        return True

    def _make_folders(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        self.base.mkdir(parents=True, exist_ok=True)
        self.sockets.mkdir(parents=True, exist_ok=True)
        if self.sockets.stat().st_uid not in {self.account.uid, os.geteuid()}:
            raise EmbeddedError(f"The folder {self.sockets} belongs to somebody else: remove it and start again.")
        self.account.own(self.sockets)
        self.sockets.chmod(0o755)

    def _initialise(self) -> None:
        """Make the database files beside their place and move them there when they are whole."""
        new = self.data.with_name("pg.new")
        for locale in ("C.UTF-8", "C"):
            shutil.rmtree(new, ignore_errors=True)
            self._private_folder(new)
            try:
                self._initdb(new, locale)
            except EmbeddedError:
                if locale == "C":
                    raise
            else:
                break
        (new / "pg_hba.conf").write_text(PG_HBA)
        self._run("postgres", "--single", "-D", str(new), "postgres", stdin=f"CREATE DATABASE {DATABASE};\n")
        new.rename(self.data)

    def _initdb(self, folder: Path, locale: str) -> None:
        password = self.base / "pg.password"
        _write_private(password, self.instance()["postgres_password"] + "\n")
        self.account.own(password)
        provider = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        try:
            self._run(
                "initdb", "-D", str(folder), "-U", SUPERUSER, "-A", "scram-sha-256", "-E", "UTF8",
                f"--pwfile={password}", f"--locale={locale}",
                *(provider if major_version(self.binaries) >= BUILTIN_LOCALES_SINCE else []),
            )  # fmt: skip
        finally:
            password.unlink()

    def _start(self) -> None:
        settings = SETTINGS | {"unix_socket_directories": str(self.sockets)}
        options = " ".join(f"-c {shlex.quote(f'{name}={value}')}" for name, value in settings.items())
        self._run("pg_ctl", "-D", str(self.data), "-w", "-t", str(START_SECONDS), "-o", options, "start")

    def _private_folder(self, path: Path) -> None:
        path.mkdir(mode=0o700)
        self.account.own(path)

    def _run(self, program: str, *arguments: str, stdin: str = "") -> None:
        """Run one of PostgreSQL's programs; what it prints goes to the log, so no caller's output stays open."""
        with self.log.open("a") as log:
            code = self.account.run([str(self.binaries / program), *arguments], stdin=stdin, output=log)
        if code != 0:
            raise EmbeddedError(f"PostgreSQL's {program} failed; the reason is at the end of {self.log}.")

    @contextlib.contextmanager
    def _locked(self, name: str) -> Iterator[None]:
        """Let one process at a time do what is named."""
        folder = self.var / "lock"
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / name).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


BUILTIN_LOCALES_SINCE = 17
SERVER = Server()


def ensure_running() -> str:
    """The administrator's database address; starts the embedded server when nothing else is named.

    Raises:
        EmbeddedError: The server could not be made or started.
    """
    elsewhere = os.environ.get("DATABASE_URL")
    if elsewhere:
        return elsewhere
    SERVER.ensure_running()
    return SERVER.url


def is_running() -> bool:
    """Whether the embedded server takes connections."""
    return SERVER.is_running()


def stop() -> bool:
    """Stop the embedded server; answer whether it ran."""
    return SERVER.stop()


def instance() -> dict[str, str]:
    """The secrets of this copy of the project, 64 hexadecimal digits each, by the names in :data:`SECRETS`."""
    return SERVER.instance()


def _read_secrets(path: Path) -> dict[str, str]:
    known: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    return known


def _new_secrets() -> dict[str, str]:
    return {name: secrets.token_hex(32) for name in sorted(SECRETS)}


def _write_private(path: Path, text: str) -> None:
    """Write a file only its owner may read, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    temporary.unlink(missing_ok=True)
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    temporary.replace(path)
