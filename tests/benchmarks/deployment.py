"""Where the benchmark happens: two PostgreSQL servers of its own and the whole application on the first."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from saas.config import Config
from saas.db.session import db
from saas.embedded import Server
from tenants import connections, placement
from tests.benchmarks.city import make_app

SECOND = "second"


@dataclass(frozen=True)
class Deployment:
    """The application, its settings, and a folder that goes away afterwards."""

    app: Flask
    config: Config
    folder: Path

    def environment(self) -> Mapping[str, str]:
        """What a process of its own needs to serve the same deployment."""
        return {
            "DATABASE_URL": self.config.database_url,
            "FENGQIAO_SECRET_KEY": self.config.secret_key,
            "FENGQIAO_DATABASE_SECRET": self.config.database_secret,
            "FENGQIAO_STORAGE_DIR": str(self.config.storage_dir),
            "FENGQIAO_PLAIN_HTTP": "yes",
            "FENGQIAO_BACKUP_KEY": self.config.backup_key,
        }


@contextmanager
def deployed() -> Iterator[Deployment]:
    """Start both servers and make the application; stop and remove everything at the end."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="fqb")))
        # The account PostgreSQL runs as has to reach its files in here.
        folder.chmod(0o755)
        main, other = (stack.enter_context(_running(folder / name)) for name in ("a", "b"))
        config = Config(
            main,
            "k" * 32,
            "d" * 32,
            storage_dir=folder / "storage",
            backup_key="b" * 32,
            master_key="m" * 32,
            plain_http=True,
        )
        app = make_app(config)
        with app.app_context():
            placement.add_server(SECOND, other)
        try:
            yield Deployment(app, config, folder)
        finally:
            with app.app_context():
                connections.dispose()
                db.engine.dispose()


@contextmanager
def _running(folder: Path) -> Iterator[str]:
    """The administrator's address of a server that runs inside the block."""
    folder.mkdir()
    server = Server(folder)
    server.ensure_running()
    try:
        yield server.url
    finally:
        server.stop()
