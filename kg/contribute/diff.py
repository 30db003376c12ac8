"""What differs between two graphs, fact by fact, and why."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.contribute.reasons import Decided, Reason, explain_change, find_decided
from kg.contribute.snapshot import Snapshot
from kg.graph.stated import Stated


@dataclass(frozen=True, slots=True)
class RoleChange:
    """One role of a changed fact: its terms before and after, in N-Triples form; () where it has none."""

    role: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactChange:
    """One fact that is not as it was: added (no ``before``), gone (no ``after``), or changed, with the reason."""

    before: Stated | None
    after: Stated | None
    why: Reason
    roles: tuple[RoleChange, ...] = ()

    @property
    def kind(self) -> str:
        """ "added", "gone" or "changed"."""
        return "added" if self.before is None else "gone" if self.after is None else "changed"

    @property
    def fact(self) -> Stated:
        """The fact as it is now, or as it was."""
        found = self.after or self.before
        assert found is not None
        return found


@dataclass(frozen=True, slots=True)
class Difference:
    """All changes, sorted by kind, reason and label; ``same`` counts the facts that both graphs state alike."""

    changes: tuple[FactChange, ...]
    same: int

    def count(self, kind: str) -> int:
        """How many facts were "added", "changed", or are "gone"."""
        return sum(change.kind == kind for change in self.changes)


def compare(before: Snapshot, after: Snapshot) -> Difference:
    """The difference between two snapshots.

    A fact that is gone and one that was added count as one changed fact where they are of one type and stand on the same words, or
    where the one corrects the other.
    """
    both = before.facts.keys() & after.facts.keys()
    gone = {iri: before.facts[iri] for iri in before.facts.keys() - both}
    new = {iri: after.facts[iri] for iri in after.facts.keys() - both}
    reasons = find_decided(before, after)
    changes = []
    for one, other in _pairs(gone, new, reasons):
        del gone[one.iri], new[other.iri]
        changes.append(_changed(one, other, before, after, reasons))
    altered = [iri for iri in both if _told(before.facts[iri]) != _told(after.facts[iri])]
    changes += [_changed(before.facts[iri], after.facts[iri], before, after, reasons) for iri in altered]
    changes += [FactChange(fact, None, explain_change(fact, None, before, after, reasons)) for fact in gone.values()]
    changes += [FactChange(None, fact, explain_change(None, fact, before, after, reasons)) for fact in new.values()]
    order = {"added": 0, "changed": 1, "gone": 2}
    changes.sort(key=lambda each: (order[each.kind], each.why, each.fact.type, each.fact.label, each.fact.iri))
    return Difference(tuple(changes), len(both) - len(altered))


def _told(fact: Stated) -> tuple[object, ...]:
    return fact.label, fact.roles, fact.words, fact.rule, fact.version


def _changed(one: Stated, other: Stated, before: Snapshot, after: Snapshot, reasons: Mapping[str, Decided]) -> FactChange:
    names = sorted({role for role, _ in (*one.roles, *other.roles)})
    roles = tuple(
        RoleChange(name, one.values(name), other.values(name)) for name in names if one.values(name) != other.values(name)
    )
    return FactChange(one, other, explain_change(one, other, before, after, reasons), roles)


def _pairs(
    gone: Mapping[str, Stated], new: Mapping[str, Stated], reasons: Mapping[str, Decided]
) -> list[tuple[Stated, Stated]]:
    """Each gone fact with the new one that took its place, the most alike first."""
    places: dict[object, list[Stated]] = defaultdict(list)
    for fact in new.values():
        for place in _places(fact):
            places[place].append(fact)
    found: list[tuple[int, str, str]] = []
    for fact in gone.values():
        successors = {each.iri: each for place in _places(fact) for each in places[place]}
        reason = reasons.get(fact.iri)
        for iri in reason.successors if reason else ():
            if iri in new:
                successors[iri] = new[iri]
        for other in successors.values():
            named = reason is not None and other.iri in reason.successors
            alike = _alike(fact, other)
            if alike or named:
                found.append((-alike - 1000 * named, fact.iri, other.iri))
    taken: set[str] = set()
    pairs = []
    for _, before, after in sorted(found):
        if not {before, after} & taken:
            taken |= {before, after}
            pairs.append((gone[before], new[after]))
    return pairs


def _places(fact: Stated) -> Iterable[object]:
    """What two facts must share to be taken for one that changed: the type, and the words or the place in the text."""
    for words in fact.words:
        if words.exact:
            yield fact.type, words.identifier, words.exact
        if words.start >= 0:
            yield fact.type, words.document, words.start


def _alike(one: Stated, other: Stated) -> int:
    """How many roles, besides the status, both fill alike."""
    shared = Counter(one.roles) & Counter(other.roles)
    return sum(count for (role, _), count in shared.items() if role != "status")


def by_reason(changes: Sequence[FactChange]) -> dict[Reason, list[FactChange]]:
    """The changes by reason, in the order of the reasons."""
    found: dict[Reason, list[FactChange]] = defaultdict(list)
    for change in changes:
        found[change.why].append(change)
    return dict(sorted(found.items()))
