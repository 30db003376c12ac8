"""Verb groups: the verbs of a sentence with their auxiliaries, negations and catenatives.

A verb group is "has not yet signed", "is expected to be ratified", "agreed to open", "signed" (finite or participle), "to sign", "signing".
No tagger is at work: closed classes, a list of verbs with their forms, and what stands left and right of a form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from kg.model import Token
from kg.words import closed
from kg.words.forms import IRREGULAR, gerund, participle, past, third_person, verb_forms

_FOLDER = Path(__file__).resolve().parent
_GERUND_CATENATIVES = frozenset("continue consider start begin stop finish keep suggest avoid resume postpone discuss propose".split())


# Verbs that are also nouns, but hardly behind a name: "Chad and Togo share concern".
_OFTEN_VERBS = frozenset("exchange share seal ink plan aim hope need demand support fear hold stand work act form group mark".split())
_SOME = frozenset("some many most few several others".split())  # who tells without being named
_CALLING = frozenset({"call", "push", "press", "appeal", "aim", "hope"})
_PARTICLES = frozenset("up back down off out".split())
_BEHIND_PARTICLES = frozenset("with in on to for against from over".split())
_NO_PAIRS = frozenset("exports imports trade sales".split())
_PLURALS = frozenset("people women men children police".split())
# Forms in -ing that mark a noun behind them.
_RUNNING = frozenset("operating managing holding".split())
_RUN = frozenset("company companies firm firms consortium cost costs director directors partner partners loss losses profit profits".split())
_ATTRIBUTES = frozenset("training founding trading neighbouring neighboring ruling contracting participating rotating".split())


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """A verb with its auxiliaries.

    ``first``/``last`` are token indices, last exclusive; ``head`` is the index of the verb that carries the meaning, ``lemma`` its
    base form. ``voice``: "active" or "passive". ``tense``: "past", "present", "future" or "" (not finite). ``form``: "finite",
    "infinitive", "gerund", "participle". ``chain`` holds the bases in front of the head ("agreed to sign": ("agree",)).
    ``perfect`` and ``progressive`` say what they say.
    """

    first: int
    last: int
    head: int
    lemma: str
    voice: str = "active"
    tense: str = ""
    form: str = "finite"
    modal: str = ""
    negated: bool = False
    chain: tuple[str, ...] = ()
    perfect: bool = False
    progressive: bool = False


def _read_words(name: str) -> list[str]:
    lines = (_FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]


@cache
def _lexicon() -> tuple[dict[str, tuple[tuple[str, str], ...]], frozenset[str]]:
    """Form -> ((base, tag), ...) with tags base, s, past, pp, ing; and the bases that are as often nouns."""
    table: dict[str, list[tuple[str, str]]] = {}
    nouns = set()
    bases = []
    for word in _read_words("verbs.words"):
        base, _, mark = word.partition("~")
        bases.append(base)
        if mark:
            nouns.add(base)
    for base in dict.fromkeys(bases + list(IRREGULAR)):
        forms = [(base, "base"), (third_person(base), "s"), (past(base), "past"), (participle(base), "pp"), (gerund(base), "ing")]
        known = {form for form, _ in forms}
        for form in verb_forms(base) - known:  # British doubling, forms of be
            forms += [(form, "ing")] if form.endswith("ing") else [(form, "past"), (form, "pp")]
        for form, tag in forms:
            entry = table.setdefault(form, [])
            if (base, tag) not in entry:
                entry.append((base, tag))
    return {form: tuple(tags) for form, tags in table.items()}, frozenset(nouns)


@cache
def _told_by_some() -> frozenset[str]:
    """The verbs by which "some" and "many" tell what they think."""
    return frozenset(_read_words("telling.words"))


@cache
def catenatives() -> frozenset[str]:
    """Bases that may stand before "to" + verb in one verb group."""
    return frozenset(_read_words("catenatives.words"))


def verb_tags(word: str) -> tuple[tuple[str, str], ...]:
    """(base, tag) pairs of a lower-case word that may be a verb; empty where it is none. Tags: base, s, past, pp, ing."""
    return _lexicon()[0].get(word, ())


def also_noun(base: str) -> bool:
    """Whether the forms of a verb are as often nouns (visit, plan)."""
    return base in _lexicon()[1]


def _base(word: str, *tags: str) -> str:
    return next((base for base, tag in verb_tags(word) if tag in tags), "")

_FEW = frozenset("two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred dozen several".split())
# Adverbs of two words inside a verb group: "was at last completed".
_OF_CHANGE = frozenset("increase rise grow fall drop decline reduce cut shrink expand raise climb decrease slow widen narrow lower jump extend".split())
_ASIDES = frozenset({("at", "last"), ("at", "first"), ("at", "least"), ("at", "once"), ("in", "fact"), ("in", "turn"), ("in", "part"), ("by", "now"), ("by", "then"),
                     ("so", "far"), ("thus", "far"), ("in", "vain"), ("for", "now"), ("of", "course"), ("once", "again"), ("once", "more"), ("in", "principle"), ("in", "effect"), ("in", "practice")})
# The same in front of more of the verb only: "has in the meantime put", "is at the same time building".
_LONG_ASIDES = tuple(tuple(phrase.split()) for phrase in (
    "in the meantime", "in the meanwhile", "at the moment", "at long last", "by and large", "for the moment", "as a rule", "as a result", "at the same time", "in recent years",
    "in recent months", "in recent weeks", "in the process", "for some time", "for a time", "to this day", "from the outset", "for its part", "for their part", "on the whole",
    "as well", "to date", "above all", "in addition", "for example", "for instance", "as yet", "by contrast", "at present", "time and again", "after all",
))
_SPAN = frozenset({"year", "month", "week", "day", "hour"})
# What stands in front of "works" that is a factory or a kind of building.
_WORKED = frozenset((
    "cement steel iron tractor car glass gas water engineering chemical brick machine locomotive carriage wagon metal copper silk motor aluminium "
    "aluminum paper repair construction irrigation drainage building fertiliser tram railway bus truck public civil earth sewage finishing tool"
).split())
# Forms in -s that are hardly ever the plural of a noun behind another noun: "our cooperation covers energy", "the line runs from Oslo".
_NAMED_MANY = frozenset("allies ambassadors envoys forces neighbors neighbours officers partners rivals soldiers troops".split())
_UPWARDS = frozenset({"end", "wind", "add"})  # with "up" no nouns
_SELDOM_PLURALS = frozenset("covers spans focuses ranges totals faces stands rests lasts tops nears hinges runs hosts lies passes goes flows".split())


class _Scan:
    def __init__(self, tokens: Sequence[Token], nominal: frozenset[int], adjectival: frozenset[int]) -> None:
        self.words = [token.lower for token in tokens]
        self.tokens = tokens
        self.nominal = nominal
        self.adjectival = adjectival
        self.nouns = _lexicon()[1]
        self.singular_verb = False  # the same in the third person singular: "it expects A and calls for B"
        self.plural_verb = False  # whether a verb in the plural stands before: "they oppose A, condemn B, call for C"

    def word(self, i: int) -> str:
        return self.words[i] if 0 <= i < len(self.words) else ""

    def skip(self, i: int) -> tuple[int, bool]:
        """The next index that is no adverb, and whether a negation was passed."""
        negated = False
        if self.word(i) in ("today", "yesterday") and self.word(i - 1) in closed.MODALS | closed.BE | closed.HAVE:
            i += 1  # "we have today signed"
        if self.word(i) == "first" and self.word(i - 1) in ("would", "'d", "should", "must", "will"):
            i += 1  # "I would first like to"
        while i < len(self.words) and i not in self.nominal and not self._backs(i) and (
                closed.is_adverb(self.words[i]) or (self.word(i), self.word(i + 1)) in _ASIDES or (self.word(i - 1), self.word(i)) in _ASIDES or self._prefix(i) or self.neither(i) or (self.words[i] == "since" and self.word(i - 1) in closed.HAVE) or (self.words[i] == "than" and self.word(i - 1) in ("more", "less"))):
            negated |= self.words[i] in ("not", "n't", "never", "neither") and self.word(i + 1) not in ("only", "just", "merely")
            i += 1
        if self.word(i - 1) in closed.MODALS | closed.BE | closed.HAVE and (aside := next((a for a in _LONG_ASIDES if tuple(self.words[i:i + len(a)]) == a), ())) \
                and (verb_tags(self.word(i + len(aside))) or self.word(i + len(aside)) in closed.BE | closed.HAVE):
            return i + len(aside), negated
        if self.word(i) == "," and (end := self._aside(i)):
            return end, negated
        if self.word(i) == "since" and self.word(i - 1) in closed.HAVE and self.word(i + 1).isdigit() and len(self.word(i + 1)) == 4:
            return i + 2, negated  # "have since 1965 had"
        if self.word(i) in ("for", "over") and self.word(i - 1) in closed.HAVE and (years := next((k for k in range(i + 2, i + 5) if self.word(k) in _SPANS), 0)) \
                and (self.word(years + 1) in closed.BE or _base(self.word(years + 1), "pp")):
            return years + 1, negated  # "has for many years been"
        return i, negated

    def _backs(self, i: int) -> bool:
        """Whether "back" is a verb: "will back the plan", "would not back Kenyan proposals", unlike "will back down"."""
        return self.words[i] == "back" and self.word(i - 1) in closed.MODALS | {"to", "not", "n't"} and i + 1 < len(self.words) and (
            self.words[i + 1] in closed.DETERMINERS or self.tokens[i + 1].text[:1].isupper())

    def _aside(self, i: int) -> int:
        """The token behind what stands between commas inside a verb group ("will, in time, build"), asked at the first comma; 0 where none does."""
        end = next((k for k in range(i + 2, min(i + 6, len(self.words))) if self.words[k] == ","), 0)
        ahead = i - 2 if i > 1 and self.words[i - 1] in ("not", "n't", "never", "also") else i - 1
        if not end or ahead < 0 or self.words[ahead] not in closed.MODALS | closed.BE | closed.HAVE:
            return 0
        single = end == i + 2 and closed.is_adverb(self.words[i + 1])
        phrase = self.words[i + 1] in closed.PREPOSITIONS and not any(verb_tags(self.words[k]) and not also_noun(verb_tags(self.words[k])[0][0]) for k in range(i + 2, end))
        return end + 1 if (single or phrase) and (verb_tags(self.word(end + 1)) or self.word(end + 1) in closed.BE | closed.HAVE | {"to"}) else 0

    def _prefix(self, i: int) -> bool:
        """Whether the token is the "co" or the hyphen of "co-host", which is a verb like "host"."""
        at = i if self.words[i] in _PREFIXES else i - 1 if self.words[i] == "-" else -2
        return self.word(at) in _PREFIXES and self.word(at + 1) == "-" and bool(verb_tags(self.word(at + 2)))

    def neither(self, i: int) -> bool:
        """Whether "neither" at i denies two verbs: "has neither backed nor blocked the plan"."""
        return self.words[i] == "neither" and "nor" in self.words[i + 2:i + 10]

    def money_like(self, i: int) -> bool:
        """Whether a number, a currency sign or "high" stands at token i."""
        return self.word(i)[:1].isdigit() or self.word(i)[:1] in ("$", "€", "£", "¥") or self.word(i) in ("high", "highs", "low", "lows", "level", "levels", "usd", "eur")

    def to_verb(self, i: int) -> tuple[int, bool]:
        """Index of the base verb behind "to" at i (adverbs skipped), -1 where none follows."""
        if self.word(i) != "to" or (self.word(i - 1) == "up" and self.word(i + 1) == "date"):
            return -1, False
        j, negated = self.skip(i + 1)
        word = self.word(j)
        if j in self.nominal or not (_base(word, "base") or word in ("be", "have", "do")):
            return -1, False
        if word == "wind" and self.word(j + 1) not in ("up", "down", "its", "their"):
            return -1, False  # "is dedicated to wind power"
        if word == "record" and self.money_like(j + 1):
            return -1, False  # "sales rise to record 8 billion euros"
        return j, negated

    def group(self, i: int) -> VerbGroup | None:
        """The verb group that begins at token i."""
        word = self.word(i)
        if i in self.nominal:
            return None
        if word in closed.MODALS and not (word in ("may", "will", "can", "might", "must") and self._is_noun_place(i) and self.word(i - 1) not in ("that", "this", "these", "those")):
            j, negated = self.skip(i + 1)
            if word in ("ought",):
                j, more = self.to_verb(j)
                negated |= more
            if j < 0 or not (_base(self.word(j), "base") or self.word(j) in ("be", "have")):
                return None
            modal = {"'ll": "will", "wo": "will", "ca": "can", "cannot": "can"}.get(word, word)
            tense = "future" if modal in ("will", "shall") else "present"
            group = self.verbal(j, i, tense, negated or word == "cannot", base=True)
            return group and replace(group, modal=modal)
        if word == "to":
            j, negated = self.to_verb(i)
            if j < 0:
                return None
            group = self.verbal(j, i, "", negated, base=True)
            return group and replace(group, form="infinitive", tense="")
        if word in closed.DO:
            j, negated = self.skip(i + 1)
            tense = "past" if word == "did" else "present"
            if j > i + 1 and _base(self.word(j), "base") and j not in self.nominal:
                return self.verbal(j, i, tense, negated, base=True)
            if j == i + 1 and word != "do" and (base := _base(self.word(j), "base")) and j not in self.nominal and base != "not" and (
                    base not in self.nouns or self.word(j + 1) in closed.DETERMINERS or self.word(j + 1) == "to"):
                return self.verbal(j, i, tense, negated, base=True)  # "he did go to Madrid"
            return VerbGroup(i, i + 1, i, "do", tense=tense)
        if word in closed.BE or word in closed.HAVE:
            if word in ("being", "having", "been", "be") and word != "having" and self.word(i - 1) not in ("not",):
                form = "gerund" if word in ("being", "having") else "participle"
                group = self.verbal(i, i, "", False)
                return group and replace(group, form=form, tense="")
            if word == "having":
                group = self.verbal(i, i, "", False)
                return group and replace(group, form="gerund", tense="")
            tense = "past" if word in ("was", "were", "had") else "present"
            return self.verbal(i, i, tense, False)
        if word == "'s" and self.word(i - 1) in ("he", "she", "it", "that", "there", "here", "who", "what"):
            return self.verbal(i, i, "present", False)
        found = self.lexical(i)
        if found is not None and found.first == i and self.word(i - 1) == "-" and self.word(i - 2) in _PREFIXES:
            return replace(found, first=i - 2)  # "a summit, co-chaired by"
        return found

    def verbal(self, i: int, first: int, tense: str, negated: bool, base: bool = False) -> VerbGroup | None:
        """Reads auxiliaries and the head from index i on."""
        perfect = progressive = False
        voice = "active"
        chain: list[str] = []
        while True:
            word = self.word(i)
            lemma_be = word in closed.BE or word == "'s"
            if word in closed.HAVE and not lemma_be:
                j, more = self.skip(i + 1)
                if self.word(j) == "been" or (_base(self.word(j), "pp") and j not in self.nominal and j not in self.adjectival):
                    perfect, negated, i = True, negated | more, j
                    if self.word(j) in closed.BE:
                        continue
                    return self.finish(first, j, _base(self.word(j), "pp"), voice, tense, negated, chain, perfect, progressive)
                if (done := self._behind_span(j)) > 0:
                    perfect, negated, i = True, negated | more, done
                    if self.word(done) in closed.BE:
                        continue
                    return self.finish(first, done, _base(self.word(done), "pp"), voice, tense, negated, chain, perfect, progressive)
                to, more_to = self.to_verb(j)
                if to >= 0 and j == i + 1:
                    chain.append("have")
                    negated, i, base = negated | more | more_to, to, True
                    continue
                return VerbGroup(first, i + 1, i, "have", voice, tense, negated=negated | (self.word(i + 1) == "no"),
                                 chain=tuple(chain), perfect=perfect)
            if lemma_be:
                j, more = self.skip(i + 1)
                negated |= more
                nxt = self.word(j)
                to, more_to = self.to_verb(j)
                if to >= 0:
                    chain.append("be to")
                    negated, i, base = negated | more_to, to, True
                    continue
                if nxt in closed.READY:
                    to, more_to = self.to_verb(j + 1)
                    if nxt == "due" and to < 0 and self.word(j + 1) in ("for", "in", "on"):
                        return VerbGroup(first, j + 1, i, "be", voice, tense, negated=negated, chain=(*chain, "due"), perfect=perfect)
                    if to >= 0:
                        chain.append("going" if nxt == "going" else nxt)
                        negated, i, base = negated | more_to, to, True
                        continue
                if j not in self.nominal:
                    if nxt == "being" and j > i:
                        progressive, i = True, j
                        continue
                    if nxt == "busy" and _base(self.word(j + 1), "ing"):
                        j, nxt = j + 1, self.word(j + 1)  # "is busy building"
                    if _base(nxt, "ing") and j not in self.adjectival and not self._noun_like_ing(j):
                        progressive = True
                        return self.finish(first, j, _base(nxt, "ing"), voice, tense, negated, chain, perfect, progressive)
                    if _base(nxt, "pp") and nxt not in closed.BE | closed.HAVE and (nxt != "set" or self.word(j + 1) in _SET_PARTICLES):
                        return self.finish(first, j, _base(nxt, "pp"), "passive", tense, negated, chain, perfect, progressive)
                return VerbGroup(first, i + 1, i, "be", voice, tense, negated=negated, chain=tuple(chain), perfect=perfect)
            lemma = _base(word, "base") if base else _base(word, "past", "s", "base", "pp", "ing")
            if not lemma:
                return None
            return self.finish(first, i, lemma, voice, tense, negated, chain, perfect, progressive)

    def _behind_span(self, j: int) -> int:
        """Where the verb goes on behind how long or when, put between it and "has": "has for years | opposed"; 0 where nothing of the sort stands there."""
        if self.word(j) not in ("for", "in", "since", "over", "on", "from"):
            return 0
        for k in range(j + 1, min(j + 8, len(self.words))):
            word = self.word(k)
            if not word[:1].isalnum() or word in closed.BE - {"been"} or word in closed.HAVE or word in closed.MODALS or word == "to":
                return 0
            if (word == "been" or (_base(word, "pp") and k not in self.nominal and k not in self.adjectival)) and (
                    self.word(k - 1) in _TIMES or (k - 1 in self.nominal and (self.word(k - 1)[:1].isdigit() or closed.ends_date(self.word(k - 1))))):
                return k
        return 0

    def _noun_like_ing(self, j: int) -> bool:
        after = self.word(j + 1)
        if after == "of" and self.word(j - 1) in closed.DETERMINERS:
            return True
        if self.word(j) in _GATHERING_NOUNS and not self.word(j - 1).endswith("s"):
            # "a trilateral meeting in Rome"
            for k in range(j - 1, max(j - 4, -1), -1):
                if self.word(k) in closed.DETERMINERS or (self.word(k) == "'s"):
                    return True
                if not self.word(k).isalnum() or self.word(k) in closed.PREPOSITIONS or self.word(k) in closed.CONJUNCTIONS \
                        or self.word(k) in closed.BE | closed.HAVE | closed.MODALS:
                    break
        if self.word(j) in _RUNNING and after in _RUN:
            return True  # "the future operating company"
        # "founding members", "trading partners"
        if self.word(j - 1) in closed.BE and (j + 1) in self.adjectival:
            return False  # "is training Kenyan midwives", "has been training"
        return self.word(j) in _ATTRIBUTES and after.isalpha() and after not in closed.DETERMINERS and after not in closed.PREPOSITIONS \
            and after not in closed.CONJUNCTIONS

    def finish(self, first: int, head: int, lemma: str, voice: str, tense: str, negated: bool, chain: list[str],
               perfect: bool, progressive: bool) -> VerbGroup:
        """Follows catenatives from the head on: "agreed to sign", "is expected to be signed", "continue developing"."""
        i = head
        if lemma in catenatives() or lemma == "use" or (voice == "passive" and lemma in _HEARSAY):
            j, more = self.skip(i + 1)
            to, more_to = self.to_verb(j)
            if to >= 0:
                rest = self.verbal(to, first, tense, False, base=True)
                if rest is not None:
                    return replace(rest, chain=(*chain, lemma, *rest.chain), tense=tense, negated=negated or more or more_to or rest.negated,
                                   perfect=perfect)
            if lemma == "use" and voice == "active" and self.word(i) == "used" and (to := self.to_verb(j)[0]) >= 0:
                rest = self.verbal(to, first, tense, False, base=True)
                if rest is not None:  # "used to ply"
                    return replace(rest, chain=(*chain, "used", *rest.chain), tense=tense, negated=negated or more or rest.negated, perfect=perfect)
            if voice == "passive" and lemma in _HEARSAY and to >= 0 and (rest := self.verbal(to, first, tense, False, base=True)) is not None:
                return replace(rest, chain=(*chain, *rest.chain), tense=tense, negated=negated or more or more_to or rest.negated, perfect=perfect or rest.perfect)
            if lemma == "help" and voice == "active" and j == i + 1 and j not in self.nominal and _base(self.word(j), "base") and (
                    self.word(j + 1) in closed.DETERMINERS or self.word(j + 1) in closed.POSSESSIVES or _base(self.word(j), "base") not in self.nouns):
                rest = self.verbal(j, first, tense, False, base=True)
                if rest is not None:  # "help build the dam"
                    return replace(rest, chain=(*chain, lemma, *rest.chain), tense=tense, negated=negated or more or rest.negated, perfect=perfect)
            if lemma in _GERUND_CATENATIVES and voice == "active" and j not in self.nominal and _base(self.word(j), "ing") \
                    and not self._noun_like_ing(j):
                return VerbGroup(first, j + 1, j, _base(self.word(j), "ing"), "active", tense, negated=negated or more,
                                 chain=(*chain, lemma), perfect=perfect, progressive=progressive)
        return VerbGroup(first, i + 1, head, lemma, voice, tense, negated=negated, chain=tuple(chain), perfect=perfect,
                         progressive=progressive)

    def starts_object(self, i: int) -> bool:
        """Whether a noun phrase follows at i that a verb in front of it would take as its object."""
        word = self.word(i)
        if word in ("every", "each", "this", "last", "next", "once", "twice") or closed.is_adverb(word):
            return False
        return bool(word) and word[:1].isalnum() and word not in closed.PREPOSITIONS and word not in closed.CONJUNCTIONS

    def nearest_subject(self, first: int, last: int) -> bool:
        """Whether the stretch in front of "and" ends a list of three verbs or holds a subject of its own: words behind a comma."""
        return any(self.word(k) == "," and self.word(k + 1) not in ("and", "or") for k in range(first, last))

    def floats(self, i: int) -> bool:
        """Whether token i is "both", "all" or "each" behind a subject and in front of its verb: "Peru and Chile | both oppose it"."""
        before = self.word(i - 1)
        return self.word(i) in ("both", "all", "each") and ((i - 1) in self.nominal or before in ("they", "we", "you") or (
            before.endswith("s") and before.isalpha() and not before.endswith("ss") and before not in closed.DETERMINERS and before not in closed.POSSESSIVES
            and before not in closed.BE and before not in closed.HAVE and not closed.is_adverb(before) and before not in closed.PREPOSITIONS
            and not verb_tags(before)))

    def _is_noun_place(self, i: int) -> bool:
        """Whether what stands left of i makes it a noun or an adjective."""
        before = self.word(i - 1)
        if before in _SPAN and self.word(i - 2) == "-":
            return True  # "a 99-year lease"
        if self.word(i) == "works" and before in _WORKED:
            return True  # "the cement works at Kaspi"
        if before.isdigit() and len(before) == 4 and (self.word(i - 2) in closed.DETERMINERS - {"that"} or self.word(i - 2) in closed.POSSESSIVES):
            return True  # "his 2015 visit"
        if self.floats(i - 1):
            return False  # "Peru and Chile each hold 20 percent"
        if i > 0 and (self.neither(i - 1) or (before in ("both", "neither") and (i - 1) in self.nominal)):
            return False
        return before in closed.DETERMINERS or before in closed.POSSESSIVES or (i - 1) in self.adjectival or (
            before in closed.PREPOSITIONS and before not in ("to",))

    def _some_before(self, i: int) -> bool:
        """Whether "some", "many", "others" without a noun is the subject of the verb at i, and what they tell follows."""
        if self.word(i + 1) != "that" and (i + 1) not in self.nominal:
            return False
        k = i - 1
        while k > 0 and i - k <= 4 and self.word(k) not in _SOME and self.word(k).isalpha() and self.word(k) not in closed.CONJUNCTIONS:
            k -= 1
        return self.word(k) in _SOME and (k == i - 1 or self.word(k + 1) in ("in", "at", "of", "here", "there")) and self.word(k - 1) not in closed.PREPOSITIONS

    def lexical(self, i: int) -> VerbGroup | None:
        """A verb form without auxiliary."""
        tags = dict((tag, base) for base, tag in reversed(verb_tags(self.word(i))))
        if not tags or i in self.adjectival:
            return None
        before, after = self.word(i - 1), self.word(i + 1)
        if self.word(i) in ("near", "like") and before not in closed.SUBJECT_PRONOUNS and not closed.is_adverb(before):
            return None  # "a plant near Izmir", "firms like Fiat"
        if self.word(i) in _PREPARED and after.isalpha() and not (after in closed.PREPOSITIONS or after in closed.DETERMINERS or after in closed.CONJUNCTIONS or closed.is_adverb(after)) and not (
                before in closed.SUBJECT_PRONOUNS or i - 1 in self.nominal):
            return None  # "mainly refined oil", "frozen fish"
        if self.word(i) in ("concentrate", "concentrates") and after not in ("on", "upon", "its", "their", "more", "mainly"):
            return None  # "exports copper concentrates to Chile"
        if self.word(i) == "close" and after == "to":
            return None  # "targets close to the pipeline"
        if before == "-" and self.word(i - 2) in _PREFIXES:
            before = self.word(i - 3)  # "they co-hosted a seminar"
        if self.word(i) == "last" and any(tag == "past" for _, tag in verb_tags(after)) and after not in closed.BE | closed.HAVE:
            return None  # "they last met"
        if before == "than" and self.word(i - 2) in ("more", "less") and "past" in tags:
            before = self.word(i - 3)  # "has more than doubled"
        floating = self.floats(i - 1)
        if floating:
            before = self.word(i - 2)
        pronoun = (floating and (i - 2) in self.nominal) or (
            before in closed.SUBJECT_PRONOUNS and not (before in ("this", "that", "these", "those") and "past" not in tags))
        pronoun = pronoun or (before == "that" and "s" in tags and (tags["s"] not in self.nouns or (
            self._verb_like_next(i) and not self._finite_follows(i + 1))))  # "a body that consists of", "a state that borders Chad"
        pronoun = pronoun or (before in ("these", "those") and "base" in tags and self.word(i - 2) in ("of", "", ",", "and") and self._verb_like_next(i))  # "many of these deal with trade"
        adverb = closed.is_adverb(before) and before not in ("more", "most", "all", "both")
        pronoun = pronoun or (adverb and self.word(i - 2) in ("i", "we", "you", "they"))  # "we also work with"
        pronoun = pronoun or ("base" in tags and tags["base"] in _told_by_some() and self._some_before(i))  # "many in Lima believe that"
        noun_place = self._is_noun_place(i) and not pronoun
        joined = before in closed.CONJUNCTIONS or (before == "," and self.plural_verb)
        if "pp" in tags and "past" not in tags and "base" in tags and self.word(self._before_bracket(i - 1)).endswith("s") and not noun_place and not joined:
            del tags["pp"]  # "ventures come into being"
        if "past" in tags or "pp" in tags:
            prenominal = (noun_place and before == self.word(i - 1)) or (before in closed.PREPOSITIONS)
            if prenominal and after not in ("by",):
                return None
            if adverb and not pronoun and before not in ("also", "then", "later", "now", "never", "not") and (i - 1) not in self.nominal and self._is_noun_place(i - 1) and self.word(
                    i - 2) != "that" and after.isalpha() and after not in closed.DETERMINERS and after not in closed.PREPOSITIONS:
                return None  # "Algeria's newly appointed minister"
            if before == "-" or after == "-":
                return None
            base = tags.get("past") or tags["pp"]
            tense, form, voice = "past", "finite", "active"
            if before == "last" and "past" in tags and not (self.word(i - 2) in closed.DETERMINERS or self.word(i - 2) in closed.PREPOSITIONS):
                return self.finish(i - 1, i, base, voice, tense, False, [], False, False)  # "they last met"
            if "past" not in tags:
                form, voice, tense = "participle", "passive", ""
            group = self.finish(i, i, base, voice, tense, False, [], False, False)
            return replace(group, form=form, voice=voice, tense=tense) if form == "participle" else group
        if "ing" in tags:
            if noun_place and (after == "of" or before in closed.DETERMINERS or before == "'s" or (i - 1) in self.adjectival) \
                    and before not in closed.PREPOSITIONS:
                return None
            if before == "-" or after == "-" or self._noun_like_ing(i):
                return None
            group = self.finish(i, i, tags["ing"], "active", "", False, [], False, False)
            return replace(group, form="gerund", tense="")
        if noun_place or before == "-" or after == "-":
            return None
        base = tags.get("s") or tags["base"]
        if "s" in tags:
            named = (i - 1) in self.nominal or before in (")", "”", '"', ",")
            if base in self.nouns and i == 0:
                return None  # "Exports to Peru rose"
            if base in self.nouns and not (pronoun or named) and after in closed.PREPOSITIONS and self._finite_follows(i + 1):
                return None  # "gas exports to Germany reached"
            if base in self.nouns and not pronoun and before == "," and after in closed.PREPOSITIONS and self._auxiliary_follows(i + 1):
                return None  # "If the talks succeed, tariffs on cars will go"
            if base in self.nouns and not pronoun and self._counted(i):
                return None  # "28 major projects"
            if base == "term" and "in" in self.words[max(0, i - 4):i]:
                return None  # "in the strongest possible terms"
            if base in self.nouns and self.word(i - 2) == "-" and (before in _IN_COMPOUNDS or self.word(i - 4) == "-"):
                return None  # "high-level talks", "face-to-face talks"
            if base in self.nouns and not (pronoun or named) and (
                    before in _ADJECTIVES or (before.endswith(_OF_ADJECTIVES) and before not in _NO_ADJECTIVES)):
                return None  # "diplomatic ties in 2013"
            series = joined and self.singular_verb and (after in ("for", "on", "upon", "that", "to") or after[:1].isdigit())  # "is a taxpayer and runs 117 stations"
            series = series or (before in ("and", "but") and (self.singular_verb or before == "and") and (after in ("a", "an", "the") or after in closed.POSSESSIVES))  # "has offered a share and supports a pipeline"
            series = series or (before == "and" and self.singular_verb and after.isalpha() and after not in closed.PREPOSITIONS and _BOTH_WAYS.get(self.word(i)) in self.words[:i - 2])
            plain = self.word(i) in _SELDOM_PLURALS and after not in ("that", "which") and before.isalpha() and not joined and (after.isalpha() or after[:1].isdigit()) and after not in closed.CONJUNCTIONS
            plain = plain or (base in _UPWARDS and after == "up" and before.isalpha() and not joined)
            plain = plain or (self.word(i) == "dates" and after in ("from", "back") and before.isalpha() and not joined)
            if base in self.nouns and not (pronoun or adverb or named or series or plain or (self._verb_like_next(i) and not joined)):
                return None
            if base in self.nouns and not (pronoun or named or adverb or joined) and self.is_plural_noun(before) and not any(
                    self.word(k) in closed.PREPOSITIONS for k in range(max(0, i - 5), i - 1)):
                return None  # "will halt weapons exports to": a plural takes no such verb
            if self.word(i) in _NAMED_MANY and not pronoun:
                return None  # "NATO allies that have long been at odds"
            if base in self.nouns and after in closed.MODALS and not pronoun:
                return None  # "works could start"
            if base in self.nouns and after in ("of", "and", ",", ".", "are", "were", "is", "was", "have", "has", "will", "such", "including", "relating",
                                                "related", "concerning", "regarding", "affecting"):
                return None
            return self.finish(i, i, base, "active", "present", False, [], False, False)
        subject = self._before_bracket(i - 1)
        before = self.word(subject) if subject < i - 1 else before
        third = dict((tag, base) for base, tag in verb_tags(before)).get("s", "") if before.endswith("s") else ""
        plural_before = (before.endswith("s") and (not third or third in self.nouns) and not before.endswith("ss") and before not in ("'s", "is", "was", "has", "gas", "its", "this", "us")) or before in _PLURALS or subject in self.nominal
        listed = "and" in self.words[max(0, i - 4):i - 1] and before.isalpha() and (base, after) in (("make", "up"), ("account", "for"))
        listed = listed or (base in _UPWARDS and after == "up" and self.word(i - 1).endswith("s"))  # "the barrels end up in Goa"
        listed = listed or (after in _PARTICLES and self.word(i + 2) in _BEHIND_PARTICLES and before not in _NO_PAIRS and (
            self.is_plural_noun(before) or (subject in self.nominal and "and" in self.words[max(0, i - 4):i - 1])))  # "Chad and Togo team up with"
        plural_before = plural_before or listed  # "Wine, fruit and copper make up a fifth of imports"
        if base in self.nouns:
            if before in _ORDINALS and not pronoun and (i - 1) in self.nominal:
                return None  # "his fourth visit to Chile since he took office"
            if not pronoun and (i - 1) in self.nominal and not before.endswith("s") and self.word(i - 2) in closed.DETERMINERS and after in closed.PREPOSITIONS:
                return None  # "any EU tariff on batteries", "the US offer of talks"
            if base in _OFTEN_VERBS and (i - 1) in self.nominal and self.word(i + 1)[:1].isalpha() and not self._finite_follows(i + 1):
                pass  # "the two countries share concern", "Chad and Togo need roads"
            elif base in ("stop", "cease", "resume") and (i - 1) in self.nominal and after.endswith("ing"):
                pass  # "insisted that Chad stop supporting the rebels"
            elif self.word(i + 1) == "each" and self.word(i + 2) == "other":
                pass  # "Chad and Togo, long at odds, respect each other"
            elif joined and base in _CALLING and self.plural_verb and after in ("for", "on", "upon", "that", "to"):
                pass  # "they share the concern and call for talks"
            elif listed:
                pass
            elif not (pronoun or ((plural_before or adverb or (before == "," and joined)) and self._verb_like_next(i))):
                return None
            elif not pronoun and after in closed.PREPOSITIONS and self._auxiliary_follows(i + 1):
                return None  # "the customs post at Neum will be ready"
        elif not (pronoun or plural_before or adverb or joined or self._plural_subject(i) or (
                before in (",", ")", "–", "—", "--") and (after in closed.DETERMINERS or after in closed.PREPOSITIONS))):
            return None
        if before in ("he", "she", "it") and base not in ("be",):
            return None
        return self.finish(i, i, base, "active", "present", False, [], False, False)

    def _before_bracket(self, i: int) -> int:
        """The token in front of the bracket that closes here ("exports ($5 million) consist of"), this one where none does."""
        opened = next((k for k in range(i - 1, max(0, i - 15), -1) if self.word(k) == "("), 0) if self.word(i) == ")" else 0
        return opened - 1 if opened > 0 else i

    def is_plural_noun(self, word: str) -> bool:
        """Whether a word is a noun in the plural by its ending, and no form of a verb."""
        return word.endswith("s") and word.isalpha() and not word.endswith(("ss", "us", "is", "ics", "as")) and word not in ("news", "series", "means", "always", "perhaps") \
            and not verb_tags(word)

    def _plural_subject(self, i: int) -> bool:
        """Whether a plural noun with a phrase of its own stands in front, and what a verb takes behind: "companies with German capital
        employ more", "people of Samoan descent live in"."""
        after = self.word(i + 1)
        if not (after in closed.PREPOSITIONS or after in closed.DETERMINERS or after[:1].isdigit() or (i + 1) in self.nominal or (i + 1) in self.adjectival):
            return False
        before = self.word(i - 1)
        if not before.isalpha() or before in closed.PREPOSITIONS or before in closed.DETERMINERS or before in closed.CONJUNCTIONS or before in closed.MODALS or before in closed.BE:
            return False
        for k in range(i - 2, max(-1, i - 9), -1):
            word = self.word(k)
            if not word[:1].isalnum() or word in closed.RELATIVES or word in closed.BE or word in closed.HAVE or word in closed.MODALS or word in (
                    "and", "but", "or", "to") or any(tag in ("past", "pp") for _, tag in verb_tags(word)):
                return False
            if word in ("of", "with", "from", "in") and k > 0:
                head = self.word(k - 1)
                return head in _PLURALS or (head.endswith("s") and not head.endswith("ss") and (head[:-1] not in ("thi", "it", "ga")))
        return False

    def _finite_follows(self, i: int) -> bool:
        """Whether another verb of the clause follows before its end: the form in front is its subject then."""
        for k in range(i, min(i + 12, len(self.words))):
            word = self.word(k)
            if word in (",", ".", ";", ":", "and", "but", "or", "that", "which", "who", "while") or word in closed.DASHES:
                return False
            if k in self.nominal:
                continue
            tags = {tag for _, tag in verb_tags(word)}
            past_form = "past" in tags and ("pp" not in tags or self.word(k + 1) not in ("by",)) and not self._is_noun_place(k)
            if word in ("is", "are", "was", "were", "has", "have", "had", "will") or word in closed.MODALS or past_form:
                return True
        return False

    def _auxiliary_follows(self, i: int) -> bool:
        """Whether an auxiliary or a modal follows in the clause: what stands in front of it is its subject."""
        for k in range(i, min(i + 10, len(self.words))):
            word = self.word(k)
            if not word[:1].isalnum() or word in closed.CONJUNCTIONS or word in closed.RELATIVES or word in closed.SUBORDINATORS or word in closed.SUBJECT_PRONOUNS:
                return False
            if word in ("is", "are", "was", "were", "has", "have", "had") or (word in closed.MODALS and k not in self.nominal):
                return True
        return False

    def _counted(self, i: int) -> bool:
        """Whether a number stands right in front or one word before, so that a form in -s is the plural of a noun."""
        if self.word(i - 1) in _FEW:
            return True  # "two ferries"
        return any(self.word(k)[:1].isdigit() and k in self.nominal for k in (i - 1, i - 2)) and self.word(i - 1) not in (",", "and")

    def _verb_like_next(self, i: int) -> bool:
        after = self.word(i + 1)
        return after in closed.DETERMINERS or after in ("that", "us", "them", "him", "it", "to", "in", "on", "at", "under", "for", "with", "about", "there", "here", "abroad",
                                                                "forward", "together", "closely", "jointly") or (i + 1) in self.nominal or (i + 1) in self.adjectival


