"""What every worker has from its birth: imported in the process that workers are forked from, it reads what does not depend on the graph."""

from __future__ import annotations

from kg.serve.jobs import saved_queries

saved_queries()
