"""Slots that take words of the text: where the words begin and end, mentions that go before words, names that nobody knows, what is talked about."""

from __future__ import annotations

from collections.abc import Iterator

from kg.cards import Slot
from kg.match.linear.lists import coordinated
from kg.match.linear.mentions import at_the_end, mentions_at, owns, reaches_head
from kg.match.linear.things import FIELD_WORDS, names_a_site, names_field, names_holding, names_panel, names_undertaking
from kg.match.view import SentenceView
from kg.match.words import words
from kg.model import Mention
from kg.words import WordClasses
from kg.words.closed import PREPOSITIONS, SUBJECT_PRONOUNS

__all__ = ["FIELDS", "OR_WORDS", "TEXT_STOPS", "text_items"]

# Slot types that take a mention where one stands, else words of the text: the type of that mention, and how many words at most.
OR_WORDS = {
    "field": ("sector", 6),
    "fields": ("sector", 6),
    "undertaking": ("project", 12),
    "panel": ("body", 9),
    "holding": ("holding", 9),
    "gift": ("gift", 9),
    "goods": ("goods", 9),
    "premises": ("premises", 9),
    "firm": ("org", 5),
    "owner": ("actor", 5),
}
FIELDS = frozenset({"field", "fields"})
_HELD = frozenset({"holding", "gift", "goods", "premises"})
_QUALITIES = words("linear", "qualities")
_BONDS = words("linear", "bonds")
# Capital words in front of a state or by themselves that make no firm: "South Asia", "Parliament", "Islam".
_NO_FIRM = words("linear", "no-firm")
# Small words of other tongues inside names: "Casa de la Luna".
_PARTICLES = words("linear", "particles")
_WAYS = words("linear", "ways")
_WHO, _WHOSE = frozenset({"person", "pair", "office"}), frozenset({"state", "group"})
_NO_MATTER = frozenset("during after before since until till by via despite including following".split())
_SITUATIONS = words("linear", "situations")
_OCCASIONS = words("linear", "occasions")
# "On the sidelines of", "on the eve of" tell when or where it was talked, not about what.
_NO_TOPIC = words("linear", "no-topic")
TEXT_STOPS = frozenset({",", ";", ":", ".", "(", ")"})


def text_items(view: SentenceView, classes: WordClasses, item: Slot, i: int, goes_on: bool) -> Iterator[tuple[int, int, Mention | str]]:
    """One item of a text slot at token i: (first, last, mention or words)."""
    known, most = OR_WORDS.get(item.type, ("", 0))
    if known:
        found = False
        for mention in mentions_at(view, known, i):
            if item.type in ("holding", "gift") and not reaches_head(view, mention):
                continue
            if (item.type == "premises" and names_a_site(view, classes, mention)) or (mention.kind == "pronoun" and owns(view, mention, known)):
                continue
            if item.type == "undertaking" and mention.form == "reference" and not mention.entities and _told_behind(view, mention):
                continue  # "the mill that Siemens built"
            if item.type in ("owner", "firm") and _begins_name(view, mention):
                continue  # "owned by Angola Cables"
            found = True
            whole = _whole_field(view, mention) if item.type in FIELDS else (mention.first, mention.last, mention)
            yield (*whole[:2], mention) if item.type == "fields" else whole
        if found:
            return
    if item.type in ("firm", "owner"):
        first, last = _unknown_name(view, i)
        if last > first:
            yield first, last, view.text(first, last)
        return
    if item.type == "holding":
        described = next(at_the_end(view, "company", i + (view.word(i) in ("the", "a", "an"))), None)
        if described is not None:
            yield described.first, described.last, described  # "the Romanian refiner Rompetrol"
            return
    if item.type in _HELD and i and view.tokens[i - 1].text[-1:].isdigit() and any(m.first < i < m.last for m in view.mentions if m.kind == "money"):
        return  # "a $700 | million venture"
    for first, last in _texts(view, item, i, goes_on):
        if item.type in FIELDS:
            last = min(
                (m.first for m in view.mentions if m.kind in ("date", "period") and first < m.first < last <= m.last), default=last
            )  # "amber | since 1975"
        if (item.type == "undertaking" and not names_undertaking(view, classes, first, last)) or (item.type in FIELDS and not names_field(view, first, last)):
            continue
        if item.type == "panel" and not names_panel(view, classes, first, last):
            continue
        if item.type in _HELD and not names_holding(view, classes, first, last, item.type):
            continue
        if item.type == "undertaking":
            last = _with_places(view, first, last)
        if item.type == "panel" and view.word(last) in ("on", "for", "against"):
            last = max(last, view.phrase_end(last + 1))  # "a committee on migration"
        if not known or last - first <= most:
            yield first, last, view.text(first, last)