def find_verb_groups(
    tokens: Sequence[Token], nominal: frozenset[int] = frozenset(), adjectival: frozenset[int] = frozenset()
) -> tuple[VerbGroup, ...]:
    """The verb groups of one sentence in text order, not overlapping.

    ``nominal`` are indices of tokens that belong to names or values and so are no verbs ("May", "March", "Will"); ``adjectival``
    those of adjectives made of state names ("Kazakh"), behind which a doubtful form is a noun ("Kazakh exports").
    """
    scan = _Scan(tokens, nominal, adjectival)
    groups: list[VerbGroup] = []
    i = 0
    while i < len(tokens):
        group = scan.group(i)
        if group is None:
            i += 1
            continue
        before = groups[-1] if groups else None
        taking = before is not None and (before.lemma in _TAKING_NOUNS or (group.lemma in scan.nouns and before.voice == "active" and before.lemma not in (
            "be", "do") and before.lemma not in _INTRANSITIVE and not before.modal))
        taking = taking or (before is not None and before.lemma == "be" and scan.word(before.first - 1) == "there")
        if before is not None and taking and before.last == group.first and before.form == "finite" \
                and group.first == group.head and group.tense == "present" and scan.word(group.head).endswith("s"):
            i += 1  # "held talks", "exchanged views": a noun
            continue
        told = _object_behind(scan, before, group)
        if told:
            i = told + 1
            continue
        groups.append(group)
        scan.singular_verb |= group.form == "finite" and group.tense == "present" and (_base(scan.word(group.first), "s") != "" or scan.word(group.first) in ("has", "is"))
        scan.plural_verb |= group.form == "finite" and group.tense == "present" and not group.modal and _base(scan.word(group.first), "base") != ""
        i = max(group.last, i + 1)
    groups = [g for g, following in zip(groups, [*groups[1:], None], strict=False) if not (
        g.last == g.first + 1 and following is not None and following.form == "finite" and following.first == g.last and (
            g.form == "gerund" or _heads_subject(scan, g)))]  # "where fighting | has intensified", "the first trains | began": a noun
    groups = [_with_prefix(scan, group) for group in groups]
    return tuple(_deny(scan, group) for group in _share_modals(scan, _mark_participles(scan, _without_nouns(scan, groups))))


