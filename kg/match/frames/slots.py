"""What a slot of a frame catches in the stretch where it is looked for: the head of a noun phrase, the object behind its verb, a chunk anywhere."""

from __future__ import annotations

from collections.abc import Iterator

from kg.cards import Optional_, Slot
from kg.cards.pattern import TEXT_TYPES
from kg.match.frames.boundaries import FRONTING
from kg.match.frames.frame import Chunk, Frame, steps_of
from kg.match.linear import LinearMatcher
from kg.match.linear.lists import apposed_before_verb
from kg.match.records import Binding, State
from kg.match.view import SentenceView
from kg.match.words import words
from kg.words import WordClasses
from kg.words.closed import DETERMINERS, DO, HAVE, PREPOSITIONS, RELATIVES, is_adverb

__all__ = ["Slots"]

_FRONTED = frozenset({"at", "in", "on", "during", "under", "within", "after", "before", "for"})
_AMOUNTS = words("frames", "amounts")
_LIKEWISE = frozenset({"as", "like", "unlike", "together", "along"})  # "opposes, like Chad, | a levy"
_ASIDE = frozenset("in on at during within for under following after without".split())
_ADVERBIAL = frozenset("in on at since during from by until with".split())
_WHEN_WHERE = ("date", "period", "place")
_ROW_BEHIND = frozenset("in from across throughout between among with to of for against".split())
_WITNESS = ("state", "person", "organisation", "company")


class Slots:
    """Catches the slots and chunks of frames in one sentence."""

    def __init__(self, view: SentenceView, classes: WordClasses, linear: LinearMatcher) -> None:
        self.view = view
        self.classes = classes
        self.linear = linear

    def heads(self, chunk: Chunk, region: tuple[int, int], state: State, first_only: bool = False) -> State | None:
        """Matches a chunk where a noun phrase of the region begins, if the slot catches the phrase's head."""
        first, last = region
        items = chunk.items
        head = items[-1]
        if isinstance(head, Slot) and head.type == "phrase" and not first_only and all(isinstance(item, Optional_) for item in items[:-1]):
            return _whole_region(self.view, head, first, last, state)
        steps = steps_of(chunk, self.classes)
        starts = [p.first for p in self.view.phrases if p.first < last and p.last > first]
        starts = [max(s, first) for s in starts]
        if "them" in self.view.words[first:last]:
            starts = [s + (self.view.word(s) == "them" and self.view.word(s - 1) in ("among", "amongst") and any(
                p.first <= s + 1 < p.last for p in self.view.phrases)) for s in starts]  # "among them | Togo"
        if (named := _name_behind_noun(self.view, last)) > first and not first_only:
            starts.append(named)
        if not first_only and self.view.word(last - 1) == ",":
            starts = _outside_relative(self.view, _outside_apposition(self.view, starts, first, last), first, last)
        found: State | None = None
        for number, at in enumerate(starts):
            if number == 0 and len(starts) > 1 and not first_only and first < at and self.view.word(at - 1) in _FRONTED and last - first > 3 and (
                    self.view.word(first) in _FRONTED) and not _one_list(self.view, first, starts):
                continue  # "At the forum in Oslo | the ministers | adopted"
            if first_only and (number > 0 or any(self.view.word(k) in PREPOSITIONS or self.view.word(k) == "," for k in range(first, at))):
                return None
            if number > 0 and self.view.word(at - 1) in PREPOSITIONS and not _names_members(self.view, at) and not _counted_out(self.view, at):
                continue
            phrase_end = _undated_end(self.view, at, next(p.last for p in self.view.phrases if p.first <= at < p.last))
            if number > 1 and _of_a_row(self.view, at):
                continue  # "officials in Chad and | Togo oppose"
            options = range(at, min(phrase_end, last))
            for inner in options:
                for end, after in self.linear.sequence(steps, inner, state, last):
                    if end >= min(phrase_end, last) or (self.view.word(end) in ("(", ",", "'s") and end >= phrase_end):
                        if end >= last or first_only or self.view.word(last - 1) == ",":
                            return after
                        found = found or after  # what stands right before the verb is its subject, not what stands in front of that
        return found

    def anywhere(self, chunk: Chunk, regions: list[tuple[int, int]], state: State) -> State:
        """The state with the chunk where it first stands in the regions on words not yet caught; the state as it was where it stands nowhere."""
        steps = steps_of(chunk, self.classes)
        begins = self.linear.begins
        started = bool(state.spans)
        for first, last in regions:
            for at in range(max(first, 0), last):
                if not begins(steps, at, started) or any(a <= at < b for a, b in state.spans) or at in self.view.titled:
                    continue
                for end, after in self.linear.sequence(steps, at, state, last):
                    if not any(a < end and at < b for a, b in state.spans):
                        return after
        return state

    def chunks(self, frame: Frame, regions: list[tuple[int, int]], state: State) -> State | None:
        """The state with all chunks of a frame in the regions, each where it first stands; None where one that must stand lacks."""
        for chunk in frame.chunks:
            after = self.anywhere(chunk, regions, state)
            if after is state and not chunk.optional:
                return None
            state = after
        return state

    def behind_verb(self, chunk: Chunk, right: tuple[int, int], state: State) -> Iterator[State]:
        """The states with the object of an active verb, behind it or behind the adverbials that part them."""
        if isinstance(chunk.items[-1], Slot) and chunk.items[-1].type not in TEXT_TYPES and _opens_clause(self.view, right[0]):
            return  # "announced | that the project had been halted"
        steps = steps_of(chunk, self.classes)
        behind = _behind_adverbials(self.view, right[0], right[1])
        manner = behind > right[0] and self.view.word(behind - 1) == "terms"  # "condemned in the strongest terms | the attack"
        limit = _listed_end(self.view, chunk, right[1])
        for end, after in self.linear.sequence(steps, right[0], state, limit) if not manner else ():
            if not _heads_clause(self.view, end, right[0]):
                yield after
        if behind > right[0]:
            for _, after in self.linear.sequence(steps, behind, state, right[1]):
                yield after
        if isinstance(chunk.items[0], Slot) and chunk.items[0].type not in TEXT_TYPES:
            found = self.heads(chunk, right, state, first_only=True)
            if found is not None:
                yield found

    def before_verb(self, frame: Frame, region: tuple[int, int], state: State) -> State | None:
        """The object of a passive, in the region of its grammatical subject."""
        if frame.object is None:
            return state if frame.verb.voice != "active" else None
        found = self.heads(frame.object, region, state)
        if found is None and frame.object.optional:
            return state
        return found


