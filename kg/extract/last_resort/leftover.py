"""Figures that no rule has told: what they count, whose they are. The last resort of a card with `left figures`.

Each number with a counted noun, each quantity and each share of something becomes a match of that card where its words or its clause
say whose it is (`kg.extract.last_resort.owners`); what stands there in passing ("the two sides", "40 guests", "30 kilometres from Lima") is left.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.cards import Rule
from kg.extract.last_resort.owners import Owners, phrase_at
from kg.extract.reading import Reading
from kg.extract.words import words
from kg.match import Binding, Match, SentenceView
from kg.match.types import fits
from kg.model import Concept, Fact, Mention
from kg.words import VerbGroup, WordClasses
from kg.words.closed import DETERMINERS, PREPOSITIONS, is_adverb

__all__ = ["left_figures"]

_PASSING, _AUDIENCE, _PRESENCE, _IDLE = (words("leftover", name) for name in ("passing", "audience", "presence", "idle"))
_WHOLE, _OWN, _AWAY = (words("leftover", name) for name in ("whole", "own", "away"))
_MAKING, _MOVING = words("leftover", "making"), words("leftover", "moving")
_DWELLERS = words("leftover", "dwellers")
_PLURAL, _SINGULAR = words("leftover", "plural"), words("leftover", "singular")
_KINDS = frozenset({"number", "quantity", "percent"})
_HOLDERS = frozenset(
    {
        "agreement",
        "event",
        "company",
        "organisation",
        "institution",
        "facility",
        "person",
        "place",
        "project",
        "date",
        "period",
        "money",
        "duration",
        "body",
    }
)
_TIMES = frozenset({"date", "period", "duration", "ordinal"})
_THESE = frozenset({"the", "these", "those", "our", "both", "all", "which"})
_THINGS = "things"  # the indicator of what has none of its own
_FEW = 10
_THOSE = frozenset({"them", "whom", "which", "these", "those"})
_NOT = frozenset({"not", "never", "no", "n't", "neither", "without"})
_LOOSE = frozenset({"for", "to", "from", "by", "at", "on"})  # "enough for a third of demand"
_SOME = 3  # less than that is nobody's figure
_COMPARING = frozenset({"than", "like", "unlike", "versus", "against", "compared", "besides", "despite", "within", "every", "per", "about", "regarding"})


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure, the indicator that its noun names, and where the phrase begins and ends."""

    figure: Mention
    first: int
    last: int
    what: str  # the word of the indicator
    lead: str  # the preposition in front, "" where none stands there
    whole: tuple[int, int] | None = None  # where those are counted of whom these are some


def left_figures(reading: Reading, view: SentenceView, facts: Sequence[Fact], rule: Rule, classes: WordClasses) -> Iterator[Match]:
    """The matches that the card makes of the figures of a sentence of which no fact tells."""
    if len(reading.pair) != 2 or view.sentence.kind not in ("prose", "item") or "?" in view.words[-2:]:
        return
    owners: Owners | None = None
    for m in view.mentions:
        if m.kind not in _KINDS or m.value is None or m.value.number is None or _is_told(m, facts) or not _stands_free(view, m):
            continue
        counted = _counted(view, m)
        if counted is None:
            continue
        owners = owners or Owners(reading, view, classes, facts)
        match = _match(view, owners, counted, rule)
        if match is not None:
            yield match


def _is_told(m: Mention, facts: Sequence[Fact]) -> bool:
    """Whether a fact on these words gives the number."""
    assert m.value is not None and m.value.number is not None
    return any(e.start <= m.start < e.end for f in facts for e in f.evidence if any(
        isinstance(term, Decimal) and abs(term) == abs(m.value.number) for _, term in f.roles))