def _heads_subject(scan: _Scan, group: VerbGroup) -> bool:
    """Whether what looks like a verb in -s is the noun in front of the verb: "the first trains | began"."""
    before = scan.word(group.first - 1)
    return (group.form == "finite" and group.tense == "present" and group.lemma in scan.nouns and scan.word(group.first).endswith("s")
            and (before in closed.DETERMINERS or before in _BEFORE_NOUNS))


_BEFORE_NOUNS = frozenset("first second third last next new old direct regular other more further daily weekly".split())
# Verbs whose complement a participle is: "remained closed".
_LINKING = frozenset("be get feel remain become seem appear look keep leave prove stay go stand lie sit come".split())


def _object_behind(scan: _Scan, before: VerbGroup | None, group: VerbGroup) -> int:
    """The noun before which a past form right behind a verb stands as an adjective ("held restricted and extended | talks"); 0 where none does."""
    if before is None or before.form != "finite" or before.voice != "active" or before.last != group.first or before.lemma in _LINKING or (
            group.last != group.first + 1 or group.tense == "present" or past(group.lemma) != participle(group.lemma)):
        return 0
    for k in range(group.last, group.last + 6):
        word = scan.word(k)
        if not (word.isalpha() or word == "-") or word in closed.PREPOSITIONS or word in closed.DETERMINERS or closed.is_adverb(word):
            return 0
        plural = scan.is_plural_noun(word) or _base(word, "s") in scan.nouns
        if plural and (not scan.word(k + 1).isalpha() or scan.word(k + 1) in closed.PREPOSITIONS):
            return k
    return 0


