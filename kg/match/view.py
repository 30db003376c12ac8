"""A sentence as rules see it: words, mentions by place, verb groups, noun phrases, ends of clauses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from kg.match.asides import SENTENCE_END, verb_behind_aside
from kg.match.types import fits
from kg.match.words import words
from kg.model import Mention, Sentence, Token
from kg.words import VerbGroup, find_verb_groups, noun_phrases
from kg.words.closed import BE, CONJUNCTIONS, DASHES, DETERMINERS, PREPOSITIONS, READY, RELATIVES, WEEKDAYS, is_adverb
from kg.words.phrases import NounPhrase
from kg.words.verbs import also_noun, verb_tags

_ADVERBIALS = frozenset(
    {
        ("in", "detail"),
        ("in", "depth"),
        ("at", "length"),
        ("in", "particular"),
        ("in", "principle"),
        ("in", "full"),
        ("in", "fact"),
        ("in", "turn"),
        ("of", "course"),
        ("for", "example"),
        ("for", "instance"),
        ("in", "person"),
        ("in", "private"),
        ("between", "them"),
        ("among", "them"),
    }
)
# What "the government plans", "the company exports" begin with: a doubtful form behind them is a verb.
_REFERRED = frozenset({"pair", "state", "person", "organisation", "company"})
_BEHIND_NOUNS = frozenset({"in", "of", "for", "to", "from", "at", "between"})  # "consumer prices in Egypt": no verb
_TITLED = frozenset({"agreement", "event", "project"})
_CLAUSE_OPENERS = frozenset("but while whereas although though because so if unless".split())


def noun_places(sentence: Sentence, mentions: Sequence[Mention]) -> tuple[frozenset[int], frozenset[int]]:
    """The tokens that are no verbs since a name or value holds them, and those that are adjectives made of names."""
    no_verbs = ("sector", "indicator", "office", "pronoun")
    nominal = {i for m in mentions if m.kind not in no_verbs and m.form in ("name", "metonym", "people", "description")
               for i in range(m.first, m.last)} | {m.last - 1 for m in mentions if m.kind in _REFERRED and m.form == "reference"}
    nominal |= {
        i
        for m in mentions
        if m.kind == "indicator"
        and m.last - m.first > 1
        and m.last < len(sentence.tokens)
        and sentence.tokens[m.last].lower in _BEHIND_NOUNS
        for i in range(m.first, m.last)
    }
    nominal |= {m.first for m in mentions if m.kind == "sector" and m.last - m.first == 1 and _names_field(sentence.tokens, m.first)}
    adjectival = frozenset(m.last - 1 for m in mentions if m.form == "adjective")
    return frozenset(nominal - adjectival), adjectival


def _names_field(tokens: Sequence[Token], i: int) -> bool:
    """Whether an -ing form that is a sector's name ("mining", "banking") stands as a noun: a list, the clause or "sector" goes on behind it."""
    if not tokens[i].lower.endswith("ing"):
        return False
    behind = tokens[i + 1].lower if i + 1 < len(tokens) else "."
    if i > 1 and tokens[i - 1].lower in ("is", "are", "was", "were", "been"):
        beyond = tokens[i + 2].lower if behind == "," and i + 2 < len(tokens) else behind
        if beyond in PREPOSITIONS and beyond != "of":
            return False  # "the ships which Peru is building for Chile", "is building, with a loan, a port"
    return behind in CONJUNCTIONS or behind in PREPOSITIONS or not behind[:1].isalnum() or behind.startswith(
        ("sector", "industr", "field", "sphere", "area", "cooperation", "compan"))


# What may stand in front of an apposition, what it begins with, and what ends it.
_STILL_BEFORE = words("view", "still-before")
_MOMENTS = words("view", "moments")
_ACTING = frozenset({"state", "organisation", "company", "institution", "person"})
_AHEAD = 30  # tokens between the first of those who act and the verb
_EXPLAINING = frozenset("a an another her his its one our the".split())
_APPOSED_UP_TO = RELATIVES | DASHES | frozenset({",", ";", ".", ")", ":"})
_NO_NOUNS = (PREPOSITIONS | {",", ".", ";", ":", "(", ")", "and", "or"}) - {"of"}


