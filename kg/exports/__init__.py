"""The graph for other tools than RDF ones: CSV with CSVW metadata, GraphML, Parquet."""

from kg.exports.write import FORMATS, SUFFIXES, export_tables

__all__ = ["FORMATS", "SUFFIXES", "export_tables"]
