"""The case, its parties, steps taken, clocks, tasks, and what is being filled in."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, and_, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from saas import text
from saas.crypto.fields import Sealed, SealedDate, SealedJson
from saas.db.base import Model
from saas.db.ids import new_id
from saas.identity.models import User
from saas.organisation.models import Unit
from saas.workflow.models import ProcessVersion


class Case(Model):
    """One matter in one version of one process.

    ``unit_path`` and ``party_text`` repeat what the unit and the parties say, so that the work list
    is one indexed statement. ``revision`` grows with every act; a form carries the one it was drawn from.
    ``label`` says how closely it is kept: 0 一般, 1 敏感, 2 重要; its files and documents are kept as it is.
    """

    __tablename__ = "case_file"
    __table_args__ = (
        CheckConstraint("label between 0 and 2", name="label"),
        UniqueConstraint("number"),
        Index("ix_case_file_unit_path", "unit_path", postgresql_ops={"unit_path": "text_pattern_ops"}),
        Index("ix_case_file_process_state", "process_key", "state"),
        Index("ix_case_file_handler_id", "handler_id"),
        Index("ix_case_file_opened_at", "opened_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    number: Mapped[str]
    process_id: Mapped[UUID] = mapped_column(ForeignKey("process_version.id"))
    process_key: Mapped[str]
    domain: Mapped[str]
    state: Mapped[str]
    flags: Mapped[list[str]] = mapped_column(default=list)
    regions: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    """Where each thing stands that goes on side by side in the present state: region to inner state."""
    title: Mapped[str]
    kind: Mapped[str | None]
    source: Mapped[str | None]
    outcome: Mapped[str | None]
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    unit_path: Mapped[str]
    label: Mapped[int] = mapped_column(default=0, server_default="0")
    area_name: Mapped[str]
    party_text: Mapped[str]
    handler_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    assigned_at: Mapped[datetime | None]
    """When it was given to its handler."""
    data = SealedJson("case_file.data")
    data_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    figures: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    """The numbers among the data, for statistics, which open nothing."""
    revision: Mapped[int] = mapped_column(default=0)
    query_code: Mapped[str]
    contact_tail: Mapped[str | None]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
    process: Mapped[ProcessVersion] = relationship()
    unit: Mapped[Unit] = relationship()
    handler: Mapped[User | None] = relationship()
    parties: Mapped[list["Party"]] = relationship(back_populates="case", order_by="Party.seq")
    steps: Mapped[list["Step"]] = relationship(back_populates="case", order_by="Step.seq")
    clocks: Mapped[list["Clock"]] = relationship(back_populates="case", order_by="Clock.code")
    helpers: Mapped[list["Helper"]] = relationship(
        primaryjoin=lambda: and_(
            Case.id == foreign(Helper.case_id), Helper.ended_at.is_(None), Helper.until > func.now()
        ),
        order_by=lambda: (Helper.since, Helper.id),
        viewonly=True,
    )
    """Those who help with the case now, by the database's clock."""


