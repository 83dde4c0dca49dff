"""The two histories of tables: the platform's own, and the one every city's schema goes through."""

import os
import pkgutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from io import StringIO
from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import RevisionStep
from alembic.script import ScriptDirectory
from psycopg import sql
from sqlalchemy import Connection, MetaData

from saas.db.base import PLATFORM_SCHEMA, Model, PlatformModel
from saas.embedded import ROOT
from tenants.statements import run

FILE_NAME = "%%(rev)s_%%(slug)s"
VERSIONS = "alembic_version"
PACKAGES = ("saas", "saas.dossier", "tenants", "blueprints")


@dataclass(frozen=True)
class History:
    """One line of revisions and the tables it leads to.

    Attributes:
        name: Of its folder.
        metadata: The models.
        folders: Where its revisions are; new ones go to the first.
    """

    name: str
    metadata: MetaData
    folders: list[Path] = field(default_factory=list)

    @property
    def head(self) -> str:
        """The newest revision."""
        return _newest(self.name, tuple(self.folders))

    @property
    def accepted(self) -> frozenset[str]:
        """The revisions this program can serve.

        The newest one; and the one before it as long as a revision says ``served_before = True``: that the
        program, as it is from this revision on, also works on tables that do not have it yet.
        """
        return _accepted(self.name, tuple(self.folders))

    def script(self, start: str | None = None, end: str = "head") -> str:
        """The SQL that leads from a revision, or from an empty schema, to another; names carry no schema.

        Raises:
            CommandError: There is no such revision.
        """
        return _script(self.name, tuple(self.folders), start, end)

    def stages(self, start: str | None) -> list[str]:
        """Where the way from a revision to the newest one is interrupted, and its end.

        A revision that says ``seals = True`` is followed by :func:`tenants.backfill.seal`, which SQL cannot do.
        """
        return _stages(self.name, tuple(self.folders), start)

    def renews(self, start: str) -> bool:
        """Whether the way from a revision to the newest one asks for :func:`tenants.renewal.renew` at its end.

        It does where a revision on it says ``renews = True``.
        """
        return _says(self.name, tuple(self.folders), start, "renews") != []

    def widens(self, start: str) -> list[Mapping[str, Sequence[str]]]:
        """What :func:`tenants.renewal.widen` is to do at the end of the way from a revision to the newest one.

        A revision says ``widens = {code: [permission, ...]}`` of roles that get permissions with it.
        """
        directory = _directory(self.name, tuple(self.folders))
        said = _says(self.name, tuple(self.folders), start, "widens")
        return [directory.get_revision(one).module.widens for one in said]

    def config(self, **attributes: object) -> AlembicConfig:
        """Alembic's view of the history."""
        config = AlembicConfig()
        config.set_main_option("script_location", str(ROOT / "migrations"))
        config.set_main_option("version_locations", os.pathsep.join(map(str, self.folders)))
        config.set_main_option("path_separator", "os")
        config.set_main_option("file_template", FILE_NAME)
        config.attributes.update(attributes)
        return config

    def upgrade(self, connection: Connection, schema: str, target: str = "head") -> None:
        """Bring a schema forward, inside the connection's transaction."""
        command.upgrade(self._on(connection, schema), target)

    def downgrade(self, connection: Connection, schema: str, target: str) -> None:
        """Take a schema back, inside the connection's transaction."""
        command.downgrade(self._on(connection, schema), target)

    def draft(self, connection: Connection, schema: str, message: str) -> None:
        """Write the next revision: what the models have and the schema, which is at the head, has not."""
        load_models()
        # Revisions are named by the time they were written, so that their order shows.
        moment = datetime.now(UTC).strftime("%Y%m%d%H%M")
        command.revision(self._on(connection, schema), message, autogenerate=True, rev_id=moment)

    def _on(self, connection: Connection, schema: str) -> AlembicConfig:
        if self is TENANT:
            # A city's tables carry no schema: they are made, and compared, in what is taken for the default one.
            run(connection, "SET LOCAL search_path = {schema}", schema=sql.Identifier(schema))

        # The dialect outlives the connection: what one history took for the default is not the other's.
        connection.dialect.default_schema_name = schema if self is TENANT else "public"

        def include_name(name: str | None, kind: str, _parents: object) -> bool:
            if kind == "table":
                return name != VERSIONS
            return kind != "schema" or name == (schema if self is PLATFORM else None)

        return self.config(
            connection=connection,
            metadata=self.metadata,
            schema=schema,
            include_schemas=self is PLATFORM,
            include_name=include_name,
        )


def _history(name: str, metadata: MetaData) -> History:
    return History(name, metadata, [ROOT / "migrations" / name / "versions"])


PLATFORM = _history(PLATFORM_SCHEMA, PlatformModel.metadata)
TENANT = _history("tenant", Model.metadata)
HISTORIES = {history.name: history for history in (PLATFORM, TENANT)}
BASE = ROOT / "migrations" / "tenant" / "base.sql"


def base_script() -> str:
    """The SQL that makes a new city's tables, as it stands in the repository."""
    return BASE.read_text(encoding="utf-8")


def write_base() -> None:
    """Write down anew the SQL that makes a new city's tables: what all revisions together come to."""
    BASE.write_text(TENANT.script(), encoding="utf-8")


@cache
def _directory(name: str, folders: tuple[Path, ...]) -> ScriptDirectory:
    del folders  # It is what tells one set of revisions from another.
    return ScriptDirectory.from_config(HISTORIES[name].config())


@cache
def _newest(name: str, folders: tuple[Path, ...]) -> str:
    head = _directory(name, folders).get_current_head()
    assert head is not None, f"the history {name} is empty"
    return head


@cache
def _accepted(name: str, folders: tuple[Path, ...]) -> frozenset[str]:
    found = []
    for revision in _directory(name, folders).walk_revisions():
        found.append(revision.revision)
        if not getattr(revision.module, "served_before", False):
            break
    return frozenset(found)


@cache
def _stages(name: str, folders: tuple[Path, ...], start: str | None) -> list[str]:
    head = _newest(name, folders)
    return [stop for stop in _says(name, folders, start, "seals") if stop != head] + [head]


@cache
def _says(name: str, folders: tuple[Path, ...], start: str | None, what: str) -> list[str]:
    """The revisions after one that say something of themselves, the oldest first."""
    ahead = reversed(list(_directory(name, folders).iterate_revisions("head", start or "base")))
    return [found.revision for found in ahead if found.revision != start and getattr(found.module, what, False)]


@cache
def _script(name: str, folders: tuple[Path, ...], start: str | None, end: str) -> str:
    directory, written = _directory(name, folders), StringIO()

    def steps(revision: str, _context: object) -> list[RevisionStep]:
        return directory._upgrade_revs(end, revision)  # noqa: SLF001 - as Alembic's own command does

    config = HISTORIES[name].config()
    with EnvironmentContext(config, directory, fn=steps, as_sql=True, starting_rev=start) as environment:
        environment.configure(dialect_name="postgresql", output_buffer=written, transactional_ddl=False)
        environment.run_migrations()
    return "\n".join(line.rstrip() for line in written.getvalue().splitlines()) + "\n"


def load_models() -> None:
    """Import every module of models, so that the metadata is whole."""
    for package in PACKAGES:
        for part in pkgutil.iter_modules(import_module(package).__path__):
            name = f"{package}.{part.name}.models" if part.ispkg else f"{package}.{part.name}"
            if name.endswith(".models") and find_spec(name) is not None:
                import_module(name)
