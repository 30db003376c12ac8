"""The graph over HTTP: SPARQL endpoint, saved queries as an API, linked data, pages. Nothing here needs the internet."""
