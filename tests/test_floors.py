"""A room imports only from floors below its own, and only some rooms touch an RDF library."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "kg"

FLOORS = {
    "terms": 0, "errors": 0, "resources": 0, "model": 1, "text": 2, "values": 2, "gazetteer": 2, "words": 2, "cards": 2,
    "mentions": 3, "match": 3, "context": 3, "extract": 4, "graph": 5, "endpoint": 5, "validate": 6, "queries": 6, "contribute": 6,
    "scale": 6, "plots": 6, "exports": 6, "mcp": 7, "api": 7, "serve": 7, "cli": 8, "__main__": 9,
}  # fmt: skip
RDF_LIBRARIES = {"rdflib", "pyoxigraph", "pyshacl"}
MAY_TOUCH_RDF = {"gazetteer"} | {room for room, floor in FLOORS.items() if 5 <= floor <= 7}

# Rooms of one floor of which the second stands on the first.
WITHIN_A_FLOOR = {("errors", "resources"), ("queries", "plots"), ("validate", "contribute"), ("queries", "contribute")}

MODULES = sorted(PACKAGE.rglob("*.py"))


def imports(path: Path) -> set[str]:
    """The modules that a file imports anywhere in it, relative imports excluded (there are none)."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.add(node.module or "")
            if node.module == "kg":
                found |= {f"kg.{alias.name}" for alias in node.names}
    return found


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_room_imports_only_from_below(path: Path) -> None:
    room = room_of(path)
    if room == "__init__":
        return
    for name in imports(path):
        if name.startswith("kg.") and (other := name.split(".")[1]) != room and other != "__version__":
            assert FLOORS[other] < FLOORS[room] or (other, room) in WITHIN_A_FLOOR, f"{room} imports {name}"
        if name.split(".")[0] in RDF_LIBRARIES:
            assert room in MAY_TOUCH_RDF, f"{room} imports {name}"


def test_no_room_stands_outside_of_the_house() -> None:
    assert {room_of(path) for path in MODULES} - {"__init__"} <= FLOORS.keys()


def test_the_command_line_starts_without_the_rooms() -> None:
    program = (
        "import sys, kg.cli; kg.cli.make_parser().format_help();"
        "print([name for name in sys.modules if name.split('.')[0] in ('rdflib', 'pyoxigraph', 'pyshacl')"
        " or name in ('kg.extract', 'kg.graph', 'kg.queries')])"
    )
    run = [sys.executable, "-c", program]
    done = subprocess.run(run, capture_output=True, text=True, cwd=PACKAGE.parent, check=True)
    assert done.stdout == "[]\n"
