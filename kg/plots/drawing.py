"""A plot that is drawn: its specification and the rows that it shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from kg.plots.theme import Json
from kg.queries import Parameter, Result

if TYPE_CHECKING:
    from kg.queries.engine import Store


@dataclass(frozen=True, slots=True)
class Drawing:
    """One plot with its data.

    ``specification`` is a JSON value: Vega-Lite, or Vega (``grammar`` says which). It is empty where nothing can be
    drawn; ``why_empty`` then says why. ``table`` holds every fact asked for, the drawn and the undrawn, with the column
    ``fact``: the accessible form of the plot. ``notes`` are sentences on what is not drawn, which the plot bears too.
    """

    name: str
    title: str
    question: str
    grammar: str
    specification: Json
    table: Result
    notes: tuple[str, ...] = ()
    why_empty: str = ""


Draw: TypeAlias = "Callable[[Store, Mapping[str, str], str], Drawing]"
"""Draws a plot from a store, with parameters and base URL as `make_drawing` takes them."""


@dataclass(frozen=True, slots=True)
class Plot:
    """One kind of plot: its name, the saved queries that it draws, their parameters, and the function that draws it."""

    name: str
    title: str
    queries: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    draw: Draw
