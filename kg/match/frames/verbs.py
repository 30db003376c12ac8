"""Frames at their verb: active, passive, participle, relative clause on the object, a verb parted from its particle."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from kg.cards import ClassRef, Slot, Word
from kg.cards.pattern import TEXT_TYPES
from kg.match.frames.antecedents import THINGS, antecedent, nearest
from kg.match.frames.boundaries import left_boundary
from kg.match.frames.frame import Chunk, Frame, has_words, led_by
from kg.match.frames.slots import Slots
from kg.match.frames.subjects import Subjects, subject_unparted
from kg.match.linear.verbs import verb_tails
from kg.match.records import State
from kg.match.view import SentenceView
from kg.match.words import words
from kg.words import VerbGroup
from kg.words.closed import DASHES, PREPOSITIONS, is_adverb

__all__ = ["VerbMatcher"]

_ACTING = frozenset({"actor", "firm", "owner", "org", "company", "institution", "person", "land", "state", "holder"})
_AGREEING = words("frames", "agreeing")
_FAR_TAIL = 14  # words from a verb to the rest of it behind its object
# What parts two clauses: what stands in front of it belongs to the first.
_CLAUSE_APART = frozenset("while whereas when because although though if".split())

_TIMES = words("frames", "times")  # "at the same time | we buy fish": nobody buys a time


class VerbMatcher:
    """Matches frames at the verbs of one sentence."""

    def __init__(self, slots: Slots, subjects: Subjects) -> None:
        self.view = slots.view
        self.slots = slots
        self.subjects = subjects

    def matches(self, frame: Frame, index: int, group: VerbGroup, end: int) -> Iterator[tuple[State, str]]:
        """The matches of a frame whose verb is this group, with the shape in which each stands; ``end`` is the end of the verb's own words."""
        if frame.verb.voice == "not" and not (group.negated or "never" in self.view.words[max(0, group.first - 2) : group.last]):
            return
        anchor_end = group.last if group is self.view.groups[index] else end
        start = State().add(group.first, end, anchor=(group.first, anchor_end), group=group)
        clause_end = self.view.clause_end(end)
        if group.form == "gerund" and (main := subject_unparted(self.view, group)) is not None:
            clause_end = max(end, min(clause_end, main[0]))
        right = (end, self.view.coordinate_end(end, clause_end) if self.view.word(end) != ";" else end)
        if frame.verb.voice == "passive" and group.voice == "active":
            return
        if group.voice == "passive" and end > group.last and _starts_object(self.view, right):
            return  # "talks focused on steel": what stands behind the particle is its object, what stands before is not
        if group.voice == "passive":
            regions = _asked(self.view, self.subjects.regions(index), frame.object)
            for region in regions:
                state = self.slots.before_verb(frame, region, start)
                if state is None:
                    continue
                before = state
                state = self.slots.anywhere(led_by("by", frame.subject), [_own_agent(self.view, right)], state) if frame.subject else state
                if state is before and frame.subject and not frame.subject.optional and has_words(frame.subject.items):
                    continue  # "$5 million were recorded" for "trade recorded $5 million"
                done = self.slots.chunks(frame, [right, region, (self.subjects.clause_start(index), region[0])], state)
                if done is not None:
                    yield done, "passive" if group.form != "participle" else "participle"
                    return
            if frame.object is not None and _inverted(self.view, index, group, right):
                for after in self.slots.behind_verb(frame.object, right, start):
                    state = self.slots.anywhere(led_by("by", frame.subject), [right], after) if frame.subject else after
                    done = self.slots.chunks(frame, [right, (self.subjects.clause_start(index), group.first)], state)
                    if done is not None:
                        yield done, "passive"
                        return
            return
        # active
        yield from islice(self._actives(frame, index, group, start, right), 1)

    def _actives(self, frame: Frame, index: int, group: VerbGroup, start: State, right: tuple[int, int]) -> Iterator[tuple[State, str]]:
        subject_states: list[tuple[State, tuple[int, int]]] = []
        regions = self.subjects.regions(index)
        if frame.subject is None:
            subject_states.append((start, regions[0] if regions else (group.first, group.first)))
        else:
            for region in _asked(self.view, regions, frame.subject):
                state = self.slots.heads(frame.subject, region, start)
                if state is not None:
                    subject_states.append((state, region))
                    break
            if not subject_states and (frame.subject.optional or _impersonal(self.view, group, regions)):
                subject_states.append((start, regions[0] if regions else (group.first, group.first)))
        for state, region in subject_states:
            if frame.object is None:
                done = self.slots.chunks(frame, [right, self._front(index, region, state)], state)
                if done is not None:
                    yield done, "active"
                continue
            found = False
            object_slot = frame.object.items[-1]
            relative = isinstance(object_slot, Slot) and object_slot.type in TEXT_TYPES and _modifies_noun(self.view, region[0] - 1)
            tail = self.view.groups[index].last
            if (
                relative
                and right[0] < tail
                and not _ends_or_adjoins(self.view, right[0])
                and not {"refuse", "decline"} & {group.lemma, *group.chain}
                and (self.view.word(tail) in (".", ",", ";", "") or tail in self.view.group_at)
            ):
                continue  # "a dam that Egypt wants to stop"
            relative = relative and _ends_or_adjoins(self.view, right[0])
            for after in () if relative else self.slots.behind_verb(frame.object, right, state):
                done = self.slots.chunks(frame, [right, self._front(index, region, state)], after)
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
            titled = next((m.first for m in self.view.mentions if m.kind == "office" and m.last == first and m.first >= region[0]), first)
            first = titled - (titled < first and self.view.word(titled - 1) in ("the", "both", "our"))  # "the pact that | Presidents | Ana Lima and"
            before = None if self.view.word(group.first - 1) == "(" else antecedent(self.view, first) or (
                _told_of_in_contact(self.view, first) if caught else None)  # "pact A, pact B (signed in 2006)"
            of_which = self.view.word(group.first - 1) in ("which", "who") and self.view.word(group.first - 2) == ","  # "the firm, which owns": "which" acts
            if self.view.word(first - 1) in _NO_CONTACT or (before is not None and _fronted(self.view, before[0], first, group.last)):
                before = None
            if before is not None and isinstance(frame.object.items[-1], Slot) and not of_which and not _starts_object(self.view, right) and (
                    self.view.word(before[1] - 1) not in _TIMES):
                found_in = (self.slots.heads(frame.object, r, state) for r in _asked(self.view, [before, *nearest(self.view, before)], frame.object))
                after_object = next((s for s in found_in if s is not None), None)
                if after_object is not None:
                    done = self.slots.chunks(frame, [right], after_object)
                    if done is not None:
                        yield done, "object relative"
                        continue
            if frame.object.optional:
                done = self.slots.chunks(frame, [right, self._front(index, region, state)], state)
                if done is not None:
                    yield done, "active"

    def parted(self, frame: Frame, index: int, group: VerbGroup) -> Iterator[tuple[State, str]]:
        """A verb whose object stands in front of the rest of it: "put the dam in Omo | on hold", "called the project | off"."""
        assert frame.object is not None
        clause_end = self.view.clause_end(group.last)
        for first, last in verb_tails(self.view, self.slots.classes, frame.verb, group, min(clause_end, group.last + _FAR_TAIL)):
            state = State().add(group.first, group.last, anchor=(group.first, group.last), group=group).add(first, last)
            regions = self.subjects.regions(index)
            if frame.subject is not None:
                found = next((s for s in (self.slots.heads(frame.subject, r, state) for r in _asked(self.view, regions, frame.subject)) if s is not None), None)
                if found is None and not frame.subject.optional:
                    continue
                state = found or state
            found = self.slots.heads(frame.object, (group.last, first), state, first_only=True)
            done = self.slots.chunks(frame, [(last, clause_end), (group.last, first)], found) if found is not None else None
            if done is not None:
                yield done, "active"
                return

    def _front(self, index: int, region: tuple[int, int], state: State) -> tuple[int, int]:
        """What stands in front of a subject that was found in a region: "In Uganda | the figure was 62 percent"."""
        stop = min((a for a, _ in state.spans if region[0] <= a < region[1]), default=region[0])
        told = max((g.last for g in self.view.groups if g.form == "finite" and g.last <= stop), default=0)  # another verb's clause is none of its front
        told = max((k + 1 for k in range(told, stop) if told and k not in self.view.within and (
            self.view.word(k) in _CLAUSE_APART or _next_clause(self.view, k))), default=told)
        return max(self.subjects.clause_start(index), min(told, stop)), stop


