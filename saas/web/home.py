"""Small pages and acts of the platform: the staff's first page, the inbox, the text size, health."""

from uuid import UUID

from flask import g, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import literal, select
from sqlalchemy.exc import SQLAlchemyError

from saas.db.session import db
from saas.errors import BadRequestError
from saas.identity.permissions import public, signed_in
from saas.messages import queries as messages
from saas.messages import services as messaging
from saas.web.addresses import own_page
from saas.web.blueprint import city_only, web
from saas.web.context import TEXT_SIZE_COOKIE, TEXT_SIZES
from saas.web.menu import open_to
from saas.web.paging import wanted
from saas.web.transport import cookie_name

ONE_YEAR = 31_536_000  # seconds


@web.get("/staff")
@signed_in
@city_only
def home() -> ResponseReturnValue:
    """Show what the signed-in person may open, and their messages."""
    page = wanted()
    inbox = messages.list_inbox(g.actor.id, offset=page.offset, limit=page.limit)
    return render_template(
        "web/home.html",
        entries=[item for item in open_to(g.actor) if not item.current],
        messages=inbox,
        unread=messages.count_unread(g.actor.id),
        page=page.of(messages.count_inbox(g.actor.id)),
    )


@web.post("/staff/messages/<uuid:message_id>/read")
@signed_in
@city_only
def read_message(message_id: UUID) -> ResponseReturnValue:
    """Note one's own message as read."""
    messaging.mark_read(messages.get_message(message_id, user_id=g.actor.id))
    return redirect(url_for("web.home"), 303)


@web.post("/text-size")
@public
def set_text_size() -> ResponseReturnValue:
    """Keep the chosen size of text in a cookie, signed in or not, and return to the page."""
    size = request.form.get("size", "")
    if size not in TEXT_SIZES:
        raise BadRequestError("没有这种文字大小，请返回上一页重新选择。")
    answer = make_response(redirect(own_page(request.form.get("next"), "/"), 303))
    name = cookie_name(TEXT_SIZE_COOKIE)
    answer.set_cookie(name, size, max_age=ONE_YEAR, httponly=True, samesite="Lax", secure=request.is_secure)
    return answer


@web.get("/healthz")
@public
def health() -> ResponseReturnValue:
    """Whether the database answers; says nothing else."""
    try:
        if g.tenant is None:
            with db.engine.connect() as connection:
                connection.execute(select(literal(1)))
        else:
            db.session.execute(select(literal(1)))
    except SQLAlchemyError:
        return jsonify(database="unreachable"), 503
    return jsonify(database="ok")
