"""A new process made from one the city has made before."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from saas.workflow.process import OWN
from saas.workflow.sketch.answers import with_title
from saas.workflow.sketch.beginning import Body


def copied(body: Mapping[str, Any], key: str, title: str) -> Body:
    """The same process under another key and title; its codes and its numbers become the copy's own."""
    made: Body = _renamed(deepcopy(dict(body)), f"{OWN}.{body['key']}.", f"{OWN}.{key}.")
    made |= {"key": key, "version": 1, "number": f"{key.upper()}-{{year}}-{{n:04}}"}
    return with_title(made, title)


def _renamed(part: Any, old: str, new: str) -> Any:  # noqa: ANN401 - any part of a plain body
    if isinstance(part, dict):
        return {_renamed(key, old, new): _renamed(value, old, new) for key, value in part.items()}
    if isinstance(part, list):
        return [_renamed(one, old, new) for one in part]
    if isinstance(part, str) and part.startswith(old):
        return new + part.removeprefix(old)
    return part
