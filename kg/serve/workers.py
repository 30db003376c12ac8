"""What the server asks the graph, always in worker processes: its own jobs apart from the queries of strangers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Concatenate, ParamSpec, TypeVar

from kg.queries import Result
from kg.serve.jobs import run_saved, run_text
from kg.serve.pool import Pool
from kg.serve.settings import Settings
from kg.serve.worker import Graph, Preparation, graph_state

P = ParamSpec("P")
T = TypeVar("T")


class Workers:
    """The two pools. `start` before use, `stop` after it, both in the loop that uses them.

    The workers for the server's own jobs make the `preparations` while they have none.
    """

    def __init__(self, settings: Settings, preparations: Sequence[Preparation] = ()) -> None:
        self.settings = settings
        self._own, self._strangers = Pool(settings, trusted=True, preparations=preparations), Pool(settings, trusted=False)

    async def start(self) -> None:
        """Open the graph. Raises `StoreError` where there is none, or none that can be read."""
        await self._own.start()
        await self._strangers.start()

    def renew(self) -> None:
        """Open the graph of this moment in all workers that have nothing to do."""
        self._own.renew()
        self._strangers.renew()

    async def stop(self) -> None:
        """End all workers, and wait for their end."""
        await asyncio.gather(self._own.stop(), self._strangers.stop())

    @property
    def state(self) -> str:
        """What tells the graph of this moment from the one of another build ("" while there is none)."""
        return graph_state(self.settings.graph)

    async def run(self, text: str, params: Mapping[str, str] | None = None) -> Result:
        """The result of SPARQL text over all graphs together. Raises `QueryError` and what `call` raises."""
        return await self.ask(run_text, text, dict(params or {}), self.settings.rows)

    async def saved(self, name: str, params: Mapping[str, str] | None = None) -> Result:
        """The result of a saved query; parameters as users write them. Raises as `run` does."""
        return await self.call(run_saved, name, dict(params or {}), self.settings.rows)

    async def call(self, function: Callable[Concatenate[Graph, P], T], *args: P.args, **none: P.kwargs) -> T:
        """What `function(graph, *args)` returns, called in a worker; for work that is known to end.

        The function stands at the top of a module, and arguments and answer can be pickled. It may ask the store as
        often as it likes: one call for a page is cheaper than one for each of its queries.

        Raises the function's own `KgError`; `TimeLimitError`, `MemoryLimitError` when it was stopped, `BusyError` when
        too much else goes on, `StoreError` when the graph cannot be read.
        """
        return await self._own.call(function, *args, **none)

    async def ask(self, function: Callable[Concatenate[Graph, P], T], *args: P.args, **none: P.kwargs) -> T:
        """The same for a query that a stranger wrote: it may wait for other strangers, but nothing else waits for it."""
        return await self._strangers.call(function, *args, **none)
