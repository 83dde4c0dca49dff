"""The case, its parties, steps taken, tasks, links, and what is being filled in."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, and_, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from saas import text
from saas.cases import bulk_models, config_models  # noqa: F401 - whoever loads the models of cases loads them all
from saas.cases.clock_models import Clock
from saas.cases.people_models import Helper
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
    clocks: Mapped[list[Clock]] = relationship(back_populates="case", order_by="Clock.code")
    helpers: Mapped[list[Helper]] = relationship(
        primaryjoin=lambda: and_(
            Case.id == foreign(Helper.case_id), Helper.ended_at.is_(None), Helper.until > func.now()
        ),
        order_by=lambda: (Helper.since, Helper.id),
        viewonly=True,
    )
    """Those who help with the case now, by the database's clock."""


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
