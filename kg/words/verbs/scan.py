"""What stands left and right of a form: whether it is a verb in its place, and which words make up its group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.model import Token
from kg.words import closed
from kg.words.verbs.group import VerbGroup
from kg.words.verbs.lexicon import also_noun, base_of, catenatives, noun_like, told_by_some, verb_tags
from kg.words.verbs.words import phrases, words

__all__ = ["Scan"]

_GERUND_CATENATIVES = words("scan", "gerund-catenatives")
_OFTEN_VERBS = words("scan", "often-verbs")
_SOME = words("scan", "some")
_CALLING = words("scan", "calling")
_PARTICLES = words("scan", "particles")
_BEHIND_PARTICLES = words("scan", "behind-particles")
_NO_PAIRS = words("scan", "no-pairs")
_PLURALS = words("scan", "plurals")
_RUNNING = words("scan", "running")
_RESTING = words("scan", "resting")
_AND_OPEN = words("scan", "and-open")
_LEFT, _LEFT_BEHIND = words("scan", "left"), words("scan", "left-behind")
_RUN = words("scan", "run")
_ATTRIBUTES = words("scan", "attributes")
_FEW = words("scan", "few")
_ASIDES = phrases("scan", "asides")
_LONG_ASIDES = sorted(phrases("scan", "long-asides"), key=lambda words: (-len(words), words))
_SPAN = words("scan", "span")
_WORKED = words("scan", "worked")
_WROUGHT = words("scan", "wrought")
_NAMED_MANY = words("scan", "named-many")
_UPWARDS = words("scan", "upwards")
_SELDOM_PLURALS = words("scan", "seldom-plurals")
_ADJECTIVES = words("scan", "adjectives")
_PREPARED = words("scan", "prepared")
_ORDINALS = words("scan", "ordinals")
_IN_COMPOUNDS = words("scan", "in-compounds")
_NO_ADJECTIVES = words("scan", "no-adjectives")
_HEARSAY = words("scan", "hearsay")
_SET_PARTICLES = words("scan", "set-particles")
_GATHERING_NOUNS = words("scan", "gathering-nouns")
_SPANS = words("scan", "spans")
_TIMES = words("scan", "times") | _SPANS
_PREFIXES = words("participles", "prefixes")
_BOTH_WAYS = {"imports": "exports", "exports": "imports"}  # "Oman exports oil, gas and dates, and imports | rice"
# How adjectives end, and nouns that end so too: what stands behind an adjective is a noun.
_OF_ADJECTIVES = ("ic", "ical", "cial", "nal", "ral", "ous", "ive", "ary")


class Scan:
    """Looks at one sentence form by form. Token indices everywhere; ``nominal`` and ``adjectival`` as for `find_verb_groups`."""

    def __init__(self, tokens: Sequence[Token], nominal: frozenset[int], adjectival: frozenset[int]) -> None:
        self.words = [token.lower for token in tokens]
        self.tokens = tokens
        self.nominal = nominal
        self.adjectival = adjectival
        self.nouns = noun_like()
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
        while (
            i < len(self.words)
            and i not in self.nominal
            and not self._backs(i)
            and (
                closed.is_adverb(self.words[i])
                or (self.word(i), self.word(i + 1)) in _ASIDES
                or (self.word(i - 1), self.word(i)) in _ASIDES
                or self._prefix(i)
                or self.neither(i)
                or (self.words[i] == "since" and self.word(i - 1) in closed.HAVE)
                or (self.words[i] == "than" and self.word(i - 1) in ("more", "less"))
            )
        ):
            negated |= self.words[i] in ("not", "n't", "never", "neither") and self.word(i + 1) not in ("only", "just", "merely")
            i += 1
        if (
            self.word(i - 1) in closed.MODALS | closed.BE | closed.HAVE
            and (aside := next((a for a in _LONG_ASIDES if tuple(self.words[i : i + len(a)]) == a), ()))
            and (verb_tags(self.word(i + len(aside))) or self.word(i + len(aside)) in closed.BE | closed.HAVE)
        ):
            return i + len(aside), negated
        if self.word(i) == "," and (end := self._aside(i)):
            return end, negated
        if self.word(i) == "since" and self.word(i - 1) in closed.HAVE and self.word(i + 1).isdigit() and len(self.word(i + 1)) == 4:
            return i + 2, negated  # "have since 1965 had"
        if (
            self.word(i) in ("for", "over")
            and self.word(i - 1) in closed.HAVE
            and (years := next((k for k in range(i + 2, i + 5) if self.word(k) in _SPANS), 0))
            and (self.word(years + 1) in closed.BE or base_of(self.word(years + 1), "pp"))
        ):
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
        phrase = self.words[i + 1] in closed.PREPOSITIONS and not any(
            verb_tags(self.words[k]) and not also_noun(verb_tags(self.words[k])[0][0]) for k in range(i + 2, end)
        )
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
        return (
            self.word(i)[:1].isdigit()
            or self.word(i)[:1] in ("$", "€", "£", "¥")
            or self.word(i) in ("high", "highs", "low", "lows", "level", "levels", "usd", "eur")
        )

    def to_verb(self, i: int) -> tuple[int, bool]:
        """Index of the base verb behind "to" at i (adverbs skipped), -1 where none follows."""
        if self.word(i) != "to" or (self.word(i - 1) == "up" and self.word(i + 1) == "date"):
            return -1, False
        j, negated = self.skip(i + 1)
        word = self.word(j)
        if j in self.nominal or not (base_of(word, "base") or word in ("be", "have", "do")):
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
        if word in closed.MODALS and not (
            word in ("may", "will", "can", "might", "must")
            and self._is_noun_place(i)
            and self.word(i - 1) not in ("that", "this", "these", "those")
        ):
            j, negated = self.skip(i + 1)
            if word in ("ought",):
                j, more = self.to_verb(j)
                negated |= more
            if j < 0 or not (base_of(self.word(j), "base") or self.word(j) in ("be", "have")):
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
            if j > i + 1 and base_of(self.word(j), "base") and j not in self.nominal:
                return self.verbal(j, i, tense, negated, base=True)
            if j == i + 1 and word != "do" and (base := base_of(self.word(j), "base")) and j not in self.nominal and base != "not" and (
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
                if self.word(j) == "been" or (base_of(self.word(j), "pp") and j not in self.nominal and j not in self.adjectival):
                    perfect, negated, i = True, negated | more, j
                    if self.word(j) in closed.BE:
                        continue
                    return self.finish(first, j, base_of(self.word(j), "pp"), voice, tense, negated, chain, perfect, progressive)
                if (done := self._behind_span(j)) > 0:
                    perfect, negated, i = True, negated | more, done
                    if self.word(done) in closed.BE:
                        continue
                    return self.finish(first, done, base_of(self.word(done), "pp"), voice, tense, negated, chain, perfect, progressive)
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
                    if nxt == "busy" and base_of(self.word(j + 1), "ing"):
                        j, nxt = j + 1, self.word(j + 1)  # "is busy building"
                    if base_of(nxt, "ing") and j not in self.adjectival and not self._noun_like_ing(j):
                        progressive = True
                        return self.finish(first, j, base_of(nxt, "ing"), voice, tense, negated, chain, perfect, progressive)
                    if base_of(nxt, "pp") and nxt not in closed.BE | closed.HAVE and (nxt != "set" or self.word(j + 1) in _SET_PARTICLES) and not self._ware(j):
                        return self.finish(first, j, base_of(nxt, "pp"), "passive", tense, negated, chain, perfect, progressive)
                return VerbGroup(first, i + 1, i, "be", voice, tense, negated=negated, chain=tuple(chain), perfect=perfect)
            lemma = base_of(word, "base") if base else base_of(word, "past", "s", "base", "pp", "ing")
            if not lemma:
                return None
            return self.finish(first, i, lemma, voice, tense, negated, chain, perfect, progressive)

    def _ware(self, j: int) -> bool:
        """Whether a participle only tells of the ware behind it: "the main exports are frozen | fish", "were refined | products"."""
        after = self.word(j + 1)
        return self.word(j) in _WROUGHT and after.isalpha() and self.tokens[j + 1].text[:1].islower() and not (
            after in closed.PREPOSITIONS | closed.CONJUNCTIONS | closed.SUBORDINATORS | closed.DETERMINERS | closed.SUBJECT_PRONOUNS
            or closed.is_adverb(after)) and after not in ("abroad", "locally", "domestically", "solid", "dry", "fresh")

    def _behind_span(self, j: int) -> int:
        """Where the verb goes on behind how long or when, put between it and "has": "has for years | opposed"; 0 where nothing of the sort stands there."""
        if self.word(j) not in ("for", "in", "since", "over", "on", "from"):
            return 0
        for k in range(j + 1, min(j + 8, len(self.words))):
            word = self.word(k)
            if not word[:1].isalnum() or word in closed.BE - {"been"} or word in closed.HAVE or word in closed.MODALS or word == "to":
                return 0
            if (word == "been" or (base_of(word, "pp") and k not in self.nominal and k not in self.adjectival)) and (
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
        if self.word(j) in _LEFT and self.word(j - 1) in _LEFT_BEHIND and after.isalpha():
            return True  # "the only remaining ally"
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
                return replace(
                    rest,
                    chain=(*chain, *rest.chain),
                    tense=tense,
                    negated=negated or more or more_to or rest.negated,
                    perfect=perfect or rest.perfect,
                )
            if lemma == "help" and voice == "active" and j == i + 1 and j not in self.nominal and base_of(self.word(j), "base") and (
                    self.word(j + 1) in closed.DETERMINERS or self.word(j + 1) in closed.POSSESSIVES or base_of(self.word(j), "base") not in self.nouns):
                rest = self.verbal(j, first, tense, False, base=True)
                if rest is not None:  # "help build the dam"
                    return replace(rest, chain=(*chain, lemma, *rest.chain), tense=tense, negated=negated or more or rest.negated, perfect=perfect)
            if lemma in _GERUND_CATENATIVES and voice == "active" and j not in self.nominal and base_of(self.word(j), "ing") \
                    and not self._noun_like_ing(j):
                return VerbGroup(first, j + 1, j, base_of(self.word(j), "ing"), "active", tense, negated=negated or more,
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
        if self.word(i) == "back" and after in closed.PREPOSITIONS:
            return None  # "dates back to 1926", "ministers back from Rome"
        if (
            self.word(i) in _PREPARED
            and after.isalpha()
            and not (after in closed.PREPOSITIONS or after in closed.DETERMINERS or after in closed.CONJUNCTIONS or closed.is_adverb(after))
            and not (before in closed.SUBJECT_PRONOUNS or i - 1 in self.nominal)
        ):
            return None  # "mainly refined oil", "frozen fish"
        if self.word(i) in ("concentrate", "concentrates") and after not in ("on", "upon", "its", "their", "more", "mainly"):
            return None  # "exports copper concentrates to Chile"
        if self.word(i) == "complete" and (before in ("%", "percent", "cent", "half", "partially", "partly") or before in closed.BE):
            return None  # "is 60% complete"
        if self.word(i) == "cut" and after in ("flowers", "flower", "diamonds", "stones", "timber"):
            return None  # "tea and cut flowers"
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
        pronoun = pronoun or (
            before in ("these", "those") and "base" in tags and self.word(i - 2) in ("of", "", ",", "and") and self._verb_like_next(i)
        )  # "many of these deal with trade"
        adverb = closed.is_adverb(before) and before not in ("more", "most", "all", "both")
        pronoun = pronoun or (adverb and self.word(i - 2) in ("i", "we", "you", "they"))  # "we also work with"
        pronoun = pronoun or ("base" in tags and tags["base"] in told_by_some() and self._some_before(i))  # "many in Lima believe that"
        noun_place = self._is_noun_place(i) and not pronoun
        joined = before in closed.CONJUNCTIONS or (before == "," and self.plural_verb)
        if "pp" in tags and "past" not in tags and "base" in tags and self.word(self._before_bracket(i - 1)).endswith("s") and not noun_place and not joined:
            del tags["pp"]  # "ventures come into being"
        if "past" in tags or "pp" in tags:
            prenominal = (noun_place and before == self.word(i - 1)) or (before in closed.PREPOSITIONS)
            if prenominal and after not in ("by",):
                return None
            if (
                adverb
                and not pronoun
                and before not in ("also", "then", "later", "now", "never", "not")
                and (i - 1) not in self.nominal
                and self._is_noun_place(i - 1)
                and self.word(i - 2) != "that"
                and after.isalpha()
                and after not in closed.DETERMINERS
                and after not in closed.PREPOSITIONS
            ):
                return None  # "Algeria's newly appointed minister"
            if before == "-" or after == "-":
                return None
            base = tags.get("past") or tags["pp"]
            tense, form, voice = "past", "finite", "active"
            if before == "last" and "past" in tags and not (self.word(i - 2) in closed.DETERMINERS or self.word(i - 2) in closed.PREPOSITIONS):
                return self.finish(i - 1, i, base, voice, tense, False, [], False, False)  # "they last met"
            if "past" not in tags or (self.word(i) in _RESTING and after in ("on", "in", "upon")):
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
        if noun_place or before == "-" or after == "-" or (self.word(i) == "open" and before == "and" and self.word(i - 2) in _AND_OPEN):
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
            series = (
                joined and self.singular_verb and (after in ("for", "on", "upon", "that", "to") or after[:1].isdigit())
            )  # "is a taxpayer and runs 117 stations"
            series = series or (
                before in ("and", "but")
                and (self.singular_verb or before == "and")
                and (after in ("a", "an", "the") or after in closed.POSSESSIVES or self._owner(i + 1))
            )  # "has offered a share and supports a pipeline"
            series = series or (
                before == "and"
                and self.singular_verb
                and after.isalpha()
                and after not in closed.PREPOSITIONS
                and _BOTH_WAYS.get(self.word(i)) in self.words[: i - 2]
            )
            plain = (
                self.word(i) in _SELDOM_PLURALS
                and after not in ("that", "which")
                and before.isalpha()
                and not joined
                and (after.isalpha() or after[:1].isdigit())
                and after not in closed.CONJUNCTIONS
            )
            plain = plain or (base in _UPWARDS and after == "up" and before.isalpha() and not joined)
            plain = plain or (self.word(i) == "dates" and after in ("from", "back") and before.isalpha() and not joined)
            if (
                base in self.nouns
                and after == "to"
                and before.endswith("ed")
                and self.word(i - 2) not in closed.DETERMINERS
                and self.word(i - 2) not in closed.BE
                and any(tag == "past" for _, tag in verb_tags(before))
            ):
                return None  # "shelved plans to lend"
            if base in self.nouns and before.endswith("ing") and self.word(i - 2) in (",", "and", "but") and any(tag == "ing" for _, tag in verb_tags(before)):
                return None  # "kept silent, opposing attempts to split the land"
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
        plural_before = (
            (
                before.endswith("s")
                and (not third or third in self.nouns)
                and not before.endswith("ss")
                and before not in ("'s", "is", "was", "has", "gas", "its", "this", "us")
            )
            or before in _PLURALS
            or subject in self.nominal
        )
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
            of_two = any(self.word(k - 1) in ("two", "both") and self.is_plural_noun(self.word(k)) for k in (i - 1, i - 1 - bool(adverb)))
            if base in _OFTEN_VERBS and ((i - 1) in self.nominal or of_two) and self.word(i + 1)[:1].isalpha() and not self._finite_follows(i + 1):
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

    def _owner(self, i: int) -> bool:
        """Whether a name with the possessive stands at token i: "and supports | New Zealand's bid"."""
        end = next((k for k in range(i, i + 4) if k not in self.nominal), i)
        return end > i and self.word(end) in ("'s", "’s")

    def is_plural_noun(self, word: str) -> bool:
        """Whether a word is a noun in the plural by its ending, and no form of a verb."""
        return (
            word.endswith("s")
            and word.isalpha()
            and not word.endswith(("ss", "us", "is", "ics", "as"))
            and word not in ("news", "series", "means", "always", "perhaps")
            and not verb_tags(word)
        )

    def _plural_subject(self, i: int) -> bool:
        """Whether a plural noun with a phrase of its own stands in front, and what a verb takes behind: "companies with German capital
        employ more", "people of Samoan descent live in"."""
        after = self.word(i + 1)
        if not (after in closed.PREPOSITIONS or after in closed.DETERMINERS or after[:1].isdigit() or (i + 1) in self.nominal or (i + 1) in self.adjectival):
            return False
        before = self.word(i - 1)
        if (
            not before.isalpha()
            or before in closed.PREPOSITIONS
            or before in closed.DETERMINERS
            or before in closed.CONJUNCTIONS
            or before in closed.MODALS
            or before in closed.BE
        ):
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
            if (
                not word[:1].isalnum()
                or word in closed.CONJUNCTIONS
                or word in closed.RELATIVES
                or word in closed.SUBORDINATORS
                or word in closed.SUBJECT_PRONOUNS
            ):
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
        return (
            after in closed.DETERMINERS
            or after
            in (
                "that",
                "us",
                "them",
                "him",
                "it",
                "to",
                "in",
                "on",
                "at",
                "under",
                "for",
                "with",
                "about",
                "there",
                "here",
                "abroad",
                "forward",
                "together",
                "closely",
                "jointly",
            )
            or (i + 1) in self.nominal
            or (i + 1) in self.adjectival
        )
