"""A triple store elsewhere, by the W3C's protocols: SPARQL 1.1 for questions, Graph Store HTTP for graphs."""

from kg.endpoint.client import SECONDS, Answer, Endpoint, EndpointError

__all__ = ["SECONDS", "Answer", "Endpoint", "EndpointError"]