def _deny(scan: _Scan, group: VerbGroup) -> VerbGroup:
    """Denies what stands behind "neither" and "nor": "neither wants nor needs a loan"."""
    before = scan.word(group.first - 1)
    denied = group.form == "finite" and (before == "nor" or (before == "neither" and scan.neither(group.first - 1)))
    return replace(group, negated=True) if denied else group


def _closes_aside(scan: _Scan, groups: list[VerbGroup], k: int) -> bool:
    """Whether a past form right behind a comma is the verb of the clause, since only a past form behind an earlier comma ("..., financed by X,")
    stands in front of it."""
    group, first = groups[k], groups[k - 1] if k > 0 else None
    return (
        first is not None and scan.word(group.first - 1) == "," and scan.word(first.first - 1) == "," and first.tense == "past" and first.first == first.head
        and not first.perfect and not first.chain and past(first.lemma) == participle(first.lemma)
        and (scan.word(first.last) == "by" or (scan.word(first.last) in ("in", "at", "on", "with", "for", "under") and group.lemma in _INTRANSITIVE | {"open", "close", "start", "begin"}))
        and not any(g.form == "finite" for j, g in enumerate(groups) if j not in (k, k - 1) and g.last <= group.first)
        and "and" not in scan.words[first.last : group.first]
    )


