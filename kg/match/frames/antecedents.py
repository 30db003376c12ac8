"""Of what a relative clause, a participle or an apposition tells: the noun phrase in front of it."""

from __future__ import annotations

from kg.match.asides import comma_before
from kg.match.view import SentenceView
from kg.match.words import words
from kg.words.closed import PREPOSITIONS, is_adverb

__all__ = [
    "THINGS",
    "actor_explained",
    "agreeing",
    "antecedent",
    "apposed_to",
    "before_participle",
    "nearest",
    "over_aside",
    "person_explained",
    "relative_at",
    "relative_before",
    "relative_over",
]

THINGS = frozenset({"agreement", "treaty", "programme", "project", "facility", "event", "body"})
_ACTORS = frozenset({"state", "organisation", "company", "institution", "person", "group", "pair"})
_BODIES = frozenset({"organisation", "company"})
_CALLED = words("frames", "called")
_SEVERAL = words("frames", "several")
_COMPASS = words("frames", "compass")
_ALIKE = words("frames", "alike")
_PORTIONS = words("frames", "portions")


def antecedent(view: SentenceView, at: int) -> tuple[int, int] | None:
    """The noun phrase with its "of" and "between" phrases that ends right before token at (a comma may stand between)."""
    end = at
    while (end > 0 and view.word(end - 1) in (",", "(", '"', "”", "that", "which", "–", "—", "--", ")")) or (end > 0 and is_adverb(view.word(end - 1))):
        if view.word(end - 1) == ")" and any(p.last == end for p in view.phrases):
            break  # "the Andean Border Agency (ABA) |, set up in 1991": the abbreviation belongs to the name
        opening = next((k for k in range(end - 2, max(end - 12, -1), -1) if view.word(k) == "("), -1) if view.word(end - 1) == ")" else end - 1
        if opening < 0:
            return None
        end = opening  # "the treaty (1955), renewed in 1975"
    end = _before_alias(view, end)
    if end <= 0:
        return None
    phrases = [p for p in view.phrases if p.last <= end]
    if len(phrases) > 1 and view.word(phrases[-1].first - 1) == "," and any(
            m.kind in ("quantity", "money") and m.first == phrases[-1].first for m in view.mentions):
        phrases = phrases[:-1]  # "the cable, 4,600 kilometres long, which was laid"
        end = phrases[-1].last
    if not phrases or end - phrases[-1].last > 1 or view.word(phrases[-1].last) == ":":
        return None  # "PRESIDENT LIMA: | We met in Oslo"
    first = phrases[-1].first
    for phrase in reversed(phrases[:-1]):
        gap = view.words[phrase.last:first]
        if gap == ["than"]:
            break  # "nothing more than the field, which"
        if gap and all(word in PREPOSITIONS or word in _JOINTS for word in gap) and "," not in gap[:1] and len(gap) <= 2:
            first = phrase.first
        else:
            break
    if view.word(at - 1) == "(" and (own := [m for m in view.mentions if m.kind == "agreement" and m.last == end]):
        return max(m.first for m in own if m.last - m.first == max(o.last - o.first for o in own)), end  # "pact A (2003), pact B (signed in 2006)"
    named = next((m for m in view.mentions if m.kind == "person" and m.first < first < m.last and m.last >= end), None)
    return (named.first if named is not None else first), end  # "Ana Lima, the minister of trade of Chile, who arrived"


_JOINTS = frozenset({"and", ",", "-", "–", "/", "&"}) | _COMPASS


def over_aside(view: SentenceView, region: tuple[int, int]) -> list[tuple[int, int]]:
    """The noun phrase before an aside that only says where or what it is: "the port of Poti, | in the west of Georgia |, which was", "the Navua
    hospital, | another Chinese gift |, which". It is asked last: what stands in the aside may be meant."""
    first, last = region
    if view.word(last) != "," or last - first > _LONG_ASIDE:
        return []
    placed = view.word(first - 1) in PREPOSITIONS or view.word(first - 1) in _COMPASS
    comma = first - 1
    while placed and comma > 0 and (view.word(comma) in PREPOSITIONS or view.word(comma) in _COMPASS):
        comma -= 1
    if comma < 1 or view.word(comma) != "," or any(view.in_group[k] >= 0 for k in range(comma, last)):
        return []
    if not placed and view.word(first) == "the" and "of" in view.words[first:last]:
        return []  # "the summit, the Congress of Faiths, held in May": the last one of a list
    told = antecedent(view, comma)
    return [*nearest(view, told), told] if told is not None else []


