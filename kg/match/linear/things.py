"""What the words of a noun phrase can name: a field of work, a body, something owned, something built or run."""

from __future__ import annotations

from kg.match.linear.mentions import EPITHETS_OF_THINGS, reaches_head
from kg.match.tables import class_table
from kg.match.view import SentenceView
from kg.match.words import words
from kg.model import Mention
from kg.words import WordClasses
from kg.words.closed import DETERMINERS, FIGURATIVE, POSSESSIVES, PREPOSITIONS, SUBJECT_PRONOUNS
from kg.words.phrases import NUMBERED

__all__ = ["FIELD_WORDS", "FIRM_NOUNS", "ONLY_COUNTED", "heads", "names_a_site", "names_field", "names_holding", "names_panel", "names_undertaking"]

_PARTICLES = words("linear", "particles")
_NO_THING = words("linear", "no-thing")
FIRM_NOUNS = words("linear", "firm-nouns")
_NO_WORKS = words("linear", "no-works")
_GENERIC_WORKS = words("linear", "generic-works")
_NO_FIELDS = words("linear", "no-fields")
_NO_FIELD_HEADS = words("linear", "no-field-heads")
FIELD_WORDS = words("linear", "field-words")
_NO_UNDERTAKING = frozenset("state person pronoun pair organisation company agreement date period money percent number office name".split())
_NO_LINES = words("linear", "no-lines")
_SECTORAL = words("linear", "sectoral")
_PARTS = words("linear", "parts")
_SHARES = words("linear", "shares")
ONLY_COUNTED = words("linear", "only-counted")
_COUNTED_OFF = words("linear", "counted-off")
_SURVEYS = words("linear", "surveys")
_POLLED = words("linear", "polled")
_POINTING = frozenset("the this that its their these those our his her".split())
_TELLING_PLACE = frozenset("in at near between from on to through across linking connecting".split())


def heads(view: SentenceView, classes: WordClasses, name: str, head: int) -> bool:
    """Whether a noun of a class ends at token `head`, all words of it: "border post", not "border" for it."""
    table = class_table(classes, name)
    return any(
        k + len(allowed) == head + 1 and all(view.word(k + j) in words for j, words in enumerate(allowed))
        for k in range(max(head - 4, 0), head + 1) for allowed in table.get(view.word(k), ()))


def names_field(view: SentenceView, first: int, last: int) -> bool:
    """Whether the words can name a field of work: plain nouns, no pointing word ("this area"), no actor, place or date."""
    words = view.words[first:last]
    if (
        words[0] in DETERMINERS | SUBJECT_PRONOUNS
        or (words[-1] in FIELD_WORDS and not (words[-1] == "industry" and len(words) == 2))
        or words[0] in _NO_FIELDS
        or words[-1] in _NO_FIELD_HEADS
        or not FIELD_WORDS.isdisjoint(words[:-1])
        or not all(w.isalpha() or w in ("-", "'s", "of") for w in words)
    ):
        return False
    return not any(m.first < last and first < m.last and m.kind not in ("sector", "indicator") and not (m.kind == "place" and m.last < last)
                   for m in view.mentions)  # "Islamic finance" is of no place


def names_panel(view: SentenceView, classes: WordClasses, first: int, last: int) -> bool:
    """Whether the words can name a body that states set up together: "technical committee", "group of experts", "contact centre"."""
    head = next((p.last for p in view.phrases if p.first <= first < p.last), last) - 1
    return "panel-noun" in classes and heads(view, classes, "panel-noun", head) and not any(
        m.kind in ("organisation", "company", "agreement") and m.first <= head and first < m.last for m in view.mentions)


def names_a_site(view: SentenceView, classes: WordClasses, mention: Mention) -> bool:
    """Whether a mention only names the place of a site: "Poti" in "the Poti air base"."""
    phrase = next((p for p in view.phrases if p.first <= mention.first < p.last), None)
    return phrase is not None and mention.last < phrase.last and not reaches_head(view, mention) and any(
        heads(view, classes, "owned-thing", k) for k in range(mention.last, phrase.last))


