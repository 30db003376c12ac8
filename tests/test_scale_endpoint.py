"""A store elsewhere: a real server takes the graph and answers the saved queries as the embedded store does; bad servers are told."""

from __future__ import annotations

import contextlib
import http.server
import re
import shlex
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import terms
from kg.cli import main, make_parser
from kg.endpoint import Endpoint, EndpointError
from kg.errors import KgError, QueryError
from kg.graph import open_store
from kg.queries import derive, load_queries, run_query
from kg.scale.push import push_graph, push_shards
from tests.scaling import texts, write_lines
from tests.serving import seeds_graph

pytest.importorskip("httpx", reason="the extra 'endpoint' is not installed")

SERVER = shutil.which("oxigraph") or shutil.which("oxigraph", path=str(Path(sys.executable).parent))


@contextlib.contextmanager
def oxigraph(*more: str) -> Iterator[str]:
    """The address of a server process of Oxigraph with an empty store in memory."""
    if SERVER is None:
        pytest.skip("the server of Oxigraph (PyPI: oxigraph) is not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with subprocess.Popen([SERVER, "serve", "--bind", f"127.0.0.1:{port}", *more], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:
        try:
            end = time.monotonic() + 60
            while time.monotonic() < end:
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                    break
                time.sleep(0.05)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A server that holds the graph of the documents of `seeds/`."""
    with oxigraph() as address:
        push_graph(open_store(seeds_graph()), Endpoint(f"{address}/store"))
        yield address


@contextlib.contextmanager
def answering(respond: Callable[[http.server.BaseHTTPRequestHandler], None]) -> Iterator[str]:
    """The address of a server that answers every request so."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            respond(self)

        do_PUT = do_POST

        def log_message(self, *parts: object) -> None:
            """Says nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/query"
        finally:
            server.shutdown()


def reply(status: int, body: bytes = b"", kind: str = "text/plain") -> Callable[[http.server.BaseHTTPRequestHandler], None]:
    def respond(request: http.server.BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        request.send_header("Content-Type", kind)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    return respond


def held(address: str) -> set[str]:
    """All quads that a server of Oxigraph holds."""
    import httpx

    answer = httpx.get(f"{address}/store", headers={"Accept": "application/n-quads"}, timeout=60)
    return {str(quad) for quad in ox.parse(answer.content, format=ox.RdfFormat.N_QUADS)}


def test_the_server_holds_what_was_pushed_and_a_second_push_changes_nothing(server: str) -> None:
    store = open_store(seeds_graph())
    assert held(server) == {str(quad) for quad in store}
    told: list[tuple[str, int, int]] = []
    pushed = push_graph(store, Endpoint(f"{server}/store"), lambda what, done, of, *_: told.append((what, done, of)))
    assert told and all(done <= of == pushed.graphs for _, done, of in told)
    assert (pushed.graphs, pushed.triples) == (len(list(store.named_graphs())), len(store))
    assert held(server) == {str(quad) for quad in store}


@pytest.mark.parametrize("query", load_queries(), ids=lambda query: query.name)
def test_a_saved_query_gives_the_rows_of_the_embedded_store(server: str, query: object) -> None:
    there, here = run_query(Endpoint(f"{server}/query"), query), run_query(open_store(seeds_graph()), query)  # type: ignore[arg-type]
    assert there == here


def test_parameters_and_empty_answers_are_told_as_of_the_embedded_store(server: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_GRAPH", str(seeds_graph()))
    for arguments in (
        ["agreements-both-signed", "-p", "a=KZ", "-p", "b=Russia"], ["agreements-both-signed", "-p", "a=Atlantis"], ["leases", "-f", "csv"],
        ["trade-by-year", "-p", "a=Kenya"], ["SELECT ?x { ?x a bkg:Lease } ORDER BY ?x"], ["ASK { ?x a bkg:Nothing }"],
        ["CONSTRUCT WHERE { ?x a bkg:Lease }", "-f", "turtle"], ["SELECT ?x {"], ["SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"],
        ["SELECT ?x FROM <https://w3id.org/bilateral-kg/graph/gazetteer> { ?x a bkg:State } ORDER BY ?x LIMIT 3"], ["DROP ALL"],
        ["SELECT ?x FROM <relative> { ?x a bkg:State }"], ["SELECT ?x FROM <http://127.0.0.1/no> { ?x a bkg:State }"],
    ):  # fmt: skip
        here = (main(["query", *arguments]), capsys.readouterr())
        there = (main(["query", *arguments, "--endpoint", f"{server}/query"]), capsys.readouterr())
        assert there == here


@pytest.mark.parametrize("options", [(), ("--union-default-graph",)])
def test_questions_are_asked_of_all_graphs_however_the_server_is_set(options: tuple[str, ...]) -> None:
    with oxigraph(*options) as address:
        assert run_query(Endpoint(f"{address}/query"), "SELECT ?x { ?x a bkg:State }").rows == ()
        Endpoint(f"{address}/store").put_graph("http://x.invalid/g", [triple("a", "status"), triple("b", "status")])
        assert len(run_query(Endpoint(f"{address}/query"), "SELECT DISTINCT ?x { ?x bkg:status ?s }").rows) == 2


def test_a_put_takes_the_place_of_what_stood_there(server: str) -> None:
    store = Endpoint(f"{server}/store")
    store.put_graph("http://x.invalid/g?a=b&c#d", [triple("a", "p"), triple("b", "p")])
    store.put_graph("http://x.invalid/g?a=b&c#d", [triple("c", "p")])
    assert store.get_graph("http://x.invalid/g?a=b&c#d") == [triple("c", "p")]
    assert store.get_graph("http://x.invalid/none") == []
    store.put_graph("http://x.invalid/g?a=b&c#d", [])
    assert store.get_graph("http://x.invalid/g?a=b&c#d") == []


def triple(subject: str, predicate: str) -> ox.Triple:
    return ox.Triple(ox.NamedNode(terms.ENT + subject), ox.NamedNode(terms.BKG + predicate), ox.Literal("x"))


def test_shards_make_the_same_graph_there_as_here(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("pyarrow", reason="the extra 'scale' is not installed")
    write_lines(tmp_path / "a.jsonl", texts(40))
    assert main(["extract", str(tmp_path / "a.jsonl"), "-o", str(tmp_path / "out"), "--parts", "3", "--graph", str(tmp_path / "graph")]) == 0
    assert main(["load", str(tmp_path / "out"), "--graph", str(tmp_path / "graph")]) == 0
    with oxigraph() as address:
        assert main(["push", str(tmp_path / "out"), "--endpoint", f"{address}/store", "--queries", f"{address}/query"]) == 0
        quads = {str(quad) for quad in open_store(tmp_path / "graph")}
        assert held(address) == quads
        push_shards([tmp_path / "out"], Endpoint(f"{address}/store"), Endpoint(f"{address}/query"), derive)
        assert held(address) == quads
        Endpoint(f"{address}/store").put_graph("http://x.invalid/g", [triple("a", "p")])
        before = held(address)
        capsys.readouterr()
        assert main(["push", str(tmp_path / "out"), "--endpoint", f"{address}/store", "--queries", f"{address}/nowhere"]) == 2
        assert "/nowhere: there is nothing at this address" in capsys.readouterr().err
        assert held(address) == before
    assert main(["push", str(tmp_path / "out"), "--endpoint", f"{address}/store"]) == 2
    assert "add --queries URL" in capsys.readouterr().err


@pytest.mark.parametrize(("status", "body", "kind", "told"), [
    (200, b"<html>Hello</html>", "text/html", r"answers with text/html: this is no SPARQL endpoint"),
    (200, b"{", "application/sparql-results+json", r"its answer is broken"), (200, b"_", "application/n-triples", r"its answer is broken"),
    (401, b"", "text/plain", r"asks who you are - set KG_ENDPOINT_TOKEN"), (403, b"", "text/plain", r"does not let you do this"),
    (404, b"", "text/plain", r"there is nothing at this address"), (405, b"", "text/plain", r"takes no POST at this address"),
    (503, b"busy\nnow", "text/plain", r"failed \(503: busy now\)"), (418, b"tea", "text/plain", r"refused \(418: tea\)"),
])  # fmt: skip
def test_servers_that_do_not_answer_are_told(status: int, body: bytes, kind: str, told: str) -> None:
    with answering(reply(status, body, kind)) as address, pytest.raises(EndpointError, match=told) as caught:
        run_query(Endpoint(address), "ASK { ?s ?p ?o }")
    assert caught.value.file == address


@pytest.mark.parametrize("value", ['{"type": "foo"}', '{"type": "uri", "value": "no iri"}'])
def test_a_broken_row_of_an_answer_is_told(value: str, capsys: pytest.CaptureFixture[str]) -> None:
    body = f'{{"head": {{"vars": ["a"]}}, "results": {{"bindings": [{{"a": {value}}}]}}}}'
    with answering(reply(200, body.encode(), "application/sparql-results+json")) as address:
        assert main(["query", "SELECT ?a { ?a ?b ?c }", "--endpoint", address]) == 2
    assert "its answer is broken" in capsys.readouterr().err


def test_what_a_server_says_does_not_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with answering(reply(503, b"\x1b[31mbusy")) as address:
        assert main(["query", "SELECT ?a { ?a ?b ?c }", "--endpoint", address]) == 2
    assert r"\x1b[31mbusy" in capsys.readouterr().err


def test_a_query_that_the_server_refuses_is_the_querys_fault() -> None:
    def respond(request: http.server.BaseHTTPRequestHandler) -> None:
        answers.pop(0)(request)

    answers = [reply(200, b'{"head": {}, "boolean": true}', "application/sparql-results+json"), reply(400, b"no paths here")]
    with answering(respond) as address, pytest.raises(QueryError, match="no paths here"):
        run_query(Endpoint(address), "SELECT ?s { ?s bkg:a/bkg:b ?o }")


def test_servers_that_are_not_there_or_say_nothing_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/query"
        assert main(["query", "leases", "--endpoint", address]) == 2  # bound, but nobody listens
        assert "cannot be reached" in capsys.readouterr().err
        silent.listen()
        with pytest.raises(EndpointError, match=r"gave no answer within 0\.2 s"):
            Endpoint(address, seconds=0.2).ask("ASK { ?s ?p ?o }")
    for broken in ("no address", "ftp://127.0.0.1/x", "http://[::1/x", "http://127.0.0.1:99999/"):
        with pytest.raises(EndpointError, match=r"cannot be (asked|reached)"):
            Endpoint(broken).ask("ASK { ?s ?p ?o }")
    assert main(["query", "leases", "--endpoint", ""]) == 2, "an empty variable is no wish for the graph on this disk"
    assert "cannot be asked" in capsys.readouterr().err
    assert main(["query", "leases", "--endpoint", "http://127.0.0.1:1/", "--history"]) == 2
    assert "leave --endpoint or --history out" in capsys.readouterr().err


def test_who_asks_is_told_to_the_server_and_a_password_to_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def respond(request: http.server.BaseHTTPRequestHandler) -> None:
        seen.append(request.headers.get("Authorization", ""))
        reply(401)(request)

    with answering(respond) as address:
        for name, value in (("", ""), ("KG_ENDPOINT_TOKEN", "secret"), ("KG_ENDPOINT_USER", "ada"), ("KG_ENDPOINT_PASSWORD", "lovelace")):
            with monkeypatch.context() as patch:
                if name:
                    patch.setenv(name, value)
                if name == "KG_ENDPOINT_PASSWORD":
                    patch.setenv("KG_ENDPOINT_USER", "ada")
                with pytest.raises(KgError, match="asks who you are" if not name else "does not let you do this"):
                    Endpoint(address).ask("ASK { ?s ?p ?o }")
        with pytest.raises(KgError) as caught:
            Endpoint(address.replace("//", "//ada:lovelace@")).ask("ASK { ?s ?p ?o }")
    assert seen == ["", "Bearer secret", "Basic YWRhOg==", "Basic YWRhOmxvdmVsYWNl", "Basic YWRhOmxvdmVsYWNl"]
    assert "lovelace" not in str(caught.value)


def documented() -> list[str]:
    """The commands of docs/scale.md that need a cluster or a server."""
    page = (Path(__file__).resolve().parent.parent / "docs" / "scale.md").read_text(encoding="utf-8")
    return re.findall(r"^ *(?:kg|.*run\.py) (.*)$", "".join(re.findall(r"```sh\n(.*?)```", page, re.S)), re.M)


@pytest.mark.parametrize("command", documented())
def test_documented_commands_are_commands(command: str) -> None:
    assert callable(make_parser().parse_args(shlex.split(command)).run)


def test_documented_pushes_and_questions_do_what_they_say(server: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyarrow", reason="the extra 'scale' is not installed")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KG_GRAPH", str(seeds_graph()))
    write_lines(tmp_path / "a.jsonl", texts(2))
    assert main(["extract", "a.jsonl", "-o", "shards"]) == 0
    commands = [command for command in documented() if "http://localhost:7878" in command]
    assert [command.split()[0] for command in commands] == ["push", "query", "push"]
    for command in commands:
        capsys.readouterr()
        assert main(shlex.split(command.replace("http://localhost:7878", server))) == 0
        printed = capsys.readouterr().out
        assert "pushed " in printed or "Kazakhstan" in printed