_LONG_ASIDE = 12


def _before_alias(view: SentenceView, end: int) -> int:
    """The end of the noun phrase that another name follows: "the Strategic Partnership, better known as the P4 | , which"."""
    for k in range(end - 2, max(end - 9, 1), -1):
        if view.word(k) in _CALLED and view.word(k + 1) in ("as", "the", '"', "“", "‘"):
            start = k - (view.word(k - 1) in ("better", "also", "commonly", "otherwise", "popularly", "widely", "formerly", "now", "then", "officially"))
            return start - 1 if view.word(start - 1) == "," else end
        if view.word(k) == ",":
            return end
    return end


def before_participle(view: SentenceView, region: tuple[int, int] | None) -> tuple[int, int] | None:
    """The noun phrase of "the pact signed on 3 May 2007, which ...", where the region found is only the date or place behind the participle."""
    if region is None:
        return None
    group = next((g for g in view.groups if g.form == "participle" and g.last <= region[0] <= g.last + 2), None)
    when = next((m for m in view.mentions if m.kind in ("date", "period") and m.first <= region[0] < m.last), None)
    if group is not None and when is not None and view.word(when.last) == "and" and any(when.last < p.first < region[1] for p in view.phrases):
        return when.last + 1, region[1]  # "a pact concluded in 2003 and a visa waiver, which took effect"
    if group is not None and group.lemma == "base":
        return antecedent(view, group.first) or region  # "a facility based on the reactor, which was launched"
    if group is None or not any(m.kind in ("date", "period", "place") and m.first <= region[0] < m.last for m in view.mentions):
        return region
    return antecedent(view, group.first) or region


def agreeing(view: SentenceView, region: tuple[int, int] | None, at: int) -> tuple[int, int] | None:
    """The part of an antecedent that the verb behind "which" can go with: not the tugs of "tugs for the depot in Voi, which was finished", nor the
    fleet of "a fleet of ships, which were". The whole of it where both ways are open."""
    if region is None or view.word(at) not in _OF_ONE | _OF_SEVERAL:
        return region
    one = view.word(at) in _OF_ONE
    phrases = [p for p in view.phrases if region[0] <= p.first and p.last <= region[1]]
    if len(phrases) < 2 or phrases[0].first != region[0] or any(view.word(k) in ("and", ",", "&") for k in range(region[0], phrases[1].last)):
        return region
    if view.word(phrases[1].first - 1) not in PREPOSITIONS or _several(view, phrases[0].last - 1) is not one:
        return region
    return next(((p.first, region[1]) for p in phrases[1:] if view.word(p.first - 1) in PREPOSITIONS and _several(view, p.last - 1) is not one), region)


_OF_ONE = frozenset({"was", "is", "has"})
_OF_SEVERAL = frozenset({"were", "are", "have"})


def _several(view: SentenceView, k: int) -> bool | None:
    """Whether the noun at token k is in the plural; None for a name, which tells nothing of it, or a noun that is the same in both."""
    word = view.words[k]
    if not view.tokens[k].text.islower() or word in _ALIKE:
        return None if word in _ALIKE else False
    return word.endswith("s") and not word.endswith(("ss", "us", "is", "ics", "as", "works"))


def nearest(view: SentenceView, region: tuple[int, int]) -> list[tuple[int, int]]:
    """The later noun phrases of an antecedent, the last one first: "the implementation of | the treaty that was signed",
    "Shell on | the plant at | Voi, which was opened". Only a thing's slot asks there."""
    named = [m.first for m in view.mentions if m.kind in THINGS and region[0] < m.first and m.last == region[1]]
    if named:
        return [(min(named), region[1])]
    inner = [p for p in view.phrases if region[0] < p.first and p.last <= region[1] and not (
        view.word(p.first - 1) == "of" and view.word(p.first - 2) in _PORTIONS)]
    return [(p.first, region[1]) for p in reversed(inner) if p is inner[-1] or _JOINTS.isdisjoint(view.words[p.first - 1:region[1]])]