def _behind_adverbials(view: SentenceView, i: int, end: int) -> int:
    """The token behind what tells when, where or with whom between a verb and its object: "signed with Peru in 2019 | a treaty",
    "signed, in the presence of the ministers, | a treaty", "opposes, as loudly as Chad does, | a levy", "signed on the sidelines of the summit | a treaty"."""
    start = i
    if view.word(i) == "," and (view.word(i + 1) in PREPOSITIONS or view.word(i + 1) in _LIKEWISE):
        comma = next((k for k in range(i + 2, min(i + 14, end)) if view.word(k) == "," or (
            view.in_group[k] >= 0 and not (view.word(i + 1) == "as" and view.word(k) in DO | HAVE))), -1)
        return comma + 1 if comma > 0 and view.word(comma) == "," else i
    if view.word(i) in _ASIDE and (stop := _phrase_chain(view, i)) > 0 and stop < end and (
            view.word(stop) in DETERMINERS or any(m.kind in ("agreement", "number") for m in view.by_first.get(stop, ()))):
        return stop
    if view.word(i) == "in" and "terms" in view.words[i + 2:i + 6]:
        i = view.words.index("terms", i) + 1  # "condemned in the strongest possible terms | the attack"
    for _ in range(3):
        k = i + (view.word(i) in _ADVERBIAL)
        k += k > i and view.word(k) == "the"
        kinds = _WITNESS if view.word(i) == "with" else _WHEN_WHERE if k > i else ("date",)
        m = next((m for m in view.by_first.get(k, ()) if m.kind in kinds and m.last < end and (m.form != "adjective")), None)
        if m is None or any(
            k <= o.first <= k + 1 and o.last > m.last and o.kind in ("facility", "institution", "organisation", "company", "event")
            for o in view.mentions
        ):
            break  # "begins at Oslo | airport"
        i = m.last
    if i > start and view.word(i) == "," and view.word(i + 1) in PREPOSITIONS:
        return _behind_adverbials(view, i, end)  # "renewed on Monday, for five years, | a memorandum"
    return i


def _opens_clause(view: SentenceView, i: int) -> bool:
    """Whether "that" at token i opens a clause with a subject and a verb of its own."""
    if view.word(i) != "that":
        return False
    group = view.group_at.get(view.phrase_end(i + 1), -1)
    return group >= 0 and view.groups[group].form == "finite"


def _phrase_chain(view: SentenceView, i: int) -> int:
    """The end of the prepositional phrases that begin at token i, 0 where a preposition has no noun phrase behind it."""
    for _ in range(3):
        stop = view.phrase_end(i + 1)
        if stop <= i + 1:
            return 0
        i = stop
        if view.word(i) not in _ASIDE:
            return i
    return i


def _heads_clause(view: SentenceView, end: int, first: int) -> bool:
    """Whether the last item of a list that ends here is the subject of the verb behind it: "owns the mill and Eni | runs the port"."""
    at = end
    while is_adverb(view.word(at)):
        at += 1
    group = view.groups[view.in_group[at]] if at < len(view) and view.in_group[at] >= 0 else None
    phrase = next((p for p in view.phrases if p.first < end <= p.last), None)
    return (
        group is not None
        and group.form == "finite"
        and group.first == at
        and phrase is not None
        and phrase.first - 1 > first
        and view.word(phrase.first - 1) in ("and", ",")
    )


def _one_list(view: SentenceView, first: int, starts: list[int]) -> bool:
    """Whether all that stands behind a word of time is one list, the subject: "After | Chile and Peru | had signed"."""
    joined = all(view.word(at - 1 - (view.word(at - 1) == "the")) in ("and", "or", ",") for at in starts[1:])
    return joined and view.word(first) in FRONTING and view.word(starts[-1] - 1 - (view.word(starts[-1] - 1) == "the")) != ","


