"""Where the grammatical subject of a verb stands: right in front, at the verb before, at the noun that a relative clause or participle tells of."""

from __future__ import annotations

from kg.match.asides import before_aside, closes_parenthesis
from kg.match.frames.antecedents import (
    actor_explained,
    agreeing,
    antecedent,
    apposed_to,
    before_participle,
    nearest,
    over_aside,
    person_explained,
    relative_at,
    relative_before,
    relative_over,
)
from kg.match.frames.boundaries import closes_clause, left_boundary, trim
from kg.match.view import SentenceView
from kg.match.words import words
from kg.words import VerbGroup
from kg.words.closed import CONJUNCTIONS, PREPOSITIONS, RELATIVES, is_adverb

__all__ = ["Subjects"]

_SAID = words("frames", "said")
# Verbs of saying and of taking a stance, which one and the same speaker may string together.
_TELLING = _SAID | words("frames", "telling")
_PAPERS = words("frames", "papers")
_MEANT = words("frames", "meant-by")
_THOUGHT_OF = words("frames", "thought-of")
# Verbs behind which a clause may stand without "that".
_WITH_CLAUSES = _SAID | words("frames", "with-clauses")
# Verbs with an object that is to act: "expects trade to grow", "urged Chad to sign".
_CAUSING = words("frames", "causing")
_NEAR_NOUN = 6  # words between an owner and the infinitive behind what is owned
_BLAMED = words("frames", "blamed")


class Subjects:
    """Where the subjects of the verbs of one sentence stand, each found once."""

    def __init__(self, view: SentenceView) -> None:
        self.view = view
        self._regions: dict[tuple[int, int], list[tuple[int, int]]] = {}
        self._starts: dict[int, int] = {}

    def regions(self, index: int, depth: int = 0) -> list[tuple[int, int]]:
        """Token ranges in which the grammatical subject of a verb group may stand, best first."""
        found = self._regions.get((index, depth))
        if found is None:
            found = self._regions[index, depth] = self._find_regions(index, depth)
        return found

    def _find_regions(self, index: int, depth: int) -> list[tuple[int, int]]:
        view = self.view
        group = view.groups[index]
        at = group.first
        while (
            at > 0
            and (is_adverb(view.word(at - 1)) or view.word(at - 1) == "alone")
            and not (view.word(at - 1) == "both" and any(m.kind == "pair" for m in view.by_first.get(at - 1, ())))
        ):
            at -= 1
        if at >= 2 and view.word(at - 1) == "," and is_adverb(view.word(at - 2)) and view.word(at - 3) == ",":
            at -= 3
        if group.form == "finite":
            at = before_aside(view, at)
        before = view.word(at - 1)
        if group.form == "participle":
            if index and before in ("and", "or") and view.groups[index - 1].form == "participle" and depth < 4:
                return self.regions(index - 1, depth + 1)  # "a programme first signed in 2006 and updated since"
            region = before_participle(view, antecedent(view, at)) or _fronted_for(view, index)
            return [*apposed_to(view, region), region, *nearest(view, region), *over_aside(view, region)] if region else []
        if (before == "," and (opened := relative_before(view, at - 1)) >= 0) or (group.form == "finite" and (opened := relative_over(view, at)) >= 0):
            at, before = opened + 1, view.word(opened)
        if before in ("which", "who", "that", "whom"):
            opener = (
                next(
                    (k for k in range(at - 3, -1, -1) if view.word(k) == before and (before != "that" or view.in_group[max(k - 1, 0)] < 0)),
                    -1,
                )
                if view.word(at - 2) == "and"
                else -1
            )
            region = before_participle(view, antecedent(view, opener if opener > 0 else at - 1))  # "which X built and which opened"
            if before == "which" and view.word(at - 2) == ",":
                region = agreeing(view, region, group.first)
            if region is not None and not (before == "that" and view.in_group[max(at - 2, 0)] >= 0):
                aside = over_aside(view, region) if before == "which" and "," in view.words[region[1]:at] else []
                return [*(person_explained(view, region) if before == "who" else actor_explained(view, region)), region, *nearest(view, region), *aside]
        if group.form == "gerund" and before in CONJUNCTIONS and depth < 4:
            first = next((k for k in range(index - 1, -1, -1) if view.groups[k].form == "gerund" and view.word(view.groups[k].first - 1) == ","), None)
            if first is not None:
                return self.regions(first, depth + 1)
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
            absolute = next((p for p in view.phrases if p.last == at and view.word(p.first - 1) == ","), None)
            if absolute is not None and _previous_finite(view, index) is not None:
                region = (absolute.first, at)
                return [*apposed_to(view, region), region]  # "Trade fell, | exports | dropping by half"
            if (start := _doer_of(view, at)) >= 0:
                return [(start, at)]  # "the possibility of Eni and Shell setting up a venture"
        if group.form == "infinitive" and not group.chain and (group.voice == "passive" or (group.lemma == "take" and view.word(group.last) == "place")) and (
                before == "," or any(p.last == at for p in view.phrases)) and (told := antecedent(view, at)) is not None:
            return [told, *nearest(view, told)]  # "a conference | to be held in Rome", "the summit, to take place in May"
        if group.form == "infinitive" and (owner := _owner_of_noun(view, at)) is not None:
            return [owner]
        if group.form == "infinitive" and (made := _made_to(view, index, at)) is not None:
            return [made, *nearest(view, made)]
        if (
            group.form == "infinitive"
            and index
            and view.groups[index - 1].form == "gerund"
            and 0 < group.first - view.groups[index - 1].last <= 4
            and depth < 4
        ):
            return self.regions(index - 1, depth + 1)  # "accused Chad of breaking its pledge not to send troops"
        if group.form == "gerund" and before == "of" and view.word(at - 2) in ("and", "or") and depth < 4 and index and view.groups[index - 1].form == "gerund":
            return self.regions(index - 1, depth + 1)  # "of jamming and of spying"
        if group.form in ("infinitive", "gerund"):
            return self._inherited(index, depth)
        if before in CONJUNCTIONS or before == ",":
            left = at - 1
            while left > 0 and view.word(left - 1) in (",", "and", "but"):
                left -= 1
            previous = _previous_finite(view, index)
            while previous is not None and before in CONJUNCTIONS and view.word(at - 2) == "," and (relative_at(view, previous) or _compared(view, previous)):
                previous = _previous_finite(view, previous)  # "saved the port, which sends ships, but also began"
            if (
                previous is not None
                and before == ","
                and any(view.words[k] in (":", ";") and k not in view.within for k in range(view.groups[previous].last, at))
            ):
                previous = None  # "Trade is small: imports, mostly shoes, came to $4 million"
            if previous is not None and (teller := _teller_of(view, previous, group)) is not None:
                previous = teller
            if previous is not None and (before in CONJUNCTIONS or not closes_parenthesis(view, at - 1)):
                return self.regions(previous, depth + 1) if depth < 4 else []
        left = _behind_object(view, left_boundary(view, at, index), at)
        region = trim(view, left, at)
        if region[0] >= region[1]:
            return self._inherited(index, depth)
        noun = (region[0], _before_relative(view, *region))
        return [noun, region] if noun != region else [region]

    def _inherited(self, index: int, depth: int) -> list[tuple[int, int]]:
        if depth >= 4:
            return []
        previous = _previous_finite(self.view, index)
        if previous is None:
            # "Visiting Rome, the minister signed": the subject of the verb that follows
            for k in range(index + 1, len(self.view.groups)):
                if self.view.groups[k].form == "finite" and "," in (self.view.word(self.view.clause_end(self.view.groups[index].last)), *(
                        self.view.words[self.view.groups[index].last : self.view.groups[k].first])):
                    if ";" in self.view.words[self.view.groups[index].last : self.view.groups[k].first]:
                        break  # "The last one to land there was Ana Lima; Ivo Novak came": another sentence in truth
                    return self.regions(k, depth + 1)
            main = subject_unparted(self.view, self.view.groups[index])
            return [main] if main is not None else []
        return self.regions(previous, depth + 1)

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
            if view.words[k] in ("and", "but") and view.word(k - 1) == "," and closes_clause(view, k - 1):
                return k + 1
        return 0