def _stands_free(view: SentenceView, m: Mention) -> bool:
    """Whether a number is no part of a name, a date, a range or a comparison."""
    if any(o is not m and o.kind in _HOLDERS and o.first <= m.first and m.last <= o.last and o.form != "reference" for o in view.mentions):
        return False
    before, behind = view.word(m.first - 1), view.word(m.last)
    whole = m.first - 1 - (before in DETERMINERS)
    if view.word(whole) == "of" and any(o.kind in _KINDS and o.last == whole for o in view.mentions):
        return False  # "600 of the 3,000 doctors"
    if before in ("-", "/", "no", "no.", "number", "$", "€", "£", "(") and before != "(":
        return False
    if before in _COMPARING or behind in ("-", "/", "–", ":", "%", "'s") or (before == "from" and "to" in view.words[m.last:m.last + 3]):
        return False
    return not (m.first > 0 and view.tokens[m.first - 1].text[:1].isupper() and m.first - 1 > 0 and before not in DETERMINERS and not any(
        o.last == m.first for o in view.mentions) and before not in PREPOSITIONS)


def _counted(view: SentenceView, m: Mention) -> Counted | None:
    if m.kind != "quantity" and view.word(m.last) == "of" and view.word(m.last + 1) in _THOSE:
        return Counted(m, m.first, m.last + 2, "", "")
    found = {"number": _of_number, "quantity": _of_quantity, "percent": _of_share}[m.kind](view, m)
    if found is None:
        return None
    first, last, what = found
    whole = _whole_of(view, m) if last == m.last else None
    while first > 0 and (is_adverb(view.word(first - 1)) or view.word(first - 1) in ("some", "another", "further", "additional", "total", "a", "about")):
        first -= 1
    if view.word(first - 1) == "of" and view.word(first - 2) in _WHOLE:
        first = (phrase_at(view, first - 2) or (first - 2, 0))[0]  # "a fleet of 40 aircraft"
    lead = view.word(first - 1) if view.word(first - 1) in PREPOSITIONS or view.word(first - 1) in _COMPARING else ""
    return Counted(m, first, last, what, lead, whole)


def _of_number(view: SentenceView, m: Mention) -> tuple[int, int, str] | None:
    assert m.value is not None and m.value.number is not None
    if m.value.number < _SOME or (m.value.number < _FEW and view.word(m.first - 1) in _THESE):
        return None
    at = m.last
    if view.word(at) == "times" and any(g.lemma in _FLYING and g.last <= m.first <= g.last + 4 for g in view.groups) and (
            view.word(at + 1) in ("a", "every", "each", "per", "weekly", "daily")):
        return m.first, at + 1, "flights"  # "flies 34 times a week"
    if view.word(at) == "of":  # "120 of the engineers"
        at += 1
        while view.word(at) in DETERMINERS or any(o.kind in ("number", "pronoun") for o in view.by_first.get(at, ())):
            at += 1
    if at < len(view) and view.in_group[at] >= 0 and view.groups[view.in_group[at]].form == "gerund" and (behind := phrase_at(view, at + 1)) is not None:
        phrase: tuple[int, int] | None = (at, behind[1])  # "120 filling stations"
    else:
        phrase = phrase_at(view, at)
    if view.word(m.last) != "of" and view.word(m.first - 1) == "of" and (phrase is None or phrase[1] <= m.last) and view.word(m.first - 2) in _WHOLE and (
            view.word(m.first - 2) not in ("number", "total")):
        return m.first, m.last, _noun(view, m.first - 2, m.first - 1)  # "a staff of 110"
    if view.word(m.last) != "of" and (phrase is None or phrase[1] <= m.last):
        return _of_those(view, m)
    if phrase is None:
        return None
    cut = [o.first for o in view.mentions if o.kind in _TIMES and at < o.first < phrase[1]]
    end = min([phrase[1], *cut])
    while end > at and view.word(end - 1) in ("each", "there", "here", "abroad", "together", "alike", "a", "an", "altogether", "each,"):
        end -= 1
    if end <= at or not _is_counted_noun(view, at, end):
        return None
    return m.first, end, _noun(view, at, end)


