"""Clause frames: `{by*:actor} !sign {agreement:agreement} [with {by*:actor}] [in {place:place}]` in every shape English gives it.

Active, passive, participle behind its noun, relative clause on the object or the subject, subject shared by coordinated predicates,
controlled infinitive, and the noun of the verb ("the signing of ... by ...", "X's visit to ..."). A frame is cut into the subject slot,
the verb, the object (a slot, or words such as "talks"), and chunks led by words (prepositions as a rule) that may stand anywhere
behind in the clause.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

from kg.cards import Choice, ClassRef, Element, Optional_, Pattern, Slot, Verb, Word
from kg.cards.pattern import TEXT_TYPES
from kg.match.linear import LinearMatcher
from kg.match.records import Binding, State
from kg.match.steps import Steps, make_steps
from kg.match.tables import verb_table
from kg.match.view import SentenceView
from kg.match.words import words
from kg.words import VerbGroup, WordClasses
from kg.words.closed import CONJUNCTIONS, DASHES, DETERMINERS, PREPOSITIONS, RELATIVES, SUBORDINATORS, is_adverb

_THINGS = frozenset({"agreement", "treaty", "programme", "project", "facility", "event", "body"})
_ACTING = frozenset({"actor", "firm", "owner", "org", "company", "institution", "person", "land", "state", "holder"})
_SAID = words("frames", "said")
# Verbs of saying and of taking a stance, which one and the same speaker may string together.
_TELLING = _SAID | words("frames", "telling")
_PAPERS = words("frames", "papers")
_THOUGHT_OF = words("frames", "thought-of")
_FRONTED = frozenset({"at", "in", "on", "during", "under", "within", "after", "before", "for"})
_ACTORS = frozenset({"state", "organisation", "company", "institution", "person", "group", "pair"})
# Verbs behind which a clause may stand without "that".
_WITH_CLAUSES = _SAID | words("frames", "with-clauses")
_AGREEING = words("frames", "agreeing")
_FAR_TAIL = 14  # words from a verb to the rest of it behind its object
# What parts two clauses: what stands in front of it belongs to the first.
_CLAUSE_APART = frozenset("while whereas when because although though if".split())
_NEAR_NOUN = 6  # words between an owner and the infinitive behind what is owned
_TITLED = frozenset({"agreement", "event", "project"})
_WORDS = Path(__file__).resolve().parent.parent / "words"


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """Words and a slot that belong together; ``optional`` chunks may be absent."""

    items: tuple[Element, ...]
    optional: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame cut into its parts."""

    subject: Chunk | None
    verb: Verb
    object: Chunk | None
    chunks: tuple[Chunk, ...]


@cache
def nominals() -> dict[str, tuple[str, ...]]:
    """Base form of a verb -> its nouns."""
    out = {}
    for line in (_WORDS / "nominals.words").read_text(encoding="utf-8").splitlines():
        verb, _, nouns = line.partition(":")
        if nouns and not line.startswith("#"):
            out[verb.strip()] = tuple(nouns.split())
    return out


@cache
def _lemmas(classes: WordClasses, verb: Verb) -> frozenset[str]:
    return frozenset(verb_table(classes, verb))


@cache
def _steps(chunk: Chunk, classes: WordClasses) -> Steps:
    steps = make_steps(chunk.items, classes)
    assert steps is not None
    return steps


@cache
def _led_by(word: str, chunk: Chunk) -> Chunk:
    """The chunk behind a preposition: "by" + who."""
    return Chunk((Word(word), *chunk.items), True)


@cache
def _nouns(classes: WordClasses, verb: Verb) -> frozenset[str]:
    """The nouns of the verbs; none of those that only mean it with more words: "withdrawal" is no "withdraw from service"."""
    table = nominals()
    return frozenset(noun for base, told in verb_table(classes, verb).items() if min(map(len, told)) < 3 for noun in table.get(base, ()))


def _led_by_preposition(item: Element) -> bool:
    if isinstance(item, Word):
        return item.text in PREPOSITIONS
    if isinstance(item, Choice):
        return all(_led_by_preposition(option[0]) for option in item.options)
    if isinstance(item, Optional_):
        return _led_by_preposition(item.items[0])
    return False


def _has_words(items: tuple[Element, ...]) -> bool:
    """Whether words that a rule asks for stand among the items, not only slots."""
    return any(isinstance(i, (Word, ClassRef)) or (isinstance(i, Choice) and all(_has_words(option) for option in i.options)) for i in items)


@cache
def make_frame(pattern: Pattern) -> Frame:
    """The parts of a frame pattern."""
    at = next(k for k, item in enumerate(pattern) if isinstance(item, Verb))
    verb = pattern[at]
    assert isinstance(verb, Verb)
    before, after = pattern[:at], pattern[at + 1:]
    subject = None
    if before:
        inner = before[0].items if len(before) == 1 and isinstance(before[0], Optional_) else before
        subject = Chunk(inner, len(before) == 1 and isinstance(before[0], Optional_))
    obj = None
    chunks: list[Chunk] = []
    current: list[Element] = []
    direct: list[Element] = []
    k = 0
    while k < len(after) and not _led_by_preposition(after[k]) and not (isinstance(after[k], Optional_) and direct
                                                                        and _led_by_preposition(after[k])):
        direct.append(after[k])
        k += 1
    if direct:
        only = direct[0] if len(direct) == 1 else None
        if isinstance(only, Optional_):
            obj = Chunk(only.items, True)
        else:
            obj = Chunk(tuple(direct), False)
    for item in after[k:]:
        if isinstance(item, Optional_) and current and not any(isinstance(i, Slot) for i in current) and not _led_by_preposition(item):
            current.append(item)  # "to [a record] {amount}"
        elif isinstance(item, Optional_):
            if current:
                chunks.append(Chunk(tuple(current), False))
                current = []
            chunks.append(Chunk(item.items, True))
        else:
            if current and _led_by_preposition(item):
                chunks.append(Chunk(tuple(current), False))
                current = []
            current.append(item)
    if current:
        chunks.append(Chunk(tuple(current), False))
    return Frame(subject, verb, obj, tuple(chunks))


_AMOUNTS = words("frames", "amounts")
_BETWEEN_NOUN = frozenset({",", "in", "on", "at", "during", "by", "last", "yesterday", "today"})
_GIVING = words("frames", "giving")
_ASIDE = frozenset("in on at during within for under following after without".split())
_BLAMED = frozenset("thank thanks thanked accuse accuses accused accusing blame blames blamed charge charged charges criticise criticises criticised praise praises praised".split()) | {
    "appreciation", "gratitude"}
_BODIES = frozenset({"organisation", "company"})
_CALLED = words("frames", "called")
_FRONTING = frozenset("when while as after before if although though because since once whereas".split())
_ADVERBIAL = frozenset("in on at since during from by until with".split())
_WHEN_WHERE = ("date", "period", "place")
_WITNESS = ("state", "person", "organisation", "company")


