"""Things built that have no name ("an outpost on the shore", "a museum"): what "it" and "the museum" behind them mean."""

from __future__ import annotations

from collections.abc import Sequence

from kg.context.clauses import Clauses
from kg.context.references.memory import Memory, Seen, distinct
from kg.context.words import words
from kg.model import Entity, Mention, Sentence
from kg.terms import ENT
from kg.words import closed, slug_of

__all__ = ["note_works", "the_works", "works_before"]

_BUILT = words("references", "built")
_IMAGED = words("references", "imaged")
_ONE = frozenset({"a", "an", "another"})
_BACK = 4  # sentences that "the museum" may look back
_LONGEST = 6  # words of a thing's name
_AT = frozenset({"in", "at", "near"})
_NAMED = frozenset({"project", "facility", "company", "organisation", "institution", "agreement", "event", "body", "person", "office"})


def note_works(memory: Memory, sentence: Sentence, mentions: Sequence[Mention], clauses: Clauses) -> None:
    """Keeps each thing built that the sentence brings in: "a new museum at Gulu"."""
    low = [t.lower for t in sentence.tokens]
    start = next((g.first for g in clauses.groups if g.form == "finite"), len(low))
    for i in (i for i, word in enumerate(low) if word in _ONE):
        head = next((k for k in range(i + 1, min(i + 1 + _LONGEST, len(low))) if _ends(low, k, clauses)), 0)
        if any(g.lemma == "be" and g.last == i and low[g.first - 1] in _IMAGED for g in clauses.groups):
            continue  # "the desert is a garden": an image
        if low[head] not in _BUILT or not head or any(m.kind in _NAMED and m.first <= head < m.last for m in mentions):
            continue
        name = _text(sentence, i + 1, head + 1).removeprefix("new ")
        place = next((m for m in mentions if m.kind == "place" and m.form == "name" and m.first == head + 2 and low[head + 1] in _AT), None)
        label = f"{name} {low[head + 1]} {place.text}" if place is not None else name
        entity = Entity(f"{ENT}project-{slug_of(label)}", label, "project", known=False)
        memory.works.append(Seen((entity,), "project", memory.index, i, i < start, frozenset({low[head]})))


def works_before(memory: Memory, index: int, first: int | None = None) -> tuple[Entity, ...]:
    """The one thing built that a sentence brings in, before a token where one is given."""
    found = distinct(s for s in memory.works if s.sentence == index and (first is None or s.first < first))
    return (found[0],) if len(found) == 1 else ()


def the_works(memory: Memory, sentence: Sentence, mentions: Sequence[Mention], clauses: Clauses) -> list[Mention]:
    """ "the museum", "this outpost", where one was brought in before: the last one."""
    low = [t.lower for t in sentence.tokens]
    out: list[Mention] = []
    for i, word in enumerate(low[:-1]):
        if (
            word not in ("the", "this")
            or low[i + 1] not in _BUILT
            or not _ends(low, i + 1, clauses)
            or low[i + 2 : i + 3] in (["of"], ["for"], ["in"], ["at"], ["near"])
        ):
            continue
        if any(m.first < i + 2 and i + 1 < m.last and m.kind not in ("number", "sector") for m in mentions):
            continue
        told = [s for s in memory.works + memory.seen if s.kind in ("project", "facility") and not s.plural and memory.index - s.sentence <= _BACK
                and (s.sentence < memory.index or s.first < i) and low[i + 1] in s.words]
        told.sort(key=lambda s: s.sentence)
        last = [s for s in told if s.sentence == told[-1].sentence]
        if len(found := distinct(last)) == 1:
            first, end = sentence.tokens[i], sentence.tokens[i + 1]
            out.append(Mention(first.start, end.end, i, i + 2, "project", _text(sentence, i, i + 2), "reference", (found[0],), head=low[i + 1]))
    return out


def _ends(low: Sequence[str], k: int, clauses: Clauses) -> bool:
    """Whether a noun phrase ends with this token."""
    behind = low[k + 1] if k + 1 < len(low) else "."
    return (behind in closed.PREPOSITIONS | closed.CONJUNCTIONS | closed.PUNCTUATION | closed.SUBORDINATORS | closed.DETERMINERS or not behind[:1].isalpha()
            or behind in ("itself", "there", "here") or any(g.first == k + 1 for g in clauses.groups))


def _text(sentence: Sentence, first: int, last: int) -> str:
    tokens = sentence.tokens[first:last]
    return "".join(" " * (k > 0 and token.start > tokens[k - 1].end) + token.text for k, token in enumerate(tokens))