def _of_those(view: SentenceView, m: Mention) -> tuple[int, int, str] | None:
    """A bare number of those counted before it in the sentence: "Of the 900 engineers, 120 were trained in India"."""
    if (view.word(m.last), view.word(m.last + 1)) == ("in", "number"):
        return None  # "the firms, eleven in number,"
    if not (view.begins_finite(m.last) or view.word(m.last) in ("of", "from", "in")) or any(
        k.kind in _KINDS and m.last <= k.first < m.last + 3 for k in view.mentions
    ):
        return None
    for other in reversed([o for o in view.mentions if o.kind == "number" and o.last < m.first]):
        found = _of_number(view, other) if (phrase := phrase_at(view, other.first)) is not None and phrase[1] > other.last else None
        if found is not None:
            return (m.first, m.last, found[2]) if found[2] != _THINGS else None
    return None


def _whole_of(view: SentenceView, m: Mention) -> tuple[int, int] | None:
    """Where those are counted of whom a bare number is some: "Of the | 900 Kenyan engineers |, 120 were trained in India"."""
    for other in view.mentions:
        if other.kind == "number" and other.last < m.first and "of" in view.words[max(other.first - 2, 0):other.first]:
            phrase = phrase_at(view, other.first)
            if phrase is not None and phrase[1] > other.last:
                return other.last, phrase[1]
    return None


def _noun(view: SentenceView, at: int, end: int) -> str:
    """The indicator that the head of a phrase names, "things" where the ontology has none."""
    known = [o.concept.word for o in view.mentions if o.kind == "indicator" and o.concept is not None and at <= o.first < end <= o.last]
    return known[0] if known else _THINGS


def _is_counted_noun(view: SentenceView, at: int, end: int) -> bool:
    head = view.word(end - 1)
    if not head.isalpha() or head in _PASSING | _SINGULAR or view.word(end) == "'s" or view.word(end) == "-":
        return False
    if view.tokens[end - 1].text[:1].isupper() or any(view.word(k) in (",", "(", '"', "“") for k in range(at, end)):
        return False
    if any(o.kind in ("person", "company", "money") and at <= o.first < end for o in view.mentions):
        return False
    return head in _PLURAL or (head.endswith("s") and not head.endswith(("ss", "us", "is")))


_MEASURES = {"power": "capacity", "extent": "area", "distance": "length"}


def _of_quantity(view: SentenceView, m: Mention) -> tuple[int, int, str] | None:
    if view.word(m.first - 1) == "of" and (measured := next((
            o.concept.word for o in view.mentions if o.kind == "indicator" and o.concept is not None and o.last == m.first - 1), "")):
        return m.first, m.last, measured  # "an annual capacity of 500,000 tonnes"
    if view.word(m.first - 1) in ("per", "each", "every") or (view.word(m.first - 1) == "for" and any(
            o.kind == "money" and o.last == m.first - 1 for o in view.mentions)):
        return None  # "270 dollars for a thousand cubic metres"
    sort = next((kind for kind in _MEASURES if fits(m, kind)), "")
    end, goods = m.last, ""
    if view.word(end) == "of" and (phrase := phrase_at(view, end + 1)) is not None:
        cut = [o.first for o in view.mentions if o.kind in _TIMES and end + 1 < o.first < phrase[1]]
        pair = [k for k in range(end + 1, phrase[1]) if view.word(k) in ("between", "from", "near", "in")]
        end = min([phrase[1], *cut, *pair])
        goods = _noun(view, m.last + 1, end)
    verb = next((g.lemma for g in reversed(view.groups) if g.last <= m.first), "")
    if (
        sort == "distance"
        and (not goods or view.word(m.last) in _AWAY)
        and not (verb in _STRETCHING and (view.word(m.last) == "from" or view.word(m.last) not in _AWAY))
    ):
        return None
    if sort == "extent" and verb in _GIVING:
        return None  # "offered 50 acres" for something
    if sort:
        return m.first, end, _MEASURES[sort]
    return m.first, end, "production" if verb in _MAKING else "freight-traffic" if verb in _MOVING else goods or _THINGS


