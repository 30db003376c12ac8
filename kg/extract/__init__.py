"""Documents to facts."""

from kg.extract.examples import Outcome, check_example, write_fact
from kg.extract.extractor import Extractor, Gap, Trial, find_gaps
from kg.extract.reading import Reading, read

__all__ = ["Extractor", "Gap", "Outcome", "Reading", "Trial", "check_example", "find_gaps", "read", "write_fact"]
