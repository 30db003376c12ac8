"""The ways in which a query is stopped."""

from __future__ import annotations

from kg.errors import KgError, QueryError


class TimeLimitError(QueryError):
    """The query took too long and was stopped."""


class MemoryLimitError(QueryError):
    """The query needed too much memory and was stopped."""


class AnswerLimitError(QueryError):
    """The answer has too many rows or bytes; nothing of it is sent, since a part would look like the whole."""


class BusyError(KgError):
    """The server has too much to do just now; the same request may be answered a little later."""