def _explains(scan: _Scan, at: int) -> bool:
    """Whether the noun at token `at` ends a phrase with "a" behind a comma: "the Sur plant, a $1 billion project | completed in 2005"."""
    for k in range(at - 1, max(at - 8, 0), -1):
        if scan.word(k) in ("a", "an"):
            return scan.word(k - 1) == ","
        if not (scan.word(k)[:1].isalnum() or scan.word(k) in ("-", "$", "€", "£")) or scan.word(k) in closed.PREPOSITIONS:
            return False
    return False


def _told_of_paper(scan: _Scan, at: int) -> bool:
    """Whether the noun at token `at` ends what a paper is about: "the agreement on the continental shelf signed in ..."."""
    listed = False
    for k in range(at, max(at - 13, 0), -1):
        word = scan.word(k)
        if word in _PAPERS:
            return k < at and scan.word(k + 1) in ("on", "of", "for", "between", "concerning", "to", "about") and scan.word(k - 1) in closed.DETERMINERS
        if k < at and ((word == "and" and not listed and scan.word(k + 1) not in closed.DETERMINERS | closed.SUBJECT_PRONOUNS) or (word == "," and listed)):
            listed = True  # "on economic, commercial and technical cooperation"
            continue
        if not word[:1].isalnum() or word in ("and", "or", "that", "which", "who") or word in closed.MODALS or word in closed.BE or word in closed.HAVE:
            return False
    return False