def names_holding(view: SentenceView, classes: WordClasses, first: int, last: int, kind: str) -> bool:
    """Whether the words can name something that is owned: a firm, a building, a vessel; a name that is nobody else's."""
    head = next((p.last for p in view.phrases if p.first <= first < p.last), last) - 1
    if any(m.kind in ("period", "date") and m.first == last for m in view.mentions):
        head = last - 1
    if head > first and view.word(head)[:1].isdigit() and view.tokens[head - 1].text[:1].isupper():
        head -= 1  # "Block 4"
    if kind == "goods" and view.word(last) != "-" and "traded-thing" in classes:
        return heads(view, classes, "traded-thing", head)
    if last <= head or "owned-thing" not in classes or view.word(last) == "-" or view.word(first) in SUBJECT_PRONOUNS | DETERMINERS:
        return False
    if kind == "gift":
        return heads(view, classes, "given-thing", head)
    if kind == "premises":
        named = head > first and view.tokens[first].text[:1].isupper() and heads(view, classes, "owned-thing", first)  # "Camp Lemonnier"
        return (heads(view, classes, "owned-thing", head) and view.word(head).rstrip("s") not in FIRM_NOUNS) or (
            named and view.word(first) not in FIRM_NOUNS and all(view.tokens[k].text[:1].isupper() for k in range(first, head + 1)))
    if heads(view, classes, "owned-thing", head):
        return not any(m.kind in ("event", "person", "date") and m.first <= head < m.last for m in view.mentions)
    if first == 0 and last == 1 and (view.words[0].endswith("s") or heads(view, classes, "traded-thing", 0)):
        return False  # "Petrol sells at", "Opinions given here belong to": the capital is the sentence's
    if not all(view.tokens[k].text[:1].isupper() or view.words[k] in ("-", "&", "of", "'s") or view.words[k] in _PARTICLES for k in range(first, last)):
        return False
    others = [m for m in view.mentions if not m.head.startswith("owner of")]  # "the owner of Karuturi" is no office that hides the name
    return not any(m.first <= first and head < m.last and m.kind != "sector" for m in others) and not any(
        m.kind in ("person", "date", "money", "percent", "event", "agreement", "office") and first < m.last and m.first < last for m in others) and not any(
        m.kind == "state" and m.form == "adjective" and m.first == first for m in others)


def names_undertaking(view: SentenceView, classes: WordClasses, first: int, last: int) -> bool:
    """Whether the words can name something that is built or run: no pronoun, no actor or value with nothing behind it."""
    head = next((p.last for p in view.phrases if p.first <= first < p.last), last) - 1
    if (
        head > first
        and view.word(head - 1) in NUMBERED
        and (view.word(head).isdigit() or set(view.word(head)) <= set("ivx") or view.word(head) in _COUNTED_OFF)
    ):
        head -= 1  # "Unit 3", "Phase II", "phase two"
    if (last - first == 1 and view.word(first) in _NO_THING) or view.word(head) in FIELD_WORDS | _NO_WORKS or view.word(last) == "-":
        return False
    if (
        view.word(head + 1) == "works"
        and {view.word(first), view.word(first - 1)} & DETERMINERS
        and not any(
            g.first == head + 1 and g.form == "finite" and not any(o.form == "finite" and o.first < first for o in view.groups)
            for g in view.groups
        )
    ):
        return False  # "built a cable works": no cable
    if view.word(head) in _GENERIC_WORKS and (view.word(first) == "most" or (head - first == 1 and view.word(first).endswith("est"))):
        return False  # "the most ambitious scheme of all"
    if view.word(head) in _SECTORAL and any(m.kind == "sector" and m.first <= first and m.last == last for m in view.mentions):
        return False
    if view.word(head) in ONLY_COUNTED and any(m.kind == "number" and first - 1 <= m.first <= head for m in view.mentions if m.last <= head):
        return False  # "51 villages" are no project
    if "works-thing" in classes and not _is_works(view, classes, first, head):
        return False
    if not (view.word(head).isalpha() or view.word(head + 1) == "of") or view.word(first) in SUBJECT_PRONOUNS or view.word(head) in POSSESSIVES or (
            view.word(first) in PREPOSITIONS and not any(m.kind == "number" and m.last <= head for m in view.by_first.get(first, ()))):
        return False
    if any(m.first < first <= head < m.last and m.kind in ("organisation", "company") and m.form == "name" for m in view.mentions):
        return False  # a name's last word
    if any(m.first <= first and head < m.last and m.kind == "body" for m in view.mentions):
        return False  # "the Commission on the Omo complex"
    before = view.word(first - 2 if view.word(first - 1) in DETERMINERS else first - 1)
    if before in ("on", "concerning", "regarding") and any(m.first < first and head < m.last and m.kind == "agreement" for m in view.mentions):
        return False  # "the accord on ferry links"
    if view.word(head + 1) == "of" and any(m.kind == "agreement" for k in (head + 2, head + 3) for m in view.by_first.get(k, ())):
        return False  # "an extension of the fishing agreement"
    if any(
        m.kind == "agreement"
        and m.first < first
        and head < m.last
        and m.head.split()[-1:]
        and m.head.split()[-1] in view.words[first : head + 1]
        for m in view.mentions
    ):
        return False  # "the framework agreement on mining"
    return not any(first <= m.first <= head < m.last and m.kind in _NO_UNDERTAKING for m in view.mentions)


