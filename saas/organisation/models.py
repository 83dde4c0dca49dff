"""The unit tree, the people and their posts."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from saas import text
from saas.crypto.fields import Sealed
from saas.db.base import Model
from saas.db.ids import new_id


class Unit(Model):
    """A node of the city's tree: an area of the division data, or a body attached to one.

    ``path`` is the materialised path, parts closed by a slash (``11/110115/110115005/``); a subtree
    is a prefix. ``scope`` is the path of what the unit answers for: a bureau or office answers for
    the area it is attached to, any other body for itself.
    """

    __tablename__ = "unit"
    __table_args__ = (
        CheckConstraint("kind in ('area', 'body')", name="kind"),
        UniqueConstraint("code"),
        Index("ix_unit_path", "path", postgresql_ops={"path": "text_pattern_ops"}),
        Index("ix_unit_parent_id", "parent_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str]
    body_type: Mapped[str | None]
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("unit.id"))
    path: Mapped[str]
    scope: Mapped[str]
    phone: Mapped[str | None]
    address: Mapped[str | None]
    short_name: Mapped[str | None]
    """How the unit is called inside a document number, 大兴 for 大兴区司法局."""
    active: Mapped[bool] = mapped_column(default=True)


class Person(Model):
    """Somebody who works in or for the city's units."""

    __tablename__ = "person"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    phone = Sealed("person.phone", mask=text.mask_phone)
    phone_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    phone_mask: Mapped[str | None]
    skills: Mapped[list[str]] = mapped_column(default=list)
    posts: Mapped[list["Post"]] = relationship(back_populates="person", order_by="Post.starts_on")


class Post(Model):
    """A person's post in a unit over time."""

    __tablename__ = "post"
    __table_args__ = (Index("ix_post_person_id", "person_id"), Index("ix_post_unit_id", "unit_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    title: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    person: Mapped[Person] = relationship(back_populates="posts")
    unit: Mapped[Unit] = relationship()