def _share_modals(scan: _Scan, groups: list[VerbGroup]) -> list[VerbGroup]:
    """"could raise the toll and close the port": the second verb stands under the modal, the catenative, the "to" of the first."""
    out = list(groups)
    for k, group in enumerate(out):
        bare = group.form == "finite" and group.first == group.head and (group.tense == "present" or past(group.lemma) == group.lemma) and not group.modal \
            and _base(scan.word(group.head), "base") == group.lemma
        at = group.first - 1
        while at > 0 and closed.is_adverb(scan.word(at)):
            at -= 1
        if not bare or k == 0 or scan.word(at) not in ("and", "or"):
            continue
        before = out[k - 1]
        main = next((g for g in reversed(out[:k]) if g.form == "finite"), None)
        if group.lemma in _STATING and main is not None and main.lemma in _STATING and main.tense == "present" and not main.modal and before.form == "infinitive":
            continue  # "The parties reaffirm their will to cooperate and condemn terrorism"
        if (before.modal or before.form == "infinitive" or before.chain) and not any(
                w in (",", ";", "that", "which", "who") for w in scan.words[before.last:at]):
            out[k] = replace(group, modal=before.modal, chain=before.chain, form=before.form, tense=before.tense, negated=before.negated)
    return out


# What the sides of a communiqué do, one after the other.
_STATING = frozenset("acknowledge affirm agree appeal applaud appreciate commend condemn confirm declare denounce emphasise emphasize encourage express hail highlight invite "
                     "note pledge praise reaffirm recall recognise recognize reiterate reject stress support underline underscore urge voice welcome".split())
# What a clause may follow, to tell verbs from nouns: grammar, not the classes of kg/context/saying.words, which stand above this floor.
_SAYING = frozenset("say think believe hope note stress add know mean show suggest argue claim tell report announce explain".split())


def _without_nouns(scan: _Scan, groups: list[VerbGroup]) -> list[VerbGroup]:
    """Takes out "supplies" of "they suspended the agreement on coal supplies in March": no second verb without a break between."""
    out: list[VerbGroup] = []
    for group in groups:
        earlier = next((g for g in reversed(out) if g.form == "finite"), None)
        doubtful = group.last == group.first + 1 and group.tense == "present" and group.lemma in scan.nouns and scan.word(group.first).endswith("s") \
            and group.first - 1 not in scan.nominal and scan.word(group.first - 2) in closed.PREPOSITIONS
        if doubtful and earlier is not None and earlier.lemma not in _SAYING and not any(
                w in _BREAKS for w in scan.words[earlier.last:group.first]):
            continue
        between = scan.words[earlier.last:group.first] if earlier is not None else []
        plain = group.last == group.first + 1 and group.tense == "present" and group.lemma in scan.nouns and scan.word(group.first).endswith("s") and group.first - 1 not in scan.nominal
        if plain and earlier is not None and earlier.voice == "active" and earlier.lemma not in _SAYING | {"be", "have", "do"} and 2 <= len(between) <= 4 and "and" in between[1:-1] and all(
                w.isalpha() and (w == "and" or (w not in closed.PREPOSITIONS and w not in closed.DETERMINERS and w not in closed.SUBJECT_PRONOUNS and w not in _BREAKS)) for w in between):
            continue  # "will halt missile and drone attacks on the port"
        out.append(group)
    return out


# How adjectives end, and nouns that end so too: what stands behind an adjective is a noun.
_OF_ADJECTIVES = ("ic", "ical", "cial", "nal", "ral", "ous", "ive", "ary")
_ADJECTIVES = frozenset((
    "key main major important recent various several other new current common joint mutual global foreign latest further future urgent pressing topical "
    "relevant many certain such same own old former high low big small large great strong close closer direct regular frequent annual early"
).split())
# How goods are prepared: "dried fruit".
_PREPARED = frozenset("bottled canned chilled condensed cured dried finished frozen knitted liquefied manufactured packaged powdered prepared processed recycled refined roasted rolled salted "
                      "smoked tanned tinned used woven".split())
