"""Two processes that want the same print: one makes it, the other waits and takes it."""

import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from flask import Flask
from sqlalchemy import func, select

from saas.db.session import TenantRef, db
from saas.documents import jobs, queries
from saas.documents.models import Document
from tenants import context
from tests.conftest import InTenant
from tests.mediation import factory
from tests.saas.documents.issued import issued


def test_the_row_is_locked_while_it_is_printed(app: Flask, beijing: TenantRef, in_tenant: InTenant) -> None:
    with in_tenant(beijing):
        document_id = issued(factory.open_application()).id
    begun, go_on = threading.Event(), threading.Event()

    def first() -> None:
        with app.app_context(), context.transaction(app, beijing):
            jobs.make(queries.get_document(document_id))
            begun.set()
            go_on.wait(20)

    def second() -> str:
        with app.app_context(), context.transaction(app, beijing):
            document = queries.get_document(document_id)
            assert document.state == "queued"
            threading.Timer(0.5, go_on.set).start()
            jobs.make(document)
            return f"{document.state} {document.digest}"

    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(first)
        assert begun.wait(20)
        assert is_locked(app, beijing, document_id)
        made = pool.submit(second).result()
        one.result()
    with in_tenant(beijing):
        assert made == f"ready {queries.get_document(document_id).digest}"


def is_locked(app: Flask, city: TenantRef, document_id: UUID) -> bool:
    """Whether another transaction holds the row."""
    with app.app_context(), context.transaction(app, city):
        free = select(Document.id).where(Document.id == document_id).with_for_update(skip_locked=True).subquery()
        return db.session.scalar(select(func.count()).select_from(free)) == 0
