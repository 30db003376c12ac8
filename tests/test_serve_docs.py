"""The commands of docs/serve.md: each `kg serve` is one that the program takes, each `curl` gets an answer."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="needs the extra 'serve'")
pytest.importorskip("httpx", reason="needs the extra 'test'")

from kg.cli import make_parser
from kg.serve.formats import GRAPHS, ROWS
from kg.serve.linked import KINDS
from kg.serve.settings import Settings
from tests.serving import seeds_graph, started

PAGE = (Path(__file__).resolve().parent.parent / "docs" / "serve.md").read_text(encoding="utf-8")
COMMANDS = [line for block in re.findall(r"^```sh\n(.*?)^```$", PAGE, re.M | re.S) for line in block.splitlines()]


def test_every_kg_command_is_one() -> None:
    ours = [shlex.split(command)[1:] for command in COMMANDS if command.startswith("kg ")]
    assert len(ours) >= 2
    for arguments in ours:
        assert make_parser().parse_args(arguments).run


def test_every_curl_gets_an_answer() -> None:
    if shutil.which("curl") is None:
        pytest.skip("needs curl")
    asked = [command for command in COMMANDS if command.startswith("curl ")]
    assert len(asked) + 2 <= len(COMMANDS) and len(asked) > 8
    with started(seeds_graph()) as (_, port):
        for command in asked:
            here = command.replace("curl ", "curl -sS --fail-with-body ", 1).replace("//localhost:8000", f"//127.0.0.1:{port}")
            done = subprocess.run(["bash", "-c", here], capture_output=True, text=True, check=False)
            assert done.returncode == 0 and done.stdout.strip(), f"{command}\n{done.stdout}{done.stderr}"


def test_the_page_names_every_format_and_kind_of_address() -> None:
    for format in (*ROWS, *GRAPHS):
        assert f"`{format.name}`" in PAGE
    for kind in KINDS:
        assert f"`/{kind}/…`" in PAGE or kind == "contribution"


def test_the_page_names_the_limits_as_they_are() -> None:
    settings = Settings(Path("graph"))
    for name, value in (("seconds", f"{settings.seconds:g}"), ("memory", f"{settings.memory >> 20} MB"), ("rows", f"{settings.rows:,}"), ("cache", f"{settings.cache >> 20} MB")):
        assert f"| `--{name}` | {value} |" in PAGE
    assert f"503 past {settings.waiting} waiting" in PAGE and settings.slow == 4 and settings.request == 1 << 20
