"""Answers kept: a graph does not change between two builds, so the same question has the same answer until the next."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any

from starlette.requests import Request

_LARGEST_SHARE = 16  # an answer that would take more of the room than one such part is not kept


class Answers:
    """The answers of late, the least recently asked for dropped first; `room` in bytes bounds them all together."""

    def __init__(self, room: int) -> None:
        self.room, self._taken = room, 0
        self.underway: dict[Hashable, asyncio.Future[bytes]] = {}
        self._kept: OrderedDict[Hashable, bytes] = OrderedDict()

    def find(self, question: Hashable) -> bytes | None:
        """The answer to this question, None where it is not kept."""
        if question in self._kept:
            self._kept.move_to_end(question)
        return self._kept.get(question)

    def keep(self, question: Hashable, answer: bytes) -> None:
        """Keep the answer, if it is small enough."""
        if question in self._kept or _size(question, answer) > self.room // _LARGEST_SHARE:
            return
        self._kept[question] = answer
        self._taken += _size(question, answer)
        while self._taken > self.room:
            self._taken -= _size(*self._kept.popitem(last=False))


def _size(question: Hashable, answer: bytes) -> int:
    """About the bytes that the two take: questions that have an empty answer take room as well."""
    return len(repr(question)) + len(answer)


async def cached(request: Request, function: Callable[..., bytes], *args: Any) -> bytes:
    """What `function(graph, *args)` returns, from an earlier time where the graph is still the same.

    Who asks while the same question is being answered for another waits for that answer.
    """
    workers, answers = request.app.state.workers, request.app.state.answers
    before = workers.state
    question = (before, function.__qualname__, repr(args))
    if (found := answers.find(question)) is not None:
        return bytes(found)
    task = answers.underway.get(question)
    if task is None:
        task = answers.underway[question] = asyncio.ensure_future(workers.call(function, *args))
        task.add_done_callback(lambda _: answers.underway.pop(question, None))
    body: bytes = await asyncio.shield(task)
    if before and workers.state == before:
        answers.keep(question, body)
    return body
