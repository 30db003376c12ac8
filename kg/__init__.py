"""bilateral-kg: documents about relations between states become a validated, queryable RDF graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.api import Graph as Graph

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """`kg.Graph`, read when first asked for: `import kg` alone costs nothing."""
    if name == "Graph":
        from kg.api import Graph

        return Graph
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
