"""The two declarative bases: one for a city's own schema, one for the platform's."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Date, DateTime, MetaData, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import DeclarativeBase

PLATFORM_SCHEMA = "platform"

# Names of constraints are part of the product: they are mapped to messages and named by migrations.
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

type_map: dict[Any, Any] = {
    str: Text,
    UUID: Uuid,
    date: Date,
    datetime: DateTime(timezone=True),
    dict[str, Any]: JSONB,
    list[Any]: JSONB,
    list[str]: ARRAY(Text),
}


class Model(DeclarativeBase):
    """A table in every city's schema; its name carries no schema, the login's search path does."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMES)
    type_annotation_map = type_map


class PlatformModel(DeclarativeBase):
    """A table of the platform schema: which cities there are and who runs the deployment."""

    metadata: ClassVar[MetaData] = MetaData(schema=PLATFORM_SCHEMA, naming_convention=NAMES)
    type_annotation_map = type_map
