"""``POST /contributions``: who may, what is taken, what comes back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("httpx", reason="httpx is missing: pip install 'bilateral-kg[test]'")
starlette = pytest.importorskip("starlette", reason="starlette is missing: pip install 'bilateral-kg[serve]'")

from starlette.applications import Starlette  # noqa: E402
from starlette.testclient import TestClient  # noqa: E402

from kg.graph import open_store, read_contributions  # noqa: E402
from kg.serve.contributions import SUFFIXES, Door, contribution_routes  # noqa: E402
from tests.changing import content, make_graph  # noqa: E402

TOKEN = "a-token-that-nobody-guesses"
HEADERS = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "text/turtle"}
PREFIXES = """@prefix bkg: <https://w3id.org/bilateral-kg/ontology#> .
@prefix ent: <https://w3id.org/bilateral-kg/entity/> .
@prefix con: <https://w3id.org/bilateral-kg/concept/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
GOOD = PREFIXES + """[] a bkg:TradeFigure ; rdfs:label "Trade of France with Spain: total 31 USD (2018)" ; bkg:status bkg:Asserted ;
  bkg:reporter ent:france ; bkg:partner ent:spain ; bkg:flow con:flow-total ; bkg:amount 31 ; bkg:currency "USD" ; bkg:date "2018"^^xsd:gYear .
"""
BAD = GOOD.replace('"USD" ;', '"XYY" ;')


