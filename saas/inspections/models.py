"""The tables of inspections: the plan, what may be drawn, who may draw it, who keeps out, who inspects what."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from saas.db.base import Model
from saas.db.ids import new_id
from saas.identity.models import User
from saas.organisation.models import Unit


class Plan(Model):
    """A planned inspection of a kind under a unit, and how far it has come.

    ``digest`` fixes the lists, ``seed`` is made afterwards; both stay. ``planned_by`` and ``published_by`` are names as
    they were.
    """

    __tablename__ = "inspection_plan"
    __table_args__ = (
        CheckConstraint("state in ('planned', 'frozen', 'drawn', 'published', 'closed')", name="state"),
        CheckConstraint("share between 1 and 100", name="share"),
        CheckConstraint("per_object > 0", name="per_object"),
        CheckConstraint("(seed is null) = (drawn_at is null)", name="seed"),
        CheckConstraint("seed is null or digest is not null", name="digest_first"),
        Index("ix_inspection_plan_unit_path", "unit_path", postgresql_ops={"unit_path": "text_pattern_ops"}),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    title: Mapped[str]
    content: Mapped[str]
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    unit_path: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    due_on: Mapped[date]
    share: Mapped[int]
    per_object: Mapped[int]
    state: Mapped[str] = mapped_column(default="planned")
    planned_by: Mapped[str]
    planned_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    planned_at: Mapped[datetime]
    digest: Mapped[str | None]
    frozen_at: Mapped[datetime | None]
    seed: Mapped[str | None]
    drawn_at: Mapped[datetime | None]
    published_by: Mapped[str | None]
    published_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    published_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    unit: Mapped[Unit] = relationship()


class Item(Model):
    """Something that may be drawn; ``position`` is its place in the draw, from 1, where it was drawn.

    ``ref`` is what the draw knows it by. The result stands on it: points by criterion, their sum, the grade, what was
    found, and by when it was to be and has been put right. ``amended`` tells what a published result was before.
    """

    __tablename__ = "inspection_item"
    __table_args__ = (
        UniqueConstraint("plan_id", "ref"),
        UniqueConstraint("plan_id", "position"),
        CheckConstraint("grade is null or position is not null", name="drawn_only"),
        CheckConstraint("(grade is null) = (recorded_at is null)", name="recorded"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("inspection_plan.id"))
    ref: Mapped[str]
    title: Mapped[str]
    unit_name: Mapped[str]
    unit_path: Mapped[str]
    position: Mapped[int | None]
    scores: Mapped[dict[str, Any]] = mapped_column(default=dict)
    points: Mapped[int | None]
    grade: Mapped[str | None]
    findings: Mapped[str | None]
    inspected_on: Mapped[date | None]
    recorded_by: Mapped[str | None]
    recorded_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    recorded_at: Mapped[datetime | None]
    rectify_by: Mapped[date | None]
    rectified_on: Mapped[date | None]
    rectified: Mapped[str | None]
    amended: Mapped[list[Any]] = mapped_column(default=list)
    plan: Mapped[Plan] = relationship()
    assignments: Mapped[list["Assignment"]] = relationship(
        back_populates="item", order_by="(Assignment.place, Assignment.since, Assignment.id)"
    )


class Inspector(Model):
    """Somebody who may be drawn to inspect."""

    __tablename__ = "inspection_inspector"
    __table_args__ = (UniqueConstraint("plan_id", "user_id"), Index("ix_inspection_inspector_user_id", "user_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("inspection_plan.id"))
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    name: Mapped[str]
    user: Mapped[User] = relationship()


class Recusal(Model):
    """An inspector who keeps out of an object, and why; it is never taken back. ``late`` is after the draw."""

    __tablename__ = "inspection_recusal"
    __table_args__ = (UniqueConstraint("item_id", "inspector_id"), Index("ix_inspection_recusal_plan_id", "plan_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("inspection_plan.id"))
    item_id: Mapped[UUID] = mapped_column(ForeignKey("inspection_item.id"))
    inspector_id: Mapped[UUID] = mapped_column(ForeignKey("inspection_inspector.id"))
    reason: Mapped[str]
    late: Mapped[bool]
    since: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    item: Mapped[Item] = relationship()
    inspector: Mapped[Inspector] = relationship()


class Assignment(Model):
    """An inspector of a drawn object; ``ended_at`` is when somebody else took the place, by ``replaces_id``."""

    __tablename__ = "inspection_assignment"
    __table_args__ = (
        UniqueConstraint("item_id", "inspector_id"),
        Index("ix_inspection_assignment_inspector_id", "inspector_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    item_id: Mapped[UUID] = mapped_column(ForeignKey("inspection_item.id"))
    inspector_id: Mapped[UUID] = mapped_column(ForeignKey("inspection_inspector.id"))
    place: Mapped[int]
    replaces_id: Mapped[UUID | None] = mapped_column(ForeignKey("inspection_assignment.id"))
    since: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    item: Mapped[Item] = relationship(back_populates="assignments")
    inspector: Mapped[Inspector] = relationship()
