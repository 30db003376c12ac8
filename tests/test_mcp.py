"""The server for assistants, asked by the SDK's own client over standard input and output."""

from __future__ import annotations

import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from kg import terms
from kg.cli import main
from kg.queries import load_queries
from tests.andes import QUOTE, build_andes

anyio = pytest.importorskip("anyio", reason="mcp (extra mcp) is not installed")
pytest.importorskip("mcp", reason="mcp (extra mcp) is not installed")

from mcp.client.client import Client  # noqa: E402
from mcp.client.stdio import StdioServerParameters, stdio_client  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
Asked = Callable[[Any], Awaitable[Any]]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_andes(tmp_path_factory.mktemp("andes"))


def ask(graph: Path, questions: Asked) -> Any:
    """What `questions(client)` returns, with a server of its own."""

    async def run() -> Any:
        server = StdioServerParameters(command=sys.executable, args=["-m", "kg", "mcp", "--graph", str(graph)], cwd=str(ROOT))
        with anyio.fail_after(120):
            async with Client(stdio_client(server)) as client:
                return await questions(client)

    return anyio.run(run)


def answer(result: Any) -> Any:
    assert not result.is_error, result.content
    found = result.structured_content
    return found["result"] if set(found) == {"result"} else found


def error(result: Any) -> str:
    assert result.is_error
    return str(result.content[0].text)


def test_tools_are_typed_and_read_only(graph: Path) -> None:
    async def questions(client: Any) -> Any:
        return (await client.list_tools()).tools, client.instructions

    tools, instructions = ask(graph, questions)
    by_name = {tool.name: tool for tool in tools}
    assert set(by_name) == {"list_queries", "run_saved_query", "find_entity", "fact_evidence", "list_documents", "sparql"}
    for tool in tools:
        assert tool.description and tool.annotations.read_only_hint and tool.output_schema, tool.name
    limit = by_name["sparql"].input_schema["properties"]["limit"]
    assert (limit["minimum"], limit["maximum"]) == (1, 500)
    assert "passages" in by_name["fact_evidence"].output_schema["properties"]
    assert all(name in instructions for name in terms.FACT_TYPES)


def test_from_a_question_to_the_sentence(graph: Path) -> None:
    async def questions(client: Any) -> Any:
        listed = answer(await client.call_tool("list_queries", {"words": "trade pair"}))
        name = next(each["name"] for each in listed if each["name"] == "trade-of-a-pair")
        rows = answer(await client.call_tool("run_saved_query", {"name": name, "parameters": {"a": "Peru", "b": "CL", "from": "2025"}}))
        fact = rows["rows"][0][rows["columns"].index("fact")]
        return listed, rows, answer(await client.call_tool("fact_evidence", {"fact": fact}))

    listed, rows, fact = ask(graph, questions)
    assert {p["name"]: p["type"] for p in next(q for q in listed if q["name"] == "trade-of-a-pair")["parameters"]} == {
        "a": "state", "b": "state", "from": "date", "until": "date"}  # fmt: skip
    assert rows["total"] == 1 and rows["rows"][0][rows["columns"].index("amount")] == 6_000_000_000
    assert rows["labels"]["ent:peru"] == "Peru"
    assert fact["status"] == "Planned" and fact["dates"]["date"] == "2025"
    assert "Peru (ent:peru)" in fact["roles"]["reporter"] + fact["roles"]["partner"]
    (passage,) = fact["passages"]
    assert passage["sentence"] == "Trade between Peru and Chile will reach 6 billion dollars in 2025."
    assert passage["issued"] == "2019-03-02" and "<script>" in passage["title"]


def test_the_text_behind_a_passage_is_a_resource(graph: Path) -> None:
    async def questions(client: Any) -> Any:
        rows = answer(await client.call_tool("sparql", {"query": "SELECT ?fact { ?fact a bkg:Remark }"}))
        fact = answer(await client.call_tool("fact_evidence", {"fact": rows["rows"][0][0]}))
        listed = [str(resource.uri) for resource in (await client.list_resources()).resources]
        documents = answer(await client.call_tool("list_documents", {}))
        text = (await client.read_resource(fact["passages"][0]["resource"])).contents[0].text
        by_name = (await client.read_resource("bilateral-kg://document/pacific-letter")).contents[0].text
        model = json.loads((await client.read_resource("bilateral-kg://model")).contents[0].text)
        return fact, listed, documents, text, by_name, model

    fact, listed, documents, text, by_name, model = ask(graph, questions)
    (passage,) = fact["passages"]
    assert text[passage["start"] : passage["end"]] == passage["quote"] and QUOTE in passage["quote"]
    assert {each["resource"] for each in documents} <= set(listed) and len(documents) == 2
    assert by_name.startswith("Trade between Peru and Chile reached 3.9")
    assert model.keys() == terms.FACT_TYPES.keys() and "signed" in model["AgreementAction"]["action"]["words"]