_BOTH_WAYS = {"imports": "exports", "exports": "imports"}  # "Oman exports oil, gas and dates, and imports | rice"
_ORDINALS = frozenset("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split())
_IN_COMPOUNDS = frozenset("level party way term scale track range depth profile ranking hoc wide".split())
_NO_ADJECTIVES = frozenset(
    "republic public topic critic academic traffic clinic music fabric arsenal journal terminal signal general admiral referral executive initiative "
    "representative relative cooperative native objective narrative archive drive secretary subsidiary library commentary anniversary beneficiary official "
    "principal criminal national professional".split()
)

# "is understood to oppose" says that it opposes.
_HEARSAY = frozenset("say believe understand think report know rumour rumor allege".split())
_SET_PARTICLES = frozenset("up off out aside down forth back at by".split())  # "is set up"; "is set" alone stands before "to open"
_GATHERING_NOUNS = frozenset("crossing meeting opening signing hearing briefing gathering sitting".split())
_EARLIER = frozenset({"first", "originally", "initially", "recently", "previously", "already", "jointly", "since", "formally"})
_SPANS = frozenset({"years", "decades", "months", "centuries"})
_TIMES = _SPANS | frozenset("year decade month century week weeks day days times occasions occasion past general principle turn fact practice recently long now".split())
_TAKING_NOUNS = frozenset("hold have exchange share conduct begin start continue resume sign make take launch open hit seek pursue receive grant impose "
                          "lift voice express offer provide".split())
_BREAKS = closed.CONJUNCTIONS | closed.RELATIVES | frozenset(
    [",", ";", ":", "when", "while", "because", "if", "although", "though", "as", "before", "after", "since", "until"]) | closed.DASHES


def _adjunct_follows(scan: _Scan, i: int) -> bool:
    """Whether a preposition, an adverb, a number or a month begins at i: what may follow a participle behind its noun."""
    word = scan.word(i)
    return word in closed.PREPOSITIONS or closed.is_adverb(word) or word[:1].isdigit() or word in ("last", "this", "next")


def _is_reduced(scan: _Scan, group: VerbGroup | None, groups: list[VerbGroup]) -> bool:
    """Whether the group may be a participle behind its noun ("the delegation headed by the minister visited ..."): the next verb is finite then."""
    return group is not None and group.first == group.head and scan.word(group.last) == "by" and not group.chain and not any(
        g.form == "finite" and g.last <= group.first for g in groups)


_DONE_TO_PAPERS = frozenset("award clinch seal ink strike broker sign conclude adopt ratify initial approve negotiate reach draft prepare propose issue publish mention amend extend renew revise update suspend".split())
_PAPERS = frozenset("""agreement agreements treaty treaties accord accords memorandum memorandums memoranda mou mous protocol protocols declaration declarations contract
    contracts deal deals pact pacts document documents convention conventions communiqué communique programme program partnership partnerships framework
    understanding ceasefire truce armistice arrangement arrangements roadmap statement concession""".split())

_TODAY = frozenset("today yesterday here there earlier last this jointly recently".split())
_PREFIXES = frozenset({"co", "re"})


def _with_prefix(scan: _Scan, group: VerbGroup) -> VerbGroup:
    """The group with "re-" in its base form: "re-established" is no "established"; "re-opened" is spelled like "reopened"."""
    if scan.word(group.head - 1) != "-" or scan.word(group.head - 2) != "re":
        return group
    return replace(group, lemma=f"re-{group.lemma}" if group.lemma != "open" else "reopen")


# Verbs that are never done to anything: "appeared" is finite wherever it stands.
_NAMING, _OPENING = frozenset({"entitle", "title", "call", "name", "dub"}), frozenset({"“", '"', "«", "‘"})  # "entitled “..."
_NEVER_DONE = frozenset("appear arrive emerge happen occur remain exist belong consist participate depend die travel culminate collapse vanish".split())
# Verbs that no auxiliary in front makes passive: "was signed in 2001 and entered into force".
_INTRANSITIVE = frozenset("""enter remain stay last result lead lapse expire arrive leave depart return travel increase decrease decline continue serve function
    operate work start end amount live die move head appear happen meet stand sit fail succeed participate consist belong depend insist agree object react
    respond reply rely aim settle talk walk march fight graduate retire resign emerge flow culminate contribute focus deal cooperate collaborate study attend visit""".split())


def _has_relative(scan: _Scan, groups: list[VerbGroup], k: int) -> bool:
    """Whether "which", "that" opens the clause of the verb, with a subject between: "which our countries signed in"."""
    first = groups[k].first
    for i in range(first - 2, max(-1, first - 12), -1):
        word = scan.word(i)
        if word in (",", ";", ":", "(", "and", "but") and word != "and":
            return False
        if any(g.first <= i < g.last for g in groups):
            return False
        if word in ("which", "whom") or (word == "that" and i > 0 and not any(g.last == i for g in groups)):
            return True
    return False


def _closed_by_comma(scan: _Scan, first: int, later: VerbGroup | None) -> bool:
    """Whether a comma right before the next finite verb closes what stands from ``first`` on: ", linked by sea, | trade"."""
    if later is None or later.form != "finite":
        return False
    at = later.first - 1
    while at > first and closed.is_adverb(scan.word(at)):
        at -= 1
    return scan.word(at) == "," and not any(word in closed.RELATIVES | {";", ":", "but", "while"} for word in scan.words[first:at])


def _opens_sentence(scan: _Scan, group: VerbGroup) -> bool:
    return group.first == 0 or (group.first == 1 and scan.word(0) in _EARLIER)


def _subject_behind_comma(scan: _Scan, first: int, later: VerbGroup | None) -> bool:
    """Whether the next finite verb has its subject behind a comma: "Signed in 2010, | the pact | covers"."""
    if later is None or later.form != "finite" or "," not in scan.words[first:later.first - 1]:
        return False
    comma = max(i for i in range(first, later.first) if scan.word(i) == ",")
    return comma < later.first - 1 and scan.word(comma + 1) not in closed.CONJUNCTIONS | closed.RELATIVES


def _is_alone(scan: _Scan, group: VerbGroup) -> bool:
    """Whether the group is one word, or one with "co-" in front."""
    return group.first == group.head or (group.first == group.head - 2 and scan.word(group.first) in _PREFIXES)


def _in_contact_clause(scan: _Scan, at: int) -> bool:
    """Whether names stand between a paper and the verb at a token: "the pact Peru and Chile signed", "the pact the two sides signed"."""
    i = at - 1
    if i in scan.nominal and scan.word(i).islower() and (scan.word(i - 1) == "both" or (scan.word(i - 1) == "two" and scan.word(i - 2) in closed.DETERMINERS | closed.POSSESSIVES)):
        return scan.word(i - 2 - (scan.word(i - 1) == "two")) in _PAPERS
    while i > 0 and (scan.tokens[i].text[:1].isupper() or (scan.words[i] == "and" and i < at - 1)):
        i -= 1
    return 0 <= i < at - 1 and scan.words[i] in _PAPERS and scan.words[i + 1] != "and"


def _only_verb_said(scan: _Scan, earlier: VerbGroup | None, group: VerbGroup, later: VerbGroup | None) -> bool:
    """Whether a clause that is said, with no "that" in front, would have no verb but this one: "said | the tests made sense"."""
    if earlier is None or earlier.lemma not in _TAKING_CLAUSES or earlier.voice != "active" or not 2 <= group.first - earlier.last <= 10:
        return False
    between = scan.words[earlier.last:group.first]
    if any(w in _BREAKS or w == "," for w in between) or between[0] in closed.PREPOSITIONS or between[-1] in closed.PREPOSITIONS:
        return False
    if between[-1] in _PAPERS and group.lemma in _DONE_TO_PAPERS:
        return False  # "said the accord signed in 2010 covers"
    if earlier.lemma == "tell" and (scan.word(group.last) in closed.PREPOSITIONS or len(between) < 3):
        return False  # "told the crowd gathered outside"
    return later is None or later.form != "finite" or any(w in _BREAKS or w == "," for w in scan.words[group.last:later.first])


# Verbs whose object is a clause and hardly ever a thing.
_TAKING_CLAUSES = frozenset("say think believe argue insist tell".split())


_MEANS = frozenset({"with", "in", "on", "at", "for", "from", "through"})


def _mark_participles(scan: _Scan, groups: list[VerbGroup]) -> list[VerbGroup]:
    """Tells "the treaty signed in 1992 was extended" (participle) from "they signed it" (finite)."""
    out = list(groups)
    for k in range(len(out) - 1, -1, -1):
        group = out[k]
        bare = group.form == "finite" and group.tense == "past" and not group.perfect and not group.chain \
            and _is_alone(scan, group) and not group.modal and group.lemma not in ("be", "have", "do")
        base_form = group.form == "finite" and group.tense == "present" and group.last == group.first + 1 and scan.word(group.first) == group.lemma
        modal = next((g for g in reversed(out[:k]) if g.form == "finite"), None)
        if base_form and modal is not None and modal.modal and scan.word(group.first - 1) in ("and", "or", "but"):
            # "must move and coordinate": the modal holds for both
            out[k] = replace(group, modal=modal.modal, tense=modal.tense, chain=(*modal.chain, *group.chain), negated=modal.negated or group.negated)
            continue
        if not bare or past(group.lemma) != participle(group.lemma) or group.lemma in _NEVER_DONE:
            continue
        if group.lemma in _NAMING and scan.word(group.last) in _OPENING and k > 0 and out[k - 1].form == "finite" and not any(
                w in _BREAKS for w in scan.words[out[k - 1].last:group.first]):
            out[k] = replace(group, form="participle", voice="passive", tense="")
            continue  # "held an exhibition entitled “Faces of Chad”"
        if _closes_aside(scan, out, k):
            continue  # "the bridge, financed by the bank, opened in 2019"
        if group.lemma == "say" and scan.word(group.last) not in ("by", "to"):
            continue
        if scan.words[group.first - 2 : group.first] in (["of", "it"], ["of", "them"]) and "," in scan.words[max(0, group.first - 5) : group.first - 2] and any(
                g.form == "finite" and g.first < group.first for g in out):
            out[k] = replace(group, form="participle", voice="passive", tense="")
            continue  # "a debt of 5 billion, most of it owed to Peru"
        if scan.word(group.first - 1) in closed.SUBJECT_PRONOUNS - {"that", "which", "who"}:
            continue
        if scan.word(group.first - 1) in ("who", "which", "that"):
            continue
        if group.lemma in _DONE_TO_PAPERS and _in_contact_clause(scan, group.first):
            continue  # "the pact Peru and Chile signed in 2012"
        at = group.first - 1
        while at > 0 and scan.word(at) in _EARLIER and scan.word(at - 1) in (",", "(", "–", "—", "--"):
            at -= 1  # "a programme, first signed in 2006"
        before, after = scan.word(at), scan.word(group.last)
        behind = scan.word(group.last + 1) if after in ("up", "off", "out") else after
        passive = out[k - 1] if k > 0 and out[k - 1].form == "finite" and out[k - 1].voice == "passive" else None
        if at > 1 and before in ("only", "finally", "later", "then", "never", "not", "subsequently") and scan.word(at - 1) in ("but", "and") and passive is not None:
            out[k] = replace(group, voice="passive", tense=passive.tense, perfect=passive.perfect, negated=before in ("never", "not"))
            continue  # "was signed in 1974 but only ratified in 2015"
        if passive is not None and group.lemma not in _INTRANSITIVE and before in ("and", "or", ",") and not scan.starts_object(group.last) and not any(
                w in closed.RELATIVES | {";", ":", "while", "but"} for w in scan.words[passive.last:group.first]) and not (
                before == "," and group.lemma in _DONE_TO_PAPERS and any(w in _PAPERS for w in scan.words[passive.last:at])):  # "linked by a treaty, renewed in 1975"
            # "was signed in 2006 and updated every year": the auxiliary holds for both
            if scan.nearest_subject(passive.last, group.first - 1):
                continue
            out[k] = replace(group, voice="passive", tense=passive.tense, perfect=passive.perfect, modal=passive.modal, chain=passive.chain)
            continue
        if before not in _PAPERS and _has_relative(scan, out, k):
            continue  # "the declaration that the presidents signed in 1985 was"
        later = next((g for g in out[k + 1:] if g.form in ("finite", "participle")), None)
        earlier = next((g for g in reversed(out[:k]) if g.form == "finite"), None)
        if earlier is not None and earlier.lemma in _SAYING and earlier.voice == "active" and group.first - earlier.last <= 6 and (
                scan.word(group.last) in closed.POSSESSIVES or scan.word(group.last) in ("the", "a", "an", "any", "all", "these", "those", "some") or group.last in scan.nominal):
            continue  # "said his government opposed the tax"
        if _only_verb_said(scan, earlier, group, later):
            continue  # "believes the war changed everything"
        no_break_later = later is not None and not any(w in _BREAKS for w in scan.words[group.last:later.first])
        counted = next((i for i in range(group.last + 1, group.last + 4) if scan.word(i)[:1].isdigit()), -1) if after == "by" else -1
        if counted > 0 and any(w in _MEANS for w in scan.words[group.last + 1:counted]):
            counted = -1  # "the road, financed by Chad with 40 million dollars, was"
        acting = counted > 0 and before == "," and group.lemma not in _OF_CHANGE and scan.word(counted + 1).endswith("s")  # "schools, attended by 11,000 pupils"
        if counted > 0 and not no_break_later and not acting:
            continue  # "imports increased by almost 4 percent"
        joined_later = later is not None and later.form == "participle" and scan.word(later.first - 1) in ("and", "or", ",")
        no_break_earlier = earlier is not None and not any(
            w in _BREAKS and not (w == "and" and i in scan.nominal)  # "the Treaty of Friendship and Cooperation signed in 2010"
            for i, w in enumerate(scan.words[earlier.last:group.first], earlier.last))
        others = any(g.form == "finite" for j, g in enumerate(out) if j != k)
        papers = (before in _PAPERS or _told_of_paper(scan, at)) and group.lemma in _DONE_TO_PAPERS and _adjunct_follows(scan, group.last)  # "the agreement signed in 2010 covers transit"
        is_participle = papers or (
            (no_break_later and later is not None and later.form == "finite" and _adjunct_follows(scan, group.last))
            or (joined_later and no_break_later)
            or (earlier is not None and others and _adjunct_follows(scan, group.last) and _explains(scan, at))
            or (no_break_earlier and before not in closed.ADVERBS and not _is_reduced(scan, earlier, out))
            or (after == "by" and others)
            or (before in (",", "(") and others and after in _TODAY and "by" in scan.words[group.last + 1 : group.last + 3])
            or (before in (",", "(", "–", "—", "--") and not others and group.lemma in _DONE_TO_PAPERS and any(w in _PAPERS for w in scan.words[:at]) and (
                behind in ("in", "on", "at", "between", "by") or behind[:1].isdigit()))  # an item of a list: "Labour Agreement, signed on 21 March"
            or (before == "," and earlier is None and after in closed.PREPOSITIONS and _closed_by_comma(scan, group.last, later))
            or (before in (",", "(", "–", "—", "--") and others and behind in ("in", "on", "at", "between", "under", "during", "with", "since", "last", "this"))
            or (_opens_sentence(scan, group) and (behind in closed.PREPOSITIONS or behind[:1].isdigit()) and _subject_behind_comma(scan, group.last, later))
        )
        if is_participle:
            out[k] = replace(group, form="participle", voice="passive", tense="")
    for k, group in enumerate(out):
        before = scan.word(group.first - 1 - closed.is_adverb(scan.word(group.first - 1)))
        if k and group.form == "participle" and before in ("and", "or", "but") and _is_alone(scan, group) and past(group.lemma) != participle(group.lemma) and scan.word(group.last) not in ("by", "to"):
            perfect = next((g for g in reversed(out[:k]) if g.form in ("finite", "infinitive")), None)
            if perfect is not None and perfect.perfect and perfect.voice == "active" and not any(
                    w in closed.RELATIVES | {";", ":", "while"} for w in scan.words[perfect.last:group.first]):
                out[k] = replace(perfect, first=group.first, last=group.last, head=group.head, lemma=group.lemma, chain=())  # "has sent two jets and taken part in"
    for k in range(1, len(out)):
        group, first = out[k], out[k - 1]
        plain = group.form == "finite" and group.tense == "past" and group.first == group.head and not group.chain and not group.perfect and past(group.lemma) == participle(group.lemma)
        if plain and first.form == "participle" and scan.word(group.first - 1) in ("and", "or") and group.lemma not in _INTRANSITIVE | _NEVER_DONE and not scan.starts_object(
                group.last) and (any(g.form == "finite" and g.last <= first.first for g in out) or (
                k + 1 < len(out) and out[k + 1].form == "finite" and (scan.word(out[k + 1].first - 1) == "," or (
                    first.first == 0 and "," in scan.words[group.last:out[k + 1].first])))) and (
                first.first == 0 or scan.word(first.first - 1) == "," or scan.word(first.first - 1) in _EARLIER):
            # "first signed in 2006 and brought up to date since", "Built by Peru and opened in 2010, the dam"
            out[k] = replace(group, form="participle", voice="passive", tense="")
    return out
