"""A city's values of declared settings."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from saas.db.base import Model


class SettingValue(Model):
    """A city's value of a declared setting, under ``value`` so that any JSON type fits."""

    __tablename__ = "setting_value"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[dict[str, Any]]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]