class Helper(Model):
    """Somebody of another unit who may read and act in one case until a moment, or until it is taken back."""

    __tablename__ = "case_helper"
    __table_args__ = (
        Index("ix_case_helper_case_id", "case_id"),
        Index("ix_case_helper_user_id", "user_id", postgresql_where="ended_at is null"),
        Index("uq_case_helper_open", "case_id", "user_id", unique=True, postgresql_where="ended_at is null"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"))
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    since: Mapped[datetime] = mapped_column(server_default=func.now())
    until: Mapped[datetime]
    reason: Mapped[str]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    ended_at: Mapped[datetime | None]
    user: Mapped[User] = relationship(foreign_keys=user_id)


class Recusal(Model):
    """Somebody who keeps out of a case: neither acts in it nor is given it."""

    __tablename__ = "case_recusal"
    __table_args__ = (
        Index("uq_case_recusal_open", "case_id", "user_id", unique=True, postgresql_where="ended_at is null"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"))
    user_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    reason: Mapped[str]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    since: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    user: Mapped[User] = relationship(foreign_keys=user_id)


class BulkExport(Model):
    """A list too long to be taken out on one person's word: asked for by one, approved by another, taken once.

    ``query`` is the address's query the list was drawn with.
    """

    __tablename__ = "bulk_export"
    __table_args__ = (
        CheckConstraint("state in ('waiting', 'approved', 'refused', 'taken')", name="state"),
        CheckConstraint("decided_by_id <> asked_by_id", name="two_persons"),
        Index("ix_bulk_export_asked_by_id", "asked_by_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    query: Mapped[str]
    rows: Mapped[int]
    reason: Mapped[str]
    unit_path: Mapped[str]
    state: Mapped[str] = mapped_column(default="waiting")
    asked_by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    asked_at: Mapped[datetime]
    decided_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    decided_at: Mapped[datetime | None]
    taken_at: Mapped[datetime | None]
    asked_by: Mapped[User] = relationship(foreign_keys=asked_by_id)
    decided_by: Mapped[User | None] = relationship(foreign_keys=decided_by_id)


class Party(Model):
    """A person or organisation on a side of the case."""

    __tablename__ = "party"
    __table_args__ = (
        CheckConstraint("kind in ('natural', 'legal')", name="kind"),
        UniqueConstraint("case_id", "seq"),
        Index("ix_party_id_number_index", "id_number_index"),
        Index("ix_party_phone_index", "phone_index"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"))
    seq: Mapped[int]
    side: Mapped[str]
    kind: Mapped[str]
    name: Mapped[str]
    id_number = Sealed("party.id_number", mask=text.mask_id_number, index=True)
    id_number_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    id_number_mask: Mapped[str | None]
    id_number_index: Mapped[bytes | None] = mapped_column(LargeBinary)
    gender: Mapped[str | None]
    birth = SealedDate("party.birth")
    birth_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    ethnicity: Mapped[str | None]
    occupation: Mapped[str | None]
    phone = Sealed("party.phone", mask=text.mask_phone, index=True)
    phone_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    phone_mask: Mapped[str | None]
    phone_index: Mapped[bytes | None] = mapped_column(LargeBinary)
    address = Sealed("party.address", mask=text.mask_address)
    address_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    address_mask: Mapped[str | None]
    representative: Mapped[str | None]
    agent_for: Mapped[str | None]
    case: Mapped[Case] = relationship(back_populates="parties")


class Step(Model):
    """A step taken: who did which action when, from which state to which, with what was entered.

    A verb, which no process draws, is a step whose action is ``@`` and its name. ``region`` names the region that
    was moved in, ``void`` says that the step counts no longer, ``basis`` what the engine went by: where the case stood
    before (``before``), whether a document was made (``issued``), rows of tables (``decisions``) and numbers
    (``params``).
    """

    __tablename__ = "step_taken"
    __table_args__ = (
        CheckConstraint("void in ('withdrawn', 'sent_back')", name="void"),
        UniqueConstraint("case_id", "seq"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"))
    seq: Mapped[int]
    action: Mapped[str]
    title: Mapped[str]
    from_state: Mapped[str | None]
    to_state: Mapped[str]
    actor_id: Mapped[UUID | None]
    actor_name: Mapped[str]
    actor_role: Mapped[str]
    input = SealedJson("step_taken.input")
    input_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    region: Mapped[str | None]
    void: Mapped[str | None]
    basis: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    proposal: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    """Who was proposed as handler and why; see :mod:`saas.cases.assigning`."""
    happened_at: Mapped[datetime]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
    case: Mapped[Case] = relationship(back_populates="steps")

    @property
    def drawn(self) -> bool:
        """Whether the process draws the step, and it counts: neither a verb, nor withdrawn, nor sent back past."""
        return self.void is None and not self.action.startswith("@")


class Clock(Model):
    """The running of one limit: a cache of what :mod:`saas.workflow.clocks` computes from the steps.

    ``rule`` is the rule as it stood when the clock started; ``due_on`` is a date in the city's zone. ``alarm_on`` is
    the day on which somebody has to be told of it next.
    """

    __tablename__ = "case_clock"
    __table_args__ = (
        UniqueConstraint("case_id", "code"),
        Index("ix_case_clock_due_on", "due_on", postgresql_where="stopped_on is null"),
        Index("ix_case_clock_alarm_on", "alarm_on", postgresql_where="alarm_on is not null"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"))
    code: Mapped[str]
    title: Mapped[str]
    rule: Mapped[dict[str, Any]]
    started_on: Mapped[date]
    due_on: Mapped[date]
    warn_on: Mapped[date | None]
    stopped_on: Mapped[date | None]
    paused: Mapped[bool] = mapped_column(default=False)
    provisional: Mapped[bool] = mapped_column(default=False)
    trail: Mapped[list[Any]] = mapped_column(default=list)
    alarm_on: Mapped[date | None]
    promised_on: Mapped[date | None]
    case: Mapped[Case] = relationship(back_populates="clocks")


class ClockAlarm(Model):
    """That somebody was told of a limit at a level, once; ``about`` is the running or the last day it was told of."""

    __tablename__ = "clock_alarm"

    case_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    level: Mapped[str] = mapped_column(primary_key=True)
    about: Mapped[date] = mapped_column(primary_key=True)
    told_at: Mapped[datetime] = mapped_column(server_default=func.now())


class ClockMove(Model):
    """A last day that became another one because a calendar was loaded or changed."""

    __tablename__ = "clock_move"
    __table_args__ = (Index("ix_clock_move_moved_at", "moved_at"), Index("ix_clock_move_case_id", "case_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"))
    code: Mapped[str]
    title: Mapped[str]
    old_due_on: Mapped[date]
    new_due_on: Mapped[date]
    cause: Mapped[str]
    moved_at: Mapped[datetime]
    case: Mapped[Case] = relationship()


class Task(Model):
    """What waits for whom: one open row per case for the roles of its state's queue, or for its handler.

    Besides it a row for each region that goes on, and for each signature that is wanted: ``region`` names them
    (``region``, ``@step:role``, ``@step:person``). ``owner_id`` is who gave it out for a while.
    """

    __tablename__ = "task"
    __table_args__ = (
        Index(
            "ix_task_open",
            "unit_path",
            postgresql_where="done_at is null",
            postgresql_ops={"unit_path": "text_pattern_ops"},
        ),
        Index("ix_task_assignee_id", "assignee_id", postgresql_where="done_at is null"),
        Index("ix_task_case_id", "case_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"))
    state: Mapped[str]
    title: Mapped[str]
    roles: Mapped[list[str]]
    unit_path: Mapped[str]
    label: Mapped[int] = mapped_column(default=0, server_default="0")
    assignee_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("app_user.id"))
    region: Mapped[str | None]
    created_at: Mapped[datetime]
    due_on: Mapped[date | None]
    done_at: Mapped[datetime | None]
    case: Mapped[Case] = relationship()
    assignee: Mapped[User | None] = relationship(foreign_keys=assignee_id)
    owner: Mapped[User | None] = relationship(foreign_keys=owner_id)


class CaseLink(Model):
    """Two cases that belong together; ``kind`` is ``related``, or ``merged`` where the first went into the other."""

    __tablename__ = "case_link"
    __table_args__ = (
        CheckConstraint("kind in ('related', 'merged')", name="kind"),
        CheckConstraint("case_id <> other_id", name="two_cases"),
        UniqueConstraint("case_id", "other_id"),
        Index("ix_case_link_other_id", "other_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"))
    other_id: Mapped[UUID] = mapped_column(ForeignKey("case_file.id"))
    kind: Mapped[str]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("app_user.id"))
    made_at: Mapped[datetime]
    case: Mapped[Case] = relationship(foreign_keys=case_id)
    other: Mapped[Case] = relationship(foreign_keys=other_id)


class Draft(Model):
    """A form being filled in: a citizen's application or a clerk's step.

    ``resume_hash`` is the digest of the code that opens a citizen's draft on another device.
    """

    __tablename__ = "draft"
    __table_args__ = (Index("ix_draft_resume_hash", "resume_hash"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    process_key: Mapped[str]
    way: Mapped[str]
    page: Mapped[str]
    data = SealedJson("draft.data")
    data_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    resume_hash: Mapped[str | None]
    phone_tail: Mapped[str | None]
    user_id: Mapped[UUID | None]
    case_id: Mapped[UUID | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


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
