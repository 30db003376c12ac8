"""One sentence under work: its tokens with what each can be, and the mentions found so far."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.mentions.words import lists, verb_classes
from kg.model import Concept, Entity, Mention, Sentence, Token, Value
from kg.words import find_verb_groups

__all__ = ["Line", "make_line"]

_FUNCTION = lists("function")
DETERMINERS = _FUNCTION["determiner"]
DEFINITE = _FUNCTION["definite"]
PREPOSITIONS = _FUNCTION["preposition"]
CONJUNCTIONS = _FUNCTION["conjunction"]
PRONOUNS = _FUNCTION["pronoun"]
AUXILIARIES = _FUNCTION["auxiliary"]
VERBS, NOUN_VERBS = verb_classes()
COMMON = _FUNCTION["common"]
SMALL = DETERMINERS | PREPOSITIONS | CONJUNCTIONS | PRONOUNS | AUXILIARIES
POSSESSIVE = frozenset({"'s", "'", "’s", "’"})
_STOPS = frozenset('.!?”")')
DASHES = frozenset("-–—‐‑")
OPEN_QUOTES = frozenset('“"«„”‘')
CLOSE_QUOTES = frozenset('”"»“’')


@dataclass(slots=True)
class Line:
    """A sentence with its tokens' shapes.

    ``caps[i]``: token i begins with a capital. ``titled``: nearly all words do, capitals tell nothing. ``at`` and
    ``ending``: mentions by first token and by the token behind them. ``busy[i]``: token i lies inside a mention that
    names something as a whole. ``values``: by token. ``surnames``: by token, whom a family name can mean. ``cells``: the
    tokens at which a further cell of a table row begins.
    """

    sentence: Sentence
    text: str
    tokens: tuple[Token, ...]
    low: list[str]
    caps: list[bool]
    titled: bool
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    at: dict[int, list[Mention]] = field(default_factory=dict)
    ending: dict[int, list[Mention]] = field(default_factory=dict)
    busy: bytearray = field(default_factory=bytearray)
    values: dict[int, Mention] = field(default_factory=dict)
    _finite: frozenset[int] | None = None
    surnames: dict[int, tuple[Entity, ...]] = field(default_factory=dict)
    cells: frozenset[int] = frozenset()

    def __len__(self) -> int:
        return len(self.tokens)

    def word(self, i: int) -> str:
        """The lower-case token, "" outside the sentence."""
        return self.low[i] if 0 <= i < len(self.low) else ""

    def cap(self, i: int) -> bool:
        """Whether token i begins with a capital letter."""
        return 0 <= i < len(self.caps) and self.caps[i]

    def alpha(self, i: int) -> bool:
        """Whether token i begins with a letter."""
        return 0 <= i < len(self.low) and self.low[i][:1].isalpha()

    def joined(self, i: int) -> bool:
        """Whether token i follows the one before without a blank."""
        return 0 < i < len(self.tokens) and self.tokens[i].start == self.tokens[i - 1].end

    def hyphen(self, i: int) -> bool:
        """Whether token i is a dash between two words without blanks."""
        return 0 < i < len(self.low) - 1 and self.low[i] in DASHES and self.joined(i) and self.joined(i + 1)

    def verb(self, i: int) -> bool:
        """Whether token i is a verb: by its form, or by its place in the sentence where the form tells nothing."""
        return self.word(i) in VERBS or i in self.finite

    @property
    def finite(self) -> frozenset[int]:
        """The tokens of finite verbs and their auxiliaries, worked out once from the mentions found by then."""
        if self._finite is None:
            kinds = ("sector", "indicator", "person", "state")
            names = [m for m in self.mentions if m.kind not in kinds or (m.kind == "person" and m.entities)]
            states = [m for m in self.mentions if m.kind == "state"]
            groups = find_verb_groups(
                self.tokens,
                frozenset(i for m in [*names, *states] if m.form != "adjective" for i in range(m.first, m.last)),
                frozenset(i for m in states if m.form == "adjective" for i in range(m.first, m.last)),
            )
            self._finite = frozenset(i for g in groups if g.form == "finite" for i in range(g.first, g.last))
        return self._finite

    def slice(self, first: int, last: int) -> str:
        """The text from token ``first`` up to and without token ``last``."""
        return self.text[self.tokens[first].start : self.tokens[last - 1].end] if first < last else ""

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """The tokens of a stretch of text; None where it holds none."""
        first = bisect_right(self.ends, start)
        last = bisect_left(self.starts, end)
        return (first, last) if first < last else None

    def add(
        self,
        first: int,
        last: int,
        kind: str,
        form: str = "name",
        entities: tuple[Entity, ...] = (),
        *,
        value: Value | None = None,
        concept: Concept | None = None,
        head: str = "",
        busy: bool = False,
    ) -> Mention:
        """Keeps a new mention of tokens first..last and hands it back; an equal one is kept once."""
        tokens = self.tokens
        mention = Mention(
            tokens[first].start,
            tokens[last - 1].end,
            first,
            last,
            kind,
            self.text[tokens[first].start : tokens[last - 1].end],
            form,
            entities,
            value,
            concept,
            head,
        )
        if busy:
            self.busy[first:last] = b"\x01" * (last - first)
        for other in self.at.get(first, ()):
            if other.last == last and other.kind == kind and (other.entities == entities or form == other.form):
                return other
        self.mentions.append(mention)
        self.at.setdefault(first, []).append(mention)
        self.ending.setdefault(last, []).append(mention)
        return mention

    def drop(self, mention: Mention) -> None:
        """Takes a mention back."""
        self.mentions.remove(mention)
        self.at[mention.first].remove(mention)
        self.ending[mention.last].remove(mention)

    def free(self, first: int, last: int) -> bool:
        """Whether no token of the stretch is taken."""
        return not any(self.busy[first:last])

    def crosses(self, first: int, last: int) -> bool:
        """Whether the stretch would overlap a mention without holding it or lying in it."""
        return any(
            m.first < last
            and first < m.last
            and not (first <= m.first and m.last <= last)
            and not (m.first <= first and last <= m.last)
            for m in self.mentions
        )

    def here(self, i: int, kinds: Iterable[str]) -> Mention | None:
        """The longest mention of one of these kinds that begins at token i."""
        found = [m for m in self.at.get(i, ()) if m.kind in kinds]
        return max(found, key=lambda m: m.last, default=None)

    def before(self, i: int, kinds: Iterable[str]) -> Mention | None:
        """The longest mention of one of these kinds that ends before token i."""
        found = [m for m in self.ending.get(i, ()) if m.kind in kinds]
        return min(found, key=lambda m: m.first, default=None)


_VISITOR = re.compile(  # "22-11-2007 Ana Lima, Minister of Trade", "May 2009: Ana Lima, President"
    r"(?:\d\d?[-./]\d\d?[-./]|(?:\d[\d–-]* )?(?:[A-Z][a-z]+\.? )?)(?:1[89]|20)\d\d ?[:,–-]? +(?:\([^()]*\) )?[A-Z][^,:;()]{3,60}, [A-Z]")


def make_line(sentence: Sentence, text: str) -> Line:
    """The sentence made ready; no mention yet."""
    tokens = sentence.tokens
    low = [t.lower for t in tokens]
    caps = [t.text[:1].isupper() for t in tokens]
    words = [c for c, t in zip(caps, tokens, strict=True) if len(t.text) > 3 and t.text[0].isalpha()]
    stopped = bool(tokens) and tokens[-1].text in _STOPS
    many = sum(words) > (0.7 if sentence.kind == "heading" else 0.8) * len(words)
    titled = many and not stopped and (sentence.kind == "heading" or (len(words) >= 4 and sentence.kind != "row"))
    if titled and sentence.kind in ("item", "prose") and low[0][:1].isalnum() and _VISITOR.match(text, sentence.start, sentence.end):
        titled = False
    line = Line(sentence, text, tokens, low, caps, titled, [t.start for t in tokens], [t.end for t in tokens])
    line.busy = bytearray(len(tokens))
    if sentence.kind == "row":
        gaps = (text[tokens[i - 1].end : tokens[i].start] for i in range(1, len(tokens)))
        line.cells = frozenset(i for i, gap in enumerate(gaps, 1) if "|" in gap or "\t" in gap)
    return line
