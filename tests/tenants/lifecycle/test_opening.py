"""A city made by an earlier release gets the lines of work that came since, and keeps what it has."""

from flask import Flask
from sqlalchemy import delete, select

from saas.audit.models import AuditEvent
from saas.db.session import db
from saas.domain import domains
from saas.identity.models import Role
from saas.workflow.models import ProcessVersion
from tenants import context, provisioning, starter
from tenants.lifecycle import opening

NEWER = "education"


def test_an_older_city_gets_the_roles_and_processes_it_never_had(app: Flask) -> None:
    with app.app_context():
        city = provisioning.create(provisioning.NewCity("older", "早先市", starter.plain("早先市", "1306")))
        newer = next(line for line in domains() if line.name == NEWER)
        others = {role.code for line in domains() if line is not newer for role in line.roles}
    lacking, keys = {role.code for role in newer.roles} - others, {pack.key for pack in newer.processes}
    with context.transaction(app, city):
        db.session.execute(delete(ProcessVersion).where(ProcessVersion.key.in_(keys)))
        for code in lacking:
            db.session.delete(db.session.get_one(Role, code))

    opened = opening.open_lines(app, city)
    again = opening.open_lines(app, city)

    assert (set(opened.roles), set(opened.processes)) == (lacking, keys)
    assert again == opening.Opened((), ())
    with context.entered(app, city):
        told = db.session.scalars(select(AuditEvent.subject_id).where(AuditEvent.action == "rights.role.changed"))
        assert set(told) >= lacking
