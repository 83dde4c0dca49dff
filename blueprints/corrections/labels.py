"""How closely a case of this line is kept from its opening on."""

from collections.abc import Mapping
from typing import Any

from blueprints.corrections.facts import is_minor
from blueprints.corrections.roles import SEALED, SENSITIVE
from saas import clock


def label_for(process: str, values: Mapping[str, Any]) -> int:
    """A minor's file, and one of somebody who was a minor at the offence, is for those entitled alone.

    Source: 社区矫正法 54; 预防未成年人犯罪法 59.
    """
    del process
    sealed = values.get("minor_file") or is_minor(values.get("birth"), clock.today())
    return SEALED if sealed else SENSITIVE
