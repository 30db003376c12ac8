"""What can happen to a graph on disk: damage, full disks, closed doors, killed and second writers. Named, and nothing lost."""

from __future__ import annotations

import json
import os
import random
import re
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.contribute import repair as repair_module
from kg.contribute.decide import Author, Makers, retract, review
from kg.contribute.repair import repair
from kg.errors import KgError, StoreError
from kg.extract import Extractor
from kg.gazetteer import load_gazetteer
from kg.graph import build, open_store, read_contributions, read_manifest
from kg.graph.health import examine
from kg.graph.lock import locked
from tests.changing import add_trade, author, content, correct, facts, make_graph
from tests.durability import run as run_kills
from tests.invented import LineExtractor

ROOT = Path(__file__).resolve().parent.parent


class Lines(LineExtractor):
    """The extractor of the invented graph, as `repair` wants one."""

    gazetteer = None


@pytest.fixture(autouse=True)
def invented_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repair_module, "make_extractor", lambda contributions: Lines())


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, Makers]:
    graph, makers = make_graph(tmp_path)
    add_trade(graph, makers, 40, author())
    retract(graph, facts(graph, "OfficeHolding")[:1], author(), makers)
    correct(graph, makers, facts(graph, "TradeFigure")[0], 41, author())
    return graph, makers


def harm(graph: Path) -> list[str]:
    return [f"{fault.part}: {fault.what}" for fault in examine(graph) if not fault.note]


def flip(path: Path, seed: int = 0) -> None:
    """Another byte somewhere in the file."""
    data = bytearray(path.read_bytes())
    data[random.Random(seed).randrange(len(data))] ^= 0xFF
    path.unlink()  # the file may be linked elsewhere
    path.write_bytes(data)


def tables(graph: Path) -> list[Path]:
    return sorted(path for path in (graph / "store").glob("*.sst"))


def test_a_whole_graph_is_whole(made: tuple[Path, Makers]) -> None:
    assert examine(made[0]) == []


Damage = Callable[[Path], object]


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda graph: shutil.rmtree(graph / "store"), "store: is missing"),
        (lambda graph: (graph / "store" / "CURRENT").write_text("x"), "store: cannot be read"),
        (lambda graph: [path.unlink() for path in tables(graph)], "store: cannot be read"),
        (lambda graph: [os.truncate(path, path.stat().st_size // 2) for path in tables(graph)], "store: cannot be read"),
        (lambda graph: (graph / "manifest.json").unlink(), "manifest: the graph is broken .no manifest"),
        (lambda graph: (graph / "manifest.json").write_text("{"), "manifest: the graph is broken"),
        (lambda graph: next((graph / "originals").iterdir()).write_text("no quads"), "original: what a document stated"),
        (lambda graph: next((graph / "originals").iterdir()).write_text(""), "original: what a document stated"),
    ],
)  # fmt: skip
def test_damage_is_named_and_repaired_without_loss(made: tuple[Path, Makers], damage: Damage, told: str) -> None:
    graph, makers = made
    before = content(graph)
    damage(graph)
    found = harm(graph)
    assert any(re.match(told, each) for each in found), found
    report = repair(graph, examine(graph), makers)
    assert report.exit_status == 0
    assert content(graph) == before
    assert harm(graph) == []


@pytest.mark.parametrize("seed", range(4))
def test_a_flipped_byte_of_the_store_is_found(made: tuple[Path, Makers], seed: int) -> None:
    graph, makers = made
    before = content(graph)
    largest = sorted(tables(graph), key=lambda path: -path.stat().st_size)
    flip(largest[seed], seed)
    assert harm(graph), "every index is read whole"
    repair(graph, examine(graph), makers)
    assert content(graph) == before


def a_contribution(graph: Path) -> Path:
    return sorted((graph / "contributions").glob("*.ttl"))[0]


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda graph: a_contribution(graph).unlink(), "an accepted contribution is missing"),
        (lambda graph: a_contribution(graph).write_text("no Turtle"), "broken Turtle"),
        (lambda graph: a_contribution(graph).write_text(""), "its hash is not its name"),
        (lambda graph: a_contribution(graph).write_text(a_contribution(graph).read_text() + "\n# more\n"), "its hash is not its name"),
    ],
)  # fmt: skip
def test_a_damaged_contribution_is_never_dropped_silently(made: tuple[Path, Makers], damage: Damage, told: str) -> None:
    graph, makers = made
    kept = {path.name: path.read_bytes() for path in (graph / "contributions").iterdir()}
    before = content(graph)
    damage(graph)
    faults = examine(graph)
    assert any(told in fault.what for fault in faults)
    assert all("put the file back" in fault.remedy for fault in faults if fault.part == "contribution")
    with pytest.raises(KgError, match="cannot be made anew without loss") as caught:
        repair(graph, faults, makers)
    assert "--leave-out" in caught.value.remedy
    after = sorted(path.name for path in (graph / "contributions").iterdir())
    repair(graph, faults, makers, leave_out=True)
    assert len(list((graph / "contributions").iterdir())) == len(after), "what is broken is kept aside, not deleted"
    assert harm(graph) == []
    for name, data in kept.items():  # the file is found again
        (graph / "contributions" / f"{name}.broken").unlink(missing_ok=True)
        (graph / "contributions" / name).write_bytes(data)
    repair(graph, examine(graph), makers)
    assert content(graph) == before