def _outside_relative(view: SentenceView, starts: list[int], first: int, last: int) -> list[int]:
    """The beginnings of noun phrases without those in a relative clause that a comma closes right before the verb: "the park, where
    20 firms work, | is growing"."""
    opener = next((k for k in range(first + 1, last) if view.word(k) in RELATIVES and "," in (view.word(k - 1), view.word(k - 2)) and any(
        g.form == "finite" and k < g.first < last for g in view.groups)), -1)
    outside = [at for at in starts if at < opener] if opener > 0 else []
    return outside or starts


def _outside_apposition(view: SentenceView, starts: list[int], first: int, last: int) -> list[int]:
    """The beginnings of noun phrases without those in an apposition that a comma closes right before the verb: "the mill, a venture of
    Eni and Enel, | was opened"."""
    comma = next((k for k in range(first + 1, last - 2) if view.word(k) == "," and (view.word(k + 1) in ("a", "an") or k + 1 in view.group_at)), -1)
    if comma < 0 or view.word(first) in FRONTING or view.word(first) in PREPOSITIONS or not apposed_before_verb(view, comma):
        return starts
    return [at for at in starts if at < comma] or starts


def _whole_region(view: SentenceView, slot: Slot, first: int, last: int, state: State) -> State | None:
    """A `phrase` in front of the verb takes the whole grammatical subject: "friendship with Ghana is ..."."""
    while last > first and (view.word(last - 1) in (",", '"', "”", "(") or is_adverb(view.word(last - 1))):
        last -= 1
    if last <= first or last - first > 15 or not any(p.first < last and first < p.last for p in view.phrases):
        return None
    text = view.text(first, last)
    return state.add(first, last, binding=Binding(slot.role, slot.type, slot.many, slot.negative, first, last, (text,)))


def _name_behind_noun(view: SentenceView, last: int) -> int:
    """Where a person's name begins that ends right before a verb and that a noun of a fronted phrase runs into: "On the eve of the
    session | Ana Lima | was received"; -1 where there is none."""
    named = next((m for m in view.mentions if m.kind == "person" and m.form == "name" and m.last == last and m.entities), None)
    if named is None or view.word(0) not in PREPOSITIONS | {"earlier", "later"} or "," in view.words[:last] or not any(
            p.first < named.first and p.last == last for p in view.phrases):
        return -1
    return named.first


def _listed_end(view: SentenceView, chunk: Chunk, last: int) -> int:
    """How far an object may reach: over the colon behind which the things built are told one by one ("three plants: a mill in Lima and ...")."""
    many = any(isinstance(item, Slot) and item.type == "undertaking" and item.many for item in chunk.items)
    if not many or view.word(last) != ":":
        return last
    return next((k for k in range(last + 1, len(view)) if view.in_group[k] >= 0 or view.word(k) in (";", ":", ".")), len(view))


def _undated_end(view: SentenceView, at: int, end: int) -> int:
    """The end of a noun phrase without the date or period that closes it: "the Programme 2017-2021 | was signed", "Ghana | since 1986"."""
    for _ in range(2):
        value = next((m for m in view.mentions if m.kind in ("date", "period") and m.last == end and m.first > at), None)
        if value is None:
            return end
        end = value.first
    return end


def _counted_out(view: SentenceView, at: int) -> bool:
    """Whether "the bulk of", "most of", "a number of" stand in front: what follows is the head in truth."""
    if view.word(at - 1) != "of" or view.word(at - 2) not in _AMOUNTS:
        return False
    first = next((p.first for p in view.phrases if p.first <= at - 2 < p.last), at - 2)
    return view.word(first - 1) not in PREPOSITIONS  # no "talks on a second batch of trains"


def _of_a_row(view: SentenceView, at: int) -> bool:
    """Whether a bare state or place stands at a token behind another one and "and", and a preposition behind a noun before both."""
    if view.word(at - 1) not in ("and", "or"):
        return False
    names = [m for m in view.mentions if m.kind in ("state", "place") and m.form in ("name", "metonym") and m.last == at - 1]
    mine = next((m for m in view.by_first.get(at, ()) if m.kind in ("state", "place") and m.form in ("name", "metonym")), None)
    if not names or mine is None or view.word(mine.last) == "'s":
        return False
    first = min(m.first for m in names)
    first -= view.word(first - 1) == "the"
    return view.word(first - 1) in _ROW_BEHIND and any(p.last == first - 1 for p in view.phrases) and not any(
        m.kind in ("date", "period") and m.last == first - 1 for m in view.mentions)


def _names_members(view: SentenceView, at: int) -> bool:
    """Whether "such as", "including" stand in front: what follows are some of those just spoken of ("firms such as Tata")."""
    before = view.word(at - 1)
    return before == "including" or (before == "as" and view.word(at - 2) == "such") or (
        before == "them" and view.word(at - 2) in ("among", "amongst") and view.word(at - 3) == ",")