_NO_CONTACT = DASHES | {":", ";"}  # "the road: studies completed"


def _next_clause(view: SentenceView, k: int) -> bool:
    """Whether "but" or "and" at a token opens the next clause with what is fronted in it: "fell to $3 million, but | in May it grew"."""
    return view.word(k) in ("but", "and") and view.word(k - 1) == "," and view.word(k + 1) in PREPOSITIONS


def _fronted(view: SentenceView, at: int, first: int, last: int) -> bool:
    """Whether what ends at a subject only says where the clause takes place: "From the factory | the guests went", "In Lima | he opened"."""
    return view.word(at - 1) in PREPOSITIONS and (at == 1 or view.word(at - 2) in (",", ";", ":", "and")) and (
        view.word(first - 1) not in ("that", "which", ",")) and not any(g.form == "finite" and g.first >= last for g in view.groups)


def _told_of_in_contact(view: SentenceView, first: int) -> tuple[int, int] | None:
    """The noun phrase that ends where a subject begins, with nothing between: "the pact | Peru and Chile signed"."""
    cut = next((p for p in view.phrases if p.first < first < p.last), None)
    return (cut.first, first) if cut is not None else None


def _impersonal(view: SentenceView, group: VerbGroup, regions: list[tuple[int, int]]) -> bool:
    """Whether "it was agreed to" stands in front of the verb: the sides are meant."""
    return bool(regions) and view.word(regions[0][1] - 1) in ("it", "also") and "it" in view.words[regions[0][0] : regions[0][1]] and bool(
        _AGREEING.intersection(group.chain)) and view.word(group.first) in ("was", "is", "has")


