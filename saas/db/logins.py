"""Logins with fewer rights than the administrator's: their names, and passwords nobody has to keep."""

import hashlib
import hmac

from sqlalchemy import URL, make_url

from saas.config import Config


def platform_login(config: Config) -> str:
    """Who reads and writes the platform's own tables; carries the database's name, as a cluster may hold several."""
    return f"{_database(config)}_platform"


def worker_login(config: Config) -> str:
    """Who takes jobs from the queue."""
    return f"{_database(config)}_worker"


def password_of(config: Config, login: str) -> str:
    """The password of a login: derived, so that it is the same in every process and stored in none."""
    return hmac.new(config.database_secret.encode(), login.encode(), hashlib.sha256).hexdigest()


def login_url(config: Config, login: str, server: str | None = None) -> URL:
    """The address of the database for a login; on another server, given its administrator's address."""
    return make_url(server or config.database_url).set(username=login, password=password_of(config, login))


def conninfo(url: URL) -> str:
    """The address as libpq writes it, for connections made without SQLAlchemy."""
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def _database(config: Config) -> str:
    return make_url(config.database_url).database or "fengqiao"
