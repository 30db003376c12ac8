"""Every command that README and docs/ show runs, and prints what they show."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))
from docs_commands import PAGES, ROOT, commands_of, matches, prepare, run

README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", [p for p in PAGES if commands_of(p)], ids=lambda p: p.name)
def test_commands_run_and_print_what_is_shown(page: Path, tmp_path: Path) -> None:
    prepare(tmp_path)
    for shown in commands_of(page):
        status, printed = run(shown.command, tmp_path)
        assert status == shown.status, f"{page.name}:{shown.line}: {shown.command}\nexit {status}\n{printed}"
        assert matches(shown.output, printed), f"{page.name}:{shown.line}: {shown.command}\nprints\n{printed}"


def test_readme_shows_commands() -> None:
    assert len(commands_of(ROOT / "README.md")) >= 8


def test_continuous_integration_runs_the_test_command_of_the_readme() -> None:
    fences = re.findall(r"```sh\n(.*?)```", README, re.S)
    assert len(fences) == 2, "the README gives two commands: install and run, install and test"
    command = fences[1].strip()
    assert "pytest" in command and command in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


def test_every_command_of_the_program_is_documented() -> None:
    shown = subprocess.run([sys.executable, "-m", "kg", "--help"], capture_output=True, text=True, cwd=ROOT, check=True).stdout
    commands = set(re.findall(r"^    ([a-z]+)  ", shown, re.M))
    assert {"build", "query", "queries", "export", "validate", "explain", "rules"} <= commands
    for command in commands:
        assert f"kg {command}" in README, f"README does not show `kg {command}`"


def test_links_between_pages_lead_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target} is missing"