def _told_behind(view: SentenceView, mention: Mention) -> bool:
    """Whether a relative clause right behind a noun tells which thing is meant."""
    return view.word(mention.last) in ("that", "which") and mention.last not in view.by_first


def _begins_name(view: SentenceView, mention: Mention) -> bool:
    """Whether a state's name only begins that of somebody else: "Angola Cables", "Brazil Foods", "the Helsinki family firm"."""
    if mention.kind == "state" and mention.form == "metonym" and view.word(mention.first - 1) in ("a", "an", "the"):
        return view.phrase_end(mention.first) > mention.last
    return mention.kind == "state" and mention.form == "name" and view.tokens[mention.last - 1].end + 1 == view.tokens[mention.last].start and (
        view.tokens[mention.last].text[:1].isupper() and view.tokens[mention.last].text.isalpha() and mention.last not in view.by_first
        and view.phrase_end(mention.first) > mention.last) if mention.last < len(view) else False


def _unknown_name(view: SentenceView, i: int) -> tuple[int, int]:
    """The name that ends the noun phrase at token i and is nobody's that is known: "Karuturi", "the builder Mota-Engil", "Saudi Telecom";
    an empty range where none does."""
    phrase = next((p for p in view.phrases if p.first <= i < p.last), None)
    if phrase is not None and view.word(phrase.first - 1) == "(" and view.word(phrase.last) == ")" and "-" in view.words[phrase.first:phrase.last]:
        return i, i  # "the bridge (Bonfim-Lethem)"
    if phrase is None or (phrase.first < i and view.word(i - 1) not in ("the", "a", "an", "'s")):
        return i, i
    last = phrase.last
    while last > i and any(m.kind in ("date", "period", "percent", "number") and m.last == last and m.first > i for m in view.mentions):
        last = next(m.first for m in view.mentions if m.kind in ("date", "period", "percent", "number") and m.last == last and m.first > i)
    first = last
    while first > i:
        particles = next(
            (
                k
                for k in (1, 2)
                if first - k > i
                and first < last
                and view.words[first - k] in _PARTICLES
                and view.tokens[first - k - 1].text[:1].isupper()
                and all(view.words[first - n] in _PARTICLES for n in range(1, k))
            ),
            0,
        )
        if view.tokens[first - 1].text[:1].isupper() or (first < last and view.words[first - 1] in ("-", "&")):
            first -= 1
        elif particles:
            first -= particles  # "Casa de la Luna"
        else:
            break
    while first < last and view.words[first] in ("the", "-", "&", "'s"):
        first += 1
    home = next((m for m in view.mentions if m.kind == "state" and m.form == "adjective" and m.first == first and m.last < last), None)
    if home is not None and view.word(first - 1) in ("the", "a") and not any(m.kind == "sector" and home.last <= m.first < last for m in view.mentions):
        first = home.last  # "the Norwegian | Fjordlaks"
    if first >= last or view.word(last) in ("-", "'s"):
        return i, i
    names = [view.tokens[k].text for k in range(first, last) if view.words[k] not in ("-", "&")]
    if sum(t.text.isupper() and len(t.text) > 1 for t in view.tokens) > len(view.tokens) // 3:
        return i, i  # "THE AUTHOR(S) OR OWNER(S) OF THE SOFTWARE"
    plain = first == 0 and len(names) == 1 and not (len(names[0]) > 1 and names[0].isupper())
    inside = [m for m in view.mentions if m.first < last and first < m.last]
    if (
        plain
        or not any(name[:1].isupper() for name in names)
        or any(m.kind not in ("sector", "indicator", "state", "company", "organisation") for m in inside)
        or any(
            m.kind in ("state", "company", "organisation")
            and (m.last - m.first == last - first or m.first < first or m.form in ("people", "metonym"))
            for m in inside
        )
    ):
        return i, i
    return (
        (i, i)
        if any(m.kind == "state" and m.last == last and m.first == first + 1 and view.words[first] in _NO_FIRM for m in inside)
        or names[0].lower() in _NO_FIRM
        else (first, last)
    )


