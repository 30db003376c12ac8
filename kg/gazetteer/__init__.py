"""Known names: states, organisations, people, places, companies, agreements, and the words for open concepts."""

from kg.gazetteer.gazetteer import Gazetteer, load_gazetteer
from kg.gazetteer.records import Candidate, Membership, Name, Period, Tenure, is_actor

__all__ = ["Candidate", "Gazetteer", "Membership", "Name", "Period", "Tenure", "is_actor", "load_gazetteer"]
