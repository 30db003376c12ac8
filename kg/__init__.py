"""bilateral-kg: documents about relations between states become a validated, queryable RDF graph."""

__version__ = "0.1.0"