def _modifies_noun(view: SentenceView, i: int) -> bool:
    """Whether the token is a "that" or "which" behind the noun that it tells of."""
    if (
        view.word(i) in ("that", "which", "whom")
        and view.word(i - 1) in ("and", "but", "or")
        and any(view.word(k) == view.word(i) for k in range(max(0, i - 14), i))
    ):
        return True  # "a programme that was set up in 1974 and that both want to expand"
    return (
        view.word(i) in ("that", "which", "whom")
        and view.in_group[i - 1] < 0
        and any(p.last in (i, i - 1) for p in view.phrases)
        and view.word(i - 1) not in PREPOSITIONS
    )


def _ends_or_adjoins(view: SentenceView, i: int) -> bool:
    """Whether at a token a clause ends, or only an adverbial follows."""
    word = view.word(i)
    return not word or not (word[:1].isalnum() or word in ('"', "“", "‘", "«")) or word in PREPOSITIONS or is_adverb(word)


def _own_agent(view: SentenceView, right: tuple[int, int]) -> tuple[int, int]:
    """Where the "by" of a passive may stand: before a participle that goes on with "and" ("financed with loans and built | by Salini")."""
    first, last = right
    stop = next((g.first for g in view.groups if first < g.first < last and view.word(g.first - 1) == "and" and view.word(g.last) == "by" and (
        g.last - g.first == 1 and first + 1 < g.first)), last)
    return (first, last) if "by" in view.words[first:stop] else (first, stop)


def _inverted(view: SentenceView, index: int, group: VerbGroup, right: tuple[int, int]) -> bool:
    """Whether a passive's subject stands behind it: "In 2009 was signed the treaty", no noun phrase in front but in adjuncts."""
    if group.form != "finite" or not _starts_object(view, right):
        return False
    left = left_boundary(view, group.first, index)
    return group.first > left and all(
        view.word(max(p.first, left) - 1) in PREPOSITIONS or any(m.kind in ("date", "period") and m.first <= p.last - 1 < m.last for m in view.mentions)
        for p in view.phrases if p.first < group.first and p.last > left)


def _starts_object(view: SentenceView, right: tuple[int, int]) -> bool:
    """Whether the verb has an object of its own: a noun phrase right behind it."""
    for at in view.skip_positions(right[0]):
        if at < right[1] and view.starts_phrase(at) and not any(
                m.kind in ("date", "period", "duration") and m.first <= at < m.last for m in view.mentions):
            return True
    return False


_SOUGHT = THINGS | {"gathering", "holding", "panel", "premises", "undertaking"}


def _asked(view: SentenceView, regions: list[tuple[int, int]], chunk: Chunk | None) -> list[tuple[int, int]]:
    """The regions in which to look for a slot: only a thing is sought in the last noun phrase of an antecedent."""
    slot = chunk.items[0] if chunk is not None else None
    if isinstance(slot, (ClassRef, Word)) and _behind_comma(view, regions):
        return regions  # "the increase in the volume of trade, which rose to"
    return (
        regions
        if isinstance(slot, Slot)
        and (slot.type in _SOUGHT or (slot.type in _ACTING and _told_of(view, regions)))
        else regions[:1]
    )


def _behind_comma(view: SentenceView, regions: list[tuple[int, int]]) -> bool:
    return bool(regions) and view.word(regions[0][1]) == "," and view.word(regions[0][1] + 1) in ("which", "who")


def _told_of(view: SentenceView, regions: list[tuple[int, int]]) -> bool:
    """Whether a comma and "which", "who" stand behind an antecedent: what is said then is said of its last noun phrase ("all its gas
    from Gazprom, which owns ...")."""
    return len(regions) > 1 and _behind_comma(view, regions) and (
        view.word(regions[1][0] - 1) in ("from", "by", "to", "with", "for", "than", "of", "in"))