def _of_share(view: SentenceView, m: Mention) -> tuple[int, int, str] | None:
    whole = view.word(m.last) == "of"
    at = m.last + whole
    if not (whole or _IN_MANY.intersection(view.words[m.first:m.last])) or view.word(m.first - 1) in ("by", "to", *_THEIRS):
        return None  # "withdrew its half of the power": a thing, no share
    if not {"us", "them", "you"}.isdisjoint(view.words[at:at + 2]):
        return None  # "one in every forty of us"
    while view.word(at) in DETERMINERS:
        at += 1
    phrase = phrase_at(view, at)
    if any(g.last == m.first and g.lemma in _DEALING for g in view.groups) or view.word(m.first - 2) in _DEALT:
        return None  # "buys | a tenth of its tea in Chad", "the purchase of | 20 per cent of the bank"
    if phrase is not None and any(g.voice == "passive" and g.lemma in _DEALING | _HELD and phrase[1] <= g.first < phrase[1] + 6 for g in view.groups):
        return None  # "51 percent of the bank is owned by"
    if phrase is not None and not whole and not {view.word(phrase[1] - 1), view.word(phrase[1] - 1) + "s"}.isdisjoint(_PASSING):
        return None  # "every fifth visit"
    if phrase is None or (any(view.word(k) in _TRADED for k in range(at, phrase[1])) and not any(
            g.first >= phrase[1] and g.lemma in _PASSING_THROUGH and view.word(g.last) in ("through", "via", "across", "by") for g in view.groups)):
        return None
    return m.first, phrase[1], _noun(view, at, phrase[1])


_THEIRS = ("our", "its", "their", "his", "her", "your", "my", "'s", "'")
_IN_MANY = frozenset({"in", "out", "every"})  # "seven in ten farms", "every fifth farm"
_STRETCHING = words("leftover", "stretching")
_FLYING = words("leftover", "flying")
_GIVING = words("leftover", "giving")
_DEALING = words("leftover", "dealing")
_HELD = frozenset({"hold", "control"})
_DEALT = words("leftover", "dealt")
_HELD = words("leftover", "held")
_PASSING_THROUGH = words("leftover", "passing-through")
_TRADED = frozenset("exports imports export import trade shares stake stock equity them it which whom these those us you gdp".split())


# whose it is ------------------------------------------------------------------------------------------------------


def _match(view: SentenceView, owners: Owners, counted: Counted, rule: Rule) -> Match | None:
    if counted.lead in _COMPARING:
        return None
    group, inner = _verb(view, owners, counted)
    if group is not None and (
        (group.negated and not (inner and counted.figure.kind == "percent")) or group.lemma in (_PRESENCE if inner else _IDLE | _PRESENCE)
    ):
        return None
    if group is not None and inner and counted.figure.kind == "percent" and group.voice == "passive" and group.lemma in _HELD:
        return None  # "51 percent of the bank is owned by Eni"
    if group is not None and _NOT.intersection(view.words[group.first:counted.first] if not inner else ()):
        return None
    if not counted.what:
        return _of_them(view, owners, counted, rule)
    subject = (
        (owners.inside(*counted.whole) if counted.whole is not None else None)
        or (owners.inside(counted.figure.last, counted.last) if counted.what != "length" else None)
        or owners.possessor(counted.first)
        or owners.owner_behind(counted.figure.last, counted.last)
        or owners.beside(counted.first, counted.last)
    )
    if subject is None and counted.figure.kind == "quantity" and view.word(counted.first - 1) == "," and view.word(counted.last) == ",":
        return None  # "the station at Lamu, 28 MW, was financed by"
    if subject is None and group is not None and not (counted.figure.kind == "percent" and counted.lead in _LOOSE):
        subject = _of_clause(view, owners, counted, group, inner)
    if subject is None and counted.figure.kind == "percent" and counted.lead not in _LOOSE:
        subject = owners.land(counted.last, counted.last + 4)  # "seven in ten farms in Peru"
    if subject is None or not owners.belongs(subject):
        return None
    end = view.clause_end(group.last) if group is not None else counted.last
    group = None if group is not None and group.negated else group  # "three in ten wells do not work": so many are counted
    bindings = [Binding("value", counted.figure.kind, "", False, counted.figure.first, counted.figure.last, (counted.figure,)),
                Binding("indicator", "indicator", "", False, counted.last, counted.last, (_indicator(view, counted),)),
                Binding("subject", "thing", "", False, subject.first, subject.last, (subject,))]
    if counted.what == _THINGS and counted.figure.kind == "number":
        bindings.append(Binding("unit", "words", "", False, counted.last - 1, counted.last, (view.text(counted.last - 1, counted.last),)))
    other = owners.other(counted.last, end, subject)
    if other is not None:
        bindings.append(Binding("counterpart", "land", "", False, other.first, other.last, (other,)))
    first = min(counted.first, subject.first)
    last = max(counted.last, subject.last, other.last if other is not None else 0)
    anchor = (group.first, group.last) if group is not None else (counted.first, counted.last)
    return Match(rule, first, last, tuple(bindings), anchor, group, "scene", spans=((first, last),))


