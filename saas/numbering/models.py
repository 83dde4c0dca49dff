"""The last number given in each series."""

from sqlalchemy.orm import Mapped, mapped_column

from saas.db.base import Model


class Counter(Model):
    """The last number given for a kind of number in a series and year; locked by who takes the next."""

    __tablename__ = "number_counter"

    kind: Mapped[str] = mapped_column(primary_key=True)
    series: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]
