"""The description of ``POST /contributions`` for /openapi.json: what may be sent, and what comes back."""

from __future__ import annotations

from typing import Any

from kg.serve.contributions import SUFFIXES


def add_contributions(document: dict[str, Any]) -> None:
    """Add the path, its schemas and its kind of token to an OpenAPI document."""
    document["paths"]["/contributions"] = {"post": _POST}
    document["components"]["schemas"] |= {"report": _REPORT, "finding": _FINDING}
    document["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}


def _option(name: str, schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": description, "schema": schema}


def _told(description: str, schema: dict[str, Any], media_type: str = "application/json") -> dict[str, Any]:
    return {"description": description, "content": {media_type: {"schema": schema}}}


def _media_type(name: str) -> dict[str, Any]:
    return {} if name.endswith("sheet") else {"schema": {"type": "string"}}  # OpenAPI 3.1: a binary body has no schema


_TEXT = {"type": "string", "maxLength": 2000}
_FINDING = {
    "type": "object", "required": ["message"],
    "properties": {
        "message": {"type": "string"}, "remedy": {"type": "string", "description": "what to do about it"},
        "severity": {"type": "string"}, "place": {"type": "object", "description": "file and line, or row and column"},
    },
}  # fmt: skip
_REPORT = {
    "type": "object", "required": ["accepted", "findings", "rest"],
    "properties": {
        "accepted": {"type": "boolean"}, "contribution": {"type": ["string", "null"], "format": "iri"},
        "findings": {"type": "array", "items": {"$ref": "#/components/schemas/finding"}},
        "rest": {"type": ["string", "null"], "description": "with partial: what was not accepted, to be corrected"},
    },
}  # fmt: skip
_FAULTS = {"allOf": [{"$ref": "#/components/schemas/problem"}, {"$ref": "#/components/schemas/report"}]}
_POST: dict[str, Any] = {
    "operationId": "hand-in", "summary": "Hand facts in", "tags": ["contributions"], "security": [{"token": []}],
    "description": "The facts are judged as `kg add` judges them, and join the graph under the name of the token's bearer.",
    "parameters": [
        _option("source", _TEXT, "where the facts stand: an address or a citation"), _option("note", _TEXT, "a note on the contribution"),
        _option("partial", {"type": "boolean", "default": False}, "take the good facts, and give the others back"),
        _option("dry-run", {"type": "boolean", "default": False}, "judge, and accept nothing"),
    ],
    "requestBody": {"required": True, "content": {name: _media_type(name) for name in SUFFIXES}},
    "responses": {
        "200": _told("Nothing wrong and nothing accepted: a dry run, or nothing new", {"$ref": "#/components/schemas/report"}),
        "201": _told("Accepted", {"$ref": "#/components/schemas/report"}),
        "422": _told("Facts are at fault; nothing was accepted", _FAULTS, "application/problem+json"),
        "default": {"$ref": "#/components/responses/problem"},
    },
}  # fmt: skip