@pytest.mark.parametrize("gone", [lambda graph: a_contribution(graph).unlink(), lambda graph: shutil.rmtree(graph / "contributions")])
def test_a_build_says_which_contributions_are_gone_and_goes_on_missing_them(made: tuple[Path, Makers], gone: Damage) -> None:
    graph, makers = made
    kept = {path.name: path.read_bytes() for path in (graph / "contributions").iterdir()}
    before = content(graph)
    gone(graph)
    lost = sorted(kept.keys() - {path.name for path in graph.glob("contributions/*")})
    for _ in range(2):  # nor does the next build forget them
        report = build([graph.parent / "texts"], graph, extractor=LineExtractor(), derive=makers.derive, ontology=makers.ontology)
        assert report.exit_status == 1
        assert [Path(failure.file or "").name for failure in report.failures] == lost
        assert all("is missing" in failure.what and "put the file back" in failure.remedy for failure in report.failures)
        assert harm(graph) == ["contribution: an accepted contribution is missing"] * len(lost)
    for name, data in kept.items():
        (graph / "contributions").mkdir(exist_ok=True)
        (graph / "contributions" / name).write_bytes(data)
    assert build([graph.parent / "texts"], graph, extractor=LineExtractor(), derive=makers.derive, ontology=makers.ontology).exit_status == 0
    assert content(graph) == before, "put back, they count as before"


def test_nothing_joins_a_graph_with_a_broken_contribution(made: tuple[Path, Makers]) -> None:
    graph, makers = made
    a_contribution(graph).write_text("no Turtle")
    with pytest.raises(StoreError, match="contribution is broken") as caught:
        retract(graph, facts(graph)[:1], author(), makers)
    assert "kg doctor" in caught.value.remedy


def test_a_damaged_text_is_named(made: tuple[Path, Makers]) -> None:
    graph, makers = made
    flip(next((graph / "documents").iterdir()))
    (fault,) = [fault for fault in examine(graph) if not fault.note]
    assert "was changed or damaged" in fault.what
    assert not fault.repairable
    with pytest.raises(KgError, match="kept text"):
        repair(graph, examine(graph), makers)
    report = repair(graph, examine(graph), makers, leave_out=True)
    assert len(report.documents) == 2
    assert report.exit_status == 1


def test_a_file_that_somebody_put_there_is_told(made: tuple[Path, Makers]) -> None:
    graph, _ = made
    (graph / "contributions" / "mine.ttl").write_text("<https://example.org/a> <https://example.org/b> 1 .\n")
    (fault,) = examine(graph)
    assert fault.note
    assert "not in the graph yet" in fault.what


def test_where_there_is_no_graph(tmp_path: Path) -> None:
    (fault,) = examine(tmp_path / "none")
    assert fault.what == "there is no graph here"
    with pytest.raises(KgError):
        repair(tmp_path / "none", [fault], Makers(lambda store: ()))


# Versions