def _with_places(view: SentenceView, first: int, last: int) -> int:
    """The end of what is built, with the sector's name that it begins ("fuel and energy complex") or the places that tell it
    from others ("the ports in Beira and Nacala")."""
    last = max([last, *(m.last for m in view.mentions if m.kind == "sector" and first <= m.first < last < m.last)])
    if last - first <= 2 and view.word(last) in ("in", "at"):
        place = next((m for m in mentions_at(view, "place", last + 1) if m.kind == "place"), None)
        if place is not None:
            return next(
                end for listed, end in coordinated(view, "place", place) if not any(m.kind == "facility" for m in listed[1:])
            )  # "a quay in Lamu and | a dam"
    return last


def _whole_field(view: SentenceView, mention: Mention) -> tuple[int, int, Mention]:
    """The noun phrase that a sector's name begins: "energy supplies" is of energy, "maritime security" of security."""
    last = view.base_end(mention.last - 1)
    if last <= mention.last or view.word(mention.last) in FIELD_WORDS or any(
            m.kind not in ("sector", "indicator") and m.first < last and mention.last < m.last for m in view.mentions):
        return mention.first, mention.last, mention
    head = next((m for m in view.mentions if m.kind == "sector" and mention.first < m.first < m.last == last), mention)
    return mention.first, last, head


def _texts(view: SentenceView, item: Slot, i: int, goes_on: bool) -> Iterator[tuple[int, int]]:
    """Where the words of a text slot stand at token i, in the way that its type asks for; shorter ones behind longer ones."""
    first = i
    while view.word(first) in ("the", "a", "an", '"', "“", "‘") and (item.type in ("np", "matter", "words") or item.type in OR_WORDS):
        first += 1
    if item.type == "matter" and view.word(first) in _NO_TOPIC and view.word(first + 1) == "of":
        return
    while item.type in _HELD and view.word(first) in ("all", "both", "its", "their", "this", "these", "those", "his", "her", "of"):
        first += 1
    if first >= len(view) or view.word(first) in TEXT_STOPS or (item.type in OR_WORDS and view.word(first) == "'s"):
        return
    if item.type == "np" or item.type in OR_WORDS:
        end = view.phrase_end(first)
        if item.type in FIELDS:
            end = _past_gerund(view, first, end)
        if item.type in (*_HELD, "np", "undertaking"):
            end = min([end, *(m.first for m in view.mentions if m.kind in ("period", "date") and first < m.first < end and m.last >= end)])
        while end > first:
            yield first, end
            shorter = next((p.last for p in reversed(view.phrases) if first < p.last < end), 0)
            if not goes_on or shorter <= first:
                return
            end = shorter
    elif item.type == "matter":
        end = _matter_end(view, first)
        if end > first:
            yield first, end
    elif item.type == "words":
        for end in range(first + 1, min(first + 8, len(view)) + 1):
            yield first, end
            if end < len(view) and (view.word(end) in TEXT_STOPS or view.in_group[end] >= 0):
                return
    elif item.type == "phrase":
        end = view.own_end(first, view.coordinate_end(first, view.clause_end(first)))
        while end > first and (view.word(end - 1) in (",", ".") or _loose_quote(view, first, end - 1)):
            end -= 1
        if end > first:
            yield first, end
    else:
        end = len(view)
        while end > first and view.word(end - 1) in (".", ",", ";", "!", "?", '"', "”"):
            end -= 1
        if end > first:
            yield first, end


