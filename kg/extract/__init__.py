"""Documents to facts."""

from kg.extract.examples import Outcome, check_example, write_fact
from kg.extract.extractor import Extractor, Gap, Trial, find_gaps
from kg.extract.layout.counts import RULE as COUNTS_RULE
from kg.extract.layout.tables import RULE as TABLE_RULE
from kg.extract.loading import load_extractor
from kg.extract.reading import Reading, read

BUILT_IN_RULES = (TABLE_RULE, COUNTS_RULE)
"""Rules that no card holds."""

__all__ = ["BUILT_IN_RULES", "Extractor", "Gap", "Outcome", "Reading", "Trial", "check_example", "find_gaps", "load_extractor", "read", "write_fact"]