def _of_them(view: SentenceView, owners: Owners, counted: Counted, rule: Rule) -> Match | None:
    """Some of those counted before: "7,000 men, nine tenths of them local"."""
    before = owners.counted_before(view.tokens[counted.first].start)
    subject = owners.of_fact(before, counted.last - 1) if before is not None else None
    what = next((t.word for t in before.values("indicator") if isinstance(t, Concept)), "") if before is not None else ""
    if subject is None or not what or not owners.belongs(subject):
        return None
    bindings = (Binding("value", counted.figure.kind, "", False, counted.figure.first, counted.figure.last, (counted.figure,)),
                Binding("indicator", "indicator", "", False, counted.last, counted.last, (_indicator(view, replace(counted, what=what)),)),
                Binding("subject", "thing", "", False, counted.last, counted.last, (subject,)))
    last = min(counted.last + 2, len(view))
    return Match(rule, counted.first, last, bindings, (counted.first, counted.last), None, "scene", spans=((counted.first, last),))


def _indicator(view: SentenceView, counted: Counted) -> Mention:
    token = view.tokens[counted.last - 1]
    return Mention(token.start, token.end, counted.last - 1, counted.last, "indicator", token.text, "name", concept=Concept("indicator", counted.what))


def _verb(view: SentenceView, owners: Owners, counted: Counted) -> tuple[VerbGroup | None, bool]:
    """The verb in whose clause the figure stands, and whether the figure is its subject."""
    for index, group in enumerate(view.groups):
        if group.form == "finite" and group.first >= counted.last:
            region = next(iter(owners.subjects.regions(index)), None)
            if region is not None and region[0] <= counted.first < region[1] and not counted.lead and not any(
                    view.in_group[k] >= 0 for k in range(max(region[0] - 1, 0), counted.first)):
                return group, True
            break
    before = [g for g in view.groups if g.last <= counted.first]
    if before and view.clause_end(before[-1].last) >= counted.last:
        return before[-1], False
    return None, False


def _of_clause(view: SentenceView, owners: Owners, counted: Counted, group: VerbGroup, inner: bool) -> Mention | None:
    end = view.clause_end(group.last)
    noun = view.word(counted.last - 1)
    if inner:
        found = owners.by_agent(group.last, end) if group.voice == "passive" else None
        return (
            found
            or owners.between(counted.last, end)
            or owners.at_place(counted.last, end)
            or (owners.land(counted.last, end) if noun not in _AUDIENCE else None)
        )
    if counted.lead and (counted.lead not in _OWN or (noun in _DWELLERS and any(
            o.kind in _KINDS and group.last <= o.first < counted.first for o in view.mentions))):
        return None  # "serves 22 villages with 18,000 inhabitants"
    index = view.groups.index(group)
    if view.word(group.first - 1) == "there" and group.lemma == "be":
        return owners.at_place(counted.last, end) or owners.land(counted.last, end)
    if group.voice == "passive" and group.form == "finite":
        found, closed = owners.acting(index)
        return found if found is not None and all(e.kind != "state" for e in found.entities) else None
    found, closed = owners.acting(index)
    return found or (None if closed else owners.between(counted.last, end))
