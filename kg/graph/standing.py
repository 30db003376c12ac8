"""What a build notes of each document beside the graph, so that the next one need not look at those that are as they were.

    graph/standing.jsonl    a line that says what the rest belongs to, then a line for each document, by SHA-256

It holds for the graph with the manifest whose hash it names, made by the same code and ontology; else it counts as absent.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph
from pyoxigraph import NamedNode

import kg
from kg import resources, terms
from kg.graph.claims import Group, group_digest
from kg.graph.export import write_whole
from kg.graph.manifest import NAME as MANIFEST
from kg.graph.manifest import DocumentEntry, fields_of
from kg.graph.newcomers import Seen
from kg.graph.report import Rejected
from kg.graph.store import STANDING

_FORMAT = 2


@dataclass(frozen=True, slots=True)
class Standing:
    """One document of a graph: its entry in the manifest, and what its part of the graph was made from.

    ``key``, ``rules``, ``gaps`` and ``newcomers`` as in `Gathered`; ``agreement`` as in `Newcomers`; ``types`` counts its facts in the view,
    ``known`` and ``new`` are the IRIs of the entities that its facts name, ``rejected`` its facts that were kept out. ``groups`` are its facts
    that are `comparable`, each by the digest of its group and its name.
    """

    entry: DocumentEntry
    key: str
    rules: str
    gaps: int
    newcomers: tuple[Seen, ...]
    agreement: str
    types: Mapping[str, int]
    known: tuple[str, ...]
    new: tuple[str, ...]
    rejected: tuple[Rejected, ...] = ()
    groups: tuple[tuple[str, str], ...] = ()

    def line(self) -> str:
        """The document as a line of JSON."""
        return json.dumps(self, default=fields_of, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


class Fellows:
    """The comparable facts of these documents by their groups: what a store would be long in finding."""

    def __init__(self, standing: Iterable[Standing]) -> None:
        self._names: dict[str, list[str]] = {}
        for each in standing:
            for group, name in each.groups:
                self._names.setdefault(group, []).append(name)

    def __call__(self, group: Group) -> list[NamedNode]:
        """The facts that may be of the group."""
        return [NamedNode(terms.FACT + name) for name in self._names.get(group_digest(group), ())]


def write_standing(directory: Path, standing: Iterable[Standing], made_by: str, rules: str) -> None:
    """Writes the file for the graph whose manifest lies in the directory already. `rules` is the version of the whole set of rules."""
    lines = [each.line() for each in sorted(standing, key=lambda each: each.entry.sha256)]
    body = "".join(f"{line}\n" for line in lines)
    head = {
        "format": _FORMAT, "manifest": _hash((directory / MANIFEST).read_bytes()), "made_by": made_by, "rules": rules,
        "body": _hash(body.encode("utf-8", "surrogatepass")),
    }  # fmt: skip
    write_whole(directory / STANDING, f"{json.dumps(head, sort_keys=True)}\n{body}".encode("utf-8", "surrogatepass"))


def read_standing(directory: Path, made_by: str) -> tuple[dict[str, Standing], str]:
    """The documents of the graph by SHA-256 and the version of the whole set of rules; none where the file does not belong to the graph
    as it is, or was made otherwise."""
    try:
        first, _, body = (directory / STANDING).read_bytes().partition(b"\n")
        head = json.loads(first)
        expected = {"format": _FORMAT, "manifest": _hash((directory / MANIFEST).read_bytes()), "made_by": made_by, "body": _hash(body)}
        if not isinstance(head, dict) or any(head.get(name) != value for name, value in expected.items()):
            return {}, ""
        found = [_read_line(line) for line in body.decode("utf-8", "surrogatepass").split("\n")[:-1]]
        return {each.entry.sha256: each for each in found}, str(head["rules"])
    except (OSError, ValueError, KeyError, TypeError):
        return {}, ""


def _read_line(line: str) -> Standing:
    said = json.loads(line)
    return Standing(
        DocumentEntry(**said["entry"]), said["key"], said["rules"], said["gaps"], tuple((a, b, c, d) for a, b, c, d in said["newcomers"]),
        said["agreement"], said["types"], tuple(said["known"]), tuple(said["new"]), tuple(Rejected(**each) for each in said["rejected"]),
        tuple((group, name) for group, name in said["groups"]),
    )  # fmt: skip


def maker_version(ontology: Path, *callables: object) -> str:
    """Digits made from all that turns facts into a graph: code, shapes and ontology, deriving queries, the store, and who validates and derives."""
    package = Path(kg.__file__).parent
    files = [
        *(file for room in ("graph", "validate", "queries") for file in sorted((package / room).glob("*.py"))),
        package / "terms.py", package / "model.py", *sorted(ontology.rglob("*.ttl")), *sorted(resources.folder("queries").glob("derive-*.rq")),
    ]  # fmt: skip
    whole = hashlib.sha256(f"{kg.__version__} {pyoxigraph.__version__}".encode())
    for each in callables:
        whole.update(f"{getattr(each, '__module__', '')}.{getattr(each, '__qualname__', each)}\0".encode())
    for file in files:
        whole.update(file.name.encode() + b"\0" + _hash(file.read_bytes()).encode())
    return whole.hexdigest()[:32]


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
