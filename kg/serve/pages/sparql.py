"""The page for SPARQL of one's own: an editor where script runs, a plain form that the server answers where it does not."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from kg.errors import KgError
from kg.queries import Result, explain_no_rows, find_query, run_query
from kg.serve.jobs import saved_queries
from kg.serve.middleware import POLICY
from kg.serve.pages.frame import show
from kg.serve.pages.records import Table
from kg.serve.pages.tables import make_table
from kg.serve.worker import Graph

_MOST = 1000
_TABLE_STYLE = "'sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk='"  # of the one style that the editor's table writes into the page
_FIRST = """PREFIX bkg: <https://w3id.org/bilateral-kg/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT DISTINCT ?fact ?label ?status
WHERE {
  ?fact a bkg:ProjectStatus ;
    rdfs:label ?label ;
    bkg:status ?status .
}
ORDER BY ?label
LIMIT 50
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query of one's own gave: rows, or yes or no, or what was wrong and where."""

    table: Table | None
    yes: bool | None
    why_empty: str
    error: str
    remedy: str
    line: int | None


def read_answer(graph: Graph, text: str) -> Answer:
    """The answer of SPARQL text for the page; a broken query is part of the answer, its limits are not."""
    try:
        result: Result = run_query(graph.store, text)
    except KgError as error:
        return Answer(None, None, "", error.what, error.remedy, error.line)
    if result.form == "ask":
        return Answer(None, result.answer, "", "", "", None)
    table = make_table(graph.store, result, _MOST)
    return Answer(table, None, "" if result.rows else explain_no_rows(graph.store, text), "", "", None)


async def editor_page(request: Request) -> Response:
    """The editor, with a query given (`query`), a saved one (`example`), or a first one; a query given is answered."""
    given = request.query_params.get("query", "")
    example = request.query_params.get("example", "")
    text = given or _FIRST
    if example and not given:
        text = _without_header(find_query(example, saved_queries()).text)
    answer = await request.app.state.workers.ask(read_answer, given) if given else None
    examples = [query for query in saved_queries() if query.kind == "question"]
    page = show(request, "editor.html", 400 if answer and answer.error else 200, text=text, example=example, answer=answer, examples=examples)
    page.headers["Content-Security-Policy"] = POLICY.replace("style-src 'self'", f"style-src 'self' {_TABLE_STYLE}")
    return page


def _without_header(text: str) -> str:
    """The query behind its `#+` lines."""
    return "\n".join(line for line in text.split("\n") if not line.startswith("#+")).strip() + "\n"
