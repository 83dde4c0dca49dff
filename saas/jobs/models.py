"""What jobs have done, so that a job run twice has its effect once."""

from datetime import datetime

from sqlalchemy import func
from sqlalchemy.orm import Mapped, mapped_column

from saas.db.base import Model


class JobRun(Model):
    """The ledger row of a finished job, written in the transaction of its effects."""

    __tablename__ = "job_run"

    job_key: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    finished_at: Mapped[datetime] = mapped_column(server_default=func.now())