def apposed_to(view: SentenceView, region: tuple[int, int]) -> list[tuple[int, int]]:
    """The named thing that a noun phrase with an article explains: "the Sur plant, | a $1 billion project | completed in 2005"."""
    first = region[0]
    if view.word(first - 1) != "," or view.word(first) not in ("a", "an"):
        return []
    last = first - 1
    if view.word(last - 1) == ")":
        last = next((k for k in range(last - 2, max(last - 6, 0), -1) if view.word(k) == "("), last)  # "the Commission (ZAMCOM), a body established in"
    kinds = THINGS if last == first - 1 else _BODIES
    named = next((m for m in view.mentions if m.kind in kinds | _BODIES and m.form == "name" and m.last == last), None)
    phrase = next((p for p in view.phrases if named is not None and p.first <= named.first and p.last >= last), None)
    return [(phrase.first, last)] if phrase is not None else []


def person_explained(view: SentenceView, region: tuple[int, int]) -> list[tuple[int, int]]:
    """The person whom a noun phrase tells more of: "Ana Lima, | a career diplomat | who served in Quito"."""
    first = region[0]
    if view.word(first - 1) != "," or view.word(first) not in ("a", "an", "the", "one", "another", "himself", "herself", "former", "then"):
        return []
    if any(m.kind == "person" and m.form == "name" and first <= m.first for m in view.mentions if m.last <= region[1]):
        return []
    named = min((m for m in view.mentions if m.kind == "person" and m.form == "name" and m.last == first - 1), key=lambda m: m.first, default=None)
    return [(named.first, first - 1)] if named is not None else []


def actor_explained(view: SentenceView, region: tuple[int, int]) -> list[tuple[int, int]]:
    """Whom a noun phrase without a name of its own tells more of: "Chad, | a poor country | that depends on aid"."""
    if any(m.kind in _ACTORS and m.entities and region[0] <= m.first and m.last == region[1] for m in view.mentions):
        return []
    several = not _SEVERAL.isdisjoint(view.words[region[0]:region[1]])
    return [(_first_of_all(view, phrase.first) if several else phrase.first, phrase.last)
            for phrase, start, stop in view.appositions if start <= region[0] and region[1] <= stop and any(
                m.kind in _ACTORS and m.entities and m.form != "adjective" and m.last == phrase.last for m in view.mentions)]


def _first_of_all(view: SentenceView, first: int) -> int:
    """Where the list begins whose last member begins at this token: "| Chad and Togo, the pair that founded it"."""
    while view.word(first - 1) in ("and", ","):
        other = next((m for m in view.mentions if m.last == first - 1 and m.kind in _ACTORS and m.entities and m.form != "adjective"), None)
        if other is None:
            break
        first = other.first
    return first


def relative_before(view: SentenceView, comma: int) -> int:
    """The relative pronoun of ", which, for the first time, was signed", asked at the comma before the verb; -1 where there is none."""
    for k in range(comma - 1, max(comma - 9, 0), -1):
        if view.in_group[k] >= 0 and view.groups[view.in_group[k]].form == "finite":
            return -1
        if view.word(k) == ",":
            return k - 1 if view.word(k - 1) in ("which", "who") else -1
    return -1


def relative_over(view: SentenceView, at: int) -> int:
    """The relative pronoun of ", which in 2019 bought", ", who on Monday met", asked at the verb; -1 where there is none."""
    for k in range(at - 2, max(at - 8, 0), -1):
        if view.in_group[k] >= 0 or view.word(k) in (",", ";", "and"):
            return -1
        if view.word(k) in ("which", "who") and view.word(k - 1) == ",":
            led = view.word(k + 1) in PREPOSITIONS
            timed = any(m.kind in ("date", "period") and k < m.first <= k + 3 and m.last == at for m in view.mentions)
            return k if timed or (led and any(p.last == at and p.first <= k + 3 for p in view.phrases)) else -1
    return -1


def relative_at(view: SentenceView, index: int) -> bool:
    """Whether a verb group stands in a relative clause that a comma opens."""
    at = view.groups[index].first - 1
    while at > 0 and is_adverb(view.word(at)):
        at -= 1
    if view.word(at) in ("which", "who") and view.word(at - 1) == ",":
        return True
    comma = comma_before(view, at + 1, 15)
    if not comma:
        return False
    led = view.word(comma + 1 + (view.word(comma + 1) in PREPOSITIONS))
    return led in ("which", "whom", "where", "whose")  # ", under which 200 soldiers serve", ", where Chad holds a stake"
