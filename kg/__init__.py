"""bilateral-kg: documents about relations between states become a validated, queryable RDF graph."""

from __future__ import annotations

TYPE_CHECKING = False  # as typing has it, whose import would be a good part of what `kg --help` takes
if TYPE_CHECKING:
    from kg.api import Graph as Graph

__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """`kg.Graph`, read when first asked for: `import kg` alone costs nothing."""
    if name == "Graph":
        from kg.api import Graph

        return Graph
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