def test_a_graph_of_the_version_before_is_made_one_of_this(made: tuple[Path, Makers]) -> None:
    graph, makers = made
    before = content(graph)
    manifest = json.loads((graph / "manifest.json").read_text())
    manifest["format"] = 1
    for entry in manifest["documents"]:
        for name in ("title", "creator", "publisher", "issued", "source", "language"):
            del entry[name]
    (graph / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(StoreError, match="of version 1, this program reads version 2") as caught:
        open_store(graph)
    assert "kg doctor --repair" in caught.value.remedy
    with pytest.raises(StoreError, match="of version 1"):
        review(graph, ["fact:00000000"], True, author(), makers)
    repair(graph, examine(graph), makers)
    assert content(graph) == before, "what the old manifest does not say of its documents, the store does"


def test_a_graph_of_a_later_version_is_left_alone(made: tuple[Path, Makers]) -> None:
    graph, _ = made
    (graph / "manifest.json").write_text((graph / "manifest.json").read_text().replace('"format": 2', '"format": 3'))
    with pytest.raises(StoreError, match="of version 3") as caught:
        open_store(graph)
    assert "newer program" in caught.value.remedy


# Writers


def test_a_second_writer_is_told_who_holds_the_lock(made: tuple[Path, Makers]) -> None:
    graph, makers = made
    before = content(graph)
    with locked(graph.resolve()):
        for wait in (0.05, 0.0):
            with pytest.raises(StoreError, match=rf"process {os.getpid()} of .*, since 20") as caught:
                retract(graph, facts(graph)[:1], Author("Bea", "a reason", wait=wait), makers)
            assert ("--wait" in caught.value.remedy) == (wait > 0), "only a command that can wait is told so"
        assert any(fault.part == "lock" and str(os.getpid()) in fault.what for fault in examine(graph))
        assert content(graph) == before, "readers go on"


def test_two_writers_at_once_both_come_through(made: tuple[Path, Makers]) -> None:
    graph, _ = made
    program = (
        "import sys; from pathlib import Path; from tests.changing import *; from kg.contribute.decide import Author, Makers;"
        "graph = Path(sys.argv[1]); makers = Makers(derive, ontology=graph.parent / 'ontology');"
        "[add_trade(graph, makers, int(sys.argv[2]) + n, Author('W', '', '', 60)) for n in range(4)]"
    )
    writers = [subprocess.Popen([sys.executable, "-c", program, str(graph), str(n)], cwd=ROOT) for n in (100, 200)]
    assert [writer.wait() for writer in writers] == [0, 0]
    contributions, _ = read_contributions(graph)
    assert len(contributions) == 3 + 8
    assert len({each.header.sequence for each in contributions if each.header}) == 11
    assert harm(graph) == []


def test_readers_are_undisturbed_while_others_write(made: tuple[Path, Makers]) -> None:
    graph, _ = made
    program = (
        "import sys; from pathlib import Path; from tests.changing import *; from kg.contribute.decide import Author, Makers;"
        "graph = Path(sys.argv[1]); makers = Makers(derive, ontology=graph.parent / 'ontology');"
        "[add_trade(graph, makers, 300 + n, Author('W', '', '', 60)) for n in range(12)]"
    )
    writer = subprocess.Popen([sys.executable, "-c", program, str(graph)], cwd=ROOT)
    reads = 0
    while writer.poll() is None:
        store = open_store(graph)
        assert len(store) == len(list(store))
        reads += 1
    assert writer.returncode == 0
    assert reads


def test_killed_writers_leave_nothing_half() -> None:
    _, faults = run_kills(5, first=1000)
    assert faults == []


# Disks


def limited(graph: Path, size: int) -> subprocess.CompletedProcess[str]:
    """A retraction by a process that may write no file of more bytes: as on a disk that is full."""
    program = (
        "import sys; from pathlib import Path; from tests.changing import *; from kg.errors import KgError\n"
        "graph = Path(sys.argv[1]); makers = Makers(derive, ontology=graph.parent / 'ontology')\n"
        "try:\n  retract(graph, facts(graph)[:1], author(), makers)\n"
        "except (KgError, OSError) as error:\n  print(type(error).__name__, error); sys.exit(2)\n"
    )

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return subprocess.run(
        [sys.executable, "-c", program, str(graph)], cwd=ROOT, capture_output=True, text=True, preexec_fn=limit, check=False
    )


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="this system limits no file sizes")
@pytest.mark.parametrize("size", [0, 1000, 20000])
def test_a_full_disk_is_named_and_nothing_is_lost(made: tuple[Path, Makers], size: int) -> None:
    graph, _ = made
    before = content(graph)
    done = limited(graph, size)
    assert "Traceback" not in done.stderr, done.stderr
    if done.returncode:
        assert done.returncode == 2
        assert "StoreError" in done.stdout
        assert content(graph) == before
    assert harm(graph) == []
    assert sorted(path.name for path in graph.parent.iterdir() if "graph" in path.name) == ["graph"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_closed_folder_is_named(made: tuple[Path, Makers]) -> None:
    graph, makers = made
    graph.parent.chmod(0o500)
    try:
        with pytest.raises(StoreError, match="Permission denied"):
            retract(graph, facts(graph)[:1], author(), makers)
        assert any("cannot be written by this user" in fault.what for fault in examine(graph))
    finally:
        graph.parent.chmod(0o700)


def test_the_real_rules_read_kept_texts() -> None:
    assert Extractor(gazetteer=load_gazetteer(aliases={"https://w3id.org/bilateral-kg/entity/france": ["Gallia Nova"]})).gazetteer.by_label("gallia nova")
    assert not load_gazetteer().by_label("gallia nova")


def test_the_manifest_says_all_of_its_documents(made: tuple[Path, Makers]) -> None:
    letter = next(entry for entry in read_manifest(made[0]).documents if entry.identifier == "letter")
    assert (letter.title, letter.issued, letter.language) == ("A letter", "2019-02", "en")
