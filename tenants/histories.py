"""The two histories of tables: the platform's own, and the one every city's schema goes through."""

import pkgutil
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from importlib.util import find_spec

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.script import ScriptDirectory
from psycopg import sql
from sqlalchemy import Connection, MetaData

from saas.db.base import PLATFORM_SCHEMA, Model, PlatformModel
from saas.embedded import ROOT
from tenants.statements import run

FILE_NAME = "%%(rev)s_%%(slug)s"
VERSIONS = "alembic_version"
PACKAGES = ("saas", "tenants", "blueprints")


@dataclass(frozen=True)
class History:
    """One line of revisions and the tables it leads to."""

    name: str
    metadata: MetaData

    @property
    def head(self) -> str | None:
        """The newest revision."""
        return ScriptDirectory.from_config(self.config()).get_current_head()

    def config(self, **attributes: object) -> AlembicConfig:
        """Alembic's view of the history."""
        config = AlembicConfig()
        config.set_main_option("script_location", str(ROOT / "migrations"))
        config.set_main_option("version_locations", str(ROOT / "migrations" / self.name / "versions"))
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
            connection.dialect.default_schema_name = schema

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


PLATFORM = History(PLATFORM_SCHEMA, PlatformModel.metadata)
TENANT = History("tenant", Model.metadata)
HISTORIES = {history.name: history for history in (PLATFORM, TENANT)}


def load_models() -> None:
    """Import every module of models, so that the metadata is whole."""
    for package in PACKAGES:
        for part in pkgutil.iter_modules(import_module(package).__path__):
            name = f"{package}.{part.name}.models" if part.ispkg else f"{package}.{part.name}"
            if name.endswith(".models") and find_spec(name) is not None:
                import_module(name)
