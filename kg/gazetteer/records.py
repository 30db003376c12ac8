"""What the gazetteer hands out."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Candidate", "Membership", "Name", "Period", "Tenure", "is_actor"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of a name.

    ``iri`` is an entity or a concept; ``kind`` an entity kind of `kg.model.Entity`, or "sector", "indicator", "office";
    ``form`` is "name", "adjective" (Kazakh), "metonym" (the Kremlin) or "people" (Kazakhs). ``surname``: a person's
    family name alone. ``weak``: a word that also means other things (Brown, May); believe it only where the text
    has named the same entity in full before.
    """

    iri: str
    kind: str
    form: str = "name"
    surname: bool = False
    weak: bool = False


def is_actor(candidate: Candidate) -> bool:
    """Whether a reading says that the text is about states; words of concepts and doubtful surnames do not."""
    return candidate.kind in ("state", "organisation", "person") and not candidate.weak and not candidate.surname


@dataclass(frozen=True, slots=True)
class Name:
    """A stretch of text that names something known, with every reading of it, the likeliest first.

    Offsets: 0-based code points, end exclusive. ``candidates`` is never empty.
    """

    start: int
    end: int
    candidates: tuple[Candidate, ...]

    @property
    def iri(self) -> str:
        """The entity or concept of the likeliest reading."""
        return self.candidates[0].iri

    @property
    def kind(self) -> str:
        """The kind of the likeliest reading."""
        return self.candidates[0].kind

    @property
    def form(self) -> str:
        """How the likeliest reading names it."""
        return self.candidates[0].form

    @property
    def surname(self) -> bool:
        """Whether the likeliest reading is a family name alone."""
        return self.candidates[0].surname

    @property
    def weak(self) -> bool:
        """Whether every reading needs a full mention elsewhere in the text."""
        return all(c.weak for c in self.candidates)

    def of_kind(self, kind: str) -> Candidate | None:
        """The likeliest reading of this kind, None where there is none."""
        return next((c for c in self.candidates if c.kind == kind), None)


@dataclass(frozen=True, slots=True)
class Period:
    """From ``start`` to ``end``, both inclusive ISO dates as precise as known; "" where open or unknown."""

    start: str = ""
    end: str = ""

    def meets(self, date: str) -> bool:
        """Whether some day that the full or partial ISO date can mean lies in this period."""
        return _first_day(self.start, "0000-01-01") <= _last_day(date, date) and _first_day(date, date) <= _last_day(
            self.end, "9999-12-31"
        )


def _first_day(date: str, absent: str) -> str:
    return (date + "-01-01"[len(date) - 4 :] if len(date) < 10 else date) if date else absent


def _last_day(date: str, absent: str) -> str:
    # Day 31 in every month: only ever compared as text.
    return (date + "-12-31"[len(date) - 4 :] if len(date) < 10 else date) if date else absent


@dataclass(frozen=True, slots=True)
class Tenure:
    """A person's time in an office of a state or organisation; ``office`` is the slug behind ``con:office-``."""

    person: str
    office: str
    of: str
    period: Period


@dataclass(frozen=True, slots=True)
class Membership:
    """A member's time in an organisation."""

    member: str
    organisation: str
    period: Period
