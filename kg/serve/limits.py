"""The ways in which a query is stopped."""

from __future__ import annotations

from kg.errors import KgError, QueryError


class TimeLimitError(QueryError):
    """The query took too long and was stopped."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"the query was stopped after {seconds:g} s",
                         remedy="name a type, a state or a date, or add LIMIT to an inner SELECT")


class MemoryLimitError(QueryError):
    """The query needed too much memory and was stopped."""

    def __init__(self) -> None:
        super().__init__("the query was stopped: it needs too much memory", remedy="ask for less, or count")


class CrashError(KgError):
    """The query ended its worker process, twice, and by none of the limits."""


class AnswerLimitError(QueryError):
    """The answer has too many rows or bytes; nothing of it is sent, since a part would look like the whole."""


class BusyError(KgError):
    """The server has too much to do just now; the same request may be answered a little later."""


class FormatError(KgError):
    """The client takes no format that can say this kind of answer."""

    def __init__(self, form: str) -> None:
        graph = form in {"CONSTRUCT", "DESCRIBE"}
        super().__init__(f"none of the formats asked for can say the answer of {form}",
                         remedy="ask for " + ("text/turtle, application/n-triples, application/rdf+xml or application/ld+json"
                                              if graph else "application/sparql-results+json, +xml, text/csv or text/tab-separated-values"))
