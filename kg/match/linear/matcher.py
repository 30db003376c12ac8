"""The steps of a pattern followed through one sentence, by backtracking: where they can begin, and all ways to go on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.cards import ClassRef, Element, End, Gap, Optional_, Put, Slot, Start, Verb, Word
from kg.cards.pattern import TEXT_TYPES
from kg.match.linear.lists import coordinated
from kg.match.linear.mentions import is_counted, mentions_at, owns
from kg.match.linear.text_lists import text_lists
from kg.match.linear.texts import OR_WORDS, text_items
from kg.match.linear.verbs import verb_end, voice_fits
from kg.match.records import Binding, State
from kg.match.steps import Steps
from kg.match.tables import allowed_words, class_table, verb_table
from kg.match.view import SentenceView
from kg.words import WordClasses

__all__ = ["LinearMatcher", "TooManySteps"]

MOST_STEPS = 20_000
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
        self._vocabulary = view.vocabulary
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
        if steps.wordy and self._vocabulary.isdisjoint(steps.words):
            return 0
        head, rest = steps.head, steps.rest
        if type(head) in _MARKS:
            return self._mark_places(head, rest, started)
        found = 0
        if steps.inner:
            known = self._places
            for option in steps.inner:
                places = known.get(option.number + started)
                if places is not None:
                    found |= places
                elif not option.wordy or not self._vocabulary.isdisjoint(option.words):
                    found |= self.places(option, started)
            if rest is not None and found:
                found &= (1 << self.places(rest, True).bit_length()) - 1
            return found | self.places(rest, started) if type(head) is Optional_ else found
        view = self.view
        if steps.anywhere:
            found = self._all
        for word in self._vocabulary & steps.words:
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
                if mentions_at(self.view, kind, i):
                    found |= 1 << i
            self.view.places_of[kind] = found
        return found

    def _edge(self, head: Element) -> int:
        """The tokens that have no word before them, for what asks for the beginning of the sentence; those with none from them on; or all."""
        said = self.view.said
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
            for end in _gap(self.view, head, i):
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

    def element(self, item: Element, i: int, state: State, goes_on: bool = False) -> Iterable[tuple[int, State]]:
        """All ways to match one element that is no bracket at token i."""
        if isinstance(item, Word):
            end = _word(self.view, item, i)
            if item.text in ("in", "to") and i in self.view.there:
                return ((i, state),)  # "has a plant there", "travelled there"
            return ((end, state.add(i, end, anchor=(i, end))),) if end > i else ()
        if isinstance(item, ClassRef):
            phrases = class_table(self.classes, item.name).get(self.view.word(i))
            return _of_class(self.view, phrases, i, state) if phrases else ()
        if isinstance(item, Verb):
            return self._of_verb(item, i, state) if i in self.view.group_at else ()
        return self.slot(item, i, state, goes_on) if isinstance(item, Slot) else ()

    def _of_verb(self, item: Verb, i: int, state: State) -> Iterator[tuple[int, State]]:
        group = self.view.groups[self.view.group_at[i]]
        end = verb_end(self.view, self.classes, item, group)
        if end and voice_fits(item, group):
            yield end, state.add(i, end, anchor=(group.first, group.last), group=group)

    def slot(self, item: Slot, i: int, state: State, goes_on: bool = False) -> Iterator[tuple[int, State]]:
        """All ways to fill a slot at token i, longest mention first."""
        if item.type in TEXT_TYPES or item.type in OR_WORDS:
            ways = (
                text_lists(self.view, self.classes, item, i, goes_on)
                if item.many
                else ((f, e, (t,)) for f, e, t in text_items(self.view, self.classes, item, i, goes_on))
            )
            for first, last, items in ways:
                yield last, state.add(first, last, binding=Binding(item.role, item.type, item.many, item.negative, first, last, items))
            return
        for mention in mentions_at(self.view, item.type, i):
            if mention.kind == "pronoun" and owns(self.view, mention, item.type):
                continue
            if item.type in ("countable", "people") and not is_counted(self.view, self.classes, mention, state):
                continue
            lists = coordinated(self.view, item.type, mention) if item.many else [((mention,), mention.last)]
            for mentions, last in lists:
                binding = Binding(item.role, item.type, item.many, item.negative, mention.first, last, mentions)
                yield last, state.add(mention.first, last, binding=binding)


def _gap(view: SentenceView, gap: Gap, i: int) -> Iterator[int]:
    for k in range(i, min(i + gap.most, len(view)) + 1):
        yield k
        if k >= len(view):
            return
        word = view.words[k]
        if k == i and word == "-" and view.word(i - 1).isdigit() and view.word(i + 1).isalpha() and view.word(i + 1) not in ("odd", "plus", "strong"):
            return  # "a 100-bed hospital" is one
        if word in (";", ":", ".", "--", "–", "—", "?", "!") and not (word == "." and k < len(view) - 2):
            return
        if gap.inside == "phrase" and (word == "," or view.in_group[k] >= 0):
            return


def _of_class(view: SentenceView, phrases: tuple[tuple[frozenset[str], ...], ...], i: int, state: State) -> Iterator[tuple[int, State]]:
    following = view.word(i + 1)
    for allowed in phrases:
        size = len(allowed)
        if size == 1 or (following in allowed[1] and all(view.word(i + k) in allowed[k] for k in range(2, size))):
            yield i + size, state.add(i, i + size, anchor=(i, i + size))


def _word(view: SentenceView, item: Word, i: int) -> int:
    if item.text == "'s" and view.word(i) in ("'", "’") and view.word(i - 1).endswith("s"):
        return i + 1
    parts = allowed_words(item)
    if view.word(i) not in parts[0]:
        return i
    if len(parts) > 1 and not all(view.word(i + k) in parts[k] for k in range(1, len(parts))):
        return i
    return i + len(parts)
