"""Everything works from an installed wheel, outside of the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment with the wheel, which borrows the libraries of this one."""
    folder = tmp_path_factory.mktemp("wheel")
    built = subprocess.run([sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(folder), str(ROOT)],
                           capture_output=True, text=True, check=False)
    if built.returncode and "hatchling" in built.stderr:
        pytest.skip("the build back end cannot be fetched: no package index is reached")
    assert built.returncode == 0, built.stderr
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder / "venv")], check=True)
    place = next((folder / "venv" / "lib").glob("python3*/site-packages"))
    wheel = next(folder.glob("*.whl"))
    subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(place), str(wheel)], check=True)
    (place / "borrowed.pth").write_text(sysconfig.get_paths()["purelib"] + "\n", encoding="utf-8")
    return folder


def kg(installed: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "KG_GRAPH")}
    return subprocess.run([str(installed / "venv" / "bin" / "python"), "-m", "kg", *words], cwd=installed, capture_output=True, text=True,
                          env=environment, check=False)


def test_wheel_builds_queries_exports_and_validates(installed: Path) -> None:
    where = kg(installed, "rules", "list")
    assert where.returncode == 0, where.stderr
    built = kg(installed, "build")
    assert built.returncode == 0, built.stderr
    assert "documents                                             5" in built.stdout
    for words in (("query", "counts-by-type"), ("queries",), ("export", "-o", "all.ttl"), ("validate",), ("validate", "all.ttl")):
        done = kg(installed, *words)
        assert done.returncode == 0, f"{words}: {done.stderr}{done.stdout[-2000:]}"


def test_wheel_is_what_is_tested(installed: Path) -> None:
    place = subprocess.run([str(installed / "venv" / "bin" / "python"), "-c", "import kg; print(kg.__file__)"], cwd=installed,
                           capture_output=True, text=True, check=True, env={k: v for k, v in os.environ.items() if k != "PYTHONPATH"})
    assert str(installed) in place.stdout
