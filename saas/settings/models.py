"""A city's values of declared settings, and the stamp on all of its configuration."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, true
from sqlalchemy.orm import Mapped, mapped_column

from saas.db.base import Model


class SettingValue(Model):
    """A city's value of a declared setting, under ``value`` so that any JSON type fits."""

    __tablename__ = "setting_value"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[dict[str, Any]]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]


class ConfigStamp(Model):
    """The one row that triggers of the configuration's tables write anew; see :mod:`saas.settings.remembering`."""

    __tablename__ = "config_stamp"
    __table_args__ = (CheckConstraint("one", name="one"),)

    one: Mapped[bool] = mapped_column(primary_key=True, default=True, server_default=true())
    stamp: Mapped[UUID]
