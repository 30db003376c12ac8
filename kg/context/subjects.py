"""Who does what the verb says: the mentions in the place of a verb group's subject."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kg.context.clauses import Clauses
from kg.context.words import words
from kg.model import Mention
from kg.words import closed

__all__ = ["ACTORS", "after_phrase", "find_subject", "outer_mentions"]

ACTORS = frozenset(
    {"person", "state", "organisation", "company", "institution", "body", "office", "pair", "group", "pronoun", "place"}
)
_FIRST_PERSON = frozenset({"i", "we", "you"})
_JOINING = frozenset({"and", "&", ",", "or"}) | closed.DASHES
_PARTING = (
    frozenset({"and", "but", "that", ",", ":", ";", "while", "if", "when", "because", "which", "“", '"', "as"})
    | closed.DASHES
)
_OPENING = frozenset({",", "("}) | closed.DASHES
_CLOSING = frozenset({",", ")"}) | closed.DASHES


def outer_mentions(mentions: Sequence[Mention], kinds: frozenset[str] = ACTORS) -> list[Mention]:
    """The mentions of these kinds that stand in no longer one (a person before an office, a name before its parts), by
    place.
    """
    chosen: list[Mention] = []
    rank = {"person": 0, "organisation": 1, "company": 1, "institution": 1, "body": 1, "state": 2}
    for m in sorted(mentions, key=lambda m: (m.first - m.last, rank.get(m.kind, 3), not m.entities)):
        if m.kind in kinds and not any(o.first < m.last and m.first < o.last for o in chosen):
            chosen.append(m)
    return sorted(chosen, key=lambda m: m.first)


def find_subject(clauses: Clauses, k: int, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions that are subject of the verb group, in text order; several where they are joined; empty where none
    is.

    A state inside a longer subject ("the Russian minister of a neighbour") is no subject; what follows a preposition
    neither.
    """
    group = clauses.groups[k]
    low = [t.lower for t in clauses.tokens]
    if group.first and low[group.first - 1] in _FIRST_PERSON:
        return tuple(m for m in mentions if m.last == group.first and m.first == group.first - 1)
    previous = max((g.last for g in clauses.groups if g.form == "finite" and g.last <= group.first), default=0)
    if not previous and (label := _behind_label(low, group.first)):
        mentions = [m for m in mentions if m.first >= label]
    relative = group.first and any(
        low[i] in ("who", "which") for i in range(max(previous, group.first - 3), group.first)
    )
    if previous and not relative and low[group.first - 1] == ",":  # "The envoy, who lives in Oslo, said"
        aside = clauses.segment(previous - 1)
        if aside.opener in ("who", "which", "whose") and aside.first < previous:
            before = [
                m
                for m in outer_mentions(mentions)
                if m.last <= aside.first and aside.first - m.last <= 2 and low[m.first] != "who"
            ]
            if before:
                return tuple(before[-1:])
    found = _in_place(clauses, mentions, previous, group.first, low)
    if found and not relative:
        return found if any(m.entities or m.kind != "office" for m in found) else _voice(group.first, previous, mentions, low) or found
    if relative:
        before = [
            m
            for m in outer_mentions(mentions)
            if m.last <= group.first and group.first - m.last <= 4 and low[m.first] not in ("who", "which")
            and not (m.form in ("adjective", "people") and low[m.last].isalpha() and low[m.last] not in ("who", "which", "that"))
        ]
        return tuple(before[-1:])
    if previous and group.first - previous <= 12:  # "... and said", ", adding"
        earlier = [j for j, g in enumerate(clauses.groups) if g.form == "finite" and g.last == previous]
        linked = (
            any(w in ("and", "but", "or", "then") for w in low[previous : group.first]) or group.first - previous <= 1
        )
        between = [m for m in outer_mentions(mentions) if previous <= m.first < group.first]
        words = low[max(previous, group.first - 3) : group.first]
        if earlier and linked and (not between or any(w in ("and", "but") for w in words)):
            return find_subject(clauses, _outer_verb(clauses, k, earlier[0], low), mentions)
    return _voice(group.first, previous, mentions, low)


def _behind_label(low: list[str], verb: int) -> int:
    """The token behind the colon of a label in front of the verb ("President Ana Lima: As my minister told"), 0 where none stands there."""
    return next((i + 1 for i in range(verb - 1, 0, -1) if low[i] == ":"), 0)


def _outer_verb(clauses: Clauses, k: int, inner: int, low: list[str]) -> int:
    """The verb that group k goes on with: the one before, or, where that stands in a "that" clause of another tense, the one that
    governs it: "rejected the claim, arguing that the treaty had settled it, and | warned"."""
    group, near = clauses.groups[k], clauses.groups[inner]
    if group.modal or ((group.tense, group.perfect) == (near.tense, near.perfect) and not near.modal):
        return inner
    for j in range(inner - 1, -1, -1):
        outer = clauses.groups[j]
        if outer.form == "finite" and (outer.tense, outer.perfect, outer.modal) == (group.tense, group.perfect, group.modal):
            return j if "that" in low[outer.last : near.first] else inner
    return inner


_VOICES = words("subjects", "voices")
_OF_VOICE = frozenset({"for", "of", "from", "at", "by"})


