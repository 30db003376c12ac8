"""The description of the API at /openapi.json: OpenAPI 3.1, one operation for each saved query, code lists as schemas."""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

import kg
from kg.queries import Parameter, SavedQuery
from kg.serve.cache import cached
from kg.serve.codes import find_codes
from kg.serve.formats import GRAPHS, ROWS, Format
from kg.serve.handing_in import add_contributions
from kg.serve.jobs import saved_queries
from kg.serve.replies import reply
from kg.serve.worker import Graph

_JSON = Format("json", "application/json")
_OPEN: dict[str, dict[str, Any]] = {
    "date": {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$", "examples": ["2018", "2018-05", "2018-05-25"]},
    "number": {"type": "number"},
    "text": {"type": "string"},
    "fact": {"type": "string", "description": "the IRI of a fact, or the end of it", "pattern": r"^[^\s<>\"{}|\\^`]{4,}$"},
    "entity": {"type": "string", "description": "a name, an alias or the IRI of an entity", "examples": ["ent:france", "France"]},
}


def routes() -> list[BaseRoute]:
    """The description."""
    return [Route("/openapi.json", description)]


async def description(request: Request) -> Response:
    """The OpenAPI document for the address that the client knows."""
    settings = request.app.state.settings
    body = await cached(request, describe_api, settings.public(request), bool(settings.tokens))
    return reply(request, body, _JSON)


def describe_api(graph: Graph, address: str, takes_facts: bool) -> bytes:
    """The OpenAPI document of a server at this address; with `POST /contributions` where it takes facts in."""
    queries = {f"/queries/{query.name}.{{format}}": {"get": _operation(query)} for query in saved_queries()}
    document: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {
            "title": "bilateral-kg", "version": kg.__version__, "license": {"name": "MIT", "identifier": "MIT"},
            "description": "Facts about relations between states, each with the words that support it. "
                           "Parameters of kind state, concept and document take a name, an alias, a code or an IRI as well.",
        },
        "servers": [{"url": address}],
        "paths": {"/sparql": _SPARQL} | queries,
        "components": {"schemas": _schemas(graph) | {"problem": _PROBLEM}, "responses": {"problem": _PROBLEM_RESPONSE}},
    }  # fmt: skip
    if takes_facts:
        add_contributions(document)
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _schemas(graph: Graph) -> dict[str, Any]:
    """A schema for each kind of parameter; code lists as `anyOf` annotated constants."""
    schemas: dict[str, Any] = {}
    for parameter in (parameter for query in saved_queries() for parameter in query.parameters):
        name = _schema_name(parameter)
        if name not in schemas:
            codes = find_codes(graph.store, parameter)
            schemas[name] = _coded(parameter, [{"const": code.value, "title": code.label} for code in codes])
    return dict(sorted(schemas.items()))


def _coded(parameter: Parameter, codes: list[dict[str, str]]) -> dict[str, Any]:
    if parameter.type in {"status", "type"}:
        return {"type": "string", "enum": [code["const"] for code in codes]}
    if not codes:
        return _OPEN.get(parameter.type, {"type": "string"})
    named = {"type": "string", "description": "or its name, an alias or a code"}
    return {"anyOf": [{"title": "code list", "oneOf": codes}, named]}


def _schema_name(parameter: Parameter) -> str:
    return f"{parameter.type}-{parameter.scheme}" if parameter.scheme else parameter.type


def _operation(query: SavedQuery) -> dict[str, Any]:
    formats = GRAPHS if query.kind == "derive" else ROWS
    return {
        "operationId": query.name, "summary": query.title, "tags": list(query.tags) or [query.kind],
        "description": " ".join(filter(None, (query.question, query.note))),
        "parameters": [
            {"name": "format", "in": "path", "required": True, "schema": {"type": "string", "enum": [f.name for f in formats]}},
            *(_parameter(parameter) for parameter in query.parameters),
        ],
        "responses": _responses(formats),
    }  # fmt: skip


def _parameter(parameter: Parameter) -> dict[str, Any]:
    described = {"description": parameter.note} if parameter.note else {}
    schema: dict[str, Any] = {"$ref": f"#/components/schemas/{_schema_name(parameter)}"}
    if parameter.default:
        schema["default"] = parameter.default.strip('"')
    return {"name": parameter.name, "in": "query", "required": False, **described, "schema": schema}


def _responses(formats: tuple[Format, ...]) -> dict[str, Any]:
    content = {format.media_type: {"schema": {"type": "object" if format.name == "json" else "string"}} for format in formats}
    return {"200": {"description": "The whole answer", "content": content}, "default": {"$ref": "#/components/responses/problem"}}


_PROBLEM = {
    "type": "object", "required": ["title", "status", "detail"],
    "properties": {
        "type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"}, "detail": {"type": "string"},
        "remedy": {"type": "string", "description": "what to do about it"},
        "line": {"type": "integer", "description": "the line of the query, from 1"},
        "column": {"type": "integer", "description": "the column of the query, from 1"},
    },
}  # fmt: skip
_PROBLEM_RESPONSE = {
    "description": "What went wrong and what to do (RFC 9457)",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/problem"}}},
}
_GRAPH_PARAMETERS = [
    {"name": name, "in": "query", "schema": {"type": "array", "items": {"type": "string", "format": "iri"}}, "explode": True}
    for name in ("default-graph-uri", "named-graph-uri")
]
_FORMAT_PARAMETER = {
    "name": "format", "in": "query", "description": "instead of the Accept header",
    "schema": {"type": "string", "enum": list(dict.fromkeys(format.name for format in (*ROWS, *GRAPHS)))},
}  # fmt: skip
_SPARQL: dict[str, Any] = {
    "parameters": [*_GRAPH_PARAMETERS, _FORMAT_PARAMETER],
    "get": {
        "operationId": "sparql-get", "summary": "Ask a SPARQL 1.1 query", "tags": ["SPARQL"],
        "parameters": [{"name": "query", "in": "query", "schema": {"type": "string"}, "description": "without it: the service description"}],
        "responses": _responses((*ROWS, *GRAPHS)),
    },
    "post": {
        "operationId": "sparql-post", "summary": "Ask a SPARQL 1.1 query, also a long one", "tags": ["SPARQL"],
        "requestBody": {"required": True, "content": {
            "application/sparql-query": {"schema": {"type": "string"}},
            "application/x-www-form-urlencoded": {
                "schema": {"type": "object", "required": ["query"], "properties": {"query": {"type": "string"}}}},
        }},
        "responses": _responses((*ROWS, *GRAPHS)),
    },
}  # fmt: skip
