"""Patterns of words in a row, matched by backtracking over one sentence.

Adverbs, brackets and quotation marks may stand between any two elements; articles and a few epithets before any slot.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from kg.cards import ClassRef, Element, End, Gap, Optional_, Put, Slot, Start, Verb, Word
from kg.cards.pattern import TEXT_TYPES
from kg.match.records import Binding, State
from kg.match.steps import Steps
from kg.match.tables import allowed_words, class_table, verb_table
from kg.match.types import fits
from kg.match.view import LIST_JOINTS, SentenceView, is_opener
from kg.match.words import words
from kg.model import Mention
from kg.words import VerbGroup, WordClasses
from kg.words.closed import CONJUNCTIONS, DETERMINERS, FIGURATIVE, POSSESSIVES, PREPOSITIONS, SUBJECT_PRONOUNS
from kg.words.phrases import NUMBERED

MOST_STEPS = 20_000
_YEAR = re.compile(r"(?:19|20)\d\d")
_UP_TO = (("to",), (",", "to"), ("through", "to"), ("up", "to"), ("right", "up", "to"), ("all", "the", "way", "to"))
_BEFORE_YEARS = frozenset(["in", "and", "since", "of", "for", "from", "during", "to", "by", "until", "fy"])
# Slot types that take a mention where one stands, else words of the text: the type of that mention, and how many words at most.
_OR_WORDS = {"field": ("sector", 6), "undertaking": ("project", 12), "panel": ("body", 9), "holding": ("holding", 9), "gift": ("gift", 9), "goods": ("goods", 9), "premises": ("premises", 9),
             "firm": ("org", 5), "owner": ("actor", 5)}
_PARTICLES = words("linear", "particles")
_NO_THING = words("linear", "no-thing")
_HELD = frozenset({"holding", "gift", "goods", "premises"})
# What may stand between an article and an amount without changing it.
_MEASURED = frozenset({"money", "percent", "number", "quantity", "counted", "amount", "figure", "tally", "weight", "power", "extent", "distance"})
_MEASURING = words("linear", "measuring")
_POSTPOSED = words("linear", "postposed")
_SUMS = frozenset({"total", "sum", "record", "maximum", "minimum"})
_PRICED = frozenset({"project", "facility", "premises"})
_STYLED = words("linear", "styled")
_FIRM_NOUNS = words("linear", "firm-nouns")
_OF_STATES = frozenset({"actor", "org", "company", "institution"})
_NO_FIELDS = words("linear", "no-fields")
_FIELD_WORDS = words("linear", "field-words")
_NO_UNDERTAKING = frozenset("state person pronoun pair organisation company agreement date period money percent number office name".split())
# What joins an example to what it is an example of.
_EXAMPLES = (("and", "on"), (",", "on"), ("and", "about"), (",", "including"), ("including",), (",", "such", "as"), ("such", "as"), (",", "particularly"), (",", "especially"), (",", "notably"),
             (",", "in", "particular"), (",", "primarily"), (",", "ranging", "from"), ("ranging", "from"), (",", "namely"))
_QUALITIES = words("linear", "qualities")
_BONDS = words("linear", "bonds")
_COUNTED_THINGS = frozenset({"agreement", "treaty", "programme"})
_COUNTS = words("linear", "counts")
_EPITHETS_OF_THINGS = words("linear", "epithets-of-things")
_OF_PERSONS = frozenset({"actor", "person", "official", "holder"})
_ACTING = frozenset({"actor", "official", "person", "state"})
_NO_LINES = words("linear", "no-lines")
_SECTORAL = words("linear", "sectoral")
# Capital words in front of a state or by themselves that make no firm: "South Asia", "Parliament", "Islam".
_NO_FIRM = words("linear", "no-firm")
_PARTS = words("linear", "parts")
_SHARES = words("linear", "shares")
_GENERAL = words("linear", "general")
_STRONG = frozenset({"member", "nation", "country", "state", "strong"})
_COUNTED_OFF = words("linear", "counted-off")
_ALLIANCES = words("linear", "alliances")
# Bodies through which a state acts: "Vietnam's coast guard", "the Fijian navy".
_FORCES = frozenset({"coast guard", "navy", "'s navy", "army", "'s army", "air force", "'s police", "border guard", "armed forces", "health ministry",
                     "defence ministry", "'s military", "fire service", "fire brigade", "national police", "interior ministry", "border police"})
_POINTING = frozenset("the this that its their these those our his her".split())
_TELLING_PLACE = frozenset("in at near between from on to through across linking connecting".split())
_WAYS = words("linear", "ways")
_NO_MATTER = frozenset("during after before since until till by via despite including following".split())
_SITUATIONS = words("linear", "situations")
_OCCASIONS = words("linear", "occasions")
# "On the sidelines of", "on the eve of" tell when or where it was talked, not about what.
_LISTED_STATES = frozenset({"land", "state", "states", "actor"})
_OTHER_STATES = words("linear", "other-states")
_NO_TOPIC = words("linear", "no-topic")
_TEXT_STOPS = frozenset({",", ";", ":", ".", "(", ")"})


_MARKS = frozenset({Gap, Put, Start, End})


class TooManySteps(Exception):
    """A pattern that does not come to an end on this sentence: it is given up."""


class LinearMatcher:
    """Matches element sequences; one object serves one sentence."""

    def __init__(self, view: SentenceView, classes: WordClasses) -> None:
        self.view = view
        self.classes = classes
        self.steps = 0
        self.reached = 0
        self._beyond = len(view.words) + 1
        self._all = (1 << self._beyond + 1) - 1
        self._places: dict[int, int] = {}  # by steps: where they can begin
        self._dead: set[tuple[int, int, bool, int]] = set()  # steps that were tried at a token and match nothing there

    def start_anew(self) -> None:
        """Forgets how far the last pattern came; what was learnt of the sentence stays."""
        self.steps = self.reached = 0

    def begins(self, steps: Steps, i: int, started: bool) -> bool:
        """Whether the steps can begin at token i, or behind what may stand between it and what was matched before: a quick look."""
        places = self._places.get(steps.number + started)
        if places is None:
            places = self._places[steps.number + started] = self._find_places(steps, started)
        return places >> min(i, self._beyond) & 1 == 1

    def places(self, steps: Steps | None, started: bool) -> int:
        """The tokens at which the steps can begin, a bit each, and a last one for whatever is behind the sentence."""
        if steps is None:
            return self._all
        found = self._places.get(steps.number + started)
        if found is None:
            found = self._places[steps.number + started] = self._find_places(steps, started)
        return found

    def _find_places(self, steps: Steps, started: bool) -> int:
        """Where the first element can stand and the others can follow it in their order, somewhere behind."""
        head, rest = steps.head, steps.rest
        if type(head) in _MARKS:
            return self._mark_places(head, rest, started)
        found = 0
        if steps.inner:
            for option in steps.inner:
                found |= self.places(option, started)
            if rest is not None:
                found &= (1 << self.places(rest, True).bit_length()) - 1
            return found | self.places(rest, started) if type(head) is Optional_ else found
        view = self.view
        if steps.anywhere:
            found = self._all
        for word in view.vocabulary & steps.words:
            found |= view.places[word]
        if steps.type and view.holds(steps.type):
            found |= self._mention_places(steps.type)
        if type(head) is Verb:
            verbs = verb_table(self.classes, head)
            for group in view.groups:
                if group.lemma in verbs:
                    found |= 1 << group.first
        if rest is not None and found:
            found &= self._before(head, rest)
        if started:
            for i, behind in view.skipping:
                if found & behind:
                    found |= 1 << i
        return found

    def _mark_places(self, head: Element, rest: Steps | None, started: bool) -> int:
        if not isinstance(head, Gap):
            return self._edge(head) & self.places(rest, started)
        if rest is None:
            return self._all
        found = 0
        behind = self.places(rest, started) & (self._all >> 1)  # a gap goes no further than to the end
        for width in range(head.most + 1):
            found |= behind >> width
        return found

    def _before(self, head: Element, rest: Steps) -> int:
        """The tokens behind which the rest can begin: right behind a word, somewhere behind what may hold more."""
        behind = self.places(rest, True)
        if isinstance(head, Word):
            if head.text in ("in", "to"):
                return behind | behind >> 1  # "there" stands for "in" and a place
            return behind >> len(allowed_words(head))
        return (1 << behind.bit_length() - 1) - 1 if behind else 0

    def _mention_places(self, kind: str) -> int:
        """The tokens at which a slot of this type takes a mention."""
        found = self.view.places_of.get(kind)
        if found is None:
            found = 0
            for i in self.view.nominal:
                if self._mentions_at(kind, i):
                    found |= 1 << i
            self.view.places_of[kind] = found
        return found

    def _edge(self, head: Element) -> int:
        """The tokens that have no word before them, for what asks for the beginning of the sentence; those with none from them on; or all."""
        said = [i for i, word in enumerate(self.view.words) if word[:1].isalnum()]
        if isinstance(head, Start):
            return (1 << said[0] + 1) - 1 if said else self._all
        return self._all >> said[-1] + 1 << said[-1] + 1 if isinstance(head, End) and said else self._all

    def _at_edge(self, head: Element, i: int) -> bool:
        """Whether what asks for the beginning or the end of the sentence has it at token i; true of everything else."""
        return self._edge(head) >> min(i, self._beyond) & 1 == 1

    def sequence(self, steps: Steps | None, i: int, state: State, limit: int | None = None) -> Iterable[tuple[int, State]]:
        """All ways to match the steps from token i on: (end, state), preferred ones first."""
        if steps is None:
            return ((i, state),)
        started = bool(state.spans)
        if not self.begins(steps, i, started):
            return ()
        key = (steps.number, i, started, -1 if limit is None else limit)
        return () if key in self._dead else self._ways(steps, i, state, limit, key)

    def _ways(self, steps: Steps, i: int, state: State, limit: int | None, key: tuple[int, int, bool, int]) -> Iterator[tuple[int, State]]:
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise TooManySteps
        found = False
        for way in self._inner_ways(steps, i, state, limit) if steps.inner else self._mark_ways(steps, i, state, limit) if type(
                steps.head) in _MARKS else self._element_ways(steps, i, state, limit):
            found = True
            yield way
        if not found:
            self._dead.add(key)

    def _inner_ways(self, steps: Steps, i: int, state: State, limit: int | None) -> Iterator[tuple[int, State]]:
        """The ways through an optional element or a choice."""
        rest = steps.rest
        for option in steps.inner:
            for end, after in self.sequence(option, i, state, limit):
                if rest is None:
                    yield end, after
                else:
                    yield from self.sequence(rest, end, after, limit)
        if type(steps.head) is Optional_:
            yield from self.sequence(rest, i, state, limit)

    def _mark_ways(self, steps: Steps, i: int, state: State, limit: int | None) -> Iterator[tuple[int, State]]:
        """The ways past what takes no words, or any: gaps, words put in, the ends of the sentence."""
        head, rest = steps.head, steps.rest
        if isinstance(head, Gap):
            for end in self._gap(head, i):
                yield from self.sequence(rest, end, state, limit)
        elif isinstance(head, Put):
            yield from self.sequence(rest, i, state.add(i, i, binding=Binding(head.role, "put", "", False, i, i, (head.word,))), limit)
        elif self._at_edge(head, i):
            yield from self.sequence(rest, i, state, limit)

    def _element_ways(self, steps: Steps, i: int, state: State, limit: int | None) -> Iterator[tuple[int, State]]:
        rest = steps.rest
        for at in self.view.skip_positions(i) if state.spans else (i,):
            if limit is not None and at >= limit:
                continue
            for end, after in self.element(steps.head, at, state, rest is not None):
                if limit is not None and end > limit:
                    continue
                if end > self.reached:
                    self.reached = end
                if rest is None:
                    yield end, after
                else:
                    yield from self.sequence(rest, end, after, limit)

    def _gap(self, gap: Gap, i: int) -> Iterator[int]:
        for k in range(i, min(i + gap.most, len(self.view)) + 1):
            yield k
            if k >= len(self.view):
                return
            word = self.view.words[k]
            if k == i and word == "-" and self.view.word(i - 1).isdigit() and self.view.word(i + 1).isalpha() and self.view.word(i + 1) not in ("odd", "plus", "strong"):
                return  # "a 100-bed hospital" is one
            if word in (";", ":", ".", "--", "–", "—", "?", "!") and not (word == "." and k < len(self.view) - 2):
                return
            if gap.inside == "phrase" and (word == "," or self.view.in_group[k] >= 0):
                return

    def element(self, item: Element, i: int, state: State, goes_on: bool = False) -> Iterable[tuple[int, State]]:
        """All ways to match one element that is no bracket at token i."""
        if isinstance(item, Word):
            end = self._word(item, i)
            if item.text in ("in", "to") and i in self.view.there:
                return ((i, state),)  # "has a plant there", "travelled there"
            return ((end, state.add(i, end, anchor=(i, end))),) if end > i else ()
        if isinstance(item, ClassRef):
            phrases = class_table(self.classes, item.name).get(self.view.word(i))
            return self._of_class(phrases, i, state) if phrases else ()
        if isinstance(item, Verb):
            return self._of_verb(item, i, state) if i in self.view.group_at else ()
        return self.slot(item, i, state, goes_on) if isinstance(item, Slot) else ()

    def _of_class(self, phrases: tuple[tuple[frozenset[str], ...], ...], i: int, state: State) -> Iterator[tuple[int, State]]:
        for allowed in phrases:
            end = i + len(allowed)
            if all(self.view.word(i + k) in allowed[k] for k in range(1, len(allowed))):
                yield end, state.add(i, end, anchor=(i, end))

    def _of_verb(self, item: Verb, i: int, state: State) -> Iterator[tuple[int, State]]:
        group = self.view.groups[self.view.group_at[i]]
        end = self.verb_end(item, group)
        if end and voice_fits(item, group):
            yield end, state.add(i, end, anchor=(group.first, group.last), group=group)

    def verb_end(self, item: Verb, group: VerbGroup) -> int:
        """The token behind the group and its particle where its verb is one of these; 0 where it is not."""
        for parts in verb_table(self.classes, item).get(group.lemma, ()):
            end = group.last
            for word in parts[1:]:
                while word not in (self.view.word(end),) and end < len(self.view) and end in self.view.skip_positions(end)[1:]:
                    end += 1
                positions = self.view.skip_positions(end)
                found = next((p for p in positions if self.view.word(p) == word), -1)
                if found < 0 and end == group.last:  # "voted every year against", "called on Tuesday for"
                    when = next((m for k in (end, end + 1) for m in self.view.by_first.get(k, ()) if m.kind in ("date", "period", "duration") and (
                        k == end or self.view.word(end) in ("on", "in", "at"))), None)
                    found = when.last if when is not None and self.view.word(when.last) == word else -1
                if found < 0:
                    end = 0
                    break
                end = found + 1
            if end:
                return end
        return 0

    def verb_tails(self, item: Verb, group: VerbGroup, end: int) -> Iterator[tuple[int, int]]:
        """Where the rest of a verb of several words stands apart from it: "on hold" of "put the dam on hold"."""
        for parts in verb_table(self.classes, item).get(group.lemma, ()):
            tail = parts[1:]
            if not tail or (len(tail) == 1 and tail[0] not in _PARTICLES):
                continue
            for k in range(group.last + 1, end - len(tail) + 1):
                if self.view.word(k) == tail[0] and tuple(self.view.words[k : k + len(tail)]) == tail and all(self.view.in_group[j] < 0 for j in range(group.last, k)):
                    yield k, k + len(tail)
                    break

    def _word(self, item: Word, i: int) -> int:
        if item.text == "'s" and self.view.word(i) in ("'", "’") and self.view.word(i - 1).endswith("s"):
            return i + 1
        parts = allowed_words(item)
        if self.view.word(i) not in parts[0]:
            return i
        if len(parts) > 1 and not all(self.view.word(i + k) in parts[k] for k in range(1, len(parts))):
            return i
        return i + len(parts)

    def slot(self, item: Slot, i: int, state: State, goes_on: bool = False) -> Iterator[tuple[int, State]]:
        """All ways to fill a slot at token i, longest mention first."""
        if item.type in TEXT_TYPES or item.type in _OR_WORDS:
            ways = self._text_lists(item, i, goes_on) if item.many else ((f, e, (t,)) for f, e, t in self._text_items(item, i, goes_on))
            for first, last, items in ways:
                yield last, state.add(first, last, binding=Binding(item.role, item.type, item.many, item.negative, first, last, items))
            return
        for mention in self._mentions_at(item.type, i):
            if mention.kind == "pronoun" and self._owns(mention, item.type):
                continue
            if item.type in ("countable", "people") and not self._is_counted(mention, state):
                continue
            lists = self._lists(item.type, mention) if item.many else [((mention,), mention.last)]
            for mentions, last in lists:
                binding = Binding(item.role, item.type, item.many, item.negative, mention.first, last, mentions)
                yield last, state.add(mention.first, last, binding=binding)

    def _is_counted(self, mention: Mention, state: State) -> bool:
        """Whether the noun is the head of the noun phrase that the number caught before begins: "1,500 young Kenyan nurses"."""
        number = next((b for b in reversed(state.bindings) if b.type in ("tally", "number")), None)
        if number is not None and number.last - number.first == 1 and _YEAR.fullmatch(self.view.word(number.first)) and self.view.word(number.first - 1) in _BEFORE_YEARS:
            return False  # "in 2012 and 2013 debts were forgiven"
        if mention.kind != "state" and number is not None and self.view.tokens[number.last].text[:1].isupper() and self.view.tokens[mention.last - 1].text[:1].isupper():
            return False  # "at the 37 Military Hospital"
        if "uncounted" in self.classes and self.view.word(mention.last - 1) in class_table(self.classes, "uncounted"):
            return False
        phrase = next((p for p in self.view.phrases if p.first <= mention.first < p.last), None)
        return phrase is not None and (self._reaches_head(mention) or self.view.word(mention.last) in _POSTPOSED) and (number is None or number.last > phrase.first or self.view.word(number.last) in ("of", "more"))

    def _owns(self, pronoun: Mention, kind: str) -> bool:
        """Whether "our", "his" only says whose the one is with whom or by whom something is done: "with our French friends"."""
        i = pronoun.first
        if any(m.head == "neighbour" and m.first == i for m in self.view.by_first.get(i, ())):
            return False  # "exports to its northern neighbour": who has it counts
        return (self.view.word(i) in ("our", "his", "her", "its", "their", "my")
                and (self.view.word(i - 1) in ("with", "by", "between", "among", "to") or (i > 0 and kind in ("official", "person") and self.view.in_group[i - 1] >= 0))
                and self.view.base_end(i) > i + 1)

    def _text_items(self, item: Slot, i: int, goes_on: bool) -> Iterator[tuple[int, int, Mention | str]]:
        """One item of a text slot at token i: (first, last, mention or words)."""
        known, most = _OR_WORDS.get(item.type, ("", 0))
        if known:
            found = False
            for mention in self._mentions_at(known, i):
                if item.type in ("holding", "gift") and not self._reaches_head(mention):
                    continue
                if (item.type == "premises" and self._names_a_site(mention)) or (mention.kind == "pronoun" and self._owns(mention, known)):
                    continue
                found = True
                yield self._whole_field(mention) if item.type == "field" else (mention.first, mention.last, mention)
            if found:
                return
        if item.type in ("firm", "owner"):
            first, last = self._unknown_name(i)
            if last > first:
                yield first, last, self.view.text(first, last)
            return
        if item.type == "holding":
            described = next(self._at_the_end("company", i + (self.view.word(i) in ("the", "a", "an"))), None)
            if described is not None:
                yield described.first, described.last, described  # "the Romanian refiner Rompetrol"
                return
        for first, last in self._texts(item, i, goes_on):
            if (item.type == "undertaking" and not self._undertaking(first, last)) or (item.type == "field" and not self._field(first, last)):
                continue
            if item.type == "panel" and not self._panel(first, last):
                continue
            if item.type in _HELD and not self._holding(first, last, item.type):
                continue
            if item.type == "undertaking":
                last = self._with_places(first, last)
            if item.type == "panel" and self.view.word(last) in ("on", "for", "against"):
                last = max(last, self.view.phrase_end(last + 1))  # "a committee on migration"
            if not known or last - first <= most:
                yield first, last, self.view.text(first, last)

    def _unknown_name(self, i: int) -> tuple[int, int]:
        """The name that ends the noun phrase at token i and is nobody's that is known: "Karuturi", "the builder Mota-Engil", "Saudi Telecom";
        an empty range where none does."""
        view = self.view
        phrase = next((p for p in view.phrases if p.first <= i < p.last), None)
        if phrase is None or (phrase.first < i and view.word(i - 1) not in ("the", "a", "an", "'s")):
            return i, i
        last = phrase.last
        while last > i and any(m.kind in ("date", "period", "percent", "number") and m.last == last and m.first > i for m in view.mentions):
            last = next(m.first for m in view.mentions if m.kind in ("date", "period", "percent", "number") and m.last == last and m.first > i)
        first = last
        while first > i and (view.tokens[first - 1].text[:1].isupper() or (first < last and view.words[first - 1] in ("-", "&"))):
            first -= 1
        while first < last and view.words[first] in ("the", "-", "&", "'s"):
            first += 1
        if first >= last or view.word(last) in ("-", "'s"):
            return i, i
        names = [view.tokens[k].text for k in range(first, last) if view.words[k] not in ("-", "&")]
        if sum(t.text.isupper() and len(t.text) > 1 for t in view.tokens) > len(view.tokens) // 3:
            return i, i  # "THE AUTHOR(S) OR OWNER(S) OF THE SOFTWARE"
        plain = first == 0 and len(names) == 1 and not (len(names[0]) > 1 and names[0].isupper())
        inside = [m for m in view.mentions if m.first < last and first < m.last]
        if plain or not any(name[:1].isupper() for name in names) or any(m.kind not in ("sector", "indicator", "state", "company", "organisation") for m in inside) or any(
                m.kind in ("state", "company", "organisation") and (m.last - m.first == last - first or m.first < first or m.form in ("people", "metonym")) for m in inside):
            return i, i
        return (i, i) if any(m.kind == "state" and m.last == last and m.first == first + 1 and view.words[first] in _NO_FIRM for m in inside) or names[0].lower() in _NO_FIRM else (first, last)

    def _heads(self, name: str, head: int) -> bool:
        """Whether a noun of a class ends at token `head`, all words of it: "border post", not "border" for it."""
        table = class_table(self.classes, name)
        return any(
            k + len(allowed) == head + 1 and all(self.view.word(k + j) in words for j, words in enumerate(allowed))
            for k in range(max(head - 4, 0), head + 1) for allowed in table.get(self.view.word(k), ()))

    def _with_places(self, first: int, last: int) -> int:
        """The end of what is built, with the sector's name that it begins ("fuel and energy complex") or the places that tell it
        from others ("the ports in Beira and Nacala")."""
        last = max([last, *(m.last for m in self.view.mentions if m.kind == "sector" and first <= m.first < last < m.last)])
        if last - first <= 2 and self.view.word(last) in ("in", "at"):
            place = next((m for m in self._mentions_at("place", last + 1) if m.kind == "place"), None)
            if place is not None:
                return next(end for _, end in self._lists("place", place))
        return last

    def _whole_field(self, mention: Mention) -> tuple[int, int, Mention]:
        """The noun phrase that a sector's name begins: "energy supplies" is of energy, "maritime security" of security."""
        last = self.view.base_end(mention.last - 1)
        if last <= mention.last or self.view.word(mention.last) in _FIELD_WORDS or any(
                m.kind not in ("sector", "indicator") and m.first < last and mention.last < m.last for m in self.view.mentions):
            return mention.first, mention.last, mention
        head = next((m for m in self.view.mentions if m.kind == "sector" and mention.first < m.first < m.last == last), mention)
        return mention.first, last, head

    def _field(self, first: int, last: int) -> bool:
        """Whether the words can name a field of work: plain nouns, no pointing word ("this area"), no actor, place or date."""
        words = self.view.words[first:last]
        if words[0] in DETERMINERS | SUBJECT_PRONOUNS or words[-1] in _FIELD_WORDS or words[0] in _NO_FIELDS or not all(w.isalpha() or w in ("-", "'s", "of") for w in words):
            return False
        return not any(m.first < last and first < m.last and m.kind not in ("sector", "indicator") for m in self.view.mentions)

    def _panel(self, first: int, last: int) -> bool:
        """Whether the words can name a body that states set up together: "technical committee", "group of experts", "contact centre"."""
        head = next((p.last for p in self.view.phrases if p.first <= first < p.last), last) - 1
        return "panel-noun" in self.classes and self._heads("panel-noun", head) and not any(
            m.kind in ("organisation", "company") and m.first <= head and first < m.last for m in self.view.mentions)

    def _reaches_head(self, mention: Mention) -> bool:
        """Whether a mention is the head of its noun phrase: no "Batumi" in "the Batumi port operator"."""
        phrase = next((p for p in self.view.phrases if p.first <= mention.first < p.last), None)
        return phrase is None or mention.last >= phrase.last or mention.kind == "pronoun" or self.view.word(mention.last) in ("'s", "(", ",") or any(
            m.kind in ("period", "date") for m in self.view.by_first.get(mention.last, ()))

    def _names_a_site(self, mention: Mention) -> bool:
        """Whether a mention only names the place of a site: "Poti" in "the Poti air base"."""
        phrase = next((p for p in self.view.phrases if p.first <= mention.first < p.last), None)
        return phrase is not None and mention.last < phrase.last and not self._reaches_head(mention) and any(
            self._heads("owned-thing", k) for k in range(mention.last, phrase.last))

    def _holding(self, first: int, last: int, kind: str) -> bool:
        """Whether the words can name something that is owned: a firm, a building, a vessel; a name that is nobody else's."""
        view = self.view
        head = next((p.last for p in view.phrases if p.first <= first < p.last), last) - 1
        if any(m.kind in ("period", "date") and m.first == last for m in view.mentions):
            head = last - 1
        if kind == "goods" and view.word(last) != "-" and "traded-thing" in self.classes:
            return self._heads("traded-thing", head)
        if last <= head or "owned-thing" not in self.classes or view.word(last) == "-" or view.word(first) in SUBJECT_PRONOUNS | DETERMINERS:
            return False
        if kind == "gift":
            return self._heads("given-thing", head)
        if kind == "premises":
            return self._heads("owned-thing", head) and view.word(head).rstrip("s") not in _FIRM_NOUNS
        if self._heads("owned-thing", head):
            return not any(m.kind in ("event", "person", "date") and m.first <= head < m.last for m in view.mentions)
        if first == 0 and last == 1 and view.words[0].endswith("s"):
            return False  # "Opinions given here belong to": the capital is the sentence's
        if not all(view.tokens[k].text[:1].isupper() or view.words[k] in ("-", "&", "of", "de", "do", "da", "'s") for k in range(first, last)):
            return False
        return not any(m.first <= first and head < m.last and m.kind != "sector" for m in view.mentions) and not any(
            m.kind in ("person", "date", "money", "percent", "event", "agreement", "office") and first < m.last and m.first < last for m in view.mentions) and not any(
            m.kind == "state" and m.form == "adjective" and m.first == first for m in view.mentions)

    def _undertaking(self, first: int, last: int) -> bool:
        """Whether the words can name something that is built or run: no pronoun, no actor or value with nothing behind it."""
        head = next((p.last for p in self.view.phrases if p.first <= first < p.last), last) - 1
        if head > first and self.view.word(head - 1) in NUMBERED and (self.view.word(head).isdigit() or set(self.view.word(head)) <= set("ivx") or self.view.word(head) in _COUNTED_OFF):
            head -= 1  # "Unit 3", "Phase II", "phase two"
        if (last - first == 1 and self.view.word(first) in _NO_THING) or self.view.word(head) in _FIELD_WORDS or self.view.word(last) == "-":
            return False
        if self.view.word(head) in _SECTORAL and any(m.kind == "sector" and m.first <= first and m.last == last for m in self.view.mentions):
            return False
        if "works-thing" in self.classes and not self._is_works(first, head):
            return False
        if not (self.view.word(head).isalpha() or self.view.word(head + 1) == "of") or self.view.word(first) in SUBJECT_PRONOUNS or self.view.word(head) in POSSESSIVES or (
                self.view.word(first) in PREPOSITIONS and not any(m.kind == "number" and m.last <= head for m in self.view.by_first.get(first, ()))):
            return False
        if any(m.first < first <= head < m.last and m.kind in ("organisation", "company") and m.form == "name" for m in self.view.mentions):
            return False  # a name's last word
        if any(m.first <= first and head < m.last and m.kind == "body" for m in self.view.mentions):
            return False  # "the Commission on the Omo complex"
        before = self.view.word(first - 2 if self.view.word(first - 1) in DETERMINERS else first - 1)
        if before in ("on", "concerning", "regarding") and any(m.first < first and head < m.last and m.kind == "agreement" for m in self.view.mentions):
            return False  # "the accord on ferry links"
        return not any(first <= m.first <= head < m.last and m.kind in _NO_UNDERTAKING for m in self.view.mentions)

    def _is_works(self, first: int, head: int) -> bool:
        """Whether a head noun says that this is something built, made or run in the world; no bridge "between peoples", no credit line."""
        view = self.view
        if view.word(head + 1) == "of" and view.word(head) in _PARTS and head > first:
            return self._works_behind(head + 2)  # "the second string of the pipeline", "the second phase of the talks"
        if (view.word(head) in _SHARES or view.word(head).isdigit()) and view.word(head + 1) == "of":
            last = view.phrase_end(head + 2) - 1
            return self._heads("works-thing", last) and view.word(last) not in _NO_THING  # "the first of its four turbines"
        named = view.tokens[head].text[:1].isupper() and head - 1 > first and self._heads("works-thing", head - 1)  # "the system GLONASS"
        if not named and (not self._heads("works-thing", head) or (view.word(head - 1) in _NO_LINES and view.word(head - 2) not in ("water", "power", "gas", "heat", "electricity", "energy"))):
            return False
        if head == first and view.word(first - 1) in _POINTING and not (view.word(head + 1) == "that" and head + 1 not in view.by_first) and not (
                view.word(head + 1) in _TELLING_PLACE and head + 2 < len(view) and (view.tokens[head + 2].text[:1].isupper() or view.word(head + 2) == "the")):
            return False  # "the dam": nothing says which
        if view.word(head) in _NO_THING and all(word in _EPITHETS_OF_THINGS or word in ("major", "big", "large", "joint", "key", "common") for word in view.words[first:head]):
            return False  # "major projects"
        if view.word(head + 1) == "of" and view.word(head + 2) in _NO_LINES:
            return False  # "lines of credit"
        if view.word(head + 1) == "of" and view.word(head) in _PARTS:
            return self._works_behind(head + 2)  # "the second phase of the talks"
        behind = view.words[head + 1:head + 6]
        return not (behind[:1] and behind[0] in PREPOSITIONS and any(word in FIGURATIVE for word in behind))

    def _works_behind(self, i: int) -> bool:
        """Whether a thing built, or a name, ends the chain of "of" that goes on at token i."""
        view = self.view
        last = view.phrase_end(i) - 1
        return last >= i and (self._heads("works-thing", last) or view.tokens[last].text[:1].isupper())

    def _text_lists(self, item: Slot, i: int, goes_on: bool) -> Iterator[tuple[int, int, tuple[Mention | str, ...]]]:
        """Coordinated items of a text slot, the longest list first."""
        start = next(self._text_items(item, i, goes_on), None)
        if start is None:
            return
        first, last, one = start
        if item.type == "undertaking":
            one = self._explained(item, first, last) or one
        found: list[tuple[int, tuple[Mention | str, ...]]] = [(last, (one,))]
        while len(found) < 30:
            step = self._next_text(item, found[-1][0])
            if step is None:
                break
            found.append((step[1], (*found[-1][1], step[2])))
        for end, items in reversed(found):
            if item.type in ("owner", "firm") and len(items) > 1 and self.view.word(end) in ("'s", "’s") and self._joined_by_comma(items):
                continue  # "Salini, Italy's largest builder"
            yield first, end, items

    def _explained(self, item: Slot, first: int, last: int) -> Mention | str | None:
        """What an apposition calls by its name: "Togo's largest project, | the Omo dam, is"; None where nothing of the sort follows."""
        head = next((p.last for p in self.view.phrases if p.first <= first < p.last), last) - 1
        at = self.view.phrase_end(last + 1) if self.view.word(last) in PREPOSITIONS else last
        if self.view.word(head) not in _GENERAL or self.view.word(at) != ",":
            return None
        step = next(self._text_items(item, at + 1, False), None)
        return step[2] if step is not None and self.view.word(max(self._behind_place(step[1]), step[1])) in (",", ".", "") else None

    def _joined_by_comma(self, items: Sequence[Mention | str]) -> bool:
        last, before = items[-1], items[-2]
        return not isinstance(last, str) and self.view.word(last.first - 1) in (",", "the") and not isinstance(before, str) and "and" not in self.view.words[before.last : last.first]

    def _next_text(self, item: Slot, i: int) -> tuple[int, int, Mention | str] | None:
        i += item.type == "field" and self.view.word(i) in _FIELD_WORDS  # "energy matters, and customs"
        i += item.type in ("firm", "owner") and self.view.word(i) in _FIRM_NOUNS  # "the state Eni company and Shell"
        behind = self._behind_place(i) if item.type == "undertaking" else -1
        for at in (*self.view.skip_positions(i)[:2], *((behind,) if behind > 0 else ())):
            for joint in (*(_EXAMPLES if item.type == "matter" else ()), *LIST_JOINTS, *(_UP_TO if item.type == "field" and self._from_before(i) else ())):
                if at == behind and joint not in (("and",), (",", "and")) and not (joint == (",",) and self._still_listed(item, at + 1)):
                    continue
                if joint in (("-",), ("–",), ("/",)):
                    continue
                if all(self.view.word(at + k) == word for k, word in enumerate(joint)):
                    if item.type == "matter" and joint == (",",) and self.view.word(at + 1) in ("a", "an"):
                        return None  # an apposition
                    if item.type == "undertaking" and not any(fits(m, "project") for m in self._mentions_at("project", at + len(joint))) and not (
                            (joint[-1] == "and" and (self._bare_works(at + len(joint)) or self._another(item, at + len(joint)))) or (
                                joint == (",",) and self.view.word(at + 1) in ("a", "an") and self._still_listed(item, at + 1))):
                        return None  # words alone begin a list, but go on with one only as such
                    if item.type == "holding" and joint == (",",) and not self._still_listed(item, at + 1):
                        return None  # "bought Optus, the second largest operator,": an apposition
                    again = at + len(joint)
                    if item.type == "undertaking" and joint[-1] == "and" and self.view.word(again) in ("on", "of") and self.view.word(again + 1) in ("a", "an", "the"):
                        return next(self._text_items(item, again + 1, False), None)  # "work on a missile and on a light aircraft"
                    if item.type == "undertaking" and joint == (",",) and not self._still_listed(item, at + 1):
                        return None  # "the Omo refinery, a joint venture in which ..., is", "the Omo dam, Togo's first,": an apposition
                    whose = item.type == "np" and self.view.word(again) in ("its", "their", "our", "your")  # "your gold, your tea"
                    return next(self._text_items(item, again + whose, False), None)
        return None

    def _behind_place(self, i: int) -> int:
        """The token behind "in Lusaka", "at Chambishi" at token i, where something else of a list may follow; -1 where no place stands there."""
        if self.view.word(i) not in ("in", "at", "near"):
            return -1
        return max((m.last for m in self.view.by_first.get(i + 1, ()) if m.kind == "place" and m.form == "name"), default=-1)

    def _another(self, item: Slot, i: int) -> bool:
        """Whether one more thing stands at token i, of which no verb tells: "a stadium in Lusaka and a zone at Chambishi"."""
        step = next(self._text_items(item, i, False), None) if self.view.word(i) in ("a", "an") else None
        if step is None:
            return False
        stop = max(self._behind_place(step[1]), step[1])
        return stop >= len(self.view) or self.view.word(stop) in _TEXT_STOPS

    def _bare_works(self, i: int) -> bool:
        """Whether a single noun of something built stands at token i: the "school" of "a joint university and school"."""
        return "works-thing" in self.classes and self.view.word(i) in class_table(self.classes, "works-thing") and (
            self.view.word(i + 1) in PREPOSITIONS or self.view.word(i + 1) in _TEXT_STOPS or i + 1 >= len(self.view) or self.view.in_group[i + 1] >= 0)

    def _still_listed(self, item: Slot, i: int) -> bool:
        """Whether behind the thing at token i the list goes on ("a dam, a bridge and a port")."""
        step = next(self._text_items(item, i, False), None)
        if step is None:
            return False
        stop = max(self._behind_place(step[1]), step[1])
        return self.view.word(stop) in ("and", "or", "as") or (
            self.view.word(stop) == "," and (self.view.word(stop + 1) in ("and", "or") or next(self._text_items(item, stop + 1, False), None) is not None))

    def _mentions_at(self, kind: str, i: int) -> Sequence[Mention]:
        """The mentions that a slot of this type takes at token i, worked out once for a sentence."""
        found = self.view.fitting.get((kind, i))
        if found is None:
            fit = list(self._find_mentions(kind, i))
            if kind == "project" and len(fit) > 1:  # "The tunnel | at Agua Negra": what names it goes before what only points at it
                fit = [m for m in fit if m.form != "reference" or m.entities or not any(o is not m and o.entities and o.last >= m.last for o in fit)]
            found = self.view.fitting[kind, i] = tuple(fit)
        return found

    def _find_mentions(self, kind: str, i: int) -> Iterator[Mention]:
        at = i
        for _ in range(4):
            owner = next((m for m in self.view.by_first.get(at, ()) if m.kind == "state" and self.view.word(m.last) == "'s"), None)
            if owner is not None and kind in ("project", "facility", "premises") and any(
                    m.kind in ("facility", "project") and m.entities and self._reaches_head(m) for m in self.view.by_first.get(owner.last + 1, ())):
                at = owner.last + 1  # "Oman's Sohar power station"
                continue
            if owner is not None and kind in _OF_STATES and any(m.kind in ("company", "organisation", "institution") and m.form == "name"
                                                                for m in self.view.by_first.get(owner.last + 1, ())):
                at = owner.last + 1  # "Oman's Petrogas"
                continue
            if owner is not None and kind in _OF_STATES and self._names_unknown(owner.last + 1):
                return  # "Romania's Santierul Naval": somebody nobody knows
            if owner is not None and kind in _OF_PERSONS and any(m.kind == "person" and m.form == "name" for m in self.view.by_first.get(owner.last + 1, ())):
                at = owner.last + 1  # "Croatia's Jadranka Kosor"
                continue
            styled = next((m for m in self.view.by_first.get(at, ()) if m.kind == "organisation" and self.view.word(m.last) == "-" and self.view.word(m.last + 1) in _STYLED), None)
            if styled is not None:
                at = styled.last + 2  # "the EU-style Eurasian union"
                continue
            here = self.view.by_first.get(at, ())
            for mention in here:
                if fits(mention, kind) and not (mention.kind == "state" and mention.form == "name" and any(
                        m.last > mention.last and m.kind in ("company", "organisation", "institution") and m.form == "name" for m in here)) and not (
                        mention.kind == "office" and kind in _ACTING and self._tells_of_person(mention)):
                    yield mention  # "the Kenya Pipeline Company" is not Kenya
            adjective = next((m for m in self.view.by_first.get(at, ()) if m.kind == "state" and m.form == "adjective"), None)
            if adjective is not None and kind in _OF_PERSONS and any(m.kind == "person" for m in self.view.by_first.get(adjective.last, ())):
                at = adjective.last  # "Omani Sultan Qaboos"
                continue
            value = next((m for m in self.view.by_first.get(at, ()) if m.kind in ("money", "quantity")), None) if kind in _PRICED else None
            if value is not None:
                at = value.last + (self.view.word(value.last) == "-")  # "a $2 billion plant"
                continue
            word = self.view.word(at)
            if kind in _OF_STATES and self.view.word(at + 1) == "-" and self.view.word(at + 2) in _STRONG:
                at += 3  # "the 28-member European Union"
                continue
            if kind in _MEASURED and (word in _MEASURING or (word == "of" and self.view.word(at - 1) in _SUMS and at > i)):
                at += 1  # "a further $5 million", "a total of 300"
                continue
            if not (is_opener(word) or word in ('"', "“", "'", "‘", "both")):
                break
            if any(m.kind == "pronoun" and fits(m, kind) and not (kind == "actor" and self._owns(m, kind)) for m in self.view.by_first.get(at, ())):
                return
            at += 1
        if kind in _OF_STATES:
            yield from self._at_the_end(kind, i)
        counted = self._past_count(i) if kind in _COUNTED_THINGS else i
        if counted > at:
            yield from (m for m in self.view.by_first.get(counted, ()) if fits(m, kind))

    def _tells_of_person(self, office: Mention) -> bool:
        """Whether an office stands in apposition to the person named before it: "Ana Lima, *minister of trade of Chile*, met ..."."""
        return any(m.kind == "person" and m.first < office.first and office.last <= m.last for m in self.view.mentions)

    def _names_unknown(self, i: int) -> bool:
        """Whether capital words that are no mention make up the noun phrase at token i to its end."""
        phrase = next((p for p in self.view.phrases if p.first <= i < p.last), None)
        return phrase is not None and not any(
            m.first < phrase.last and i < m.last and m.kind not in ("sector", "indicator") and (m.kind != "place" or m.first == i)
            for m in self.view.mentions) and all(
            self.view.tokens[k].text[:1].isupper() for k in range(i, phrase.last))

    def _at_the_end(self, kind: str, i: int) -> Iterator[Mention]:
        """The firm or organisation that a noun phrase describes before it names it ("the Russian carrier S7"), or that leads what it tells of
        ("a consortium led by Hyundai"); the state whose force it is ("Vietnam's coast guard")."""
        view = self.view
        phrase = next((p for p in view.phrases if p.first <= i < p.last and (p.first == i or view.word(i - 1) in DETERMINERS)), None)
        if phrase is None:
            return
        here = view.by_first.get(i, ())
        if any(m.last >= phrase.last and fits(m, kind) for m in here):
            return
        if view.word(phrase.last - 1) in _ALLIANCES and view.word(phrase.last) in ("led", "headed", "fronted", "made", "consisting", "comprising", "composed"):
            at = next((k for k in range(phrase.last + 1, phrase.last + 3) if view.word(k) in ("by", "of")), phrase.last) + 1
            yield from (m for m in self._mentions_at(kind, at) if m.kind in ("company", "organisation", "state"))
            return
        if view.word(phrase.last - 1) in _ALLIANCES and view.word(phrase.last) in ("of", "between", "including", "involving", "uniting", "grouping"):
            yield from (m for m in self._mentions_at(kind, phrase.last + 1) if m.kind in ("company", "organisation"))  # "a consortium of Vinci and Egis"
            return
        stop = next((m.first for m in view.mentions if m.kind in ("date", "period") and m.last == phrase.last and m.first > i), phrase.last)
        named = [m for m in view.mentions if m.kind in ("company", "organisation") and m.form == "name" and i < m.first and m.last == stop and fits(m, kind)]
        if named and all(view.word(k).isalpha() and view.word(k) not in PREPOSITIONS and (k in view.by_first or not view.tokens[k].text[:1].isupper() or any(
                m.first <= k < m.last for m in view.mentions)) for k in range(i, named[0].first)):
            yield named[0]
        owner = next((m for m in here if m.kind == "state" and m.form in ("name", "adjective")), None)
        if kind == "actor" and owner is not None and phrase.last - owner.last <= 4 and " ".join(view.words[max(owner.last, phrase.last - 2):phrase.last]) in _FORCES:
            yield replace(owner, last=phrase.last, form="name")

    def _past_count(self, i: int) -> int:
        """The token behind "a number of other", "twelve new", "several important" at i; i where nothing of the sort stands there."""
        word = self.view.word
        at = i + 1 if word(i) in ("a", "an", "the") else i
        if word(at) in ("whole", "large", "small") and word(at + 2) == "of":
            at += 1
        if word(at) in _COUNTS and word(at + 1) == "of":
            at += 2
        elif word(at) in ("a", "the", "these", "those", "all") or is_opener(word(at)):
            at += 1
        start = at
        while word(at) in _EPITHETS_OF_THINGS or word(at).isdigit() or any(m.kind == "number" and m.last == at + 1 for m in self.view.by_first.get(at, ())):
            at += 1
        return at if at > start or word(at - 1) == "of" else i

    def _past_home(self, mention: Mention) -> int:
        """The token behind where an organisation or person is said to belong: "Aalto University, Helsinki", "the Bank (NBG) of Georgia"."""
        i = mention.last
        if mention.kind not in ("organisation", "company", "institution", "person", "body"):
            return i
        if mention.kind == "company" and self.view.word(i) in _FIRM_NOUNS:
            return i + 1  # "the state Eni company and Shell"
        at = self.view.skip_positions(i)[-1]
        if self.view.word(at) not in ("of", ","):
            return i
        behind = at + 2 if self.view.word(at + 1) == "the" else at + 1
        home = next((m for m in self.view.by_first.get(behind, ()) if m.kind in ("state", "place") and m.form == "name" and len(m.entities) == 1), None)
        return home.last if home is not None else i

    def _lists(self, kind: str, first: Mention) -> Iterator[tuple[tuple[Mention, ...], int]]:
        """Coordinated mentions from the first on, the longest list first; its last member may be read longer or shorter."""
        found: list[tuple[Mention, ...]] = [(first,)]
        ends: list[tuple[Mention, ...]] = [(first,)]
        while True:
            last = found[-1][-1]
            beyond = self._past_home(last) if kind in _OF_PERSONS else self._past_date(last) if kind in _COUNTED_THINGS else last.last
            steps = self._next_in_list(kind, beyond) if beyond > last.last else []
            steps = steps or ([] if beyond > last.last and kind in _OF_PERSONS and self.view.word(last.last) == "," else self._next_in_list(kind, last.last))
            if steps and kind == "org" and len(found) == 1 and self.view.words[last.last:last.last + 2] == [",", "and"] and any(
                    g.form == "finite" and g.first >= steps[0].last for g in self.view.groups):
                steps = []  # "are members of the OSCE, and the university, based in Piran, was founded"
            if not steps and kind in _COUNTED_THINGS and self._enumerated(first):
                steps = self._next_enumerated(kind, last.last)
            if not steps:
                break
            ends += [(*found[-1], step) for step in reversed(steps)]
            found.append((*found[-1], steps[0]))
        for mentions in reversed(ends):
            if len(mentions) > 1 and (self._runs_into_clause(mentions) or self._owns_next(mentions)):
                continue
            people = mentions[1:]
            if mentions[0].kind in ("office", "state", "group") and len(mentions[0].entities) == len(people) > 1 and all(m.kind == "person" for m in people):
                yield people, mentions[-1].last  # "the presidents of Chile and Peru, A and B": an apposition
            else:
                beyond = self._past_home(mentions[-1]) if kind in _OF_PERSONS and self.view.word(mentions[-1].last) == "," else mentions[-1].last
            if beyond > mentions[-1].last:
                yield mentions, beyond  # "Turku Institute, Finland"
            elif kind in _LISTED_STATES and (beyond := self._past_unnamed(mentions[-1].last)):
                yield mentions, beyond
            yield mentions, mentions[-1].last

    def _owns_next(self, mentions: Sequence[Mention]) -> bool:
        """Whether the last of a list only owns what stands in apposition: "Salini, Italy's largest builder"."""
        joint = self.view.words[mentions[-2].last : mentions[-1].first]
        owns = self.view.word(mentions[-1].last) in ("'s", "’s") or self.view.word(mentions[-1].first) in ("its", "their", "his", "her")  # "on Peru, its embassy said"
        return owns and "and" not in joint and "or" not in joint and "," in joint

    def _runs_into_clause(self, mentions: Sequence[Mention]) -> bool:
        """Whether the last of a list that only commas join is the subject of the next clause: "If Chile attacked Peru, Brazil would help"."""
        view, last = self.view, mentions[-1]
        if any("and" in view.words[a.last : b.first] or "or" in view.words[a.last : b.first] for a, b in pairwise(mentions)):
            return False
        following = next((p for p in view.skip_positions(last.last) if p in view.group_at), -1)
        return following >= 0 and view.groups[view.group_at[following]].form == "finite" and any(g.form == "finite" and g.last <= mentions[0].first for g in view.groups)

    def _past_unnamed(self, i: int) -> int:
        """The token behind those whom a list of states does not name ("Togo, Benin and six other countries"), asked behind the last named; 0 where none follow."""
        at = i + (self.view.word(i) == ",")
        if self.view.words[at:at + 1] != ["and"] and self.view.words[at:at + 2] not in (["along", "with"], ["together", "with"], ["as", "well"]):
            return 0
        if at > i and self.view.word(at) != "and":
            end = next((k for k in range(at, min(at + 12, len(self.view))) if self.view.word(k) == ","), 0)
            return end + 1 if end and any(self.view.word(k) in _OTHER_STATES for k in range(at, end)) and not any(k in self.view.group_at for k in range(at, end)) else 0
        end = next((k for k in range(at + 1, min(at + 7, len(self.view))) if self.view.word(k) in _OTHER_STATES), 0)
        if not end or any(not self.view.word(k)[:1].isalnum() or self.view.word(k) in ("and", "of", "in", "to") or k in self.view.group_at for k in range(at + 1, end)):
            return 0
        counted = any(self.view.word(k) in ("other", "others", "more", "further", "fellow", "several", "many", "most", "some") for k in range(at + 1, end + 1))
        return end + 1 if counted or any(m.kind == "number" for m in self.view.by_first.get(at + 1, ())) else 0

    def _enumerated(self, first: Mention) -> bool:
        """Whether a colon leads the list in: "two pacts remain in force: the Treaty on ..."."""
        i = first.first - 1
        return self.view.word(i - (self.view.word(i) in ("the", "a", "an"))) == ":"

    def _next_enumerated(self, kind: str, i: int) -> list[Mention]:
        """The next of things enumerated behind a colon, over a relative clause or participle that tells of the one before."""
        word = self.view.word
        at = i + (word(i) == ",")
        if not (word(at) in ("which", "that") or at in self.view.group_at):
            return []
        for k in range(at + 1, min(at + 25, len(self.view))):
            if word(k) in (";", ".", ":"):
                return []
            if word(k) == ",":
                behind = k + 1 + (word(k + 1) == "and")
                steps = list(self._mentions_at(kind, behind))
                if steps:
                    return [m for m in steps if m.first == steps[0].first]
        return []

    def _next_in_list(self, kind: str, i: int) -> list[Mention]:
        """The mentions that go on a list at token i: those that begin at one place, the longest first."""
        for at in self.view.skip_positions(i)[:2]:
            for joint in (*LIST_JOINTS, *(_UP_TO if kind == "sector" and self._from_before(i) else ())):
                if joint in (("-",), ("–",), ("/",)) and kind not in ("state", "demonym", "land", "states"):
                    continue
                if all(self.view.word(at + k) == word for k, word in enumerate(joint)):
                    behind = at + len(joint)
                    if joint == (",",) and self.view.word(behind) in ("both", "all"):
                        continue  # "the two neighbours, both members of the union": an apposition
                    behind += self.view.word(behind) in ("on", "with", "between", "by") and joint[-1] in ("and", "as", "also")
                    behind += self._again(behind) if kind == "sector" else 0
                    if kind == "sector" and self._epithet_of_sector(behind):
                        behind += 1
                    behind += kind == "org" and self.view.word(behind) in ("in", "of", "to", "within")  # "in the G20, in APEC and in the OSCE"
                    steps = [m for m in self._mentions_at(kind, behind) if self._goes_on(kind, m, i) and not (joint[0] == ";" and self._acts(m.last))
                             and not (joint == (",",) and self.view.word(m.last) == "'s")]  # "Cyprus, Jordan's neighbour"
                    if kind == "office" and any(p.kind == "person" and p.form == "name" and i < p.first <= steps[0].first < p.last for p in self.view.mentions if steps):
                        return []  # "Ana Lima, head of the fund, and the commissioner, Ivo Novak": his office
                    if steps:
                        return [m for m in steps if m.first == steps[0].first]
        return []

    def _from_before(self, i: int) -> bool:
        """Whether "from" opens the list that token i goes on: "from trade and culture | to sport"."""
        for k in range(i - 1, max(i - 16, 0), -1):
            if self.view.word(k) == "from":
                return True
            if self.view.in_group[k] >= 0 or self.view.word(k) in (";", ":", "."):
                return False
        return False

    def _acts(self, i: int) -> bool:
        """Whether a finite verb follows: "Chile and Peru; Bolivia | acceded in 2019" goes on with a clause of its own."""
        k = self.view.skip_positions(i)[-1]
        return any(self.view.in_group[j] >= 0 and self.view.groups[self.view.in_group[j]].form == "finite" for j in (i, k) if j < len(self.view))

    def _epithet_of_sector(self, i: int) -> bool:
        """Whether a plain word stands in front of a field's name: "health and *local* government"."""
        word = self.view.word(i)
        return word.isalpha() and not any(m.kind == "sector" for m in self.view.by_first.get(i, ())) and any(m.kind == "sector" for m in self.view.by_first.get(i + 1, ())) and not (
            word in DETERMINERS or word in PREPOSITIONS or word in CONJUNCTIONS or word in POSSESSIVES or word in SUBJECT_PRONOUNS or self.view.in_group[i] >= 0)

    def _again(self, i: int) -> int:
        """How many tokens at i only say again what stands before the first field of a list: "in tourism and *in* sport", "mining and, *above
        all,* water", "trade and *the fight against* piracy"."""
        k = i
        if self.view.words[k:k + 3] == ["above", "all", ","]:
            k += 3
        k += self.view.word(k) in ("in", "on", "for")
        if self.view.word(k) == "the" and self.view.word(k + 1) in ("fight", "struggle", "combat") and self.view.word(k + 2) == "against":
            k += 3
        return k - i

    def _past_date(self, mention: Mention) -> int:
        """The token behind the date that an agreement bears: "the treaty of 12 May 1994", "the accord for 2010-2012"."""
        at = mention.last
        if self.view.word(at) in ("of", "dated", "for", "until", "till", "("):
            for m in self.view.by_first.get(at + 1, ()):
                if m.kind in ("date", "period"):
                    return m.last + 1 if self.view.word(m.last) == ")" else m.last
        return next((m.last for m in self.view.by_first.get(at, ()) if m.kind == "period"), at)

    def _goes_on(self, kind: str, mention: Mention, i: int) -> bool:
        """Whether the mention is one more of the list that token i ends: no pronoun that begins a clause, no place that says where."""
        if mention.kind == "pronoun" and self.view.word(mention.first) in ("he", "she", "it", "they", "we", "who", "which"):
            return False
        return not (kind == "place" and self._is_no_further_place(mention, i))

    def _is_no_further_place(self, mention: Mention, i: int) -> bool:
        """Whether a place behind a comma only says where the place before it lies ("Lima, Peru"), or begins somebody's name and title."""
        if any(m.last > mention.last and m.kind in ("person", "office", "organisation", "event") for m in self.view.by_first.get(mention.first, ())):
            return True
        homes = {e.state for m in self.view.mentions if m.last == i and m.kind in ("place", "facility") for e in m.entities}
        return any(e.kind == "state" and e.iri in homes for e in mention.entities)

    def _matter_end(self, first: int) -> int:
        """The end of what is talked about: a noun phrase (or a gerund with its object) with all phrases that hang on it by prepositions,
        but for those that say when, where or on what occasion it is talked about."""
        view = self.view
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
        dated = next((m.first for m in view.mentions if m.kind == "date" and first < m.first and m.last == end and view.word(m.first) in ("next", "last", "this", "today",
                      "tomorrow", "yesterday")), 0)
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
            if view.word(end) == "with" and any(m.kind in ("person", "pair", "office") for k in (end + 1, after) for m in view.by_first.get(k, ())):
                break  # with whom it is talked about
            if (outside and view.word(end - 1) not in _SITUATIONS) or further <= end + 1:
                break
            if any(word in _OCCASIONS for word in view.words[end + 1:further]) and view.word(end) in ("in", "at", "during", "on", "within"):
                break
            end = further
        return end

    def _loose_quote(self, first: int, last: int) -> bool:
        """Whether a quotation mark at the end closes nothing that was opened within the words."""
        word = self.view.word(last)
        if word not in ('"', "“", "”"):
            return False
        within = [w for w in self.view.words[first:last] if w in ('"', "“", "”")]
        return len(within) % 2 == 0

    def _texts(self, item: Slot, i: int, goes_on: bool) -> Iterator[tuple[int, int]]:
        view = self.view
        first = i
        while view.word(first) in ("the", "a", "an", '"', "“", "‘") and (item.type in ("np", "matter", "words") or item.type in _OR_WORDS):
            first += 1
        if item.type == "matter" and view.word(first) in _NO_TOPIC and view.word(first + 1) == "of":
            return
        while item.type in _HELD and view.word(first) in ("all", "both", "its", "their", "this", "these", "those", "his", "her", "of"):
            first += 1
        if first >= len(view) or view.word(first) in _TEXT_STOPS or (item.type in _OR_WORDS and view.word(first) == "'s"):
            return
        if item.type == "np" or item.type in _OR_WORDS:
            end = view.phrase_end(first)
            if item.type in (*_HELD, "np", "undertaking"):
                end = min([end, *(m.first for m in view.mentions if m.kind in ("period", "date") and first < m.first < end and m.last >= end)])
            while end > first:
                yield first, end
                shorter = next((p.last for p in reversed(view.phrases) if first < p.last < end), 0)
                if not goes_on or shorter <= first:
                    return
                end = shorter
        elif item.type == "matter":
            end = self._matter_end(first)
            if end > first:
                yield first, end
        elif item.type == "words":
            for end in range(first + 1, min(first + 8, len(view)) + 1):
                yield first, end
                if end < len(view) and (view.word(end) in _TEXT_STOPS or view.in_group[end] >= 0):
                    return
        elif item.type == "phrase":
            end = view.own_end(first, view.coordinate_end(first, view.clause_end(first)))
            while end > first and (view.word(end - 1) in (",", ".") or self._loose_quote(first, end - 1)):
                end -= 1
            if end > first:
                yield first, end
        else:
            end = len(view)
            while end > first and view.word(end - 1) in (".", ",", ";", "!", "?", '"', "”"):
                end -= 1
            if end > first:
                yield first, end


def voice_fits(item: Verb, group: VerbGroup) -> bool:
    """Whether the group stands in the voice that the pattern asks for."""
    return group.negated if item.voice == "not" else item.voice == "any" or group.voice == item.voice