def _past_gerund(view: SentenceView, first: int, end: int) -> int:
    """The end of a field that an -ing form names with what it is done to in front: "orchid growing", "fish farming and"."""
    group = view.groups[view.group_at[end]] if end in view.group_at else None
    if group is None or group.form != "gerund" or end == first or group.last > end + 1:
        return end
    behind = view.word(group.last)
    return group.last if behind in TEXT_STOPS or behind in ("and", "or", "") or behind in PREPOSITIONS else end


def _matter_end(view: SentenceView, first: int) -> int:
    """The end of what is talked about: a noun phrase (or a gerund with its object) with all phrases that hang on it by prepositions,
    but for those that say when, where or on what occasion it is talked about."""
    if any(m.kind in ("date", "period") for m in view.by_first.get(first, ())) or view.word(first) in SUBJECT_PRONOUNS | {"them", "him", "us"}:
        return first
    if view.word(first) in ("what", "how", "whether", "where"):
        return view.coordinate_end(first, view.clause_end(first))
    end = view.phrase_end(first)
    if first in view.group_at and view.groups[view.group_at[first]].form == "gerund":
        end = max(view.phrase_end(view.groups[view.group_at[first]].last), view.groups[view.group_at[first]].last)
    if view.word(end) == "and" and view.word(end - 1) in _QUALITIES:
        wider = view.phrase_end(end + 1)
        if view.word(wider - 1) in _BONDS or any(w in _BONDS for w in view.words[end + 2:end + 4]):
            end = wider  # "trade and economic relations" is one matter
    if view.word(end - 1) == "such":
        return end - 1
    dated = next(
        (
            m.first
            for m in view.mentions
            if m.kind == "date"
            and first < m.first
            and m.last == end
            and view.word(m.first) in ("next", "last", "this", "today", "tomorrow", "yesterday")
        ),
        0,
    )
    if dated:
        return dated  # "talks on migration | next Thursday"
    ahead = view.group_at.get(end)
    if ahead is not None and view.groups[ahead].form == "infinitive" and any(word in _WAYS for word in view.words[first:end]):
        end = max(view.phrase_end(view.groups[ahead].last), view.groups[ahead].last)
        while view.word(end) == "and" and view.phrase_end(end + 1) > end + 1:
            end = view.phrase_end(end + 1)  # "ways to expand trade and investment"
    while end > first and view.word(end) in PREPOSITIONS and view.word(end) not in _NO_MATTER:
        after = end + 1
        while view.word(after) in ("the", "a", "an", "its", "their", "our", "your", "his", "her", "both"):
            after += 1
        outside = any(m.kind in ("date", "period") or (m.kind == "place" and view.word(end) in ("in", "at") and any(e.state for e in m.entities))
                      for m in view.by_first.get(after, ()))
        further = view.phrase_end(end + 1)
        if view.word(end) == "with" and any(m.kind in _WHO or (m.form == "description" and m.kind in _WHOSE and view.word(end - 1) not in _BONDS)
                                            for k in (end + 1, after) for m in view.by_first.get(k, ())):
            break  # with whom it is talked about: "the President", "members of the Chadian government"
        if (outside and view.word(end - 1) not in _SITUATIONS) or further <= end + 1:
            break
        if any(word in _OCCASIONS for word in view.words[end + 1:further]) and view.word(end) in ("in", "at", "during", "on", "within"):
            break
        end = further
    return end


def _loose_quote(view: SentenceView, first: int, last: int) -> bool:
    """Whether a quotation mark at the end closes nothing that was opened within the words."""
    word = view.word(last)
    if word not in ('"', "“", "”"):
        return False
    within = [w for w in view.words[first:last] if w in ('"', "“", "”")]
    return len(within) % 2 == 0
