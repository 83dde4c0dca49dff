"""Reads the YAML of packs as plain JSON values: no repeated keys, no guessed dates, `on` is a word."""

import re
from pathlib import Path
from typing import Any

import yaml

try:
    from yaml import CSafeLoader as _SafeLoader
except ImportError:  # a package built without libyaml: the same, ten times slower
    from yaml import SafeLoader as _SafeLoader  # type: ignore[assignment]


_TEXT = "tag:yaml.org,2002:str"
_BRACKETS = re.compile(r"[\[\]{}]")
_DASHES = re.compile(r"(?:- ){2,}")
MOST_CHARACTERS = 2_000_000
_DEEPEST = 40


class StrictYamlError(ValueError):
    """A file that is not the YAML it should be; the message names the place, `places` each of them in Chinese."""

    def __init__(self, message: str, places: tuple[tuple[str, str], ...] = ()) -> None:
        """Refuse with what is wrong by place."""
        super().__init__(message)
        self.places = places


class _Loader(_SafeLoader):
    """A safe loader whose scalars are those of JSON."""


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("bool", r"true|false", "tf"),
    ("null", r"null|~|", "n~"),
    ("int", r"-?(?:0|[1-9][0-9]*)", "-0123456789"),
    ("float", r"-?[0-9]+\.[0-9]+", "-0123456789"),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"(?:{_pattern})\Z"), [*_first])
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"\Z"), [""])


def read(path: Path, *, aliases: bool = False) -> dict[str, Any]:
    """The file's one mapping; anything else is a StrictYamlError naming the file."""
    try:
        return read_text(path.read_text(encoding="utf-8"), aliases=aliases)
    except UnicodeDecodeError as error:
        raise StrictYamlError(f"{path.name}: not UTF-8", (("文件", "不是文本文件，请另存为 UTF-8 编码"),)) from error
    except StrictYamlError as error:
        raise StrictYamlError(f"{path.name}: {error}", error.places) from error


def read_text(text: str, *, aliases: bool = False) -> dict[str, Any]:
    """The one mapping of a text; bounded in size and depth, every repeated key named.

    Args:
        text: The YAML.
        aliases: Whether parts may be referred to (`&`, `*`): only where the text is our own, since a few lines
            of them can stand for millions.

    Raises:
        StrictYamlError: It is not YAML, or not of this plain kind.
    """
    if len(text) > MOST_CHARACTERS:
        raise _refused([("全文", f"内容超过{MOST_CHARACTERS}个字，请拆小")])
    if _depth(text) > _DEEPEST:
        raise _refused([("全文", f"内容套得太深，最多{_DEEPEST}层")])
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if not isinstance(node, yaml.MappingNode):
            raise _refused([("全文", "内容须是“名称: 值”的形式，请检查文件开头")])
        if places := _faults(node, aliases=aliases):
            raise _refused(places)
        body: dict[str, Any] = loader.construct_document(node)
    except yaml.YAMLError as error:
        raise _refused([(_line(error), "这里不是正确的 YAML 写法，请检查缩进、冒号和括号")]) from error
    except StrictYamlError:
        raise
    except ValueError as error:  # numbers longer than Python reads
        raise _refused([("全文", "有一个数字太大，请改小")]) from error
    finally:
        loader.dispose()
    return body


def _refused(places: list[tuple[str, str]]) -> StrictYamlError:
    return StrictYamlError("；".join(f"{place}：{what}" for place, what in places), tuple(places))


def _line(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    return f"第{mark.line + 1}行" if mark else "全文"


def _depth(text: str) -> int:
    """How deep brackets stand in one another, or dashes in one line, whatever they mean: an upper bound."""
    deepest = now = 0
    for sign in _BRACKETS.findall(text):
        now = max(0, now + (1 if sign in "[{" else -1))
        deepest = max(deepest, now)
    dashes = max((run.count("-") for run in _DASHES.findall(text)), default=0)
    return max(deepest, dashes)


def _faults(root: yaml.Node, *, aliases: bool) -> list[tuple[str, str]]:
    """Aliases, repeated keys and keys that are no text, each with its line; depth once more, now as it was read."""
    found: list[tuple[str, str]] = []
    seen: set[int] = set()
    waiting: list[tuple[yaml.Node, int]] = [(root, 1)]
    while waiting:
        node, depth = waiting.pop()
        if id(node) in seen and aliases:
            continue
        if id(node) in seen or depth > _DEEPEST:
            why = "不能引用别处的内容（& 与 *），请直接写出" if id(node) in seen else f"内容套得太深，最多{_DEEPEST}层"
            found.append((f"第{node.start_mark.line + 1}行", why))
            continue
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            found += _key_faults(node)
            waiting += [(value, depth + 1) for _, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            waiting += [(value, depth + 1) for value in node.value]
    return sorted(found, key=lambda one: int(one[0].strip("第行")))


def _key_faults(node: yaml.MappingNode) -> list[tuple[str, str]]:
    found, names = [], set()
    for key, _ in node.value:
        line = f"第{key.start_mark.line + 1}行"
        if key.tag != _TEXT:
            found.append((line, f"名称“{key.value}”须是文字，请加引号"))
        elif key.value in names:
            found.append((line, f"名称“{key.value}”重复，请删去一个"))
        names.add(str(key.value))
    return found