def _voice(verb: int, start: int, mentions: Sequence[Mention], low: list[str]) -> tuple[Mention, ...]:
    """The ministry or company that speaks in "a spokesman for the foreign ministry said"."""
    for i in range(start, verb - 2):
        if low[i] in _VOICES and low[i + 1] in _OF_VOICE and not any(w in closed.PUNCTUATION for w in low[i:verb]):
            found = [
                m
                for m in outer_mentions(mentions)
                if i < m.first and m.last == verb and m.entities and m.kind in ("organisation", "institution", "company", "body")
            ]
            return tuple(found[-1:])
    return ()


def _in_place(
    clauses: Clauses, mentions: Sequence[Mention], start: int, stop: int, low: list[str]
) -> tuple[Mention, ...]:
    between = [m for m in outer_mentions(mentions) if start <= m.first and m.last <= stop]
    kept = [m for m in between if not _behind_preposition(m, low, start)] or [m for m in between[-1:] if after_phrase(m, low, start, stop)]
    if start:
        kept = [m for m in kept if not _object(m, low, start, stop)]
    if not kept:
        return ()
    last = kept[-1]
    if (
        len(kept) > 1
        and low[stop - 1] == ","
        and low[kept[-2].last] == ","
        and kept[-2].last + 1 == last.first
        and low[last.last] in ("'s", "’s")
        and "," not in low[last.last : stop - 1]
    ):
        kept = kept[:-1]  # "Iran, Iraq's eastern neighbour, accused": not Iraq
        last = kept[-1]
    gap = low[last.last : stop]
    if (
        _closed_off(last, low, stop) and len(kept) > 1
    ):  # "Malgin, director of the centre, said": the first, not the apposition
        for m in reversed(kept):
            if m.kind in ("person", "pronoun") or m.form == "reference":
                last = m
                break
    people = [m for m in kept if m.kind == "person"]
    if people and last.kind == "office" and not last.entities and low[stop - 1] == "," and low[people[-1].last : people[-1].last + 1] == [","]:
        last = people[-1]  # "Ivo Novak, a former adviser in the ministry, is": he, not the office
    if people and last.kind not in ("person", "pronoun") and last.form not in ("reference", "office"):
        last = people[-1]
    if (
        last.form in ("adjective", "people")
        and not _closed_off(last, low, stop)
        and any(w.isalpha() and w not in closed.ADVERBS and not closed.is_adverb(w) for w in gap)
    ):
        return ()  # "Kazakh experts said": nobody named
    if (
        last.kind == "state"
        and any(w.isalpha() and not closed.is_adverb(w) for w in gap)
        and not _closed_off(last, low, stop)
    ):
        return ()
    if (
        last.kind == "pronoun"
        and low[last.first] in closed.POSSESSIVES
        and low[last.first] != "her"
        and any(w.isalpha() and not closed.is_adverb(w) for w in gap)
        and not _closed_off(last, low, stop)
    ):
        return ()  # "his spokesman said": not he
    joined = [last]
    for m in reversed(kept[: kept.index(last)]):
        link = low[m.last : joined[0].first]
        if (
            link
            and all(
                w in _JOINING or w in ("president", "mr", "mr.", "minister", "prime", "foreign", "the") for w in link
            )
            and (m.kind == last.kind or {m.kind, last.kind} <= ACTORS - {"state"})
            and any(w in ("and", ",", "&") for w in link)
        ):
            joined.insert(0, m)
        else:
            break
    links = {w for m, n in pairwise(joined) for w in low[m.last : n.first]}
    if len(joined) > 1 and not links & {"and", "&", "or"}:
        joined = joined[:1] if _closed_off(joined[0], low, stop) else joined[-1:]
    return tuple(joined)


def _closed_off(m: Mention, low: list[str], stop: int) -> bool:
    return m.last < stop and low[m.last] in _OPENING and low[stop - 1] in _CLOSING


def _behind_preposition(m: Mention, low: list[str], start: int) -> bool:
    for i in range(m.first - 1, max(start - 1, m.first - 7), -1):
        word = low[i]
        if closed.ends_date(word):
            return False
        if word in closed.PREPOSITIONS and word not in ("like",):
            return True
        if word in closed.PUNCTUATION or word in closed.CONJUNCTIONS or word in closed.SUBORDINATORS:
            return False
    return False


def after_phrase(m: Mention, low: list[str], start: int, stop: int) -> bool:
    """Whether the mention is the subject behind a phrase that opens the clause without a comma: "At the meeting | the King said"."""
    first = next((i for i in range(start, m.first) if low[i] not in closed.CONJUNCTIONS and low[i] not in closed.PUNCTUATION), m.first)
    if first >= m.first or low[first] not in closed.PREPOSITIONS or any(w in closed.PUNCTUATION for w in low[first : m.first]):
        return False
    before = low[m.first - 1]
    if (
        m.form == "adjective"
        or before in closed.PREPOSITIONS
        or before in closed.CONJUNCTIONS
        or (before in closed.DETERMINERS and low[m.first - 2] in closed.PREPOSITIONS)
    ):
        return False
    return all(closed.is_adverb(w) for w in low[m.last : stop])


def _object(m: Mention, low: list[str], start: int, stop: int) -> bool:
    """Whether the mention is object of the verb before: neither comma nor conjunction nor "that" stands between."""
    return m.last < stop and not any(w in _PARTING for w in low[start : m.first])
