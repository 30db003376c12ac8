"""Metadata between ``---`` lines at the head of a document."""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from kg.errors import DocumentError

__all__ = ["KEYS", "check_metadata", "split_front_matter"]

KEYS = ("title", "creator", "publisher", "issued", "source", "language", "original", "original-sha256")

_CLOSING = re.compile(r"^---[ \t]*$", re.MULTILINE)
_ISSUED = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_LINE_OF_KEY = "(?m)^{}[ \t]*:"


class _Loader(yaml.SafeLoader):
    """The safe loader, but every plain scalar stays the text that stands in the file: 2018-05 is no arithmetic."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - the base class declares it so
        first: [(tag, expression) for tag, expression in resolvers if tag == "tag:yaml.org,2002:null"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def _line(head: str, key: str) -> int | None:
    found = re.search(_LINE_OF_KEY.format(re.escape(key)), head)
    return head.count("\n", 0, found.start()) + 2 if found else None


def check_metadata(values: Mapping[str, object], path: Path | str, head: str = "") -> dict[str, str]:
    """The known keys with their texts; "" for an empty value.

    Raises:
        DocumentError: a value that is no text, or an ``issued`` that is no date ("2018", "2018-12", "2018-12-21").
    """
    kept: dict[str, str] = {}
    for key, value in values.items():
        if key not in KEYS:
            continue
        line = _line(head, key)
        if isinstance(value, list) and key == "creator" and all(isinstance(name, str) for name in value):
            value = ", ".join(value)
        if value is None:
            value = ""
        if not isinstance(value, str):
            raise DocumentError(
                f"{key} is a {type(value).__name__}, not a text", file=path, line=line, remedy=f'write {key}: "..."'
            )
        value = " ".join(value.split())
        if key == "issued" and value:
            _check_issued(value, path, line)
        if key == "language" and value and not _LANGUAGE.fullmatch(value):
            raise DocumentError(f"{value!r} is no language", file=path, line=line, remedy="write language: en")
        kept[key] = value
    return kept


def _check_issued(value: str, path: Path | str, line: int | None) -> None:
    remedy = "write issued as YYYY, YYYY-MM or YYYY-MM-DD, or leave it out"
    found = _ISSUED.fullmatch(value)
    if not found:
        raise DocumentError(f"issued is {value!r}, which is no date", file=path, line=line, remedy=remedy)
    try:
        datetime.date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError as error:
        raise DocumentError(f"issued is {value!r}: {error}", file=path, line=line, remedy=remedy) from None


def split_front_matter(text: str, path: Path | str) -> tuple[dict[str, str], str, tuple[str, ...]]:
    """Metadata, the text behind it without leading blank lines, and notes on keys that are not heeded. A text without front matter gives
    no metadata.

    Raises:
        DocumentError: front matter that is not closed, is no YAML, no mapping, or holds a wrong value.
    """
    if not re.match(r"---[ \t]*\n", text):
        return {}, text.lstrip("\n"), ()
    begin = text.index("\n") + 1
    closing = _CLOSING.search(text, begin)
    if closing is None:
        if not re.match(r"[A-Za-z][\w-]*[ \t]*:", text[begin:]):
            return {}, text.lstrip("\n"), ()  # a ruled line, not front matter
        raise DocumentError(
            "the front matter is never closed",
            file=path,
            line=1,
            remedy="put a line --- behind the last key, before the text",
        )
    head = text[begin : closing.start()]
    try:
        loader = _Loader(head)
        try:
            node = loader.get_single_node()
            values = loader.construct_document(node) if node is not None else None
        finally:
            loader.dispose()
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "it nests too deeply"
        raise DocumentError(
            f"the front matter is no YAML: {problem}",
            file=path,
            line=mark.line + 2 if mark else 1,
            remedy='write one key: "value" per line, quotes around values that hold a colon',
        ) from None
    if values is None:
        values = {}
    if not isinstance(values, dict):
        raise DocumentError(
            "the front matter is no list of key: value lines", file=path, line=2, remedy='write lines like title: "..."'
        )
    return check_metadata(values, path, head), text[closing.end() + 1 :].lstrip("\n"), tuple(_unheeded(node))


def _unheeded(node: yaml.Node | None) -> Iterator[str]:
    """A note on each key that is none of ours, and on each that stands twice, with its line: a typing error would lose what it says."""
    lines: dict[str, list[int]] = {}
    for key, _ in node.value if isinstance(node, yaml.MappingNode) else ():
        if isinstance(key, yaml.ScalarNode):
            lines.setdefault(key.value, []).append(key.start_mark.line + 2)
    for name, found in lines.items():
        if name not in KEYS:
            near = difflib.get_close_matches(name.lower(), KEYS, 1)
            told = f"did you mean {near[0]}?" if near else f"the keys are {', '.join(KEYS[:6])}"
            yield f"line {found[0]}: the key {name!r} is not known - {told}"
        elif len(found) > 1:
            yield f"line {found[-1]}: the key {name!r} stands in line {found[0]} too - leave one out, this one counts"
