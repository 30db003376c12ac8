"""The graph for assistants: saved queries, search, evidence and read-only SPARQL over the Model Context Protocol."""