class Clock:
    """A clock that stands until it is put forward."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    return make_graph(tmp_path)[0]


@pytest.fixture
def client(graph: Path, clock: Clock) -> Iterator[TestClient]:
    door = Door(graph, {TOKEN: "Ada Reader"}, most_bytes=10_000, per_minute=3, clock=clock)
    with TestClient(Starlette(routes=contribution_routes(door))) as client:
        yield client


@pytest.mark.parametrize("door", [None, "no tokens"])
def test_it_is_off_where_nobody_has_a_token(graph: Path, door: str | None) -> None:
    routes = contribution_routes(Door(graph, {}) if door else None)
    assert routes == []
    assert TestClient(Starlette(routes=routes)).post("/contributions", content=GOOD, headers=HEADERS).status_code == 404


def test_a_short_token_is_refused(graph: Path) -> None:
    with pytest.raises(ValueError, match="could be guessed"):
        Door(graph, {"secret": "Ada"})


@pytest.mark.parametrize("header", ["", TOKEN, f"Basic {TOKEN}", "Bearer ", f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}"])
def test_without_the_token_nothing_is_even_read(client: TestClient, graph: Path, header: str) -> None:
    before = content(graph)
    answer = client.post("/contributions", content=GOOD, headers={**HEADERS, "Authorization": header})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() == {
        "type": "about:blank", "title": "The request needs a token", "status": 401, "detail": "no token, or a wrong one", "remedy": "send Authorization: Bearer TOKEN",
    }  # fmt: skip
    assert content(graph) == before


def test_good_facts_are_accepted_under_the_bearers_name(client: TestClient, graph: Path) -> None:
    answer = client.post("/contributions?source=https://example.org/a&note=by+post&by=Somebody", content=GOOD, headers=HEADERS)
    assert answer.status_code == 201, answer.text
    (contribution,) = read_contributions(graph)[0]
    assert contribution.header is not None
    assert (contribution.header.who, contribution.header.source, contribution.header.note) == ("Ada Reader", "https://example.org/a", "by post")
    assert answer.json()["contribution"] == contribution.header.iri
    assert "31" in {getattr(quad.object, "value", "") for quad in open_store(graph)}


def test_a_dry_run_accepts_nothing(client: TestClient, graph: Path) -> None:
    before = content(graph)
    answer = client.post("/contributions?dry-run=1&source=https://example.org/a", content=GOOD, headers=HEADERS)
    assert (answer.status_code, answer.json()["accepted"]) == (200, False)
    assert content(graph) == before


def test_bad_facts_come_back_with_reasons(client: TestClient, graph: Path) -> None:
    before = content(graph)
    answer = client.post("/contributions?source=https://example.org/a", content=BAD, headers=HEADERS)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.json()["status"], answer.json()["title"]) == (422, "Facts are at fault")
    finding = answer.json()["findings"][0]
    assert finding["place"]["file"] == "posted.ttl"
    assert finding["remedy"]
    assert content(graph) == before


def test_the_good_part_is_taken_and_the_rest_comes_back(client: TestClient, graph: Path) -> None:
    both = GOOD + BAD.removeprefix(PREFIXES)
    answer = client.post("/contributions?partial=true&source=https://example.org/a", content=both, headers=HEADERS)
    assert answer.status_code == 201, answer.text
    assert "XYY" in answer.json()["rest"]
    assert len(read_contributions(graph)[0]) == 1


@pytest.mark.parametrize(
    ("body", "media", "status", "words"),
    [
        ("no turtle", "text/turtle", 400, "posted.ttl:1"),
        ("<rdf/>", "application/rdf+xml", 415, "text/turtle"),
        ("", "", 415, "text/turtle"),
        ("x" * 10_001, "text/turtle", 413, "10,000 bytes"),
        ('{"@context": "https://example.org/c.jsonld"}', "application/ld+json", 400, "context"),
    ],
)
def test_what_is_not_taken(client: TestClient, graph: Path, body: str, media: str, status: int, words: str) -> None:
    before = content(graph)
    answer = client.post("/contributions", content=body, headers={**HEADERS, "Content-Type": media})
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json" and answer.json()["status"] == status
    assert words in answer.text
    assert "kg-posted" not in answer.text, "no path of the server gets out"
    assert content(graph) == before


def test_a_body_without_a_declared_length_is_cut_off_too(client: TestClient) -> None:
    answer = client.post("/contributions", content=(b"x" * 1000 for _ in range(50)), headers=HEADERS)
    assert answer.status_code == 413


def test_more_than_so_many_a_minute_must_wait(client: TestClient, clock: Clock) -> None:
    codes = [client.post("/contributions", content="", headers={**HEADERS, "Content-Type": "x/y"}).status_code for _ in range(4)]
    assert codes == [415, 415, 415, 429]
    clock.now = 20
    answer = client.post("/contributions", content="", headers={**HEADERS, "Content-Type": "x/y"})
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "40")
    clock.now = 60
    assert client.post("/contributions", content="", headers={**HEADERS, "Content-Type": "x/y"}).status_code == 415


def test_what_takes_too_long_is_stopped(graph: Path) -> None:
    before = content(graph)
    door = Door(graph, {TOKEN: "Ada Reader"}, seconds=0.05)
    with TestClient(Starlette(routes=contribution_routes(door))) as client:
        answer = client.post("/contributions?source=https://example.org/a", content=GOOD, headers=HEADERS)
    assert answer.status_code == 503
    assert content(graph) == before


def test_the_server_takes_them_with_a_file_of_tokens(graph: Path, tmp_path: Path) -> None:
    from kg.serve.app import make_app
    from kg.serve.settings import Settings
    from kg.serve.tokens import read_tokens

    OpenAPIV31SpecValidator = pytest.importorskip("openapi_spec_validator", reason="needs the extra 'test'").OpenAPIV31SpecValidator
    file = tmp_path / "tokens"
    file.write_text("# our people\n" + "a" * 20 + " Ana Lima\n")
    for tokens, status, words in (({}, 404, "no page of this name"), (read_tokens(file), 415, "image/png is not taken")):
        with TestClient(make_app(Settings(graph, tokens=tokens))) as client:
            answer = client.post("/contributions", content=b"x", headers={"Authorization": "Bearer " + "a" * 20, "Content-Type": "image/png"})
            assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), answer.text
            assert words in answer.json()["detail"]
            described = client.get("/openapi.json").json()
            OpenAPIV31SpecValidator(described).validate()
            assert ("/contributions" in described["paths"]) == bool(tokens)
            if tokens:
                assert set(described["paths"]["/contributions"]["post"]["requestBody"]["content"]) == set(SUFFIXES)


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [("short Ana\n", 1, "guessed"), ("\n" + "a" * 20 + "\n", 2, "without a name"), ("a" * 20 + " A\n" + "a" * 20 + " B\n", 2, "twice"), ("# none\n", None, "names nobody")],
)
def test_a_broken_file_of_tokens_is_told_with_its_line(tmp_path: Path, text: str, line: int | None, what: str) -> None:
    from kg.errors import KgError
    from kg.serve.tokens import read_tokens

    file = tmp_path / "tokens"
    file.write_text(text)
    with pytest.raises(KgError, match=what) as caught:
        read_tokens(file)
    assert caught.value.line == line
