"""Requests to a triple store elsewhere, and what its failures mean."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import KgError
from kg.terms import BKG

if TYPE_CHECKING:
    import httpx

SECONDS = 60.0
"""What one answer may take."""

_RESULTS, _TRIPLES = "application/sparql-results+json", "application/n-triples"
_PROBE = f"ASK {{ ?fact <{BKG}status> ?status }}"
# How stores are told that the default graph is the union of all graphs: most need no word, Oxigraph and Apache Jena do.
_UNIONS: tuple[Mapping[str, str], ...] = ({}, {"union-default-graph": "true"}, {"default-graph-uri": "urn:x-arq:UnionGraph"})

Answer = ox.QuerySolutions | ox.QueryBoolean | list[ox.Triple]


class EndpointError(KgError):
    """A store elsewhere does not answer, or not as its protocol says; ``status`` is that of its answer, 0 where there is none."""

    def __init__(self, what: str, *, file: str, remedy: str, status: int = 0) -> None:
        self.status = status
        super().__init__(what, file=file, remedy=remedy)


@dataclass(frozen=True)
class Endpoint:
    """A store elsewhere by an address of its: the one that it answers queries at, or the one that it takes graphs at.

    Who is asking stands in the environment: KG_ENDPOINT_TOKEN, or KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD.
    """

    url: str
    seconds: float = SECONDS

    def ask(self, query: str, *, own_dataset: bool = False) -> Answer:
        """The answer to a query over the union of all graphs, or with `own_dataset` over the graphs that its FROM names.

        Raises `EndpointError`.
        """
        return self._ask(query, {} if own_dataset else self._union)

    def put_graph(self, graph: str, triples: Iterable[ox.Triple]) -> None:
        """Puts the triples in the place of what the store holds in this graph. Raises `EndpointError`."""
        body = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
        self._send("PUT", params={"graph": graph}, content=body, headers={"Content-Type": _TRIPLES})

    def get_graph(self, graph: str) -> list[ox.Triple]:
        """What the store holds in this graph; nothing where it knows none of this name. Raises `EndpointError`."""
        try:
            answer = self._send("GET", params={"graph": graph}, headers={"Accept": _TRIPLES})
        except EndpointError as error:
            if error.status == 404:
                return []
            raise
        return self._triples(answer)

    @cached_property
    def _union(self) -> Mapping[str, str]:
        for union in _UNIONS:
            try:
                if self._ask(_PROBE, union):
                    return union
            except EndpointError as error:
                if not union or error.status not in range(400, 500):  # a store may refuse another store's parameter
                    raise
        return {}

    def _ask(self, query: str, union: Mapping[str, str]) -> Answer:
        headers = {"Accept": f"{_RESULTS}, {_TRIPLES};q=0.9"}
        answer = self._send("POST", data={"query": query, **union}, headers=headers)
        kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if kind == _TRIPLES:
            return self._triples(answer)
        try:
            if kind in (_RESULTS, "application/json"):
                if isinstance(rows := _rows(answer.content), ox.QuerySolutions):
                    for _ in rows:  # a row is only read when it is taken: what is broken in it shows here
                        pass
                return _rows(answer.content)
        except (SyntaxError, ValueError) as error:
            raise EndpointError(f"its answer is broken ({error})", file=self._shown, remedy="ask who runs the store") from None
        raise EndpointError(
            f"answers with {kind or 'nothing that it names'}: this is no SPARQL endpoint", file=self._shown,
            remedy="give the address for queries: .../query of Oxigraph, .../DATASET/sparql of Apache Jena Fuseki",
        )  # fmt: skip

    def _triples(self, answer: httpx.Response) -> list[ox.Triple]:
        try:
            return [quad.triple for quad in ox.parse(answer.content, format=ox.RdfFormat.N_TRIPLES)]
        except (SyntaxError, ValueError) as error:
            raise EndpointError(f"its answer is broken ({error})", file=self._shown, remedy="ask who runs the store") from None

    def _send(self, method: str, **request: object) -> httpx.Response:
        client = self._client  # first, for it tells where the library is missing
        import httpx

        try:
            answer = client.request(method, self.url, **request)  # type: ignore[arg-type]
        except httpx.ConnectError as error:
            raise EndpointError(f"cannot be reached ({error})", file=self._shown, remedy="start the store, or check the address") from None
        except httpx.TimeoutException:
            remedy = "ask for less, or ask again when the store has less to do"
            raise EndpointError(f"gave no answer within {self.seconds:g} s", file=self._shown, remedy=remedy) from None
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            raise EndpointError(f"cannot be asked ({error})", file=self._shown, remedy="check the address: http://host:port/path") from None
        if answer.is_success:
            return answer
        raise self._refusal(method, answer)

    def _refusal(self, method: str, answer: httpx.Response) -> EndpointError:
        status, said = answer.status_code, " ".join(answer.text[:300].split())
        if status in (401, 403):
            what, remedy = "asks who you are", "set KG_ENDPOINT_TOKEN, or KG_ENDPOINT_USER and KG_ENDPOINT_PASSWORD"
            if status == 403 or "Authorization" in answer.request.headers:
                what, remedy = "does not let you do this", "ask who runs the store for the right to"
        elif status in (404, 405):
            what = "there is nothing at this address" if status == 404 else f"takes no {method} at this address"
            remedy = "queries go to .../query (Oxigraph) or .../sparql (Fuseki), graphs to .../store or .../data"
        elif status >= 500:
            what, remedy = f"failed ({status}: {said})", "try again, or look into the log of the store"
        else:
            what, remedy = f"refused ({status}: {said})", "mend the query, or the address"
        return EndpointError(what, file=self._shown, remedy=remedy, status=status)

    @property
    def _shown(self) -> str:
        """The address without a password."""
        head, at, tail = self.url.rpartition("@")
        return f"{head.partition('//')[0]}//{tail}" if at else self.url

    @cached_property
    def _client(self) -> httpx.Client:
        try:
            import httpx
        except ImportError:
            raise KgError("the part that asks stores elsewhere is not installed", remedy="pip install 'bilateral-kg[endpoint]'") from None
        token, user = os.environ.get("KG_ENDPOINT_TOKEN"), os.environ.get("KG_ENDPOINT_USER")
        return httpx.Client(
            auth=(user, os.environ.get("KG_ENDPOINT_PASSWORD", "")) if user and not token else None,
            headers={"Authorization": f"Bearer {token}"} if token else None,
            timeout=self.seconds, follow_redirects=True, transport=httpx.HTTPTransport(retries=2),
        )  # fmt: skip


def _rows(content: bytes) -> ox.QuerySolutions | ox.QueryBoolean:
    return ox.parse_query_results(content, format=ox.QueryResultsFormat.JSON)