def subject_unparted(view: SentenceView, group: VerbGroup) -> tuple[int, int] | None:
    """Where the subject of the main clause stands that no comma parts from the gerund which opens the sentence: "After visiting Rome | the
    minister | flew home"; None for any other verb."""
    if group.form != "gerund" or view.word(group.first - 1) not in _FRONTING or view.word(group.first - 2) not in ("", ",", ".", "and", "but", "“", '"'):
        return None
    verb = next((g for g in view.groups if g.first >= group.last and g.form == "finite"), None)
    if verb is None or any(word in (",", ";", ":") or word in RELATIVES for word in view.words[group.last:verb.first]):
        return None
    at = verb.first
    while at > group.last and is_adverb(view.word(at - 1)):
        at -= 1
    phrase = next((p for p in view.phrases if p.last == at and p.first > group.last), None)
    return (phrase.first, at) if phrase is not None else None


def _before_relative(view: SentenceView, left: int, at: int) -> int:
    """Where a subject ends behind which a relative clause without commas stands: "The station | that feeds the park | was closed"."""
    link = next((k for k in range(left + 1, at) if view.word(k) in ("that", "which")), at)
    verb = next((g for g in view.groups if g.first > link and g.last <= at), None)
    if verb is None or verb.form != "finite" or verb.first > link + 2 or not any(p.first <= link - 1 < p.last for p in view.phrases) or (
            "," in view.words[left:at]) or view.in_group[link - 1] >= 0:
        return at
    return link


_FRONTING = frozenset({"before", "after", "while", "when", "upon", "on", "since"})


