"""Where cities are: the PostgreSQL servers of the deployment, each with its address and its own queue."""

import hashlib
import hmac
import os
import re
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import Flask, current_app
from sqlalchemy import NullPool, create_engine, func, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from saas.config import current_config
from saas.db.logins import conninfo, login_url, worker_login
from saas.db.session import db
from saas.errors import AppError, ConflictError, InvalidInputError, NotFoundError
from saas.jobs import schema as queue
from saas.jobs.addresses import ELSEWHERE
from tenants import roles
from tenants.models import PlatformEvent, Server, Tenant

MAIN = "main"
NAME = re.compile(r"[a-z][a-z0-9-]{0,30}")
NONCE = 12  # bytes
KNOWN = "fengqiao.servers"


class WrongKeyError(AppError):
    """The address of a server cannot be opened with the secret of this deployment."""

    title = "服务器地址无法读取"


def init_app(app: Flask) -> None:
    """Let the workers find the queue of every server."""
    app.extensions[KNOWN] = {}

    def elsewhere() -> list[str]:
        with app.app_context():
            config = current_config()
            places = [place for name, place in list_places().items() if name != MAIN]
            return [conninfo(login_url(config, worker_login(config), place)) for place in places]

    app.extensions[ELSEWHERE] = elsewhere


def address_of(name: str) -> str:
    """The administrator's address of a server; it takes the key of backups to read it.

    Raises:
        NotFoundError: There is no such server.
        WrongKeyError: It was written down under another key.
    """
    return current_config().database_url if name == MAIN else _open(_get(name))


def front_of(name: str) -> str:
    """Where a server is asked for cities by their own logins, remembered once it is known; names no login.

    Raises:
        NotFoundError: There is no such server.
    """
    if name == MAIN:
        return current_config().database_url
    known: dict[str, str] = current_app.extensions[KNOWN]
    if name not in known:
        server = _get(name)
        known[name] = server.front or _place(server)
    return known[name]


def list_places() -> Mapping[str, str]:
    """Where every server is by its name, ``main`` first, past whatever stands before it."""
    with Session(db.engine) as session:
        servers = session.scalars(select(Server).order_by(Server.name)).all()
    return {MAIN: current_config().database_url} | {server.name: _place(server) for server in servers}


def list_servers() -> Mapping[str, str]:
    """The administrator's address of every server by its name, ``main`` first."""
    with Session(db.engine) as session:
        servers = session.scalars(select(Server).order_by(Server.name)).all()
    return {MAIN: current_config().database_url} | {server.name: _open(server) for server in servers}


def count_tenants() -> Mapping[str, int]:
    """How many cities are on each server that has any."""
    with Session(db.engine) as session:
        rows = session.execute(select(Tenant.server, func.count()).group_by(Tenant.server)).all()
        return {name: count for name, count in rows}  # noqa: C416 - dict() does not take rows.


def add_server(name: str, address: str, front: str | None = None, *, again: bool = False) -> None:
    """Prepare another server for cities: close what is open to everybody, make the worker's login and the queue.

    Args:
        name: How commands call it.
        address: The administrator's, beginning with ``postgresql://``; the database exists.
        front: Where requests and jobs ask for cities instead, without a login; such as a pooler before it.
        again: Write down another address for a server that is known already.

    Raises:
        InvalidInputError: The name or the address is none, or nobody answers there.
        ConflictError: The name is taken.
    """
    if not NAME.fullmatch(name) or name == MAIN:
        raise InvalidInputError({"name": "服务器名称只能用小写字母、数字和短横线，并以字母开头；main 已经使用。"})
    url = _normal(address)
    try:
        _prepare(url)
        with Session(create_engine(current_config().database_url, poolclass=NullPool)) as session, session.begin():
            keep = session.merge if again else session.add
            keep(Server(name=name, sealed=_seal(name, url), place=_bare(url), front=_bare(_normal(front or url))))
            session.add(PlatformEvent(action="server.added", actor_name="system", detail={"name": name}))
        current_app.extensions[KNOWN].pop(name, None)
    except IntegrityError as error:
        raise ConflictError(f"已经有名为“{name}”的数据库服务器，请换一个名称。") from error
    except DBAPIError as error:
        sentence = str(error.orig).splitlines()[0]
        raise InvalidInputError({"address": f"这台数据库服务器不能使用，请检查地址和权限：{sentence}"}) from error


def _prepare(url: str) -> None:
    config = current_config()
    with create_engine(url, poolclass=NullPool).begin() as connection:
        roles.prepare_server(connection, config)
        queue.install(connection, worker_login(config))


def _normal(address: str) -> str:
    try:
        url = make_url(address.replace("postgres://", "postgresql://", 1))
    except ArgumentError as error:
        raise InvalidInputError({"address": "数据库服务器地址应以 postgresql:// 开头。"}) from error
    if url.get_backend_name() != "postgresql":
        raise InvalidInputError({"address": "数据库服务器地址应以 postgresql:// 开头。"})
    return url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


def _bare(address: str) -> str:
    """An address without its login, readable by whoever reads the registry."""
    url = make_url(address)
    kept = url._replace(username=None, password=None)
    return kept.render_as_string(hide_password=False)


def _get(name: str) -> Server:
    with Session(db.engine) as session:
        server = session.get(Server, name)
    if server is None:
        raise NotFoundError(f"没有名为“{name}”的数据库服务器，请先用 flask server add 登记。")
    return server


def _place(server: Server) -> str:
    if not server.place:
        raise NotFoundError(f"服务器“{server.name}”是旧版本登记的，请用 flask server add --again 重新登记一次。")
    return server.place


def _cipher() -> AESGCM:
    secret = current_config().backup_key.encode()
    return AESGCM(hmac.new(secret, b"addresses of servers", hashlib.sha256).digest())


def _seal(name: str, address: str) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + _cipher().encrypt(nonce, address.encode(), name.encode())


def _open(server: Server) -> str:
    nonce, sealed = server.sealed[:NONCE], server.sealed[NONCE:]
    try:
        return _cipher().decrypt(nonce, sealed, server.name.encode()).decode()
    except InvalidTag as error:
        message = f"服务器“{server.name}”的地址是用另一个 FENGQIAO_BACKUP_KEY 保存的，请在有这个密钥的机器上操作。"
        raise WrongKeyError(message) from error