def test_entities_are_found_by_any_part_of_a_name(graph: Path) -> None:
    async def questions(client: Any) -> Any:
        return [answer(await client.call_tool("find_entity", {"name": name})) for name in ("peru", "Gabriel", "pacific alianc", "Qqqqqqqq")]

    peru, boric, alliance, nobody = ask(graph, questions)
    assert peru[0]["entity"] == "ent:peru" and peru[0]["kinds"] == ["State"] and peru[0]["facts"] == 8
    assert boric[0]["label"] == "Gabriel Boric" and alliance[0]["label"] == "Pacific Alliance" and nobody == []


def test_sparql_answers_all_forms_and_says_what_it_cuts(graph: Path) -> None:
    async def questions(client: Any) -> Any:
        texts = ["SELECT ?s { ?s a bkg:TradeFigure }", "ASK { ?s a bkg:Lease }", "CONSTRUCT { ?s a ?t } WHERE { ?s a bkg:Remark ; a ?t }",
                 "SELECT ?s { ?s a bkg:Leese }"]  # fmt: skip
        return [answer(await client.call_tool("sparql", {"query": text, "limit": 2})) for text in texts]

    figures, lease, remarks, none = ask(graph, questions)
    assert figures["total"] == 4 and len(figures["rows"]) == 2 and figures["cut"] and "2 of 4 rows" in figures["note"]
    assert lease["rows"] == [["no"]] and remarks["columns"] == ["subject", "predicate", "object"]
    assert none["rows"] == [] and "bkg:Leese" in none["note"]


def test_what_cannot_be_done_is_a_tool_error_in_words(graph: Path) -> None:
    wrong = [
        ("run_saved_query", {"name": "trade-of-pair"}, "trade-of-a-pair"),
        ("run_saved_query", {"name": "trade-of-a-pair", "parameters": {"a": "Perru"}}, "did you mean 'Peru'"),
        ("run_saved_query", {"name": "trade-of-a-pair", "parameters": {"c": "Peru"}}, "no parameter 'c'"),
        ("sparql", {"query": "SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }"}, "SERVICE would ask another server"),
        ("sparql", {"query": "DELETE WHERE { ?s ?p ?o }"}, "would change the graph"),
        ("sparql", {"query": "SELECT * { ?s ?p }"}, "column"),
        ("sparql", {"query": "SELECT ?s { ?s ?p ?o }", "limit": 10_000}, "500"),
        ("sparql", {"query": "SELECT * { ?s ?p ?o }"}, "at most 20,000 are given"),
        ("fact_evidence", {"fact": "fact:nothing"}, "no fact"),
        ("fact_evidence", {"fact": "ent:peru"}, "is no fact"),
        ("find_entity", {"name": "  "}, "no name"),
        ("find_entity", {}, "name"),
    ]

    async def questions(client: Any) -> Any:
        return [error(await client.call_tool(tool, arguments)) for tool, arguments, _ in wrong]

    for said, (_, _, expected) in zip(ask(graph, questions), wrong, strict=True):
        assert expected in said and "Traceback" not in said


def test_a_new_build_is_seen(tmp_path: Path) -> None:
    graph = build_andes(tmp_path)

    async def questions(client: Any) -> Any:
        before = answer(await client.call_tool("list_documents", {}))
        await anyio.to_thread.run_sync(lambda: main(["build", "--graph", str(graph), str(tmp_path / "pacific-letter.md")]))
        return before, answer(await client.call_tool("list_documents", {})), answer(
            await client.call_tool("run_saved_query", {"name": "remarks-of-a-speaker"}))  # fmt: skip

    before, after, remarks = ask(graph, questions)
    assert (len(before), len(after)) == (2, 1) and remarks["rows"] == [] and remarks["note"]


def test_every_saved_question_is_offered(graph: Path) -> None:
    async def questions(client: Any) -> Any:
        return answer(await client.call_tool("list_queries", {}))

    listed = {each["name"]: each for each in ask(graph, questions)}
    assert set(listed) == {query.name for query in load_queries() if query.kind == "question"}
    status = next(p for p in listed["network-of-actors"]["parameters"] if p["name"] == "status")
    assert status["allowed"] == list(terms.STATUSES) and status["default"] == "bkg:Asserted"


def test_without_a_graph_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mcp", "--graph", str(tmp_path / "none")]) == 2
    assert "make one: kg build" in capsys.readouterr().err
