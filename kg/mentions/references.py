"""Words that stand for something named elsewhere: pronouns, "the two countries", "the facility"."""

from __future__ import annotations

from kg.mentions.line import AUXILIARIES, POSSESSIVE, PREPOSITIONS, SMALL, Line
from kg.mentions.words import lists, with_plurals
from kg.model import Entity

__all__ = ["add_references"]

_LISTS = lists("small")

_PRONOUNS = _LISTS["references-pronouns"]
_PAIR = {plural: single for plural, single in with_plurals("nouns", "pair").items() if plural != single} | {
    "parliaments": "parliament",
    "people": "people",
    "peoples": "people",
}
_PAIR_LONG = {tuple(p.split()): p for p in _PAIR if " " in p}
_TWO = frozenset({"two", "both"})
_KINDS = {
    "person-reference": "person",
    "state-reference": "state",
    "place-reference": "place",
    "organisation-reference": "organisation",
    "company-reference": "company",
    "body-reference": "body",
    "event-reference": "event",
    "project-reference": "project",
    "agreement-reference": "agreement",
    "facility-reference": "facility",
}


def _singles() -> dict[str, tuple[tuple[tuple[str, ...], str, str], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    for section, kind in _KINDS.items():
        for form, single in with_plurals("nouns", section).items():
            if form != single and kind in ("person", "state", "place", "organisation", "company", "event"):
                continue
            words = tuple(form.split())
            found.setdefault(words[0], []).append((words, kind, single))
    return {first: tuple(sorted(e, key=lambda entry: (-len(entry[0]), entry))) for first, e in found.items()}


_SINGLES = _singles()
_BETWEEN = _LISTS["references-between"]


def add_references(line: Line) -> None:
    """Adds the pronouns and referring phrases of the sentence."""
    for i, word in enumerate(line.low):
        if word in _PRONOUNS and line.tokens[i].text not in ("US", "IT"):
            line.add(i, i + 1, "pronoun", "reference", head=word)
        if word in ("the", "this", "that", "these", "those", "our", "both", "two", "each", "such"):
            _add_phrase(line, i)
        elif word in ("parties", "sides") and line.word(i - 1) not in ("the", "our", "both", "two"):
            continue
        if word in ("his", "her", "their", "its", "the"):
            _add_counterpart(line, i)


def _add_phrase(line: Line, i: int) -> None:
    word = line.low[i]
    if line.busy[i]:
        return
    if word == "each" and line.word(i + 1) == "other":
        line.add(i, i + 2, "pair", "reference", head="each other")
        return
    k = i + 1
    two = word in _TWO
    if line.word(k) in _TWO or line.word(k) == "both":
        two = True
        k += 1
    start = k
    while k < len(line) and k - start < 2 and line.low[k] in _BETWEEN and not line.cap(k):
        k += 1
    if two or word in ("our", "the", "these"):
        for size in (3, 2, 1):
            words = tuple(line.low[k : k + size])
            plain = words[0] if size == 1 and words else " ".join(words)
            if len(words) == size and plain in _PAIR and (
                two or word == "our" or plain in ("sides", "parties", "presidents", "leaders", "heads of state")
            ):
                if word == "two" and line.word(i - 1) in ("the", "these", "our", "those"):
                    return
                if _ends_here(line, k + size) and line.word(k + size) != "of":
                    line.add(i, k + size, "pair", "reference", head=plain)
                return
    if two or word in ("both", "each", "two") or (word == "that" and i > 0 and line.word(i - 1) not in PREPOSITIONS):
        return
    if word == "our" and line.word(k) not in ("country", "republic", "state", "region", "agreement", "nation"):
        return
    for words, kind, single in _SINGLES.get(line.word(k), ()):
        last = k + len(words)
        if tuple(line.low[k:last]) != words or not _ends_here(line, last):
            continue
        if (line.word(last) in ("of", "between") and kind not in ("agreement",)) or (
            line.cap(k) and kind == "state" and (line.word(last) == "of")
        ):
            return
        if line.word(last) in ("linking", "connecting", "between") or (
            line.word(last) in ("to", "from") and kind == "facility"
        ):
            return
        if line.word(last) in ("on", "between", "of", "for") and kind == "agreement":
            return
        if _plain_palace(line, k):
            return
        if any(
            m.first in (i, k)
            and m.last >= last
            and m.kind in (kind, "office", "agreement", "event", "body")
            and (m.form != "reference")
            and m.last > last
            for m in line.mentions
        ):
            return
        line.add(i, last, kind, "reference", head=single)
        return


def _plain_palace(line: Line, k: int) -> bool:
    """Whether "the palace" is only a building: "the Palace" speaks for the state."""
    return line.word(k) == "palace" and not line.cap(k)


def _ends_here(line: Line, i: int) -> bool:
    # No further noun goes on with the phrase: "the two countries’ ties" ends, "the country profile" does not.
    word = line.word(i)
    if line.hyphen(i) or (
        line.word(i - 1) == "official" and line.alpha(i) and word not in AUXILIARIES and word not in PREPOSITIONS
    ):
        return False
    if not line.alpha(i) or word in SMALL or line.verb(i) or word in POSSESSIVE:
        return True
    return (
        word.endswith(("ed", "ly"))
        or i in line.values
        or (line.cap(i) and False)
        or word in _PRONOUNS
        or (
            word.endswith("s")
            and (line.word(i - 1).endswith(("y", "t", "r", "n")) and not line.cap(i) and word not in ("relations",))
        )
    )


def _add_counterpart(line: Line, i: int) -> None:
    """ "his Russian counterpart": a person by the office of the one just named, of the state given."""
    k = i + 1
    state = line.here(k, ("state",))
    states: tuple[Entity, ...] = ()
    if state is not None:
        states = state.entities
        k = state.last
    if line.word(k) not in ("counterpart", "counterparts"):
        return
    last = k + 1
    j = last + 1 if line.word(last) == "," else last
    person = line.here(j, ("person",))
    if (
        person is not None
        and line.word(k) == "counterpart"
        and not (states and person.entities and person.entities[0].state not in ("", states[0].iri))
    ):
        line.add(i, person.last, "person", "name", person.entities, head="counterpart")
    line.add(i, last, "person", "reference", head="counterpart")
