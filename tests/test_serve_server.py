"""`kg serve` as a process: it starts, says where, logs, refuses what it must and ends; the application behind a proxy."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import signal
import socket
import time
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="needs the extra 'serve'")
pytest.importorskip("httpx", reason="needs the extra 'test'")

from starlette.testclient import TestClient

from kg.cli import main
from kg.errors import KgError
from kg.serve.app import make_app
from kg.serve.settings import Settings
from tests.serving import make_graph, serving, started

TRIG = "<http://example.org/graph> { <http://example.org/a> <http://example.org/b> 1 }"
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_graph(tmp_path_factory.mktemp("server") / "graph", TRIG)


def get(port: int, path: str, method: str = "GET", body: bytes | None = None, headers: dict[str, str] | None = None) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    with contextlib.closing(connection):
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


@pytest.mark.parametrize("way", [signal.SIGINT, signal.SIGTERM])
def test_it_answers_logs_and_ends_when_told(graph: Path, way: signal.Signals) -> None:
    with started(graph) as (process, port):
        assert get(port, "/sparql?query=ASK%20%7B%7D")[0] == 200
        below = descendants(process.pid)
        process.send_signal(way)
        out, err = process.communicate(timeout=60)
        assert process.returncode in {130, -way, 0}
        assert "Traceback" not in out + err
        assert re.search(r'127\.0\.0\.1:\d+ - "GET /sparql\?query=ASK%20%7B%7D HTTP/1\.1" 200', out)
        assert len(below) >= 3 and all_end(below)


def descendants(process: int) -> list[int]:
    """The processes that this one started, and those that they started."""
    threads = Path(f"/proc/{process}/task").iterdir()
    below = [int(number) for thread in threads for number in (thread / "children").read_text().split()]
    return [each for child in below for each in (child, *descendants(child))]


def all_end(processes: list[int]) -> bool:
    """Whether none of these runs any more, within a minute."""
    end = time.monotonic() + 60
    while any(runs(each) for each in processes) and time.monotonic() < end:
        os.sched_yield()
    return not any(runs(each) for each in processes)


def runs(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_no_worker_outlives_a_server_that_is_killed(graph: Path) -> None:
    with started(graph, "--seconds", "1") as (process, port):
        connection = http.client.HTTPConnection("127.0.0.1", port)
        connection.request("POST", "/sparql", "SELECT (COUNT(*) AS ?n) { VALUES ?a { 1 2 } }", {"Content-Type": "application/sparql-query"})
        connection.getresponse().read()
        found = descendants(process.pid)
        process.kill()
        process.wait()
        assert len(found) >= 3 and all_end(found)


def test_a_port_in_use_is_told(graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert main(["serve", "--graph", str(graph), "--port", str(port)]) == 2
    assert f"cannot listen at 127.0.0.1:{port} (Address already in use) - choose another --port" in capsys.readouterr().err


def test_without_a_graph_it_does_not_start(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--graph", str(tmp_path / "none")]) == 2
    assert "there is no graph here - make one: kg build" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--port", "70000"], "no port 70000"), (["--host", "no.such.host.invalid"], "cannot listen"),
        (["--base-url", "kg.example.org"], "no base address"), (["--base-url", "https://x.org/?q"], "no base address"),
        (["--seconds", "0"], "--seconds is too small"), (["--memory", "1"], "give at least 640"), (["--workers", "0"], "--workers"),
        (["--rows", "-5"], "--rows"),
    ],
)  # fmt: skip
def test_bad_options_are_told(graph: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], says: str) -> None:
    assert main(["serve", "--graph", str(graph), *arguments]) == 2
    said = capsys.readouterr().err
    assert says in said and said.startswith("error: ") and said.count("\n") == 1


def test_a_broken_store_does_not_start(graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = make_graph(tmp_path / "graph", TRIG)
    (broken / "store" / "CURRENT").write_bytes(b"nonsense")
    assert main(["serve", "--graph", str(broken), "--port", "0"]) == 2
    assert "the graph is broken" in capsys.readouterr().err


# Hostile requests, to a real server.


def test_hostile_requests_are_refused_and_the_next_is_answered(graph: Path) -> None:
    direct = {"Content-Type": "application/sparql-query"}
    with socket.socket() as trap, started(graph, "--seconds", "2") as (_, port):
        trap.bind(("127.0.0.1", 0))
        trap.listen()
        trap.setblocking(False)
        service = f"SELECT * {{ SERVICE <http://127.0.0.1:{trap.getsockname()[1]}/> {{ ?s ?p ?o }} }}"
        numbers = " ".join(map(str, range(400)))
        cartesian = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"VALUES ?v{n} {{ {numbers} }}" for n in range(5)) + " }"
        assert get(port, "/sparql", "POST", service.encode(), direct)[0] == 400
        assert get(port, "/sparql", "POST", cartesian.encode(), direct)[0] == 504
        assert get(port, "/sparql", "POST", b"{" * 500_000, direct)[0] in {400, 504}
        assert get(port, "/sparql", "POST", b"ASK " + b"{" * 100_000 + b"}" * 100_000, direct)[0] in {400, 422, 500, 504}
        assert get(port, "/sparql", "POST", b"ASK {}", {"Content-Type": "application/sparql-query; charset=x-bomb"})[0] == 415
        with contextlib.suppress(ConnectionError):  # it may close the connection before all is sent
            assert get(port, "/sparql", "POST", b"ASK {} #" + b"x" * 10_000_000, direct)[0] == 413
        with contextlib.suppress(ConnectionError):
            assert get(port, "/sparql?query=ASK%20%7B%7D&x=" + "y" * 3_000_000)[0] in {400, 414}
        assert get(port, "/sparql?" + "&".join(f"x{n}=1" for n in range(3000)))[0] == 400
        assert get(port, "/sparql?query=ASK%20%7B%7D")[0] == 200
        with pytest.raises(BlockingIOError):
            trap.accept()


def test_a_body_that_is_longer_than_announced_stops_at_the_limit(graph: Path) -> None:
    with serving(graph, request=10_000) as client:
        answer = client.post("/sparql", content=(b"x" * 1000 for _ in range(100)), headers={"Content-Type": "application/sparql-query"})
        assert answer.status_code == 413 and "10,000 bytes" in answer.json()["detail"]
        assert client.get("/sparql", params={"query": "x" * 20_000}).status_code == 414


def test_too_long_an_answer_is_refused_whole(graph: Path) -> None:
    numbers = " ".join(map(str, range(100)))
    text = f"SELECT * {{ VALUES ?a {{ {numbers} }} VALUES ?b {{ {numbers} }} }}"
    for format in ("csv", "json", "xml", "tsv"):
        with serving(graph, rows=9_999) as client:
            answer = client.get("/sparql", params={"query": text, "format": format})
            assert answer.status_code == 422 and "9,999 rows" in answer.json()["detail"]
        with serving(graph, rows=10_000) as client:
            assert client.get("/sparql", params={"query": text, "format": format}).status_code == 200
            triples = f"CONSTRUCT {{ <x:a> ?a ?b }} WHERE {{ VALUES ?b {{ {numbers} }} VALUES ?n {{ {numbers} }} BIND(IRI(CONCAT('x:', STR(?n))) AS ?a) }}"
            assert client.get("/sparql", params={"query": triples}).status_code == 200
        with serving(graph, answer=1000) as client:
            answer = client.get("/sparql", params={"query": text, "format": format})
            assert answer.status_code == 422 and "too long" in answer.json()["detail"]


# Around every answer.


def test_every_answer_is_guarded(graph: Path) -> None:
    with serving(graph) as client:
        for path in ("/health", "/sparql", "/nowhere", "/entity/none", "/queries.json"):
            headers = client.get(path).headers
            assert "default-src 'none'" in headers["content-security-policy"]
            assert "unsafe" not in headers["content-security-policy"]
            assert headers["x-content-type-options"] == "nosniff"


def test_a_fault_of_the_program_is_no_traceback(graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app(Settings(graph, workers=1))
    monkeypatch.setattr(app.state, "workers", None)
    client = TestClient(app, raise_server_exceptions=False)
    for headers in ({}, BROWSER):
        answer = client.get("/sparql?query=ASK%20%7B%7D&format=json", headers=headers)
        assert answer.status_code == 500 and "Traceback" not in answer.text and "AttributeError" not in answer.text
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_browser_gets_errors_as_pages(graph: Path) -> None:
    with serving(graph) as client:
        for path, status in (("/nowhere", 404), ("/entity/none", 404), ("/sparql?query=ASK&format=docx", 406)):
            answer = client.get(path, headers=BROWSER)
            assert answer.status_code == status
            assert answer.headers["content-type"].startswith("text/html")


def test_health_says_what_is_served(graph: Path) -> None:
    with serving(graph) as client:
        assert client.get("/health").json()["status"] == "pass"
    with serving(graph) as client:
        (graph / "manifest.json").rename(graph / "away.json")
        try:
            assert client.get("/health").status_code == 503
        finally:
            (graph / "away.json").rename(graph / "manifest.json")


# Behind a reverse proxy.


@pytest.mark.parametrize("before", ["", "/kg"])
def test_the_prefix_of_a_proxy_may_be_left_on_or_taken_off(graph: Path, before: str) -> None:
    with serving(graph, base_url="https://data.example.org/kg") as client:
        assert client.get(f"https://data.example.org{before}/health").status_code == 200
        listed = client.get(f"https://data.example.org{before}/queries.json").json()
        assert listed[0]["href"].startswith("/kg/queries/")
        about = client.get(f"https://data.example.org{before}/sparql", headers={"Accept": "text/turtle"}).text
        assert "<https://data.example.org/kg/sparql>" in about
        assert client.get(f"https://data.example.org{before}/openapi.json").json()["servers"] == [{"url": "https://data.example.org/kg"}]
        assert client.get(f"https://data.example.org{before}/sparql", headers=BROWSER).headers["location"] == "/kg/editor"


def test_the_address_that_a_proxy_forwards_is_the_public_one(graph: Path) -> None:
    with started(graph) as (_, port):
        forwarded = {"Host": "data.example.org", "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7", "Accept": "text/turtle"}
        assert "<https://data.example.org/sparql>" in get(port, "/sparql", headers=forwarded)[1]


@pytest.mark.parametrize("host", ['evil"><script>', "a b", "x/y", "<>", "[::1", "x\\y"])
@pytest.mark.parametrize("path", ["/sparql", "/openapi.json", "/.well-known/void"])
def test_a_host_that_is_none_comes_into_no_answer(graph: Path, host: str, path: str) -> None:
    with serving(graph) as client:
        answer = client.get(path, headers={"Host": host, "Accept": "*/*"})
        assert answer.status_code in {200, 400} and f"//{host}" not in answer.text
        assert "//[::1]:8000" in client.get(path, headers={"Host": "[::1]:8000", "Accept": "*/*"}).text


def test_settings_map_paths() -> None:
    settings = Settings(Path("graph"), base_url="https://x.org/kg/")
    assert settings.path("/entity/france") == "/kg/entity/france"
    assert settings.path_of("https://w3id.org/bilateral-kg/entity/france") == "/kg/entity/france"
    assert settings.path_of("https://w3id.org/bilateral-kg/ontology#State") == "https://w3id.org/bilateral-kg/ontology#State"
    assert settings.path_of("http://www.wikidata.org/entity/Q1") == "http://www.wikidata.org/entity/Q1"
    with pytest.raises(KgError):
        Settings(Path("graph"), base_url="//x.org")