def _is_works(view: SentenceView, classes: WordClasses, first: int, head: int) -> bool:
    """Whether a head noun says that this is something built, made or run in the world; no bridge "between peoples", no credit line."""
    if view.word(head + 1) == "of" and view.word(head) in _PARTS and head > first:
        return _works_behind(view, classes, head + 2)  # "the second string of the pipeline", "the second phase of the talks"
    if (view.word(head) in _SHARES or view.word(head).isdigit()) and view.word(head + 1) == "of":
        last = view.phrase_end(head + 2) - 1
        return heads(view, classes, "works-thing", last) and view.word(last) not in _NO_THING  # "the first of its four turbines"
    if _is_explained(view, classes, first, head):
        return True
    named = view.tokens[head].text[:1].isupper() and head - 1 > first and heads(view, classes, "works-thing", head - 1)  # "the system GLONASS"
    if not named and (
        not heads(view, classes, "works-thing", head)
        or (view.word(head - 1) in _NO_LINES and view.word(head - 2) not in ("water", "power", "gas", "heat", "electricity", "energy"))
    ):
        return False
    if head == first and _is_named_house(view, head):
        return True
    if view.word(head) in _SURVEYS:  # "the inventory of wells"; "a survey found" is none
        return view.word(head + 1) == "of" and view.word(head + 2) not in _POLLED
    if head == first and view.word(first - 1) in _POINTING and not (view.word(head + 1) in ("that", "which") and head + 1 not in view.by_first) and not (
            view.word(head + 1) in _TELLING_PLACE and head + 2 < len(view) and (view.tokens[head + 2].text[:1].isupper() or view.word(head + 2) == "the")):
        return False  # "the dam": nothing says which
    if view.word(head) in _NO_THING and all(
        word in EPITHETS_OF_THINGS or word in ("major", "big", "large", "joint", "key", "common") for word in view.words[first:head]
    ):
        return False  # "major projects"
    if view.word(head + 1) == "of" and view.word(head + 2) in _NO_LINES:
        return False  # "lines of credit"
    if view.word(head + 1) == "of" and view.word(head) in _PARTS:
        return _works_behind(view, classes, head + 2)  # "the second phase of the talks"
    behind = view.words[head + 1:head + 6]
    return not (behind[:1] and behind[0] in PREPOSITIONS and any(word in FIGURATIVE for word in behind))


def _is_explained(view: SentenceView, classes: WordClasses, first: int, head: int) -> bool:
    """Whether a name stands in front of words between commas that say what it is: "Kandadji, a dam on the Niger, is"."""
    if view.word(head + 1) != "," or view.word(head + 2) not in _SAYING_WHAT or not all(view.tokens[k].text[:1].isupper() for k in range(first, head + 1)):
        return False
    if any(m.first <= head and first < m.last and m.kind not in ("indicator", "sector", "facility", "project") for m in view.mentions):
        return False
    last = view.phrase_end(head + 3) - 1
    return last > head + 2 and heads(view, classes, "works-thing", last) and view.word(last) not in _NO_THING


_SAYING_WHAT = frozenset({"a", "an", "the", "its", "their", "another"})


def _is_named_house(view: SentenceView, head: int) -> bool:
    """Whether capitals make a name of a building's noun: "the House of Wonders"."""
    return view.word(head + 1) == "of" and head + 2 < len(view) and all(view.tokens[k].text[:1].isupper() for k in (head, head + 2))


def _works_behind(view: SentenceView, classes: WordClasses, i: int) -> bool:
    """Whether a thing built, or a name, ends the chain of "of" that goes on at token i."""
    last = view.phrase_end(i) - 1
    return last >= i and (heads(view, classes, "works-thing", last) or view.tokens[last].text[:1].isupper())
