"""Taking a city's whole configuration out as one file."""

from typing import Any

from saas import clock
from saas.audit import services as audit
from saas.cases import codelists, config_queries
from saas.configuration import queries
from saas.configuration.actions import ConfigurationAudit
from saas.configuration.parcel import FORMAT, digest_of, sealed
from saas.db.session import current_tenant
from saas.documents.designs import queries as designs
from saas.identity import queries as identity
from saas.identity.actor import Actor
from saas.settings import services as settings
from saas.workflow import surroundings


def export(*, by: Actor) -> bytes:
    """The city's configuration as a file; no account, no right and no case is in it."""
    content = collect()
    detail = {"digest": digest_of(content), "processes": [one["key"] for one in content["processes"]]}
    audit.record(ConfigurationAudit.EXPORTED, ("configuration", "file"), by=by, detail=detail, high=True)
    return sealed(content)


def collect() -> dict[str, Any]:
    """The configuration as plain values, in the order of the file."""
    city = current_tenant()
    return {
        "format": FORMAT,
        "made_at": clock.now().isoformat(timespec="seconds"),
        "city": {"code": city.code, "name": city.name},
        "processes": _processes(),
        "lists": _lists(),
        "settings": {key: row.value["value"] for key, row in settings.list_own().items()},
        "days": [
            {"day": f"{day}", "working": working, "source": source}
            for day, (working, source) in config_queries.own_days().items()
        ],
        "years": [{"year": year, "source": source} for year, source in config_queries.own_years().items()],
        "roles": [
            {"code": role.code, "title": role.title, "permissions": sorted(role.permissions)}
            for role in identity.list_roles()
        ],
        "design": _design(),
    }


def _design() -> dict[str, Any] | None:
    """The dress of documents; a seal is its body's alone and never leaves the city."""
    return {**designs.body_in_force(), "seals": {}} if designs.version_in_force() else None


def _processes() -> list[dict[str, Any]]:
    return [
        {"key": one.key, "version": one.version, "pack": pack_version(one.key), "body": one.body}
        for one in queries.list_in_force()
    ]


def pack_version(key: str) -> int | None:
    """The version of the statutory pack under a process, None where it has none."""
    pack = surroundings.pack(key)
    return int(pack["version"]) if pack else None


def _lists() -> list[dict[str, Any]]:
    return [
        {"list": key, "code": one.code, "title": one.title, "position": one.position, "active": one.active}
        for key, rows in codelists.own_rows().items()
        for one in rows.values()
    ]
