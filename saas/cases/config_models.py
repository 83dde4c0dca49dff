"""What a city itself says of code lists and of the working calendar."""

from datetime import date, datetime

from sqlalchemy.orm import Mapped, mapped_column

from saas.db.base import Model


class CodeItem(Model):
    """An entry of a code list as the city uses it; national entries cannot be removed, only closed."""

    __tablename__ = "code_item"

    list_key: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    parent: Mapped[str | None]
    position: Mapped[int]
    active: Mapped[bool] = mapped_column(default=True)


class CalendarDay(Model):
    """A correction of the national working calendar for this city, with its source."""

    __tablename__ = "calendar_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    working: Mapped[bool]
    source: Mapped[str]


class CalendarYear(Model):
    """A year whose arrangement of holidays was published and loaded here, with the notice it was taken from."""

    __tablename__ = "calendar_year"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    source: Mapped[str]
    loaded_at: Mapped[datetime]
    loaded_by: Mapped[str]