class SentenceView:
    """All that patterns ask of one sentence. Token indices everywhere, last exclusive."""

    def __init__(self, sentence: Sentence, mentions: Sequence[Mention], text: str, groups: tuple[VerbGroup, ...] | None = None) -> None:
        self.sentence = sentence
        self._text = text
        self.tokens: tuple[Token, ...] = sentence.tokens
        self.words = [token.lower for token in sentence.tokens]
        self.mentions = tuple(mentions)
        self._holds: dict[str, bool] = {}
        self.by_first: dict[int, list[Mention]] = {}
        for mention in sorted(mentions, key=lambda m: (m.first, -m.last)):
            self.by_first.setdefault(mention.first, []).append(mention)
        self.solid = [(m.first, m.last) for m in mentions
                      if m.last - m.first > 1 and m.kind not in ("sector", "indicator", "pronoun")]
        tight = (k for k in range(1, len(self.tokens) - 1) if self.tokens[k].text == "–" and self.tokens[k - 1].end == self.tokens[k].start
                 and self.tokens[k].end == self.tokens[k + 1].start and self.tokens[k + 1].text[:1].isupper())
        self.within = frozenset(
            (*(i for first, last in self.solid for i in range(first + 1, last - (self.words[last - 1] not in ("”", "»", '"')))), *tight)
        )  # tokens inside a name or value
        self.groups: tuple[VerbGroup, ...] = find_verb_groups(sentence.tokens, *noun_places(sentence, mentions)) if groups is None else groups
        self.group_at = {group.first: index for index, group in enumerate(self.groups)}
        self.phrases: tuple[NounPhrase, ...] = noun_phrases(self.tokens, self.groups, self.solid, [*self._begun()])
        self._behind_names = {m.last for m in mentions if m.kind in ("state", "person", "organisation", "company") and m.form != "adjective"}
        self.fitting: dict[tuple[str, int], tuple[Mention, ...]] = {}  # mentions by slot type and place, as they are asked for
        self.places_of: dict[str, int] = {}  # the places of `fitting` by slot type, a bit for each token
        self._fronts: dict[int, list[VerbGroup]] = {}
        self._skips: dict[int, list[int]] = {}
        self.in_group = [-1] * len(self.tokens)
        for index, group in enumerate(self.groups):
            for i in range(group.first, group.last):
                self.in_group[i] = index

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The lower-case words of the sentence."""
        return frozenset(("in", "to", *self.words)) if self.there else frozenset(self.words)

    @cached_property
    def there(self) -> frozenset[int]:
        """Where "there" stands for a place that is known: it is read as "in" or "to" with that place."""
        return frozenset(m.first for m in self.mentions if m.head == "there" and m.entities and self.word(m.first - 1) not in PREPOSITIONS)

    @cached_property
    def places(self) -> dict[str, int]:
        """Where each lower-case word stands, a bit for each token."""
        found: dict[str, int] = {}
        for i, word in enumerate(self.words):
            found[word] = found.get(word, 0) | 1 << i
        for i in self.there:
            for word in ("in", "to"):
                found[word] = found.get(word, 0) | 1 << i
        return found

    @cached_property
    def nominal(self) -> tuple[int, ...]:
        """The tokens at which a name or a noun phrase may begin: no verbs, prepositions, stops."""
        return tuple(i for i, word in enumerate(self.words) if i in self.by_first or not (self.in_group[i] >= 0 or word in _NO_NOUNS))

    @cached_property
    def said(self) -> tuple[int, ...]:
        """The tokens that are words or numbers, no signs."""
        return tuple(i for i, word in enumerate(self.words) if word[:1].isalnum())

    @cached_property
    def skipping(self) -> tuple[tuple[int, int], ...]:
        """The tokens behind which `skip_positions` has more places, with those, a bit for each."""
        more = ((i, self.skip_positions(i)[1:]) for i in range(len(self.words)))
        return tuple((i, sum(1 << at for at in behind)) for i, behind in more if behind)

    @cached_property
    def titled(self) -> frozenset[int]:
        """The tokens inside the names of agreements, events, projects: what says "between ..." there tells nothing of the verb."""
        return frozenset(i for m in self.mentions if m.kind in _TITLED and (m.entities or m.form == "name") for i in range(m.first + 1, m.last))

    @cached_property
    def lemmas(self) -> frozenset[str]:
        """The base forms of all verbs of the sentence, those in front of a group's head among them."""
        return (
            frozenset({"be"} if self.appositions else ())
            .union(group.lemma for group in self.groups)
            .union(*({front.lemma for front in self.fronts(k)} for k in range(len(self.groups))))
        )

    def holds(self, kind: str) -> bool:
        """Whether any mention fits a slot of this type."""
        found = self._holds.get(kind)
        if found is None:
            found = self._holds[kind] = any(fits(mention, kind) for mention in self.mentions)
        return found

    def __len__(self) -> int:
        return len(self.tokens)

    def fronts(self, index: int) -> list[VerbGroup]:
        """The verbs in front of a group's head, found once."""
        found = self._fronts.get(index)
        if found is None:
            found = self._fronts[index] = self._find_fronts(index)
        return found

    def _find_fronts(self, index: int) -> list[VerbGroup]:
        """The verbs in front of a group's head as groups of their own: "is seeking" of "is seeking to join", "is" of "is ready to join", "is opposed"."""
        group = self.groups[index]
        out: list[VerbGroup] = []
        i = group.first
        for place, lemma in enumerate(group.chain):
            at = next((k for k in range(i, group.head) if self.words[k] == lemma or lemma in {base for base, _ in verb_tags(self.words[k])}), -1)
            if at < 0:
                continue
            be = at - 1
            while be > group.first and is_adverb(self.words[be]):
                be -= 1
            linked = be >= group.first and self.words[be] in BE | {"'s"}
            if lemma in READY and linked:
                out.append(replace(group, last=be + 1, head=be, lemma="be", chain=group.chain[:place], voice="active"))
            elif lemma not in READY or not linked:
                passive = linked and any(tag == "pp" for _, tag in verb_tags(self.words[at]))
                out.append(replace(group, last=at + 1, head=at, lemma=lemma, chain=group.chain[:place], voice="passive" if passive else "active"))
            i = at + 1
        if group.voice == "passive" and group.form != "participle":
            be = group.head - 1
            while be > group.first and is_adverb(self.words[be]):
                be -= 1
            if self.words[be] in BE | {"'s"}:
                out.append(replace(group, last=be + 1, head=be, lemma="be", voice="active"))
        return out

    def word(self, i: int) -> str:
        """The lower-case word at i, "" outside the sentence."""
        return self.words[i] if 0 <= i < len(self.words) else ""

    def skip_positions(self, i: int) -> list[int]:
        """i and the places after what may always stand between two elements: adverbs, brackets, quotation marks."""
        found = self._skips.get(i)
        if found is None:
            found = self._skips[i] = self._find_skips(i)
        return found

    def _find_skips(self, i: int) -> list[int]:
        second = self._second_verb(i)  # "the pact, which | expired", "Chile is poor and | recalled its envoy"
        out = [i, second] if second else [i]
        for _ in range(3):
            word = self.word(i)
            if word == "(" or word == "[":
                closing = ")" if word == "(" else "]"
                j = next((k for k in range(i + 1, min(i + 25, len(self.words))) if self.words[k] == closing), -1)
                if j < 0:
                    break
                i = j + 1
            elif word in ('"', "“", "”", "'", "‘", "’", "[", "]", "«", "»") or (is_adverb(word) and self.word(i + 1) != "-"):
                i += 1
            elif word == "," and is_adverb(self.word(i + 1)) and self.word(i + 2) == ",":
                i += 3
            elif (day := self._day_behind_verb(i)) > i:
                i = day  # "arrived Friday in", "met on Tuesday with"
            elif (verb := verb_behind_aside(self, i)) > i:
                i = verb  # "Kenya, as expected, | broke with"
            elif word == "," and self.word(i + 1) == "in" and self.word(i + 2) in ("turn", "particular", "fact") and self.word(i + 3) == ",":
                i += 4
            elif (word, self.word(i + 1)) in _ADVERBIALS:
                i += 2
            else:
                break
            out.append(i)
        return out

    def begins_finite(self, i: int) -> bool:
        """Whether a finite verb group begins at a token."""
        at = self.group_at.get(i, -1)
        return at >= 0 and self.groups[at].form == "finite"

    def _second_verb(self, i: int) -> int:
        """The finite verb that shares the subject which ends at i: in a relative clause, or behind another verb and "and"; 0 where none does."""
        relative = i + (self.word(i) == ",")
        if self.word(relative) in ("which", "who", "that") and self.begins_finite(relative + 1) and i and self.in_group[i - 1] < 0:
            return relative + 1
        if not self.begins_finite(i) or i == 0:
            return 0
        for k in range(self.groups[self.group_at[i]].last, min(i + 16, len(self.words) - 1)):
            word = self.words[k]
            if word in ("and", "but") and self.begins_finite(k + 1):
                return k + 1
            if word in SENTENCE_END or word == "," or word in RELATIVES or (self.in_group[k] >= 0 and self.groups[self.in_group[k]].form == "finite"):
                return 0
        return 0

    def _day_behind_verb(self, i: int) -> int:
        """The token behind a weekday or "last week" that stands right behind a verb and in front of a preposition; i where none does."""
        if i < 1 or self.in_group[i - 1] < 0:
            return i
        k = i + (self.word(i) == "on")
        if self.word(k) in WEEKDAYS:
            k += 1
        elif self.word(i) in ("this", "last", "earlier") and self.word(i + 1) in ("week", "month", "year", "morning", "evening", "weekend"):
            k = i + 2
        elif (self.word(i), self.word(i + 1), self.word(i + 2)) in (("earlier", "this", "week"), ("earlier", "this", "month"), ("earlier", "this", "year")):
            k = i + 3
        else:
            return i
        return k if self.word(k) in PREPOSITIONS else i

    def _adjoined(self, i: int) -> bool:
        """Whether a token ends a gerund that a comma parts from the clause to which it belongs: ", rejecting"."""
        group = self.groups[self.in_group[i]] if self.in_group[i] >= 0 else None
        return group is not None and group.form == "gerund" and group.last == i + 1 and self.words[group.first - 1] == ","

    def clause_end(self, i: int) -> int:
        """Where the clause that goes on at i ends: before a full stop, semicolon, dash, closing quote, relative or new clause."""
        depth = 0
        n = len(self.words)
        k = i
        while k < n:
            word = self.words[k]
            if word in ("(", "["):
                depth += 1
            elif word in (")", "]"):
                if depth == 0:
                    return k
                depth -= 1
            elif depth == 0:
                if (word in SENTENCE_END and k not in self.within and not (word == ";" and self._only_listed(k + 1))) or (
                    word in (".", "!", "?", "…") and k >= n - 2
                ):
                    return k
                if word in ("”", "»") and k > i and k not in self.within:
                    return k
                if word == "," and k + 1 < n:
                    nxt = self.words[k + 1]
                    if nxt in ("which", "who", "whose", "whom", "where", "when") or nxt in _CLAUSE_OPENERS or nxt in ("”", '"'):
                        return k
                    start = k + 2 if nxt in CONJUNCTIONS else k + 1
                    while start < n and is_adverb(self.words[start]):
                        start += 1
                    group = self.groups[self.group_at[start]] if start in self.group_at else None
                    if group is not None and group.form in ("finite", "gerund", "participle") and self.words[start] != "including":
                        return k
                    if nxt in ("and",) and self._finite_before_break(k + 2):
                        return k
                    if nxt in ("we", "i", "they", "he", "she") and start == k + 1 and any(g.form == "finite" and k + 2 <= g.first <= k + 4 and all(
                            is_adverb(self.words[j]) for j in range(k + 2, g.first)) for g in self.groups):
                        return k  # "shares the view that the sea is rising, we support the pact"
                    if nxt == "with" and self._with_gerund(k + 2):
                        return k  # "voiced support, with the spokesman calling the move rash"
                    if nxt == "and" and k + 2 < n and self.words[k + 2] in PREPOSITIONS and any(
                            m.kind in ("date", "period") for m in self.by_first.get(k + 3, ())):
                        return k  # ", and in 2015 the minister, ..., visited"
                elif word in _CLAUSE_OPENERS and k > i and word not in ("so", "if"):
                    return k
                if word in ("after", "before", "until", "once") and k > i and self._clause_of_time(k + 1):
                    return k  # "sought to soothe Rabat after Morocco had suspended the treaty"
                if word in ("and", "or", "but") and k > i and k + 2 < n and self.words[k + 1] == "that" and self.words[k + 2] not in PREPOSITIONS and any(
                        g.form == "finite" and k + 2 < g.first < k + 16 for g in self.groups):
                    return k - 1 if self.words[k - 1] == "," else k  # "opposed the tax and that it was ready to talk"
                if (
                    word in ("and", "while")
                    and k > i
                    and i
                    and k + 1 in self.group_at
                    and self._adjoined(i - 1)
                    and self.groups[self.group_at[k + 1]].form == "gerund"
                ):
                    return k  # "kept silent, rejecting the plan and calling for talks"
            k += 1
        return n

    def _only_listed(self, i: int) -> bool:
        """Whether what follows a semicolon is one more item of a list: no finite verb before the next semicolon or the end."""
        end = next((k for k in range(i, len(self.words)) if self.words[k] == ";"), len(self.words))
        return not any(g.form == "finite" and i <= g.first < end for g in self.groups)

    @cached_property
    def appositions(self) -> tuple[tuple[NounPhrase, int, int], ...]:
        """Noun phrases with what explains each between commas: where that begins, behind "long" or "once", and where it ends."""
        found: list[tuple[NounPhrase, int, int]] = []
        for phrase in self.phrases:
            if self.word(phrase.last) != ",":
                continue
            start = phrase.last + 1
            while start < len(self) and start < phrase.last + 4 and self.word(start) in _STILL_BEFORE:
                start += 1
            if self.word(start) not in _EXPLAINING and not any(m.kind == "state" and self.word(m.last) == "'s" for m in self.by_first.get(start, ())):
                continue
            stop = next((k for k in range(start + 1, min(len(self), start + 18)) if k in self.group_at or self.word(k) in _APPOSED_UP_TO), -1)
            if stop > 0 and stop not in self.group_at:
                found.append((phrase, start, stop))
        return tuple(found)

    def _clause_of_time(self, i: int) -> bool:
        """Whether a subject and its finite verb stand at token i, no break between."""
        for k in range(i, min(len(self.words), i + 9)):
            if k in self.group_at:
                return k > i and self.groups[self.group_at[k]].form == "finite"
            if self.words[k] in (",", ";", ":", ".", "which", "who", "that", "and"):
                return False
        return False

    def _with_gerund(self, i: int) -> bool:
        """Whether an -ing form follows a noun phrase at i before the next break: "with | the spokesman calling it rash"."""
        for k in range(i, min(len(self.words), i + 12)):
            if k in self.group_at:
                return k > i and self.groups[self.group_at[k]].form == "gerund" and self.words[k - 1] not in PREPOSITIONS
            if self.words[k] in (",", ";", ":", ".", "and", "that", "which"):
                return False
        return False

    def _finite_before_break(self, i: int) -> bool:
        """Whether a finite verb follows before the next comma: the comma before "and" then parts two clauses."""
        for k in range(i, len(self.words)):
            if self.words[k] in (",", ";", ".") or self.words[k] in RELATIVES:
                return False
            if self.in_group[k] >= 0:
                return self.groups[self.in_group[k]].form == "finite"
        return False

    def coordinate_end(self, i: int, end: int) -> int:
        """Cuts [i, end) before "and" + a finite verb: the second predicate is not part of the first one's object; and before "and" +
        a subject of its own, where a date ends what came before: "visited Peru in 2016 and the minister came to Quito"."""
        chain = self.groups[self.in_group[i]].chain if i < end and self.in_group[i] >= 0 else ()
        for k in range(i, end):
            if self.words[k] in ("and", "but", "or"):
                if self.word(k + 1) in ("in", "on", "since", "by") and self.dated_clause(k + 2):
                    return k  # "opened a mission in Lima and in 1981 Peru opened one"
                if k == i:
                    continue
                start = k + 1
                while start < end and is_adverb(self.words[start]):
                    start += 1
                subject = next((p for p in self.phrases if p.first <= start < p.last), None)
                if subject is not None and subject.last in self.group_at and self.groups[self.group_at[subject.last]].form == "finite" and any(
                        m.last == k and m.kind in ("date", "period") for m in self.mentions):
                    return k
                if start in self.group_at and self.groups[self.group_at[start]].form == "finite":
                    group = self.groups[self.group_at[start]]
                    if chain and group.first == group.head and group.chain == chain:
                        continue  # "seeks to deepen A and ease B": one wish
                    return k
        return end

    def dated_clause(self, i: int) -> bool:
        """Whether a date stands at i and behind it a finite verb, or a noun phrase and a finite verb."""
        date = next((m for m in self.by_first.get(i, ()) if m.kind in ("date", "period")), None)
        if date is None:
            return False
        at = date.last + (self.word(date.last) == ",")
        phrase = next((p for p in self.phrases if p.first <= at < p.last), None)
        verb = phrase.last if phrase is not None else at
        while is_adverb(self.word(verb)):
            verb += 1
        return verb in self.group_at and self.groups[self.group_at[verb]].form == "finite"

    def own_end(self, i: int, end: int) -> int:
        """Cuts [i, end) before a finite verb that no relative, "that" or pronoun brings in: what stands in front of it is its subject."""
        opened = i
        brought = self.word(i - 1) in _BRINGING
        for group in self.groups:
            if group.form != "finite" or group.first < i or group.first >= end:
                continue
            if brought or (group.last - group.first == 1 and group.first not in self._behind_names and also_noun(group.lemma)):
                brought, opened = False, group.last if brought else opened
                continue  # behind "that"; or as likely a noun: "closer ties with"
            if group.first == opened or (group.chain and group.first == group.head):
                opened = group.last  # "remains open"; "seeks to deepen A and ease B"
                continue
            comma = next((k for k in range(group.first - 1, opened, -1) if self.words[k] == ","), -1)
            between = self.words[comma + 1:group.first] if comma > 0 else self.words[opened:group.first]
            if comma > 0 and not set(between) & _BRINGING - _PRONOUNS and (between[:1] == [] or set(between) & _PRONOUNS or comma > i + 1):
                return comma
            if comma < 0 and group.first > i and not set(between) & _BRINGING:
                return next((k for k in range(group.first - 1, i, -1) if self.words[k] in ("and", "but", "while")), group.first)
            opened = group.last
        if opened > i:  # "demanding that A stop and calling for B"
            for group in self.groups:
                if group.form == "gerund" and opened <= group.first < end and self.words[group.first - 1] in ("and", "but"):
                    return group.first - 1
        return end

    def _begun(self) -> Iterator[int]:
        """Where the subject of a verb stands right behind a date or an occasion: "After the flood of 2004 | Turkey gave", "During the visit | Eni and
        Enel signed"."""
        if self.words and self.words[0] in PREPOSITIONS:
            yield from self._behind_occasion()
        for m in self.mentions:
            if m.kind in ("date", "period") and m.first > 2 and self.words[m.first - 1] in ("of", "in"):
                yield from (m.last for o in self.by_first.get(m.last, ()) if o.last in self.group_at and o.form == "name" and (
                    o.kind in ("state", "organisation", "company", "person")))

    def _behind_occasion(self) -> Iterator[int]:
        """Where a name stands behind the occasion or date with which the sentence opens, in front of its first verb."""
        verb = next((g.first for g in self.groups if g.form == "finite"), 0)
        stop = next((k for k in range(verb) if self.words[k] in (",", ";", ":")), verb)
        for m in self.mentions:
            if m.form == "name" and 1 < m.first <= stop < m.first + _AHEAD and m.kind in _ACTING and (
                    self.words[m.first - 1] in _MOMENTS or any(o.last == m.first and o.kind == "date" for o in self.mentions)):
                yield m.first

    def phrase_end(self, i: int) -> int:
        """The end of the noun phrase that begins at i, with the "of" phrases that hang on it."""
        n = len(self.words)
        k = self.base_end(i)
        while k < n and self.words[k] in ("of", "-", "/", "'s") and k + 1 < n:
            nxt = self.base_end(k + 1)
            if nxt <= k + 1:
                break
            k = nxt
        return k

    def base_end(self, i: int) -> int:
        """The end of the base noun phrase at i, i where none stands there."""
        for phrase in self.phrases:
            if phrase.first <= i < phrase.last:
                return phrase.last
        return i

    def starts_phrase(self, i: int) -> bool:
        """Whether a noun phrase begins or goes on at i."""
        return any(phrase.first <= i < phrase.last for phrase in self.phrases)

    def text(self, first: int, last: int) -> str:
        """The words of a token range as they stand in the text."""
        if first >= last:
            return ""
        return self._text[self.tokens[first].start:self.tokens[last - 1].end]


_PRONOUNS = frozenset({"i", "we", "you", "he", "she", "it", "they"})
_BRINGING = RELATIVES | _PRONOUNS | frozenset("that what how whether if when because as why while than until since once like".split())


def is_opener(word: str) -> bool:
    """Whether a word may stand before a name without changing what it names."""
    return word in DETERMINERS or word in EPITHETS


EPITHETS = words("view", "epithets")
LIST_JOINTS: tuple[tuple[str, ...], ...] = (
    (",", "and"), (",", "as", "well", "as"), ("as", "well", "as"), ("along", "with"), ("together", "with"), ("and", "also"),
    (",", "or"), ("and",), ("or",), ("nor",), (",",), ("&",), ("-",), ("–",), ("/",), (",", "along", "with"), ("and", "of"), (";", "and"), (";",),
)
__all__ = ["EPITHETS", "LIST_JOINTS", "PREPOSITIONS", "SentenceView", "is_opener"]
