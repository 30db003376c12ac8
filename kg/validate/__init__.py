"""SHACL: whether a graph says what the model allows, and if not, what to do about it.

pySHACL judges, or where it is installed a faster engine that gives equal reports: the data, and of ontology and gazetteer as
much as the data name.
"""

from __future__ import annotations

from kg.validate.context import Context, load_context
from kg.validate.engine import ENGINES
from kg.validate.render import FORMATS, render
from kg.validate.report import Report, ShapeCount, Violation, violating_facts
from kg.validate.run import validate_files, validate_graph
from kg.validate.shapes import Shapes, load_shapes

__all__ = [
    "ENGINES",
    "FORMATS",
    "Context",
    "Report",
    "ShapeCount",
    "Shapes",
    "Violation",
    "load_context",
    "load_shapes",
    "render",
    "validate_files",
    "validate_graph",
    "violating_facts",
]