class FrameMatcher:
    """Matches frames in one sentence."""

    def __init__(self, view: SentenceView, classes: WordClasses, linear: LinearMatcher) -> None:
        self.view = view
        self.classes = classes
        self.linear = linear
        self._regions: dict[tuple[int, int], list[tuple[int, int]]] = {}
        self._starts: dict[int, int] = {}
        self._titled: frozenset[int] | None = None

    def lemmas(self, verb: Verb) -> frozenset[str]:
        """First words of all verbs that the frame names."""
        return _lemmas(self.classes, verb)

    def matches(self, frame: Frame) -> Iterator[tuple[State, str]]:
        """Every match of the frame: its state and the shape in which it stands."""
        lemmas = self.lemmas(frame.verb)
        for index, group in enumerate(self.view.groups):
            if group.lemma in lemmas:
                end = self.linear.verb_end(frame.verb, group)
                if end:
                    yield from self._verbal(frame, index, group, end)
                elif group.voice == "active" and frame.object is not None and isinstance(frame.object.items[-1], Slot):
                    yield from self._parted(frame, index, group)
            for front in self.view.fronts(index):
                if front.lemma in lemmas:
                    end = self.linear.verb_end(frame.verb, front)
                    bare = frame.object is None and not frame.chunks and end == front.last  # "the plant started feeding the grid" has not begun
                    if end and (front.lemma != "be" or end > front.last) and not bare:
                        yield from self._verbal(frame, index, front, end)
        yield from self._nominal(frame)
        yield from self._apposed(frame)

    # -- appositions

    def _apposed(self, frame: Frame) -> Iterator[tuple[State, str]]:
        """What an apposition says as "be" would: "Peru, long the biggest buyer of Chilean wine, ..." for "Peru is the biggest buyer"."""
        if frame.subject is None or frame.object is None or frame.object.optional or frame.subject.optional or frame.verb.voice != "active" or (
                ("be",) not in verb_table(self.classes, frame.verb).get("be", ())):
            return
        for phrase, start, stop in self.view.appositions:
            state = self._slot_heads(frame.subject, (phrase.first, phrase.last), State().add(start, start, anchor=(start, start + 1)))
            for after in self._object_right(frame.object, (start, stop), state) if state is not None else ():
                done = self._chunks(frame, [(start, stop)], after)
                if done is not None:
                    yield done, "apposition"
                    break

    # -- verbs

    def _verbal(self, frame: Frame, index: int, group: VerbGroup, end: int) -> Iterator[tuple[State, str]]:
        if frame.verb.voice == "not" and not (group.negated or "never" in self.view.words[max(0, group.first - 2) : group.last]):
            return
        anchor_end = group.last if group is self.view.groups[index] else end
        start = State().add(group.first, end, anchor=(group.first, anchor_end), group=group)
        clause_end = self.view.clause_end(end)
        right = (end, self.view.coordinate_end(end, clause_end))
        if frame.verb.voice == "passive" and group.voice == "active":
            return
        if group.voice == "passive" and end > group.last and self._starts_object(right):
            return  # "talks focused on steel": what stands behind the particle is its object, what stands before is not
        if group.voice == "passive":
            regions = self._asked(self.subject_regions(index), frame.object)
            for region in regions:
                state = self._object_in(frame, region, start)
                if state is None:
                    continue
                before = state
                state = self.anywhere(_led_by("by", frame.subject), [right], state) if frame.subject else state
                if state is before and frame.subject and not frame.subject.optional and _has_words(frame.subject.items):
                    continue  # "$5 million were recorded" for "trade recorded $5 million"
                done = self._chunks(frame, [right, region, (self.clause_start(index), region[0])], state)
                if done is not None:
                    yield done, "passive" if group.form != "participle" else "participle"
                    return
            if frame.object is not None and self._inverted(index, group, right):
                for after in self._object_right(frame.object, right, start):
                    state = self.anywhere(Chunk((Word("by"), *frame.subject.items), True), [right], after) if frame.subject else after
                    done = self._chunks(frame, [right, (self.clause_start(index), group.first)], state)
                    if done is not None:
                        yield done, "passive"
                        return
            return
        # active
        yield from islice(self._actives(frame, index, group, start, right), 1)

    def _actives(self, frame: Frame, index: int, group: VerbGroup, start: State, right: tuple[int, int]) -> Iterator[tuple[State, str]]:
        subject_states: list[tuple[State, tuple[int, int]]] = []
        regions = self.subject_regions(index)
        if frame.subject is None:
            subject_states.append((start, regions[0] if regions else (group.first, group.first)))
        else:
            for region in self._asked(regions, frame.subject):
                state = self._slot_heads(frame.subject, region, start)
                if state is not None:
                    subject_states.append((state, region))
                    break
            if not subject_states and (frame.subject.optional or self._impersonal(group, regions)):
                subject_states.append((start, regions[0] if regions else (group.first, group.first)))
        for state, region in subject_states:
            if frame.object is None:
                done = self._chunks(frame, [right, self._front(index, region, state)], state)
                if done is not None:
                    yield done, "active"
                continue
            found = False
            object_slot = frame.object.items[-1]
            relative = isinstance(object_slot, Slot) and object_slot.type in TEXT_TYPES and self._modifies_noun(region[0] - 1)
            tail = self.view.groups[index].last
            if relative and right[0] < tail and not self._ends_or_adjoins(right[0]) and not {"refuse", "decline"} & {group.lemma, *group.chain} and (self.view.word(tail) in (".", ",", ";", "") or tail in self.view.group_at):
                continue  # "a dam that Egypt wants to stop"
            relative = relative and self._ends_or_adjoins(right[0])
            for after in () if relative else self._object_right(frame.object, right, state):
                done = self._chunks(frame, [right, self._front(index, region, state)], after)
                if done is not None:
                    found = True
                    yield done, "active"
                    break
            if found:
                continue
            # the contract (that) we signed
            caught = [b.first for b in state.bindings if region[0] <= b.first < region[1]]
            first = region[0]
            if caught and min(caught) > first and self.view.words[min(caught) - 1] not in (",", "and") and self.view.words[min(caught) - 1] not in PREPOSITIONS:
                first = min(caught) - (self.view.word(min(caught) - 1) in ("the", "both", "our"))
            before = self._antecedent(first) or (self._told_of_in_contact(first) if caught else None)
            of_which = self.view.word(group.first - 1) in ("which", "who") and self.view.word(group.first - 2) == ","  # "the firm, which owns": "which" acts
            if before is not None and isinstance(frame.object.items[-1], Slot) and not of_which and not self._starts_object(right):
                found_in = (self._slot_heads(frame.object, r, state) for r in self._asked([before, *self._nearest(before)], frame.object))
                after_object = next((s for s in found_in if s is not None), None)
                if after_object is not None:
                    done = self._chunks(frame, [right], after_object)
                    if done is not None:
                        yield done, "object relative"
                        continue
            if frame.object.optional:
                done = self._chunks(frame, [right, self._front(index, region, state)], state)
                if done is not None:
                    yield done, "active"

    def _told_of_in_contact(self, first: int) -> tuple[int, int] | None:
        """The noun phrase that ends where a subject begins, with nothing between: "the pact | Peru and Chile signed"."""
        cut = next((p for p in self.view.phrases if p.first < first < p.last), None)
        return (cut.first, first) if cut is not None else None

    def _front(self, index: int, region: tuple[int, int], state: State) -> tuple[int, int]:
        """What stands in front of a subject that was found in a region: "In Uganda | the figure was 62 percent"."""
        stop = min((a for a, _ in state.spans if region[0] <= a < region[1]), default=region[0])
        told = max((g.last for g in self.view.groups if g.form == "finite" and g.last <= stop), default=0)  # another verb's clause is none of its front
        told = max((k + 1 for k in range(told, stop) if told and self.view.word(k) in _CLAUSE_APART and k not in self.view.within), default=told)
        return max(self.clause_start(index), min(told, stop)), stop

    def _impersonal(self, group: VerbGroup, regions: list[tuple[int, int]]) -> bool:
        """Whether "it was agreed to" stands in front of the verb: the sides are meant."""
        return bool(regions) and self.view.word(regions[0][1] - 1) in ("it", "also") and "it" in self.view.words[regions[0][0] : regions[0][1]] and bool(
            _AGREEING.intersection(group.chain)) and self.view.word(group.first) in ("was", "is", "has")

    def _parted(self, frame: Frame, index: int, group: VerbGroup) -> Iterator[tuple[State, str]]:
        """A verb whose object stands in front of the rest of it: "put the dam in Omo | on hold", "called the project | off"."""
        assert frame.object is not None
        clause_end = self.view.clause_end(group.last)
        for first, last in self.linear.verb_tails(frame.verb, group, min(clause_end, group.last + _FAR_TAIL)):
            state = State().add(group.first, group.last, anchor=(group.first, group.last), group=group).add(first, last)
            regions = self.subject_regions(index)
            if frame.subject is not None:
                found = next((s for s in (self._slot_heads(frame.subject, r, state) for r in self._asked(regions, frame.subject)) if s is not None), None)
                if found is None and not frame.subject.optional:
                    continue
                state = found or state
            found = self._slot_heads(frame.object, (group.last, first), state, first_only=True)
            done = self._chunks(frame, [(last, clause_end), (group.last, first)], found) if found is not None else None
            if done is not None:
                yield done, "active"
                return

    def _modifies_noun(self, i: int) -> bool:
        """Whether the token is a "that" or "which" behind the noun that it tells of."""
        view = self.view
        if view.word(i) in ("that", "which", "whom") and view.word(i - 1) in ("and", "but", "or") and any(view.word(k) == view.word(i) for k in range(max(0, i - 14), i)):
            return True  # "a programme that was set up in 1974 and that both want to expand"
        return view.word(i) in ("that", "which", "whom") and view.in_group[i - 1] < 0 and any(p.last in (i, i - 1) for p in view.phrases) and view.word(i - 1) not in PREPOSITIONS

    def _ends_or_adjoins(self, i: int) -> bool:
        """Whether at a token a clause ends, or only an adverbial follows."""
        word = self.view.word(i)
        return not word or not (word[:1].isalnum() or word in ('"', "“", "‘", "«")) or word in PREPOSITIONS or is_adverb(word)

    def _inverted(self, index: int, group: VerbGroup, right: tuple[int, int]) -> bool:
        """Whether a passive's subject stands behind it: "In 2009 was signed the treaty", no noun phrase in front but in adjuncts."""
        view = self.view
        if group.form != "finite" or not self._starts_object(right):
            return False
        left = self._left_boundary(group.first, index)
        return group.first > left and all(
            view.word(max(p.first, left) - 1) in PREPOSITIONS or any(m.kind in ("date", "period") and m.first <= p.last - 1 < m.last for m in view.mentions)
            for p in view.phrases if p.first < group.first and p.last > left)

    def _starts_object(self, right: tuple[int, int]) -> bool:
        """Whether the verb has an object of its own: a noun phrase right behind it."""
        for at in self.view.skip_positions(right[0]):
            if at < right[1] and self.view.starts_phrase(at) and not any(
                    m.kind in ("date", "period", "duration") and m.first <= at < m.last for m in self.view.mentions):
                return True
        return False

    def _object_right(self, chunk: Chunk, right: tuple[int, int], state: State) -> Iterator[State]:
        steps = _steps(chunk, self.classes)
        behind = self._behind_adverbials(right[0], right[1])
        manner = behind > right[0] and self.view.word(behind - 1) == "terms"  # "condemned in the strongest terms | the attack"
        for end, after in self.linear.sequence(steps, right[0], state, right[1]) if not manner else ():
            if not self._heads_clause(end, right[0]):
                yield after
        if behind > right[0]:
            for _, after in self.linear.sequence(steps, behind, state, right[1]):
                yield after
        if isinstance(chunk.items[0], Slot) and chunk.items[0].type not in TEXT_TYPES:
            found = self._slot_heads(chunk, right, state, first_only=True)
            if found is not None:
                yield found

    def _behind_adverbials(self, i: int, end: int) -> int:
        """The token behind what tells when, where or with whom between a verb and its object: "signed with Peru in 2019 | a treaty",
        "signed, in the presence of the ministers, | a treaty", "signed on the sidelines of the summit | a treaty"."""
        if self.view.word(i) == "," and self.view.word(i + 1) in PREPOSITIONS:
            comma = next((k for k in range(i + 2, min(i + 14, end)) if self.view.word(k) == "," or self.view.in_group[k] >= 0), -1)
            return comma + 1 if comma > 0 and self.view.word(comma) == "," else i
        if self.view.word(i) in _ASIDE and (stop := self._phrase_chain(i)) > 0 and stop < end and (
                self.view.word(stop) in DETERMINERS or any(m.kind in ("agreement", "number") for m in self.view.by_first.get(stop, ()))):
            return stop
        if self.view.word(i) == "in" and "terms" in self.view.words[i + 2:i + 6]:
            i = self.view.words.index("terms", i) + 1  # "condemned in the strongest possible terms | the attack"
        for _ in range(3):
            k = i + (self.view.word(i) in _ADVERBIAL)
            k += k > i and self.view.word(k) == "the"
            kinds = _WITNESS if self.view.word(i) == "with" else _WHEN_WHERE if k > i else ("date",)
            m = next((m for m in self.view.by_first.get(k, ()) if m.kind in kinds and m.last < end and (m.form != "adjective")), None)
            if m is None or any(k <= o.first <= k + 1 and o.last > m.last and o.kind in ("facility", "institution", "organisation", "company", "event") for o in self.view.mentions):
                break  # "begins at Oslo | airport"
            i = m.last
        return i

    def _phrase_chain(self, i: int) -> int:
        """The end of the prepositional phrases that begin at token i, 0 where a preposition has no noun phrase behind it."""
        for _ in range(3):
            stop = self.view.phrase_end(i + 1)
            if stop <= i + 1:
                return 0
            i = stop
            if self.view.word(i) not in _ASIDE:
                return i
        return i

    def _object_in(self, frame: Frame, region: tuple[int, int], state: State) -> State | None:
        """The object of a passive, in the region of its grammatical subject."""
        if frame.object is None:
            return state if frame.verb.voice != "active" else None
        found = self._slot_heads(frame.object, region, state)
        if found is None and frame.object.optional:
            return state
        return found

    def _slot_heads(self, chunk: Chunk, region: tuple[int, int], state: State, first_only: bool = False) -> State | None:
        """Matches a chunk where a noun phrase of the region begins, if the slot catches the phrase's head."""
        first, last = region
        items = chunk.items
        head = items[-1]
        if isinstance(head, Slot) and head.type == "phrase" and not first_only and all(isinstance(item, Optional_) for item in items[:-1]):
            return self._whole_region(head, first, last, state)
        steps = _steps(chunk, self.classes)
        starts = [p.first for p in self.view.phrases if p.first < last and p.last > first]
        starts = [max(s, first) for s in starts]
        if (named := self._name_behind_noun(last)) > first and not first_only:
            starts.append(named)
        if not first_only and self.view.word(last - 1) == ",":
            starts = self._outside_relative(starts, first, last)
        found: State | None = None
        for number, at in enumerate(starts):
            if number == 0 and len(starts) > 1 and not first_only and first < at and self.view.word(at - 1) in _FRONTED and last - first > 3 and (
                    self.view.word(first) in _FRONTED) and not self._one_list(first, starts):
                continue  # "At the forum in Oslo | the ministers | adopted"
            if first_only and (number > 0 or any(self.view.word(k) in PREPOSITIONS or self.view.word(k) == "," for k in range(first, at))):
                return None
            if number > 0 and self.view.word(at - 1) in PREPOSITIONS and not self._names_members(at) and not self._counted_out(at):
                continue
            phrase_end = self._undated_end(at, next(p.last for p in self.view.phrases if p.first <= at < p.last))
            if number > 1 and self._of_a_row(at):
                continue  # "officials in Chad and | Togo oppose"
            options = range(at, min(phrase_end, last))
            for inner in options:
                for end, after in self.linear.sequence(steps, inner, state, last):
                    if end >= min(phrase_end, last) or (self.view.word(end) in ("(", ",", "'s") and end >= phrase_end):
                        if end >= last or first_only or self.view.word(last - 1) == ",":
                            return after
                        found = found or after  # what stands right before the verb is its subject, not what stands in front of that
        return found

    def _one_list(self, first: int, starts: list[int]) -> bool:
        """Whether all that stands behind a word of time is one list, the subject: "After | Chile and Peru | had signed"."""
        joined = all(self.view.word(at - 1 - (self.view.word(at - 1) == "the")) in ("and", "or", ",") for at in starts[1:])
        return joined and self.view.word(first) in _FRONTING and self.view.word(starts[-1] - 1 - (self.view.word(starts[-1] - 1) == "the")) != ","

    def _outside_relative(self, starts: list[int], first: int, last: int) -> list[int]:
        """The beginnings of noun phrases without those in a relative clause that a comma closes right before the verb: "the park, where
        20 firms work, | is growing"."""
        view = self.view
        opener = next((k for k in range(first + 1, last) if view.word(k) in RELATIVES and "," in (view.word(k - 1), view.word(k - 2)) and any(
            g.form == "finite" and k < g.first < last for g in view.groups)), -1)
        outside = [at for at in starts if at < opener] if opener > 0 else []
        return outside or starts

    def _whole_region(self, slot: Slot, first: int, last: int, state: State) -> State | None:
        """A `phrase` in front of the verb takes the whole grammatical subject: "friendship with Ghana is ..."."""
        while last > first and (self.view.word(last - 1) in (",", '"', "”", "(") or is_adverb(self.view.word(last - 1))):
            last -= 1
        if last <= first or last - first > 15 or not any(p.first < last and first < p.last for p in self.view.phrases):
            return None
        text = self.view.text(first, last)
        return state.add(first, last, binding=Binding(slot.role, slot.type, slot.many, slot.negative, first, last, (text,)))

    def _name_behind_noun(self, last: int) -> int:
        """Where a person's name begins that ends right before a verb and that a noun of a fronted phrase runs into: "On the eve of the
        session | Ana Lima | was received"; -1 where there is none."""
        view = self.view
        named = next((m for m in view.mentions if m.kind == "person" and m.form == "name" and m.last == last and m.entities), None)
        if named is None or view.word(0) not in PREPOSITIONS | {"earlier", "later"} or "," in view.words[:last] or not any(
                p.first < named.first and p.last == last for p in view.phrases):
            return -1
        return named.first

    def _undated_end(self, at: int, end: int) -> int:
        """The end of a noun phrase without the date or period that closes it: "the Programme 2017-2021 | was signed", "Ghana | since 1986"."""
        for _ in range(2):
            value = next((m for m in self.view.mentions if m.kind in ("date", "period") and m.last == end and m.first > at), None)
            if value is None:
                return end
            end = value.first
        return end

    def _counted_out(self, at: int) -> bool:
        """Whether "the bulk of", "most of", "a number of" stand in front: what follows is the head in truth."""
        if self.view.word(at - 1) != "of" or self.view.word(at - 2) not in _AMOUNTS:
            return False
        first = next((p.first for p in self.view.phrases if p.first <= at - 2 < p.last), at - 2)
        return self.view.word(first - 1) not in PREPOSITIONS  # no "talks on a second batch of trains"

    def _of_a_row(self, at: int) -> bool:
        """Whether a bare state or place stands at a token behind another one and "and", and a preposition behind a noun before both."""
        view = self.view
        if view.word(at - 1) not in ("and", "or"):
            return False
        names = [m for m in view.mentions if m.kind in ("state", "place") and m.form in ("name", "metonym") and m.last == at - 1]
        mine = next((m for m in view.by_first.get(at, ()) if m.kind in ("state", "place") and m.form in ("name", "metonym")), None)
        if not names or mine is None or view.word(mine.last) == "'s":
            return False
        first = min(m.first for m in names)
        first -= view.word(first - 1) == "the"
        return view.word(first - 1) in ("in", "from", "across", "throughout") and any(p.last == first - 1 for p in view.phrases) and not any(
            m.kind in ("date", "period") and m.last == first - 1 for m in view.mentions)

    def _names_members(self, at: int) -> bool:
        """Whether "such as", "including" stand in front: what follows are some of those just spoken of ("firms such as Tata")."""
        before = self.view.word(at - 1)
        return before == "including" or (before == "as" and self.view.word(at - 2) == "such")

    def _chunks(self, frame: Frame, regions: list[tuple[int, int]], state: State) -> State | None:
        for chunk in frame.chunks:
            after = self.anywhere(chunk, regions, state)
            if after is state and not chunk.optional:
                return None
            state = after
        return state

    def anywhere(self, chunk: Chunk, regions: list[tuple[int, int]], state: State) -> State:
        """The state with the chunk where it first stands in the regions on words not yet caught; the state as it was where it stands nowhere."""
        steps = _steps(chunk, self.classes)
        begins = self.linear.begins
        started = bool(state.spans)
        for first, last in regions:
            for at in range(max(first, 0), last):
                if not begins(steps, at, started) or any(a <= at < b for a, b in state.spans) or self.in_title(at):
                    continue
                for end, after in self.linear.sequence(steps, at, state, last):
                    if not any(a < end and at < b for a, b in state.spans):
                        return after
        return state

    def in_title(self, at: int) -> bool:
        """Whether token `at` stands inside the name of a thing that the match has not caught: its "between ..." says nothing of the verb."""
        if self._titled is None:
            self._titled = frozenset(i for m in self.view.mentions if m.kind in _TITLED and (m.entities or m.form == "name")
                                     for i in range(m.first + 1, m.last))
        return at in self._titled

    # -- where subjects stand

    def subject_regions(self, index: int, depth: int = 0) -> list[tuple[int, int]]:
        """Token ranges in which the grammatical subject of a verb group may stand, best first."""
        found = self._regions.get((index, depth))
        if found is None:
            found = self._regions[index, depth] = self._find_regions(index, depth)
        return found

    def _before_part_of(self, at: int) -> int:
        """The comma behind the subject in "...; Chad, | for its part, rejects": where an aside between commas opens that only the subject parts from a semicolon."""
        view = self.view
        if view.word(at - 1) != ",":
            return at
        comma = next((k for k in range(at - 2, max(0, at - 8), -1) if view.word(k) == "," or view.in_group[k] >= 0), 0)
        stop = next((k for k in range(comma - 1, 0, -1) if view.word(k) == ";" or view.in_group[k] >= 0), 0)
        return comma if comma and stop and view.word(stop) == ";" and view.word(comma) == "," and view.word(comma + 1) in PREPOSITIONS else at

    def _find_regions(self, index: int, depth: int) -> list[tuple[int, int]]:
        view = self.view
        group = view.groups[index]
        at = group.first
        while at > 0 and (is_adverb(view.word(at - 1)) or view.word(at - 1) == "alone") and not (view.word(at - 1) == "both" and any(m.kind == "pair" for m in view.by_first.get(at - 1, ()))):
            at -= 1
        if at >= 2 and view.word(at - 1) == "," and is_adverb(view.word(at - 2)) and view.word(at - 3) == ",":
            at -= 3
        if group.form == "finite" and view.word(at - 1) == "," and (joint := self._before_aside(at - 1)) > 0:
            at = joint + 1  # "provided aid and, together with Norway, | supported"
        if group.form == "finite":
            at = self._before_part_of(at)
        before = view.word(at - 1)
        if group.form == "participle":
            if index and before in ("and", "or") and view.groups[index - 1].form == "participle" and depth < 4:
                return self.subject_regions(index - 1, depth + 1)  # "a programme first signed in 2006 and updated since"
            region = self._before_participle(self._antecedent(at)) or self._fronted_for(index)
            return [*self._apposed_to(region), region, *self._nearest(region)] if region else []
        if (before == "," and (opened := self._relative_before(at - 1)) >= 0) or (group.form == "finite" and (opened := self._relative_over(at)) >= 0):
            at, before = opened + 1, view.word(opened)
        if before in ("which", "who", "that", "whom"):
            opener = next((k for k in range(at - 3, -1, -1) if view.word(k) == before and (before != "that" or view.in_group[max(k - 1, 0)] < 0)), -1) if view.word(at - 2) == "and" else -1
            region = self._before_participle(self._antecedent(opener if opener > 0 else at - 1))  # "which X built and which opened"
            if region is not None and not (before == "that" and view.in_group[max(at - 2, 0)] >= 0):
                return [*(self._person_explained(region) if before == "who" else self._actor_explained(region)), region, *self._nearest(region)]
        if group.form == "gerund" and before in CONJUNCTIONS and depth < 4:
            first = next((k for k in range(index - 1, -1, -1) if view.groups[k].form == "gerund" and view.word(view.groups[k].first - 1) == ","), None)
            if first is not None:
                return self.subject_regions(first, depth + 1)
        if group.form == "gerund" and before in _PAPERS and group.lemma in _TELLING:
            return [(p.first, p.last) for p in view.phrases if p.last == at]  # "over lawsuits | accusing the minister"
        if group.form == "gerund":
            thanked = next((p for p in view.phrases if p.last == at - 1 and before in ("for", "of", "with") and (
                view.word(p.first - 1) in _BLAMED or (view.word(p.first - 1) == "to" and view.word(p.first - 2) in _BLAMED))), None)
            if thanked is not None:
                return [(thanked.first, at - 1)]  # "thanked Chad for hosting the games", "appreciation to Chad for hosting them"
            own = next((p for p in view.phrases if p.last == at and view.word(p.first - 1) == "with"), None)
            if own is not None:
                return [(own.first, at)]  # "..., with Russia investing $5 million"
            if (start := self._doer_of(at)) >= 0:
                return [(start, at)]  # "the possibility of Eni and Shell setting up a venture"
        if group.form == "infinitive" and not group.chain and (group.voice == "passive" or (group.lemma == "take" and view.word(group.last) == "place")) and (
                before == "," or any(p.last == at for p in view.phrases)) and (told := self._antecedent(at)) is not None:
            return [told, *self._nearest(told)]  # "a conference | to be held in Rome", "the summit, to take place in May"
        if group.form == "infinitive" and (owner := self._owner_of_noun(at)) is not None:
            return [owner]
        if group.form == "infinitive" and index and view.groups[index - 1].form == "gerund" and 0 < group.first - view.groups[index - 1].last <= 4 and depth < 4:
            return self.subject_regions(index - 1, depth + 1)  # "accused Chad of breaking its pledge not to send troops"
        if group.form == "gerund" and before == "of" and view.word(at - 2) in ("and", "or") and depth < 4 and index and view.groups[index - 1].form == "gerund":
            return self.subject_regions(index - 1, depth + 1)  # "of jamming and of spying"
        if group.form in ("infinitive", "gerund"):
            return self._inherited(index, depth)
        if before in CONJUNCTIONS or before == ",":
            left = at - 1
            while left > 0 and view.word(left - 1) in (",", "and", "but"):
                left -= 1
            previous = self._previous_finite(index)
            while previous is not None and before in CONJUNCTIONS and view.word(at - 2) == "," and self._relative_at(previous):
                previous = self._previous_finite(previous)  # "saved the port, which sends ships, but also began"
            if previous is not None and (teller := self._teller_of(previous, group)) is not None:
                previous = teller
            if previous is not None and (before in CONJUNCTIONS or not self._closes_parenthesis(at - 1)):
                return self.subject_regions(previous, depth + 1) if depth < 4 else []
        left = self._behind_object(self._left_boundary(at, index), at)
        region = self._trim(left, at)
        if region[0] >= region[1]:
            return self._inherited(index, depth)
        return [region]

    def _behind_object(self, left: int, at: int) -> int:
        """Where the subject begins that stands behind the object of the verb before: "MMG runs Las Bambas, | Chinalco owns Toromocho and | Shougang mines"."""
        view = self.view
        verb = view.groups[view.in_group[left - 1]] if left and view.in_group[left - 1] >= 0 else None
        if verb is None or verb.form != "finite" or verb.voice != "active" or verb.lemma in _WITH_CLAUSES or not view.starts_phrase(left):
            return left
        commas = [k for k in range(left + 1, at - 1) if view.word(k) == ","]
        joints = [k for k in range(left + 1, at - 1) if view.word(k) in ("and", "but")]
        cut = commas[-1] if commas else joints[0] if len(joints) == 1 else -1
        return cut + 1 if cut > 0 and view.starts_phrase(cut + 1) and any(p.last == at for p in view.phrases) else left

    def _heads_clause(self, end: int, first: int) -> bool:
        """Whether the last item of a list that ends here is the subject of the verb behind it: "owns the mill and Eni | runs the port"."""
        view = self.view
        at = end
        while is_adverb(view.word(at)):
            at += 1
        group = view.groups[view.in_group[at]] if at < len(view) and view.in_group[at] >= 0 else None
        phrase = next((p for p in view.phrases if p.first < end <= p.last), None)
        return group is not None and group.form == "finite" and group.first == at and phrase is not None and phrase.first - 1 > first and view.word(phrase.first - 1) in ("and", ",")

    def _before_aside(self, comma: int) -> int:
        """The conjunction in front of an adverbial between commas, the second of them at token `comma`; 0 where none stands there."""
        view = self.view
        for k in range(comma - 1, max(comma - 12, 0), -1):
            if view.word(k) == ",":
                led = view.word(k + 1) in PREPOSITIONS or is_adverb(view.word(k + 1)) or view.word(k + 1) == "together"
                return k - 1 if led and view.word(k - 1) in ("and", "but") else 0
            if view.in_group[k] >= 0 or view.word(k) in (";", ":", "which", "who", "that"):
                return 0
        return 0

    def _apposed_to(self, region: tuple[int, int]) -> list[tuple[int, int]]:
        """The named thing that a noun phrase with an article explains: "the Sur plant, | a $1 billion project | completed in 2005"."""
        view, (first, _) = self.view, region
        if view.word(first - 1) != "," or view.word(first) not in ("a", "an"):
            return []
        last = first - 1
        if view.word(last - 1) == ")":
            last = next((k for k in range(last - 2, max(last - 6, 0), -1) if view.word(k) == "("), last)  # "the Commission (ZAMCOM), a body established in"
        kinds = _THINGS if last == first - 1 else _BODIES
        named = next((m for m in view.mentions if m.kind in kinds | _BODIES and m.form == "name" and m.last == last), None)
        phrase = next((p for p in view.phrases if named is not None and p.first <= named.first and p.last >= last), None)
        return [(phrase.first, last)] if phrase is not None else []

    def _person_explained(self, region: tuple[int, int]) -> list[tuple[int, int]]:
        """The person whom a noun phrase tells more of: "Ana Lima, | a career diplomat | who served in Quito"."""
        view, (first, _) = self.view, region
        if view.word(first - 1) != "," or view.word(first) not in ("a", "an", "the", "one", "another", "himself", "herself", "former", "then"):
            return []
        if any(m.kind == "person" and m.form == "name" and first <= m.first for m in view.mentions if m.last <= region[1]):
            return []
        named = min((m for m in view.mentions if m.kind == "person" and m.form == "name" and m.last == first - 1), key=lambda m: m.first, default=None)
        return [(named.first, first - 1)] if named is not None else []

    def _actor_explained(self, region: tuple[int, int]) -> list[tuple[int, int]]:
        """Whom a noun phrase without a name of its own tells more of: "Chad, | a poor country | that depends on aid"."""
        view = self.view
        if any(m.kind in _ACTORS and m.entities and region[0] <= m.first and m.last == region[1] for m in view.mentions):
            return []
        return [(phrase.first, phrase.last) for phrase, start, stop in view.appositions if start <= region[0] and region[1] <= stop and any(
            m.kind in _ACTORS and m.entities and m.form != "adjective" and m.last == phrase.last for m in view.mentions)]

    def _fronted_for(self, index: int) -> tuple[int, int] | None:
        """The subject of the clause that a participle opens: "Built in 1970 by Peru, | the dam | was"; None where it opens none."""
        view, group = self.view, self.view.groups[index]
        if any(p.first < group.first and p.last > 0 for p in view.phrases) and view.word(group.first - 1) not in (";", ":"):
            return None
        verb = next((g for g in view.groups[index + 1:] if g.form == "finite"), None)
        if verb is None:
            return None
        comma = next((k for k in range(verb.first - 1, group.last - 1, -1) if view.word(k) == "," and any(p.first in (k + 1, k + 2) for p in view.phrases)), -1)
        first = next((k for k in range(group.last, verb.first) if view.word(k) == "," and not any(
            m.first <= k < m.last for m in view.mentions)), -1)
        return (first + 1, verb.first) if 0 <= first <= comma else None

    def _owner_of_noun(self, at: int) -> tuple[int, int] | None:
        """Whose "bid", "plan", "offer" an infinitive at token `at` goes on: "supports | Chad | 's bid to join"; None where nobody's."""
        for k in range(at - 1, max(at - _NEAR_NOUN, 0), -1):
            word = self.view.word(k)
            if self.view.in_group[k] >= 0 or word in PREPOSITIONS or word in (",", ";", ":"):
                return None
            if word in ("'s", "’s", "'", "’"):
                owner = next((m for m in self.view.mentions if m.last == k and m.entities), None)
                return None if owner is None or k == at - 1 else (owner.first, k)
            if word in ("its", "their", "his", "her") and k < at - 1:
                return (k, k + 1)
        return None

    def _doer_of(self, at: int) -> int:
        """Where the doer of a gerund at token `at` begins behind "the possibility of", "the idea of"; -1 where no such noun stands before."""
        for k in range(at - 1, max(at - 16, 0), -1):
            if self.view.in_group[k] >= 0 or self.view.word(k) in (",", ";", ":", "("):
                return -1
            if self.view.word(k) == "of" and self.view.word(k - 1) in _THOUGHT_OF:
                return k + 1 if k + 1 < at else -1
        return -1

    def _before_participle(self, region: tuple[int, int] | None) -> tuple[int, int] | None:
        """The noun phrase of "the pact signed on 3 May 2007, which ...", where the region found is only the date or place behind the participle."""
        if region is None:
            return None
        group = next((g for g in self.view.groups if g.form == "participle" and g.last <= region[0] <= g.last + 2), None)
        when = next((m for m in self.view.mentions if m.kind in ("date", "period") and m.first <= region[0] < m.last), None)
        if group is not None and when is not None and self.view.word(when.last) == "and" and any(when.last < p.first < region[1] for p in self.view.phrases):
            return when.last + 1, region[1]  # "a pact concluded in 2003 and a visa waiver, which took effect"
        if group is not None and group.lemma == "base":
            return self._antecedent(group.first) or region  # "a facility based on the reactor, which was launched"
        if group is None or not any(m.kind in ("date", "period", "place") and m.first <= region[0] < m.last for m in self.view.mentions):
            return region
        return self._antecedent(group.first) or region

    def _asked(self, regions: list[tuple[int, int]], chunk: Chunk | None) -> list[tuple[int, int]]:
        """The regions in which to look for a slot: only a thing is sought in the last noun phrase of an antecedent."""
        slot = chunk.items[0] if chunk is not None else None
        if isinstance(slot, (ClassRef, Word)) and self._behind_comma(regions):
            return regions  # "the increase in the volume of trade, which rose to"
        return regions if isinstance(slot, Slot) and (slot.type in _THINGS or slot.type == "undertaking" or (slot.type in _ACTING and self._told_of(regions))) else regions[:1]

    def _behind_comma(self, regions: list[tuple[int, int]]) -> bool:
        return bool(regions) and self.view.word(regions[0][1]) == "," and self.view.word(regions[0][1] + 1) in ("which", "who")

    def _told_of(self, regions: list[tuple[int, int]]) -> bool:
        """Whether a comma and "which", "who" stand behind an antecedent: what is said then is said of its last noun phrase ("all its gas
        from Gazprom, which owns ...")."""
        return len(regions) > 1 and self._behind_comma(regions) and (
            self.view.word(regions[1][0] - 1) in ("from", "by", "to", "with", "for", "than", "of", "in"))

    def _nearest(self, region: tuple[int, int]) -> list[tuple[int, int]]:
        """The last noun phrase of an antecedent: "the implementation of the treaty that was signed". Only a thing's slot asks there."""
        named = [m.first for m in self.view.mentions if m.kind in _THINGS and region[0] < m.first and m.last == region[1]]
        if named:
            return [(min(named), region[1])]
        last = next((p for p in reversed(self.view.phrases) if p.last <= region[1] and p.first > region[0]), None)
        return [(last.first, region[1])] if last is not None else []

    def _relative_before(self, comma: int) -> int:
        """The relative pronoun of ", which, for the first time, was signed", asked at the comma before the verb; -1 where there is none."""
        for k in range(comma - 1, max(comma - 9, 0), -1):
            if self.view.in_group[k] >= 0 and self.view.groups[self.view.in_group[k]].form == "finite":
                return -1
            if self.view.word(k) == ",":
                return k - 1 if self.view.word(k - 1) in ("which", "who") else -1
        return -1

    def _relative_over(self, at: int) -> int:
        """The relative pronoun of ", which in 2019 bought", ", who on Monday met", asked at the verb; -1 where there is none."""
        view = self.view
        for k in range(at - 2, max(at - 8, 0), -1):
            if view.in_group[k] >= 0 or view.word(k) in (",", ";", "and"):
                return -1
            if view.word(k) in ("which", "who") and view.word(k - 1) == ",":
                led = view.word(k + 1) in PREPOSITIONS
                timed = any(m.kind in ("date", "period") and k < m.first <= k + 3 and m.last == at for m in view.mentions)
                return k if timed or (led and any(p.last == at and p.first <= k + 3 for p in view.phrases)) else -1
        return -1

    def _previous_finite(self, index: int) -> int | None:
        for k in range(index - 1, -1, -1):
            if self.view.groups[k].form == "finite":
                return k
        return None

    def _teller_of(self, index: int, group: VerbGroup) -> int | None:
        """The verb of saying whose "that" clause ends with verb ``index``, where ``group`` goes on with it: "said that X is Y and called for Z".

        Its tense shows it: that of the verb of saying, while the clause has another."""
        said = self._previous_finite(index)
        if said is None or group.form != "finite":
            return None
        first, inner = self.view.groups[said], self.view.groups[index]
        if first.lemma not in _TELLING or "that" not in self.view.words[first.last : inner.first] or self.view.words[group.first - 1] == "or":
            return None
        same = (group.tense, group.perfect, group.modal) == (first.tense, first.perfect, first.modal)
        return said if same and group.lemma in _TELLING and (group.tense, group.perfect, group.modal) != (inner.tense, inner.perfect, inner.modal) else None

    def _relative_at(self, index: int) -> bool:
        """Whether a verb group stands in a relative clause that a comma opens."""
        at = self.view.groups[index].first - 1
        while at > 0 and is_adverb(self.view.word(at)):
            at -= 1
        if self.view.word(at) in ("which", "who") and self.view.word(at - 1) == ",":
            return True
        comma = next((k for k in range(at, max(at - 14, 0), -1) if self.view.word(k) == "," or self.view.in_group[k] >= 0), -1)
        if comma < 0 or self.view.word(comma) != ",":
            return False
        led = self.view.word(comma + 1 + (self.view.word(comma + 1) in PREPOSITIONS))
        return led in ("which", "whom", "where", "whose")  # ", under which 200 soldiers serve", ", where Chad holds a stake"

    def _inherited(self, index: int, depth: int) -> list[tuple[int, int]]:
        if depth >= 4:
            return []
        previous = self._previous_finite(index)
        if previous is None:
            # "Visiting Rome, the minister signed": the subject of the verb that follows
            for k in range(index + 1, len(self.view.groups)):
                if self.view.groups[k].form == "finite" and "," in (self.view.word(self.view.clause_end(self.view.groups[index].last)), *(
                        self.view.words[self.view.groups[index].last : self.view.groups[k].first])):
                    if ";" in self.view.words[self.view.groups[index].last : self.view.groups[k].first]:
                        break  # "The last one to land there was Ana Lima; Ivo Novak came": another sentence in truth
                    return self.subject_regions(k, depth + 1)
            return []
        return self.subject_regions(previous, depth + 1)

    def _closes_parenthesis(self, comma: int) -> bool:
        """Whether the comma closes an apposition or relative clause ("X, the head of Y, signed")."""
        for k in range(comma - 1, 0, -1):
            if self.view.word(k) == ",":
                if self.view.word(k + 2) in ("which", "whom", "whose"):
                    return True  # "the mill, in which Eni holds 35 percent, has been closed"
                if self.view.word(k + 1) not in ("who", "which", "whose", "where", "what", "as") and any(
                        g.form == "finite" and k < g.first < comma and not any(self.view.word(i) in RELATIVES for i in range(k + 1, g.first)) for g in self.view.groups):
                    return self._says_aside(comma)  # "In Rome, they met envoys, signed a pact": what stands between the commas is a clause
                if self.view.word(k + 1) in ("for", "in", "on", "by", "like", "unlike") and any(
                        p.last == k and self.view.word(p.first - 1) in ("", ",", "and", "but", "while", "that") for p in self.view.phrases):
                    return True  # "..., and Russia, for its part, is ready"
                if self.view.word(k + 1) in ("in", "aged", "on") and any(m.last == k and m.kind in ("person", "office") and m.entities and self.view.word(m.first - 1) in (
                        "", ",", "and", "but", "while", "that") for m in self.view.mentions):
                    return True  # "The Kazakh head of state, in office since 1991, also met"
                return self.view.word(k + 1) in ("who", "which", "whose", "where", "what", "the", "a", "an", "then", "along", "together", "as", "like", "his", "its", "her", "former",
                                                 "speaking", "including", "among", "some", "most", "many", "all", "both", "each", "one", "chiefly", "mainly", "mostly", "notably",
                                                 "namely", "worth", "due", "still", "now", "once", "long", "first", "formerly", "originally", "not", "except", "two", "three") or bool(self.view.by_first.get(k + 1)) or k + 1 in self.view.group_at
            if self.view.word(k) in (";", ":"):
                return False
        return False

    def _says_aside(self, comma: int) -> bool:
        """Whether "X said" stands between commas, the second of them at token `comma`: "But Russia, he said, is the main partner"."""
        group = next((g for g in self.view.groups if g.last == comma), None)
        return group is not None and group.form == "finite" and group.lemma in _SAID and self._aside_start(group) > 0

    def _aside_start(self, group: VerbGroup) -> int:
        """The comma in front of "X said", no verb between; 0 where there is none."""
        for k in range(group.first - 1, max(group.first - 6, 0), -1):
            if self.view.word(k) == ",":
                return k
            if self.view.in_group[k] >= 0:
                return 0
        return 0

    def _opening_dash(self, closing: int, at: int) -> int:
        """The dash that opens what the one right before token at closes ("Venezuela – a great exporter – sells"), -1 where none does."""
        if closing != at - 1:
            return -1
        for k in range(closing - 1, max(0, closing - 25), -1):
            if self.view.word(k) in DASHES:
                return k
            if self.view.word(k) in (";", ":") or (self.view.in_group[k] >= 0 and self.view.groups[self.view.in_group[k]].form == "finite"):
                return -1
        return -1

    def _left_boundary(self, at: int, index: int) -> int:
        view = self.view
        k = at - 1
        depth = 0
        while k >= 0:
            word = view.word(k)
            if word == ")":
                depth += 1
            elif word == "(":
                depth -= 1
            elif depth <= 0:
                opening = self._opening_dash(k, at) if word in DASHES else -1
                if opening >= 0:
                    k = opening - 1
                    continue
                if (word in (";", ":") or word in DASHES or word in ('"', "“")) and k not in view.within:
                    return k + 1
                if word in ("and", "but") and view.word(k - 1) == "," and view.word(k + 1) in PREPOSITIONS and any(
                        m.kind in ("date", "period") and k + 1 <= m.first <= k + 2 for m in view.mentions):
                    return k + 1  # ", and in 2015 the minister ..."
                if word in ("and", "but") and view.word(k - 1) == "," and self._closes_clause(k - 1):
                    return k + 1  # "Eni owns 40 percent of the plant, and the rest is held by Enel"
                if word in ("and", "but") and view.word(k - 1) == "," and self._parts_clauses(k - 1):
                    return k + 1
                if view.in_group[k] >= 0 and view.in_group[k] != index:
                    other = view.groups[view.in_group[k]]
                    if other.form == "finite" and other.lemma in _SAID and view.word(other.last) == "," and (aside := self._aside_start(other)) > 0:
                        k = aside - 1
                        continue  # "Russia, he said, is the main partner"
                    if other.form == "finite" and (behind := self._behind_fronted(k, at)) > 0:
                        return behind
                    if other.form == "finite" and not self._inside_relative(k, at):
                        return k + 1
                    if other.form == "gerund" and k == other.last - 1 and self._describes(other):
                        k = other.first - 1
                        continue  # "stations collecting data are to be built"
                    if other.form in ("infinitive", "gerund") and not self._comma_between(k, at):
                        return k + 1
                if word == "that" and k in view.by_first:
                    k -= 1  # "that country"
                    continue
                if word in ("since", "after", "before", "until") and not self._comma_between(k, at) and any(
                        g.form == "finite" and g.last <= k for g in view.groups) and not any(m.kind in ("date", "period") and k + 1 <= m.first <= k + 2 for m in view.mentions) and (
                    not self._in_subject(k, at)):
                    return k + 1  # "has leased it ever since the union collapsed"
                if word == "as" and view.word(k - 1) not in ("such", "well", "same", "so", "as", "far", "long", "soon") and not self._comma_between(k, at) and any(
                        g.form == "finite" and g.last <= k for g in view.groups) and any(p.first == k + 1 and p.last == at for p in view.phrases):
                    return k + 1  # "the day was historic, as the two presidents met"
                if word in SUBORDINATORS and word not in ("as", "since", "after", "before", "until", "so", "once"):
                    if word in ("who", "which", "whose", "whom", "where", "what") and self._comma_between(k, at):
                        k -= 1
                        continue
                    if word in ("that", "which", "who") and not self._comma_between(k, at) and self._restricts(k, at):
                        k -= 1
                        continue  # "the treaty that they signed in Lima | awaits ratification"
                    if word == "that" and self._comma_between(k, at) and any(view.word(i) in ("who", "which") and view.word(i - 1) == "," for i in range(max(1, k - 14), k)):
                        k -= 1  # "TAV, which runs airports under contracts that end in 2027, employs"
                        continue
                    return k + 1
            k -= 1
        return 0

    def _restricts(self, k: int, at: int) -> bool:
        """Whether the relative word at k opens a clause with a verb of its own that ends before the verb at `at`, behind a noun phrase."""
        view = self.view
        inner = [g for g in view.groups if g.form == "finite" and k < g.first and g.last <= at]
        behind = k - (view.word(k - 1) in PREPOSITIONS)  # "the line on | which trains run"
        return len(inner) == 1 and view.in_group[k - 1] < 0 and any(p.last == behind for p in view.phrases) and not any(
            view.word(i) in ("and", "but", ",", ";") and "between" not in view.words[i - 3 : i] for i in range(inner[0].last, at))

    def _in_subject(self, k: int, at: int) -> bool:
        """Whether token k stands in a relative clause without commas at the subject of the verb at `at`: "a dam that Peru had built | was shut"."""
        view = self.view
        first = next((g.first for g in view.groups if g.form == "finite"), at)
        return any(view.word(i) in ("who", "which", "that") and self._restricts(i, at) for i in range(1, min(first, k)))

    def _describes(self, gerund: VerbGroup) -> bool:
        """Whether an -ing form stands right behind the noun that it describes."""
        before = self.view.word(gerund.first - 1)
        return before.isalpha() and before not in PREPOSITIONS and before not in CONJUNCTIONS and any(
            p.last == gerund.first for p in self.view.phrases) and self.view.in_group[gerund.first - 1] < 0

    def _parts_clauses(self, comma: int) -> bool:
        """Whether ", and" behind a finite verb goes on with a clause of its own: no list of three leads up to it ("is a member of A and B, and C has been")."""
        verb = next((g for g in reversed(self.view.groups) if g.form == "finite" and g.last <= comma), None)
        if verb is None:
            return False
        between = self.view.words[verb.last : comma]
        return "," not in between or "and" in between[len(between) - between[::-1].index(",") :]

    def _closes_clause(self, comma: int) -> bool:
        """Whether the comma in front of "and" ends a clause: a finite verb in front of it with an object, no other comma between."""
        view = self.view
        for k in range(comma - 1, -1, -1):
            if view.word(k) in (",", ";", ":", "(", "that", "which", "who", "whether", "where") or view.word(k) in DASHES:
                return False
            if view.in_group[k] >= 0:
                return view.groups[view.in_group[k]].form == "finite" and any(p.first > k and p.last <= comma for p in view.phrases)
        return False

    def _comma_between(self, k: int, at: int) -> bool:
        return any(self.view.word(i) == "," for i in range(k + 1, at))

    def _behind_fronted(self, k: int, at: int) -> int:
        """The token behind the comma that closes "When X left, ..." at the beginning of a sentence, asked at the verb k inside it; 0 elsewhere."""
        view = self.view
        opener = next((i for i in range(k - 1, max(-1, k - 15), -1) if view.word(i) in _FRONTING), -1)
        if opener < 0 or view.word(opener - 1) not in ("", "and", "but", ";", '"', "“") or any(view.word(i) in (",", ";") for i in range(opener, k)):
            return 0
        return next((i + 1 for i in range(k + 1, at) if view.word(i) == ","), 0)

    def _inside_relative(self, k: int, at: int) -> bool:
        """Whether the verb at k belongs to ", who/which ..., " that is closed before at, or to a reduced relative closed by a comma."""
        view = self.view
        if not self._comma_between(k, at):
            return self._in_subject(k, at) or (any(view.word(i) in ("who", "which", "that") for i in range(max(0, k - 2), k)) and not any(
                view.word(i) in (",", "and", "but") for i in range(k + 1, at)))
        return any(view.word(i) in ("who", "which", "whose", "what", "where", "when", "while", "as", "after", "before", "if", "although") for i in range(max(0, k - 12), k))

    def _trim(self, left: int, at: int) -> tuple[int, int]:
        """The region without a fronted adjunct ("In 2015, ") and without what stands between commas before the verb."""
        view = self.view
        while left < at and not any(m.kind in ("person", "organisation", "event", "pair", "number", "money", "quantity", "percent") for m in view.by_first.get(left, ())) and (
                             view.word(left) in CONJUNCTIONS or view.word(left) in (",", '"', "“", "”") or is_adverb(view.word(left))
                             or view.word(left) in ("that", "when", "while", "because", "if", "although", "though", "where", "whether")):
            left += 1
        if view.words[left:left + 4] == ["at", "the", "same", "time"] and view.word(left + 4) != ",":
            left += 4
        if view.word(left) == "as" and view.word(left + 1) in ("early", "late", "recently", "soon") and view.word(left + 2) == "as":
            left = next((m.last for m in view.by_first.get(left + 3, ()) if m.kind in ("date", "period")), left)
        while left < at:
            if any(m.kind in ("number", "money", "quantity", "percent") for m in view.by_first.get(left, ())):
                break  # "Over 500 students"
            starts_adjunct = view.word(left) in PREPOSITIONS or view.word(left) in ("since", "after", "before", "as", "according") or any(
                m.kind in ("date", "period") for m in view.by_first.get(left, ())) or (
                left in view.group_at and view.groups[view.group_at[left]].form != "finite")
            if not starts_adjunct:
                break
            comma = next((k for k in range(left, at) if view.word(k) == ","), -1)
            date = next((m for m in self.view.mentions if m.kind in ("date", "period") and left <= m.first <= left + 1), None)
            if date is not None and date.last < min(at, comma if comma >= 0 else at) and (
                    view.by_first.get(date.last) or view.word(date.last) in DETERMINERS):
                left = date.last  # "in 2015 the minister, ..., visited"
                continue
            town = next((m for m in view.by_first.get(left + 1, ()) if m.kind == "place" and m.form == "name"), None)
            if town is not None and comma > town.last and view.word(town.last) in DETERMINERS and view.word(left) in ("in", "at", "near", "outside", "around"):
                left = town.last  # "At Viana an industrial park, ..., is growing"
                continue
            if comma < 0:
                date = next((m for m in self.view.mentions if m.kind in ("date", "period") and left <= m.first <= left + 1), None)
                if date is not None and date.last < at:
                    left = date.last
                    continue
                break
            left = self._behind_title(left, comma + 1, at)
        return left, at

    def _behind_title(self, adjunct: int, first: int, at: int) -> int:
        """Where the subject begins behind an adjunct that ends in a person with an office in apposition: "At the invitation of A, the mayor
        of B, C visited D"."""
        view = self.view
        if not any(m.kind == "person" and adjunct < m.first and m.last == first - 1 for m in view.mentions):
            return first
        start = first + (view.word(first) == "the")
        office = max((m.last for m in (*view.by_first.get(start, ()), *view.by_first.get(first, ())) if m.kind == "office"), default=-1)
        named = any(m.kind == "person" and m.form == "name" and first <= m.first <= start and m.last > office for m in view.mentions if m.last > start)
        return office + 1 if office > 0 and not named and view.word(office) == "," and office + 1 < at and any(
            m.kind == "person" for m in view.by_first.get(office + 1, ())) else first

    def _antecedent(self, at: int) -> tuple[int, int] | None:
        """The noun phrase with its "of" and "between" phrases that ends right before token at (a comma may stand between)."""
        view = self.view
        end = at
        while (end > 0 and view.word(end - 1) in (",", "(", '"', "”", "that", "which", "–", "—", "--", ")")) or (end > 0 and is_adverb(view.word(end - 1))):
            opening = next((k for k in range(end - 2, max(end - 12, -1), -1) if view.word(k) == "("), -1) if view.word(end - 1) == ")" else end - 1
            if opening < 0:
                return None
            end = opening  # "the treaty (1955), renewed in 1975"
        end = self._before_alias(end)
        if end <= 0:
            return None
        phrases = [p for p in view.phrases if p.last <= end]
        if len(phrases) > 1 and view.word(phrases[-1].first - 1) == "," and any(
                m.kind in ("quantity", "money") and m.first == phrases[-1].first for m in view.mentions):
            phrases = phrases[:-1]  # "the cable, 4,600 kilometres long, which was laid"
            end = phrases[-1].last
        if not phrases or end - phrases[-1].last > 1:
            return None
        first = phrases[-1].first
        for phrase in reversed(phrases[:-1]):
            gap = view.words[phrase.last:first]
            if gap == ["than"]:
                break  # "nothing more than the field, which"
            if gap and all(word in PREPOSITIONS or word in ("and", ",", "-", "–", "/", "&") for word in gap) and "," not in gap[:1] and len(gap) <= 2:
                first = phrase.first
            else:
                break
        named = next((m for m in view.mentions if m.kind == "person" and m.first < first < m.last and m.last >= end), None)
        return (named.first if named is not None else first), end  # "Ana Lima, the minister of trade of Chile, who arrived"

    def _before_alias(self, end: int) -> int:
        """The end of the noun phrase that another name follows: "the Strategic Partnership, better known as the P4 | , which"."""
        view = self.view
        for k in range(end - 2, max(end - 9, 1), -1):
            if view.word(k) in _CALLED and view.word(k + 1) in ("as", "the", '"', "“", "‘"):
                start = k - (view.word(k - 1) in ("better", "also", "commonly", "otherwise", "popularly", "widely", "formerly", "now", "then", "officially"))
                return start - 1 if view.word(start - 1) == "," else end
            if view.word(k) == ",":
                return end
        return end

    def clause_start(self, index: int) -> int:
        """Where the clause of a verb group begins: behind the last relative, conjunction of clauses or finite verb in front of it."""
        found = self._starts.get(index)
        if found is None:
            found = self._starts[index] = self._find_start(index)
        return found

    def _find_start(self, index: int) -> int:
        view = self.view
        for k in range(view.groups[index].first - 1, -1, -1):
            if view.words[k] in RELATIVES and not (view.words[k] == "that" and view.in_group[k - 1] < 0) and k not in view.within:
                return k + 1
            if view.words[k] in (";", ":") and k not in view.within:
                return k + 1
            if view.words[k] in ("and", "but") and view.word(k - 1) == "," and self._closes_clause(k - 1):
                return k + 1
        return 0

    # -- nouns of verbs

    def _nominal(self, frame: Frame) -> Iterator[tuple[State, str]]:
        view = self.view
        nouns = _nouns(self.classes, frame.verb)
        if nouns.isdisjoint(view.words):
            return
        for i, word in enumerate(view.words):
            if word not in nouns or (view.in_group[i] >= 0 and view.groups[view.in_group[i]].head == i):
                continue
            start = State().add(i, i + 1, anchor=(i, i + 1))
            end = view.clause_end(i + 1)
            stop = next((k for k in range(i + 1, end) if view.in_group[k] >= 0 and view.groups[view.in_group[k]].form == "finite"), end)
            right = (i + 1, stop)
            state: State | None = start
            if frame.object is not None:
                state = None
                if isinstance(frame.object.items[0], Slot):
                    for after in self._object_of_noun(frame.object, i, right, start):
                        state = after
                        break
                if state is None and frame.object.optional:
                    state = start
            if state is None:
                continue
            if frame.subject is not None:
                with_subject = self._subject_of_noun(frame.subject, i, right, state)
                if with_subject is None:
                    continue
                state = with_subject
            done = self._chunks(frame, [right], state)
            if done is not None:
                yield done, "nominal"

    def _object_of_noun(self, chunk: Chunk, i: int, right: tuple[int, int], state: State) -> Iterator[State]:
        steps = _steps(chunk, self.classes)
        if self.view.word(i + 1) == "of":
            for _, after in self.linear.sequence(steps, i + 2, state, right[1]):
                yield after
        elif self.view.word(i + 1) in _BETWEEN_NOUN and self.view.word(i - 1) in DETERMINERS | CONJUNCTIONS | {",", ""}:
            for k in range(i + 3, min(i + 12, right[1])):  # "the signing, during the visit, of a treaty", "the signing in Paris of a treaty"
                if self.view.word(k) == "of":
                    for _, after in self.linear.sequence(steps, k + 1, state, right[1]):
                        yield after
                        return

    def _behind_passive(self, i: int) -> bool:
        """Whether a passive stands just before the noun and its preposition, so that "by" names who did that: "was represented at the talks by X"."""
        phrase = next((p for p in self.view.phrases if p.first <= i < p.last), None)
        first = phrase.first if phrase is not None else i
        return any(g.voice == "passive" and g.last in (first - 1, first - 2) for g in self.view.groups)

    def _of_this_noun(self, i: int, state: State, after: State) -> bool:
        """Whether the "of" found belongs to the noun of the verb: "the visit to Rome of X", not "the visit at the invitation of X"."""
        at = min(a for a, _ in after.spans[len(state.spans):])
        if at == i + 1:
            return True
        return any(m.last == at and m.kind in ("place", "state", "date", "period", "facility") for m in self.view.mentions)

    def _is_given(self, first: int, at: int) -> bool:
        """Whether a name in a noun phrase right behind a verb of giving is to whom something is given: "promised | the Chadians investments"."""
        return any(g.last == first and g.lemma in _GIVING for g in self.view.groups) and any(
            m.kind in ("state", "company", "organisation", "person") and m.form != "adjective" for m in (*self.view.by_first.get(at, ()), *self.view.by_first.get(at + 1, ())))

    def _subject_of_noun(self, subject: Chunk, i: int, right: tuple[int, int], state: State) -> State | None:
        """"X's visit", "the Kazakh visit", "the visit of X", "the signing by X"; the state as it was where the subject may lack."""
        view = self.view
        for word in ("by", "of"):
            after = self.anywhere(_led_by(word, subject), [right], state)
            if after is not state and word == "of" and not self._of_this_noun(i, state, after):
                continue
            if after is not state and word == "by" and self._behind_passive(i):
                continue
            if after is not state:
                return after
        phrase = next((p for p in view.phrases if p.first <= i < p.last), None)
        if phrase is not None:
            steps = _steps(subject, self.classes)
            for at in range(phrase.first, i):
                for end, after in self.linear.sequence(steps, at, state, i):
                    if view.word(end) != "'s" and self._is_given(phrase.first, at):
                        continue
                    if view.word(end) == "'s" or end == i or all(view.word(k).isalnum() or view.word(k) == "-" for k in range(end, i)):
                        return after
        return state if subject.optional else None
