"""Whether a fact is given as true, planned, possible or denied: cues with scope, after NegEx and ConText (Chapman
2001, Harkema 2009).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from kg.context.clauses import CONDITIONS, Clauses, find_clauses
from kg.context.doubt import doubt_before, talked_of
from kg.context.saying import find_saying, saying_verbs
from kg.context.words import cues, words
from kg.model import Mention, Sentence
from kg.words import VerbGroup, closed
from kg.words.verbs import verb_tags

__all__ = ["ATTENDING", "GOING", "NOT_UNTIL", "PLACING", "REPORTS", "UNTRUE", "Status", "judge_status"]

NOT_UNTIL = "not until"  # what is denied up to a day holds from then on
_ORDER = {"Asserted": 0, "Planned": 1, "Hypothetical": 2, "Denied": 3}
REPORTS, UNTRUE = words("status", "report-noun"), words("status", "false")  # "claims that ...", and what calls them false
_ACCORDS = words("status", "accords")
_STRUCK = frozenset("reach strike sign conclude make".split())
_PART_IN = words("status", "part-in")
_SETTLING = words("status", "settling")
_LIKING = words("status", "liking")
_BE = words("status", "be")
_GIVING = words("status", "giving")
_HYPOTHETICAL_MODALS = frozenset({"could", "may", "might", "should", "must", "ought", "can"})
_HONOURING = words("status", "honouring")
_UNBIDDEN = frozenset({"", ",", ":", ";", ".", "“", '"', "please", "first", "also", "now", "and", "kindly", "finally", "so", "but"})
_NTH = words("status", "nth")
_THOUGHT_OF = words("status", "thought-of")
_SEEN = words("status", "seen")
_PERFORMED = words("status", "performed")
_PERFORMING = words("status", "performing")
_FORECASTING = words("status", "forecasting")
_LAID_DOWN = words("status", "laid-down")
_PROCESSES = words("status", "process-noun")
GOING = words("status", "going")
PLACING = frozenset({"in", "here", "there"})
ATTENDING = words("status", "attending")
_MOVING = words("status", "moving")
_ARRIVING = words("status", "arriving")
_NOUN_LINKS = frozenset(
    {"of", "for", "on", "in", "about", "to", "at", "regarding", "concerning", "over", "towards", "toward"}
)


@dataclass(frozen=True, slots=True)
class Status:
    """A word of `kg.terms.STATUSES` and the cues that led to it, outermost last; no cue for Asserted."""

    word: str = "Asserted"
    cues: tuple[str, ...] = ()


def _words(name: str) -> frozenset[str]:
    return words("status", name)


@cache
def _by_word(kind: str) -> dict[str, str]:
    """Word -> status for all cues of a kind ("verb", "noun", "adjective")."""
    table = {}
    for status in ("planned", "hypothetical", "denied"):
        for word in _words(f"{status}-{kind}"):
            table[word] = status.capitalize()
    return table


def judge_status(
    sentence: Sentence,
    groups: Sequence[VerbGroup],
    mentions: Sequence[Mention],
    first: int,
    last: int,
    *,
    event: bool | None = None,
    reported_past: bool = False,
    clauses: Clauses | None = None,
) -> Status:
    """The status of what the tokens ``first``..``last`` (exclusive) say: a verb of the sentence, or a noun.

    ``event`` says whether a noun there names something that happens ("construction") and so falls under the
    sentence's verb; by default the noun itself tells. ``reported_past``: the sentence goes on with what someone said
    in the past, so that "would" is a future. ``clauses`` saves finding them anew for each match of one sentence.
    """
    return _Judge(clauses or find_clauses(sentence.tokens, groups), sentence, mentions, reported_past).judge(
        first, last, event
    )


class _Judge:
    def __init__(self, clauses: Clauses, sentence: Sentence, mentions: Sequence[Mention], reported_past: bool) -> None:
        self.clauses = clauses
        self.tokens = clauses.tokens
        self.low = [t.lower for t in self.tokens]
        self.groups = clauses.groups
        self.sentence = sentence
        self.mentions = mentions
        self.sayings = {k: s for k, g in enumerate(self.groups) if (s := find_saying(self.tokens, g)) is not None}
        self.reported_past = reported_past

    def word(self, i: int) -> str:
        return self.low[i] if 0 <= i < len(self.low) else ""

    # where --------------------------------------------------------------------------------------------------------

    def judge(self, first: int, last: int, event: bool | None) -> Status:
        k = self.clauses.group_at(first, last)
        if k >= 0:
            return self._front_part(k, first, last) or self.verb(k)
        near = self.noun(first, last)
        if near.word != "Asserted":
            return near
        if event is None:
            event = any(self.word(i) in _words("event-noun") for i in range(first, last))
        return self.governed(first, last, event)

    def _front_part(self, k: int, first: int, last: int) -> Status | None:
        """The status of a catenative itself ("Chile *seeks* to join"): what stands behind it does not matter; None for
        the head.
        """
        group = self.groups[k]
        if first <= group.head < last or not group.chain or first > group.head:
            return None
        here = {
            base for i in range(max(first, group.first), min(last, group.last)) for base, _ in verb_tags(self.word(i))
        }
        here |= {self.word(i) for i in range(first, last)}
        place = max((i for i, lemma in enumerate(group.chain) if lemma in here), default=-1)
        if place < 0:
            return None
        groups = list(self.groups)
        groups[k] = replace(group, chain=group.chain[:place], lemma=group.chain[place], perfect=False)
        return _Judge(
            replace(self.clauses, groups=tuple(groups)), self.sentence, self.mentions, self.reported_past
        ).verb(k)

    def verb(self, k: int, seen: frozenset[int] = frozenset()) -> Status:
        if k in seen:
            return Status()
        seen = seen | {k}
        group = self.groups[k]
        if (wanted := self._subjunctive(group)) is not None:
            return wanted
        own = self.own(group)
        if group.form == "finite" and "let" in self.low[max(0, group.first - 4):group.first] and self.word(group.first) == group.lemma and any(
                self.word(i) in ("us", "me") and self.word(i - 1) == "let" for i in range(group.first - 3, group.first)):
            return Status("Hypothetical", ("let",))  # "let us also finish the dam"
        if group.form == "finite":
            if own.word == "Denied" and self.clauses.opener_of(k) in CONDITIONS:
                return Status("Hypothetical", (self.clauses.opener_of(k),))
            return self.stronger(own, self.clause(k, own, seen))
        if own.word in ("Denied", "Hypothetical"):
            return own
        governor = self.governor_of(group, k)
        if group.form == "infinitive":
            return self.stronger(own, self.infinitive(group, governor, seen))
        if group.form == "gerund":
            return self.stronger(own, self.gerund(group, governor, seen))
        return own if own.word != "Asserted" else self.participle(group, governor, seen)

    def _subjunctive(self, group: VerbGroup) -> Status | None:
        """ "They demanded that the treaty *be signed*": wished, or settled for the future; None for any other verb."""
        if self.word(group.first) != "be" or group.voice != "passive" or group.modal or group.head == group.first:
            return None
        main = next((g for g in reversed(self.groups) if g.form == "finite" and g.last <= group.first), None)
        if main is None or "that" not in self.low[main.last:group.first]:
            return None
        return Status("Planned" if main.lemma in _SETTLING else "Hypothetical", (main.lemma, "be"))

    def governor_of(self, group: VerbGroup, k: int) -> int:
        segment = self.clauses.segment(group.first)
        before = [j for j in segment.groups if j != k and self.groups[j].last <= group.first]
        if before:
            return before[-1]
        return self.clauses.governor(group.first)

    def stronger(self, a: Status, b: Status) -> Status:
        if _ORDER[b.word] > _ORDER[a.word]:
            return Status(b.word, (*a.cues, *b.cues))
        return a

    # a verb group by itself -------------------------------------------------------------------------------------------

    def own(self, group: VerbGroup) -> Status:
        cues: list[str] = []
        word = "Asserted"
        table = _by_word("verb")
        for lemma in group.chain:
            found = table.get(lemma, "")
            if lemma in ("able", "likely") and (group.modal == "will" or group.tense == "future"):
                continue
            if lemma == "have" and group.tense == "past":
                continue
            if lemma == "arrange" and group.lemma == "coincide":
                continue  # "the visit was arranged to coincide with the opening"
            if found and _ORDER[found] > _ORDER[word]:
                word = found
                cues.append(lemma)
        denied = sum(lemma in _words("denied-verb") for lemma in group.chain)
        if (group.negated or self._never(group)) and self._really_negated(group):
            if denied:
                return Status("Asserted", ("not", *cues))  # "did not fail to"
            if self._until(group):
                return Status("Asserted" if group.tense == "past" or group.perfect else "Planned", (NOT_UNTIL,))
            return Status("Denied", ("not",))
        if denied:
            if "unlikely" in group.chain and self._until(group):
                return Status("Planned", (NOT_UNTIL,))
            return Status("Denied", tuple(cues))
        modal = group.modal
        if self._performs(group):
            return Status()
        if modal in ("will", "shall", "'ll") or group.tense == "future":
            if word == "Asserted":
                word = "Planned"
            cues.append(modal or "will")
        elif modal in ("would", "'d"):
            if group.lemma in _LIKING or (group.chain and group.chain[0] in _LIKING):
                word = "Hypothetical"
            elif word != "Hypothetical":
                future = not group.perfect and (self.future_in_past(group) or self._of_paper(group))
                word = "Planned" if future else "Hypothetical"
            cues.append(modal)
        elif modal == "should" and word == "Asserted" and self._scheduled(group):
            word = "Planned"
            cues.append(modal)
        elif modal in _HYPOTHETICAL_MODALS or modal == "need":
            word = "Hypothetical"
            cues.append(modal)
        now = group.form == "finite" and group.tense == "present" and not group.perfect
        if word == "Asserted" and now and (time := self._future_time(group)):
            return Status("Planned", (time,))
        if (
            word == "Asserted"
            and group.lemma in _LAID_DOWN
            and group.voice == "passive"
            and group.form == "finite"
            and (not group.perfect and (group.lemma != "prepare" or group.progressive))
        ):
            return Status("Planned", (group.lemma,))
        if word == "Asserted" and any(
            self.word(i) in _words("hypothetical-adverb") for i in range(group.first - 1, group.last)
        ):
            return Status("Hypothetical", ("perhaps",))
        return Status(word, tuple(cues))

    def _until(self, group: VerbGroup) -> bool:
        """Whether a day or year from which on it holds follows: "will not open before 2025", "was not opened until 1995"."""
        for i in range(group.last, min(group.last + 8, len(self.low))):
            word = self.word(i)
            if word in ("until", "till", "before"):
                return any(m.kind in ("date", "period") and m.first in (i, i + 1) and m.last > i + 1 for m in self.mentions)
            if not word[:1].isalnum() or word in closed.RELATIVES or word in closed.CONJUNCTIONS or (i > group.last and self.clauses.group_at(i, i + 1) >= 0):
                return False
        return False

    def _never(self, group: VerbGroup) -> bool:
        """Whether a negation stands among the adverbs in front ("never signed", "no longer buys")."""
        i = group.first - 1
        while i > 0 and closed.is_adverb(self.word(i)) and self.word(i) not in ("never", "not", "longer"):
            i -= 1
        word = self.word(i)
        return (word in ("never", "not") and not self._pseudo(i)) or (word == "longer" and self.word(i - 1) == "no")

    def _performs(self, group: VerbGroup) -> bool:
        """ "I would like to stress", "I would urge", "it must be said", "we can see": it is done by saying so."""
        if group.modal in ("would", "'d") and group.lemma in _PERFORMING and not group.chain and not group.perfect and self._before(group.first) in ("i", "we"):
            return not any(s.opener in CONDITIONS for s in self.clauses.segments)
        saying = group.lemma in saying_verbs() - {"propose", "recommend", "demand", "urge", "promise", "hope"} and self._speaks(group)
        if group.modal in ("would", "'d") and group.lemma == "like" and not group.chain:
            following = next(
                (g for g in self.groups if g.form == "infinitive" and 0 <= g.first - group.last <= 1), None
            )
            return following is not None and (
                (following.lemma in saying_verbs() - {"propose"} and self._speaks(following)) or following.lemma in _PERFORMED
            )
        if group.chain == ("like",) and group.modal in ("would", "'d"):
            return saying or group.lemma in _PERFORMED
        if group.modal in ("can", "must", "should") and not group.perfect and (not group.chain):
            return group.lemma in _SEEN
        return False

    def _speaks(self, group: VerbGroup) -> bool:
        """Whether a verb that may be one of saying is one: "to conclude by saying", not "to conclude an agreement"."""
        return group.lemma != "conclude" or self.word(group.last) in ("by", "with", "that", "here")

    def _before(self, i: int) -> str:
        """The word in front of a place, adverbs passed over."""
        i -= 1
        while i > 0 and closed.is_adverb(self.word(i)):
            i -= 1
        return self.word(i)

    def _really_negated(self, group: VerbGroup) -> bool:
        return not any(self._pseudo(i) for i in range(group.first, min(group.last + 2, len(self.low))))

    def _pseudo(self, i: int) -> bool:
        for cue in cues("status", "pseudo-negation"):
            if tuple(self.low[i : i + len(cue)]) == cue:
                # "it is no secret that" denies nothing, "there is no secret agreement" does
                return cue[0] != "no" or len(cue) != 2 or cue[1] not in _words("no-as-adjective") or not self._noun_behind(i + 2)
        return False

    def _noun_behind(self, i: int) -> bool:
        word = self.word(i)
        return word[:1].isalpha() and not (
            word in closed.PREPOSITIONS
            or word in closed.CONJUNCTIONS
            or word in closed.SUBORDINATORS
            or closed.is_adverb(word)
            or self.clauses.group_at(i, i + 1) >= 0
        )

    def future_in_past(self, group: VerbGroup) -> bool:
        if self.reported_past:
            return True
        for k, saying in self.sayings.items():
            said = self.groups[k]
            if (
                said.tense == "past"
                and said.last <= group.first
                and saying.name in ("say", "announce", "promise", "believe")
            ):
                return True
            if (
                said.tense == "past"
                and said.first >= group.last
                and not any(g.form == "finite" for g in self.groups if group.last <= g.first < said.first)
            ):  # "..., he confirmed"
                return True
        return any(
            g.form == "finite" and g.tense == "past" and g.last <= group.first and g.lemma in _SETTLING and not g.modal and not g.negated
            and "that" in self.low[g.last : g.last + 3] for g in self.groups
        )  # "it was decided that a port would be built"

    def _of_paper(self, group: VerbGroup) -> bool:
        """ "The treaty would open the border": an agreement or a project is subject, and no condition stands there."""
        if any(s.opener in CONDITIONS for s in self.clauses.segments):
            return False
        start = self.clauses.segment(group.first).first
        before = [
            m
            for m in self.mentions
            if start <= m.first and m.last <= group.first and m.kind in ("agreement", "project")
        ]
        return bool(before) and all(closed.is_adverb(self.word(i)) for i in range(before[-1].last, group.first))

    def _scheduled(self, group: VerbGroup) -> bool:
        """ "The line should be completed by December": a date follows, and it is no advice to "us" or "you"."""
        segment = self.clauses.segment(group.first)
        advised = any(self.word(i) in ("we", "you", "i", "one") for i in range(segment.first, group.first))
        return not group.perfect and not advised and any(
            m.kind in ("date", "period") and group.last <= m.first < segment.last for m in self.mentions)

    def _future_time(self, group: VerbGroup) -> str:
        if group.lemma in saying_verbs():
            return ""
        segment = self.clauses.segment(group.first)
        for i in range(segment.first, segment.last):
            for cue in cues("status", "future-time"):
                if tuple(self.low[i : i + len(cue)]) == cue:
                    return " ".join(cue)
        return ""

    # the clause and what it hangs on ------------------------------------------------------------------------

    def clause(self, k: int, own: Status, seen: frozenset[int]) -> Status:
        group = self.groups[k]
        opener = self.clauses.opener_of(k)
        if self._ahead(k, opener):
            return Status("Planned", (opener,))
        if opener in CONDITIONS and not self._pseudo(self.clauses.segment(group.first).first):
            return Status("Hypothetical", (opener,))
        negative = self._negative_subject(k)
        if negative:
            return Status("Denied", (negative,))
        after = self._after(group.last)
        if after.cues == ("on the agenda",) and group.tense == "past" and not group.perfect and not group.modal:
            after = Status()  # "trade was on the agenda": it was talked about
        if after.word != "Asserted" and group.lemma == "be":
            return after
        if (group.modal in ("will", "would") or group.tense == "future") and self._conditional_for(k):
            return Status("Hypothetical", ("if",))
        if denial := self._denied_report(k):
            return Status("Denied", (denial,))
        if doubt := self._doubted(k):
            return doubt
        parent = self._parent(k)
        if parent < 0 or (self.groups[parent].lemma in ("insist", "suggest") and group.tense == "past" and not group.modal):
            return Status()  # "insisted that it wanted talks" says so, "insisted that it leave" asks for it
        return self._under(parent, own, seen)

    def _denied_report(self, k: int) -> str:
        """The word by which a claim is denied that this clause tells, "" where none is.

        "Dismissed as false the report that ...", "reports that ... were denied", "called the claim that ... baseless".
        """
        place = self.clauses.opening(self.groups[k].first)
        segment = self.clauses.segments[place]
        while place > 0 and self.word(segment.first) != "that" and segment.opener in ("and", "or", ",", "(", ")"):
            place -= 1
            segment = self.clauses.segments[place]
        if self.word(segment.first) != "that":
            return ""
        told = self.word(segment.first - 1)
        if told not in REPORTS:  # "a report by Reuters that"
            told = next((self.word(i) for i in range(segment.first - 3, max(segment.first - 7, 0), -1)
                         if self.word(i) in REPORTS and self.word(i + 1) in ("by", "in", "from", "of", "on")), told)
        if told in UNTRUE:
            return told  # "it is untrue that"
        if told == "true" and self.word(segment.first - 2) == "not":
            return "not true"
        if told not in REPORTS:
            return ""
        for j, group in enumerate(self.groups):
            before = group.last <= segment.first and segment.first - group.last <= 8
            passive = group.first > self.groups[k].first and group.voice == "passive"
            if j != k and (before or passive) and group.lemma in _words("denying") and not group.negated:
                return group.lemma
        around = [self.word(i) for i in range(max(0, segment.first - 7), segment.first - 1)] + self.low[self.groups[k].last :]
        return next((w for w in around if w in UNTRUE - {"wrong", "incorrect"}), "")

    def _doubted(self, k: int) -> Status | None:
        """What the words before the "that" of this clause take from it, None where they leave it true."""
        segment = self.clauses.segments[self.clauses.opening(self.groups[k].first)]
        if self.word(segment.first) == "that" and (doubt := doubt_before(self.low, segment.first))[0]:
            return Status(doubt[0], (doubt[1],))
        supposed = self.word(0) in ("suppose", "supposing", "imagine", "assuming") and segment.first == (self.word(1) == "that")
        return Status("Hypothetical", (self.word(0),)) if supposed else None

    def _ahead(self, k: int, opener: str) -> bool:
        """Whether a clause of time in the present tense tells of what is to come: "once the pact is in force, trade will grow"."""
        group = self.groups[k]
        if opener not in ("once", "when", "until", "till", "before", "after", "as") or group.tense != "present" or group.modal:
            return False
        start = self.clauses.segment(group.first).first
        if opener == "once" and self.word(start + 1) in ("again", "more", "a", "every"):
            return False  # "once again we welcome you"
        if opener in ("until", "till") and self.word(start + 1) in ("now", "then", "recently", "lately", "today", "this"):
            return False  # "Until now Chad has bought its diesel from Togo"
        if opener == "as" and "as soon as" not in " ".join(self.low[max(0, start - 3) : start + 3]):
            return False
        if opener == "once" and group.perfect:
            return True  # "supplies will begin once the line has been completed"
        if opener in ("once", "until", "till"):
            return not any(g.form == "finite" and g.tense == "past" for j, g in enumerate(self.groups) if j != k)
        return any(
            g.form == "finite" and g.modal in ("will", "shall", "'ll") for j, g in enumerate(self.groups) if j != k and self.clauses.opener_of(j) != "that"
        )

    def _negative_subject(self, k: int) -> str:
        group = self.groups[k]
        segment = self.clauses.segment(group.first)
        start = max([segment.first, *(self.groups[j].last for j in segment.groups if j < k)])
        for i in range(start, group.first):
            word = self.word(i)
            if word in ("no", "neither", "nor", "nobody", "nothing", "none") and not self._pseudo(i):
                return word
        if self.word(group.last) in ("no", "nothing", "nobody") and not self._pseudo(group.last):
            return "no"
        if group.lemma in ("be", "have") and any(
            self.word(i) == "no" and not self._pseudo(i)
            for i in range(group.last, min(group.last + 3, len(self.low)))
            if all(closed.is_adverb(self.word(j)) for j in range(group.last, i))
        ):
            return "no"
        return ""

    def _conditional_for(self, k: int) -> bool:
        # "If A leaves, B will come": the condition stands in the same sentence, in an adjoining segment, not
        # behind "but" or ";".
        place = self.clauses.segment_index(self.groups[k].first)
        for step in (-1, 1):
            j = place + step
            while 0 <= j < len(self.clauses.segments):
                segment = self.clauses.segments[j]
                if segment.opener in ("if", "unless", "provided"):
                    return True
                barrier = self.clauses.segments[j + 1] if step < 0 else segment
                if barrier.opener in (";", ":", "but", "which", "who", "that", "so"):
                    break
                if abs(j - place) > 6:
                    break
                j += step
        return False

    def _parent(self, k: int) -> int:
        """The group whose complement this clause is, -1 where it is none."""
        group = self.groups[k]
        inside = [j for j in self.clauses.segment(group.first).groups if self.groups[j].last <= group.first]
        place = self.clauses.opening(group.first)
        segment = self.clauses.segments[place]
        if inside:
            last = self.groups[inside[-1]]
            if last.voice == "passive" and segment.opener in ("which", "that", "who", "whose"):
                return -1  # "the mill which was planned for Lamu has been dropped"
            return inside[-1] if inside[-1] in self.sayings or last.lemma in _by_word("verb") else -1
        if segment.opener == "that" or self.word(segment.first) == "that":
            for earlier in range(place - 1, -1, -1):
                found = self.clauses.segments[earlier].groups
                if found:
                    return found[-1] if self._complement(found[-1], segment.first) else -1
        return -1

    def _complement(self, parent: int, that: int) -> bool:
        """Whether "that" at this place opens what the verb says, and no relative clause."""
        before = that - 1
        while before >= 0 and (closed.is_adverb(self.word(before)) or self.word(before) in (",", '"', "”", "however")):
            before -= 1
        group = self.groups[parent]
        if group.lemma == "see" and self.low[that - 2:that] == ["to", "it"]:
            return True
        if (
            before < group.last
            or (self.word(before) in REPORTS and self.groups[parent].lemma in _words("denying"))
            or self.word(before) in _by_word("noun")
            or self.word(before) in _words("need-adjective") | {"claims", "sure", "confident", "convinced"}
        ):
            return True
        if group.lemma in _words("denying") and that - group.last < 6 and self.word(group.last) in ("on", "in", "at", "during", "to", "last", "this"):
            return True  # "denied on Friday that"
        saying = self.sayings.get(parent)
        if saying is None:
            return False
        if before < saying.last or saying.verb in ("tell", "inform", "assure", "warn", "remind", "advise"):
            return True
        return self.word(group.last) in closed.PREPOSITIONS and saying.name in ("say", "announce")

    def _under(self, parent: int, own: Status, seen: frozenset[int]) -> Status:
        group = self.groups[parent]
        between = self.low[group.last : group.last + 4]
        between = between[: between.index("that")] if "that" in between else between  # "noted that two-way trade": no way
        noun = next((w for w in between if w in _by_word("noun")), "")
        # "expressed hope that", "denied claims that", "there is a possibility that", "speculation that"
        status = _by_word("noun").get(noun, "")
        if status == "Hypothetical" and noun not in ("talks", "interest", "efforts", "effort", "initiative"):
            return Status("Hypothetical", (noun,))
        saying = self.sayings.get(parent)
        lemma = group.lemma
        if lemma == "see" and self.low[group.last:group.last + 2] == ["to", "it"]:
            return self.stronger(self.verb(parent, seen), Status("Planned", ("see to it",)))
        if lemma in ("deny", "refute", "disavow", "reject", "dismiss") and not group.negated:
            return Status("Denied", (lemma,))
        if lemma == "rule" and self.word(group.last) == "out":
            return Status("Hypothetical" if group.negated else "Denied", ("rule out",))
        if lemma in ("believe", "think", "expect", "imagine", "say", "claim") and (nobody := self._negative_subject(parent)) in (
            "nobody",
            "none",
            "no",
            "neither",
            "nor",
        ):
            return Status("Denied", (nobody, lemma))
        if lemma in ("fear", "doubt", "worry", "suspect") and own.word in ("Planned", "Asserted"):
            return Status("Hypothetical", (lemma,))
        if saying and saying.name == "believe" and group.negated and lemma in ("believe", "think", "expect"):
            return Status("Denied", ("not", lemma))
        if group.negated and lemma in _words("vouching") and own.word == "Planned":
            return Status("Hypothetical", ("not", lemma))  # "I cannot promise that it will be reopened"
        if lemma in _words("desiring") and not (
            lemma in ("suggest", "insist") and own.word == "Asserted" and self.groups[parent].tense == "present"
        ):
            return Status("Hypothetical", (lemma,))
        if lemma == "think" and own.word == "Planned":
            return Status("Hypothetical", ("think",))
        if own.word in ("Planned", "Asserted") and lemma in _words("foretelling"):
            return Status("Planned", (lemma,)) if own.word == "Planned" or lemma != "agree" else Status()
        if lemma == "be" and any(
            w in _words("need-adjective") - {"important", "better", "reasonable"} for w in between
        ):
            return Status("Hypothetical", tuple(w for w in between if w in _words("need-adjective")))
        return Status()

    # verbs that are not finite ------------------------------------------------------------------------------

    def infinitive(self, group: VerbGroup, governor: int, seen: frozenset[int]) -> Status:
        i = group.first - 1
        if group.lemma in _HONOURING and not _by_word("noun").get(self.word(i)):
            return self.verb(governor, seen) if governor >= 0 else Status()  # "To mark the anniversary, a concert was held"
        for k in range(max(1, i - 12), i + 1):
            # "one of the first countries to recognise Chad" did so, "the largest delegation ever to come" came
            if (self.word(k) in _NTH and self.word(k - 1) in ("the", "very", "only")) or (self.word(k) == "ever" and k == i):
                between = [g for g in self.groups if k < g.first < group.first]
                if not between and (i - k <= 5 or "," not in self.low[k:i]) and not _by_word("verb").get(self.word(i)):  # "the second plant, due to"
                    return self.verb(governor, seen) if governor >= 0 else Status()
        while i >= 0 and (closed.is_adverb(self.word(i)) or self.word(i) in ("order", "as", "so", "not")):
            i -= 1
        if self.word(i) in ("me", "us") and self.word(i - 1) == "for":
            i -= 2  # "it is an honour for us to welcome"
        i = self._head_noun(i, group.first)
        word = self.word(i)
        if word in _words("pleasure") and governor >= 0 and self.groups[governor].first < group.first:
            return self.verb(governor, seen)  # "it has been a great pleasure to receive"
        noun = _by_word("noun").get(word)
        if self.word(group.first - 1) == "yet" and word in ("has", "have", "had", "is", "are"):
            return Status("Denied", ("yet to",))
        if noun and word in _words("seized") and governor >= 0 and self.groups[governor].lemma in _words("seizing"):
            return self.verb(governor, seen)  # "took the opportunity to confer with Chad"
        if noun:
            denied = any(
                self.word(j) in ("no", "without", "any") and not self._pseudo(j) for j in range(max(0, i - 2), i)
            )
            if denied and self.word(i - 1) != "any":
                return Status("Denied", ("no", word))
            if noun == "Denied":
                return Status("Denied", (word,))
            if governor >= 0 and self.own(self.groups[governor]).word == "Denied":
                return Status("Denied", ("not", word))
            if noun != "Denied" and (dropped := self._dropped(i, group, governor)):
                return Status("Denied", (dropped, word))
            return Status(noun, (word,))
        if word in _words("need-adjective"):
            return Status("Planned" if word == "ready" else "Hypothetical", (word,))
        if word in _words("asked-in"):
            return Status("Hypothetical", (word,))
        adjective = _by_word("verb").get(word)
        if adjective and self.clauses.group_at(i, i + 1) < 0:
            return Status(adjective, (word,))
        if word in ("me", "us") and self.word(i - 1) in ("allow", "permit") and self.word(i - 2) in _UNBIDDEN:
            return Status()  # "Allow me to welcome": it is done by saying so
        if governor < 0:
            return Status("Planned" if self._agreed_above() else "Hypothetical", ("to",))
        main = self.groups[governor]
        if self._performs(main):
            return Status()
        if main.first > group.first:
            return Status("Hypothetical", ("to",))  # "To keep the peace, they met": the aim
        outer = self.verb(governor, seen)
        lemma = main.lemma
        object_between = main.last < group.first
        if lemma == "be" and main.tense == "past" and self.word(main.last) in PLACING and group.lemma in ATTENDING:
            return outer  # "was in Lima to chair the summit"
        if lemma in GOING and group.lemma in ATTENDING:  # "flew to Lima to sign", and who "flies to Lima to sign" has not signed yet
            return self.stronger(outer, Status("Planned", ("to",))) if main.tense == "present" and not (main.perfect or main.progressive) else outer
        if lemma in _MOVING and group.lemma in _ARRIVING:
            return outer  # "grew by 5 percent to reach $3 billion"
        if object_between and lemma in ("allow", "enable", "help", "permit", "let", "lead", "force", "cause"):
            return outer
        if lemma == "take" and object_between and main.tense == "past" and self.word(main.first - 1) == "it":
            return outer  # "it took eleven rounds to negotiate the pact"
        if lemma == "vote" and group.lemma in _words("voted"):
            return outer  # "parliament voted to ratify the treaty"
        if lemma in _words("hypothetical-verb") or lemma in ("call", "warn"):
            return self.stronger(outer, Status("Hypothetical", (lemma,)))
        if lemma in _words("denied-verb"):
            return Status("Denied", (lemma,))
        if lemma in _words("planned-verb"):
            return self.stronger(outer, Status("Planned", (lemma,)))
        if lemma in _words("factual-verb") and (not object_between or lemma == "use" or self.word(main.last) == "by"):
            return outer  # "was used by Eni to build", "used the loan to build"
        if any(self.word(j) in _by_word("noun") for j in range(main.last, group.first)):
            near = next(
                self.word(j) for j in range(group.first - 1, main.last - 1, -1) if self.word(j) in _by_word("noun")
            )
            return self.stronger(outer, Status(_by_word("noun")[near], (near,)))
        return self.stronger(outer, Status("Planned", ("to",)))

    def _dropped(self, i: int, group: VerbGroup, governor: int) -> str:
        """The verb by which what a noun planned comes to nothing: "dropped a plan to buy", "its bid to buy was rejected"."""
        main = self.groups[governor] if governor >= 0 else None
        if main is not None and main.voice == "active" and 0 < i - main.last + 1 <= 5 and main.lemma in _words("dropping"):
            return main.lemma
        later = next((g for g in self.groups if g.first > group.first and g.form == "finite"), None)
        if later is not None and later.voice == "passive" and later.lemma in _words("dropping") and (main is None or main.last > group.first) and not any(
                self.word(k) in (",", ";", "that", "which", "and") for k in range(group.last, later.first)):
            return later.lemma
        return ""

    def _agreed_above(self) -> bool:
        """Whether it is an item of a list of what was settled: "The ministers agreed:", "decided on the following steps:"."""
        if self.sentence.kind != "item" or not self.sentence.heading:
            return False
        lead = [w for w in re.findall(r"[a-z]+", self.sentence.heading.lower())[-9:] if w not in _words("settled-what")]
        return bool(lead) and lead[-1] in _words("settled-above") and not {"not", "if", "yet"}.intersection(lead[-4:])

    def _head_noun(self, i: int, stop: int) -> int:
        """The place of the noun that "to" belongs to, over what stands between: "moves *by* Chad to", "a deal
        *between* A and B to".
        """
        if self.word(i) in _by_word("noun"):
            return i
        for j in range(i, max(-1, i - 9), -1):
            word = self.word(j)
            if word in (",", ";", ":", ".") or self.clauses.group_at(j, j + 1) >= 0:
                return i
            if word in ("by", "of", "between", "with", "from", "for") and self.word(j - 1) in _by_word("noun"):
                return j - 1
        return i

    def gerund(self, group: VerbGroup, governor: int, seen: frozenset[int]) -> Status:
        before = self.word(group.first - 1)
        for k in range(group.first - 1, max(group.first - 16, 0), -1):  # "the possibility of Eni and Shell setting up a venture"
            if self.word(k) in (",", ";", ":") or self.clauses.group_at(k, k + 1) >= 0:
                break
            if self.word(k) == "of" and self.word(k - 1) in _THOUGHT_OF:
                return self._noun_before(k)
        if before == "of" and self.word(group.first - 2) in _words("pleasure") and governor >= 0:
            return self.verb(governor, seen)  # "I had the honour of presenting my credentials"
        if before in ("without",) or (before == "of" and self.word(group.first - 2) == "instead"):
            return Status("Denied", (before,))
        if before in _NOUN_LINKS:
            noun = self._noun_before(group.first - 1)
            if noun.word != "Asserted" and noun.word != "Denied" and governor >= 0 and self.groups[governor].last < group.first and (
                    self.groups[governor].lemma in ("have", "be", "deny", "harbour", "harbor") and (outer := self.verb(governor, seen)).word == "Denied"):
                return outer  # "denied that it had any intention of sending troops"
            if noun.word != "Asserted":
                return noun
        if before in ("in", "on", "to") and self.word(group.first - 2) in ("interested", "keen", "committed", "intent"):
            cue = self.word(group.first - 2)
            return Status(_by_word("verb").get(cue, "Planned"), (cue,))  # "interested in extending"
        if before == "in" and (self.word(group.first - 2) == "interest" or any(
                self.word(k) == "interest" and self.word(k + 1) == "of" and all(self.clauses.group_at(i, i + 1) < 0 for i in range(k, group.first))
                for k in range(group.first - 3, max(group.first - 9, 0), -1))):
            return Status("Hypothetical", ("interest",))  # "interest in building", "the interest of firms in building"
        if before == "on" and self.word(group.first - 2) in ("and", ",", "or"):
            row = next((j for j in range(len(self.groups) - 1, -1, -1) if self.groups[j].form == "gerund" and self.groups[j].last < group.first
                        and self.word(self.groups[j].first - 1) == "on"), -1)
            if row >= 0 and row not in seen:
                return self.verb(row, seen)  # "deals on building A, on modernising B"
        if before in ("on", "for") and self.word(group.first - 2) in _ACCORDS:
            return Status("Planned", (self.word(group.first - 2),))  # "an agreement on building a dam"
        if governor < 0:
            return Status()
        main = self.groups[governor]
        if before == "on" and main.last == group.first - 1 and main.lemma in _STRUCK and any(
                self.word(i) in _ACCORDS for i in range(max(0, main.first - 6), main.first)):
            return Status("Planned", (main.lemma,))  # "agreement was reached on building a dam"
        if before == "in" and _by_word("verb").get(main.lemma) == "Planned" and main.last < group.first and any(
                self.word(i) in _PART_IN for i in range(main.last, group.first)):
            return Status("Planned", (main.lemma,))  # "envisages the involvement of firms in developing the fields"
        outer = self.verb(governor, seen)
        if before in ("about", "against") and main.last == group.first - 1 and main.lemma in _words("undecided"):
            return self.stronger(outer, Status("Hypothetical", (main.lemma,)))  # "warned against signing", "spoke about opening"
        if before == "for" and main.last in (group.first - 1, group.first) and main.lemma in _words("calling-for"):
            return self.stronger(outer, Status("Hypothetical", (main.lemma,)))  # "called for signing the treaty"
        if before in ("after", "since", "by", "upon", "following"):
            return Status() if before != "by" else outer
        if main.last <= group.first and group.first - main.last <= 3:
            if main.last >= group.first - 1 and (status := _by_word("verb").get(f"{main.lemma} {before}")):
                return self.stronger(outer, Status(status, (main.lemma, before)))  # "is looking at opening an embassy"
            status = _by_word("verb").get(main.lemma) if (main.lemma, before) != ("set", "about") else None
            if status and (before in ("on", "about", "for", "from", "of") or group.first == main.last):
                return self.stronger(outer, Status(status, (main.lemma,)))
        return outer

    def participle(self, group: VerbGroup, governor: int, seen: frozenset[int]) -> Status:
        if governor >= 0 and self.groups[governor].lemma in ("have", "get", "see") and 1 < group.first - self.groups[governor].last <= 10 and not any(
                self.word(i) in (",", ";", "that", "which", "who") for i in range(self.groups[governor].last, group.first)):
            return self.verb(governor, seen)  # "promised to have the treaty ratified", "hopes to see it signed"
        if self.word(group.first) == "be" and self.clauses.segment(group.first).opener in CONDITIONS:
            return Status("Hypothetical", ("if",))  # "Should the deal be signed, ..."
        # "the treaty signed in May": done. "construction planned for May": not yet.
        if group.lemma in ("plan", "schedule", "envisage", "expect", "project", "intend"):
            return Status("Planned", (group.lemma,))
        if status := _by_word("adjective").get(self.word(group.first - 1)):
            return Status(status, (self.word(group.first - 1),))  # "the planned joined development"
        return Status()

    # nouns --------------------------------------------------------------------------------------------------

    def noun(self, first: int, last: int) -> Status:
        """What stands at the noun itself: adjectives in front, a noun of intent before, "in the pipeline" behind."""
        start = self._phrase_start(first)
        table = _by_word("adjective")
        for i in range(start, last):
            word = self.word(i)
            if (
                word in table
                and self.word(i - 1) not in ("most",)
                and not (word in ("next", "coming", "future", "agreed") and i >= first)
            ):
                return Status(table[word], (word,))
            if word in ("no",) and not self._pseudo(i) and i < first:
                return Status("Denied", (word,))
        before = self.word(start - 1)
        aside = start - 1 - (before in ("itself", "themselves", "yet"))
        if self.word(aside) == "not" and self.word(aside - 1) == "," and not self._pseudo(aside):
            return Status("Denied", ("not",))  # "Norway, not itself a member of the EU"
        figure = any(self.word(i)[:1].isdigit() or self.word(i) in ("million", "thousand") for i in range(start, last))
        if (before == "without" and not figure) or (before == "of" and self.word(start - 2) in ("instead", "lieu")):
            return Status("Denied", (before,))  # "without a million Ukrainians": they are there
        if before == "of" and self.word(start - 2) in ("ahead", "eve") and any(self.word(i) in _words("event-noun") for i in range(first, last)):
            return Status("Planned", (self.word(start - 2), "of"))
        if before in _NOUN_LINKS:
            status = self._noun_before(start - 1)
            talked = status.cues[-1:] in (("discussion",), ("discussions",), ("talks",))
            happens = any(self.word(i) in _words("event-noun") for i in range(first, last))
            if status.word != "Asserted" and (happens or not talked):
                return status
        if before == "of" and self.word(start - 2) in ("favour", "favor", "need"):
            return Status("Hypothetical", (self.word(start - 2),))
        if any(self.word(i) in _words("event-noun") for i in range(first, last)) and (talk := talked_of(self.low, start - 1, self._verbal)):
            return Status("Hypothetical", (talk,))
        if before == "of" and self.word(start - 2) in _words("event-noun") and (talk := talked_of(self.low, self._phrase_start(start - 2) - 1, self._verbal)):
            return Status("Hypothetical", (talk,))  # "talks on the acquisition of | a stake"
        if before == "in" and self.word(start - 2) == "interest" and any(self.word(i) in _words("event-noun") for i in range(first, last)):
            return Status("Hypothetical", ("interest",))
        k = self.clauses.governor(first)
        if k >= 0 and self.groups[k].lemma == "be" and self.groups[k].first >= last:
            return self._after(self.groups[k].last)
        return Status()

    def _verbal(self, i: int) -> bool:
        return self.clauses.group_at(i, i + 1) >= 0

    def _phrase_start(self, first: int) -> int:
        if self.word(first) == "under":
            return first  # "without a visa | under an agreement"
        i = first
        while i > 0:
            word = self.word(i - 1)
            if (
                word in closed.PUNCTUATION - {"'", "-"}
                or word in closed.PREPOSITIONS
                or word in closed.CONJUNCTIONS - {"and"}
                or word in closed.RELATIVES
                or (self.clauses.group_at(i - 1, i) >= 0 and not (word.endswith("ed") and self.word(i - 2) in _by_word("adjective")))
                or first - i > 8
            ):
                break
            if word == "and":
                break
            i -= 1
        return i

    def _noun_before(self, link: int) -> Status:
        """The status that a noun before a preposition gives ("plans for", "possibility of"), over lists joined by
        "and".
        """
        i = link - 1
        table = _by_word("noun")
        adjectives = 0
        while i >= 0 and adjectives < 3 and (closed.is_adverb(self.word(i))):
            i -= 1
            adjectives += 1
        word = self.word(i)
        status = table.get(word)
        if status is None or (self.clauses.group_at(i, i + 1) >= 0 and word not in table):
            return Status()
        preposition = self.word(link)
        if preposition == "to":
            return Status()
        if word in ("goal", "goals") and (preposition in ("at", "in", "against") or self.word(i - 1).isdigit()):
            return Status()  # "nine goals at the World Cup"
        if word in _words("of-and-on") and preposition != "to":
            aimed = word in _words("set-oneself") and any(self.word(j) in ("set", "sets", "setting") for j in range(max(0, i - 4), i))
            return Status("Planned", (word,)) if aimed else Status()  # "set themselves the goal of raising trade"
        if any(self.word(j) == "no" and not self._pseudo(j) for j in range(max(0, i - 2), i)):
            return Status("Denied", ("no", word))
        return Status(status, (word,))

    def _after(self, i: int) -> Status:
        while i < len(self.low) and closed.is_adverb(self.word(i)) and self.word(i) not in ("not", "just"):
            i += 1
        for name, status in (
            ("planned-after", "Planned"),
            ("hypothetical-after", "Hypothetical"),
            ("denied-after", "Denied"),
        ):
            for cue in cues("status", name):
                if tuple(self.low[i : i + len(cue)]) == cue:
                    return Status(status, (" ".join(cue),))
        return Status()

    def _under_gerund(self, first: int, last: int) -> Status:
        """ "The idea of *building up ties* is gaining ground": what the -ing form in front says of a noun of working together."""
        if not any(self.word(i) in _PROCESSES for i in range(first, last)):
            return Status()
        for group in self.groups:
            near = group.form == "gerund" and group.last <= first and first - group.last <= 4
            if near and not any(self.word(i) in (",", ";", "and") for i in range(group.last, first)):
                status = self.gerund(group, -1, frozenset())
                return status if status.word in ("Planned", "Hypothetical") else Status()
        return Status()

    def _is_backed(self, group: VerbGroup, first: int, last: int) -> bool:
        """Whether the verb, or the noun of it in front, says that somebody backs or seeks what a noun of joining names: it is not yet so."""
        if not any(self.word(i) in _words("joining-noun") for i in range(first, last + 2)):  # "Serbia | 's accession"
            return False
        if any(len(word) == 4 and word.isdigit() for word in self.low[last : last + 12]):
            return False  # "had backed Peru's accession to the bloc, which took place in 2007"
        near = self.low[group.last:first]
        return (group.lemma in _words("backing") and len(near) <= 6) or any(word in _words("backing-noun") for word in near)

    def _asked_for(self, group: VerbGroup, first: int, last: int) -> Status:
        """What the verb makes of an act named by a noun as its object ("favours the reopening of"): wished, settled for later, or as it is."""
        start = self._phrase_start(first)
        if self.word(start - 1) == "of" and self.word(start - 2) in _words("act-noun"):
            start = self._phrase_start(start - 2)  # "is considering a loan of | 9 million euros"
        acts = [i for i in range(start, min(first + 4, last)) if self.word(i) in _words("act-noun") | _words("event-noun")]
        link = self.low[group.last:start]
        if (
            not acts
            or len(link) > 5
            or any(
                not word[:1].isalpha() or word == "and" or (k > 1 and word in closed.PREPOSITIONS - {"for"}) for k, word in enumerate(link)
            )
        ):
            return Status()
        phrases = {" ".join((group.lemma, *link[:n])) for n in range(3)} | {f"{group.lemma} {word}" for word in link[-1:] if word == "for"}
        if phrases & _words("settling-on"):
            return Status("Planned", (group.lemma,))
        if not phrases & _words("asking-for"):
            return Status()
        helped = phrases & _words("backing") and any(self.word(i) in _words("helping-by") for i in range(acts[0], len(self.low)))
        return Status() if helped else Status("Hypothetical", (group.lemma,))

    def governed(self, first: int, last: int, event: bool) -> Status:
        """What the verb of the clause says of a noun in it."""
        if any(g.lemma in _words("harming") and 0 <= first - g.last <= 4 for g in self.groups):
            return Status()  # "not interested in disrupting the cooperation": it is there
        fronted = self._under_gerund(first, last)
        if fronted.word != "Asserted":
            return fronted
        k = self.clauses.governor(first, frozenset(self.sayings))
        if k < 0:
            return Status()
        group = self.groups[k]
        own = self.verb(k)
        behind = group.last <= first
        same = first < self.clauses.segment(group.first).last
        inner = next(
            (
                g
                for g in reversed(self.groups)
                if g.form != "finite"
                and group.last <= g.first
                and g.last <= first
                and first - g.last <= 12
                and not any(self.word(i) in (",", ";") for i in range(g.last, first))
            ),
            None,
        )
        if inner is not None and behind:
            index = self.groups.index(inner)
            if inner.form != "participle":
                own = self.verb(index)
                group = inner
        if own.word == "Denied" and (event or group.lemma in _BE | _GIVING) and behind:
            return own if same else Status()
        if group.lemma in _BE and behind and same:
            return own
        if not event and self._is_backed(group, first, last) and behind and same and own.word == "Asserted":
            return Status("Hypothetical", (group.lemma,))  # "supports Serbia's accession to the union"
        if behind and same and own.word == "Asserted" and (asked := self._asked_for(group, first, last)).word != "Asserted":
            return asked
        if not event:
            process = any(self.word(i) in _PROCESSES for i in range(first, last))
            if process and behind and same and own.word == "Asserted" and first - group.last <= 6 and _words("weighing") & {
                    f"{group.lemma} {self.word(group.last)}", f"{group.lemma} {self.word(group.last)} {self.word(group.last + 1)}"}:
                return Status("Hypothetical", (group.lemma,))  # "look forward to closer cooperation in space"
            if process and behind and same and own.word in ("Planned", "Hypothetical") and first - group.last <= 12:
                return own
            if (
                behind
                and same
                and own.word == "Asserted"
                and first - group.last <= 4
                and _FORECASTING & {group.lemma, f"{group.lemma} {self.word(group.last)}"}
                and group.voice == "active"
                and not {"from", "to", "with", "on"}.intersection(self.low[group.last : first])
            ):
                return Status("Planned", (group.lemma,))  # "forecasts exports of $3 billion", "aims for trade of $5 billion"
            return Status()
        if not behind and own.word == "Asserted" and group.voice == "passive" and same and (
                group.lemma in _words("weighing") - {"need", "want", "examine", "study"} or f"{group.lemma} {self.word(group.last)}" in _words("asking-for")):
            return Status("Hypothetical", (group.lemma,))  # "renewal of the treaty is being discussed"
        if behind and own.word == "Asserted" and any(self.word(i) in ("during", "after", "following", "at") for i in range(group.last, first)):
            return own  # "was agreed during his visit": the visit is not what was agreed
        if behind and own.word == "Asserted":
            status = _by_word("verb").get(group.lemma)
            near = first - group.last <= 5
            if near and _words("weighing") & {
                group.lemma,
                f"{group.lemma} {self.word(group.last)}",
                f"{group.lemma} {self.word(group.last)} {self.word(group.last + 1)}",
            }:
                return Status("Hypothetical", (group.lemma,))
            if (status == "Planned" or _words("putting-off") & {group.lemma, f"{group.lemma} {self.word(group.last)}"}) and (
                    _words("arranging") & {group.lemma, f"{group.lemma} {self.word(group.last)}"}):
                return Status("Planned", (group.lemma,))
            if status == "Denied" and group.lemma in ("refuse", "reject", "cancel", "abandon", "deny", "rule"):
                return Status("Denied", (group.lemma,))
            return own
        return own
