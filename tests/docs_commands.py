"""The commands that the documentation shows: found, run, and their outputs written back.

A block ```console holds commands behind `$ ` and, below each, what it prints. `# exit N` behind a command gives its exit status
(default 0). Output lines that are only `...` stand for any lines. `python tests/docs_commands.py` writes the outputs anew.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.M | re.S)


@dataclass(frozen=True)
class Shown:
    """One command of a page: its text, exit status, the output shown below it, its line."""

    page: Path
    line: int
    command: str
    status: int
    output: tuple[str, ...]


def commands_of(page: Path) -> list[Shown]:
    """The commands of a page in order."""
    text = page.read_text(encoding="utf-8")
    out = []
    for block in _BLOCK.finditer(text):
        line = text.count("\n", 0, block.start()) + 1
        parts = re.split(r"^\$ ", block.group(1), flags=re.M)
        at = line + 1 + parts[0].count("\n")
        for part in parts[1:]:
            head, _, rest = part.partition("\n")
            status = re.search(r"\s+# exit (\d)$", head)
            command = head[: status.start()] if status else head
            out.append(Shown(page, at, command.strip(), int(status.group(1)) if status else 0, tuple(rest.splitlines())))
            at += part.count("\n")
    return out


def run(command: str, folder: Path) -> tuple[int, str]:
    """Exit status and output (stderr after stdout) of a command in a folder, with `kg` meaning this checkout's."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "120", "LC_ALL": "C.UTF-8"}
    environment.pop("KG_GRAPH", None)
    shim = folder / ".bin"
    shim.mkdir(exist_ok=True)
    (shim / "kg").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kg "$@"\n')
    (shim / "kg").chmod(0o755)
    environment["PATH"] = f"{shim}{os.pathsep}{environment['PATH']}"
    done = subprocess.run(["bash", "-c", command], cwd=folder, capture_output=True, text=True, env=environment, check=False)
    return done.returncode, done.stdout + done.stderr


def matches(shown: tuple[str, ...], printed: str) -> bool:
    """Whether what is printed is what is shown, where a line `...` stands for any lines."""
    if not shown:
        return True
    pattern = "".join(r"(?:.*\n)*?" if line.strip() == "..." else re.escape(line.rstrip()) + r"[ \t]*\n" for line in shown)
    return re.fullmatch(pattern, printed if printed.endswith("\n") or not printed else printed + "\n") is not None


def prepare(folder: Path) -> None:
    """A folder like a fresh checkout as far as the documents go: with seeds/ and kg/rules/."""
    for name in ("seeds", "kg", "ontology", "queries", "tests", "examples"):
        (folder / name).symlink_to(ROOT / name)


def rewrite(page: Path) -> None:
    """Puts the outputs of a page's commands anew; a cut (`...`) keeps as many lines as stood before it."""
    text = page.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(folder)

        def block(match: re.Match[str]) -> str:
            out = []
            for part in re.split(r"^(?=\$ )", match.group(1), flags=re.M):
                if not part.startswith("$ "):
                    out.append(part)
                    continue
                head, _, rest = part.partition("\n")
                command = re.sub(r"\s+# exit \d$", "", head[2:])
                status, printed = run(command, folder)
                print(f"{page.name}: {command} -> {status}")
                lines = [line.rstrip() for line in printed.splitlines()]
                old = rest.splitlines()
                if "..." in [o.strip() for o in old]:
                    keep = [o.strip() for o in old].index("...")
                    lines = [*lines[:keep], "..."] if len(lines) > keep else lines
                elif not old:
                    lines = []
                out.append("\n".join([head, *lines]) + "\n")
            return "```console\n" + "".join(out) + "```"

        page.write_text(_BLOCK.sub(block, text), encoding="utf-8")


if __name__ == "__main__":
    for each in [Path(a).resolve() for a in sys.argv[1:]] or PAGES:
        rewrite(each)