def _behind_object(view: SentenceView, left: int, at: int) -> int:
    """Where the subject begins that stands behind the object of the verb before: "MMG runs Las Bambas, | Chinalco owns Toromocho and | Shougang mines"."""
    verb = view.groups[view.in_group[left - 1]] if left and view.in_group[left - 1] >= 0 else None
    if verb is None or verb.form != "finite" or verb.voice != "active" or verb.lemma in _WITH_CLAUSES or not view.starts_phrase(left):
        return left
    commas = [k for k in range(left + 1, at - 1) if view.word(k) == ","]
    joints = [k for k in range(left + 1, at - 1) if view.word(k) in ("and", "but")]
    cut = commas[-1] if commas else joints[0] if len(joints) == 1 else -1
    return cut + 1 if cut > 0 and view.starts_phrase(cut + 1) and any(p.last == at for p in view.phrases) else left


def _compared(view: SentenceView, index: int) -> bool:
    """Whether a verb stands in an aside that compares: "open a school, as the Danes did, and"."""
    first = view.groups[index].first
    return any(view.word(k) in ("as", "like") and view.word(k - 1) == "," and "," not in view.words[k:first] for k in range(max(first - 6, 1), first))


def _previous_finite(view: SentenceView, index: int) -> int | None:
    for k in range(index - 1, -1, -1):
        if view.groups[k].form == "finite":
            return k
    return None


def _teller_of(view: SentenceView, index: int, group: VerbGroup) -> int | None:
    """The verb of saying whose "that" clause ends with verb ``index``, where ``group`` goes on with it: "said that X is Y and called for Z".

    Its tense shows it: that of the verb of saying, while the clause has another."""
    said = _previous_finite(view, index)
    if said is None or group.form != "finite":
        return None
    first, inner = view.groups[said], view.groups[index]
    if first.lemma not in _TELLING or "that" not in view.words[first.last : inner.first] or view.words[group.first - 1] == "or":
        return None
    same = (group.tense, group.perfect, group.modal) == (first.tense, first.perfect, first.modal)
    return said if same and group.lemma in _TELLING and (group.tense, group.perfect, group.modal) != (inner.tense, inner.perfect, inner.modal) else None


def _fronted_for(view: SentenceView, index: int) -> tuple[int, int] | None:
    """The subject of the clause that a participle opens: "Built in 1970 by Peru, | the dam | was"; None where it opens none."""
    group = view.groups[index]
    if any(p.first < group.first and p.last > 0 for p in view.phrases) and view.word(group.first - 1) not in (";", ":"):
        return None
    verb = next((g for g in view.groups[index + 1:] if g.form == "finite"), None)
    if verb is None:
        return None
    comma = next((k for k in range(verb.first - 1, group.last - 1, -1) if view.word(k) == "," and any(p.first in (k + 1, k + 2) for p in view.phrases)), -1)
    first = next((k for k in range(group.last, verb.first) if view.word(k) == "," and not any(
        m.first <= k < m.last for m in view.mentions)), -1)
    return (first + 1, verb.first) if 0 <= first <= comma else None


def _owner_of_noun(view: SentenceView, at: int) -> tuple[int, int] | None:
    """Whose "bid", "plan", "move" an infinitive at token `at` goes on: "supports | Chad | 's bid to join", "by"; None where nobody's."""
    for k in range(at - 1, max(at - _NEAR_NOUN, 0), -1):
        word = view.word(k)
        if word == "by" and k + 1 < at and view.in_group[k - 1] < 0 and view.word(k - 1).isalpha() and view.word(k - 1) not in PREPOSITIONS:
            return (k + 1, at)  # "moves by | Chad and Togo | to join"
        if word == "of" and k + 1 < at and view.word(k - 1) in _MEANT and view.in_group[k] < 0:
            return (k + 1, at)  # "the plan of | Chad | to open"
        if view.in_group[k] >= 0 or word in PREPOSITIONS or word in (",", ";", ":"):
            return None
        if word in ("'s", "’s", "'", "’"):
            owner = next((m for m in view.mentions if m.last == k and m.entities), None)
            return None if owner is None or k == at - 1 else (owner.first, k)
        if word in ("its", "their", "his", "her") and k < at - 1:
            return (k, k + 1)
    return None


def _made_to(view: SentenceView, index: int, at: int) -> tuple[int, int] | None:
    """Who is to act by the object of the verb before: "expects | trade with Peru | to reach", "urged | Chad | to sign"; None where nobody stands there."""
    verb = view.groups[index - 1] if index else None
    if verb is None or view.word(view.groups[index].first) != "to" or verb.voice != "active" or verb.lemma not in _CAUSING:
        return None
    first = verb.last + (verb.lemma in ("call", "appeal", "hope", "wait", "look", "arrange") and view.word(verb.last) in ("for", "on", "upon", "to"))
    between = view.words[first:at]
    return (first, at) if between and view.starts_phrase(first) and not {",", ";", ":", "("} & set(between) else None


def _doer_of(view: SentenceView, at: int) -> int:
    """Where the doer of a gerund at token `at` begins behind "the possibility of", "the idea of"; -1 where no such noun stands before."""
    for k in range(at - 1, max(at - 16, 0), -1):
        if view.in_group[k] >= 0 or view.word(k) in (",", ";", ":", "("):
            return -1
        if view.word(k) == "of" and view.word(k - 1) in _THOUGHT_OF:
            return k + 1 if k + 1 < at else -1
    return -1
