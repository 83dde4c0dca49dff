"""Reads the YAML of packs as plain JSON values: no repeated keys, no guessed dates, `on` is a word."""

import re
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

try:
    from yaml import CSafeLoader as _SafeLoader
except ImportError:  # a package built without libyaml: the same, ten times slower
    from yaml import SafeLoader as _SafeLoader  # type: ignore[assignment]


class StrictYamlError(ValueError):
    """A file that is not the YAML it should be; the message names the place."""


class _Loader(_SafeLoader):
    """A safe loader whose scalars are those of JSON."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002  the base class's signature
        """Build a mapping; a key that is not text, or stands twice, is an error."""
        seen: set[str] = set()
        for key, _ in node.value:
            if key.tag != "tag:yaml.org,2002:str" or key.value in seen:
                raise StrictYamlError(f"line {key.start_mark.line + 1}: key {key.value!r} is repeated or not text")
            seen.add(key.value)
        return super().construct_mapping(node, deep)


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("bool", r"true|false", "tf"),
    ("null", r"null|~|", "n~"),
    ("int", r"-?(?:0|[1-9][0-9]*)", "-0123456789"),
    ("float", r"-?[0-9]+\.[0-9]+", "-0123456789"),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"(?:{_pattern})\Z"), [*_first])
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"\Z"), [""])


def read(path: Path) -> dict[str, Any]:
    """The file's one mapping; anything else is a StrictYamlError naming the file."""
    try:
        with path.open(encoding="utf-8") as file:
            body = yaml.load(file, _Loader)  # noqa: S506  the loader is a SafeLoader
    except (yaml.YAMLError, StrictYamlError) as error:
        raise StrictYamlError(f"{path.name}: {error}") from error
    if not isinstance(body, dict):
        raise StrictYamlError(f"{path.name}: one mapping is expected")
    return body
