"""The keys of a city, wrapped."""

from datetime import datetime

from sqlalchemy import LargeBinary, SmallInteger, func
from sqlalchemy.orm import Mapped, mapped_column

from saas.db.base import Model


class DataKey(Model):
    """One key of the city, wrapped under the deployment's master key.

    Version 0 is the key of the blind indexes and stays for good. The others seal values: the highest is in use,
    lower ones open what was sealed before; ``retired_at`` says since when nothing was left under one.
    """

    __tablename__ = "data_key"

    version: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    alg: Mapped[str]
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    retired_at: Mapped[datetime | None]
