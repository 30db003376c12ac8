"""Who says what: turns, quotations, reported clauses, "according to", sources in brackets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from kg.context.clauses import CONDITIONS, Clauses
from kg.context.saying import Saying, find_saying, saying_nouns
from kg.context.subjects import find_subject, outer_mentions
from kg.context.words import read_sections, words
from kg.model import Entity, Mention, Sentence, Token
from kg.terms import ENT
from kg.words import closed, slug_of
from kg.words.voices import acting_entities

__all__ = ["Line", "Speech", "find_answers", "find_quotes", "find_speeches", "find_turns", "speakers_at", "speech_at"]

SCARE_WORDS = 5  # a quotation of so few words is a word in quotation marks, not speech
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?"
_SOURCE = re.compile(
    rf"\(\s*([^(),]{{2,60}}(?:, [A-Z][^(),]{{2,40}})?),\s+"
    rf"(?:{_MONTH}\s+\d{{1,2}}(?:[-–]\d{{1,2}})?|\d{{1,2}}\s+{_MONTH})"
    r"(?:,?\s+\d{4})?\s*\)\s*[.”\"]?\s*$"
)
_AGENCIES = "|".join(map(re.escape, read_sections("saying")["agency"]))
_AGENCY = re.compile(
    rf"\(\s*({_AGENCIES}|[a-z][a-z0-9-]+(?:\.[a-z]{{2,4}}){{1,2}})"
    r"\s*\)\s*[.”\"]?\s*$"
)
_END_OF_TURN = re.compile(r"^\W*$|^<\s*[….]+\s*>$|^\*\s*\*")
_MONTH_NAME = re.compile(rf"{_MONTH}$")
_QUESTION = re.compile(r"^(?:question|q|moderator|journalist|interviewer|host|reporter|correspondent)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Speech:
    """A stretch of text that someone says.

    ``kind``: "quote", "reported", "turn", "question" (nobody named asks), "according", "source". ``verb`` is the base of the verb of
    saying, "" where there is none; ``verb_first``/``verb_last`` its offsets. ``addressees``: whom it was said to. ``past``: reported
    in the past tense.
    """

    start: int
    end: int
    speakers: tuple[Entity, ...]
    kind: str
    verb: str = ""
    verb_first: int = -1
    verb_last: int = -1
    addressees: tuple[Entity, ...] = ()
    past: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with its clauses and mentions."""

    sentence: Sentence
    clauses: Clauses
    mentions: tuple[Mention, ...]


def speech_at(speeches: Iterable[Speech], start: int, end: int) -> Speech | None:
    """The innermost speech that holds the stretch, None where the text itself says it."""
    held = [s for s in speeches if s.start <= start and end <= s.end]
    return min(held, key=lambda s: (s.end - s.start, s.kind == "source"), default=None)


def speakers_at(speeches: Iterable[Speech], start: int, end: int) -> tuple[Entity, ...]:
    """Who says a stretch of text: the speakers of the innermost speech, empty for the text's own voice."""
    found = speech_at(speeches, start, end)
    return found.speakers if found else ()


# turns ------------------------------------------------------------------------------------------------------


def find_turns(sentences: Sequence[Sentence], mentions: Sequence[Sequence[Mention]], text: str) -> tuple[Speech, ...]:
    """Speakers' turns ("President of X NAME: ..."), each up to the next label, a line of marks or "<...>"."""
    labels: list[tuple[int, int, tuple[Entity, ...]]] = []  # start of label, start of what is said, speakers
    ends: list[int] = []
    previous = -1
    for sentence, found, behind in zip(sentences, mentions, [*sentences[1:], None], strict=False):
        fresh, previous = sentence.paragraph != previous, sentence.paragraph
        if not fresh:
            continue
        if _END_OF_TURN.match(text[sentence.start : sentence.end].strip()):
            ends.append(sentence.start)
        label = _label(sentence, found, behind is not None and behind.kind == "prose")
        if label is None and labels and [t.lower for t in sentence.tokens[:2]] in (["a", ":"], ["answer", ":"]):
            answering = next((speakers for _, _, speakers in reversed(labels) if speakers), ())
            label = (sentence.start, sentence.tokens[1].end, answering)
        if label:
            labels.append(label)
    for mark in re.finditer(r"(?m)^\s*(?:\*\s*\*\s*\*|<\s*(?:…|\.\.\.)\s*>)\s*$", text):
        ends.append(mark.start())
    if not any(speakers for _, _, speakers in labels):
        return ()
    turns = []
    for place, (_, said, speakers) in enumerate(labels):
        end = labels[place + 1][0] if place + 1 < len(labels) else len(text)
        end = min([end, *(e for e in ends if e > said)])
        if len(text[said:end].split()) > 3:
            turns.append(Speech(said, end, speakers, "turn" if speakers else "question"))
    return tuple(turns)


_INTERVIEW = re.compile(r"(?i)\binterview(?:ed|s)?\b|\bq\s?&\s?a\b|\bin conversation with\b")
_HEAD_OF_INTERVIEW = 400  # code points in which the one who answers is named
_LONGEST_QUESTION = 70  # words


def find_answers(sentences: Sequence[Sentence], mentions: Sequence[Sequence[Mention]], text: str) -> tuple[Speech, ...]:
    """The answers of an interview without labels: what stands behind a paragraph that ends in a question mark, up to the next such one.

    Who answers is the only person whom its head names.
    """
    paragraphs: dict[int, list[Sentence]] = {}
    for sentence in sentences:
        paragraphs.setdefault(sentence.paragraph, []).append(sentence)
    asked = [n for n, parts in paragraphs.items() if text[parts[0].start : parts[-1].end].rstrip(' ”"*_').endswith("?")
             and len(text[parts[0].start : parts[-1].end].split()) <= _LONGEST_QUESTION]
    if len(asked) < 2:
        return ()
    first = paragraphs[asked[0]][0].start
    head = text[: min(first, _HEAD_OF_INTERVIEW)]
    people = {e.iri: e for s, found in zip(sentences, mentions, strict=True) if s.start < len(head) for m in found
              if m.kind == "person" and m.form == "name" for e in m.entities[:1]}
    if len(people) != 1 or not _INTERVIEW.search(head):
        return ()
    answers = []
    for place, n in enumerate(asked):
        start = paragraphs[n][-1].end
        end = paragraphs[asked[place + 1]][0].start if place + 1 < len(asked) else len(text)
        if len(text[start:end].split()) > 3:
            answers.append(Speech(start, end, tuple(people.values()), "turn"))
    return tuple(answers)


def _label(sentence: Sentence, mentions: Sequence[Mention], before_prose: bool) -> tuple[int, int, tuple[Entity, ...]] | None:
    """Start of the label, start of what is said, and the speakers; ``before_prose``: whether running text follows the line."""
    tokens = sentence.tokens
    if (address := _address(sentence, mentions)) is not None:
        return address
    i = next((i for i, token in enumerate(tokens[:18]) if token.text == ":"), 0)
    if sentence.start < 5 and sentence.kind in ("title", "heading") and i + 1 < len(tokens):
        return None  # a headline: "Minister Sato: the port must grow"
    if (
        sentence.kind == "item"
        and i + 1 < len(tokens)
        and (tokens[i + 1].text[:1].isdigit() or closed.ends_date(tokens[i + 1].lower) or _MONTH_NAME.match(tokens[i + 1].text))
    ):
        return None  # a list of visits: "- Sultan X: 1997", "- Minister Y: March 2019"
    named = _before_bracket(tokens, i)
    for n, token in enumerate(tokens[:named]):
        if not (
            token.text[:1].isupper()
            or (n and tokens[n - 1].text in ("-", "’", "'"))  # "Park Geun-hye"
            or token.lower
            in ("of", "the", "and", "for", "to", "-", ",", "’s", "'s", "al", "bin", "de", "van", "(", ")", ".")
        ):
            return None
    alone = i + 1 >= len(tokens) and sentence.kind != "prose"
    if i == 0 or (alone and not (before_prose and any(m.kind == "person" and m.first == 0 and m.last == named for m in mentions))):
        return None
    people = [m for m in mentions if m.kind == "person" and m.entities and m.last <= i and m.form != "reference"]
    said = tokens[i].end
    if people:
        last = max(people, key=lambda m: (m.last, m.last - m.first))
        return (sentence.start, said, last.entities[:1]) if i - last.last <= 1 or last.last == named else None
    if _QUESTION.match(tokens[0].text) and (i <= 3 or tokens[1].text in ("(", "[", "from", "by", "–", "-", ",")):
        return sentence.start, said, ()
    return None


def _before_bracket(tokens: Sequence[Token], colon: int) -> int:
    """Where the bracket opens that stands right before the colon: "President Ana Lima (in Portuguese):"; else the colon."""
    if colon < 4 or tokens[colon - 1].text not in (")", "]"):
        return colon
    return next((k for k in range(colon - 1, max(0, colon - 8), -1) if tokens[k].text in ("(", "[")), colon)


_ADDRESSES = words("speech", "addresses")
_ABOUT = words("speech", "about")
_BEFORE_ADDRESS = frozenset({":", "–", "—", "-", "|"})


def _address(sentence: Sentence, mentions: Sequence[Mention]) -> tuple[int, int, tuple[Entity, ...]] | None:
    """A line such as "Address by President NAME:" or the heading "Remarks by NAME": what follows it is all theirs."""
    tokens = sentence.tokens
    colon = tokens[-1].text == ":"
    start = next((i for i, t in enumerate(tokens) if t.lower in _ADDRESSES and (i < 6 or tokens[i - 1].text in _BEFORE_ADDRESS)), -1)
    if start < 0 or (start and tokens[start - 1].text not in _BEFORE_ADDRESS and any(not t.text[:1].isupper() for t in tokens[:start])):
        return None
    headed = sentence.kind in ("heading", "title") or (sentence.start < 5 and tokens[-1].text[-1:] not in ".!?…”\"")
    inside = -1 if headed else next((i for i, t in enumerate(tokens[:30]) if t.text == ":" and i + 3 < len(tokens)), -1)
    if not (colon or inside > 0 or headed):
        return None
    last = inside if inside > 0 else len(tokens) - colon
    for m in mentions:
        between = [t.lower for t in tokens[start : m.first]]
        by = "by" in between or ("of" in between and _ABOUT.isdisjoint(between))  # "statement on the meeting of the ministers of Chad and Togo"
        if m.kind == "person" and m.entities and m.form != "reference" and by and m.last <= last and (m.last == last or not colon):
            return sentence.start, tokens[inside].end if inside > 0 else sentence.end, m.entities[:1]
    return None


# quotations -------------------------------------------------------------------------------------------------


def find_quotes(sentences: Sequence[Sentence], text: str) -> tuple[tuple[int, int], ...]:
    """The stretches inside double quotation marks of more than five words, over sentences and paragraphs, and whole sentences
    inside single ones, in text order.

    An opening mark that stands again at a paragraph's head continues a quotation; one that is never closed ends with
    its paragraph. Marks of both shapes may close each other.
    """
    paragraphs: dict[int, tuple[int, int]] = {}
    for s in sentences:
        start, end = paragraphs.get(s.paragraph, (s.start, s.end))
        paragraphs[s.paragraph] = (min(start, s.start), max(end, s.end))
    quotes: list[tuple[int, int]] = []
    opened = -1
    for start, end in paragraphs.values():
        begin = start
        while begin > 0 and text[begin - 1] in '“"«„[(':
            begin -= 1
        stop = end
        while stop < len(text) and text[stop] in '”"»':
            stop += 1
        if opened >= 0 and text[begin] not in '“"«„':
            opened = -1
        first = True
        for i in range(begin, stop):
            char = text[i]
            if char not in '“”"«»„':
                if not char.isspace():
                    first = False
                continue
            before = text[i - 1] if i > begin else " "
            after = text[i + 1] if i + 1 < stop else " "
            opening = char in "“«„" or (char == '"' and (before.isspace() or before in "([—–-") and not after.isspace())
            closing = (
                char in "”»"
                or (char == '"' and not before.isspace())
                or (char in "“" and not before.isspace() and not after.isalnum())
            )
            if first and opened >= 0 and opening:
                first = False
                continue  # the quotation goes on
            first = False
            if opened >= 0 and closing:
                quotes.append((opened, i))
                opened = -1
            elif opening:
                opened = i + 1
        if opened >= 0 and not _goes_on(text, stop):
            if len(text[opened:stop].split()) > SCARE_WORDS:
                quotes.append((opened, stop))
            opened = -1
    kept = [(a, b) for a, b in quotes if len(text[a:b].split()) > SCARE_WORDS or _is_sentence(text, a, b)]
    dashed = [(a, b) for a, b in _dashed_quotes(text) if not any(start < b and a < end for start, end in kept)]
    return tuple(sorted([*kept, *dashed, *_single_quotes(text, kept)]))


_SINGLE = re.compile(r"(?<![\w’'])[‘'](?=[A-Z])([^‘“”\"\n]{12,600}?[,.?!…])[’'](?=[\s)]|$)")
_AFTER_SINGLE = 120  # code points to the next piece of what somebody says: "..., he said. '..."


def _single_quotes(text: str, double: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """What somebody is said to say, in single marks: whole sentences, of which an apostrophe is none."""
    found: list[tuple[int, int]] = []
    for match in _SINGLE.finditer(text):
        a, b = match.span(1)
        goes_on = bool(found) and a - found[-1][1] < _AFTER_SINGLE and text[:match.start()].rstrip().endswith(".")
        if (goes_on or _is_sentence(text, a, b)) and not any(start < b and a < end for start, end in double):
            found.append((a, b))
    return found


# Only these stand in the patterns below: they run over whole texts before there are verbs, and a wrong one makes a speaker of a bystander.
_SAID = "said|says|told|added|adds|replied|answered|declared|warned|insisted|stressed|wrote|recalled|explained|noted|argued|tweeted|remarked|commented"
_SAID_BEHIND = re.compile(rf"[”\"»’']\s(?:[\w.’'-]+\s){{0,5}}?(?:{_SAID}|exclaimed)\b")
_SAID_BETWEEN = re.compile(rf"[”\"»]\s[^\"“”]{{0,30}}?\b(?:{_SAID})\b[^\"“”]{{0,60}},\s?[“\"«„]$")
_SAID_AHEAD = re.compile(rf"\b(?:{_SAID}|asked)\b[^.\"“”]{{0,40}}[,:]\s?[“\"«„‘']$")


_DASHED = re.compile(rf"(?m)^[–—-]\s?(?=[A-Z])([^\n–—“”\"]{{20,500}}?),?\s[–—-]\s(?=(?:[\w.’'-]+\s){{0,5}}?(?:{_SAID})\b)")


def _dashed_quotes(text: str) -> list[tuple[int, int]]:
    """What dashes part from who says it, at the head of a line: "– This is a good day – said the mayor."."""
    return [match.span(1) for match in _DASHED.finditer(text)]


def _is_sentence(text: str, start: int, end: int) -> bool:
    """Whether a quotation of three words or more is a sentence that somebody says: "They are brothers," he told reporters."""
    said = text[start:end]
    if len(said.split()) < 3 or said[-1:] not in ",.!?":
        return False
    if not said[:1].isupper():
        return bool(_SAID_BETWEEN.search(text, max(0, start - 90), start))
    if said[-1:] != "," and text[:start].rstrip(" \n\t“\"«„‘'").endswith(":"):
        return True  # "The analyst is blunter: ..."
    return bool(_SAID_BEHIND.match(text, end, end + 80) or _SAID_AHEAD.search(text, max(0, start - 70), start))


def _goes_on(text: str, stop: int) -> bool:
    rest = text[stop : stop + 40].lstrip()
    return bool(rest) and rest[0] in '“"«„'


# reported speech --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Said:
    """A verb of saying in a sentence, with its subject."""

    k: int
    saying: Saying
    subject: tuple[Mention, ...]
    speakers: tuple[Entity, ...]
    place: str  # "front" (SUBJECT says CLAUSE), "inside", "end"
    first: int  # tokens of subject and verb together
    last: int


def _entities(subject: Iterable[Mention]) -> tuple[Entity, ...]:
    """Who speaks by these mentions: the holders of an office for its state, not for the place where they sit."""
    return tuple(dict.fromkeys(e for m in subject for e in acting_entities(m) if e.kind != "place"))


def _says_more(line: Line, i: int) -> bool:
    """Whether a verb of saying with "that" behind it stands at token i, or one of asking with "for", without a subject of its own."""
    tokens = line.sentence.tokens
    group = next((g for g in line.clauses.groups if g.first == i + closed.is_adverb(tokens[i].lower) and g.form == "finite"), None)
    if group is None or group.tense != "past" or group.perfect or group.modal or group.last >= len(tokens):
        return False
    behind = tokens[group.last].lower
    return (behind == "that" and group.lemma in _SAYING_ON) or (behind == "for" and group.lemma in ("ask", "call", "appeal"))


def _sayings(line: Line, quotes: Sequence[tuple[int, int]]) -> list[_Said]:
    tokens, groups = line.sentence.tokens, line.clauses.groups
    low = [t.lower for t in tokens]
    found: list[_Said] = []
    for k, group in enumerate(groups):
        adding = group.form == "gerund" and group.first > 1 and (low[group.first - 1] in (",", "and") or bool(_with_subject(line, k)))
        if (group.form != "finite" and not adding) or (group.voice != "active" and group.lemma not in _STATES_OF_MIND):
            continue
        if group.chain and group.chain[-1] in ("want", "refuse", "decline", "plan", "prefer"):
            continue
        if group.lemma in _ASKING_FOR and _follows_as(low, group.first):
            continue  # "floated its pound, as the fund had asked": done, not said
        saying = find_saying(tokens, group) if line.clauses.opener_of(k) not in CONDITIONS else None
        if group.first > 1 and low[group.first - 1] in _UNNAMED and low[group.first - 2] in (",", "which", "that", "some", "many", "several"):
            continue  # "a commission which, critics say, has achieved nothing"
        if saying is None or any(a <= tokens[group.first].start and tokens[group.last - 1].end <= b for a, b in quotes):
            continue
        if (
            group.modal in ("will", "should", "could", "might", "may", "would", "must") and "only" not in low[group.first : group.last + 1]
        ) or (group.negated and saying.name != "negated"):
            continue
        if adding and (
            (saying.name not in ("say", "announce") and not saying.verb.startswith(("express ", "voice ")))
            or not (low[saying.last : saying.last + 1] == ["that"] or (group.lemma in _BARE_SAYING and _clause_begins(line, saying.last)))
        ):
            continue
        subject = _speaker_of(line, k) if adding else find_subject(line.clauses, k, line.mentions)
        if found and subject and found[-1].place == "front" and groups[found[-1].k].tense == "past" and all(
                m.first >= found[-1].last for m in subject) and low[group.first - 1] in ("and", "but") and _says_more(line, group.first):
            subject = found[-1].subject  # "said that Chad was ready, but cautioned that"
        quoted = group.first > 0 and low[group.first - 1] in ("”", '"', "’", "'")
        as_at = -1 if subject or quoted or adding else _opened_by_as(low, group.first)
        inverted = _inverted(line, k, saying) if as_at < 0 and (quoted or not (subject or adding)) else ()
        if as_at >= 0:
            subject = tuple(
                m
                for m in outer_mentions(line.mentions)
                if m.first > as_at and m.last <= group.first and m.kind in ("person", "pronoun", "organisation", "institution", "company")
            )[-1:]
        if quoted and not inverted and saying.last < len(tokens) and tokens[saying.last].text[:1].isupper():
            subject = ()  # "..., said Peter Okello of the Policy Institute": nobody whom the text told of
        subject = inverted or subject
        if (len(subject) == 1 and low[subject[0].first] in ("i", "we", "you")) or (
            group.first and low[group.first - 1] in ("i", "we", "you")
        ):
            continue
        first = group.first if adding else min([group.first, *(m.first for m in subject), *([as_at] if as_at >= 0 and subject else [])])
        first -= 0 < first < group.first and low[first - 1] in _OWNERS
        last = saying.last if adding else max([saying.last, *(m.last for m in subject)])
        place = "front"
        last = _behind_hearer(line, low, first, last)
        before = low[first - 1] if first else ""
        after = low[last] if last < len(low) else "."
        if subject and not inverted and _is_object_relative(low, subject[0].first, group.first, after):
            continue
        closed_before = before in (",", "”", '"', "’", "'", "–", "—", "--", "?", "!") or (
            before in ("but", "and") and first >= 2 and low[first - 2] == ","
        )
        if adding:
            place = "front"
        elif inverted:
            place = "end"
        elif closed_before and after in (".", "”", '"', ",", ":") and first > 1 and not (after == ":" and low[0] in _QUESTIONED):
            place = "end" if after in (".", "”", '"') and last >= len(low) - 2 else "inside"
        elif (
            after == ","
            and (first <= 3 or low[first - 1] == ":")
            and (not saying.objects or _led_by_as(low, first))
            and saying.name in ("say", "believe")
            and saying.verb != "agree"
        ):
            place = "inside"  # "In addition, Smith noted, ..." and "Smith says, ..."
        elif after == "," and saying.name in ("say",) and closed_before:
            place = "inside"
        elif before == "," and subject and _trails(line, low, saying.verb if " " in saying.verb else group.lemma, first, last):
            place = "end"
        found.append(_Said(k, saying, subject, _entities(subject), place, first, last))
    return found


# "Is convinced that": what somebody thinks, although the verb is passive.
_STATES_OF_MIND = frozenset({"convince", "persuade"})


def _follows_as(low: Sequence[str], verb: int) -> bool:
    """Whether "as" and the subject alone stand in front of the verb, behind a comma: ", as the fund had asked"."""
    at = next((i for i in range(verb - 1, max(-1, verb - 6), -1) if low[i] == "as"), -1)
    return at > 0 and low[at - 1] == ","


def _is_object_relative(low: Sequence[str], first: int, verb: int, after: str) -> bool:
    """Whether what is said stands before the clause: "the plan, which Peru announced | in May, is", "the treaty that Peru proposed | after the talks"."""
    opener = low[first - 1] if first and low[first - 1] not in ("the", "a") else low[first - 2] if first > 1 else ""
    return (
        first < verb
        and opener in ("which", "whom", "that")
        and (after in closed.PREPOSITIONS or after in (",", ".", ";", "after", "before", "when", "last", "yesterday", "today", "was", "is"))
    )


_BARE_SAYING = words("speech", "bare-saying")


def _clause_begins(line: Line, i: int) -> bool:
    """Whether a clause with subject and finite verb begins at token i: "saying | the move had not been agreed"."""
    verb = next((g for g in line.clauses.groups if g.first >= i), None)
    tokens = line.sentence.tokens
    return (
        verb is not None
        and verb.form == "finite"
        and i < verb.first <= i + 12
        and tokens[i].lower not in closed.PREPOSITIONS | closed.RELATIVES
        and not any(t.lower in (",", ";", ":", "which", "who", "“", '"') for t in tokens[i : verb.first])
    )


_UNNAMED = words("speech", "unnamed")
_QUESTIONED = frozenset({"asked", "pressed", "questioned", "quizzed"})  # "Asked whether Chad would join, the minister shrugged: ..."
_TRAILING = words("speech", "trailing")
_IN_VIEW = words("speech", "in-view")
_HEARERS = words("speech", "hearers")
_WHEN_SAID = words("speech", "when-said")


def _trails(line: Line, low: Sequence[str], verb: str, first: int, last: int) -> bool:
    """Whether what is said stands before: "Trade grew by 5 percent, the minister said on Monday after talks in Oslo"."""
    groups = [g for g in line.clauses.groups if g.form == "finite"]
    if verb not in _TRAILING or low[0] in closed.SUBORDINATORS or not any(g.last < first for g in groups) or "that" in low[last:]:
        return False
    if low[last] in ("of", "about") and verb != "say":
        return False  # "In a note handed to the minister, Chad complained of the delay"
    following = next((g.first for g in groups if g.first >= last), len(low))
    if following < len(low) and not any(w in ("who", "which", "where", "when", "after", "as", "before", "while") for w in low[last:following]):
        return False
    after = low[last]
    return (
        after in closed.PREPOSITIONS
        or closed.ends_date(after)
        or after in _HEARERS
        or after in _WHEN_SAID
        or (after in ("the", "a") and any(w in _HEARERS for w in low[last : last + 5]))
    )


_WHAT_IS_SAID = words("speech", "what-is-said")
_ASKING_FOR = words("speech", "asking-for")
_SAYING_ON, _IN_WORDS = words("speech", "saying-on"), words("speech", "in-words")
_CIRCUMSTANCE = frozenset({"when", "while", "as", "after", "before", "during", "once"})  # "shot back when asked about it"
_OWNERS = frozenset({"its", "his", "her", "their", "our", "my", "the"})  # "its foreign minister said", "the bank said"


def _opened_by_as(low: Sequence[str], verb: int) -> int:
    """Where "as" opens a clause up to a verb: "As the historian X has noted, ..."; -1 where none does."""
    at = next((i for i in range(verb - 1, max(-1, verb - 12), -1) if low[i] == "as"), -1)
    opens = at == 0 or (at > 0 and low[at - 1] in (",", ";", ":", "and", "but", "–", "—"))
    between = low[at + 1 : verb]
    return at if opens and (between.count(",") in (0, 2)) and not any(w in (";", "such", "soon", "well", "part", "if") for w in between) else -1


def _led_by_as(low: Sequence[str], first: int) -> bool:
    return low[first] == "as" or (first > 0 and low[first - 1] == "as")


def _behind_hearer(line: Line, low: Sequence[str], first: int, last: int) -> int:
    """Where the verb of saying ends in "As X told Y in October, | the door is open": behind whom it was told, and when; else ``last``."""
    if not _led_by_as(low, first):
        return last
    comma = next((i for i in range(last, len(low)) if low[i] == "," or low[i] in (".", ";", ":", "that")), last)
    following = next((g.first for g in line.clauses.groups if g.first >= last), len(low))
    return comma if low[comma : comma + 1] == [","] and comma < following else last


def _with_subject(line: Line, k: int) -> tuple[Mention, ...]:
    """Who stands behind "with" in front of an -ing form: "hailed the vote, with President X | telling reporters that"."""
    at, tokens = line.clauses.groups[k].first, line.sentence.tokens
    return tuple(
        m
        for m in outer_mentions(line.mentions)
        if m.last == at and m.kind in ("person", "state") and any(t.lower == "with" for t in tokens[max(0, m.first - 4) : m.first])
    )[-1:]


def _speaker_of(line: Line, k: int) -> tuple[Mention, ...]:
    """Who adds in "X praised the port, adding that ...": the subject of the verb before."""
    clauses = line.clauses
    if own := _with_subject(line, k):
        return own
    before = [j for j, g in enumerate(clauses.groups) if g.form == "finite" and g.last <= clauses.groups[k].first]
    for j in reversed(before):
        saying = find_saying(clauses.tokens, clauses.groups[j])
        if saying is not None and (inverted := _inverted(line, j, saying)):
            return inverted  # "..., said X, adding that"
        if saying or j == before[0]:
            return find_subject(clauses, j, line.mentions)
    return ()


def _inverted(line: Line, k: int, saying: Saying) -> tuple[Mention, ...]:
    """The subject behind the verb: '..., said the minister', '"...?" asks the analyst X'."""
    tokens, group = line.sentence.tokens, line.clauses.groups[k]
    before = tokens[group.first - 1].lower if group.first else ""
    if before not in (",", "”", '"', "?", "!", "’", "'") or (before == "," and saying.name in ("criticise", "praise", "deny")):
        return ()  # ", has accused Chad of": Chad is no subject
    after = [
        m for m in outer_mentions(line.mentions) if saying.last <= m.first <= saying.last + 7 and m.kind != "place"
    ]
    if not after:
        return ()
    people = [m for m in after if m.kind == "person"]
    if people and tokens[people[0].last : people[0].last + 1] and tokens[people[0].last].lower in ("'s", "’s", "'", "’"):
        # said Mr Lima's adviser, Ivo Novak: not Mr Lima
        people = [m for m in outer_mentions(line.mentions) if m.kind == "person" and people[0].last < m.first <= saying.last + 14] or people[1:]
        return tuple(people[:1])
    chosen = (people or [m for m in after if m.entities or m.kind != "office"] or after)[0]
    if chosen.kind == "state" and chosen.form == "adjective":
        return ()  # "..., sighs a Kenyan insurer": nobody named
    between = range(saying.last, chosen.first)
    if chosen.kind not in ("person", "pronoun") and any(tokens[i].lower in ("of", "at", "from", "for") for i in between) and sum(
            tokens[i].text[:1].isupper() for i in between) > 1:
        return ()  # "..., said Peter Okello of the Policy Institute": a person whom nothing else names
    if any(
        line.clauses.group_at(i, i + 1) >= 0
        or tokens[i].lower in closed.PREPOSITIONS - {"of", "for", "at"} | {"that", ",", ":"}
        for i in between
    ):
        return ()
    following = [g for g in line.clauses.groups if g.form == "finite" and g.first >= chosen.last]
    if following and following[0].first - chosen.last <= 1 and tokens[chosen.last].lower != ",":
        return ()  # "…, said Malgin would come": a clause with its own subject
    return (chosen,)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in ",:;–—-"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;–—"):
        end -= 1
    return start, end


class _Finder:
    def __init__(
        self,
        lines: Sequence[Line],
        quotes: Sequence[tuple[int, int]],
        turns: Sequence[Speech],
        text: str,
        mint: Callable[[str], Entity | None],
    ) -> None:
        self.lines = lines
        self.quotes = quotes
        self.turns = turns
        self.text = text
        self.mint = mint
        self.out: list[Speech] = []
        self.said: list[list[_Said]] = [_sayings(line, quotes) for line in lines]

    def add(self, start: int, end: int, said: _Said, line: Line, kind: str = "reported") -> None:
        start, end = _trim(self.text, start, end)
        if end <= start or not said.speakers:
            return
        group = line.clauses.groups[said.k]
        tokens = line.sentence.tokens
        self.out.append(
            Speech(
                start,
                end,
                said.speakers,
                kind,
                said.saying.verb,
                tokens[group.first].start,
                tokens[said.saying.last - 1].end,
                self._addressees(line, said),
                group.tense == "past" or group.perfect,
            )
        )

    def _addressees(self, line: Line, said: _Said) -> tuple[Entity, ...]:
        if said.saying.verb.split()[0] not in (
            "tell",
            "assure",
            "inform",
            "urge",
            "warn",
            "advise",
            "remind",
            "call",
            "ask",
            "say",
        ):
            return ()
        tokens = line.sentence.tokens
        i = said.saying.last
        if said.saying.verb == "say":
            if i >= len(tokens) or tokens[i].lower != "to":
                return ()
            i += 1
        near = [
            m
            for m in outer_mentions(line.mentions)
            if i <= m.first <= i + 3 and m.kind in ("person", "organisation", "state", "pronoun")
        ]
        if not near or any(
            g.form == "finite" and near[0].last <= g.first <= near[0].last + 1 for g in line.clauses.groups
        ):
            return ()
        return near[0].entities

    def reported(self, index: int) -> None:
        line = self.lines[index]
        sentence = line.sentence
        tokens = sentence.tokens
        for said in self.said[index]:
            if said.place == "front":
                self._front(line, said)
            elif said.place == "end":
                self.add(self._left_bound(line, said), tokens[said.first].start, said, line)
            else:
                self.add(self._left_bound(line, said), tokens[said.first].start, said, line)
                if said.last < len(tokens):
                    self.add(tokens[said.last].start, self._right_bound(line, said), said, line)

    def _left_bound(self, line: Line, said: _Said) -> int:
        tokens = line.sentence.tokens
        for i in range(said.first - 2, 0, -1):
            if tokens[i].lower in (";",):
                return tokens[i + 1].start
        opening = next((i for i, t in enumerate(tokens[:3]) if t.lower not in ("but", "and", ",")), 0)
        return tokens[opening].start

    def _right_bound(self, line: Line, said: _Said) -> int:
        """Where the reported clause ends: the sentence's end, ";" or ", but SUBJECT VERB" with a new verb of saying."""
        tokens = line.sentence.tokens
        others = [o for o in self.said[self.lines.index(line)] if o.k != said.k and line.clauses.groups[o.k].first >= said.last]
        for o in others:
            g = line.clauses.groups[o.k]
            word = tokens[o.first - 1].lower if o.first else ""
            words = [t.lower for t in tokens[max(said.last, min(o.first, g.first) - 3) : max(o.first, g.first)]]
            same = o.speakers == said.speakers
            if (
                not same
                and not o.speakers
                and line.clauses.groups[said.k].form == "gerund"
                and g.first > 1
                and tokens[g.first - 1].lower in ("and", "but")
                and tokens[g.first - 2].lower == ","
            ):
                return tokens[g.first - 2].start  # "rejected the claim, arguing that it was late, | and warned"
            if (
                (same or word in ("and", "but", ",", "while"))
                and any(w in ("and", "but", "while", ";", ",") for w in words)
                and (same or o.speakers)
            ):
                cut = max(i for i in range(said.last, g.first) if tokens[i].lower in ("and", "but", "while", ";", ","))
                return tokens[cut].start
        verb = line.clauses.groups[said.k].first
        aside = verb > 1 and tokens[verb - 1].lower in ("which", "who") and tokens[verb - 2].lower == ","
        tense = line.clauses.groups[said.k].tense
        for i in range(said.last, len(tokens) - 1):
            if tokens[i].lower in ("and", "but") and tense == "past" and _says_more(line, i + 1):
                return tokens[i - (tokens[i - 1].lower == ",")].start  # "said that it was ready, | but cautioned that"
            if tokens[i].lower == ";" or (tokens[i].lower == "," and i > said.last + 2 and any(t.lower in _WHAT_IS_SAID for t in tokens[i + 2 : i + 4]) and (
                    tokens[i + 1].lower in ("a", "an", "the"))):
                return tokens[i].start  # "said that they had crossed the border, | an allegation that Chad denied"
            if (
                aside
                and tokens[i].lower == ","
                and any(g.first == i + 1 + closed.is_adverb(tokens[i + 1].lower) and g.form == "finite" for g in line.clauses.groups)
            ):
                return tokens[i].start  # "Chad, which says that it needs the dam, | has denied"
            if (
                tokens[i].lower == ","
                and tokens[i + 1].lower in ("and", "but", "while", "whereas", "although", "though")
                and self._new_voice(line, said, i + 2)
            ):
                return tokens[i].start
        return line.sentence.end

    def _new_voice(self, line: Line, said: _Said, i: int) -> bool:
        """Whether the text speaks for itself again from token i on: "demanded a session of the council, and | Russia backed it".

        What was said is a mere noun phrase, and a clause in the same tense with a subject of its own follows."""
        verbs = line.clauses.groups
        said_at = verbs[said.k]
        reported = next((g for g in verbs if g.form == "finite" and said.last <= g.first < i), None)
        if said_at.tense == "past" and not said_at.perfect and self._another_speaks(line, said, i):
            return True
        following = next((g for g in verbs if g.form == "finite" and g.first >= i), None)
        if reported is not None:
            # "said that it would send an envoy, and | the minister has visited Rome": the tenses do not agree any more
            shifted = said_at.tense == "past" and not said_at.perfect and line.sentence.tokens[reported.first].lower in ("would", "had", "might", "could")
            return shifted and following is not None and following.first > i and (
                line.sentence.tokens[following.first].lower in ("has", "have", "is", "are")) and not following.modal and not any(
                    line.sentence.tokens[x].lower in (",", ";", ":", "that") for x in range(i, following.first))
        return (
            following is not None
            and following.first > i
            and (following.tense, following.perfect) == (said_at.tense, said_at.perfect)
            and not following.modal
            and not any(line.sentence.tokens[x].lower in (",", ";", ":", "that") for x in range(i, following.first))
        )

    def _another_speaks(self, line: Line, said: _Said, i: int) -> bool:
        """Whether another person at token i does what is done in words: "said that it was late, while | Putin pledged to stand by Chad"."""
        other = next((m for m in outer_mentions(line.mentions) if m.first == i and m.kind == "person" and m.entities), None)
        if other is None or set(other.entities) & set(said.speakers):
            return False
        group = next((g for g in line.clauses.groups if g.form == "finite" and 0 <= g.first - other.last <= 1), None)
        return group is not None and group.tense == "past" and not group.perfect and not group.modal and not _IN_WORDS.isdisjoint((group.lemma, *group.chain))

    def _front(self, line: Line, said: _Said) -> None:
        tokens, groups = line.sentence.tokens, line.clauses.groups
        i = said.saying.last
        while i < len(tokens) and (
            closed.is_adverb(tokens[i].lower) and tokens[i].lower not in ("all", "both", "most", "more")
        ):
            i += 1
        if i >= len(tokens):
            return
        word = tokens[i].lower
        bound = self._right_bound(line, said)
        finite_later = [
            g for k, g in enumerate(groups) if g.form == "finite" and g.first >= i and tokens[g.first].start < bound
        ]
        if word == ":":
            self.add(tokens[i].end, bound, said, line)
            return
        that = next((j for j in range(i, min(len(tokens), i + 25)) if tokens[j].lower == "that"), -1)
        finite = [g.first for g in groups if g.form == "finite"]
        if that > i + 2 and tokens[that - 2].lower in ("a", "an") and tokens[that - 3].lower == ",":
            that = -1  # "announced its readiness to pay, an offer that Khartoum welcomed"
        if (
            that > i
            and said.saying.verb in ("conclude", "describe", "recall", "declare")
            and tokens[that - 1].lower not in ("on", "to", "earlier", "later")
            and (any(g.first == that + 1 for g in groups) or tokens[i].lower in ("a", "an", "the", "its", "their", "his", "her", "our"))
        ):
            that = -1  # "concluded an annexure that allows ships to call"
        if that >= 0 and not any(i <= f < that for f in finite) and (that == i or any(f > that for f in finite)):
            self.add(tokens[that].end, bound, said, line)
            return
        if said.saying.verb in words("saying", "no-clause") or word in _CIRCUMSTANCE:
            return
        if said.saying.objects and any(
            m.kind == "office" and i <= m.first <= i + 1 and m.last < len(tokens) and tokens[m.last].lower not in ("'s", "’s", "'")
            for m in line.mentions
        ):
            return  # "recalled its ambassador": no words of his
        if said.saying.objects or (
            finite_later and said.saying.name in ("say", "announce", "believe", "deny", "promise", "demand", "negated")
        ):
            if not said.saying.objects and not self._clause_follows(line, i, finite_later[0].first):
                return
            self.add(tokens[i].start, bound, said, line)

    def _clause_follows(self, line: Line, i: int, verb: int) -> bool:
        """Whether a subject and then the verb follow, with no relative or subordinator between that takes the verb."""
        words = [t.lower for t in line.sentence.tokens[i:verb]]
        if not words and line.sentence.tokens[i].lower not in ("there",):
            return False
        if words[:1] == ["during"] and len(words) <= 4 and "," not in words:
            return False  # "the pact that they concluded during the visit still has to pass"
        return not any(
            w in ("which", "who", "when", "while", "because", "as", "where", "although") for w in words[1:]
        ) and words[:1] != ["to"]

    # "according to" and its like ----------------------------------------------------------------------------

    def according(self, line: Line) -> None:
        tokens = line.sentence.tokens
        low = [t.lower for t in tokens]
        outer = outer_mentions(line.mentions)
        for i, word in enumerate(low):
            if word == "according" and i + 1 < len(low) and low[i + 1] == "to":
                self._source_phrase(line, outer, i, i + 2, low)
            elif word in ("in", "from") and i + 3 < len(low):
                view = next(
                    (
                        j
                        for j in range(i + 2, min(len(low), i + 7))
                        if low[j] in _IN_VIEW
                        or (low[j] == "point" and low[j + 1 : j + 3] == ["of", "view"])
                    ),
                    -1,
                )
                if view > 0 and low[view - 1] in ("'s", "'", "his", "her", "their"):
                    people = [m for m in outer if i < m.first and m.last <= view and (m.kind != "state" or (word == "in" and m.last == view - 1))]
                    if people:
                        self._sentence_of(line, people[-1].entities, i, view + 1, "view")
            if (
                word == "in"
                and low[i + 1 : i + 2] == ["the"]
                and low[i + 3 : i + 4] == ["of"]
                and low[i + 2] in _IN_VIEW
            ):
                self._source_phrase(line, outer, i, i + 4, low)
            if word in ("conducted", "carried", "published", "compiled", "prepared") and "by" in low[i : i + 3]:
                j = low.index("by", i) + 1
                if any(low[x] in saying_nouns() for x in range(max(0, i - 4), i)) and i <= 8:
                    self._source_phrase(line, outer, i, j, low)
            if word in ("quoted", "cited", "reported") and low[i + 1 : i + 3] == ["as", "saying"]:
                self._quoted_as(line, outer, i)

    def _source_phrase(self, line: Line, outer: list[Mention], first: int, i: int, low: list[str]) -> None:
        near = [
            m
            for m in outer
            if (i <= m.first <= i + 7 and m.kind not in ("agreement", "place") and m.kind != "state")
            or (i <= m.first <= i + 1 and m.kind == "state")
        ]
        near = [m for m in near if not any(low[x] in (",", ".", ";") for x in range(i, m.first))]
        if not near:
            return
        chosen = near[0]
        if chosen.kind == "state" and any(n.first == chosen.first for n in near[1:]):
            chosen = max(near, key=lambda m: m.last)
        if chosen.form in ("adjective",) and len(near) > 1:
            chosen = near[1]
        if chosen.kind == "state" and (chosen.form == "adjective" or low[chosen.last : chosen.last + 1] == ["'s"]):
            return  # of that state, but what?
        words = low[i : chosen.first]
        if (
            words
            and not set(words)
            <= {"the", "a", "an", "official", "latest", "recent", "some", "its", "by", "from", "of", "mr", "mr.", "-"}
            | saying_nouns()
            and chosen.kind == "state"
        ):
            return
        self._sentence_of(line, chosen.entities, first, chosen.last, "according")

    def _sentence_of(self, line: Line, speakers: tuple[Entity, ...], first: int, last: int, verb: str) -> None:
        tokens = line.sentence.tokens
        if not speakers:
            return
        for start, end in ((line.sentence.start, tokens[first].start), (tokens[last - 1].end, line.sentence.end)):
            start, end = _trim(self.text, start, end)
            if len(self.text[start:end].split()) >= 2:
                self.out.append(
                    Speech(start, end, speakers, "according", verb, tokens[first].start, tokens[last - 1].end)
                )

    def _quoted_as(self, line: Line, outer: list[Mention], i: int) -> None:
        before = [m for m in outer if m.last <= i and m.entities]
        tokens = line.sentence.tokens
        if before and i + 3 < len(tokens) and tokens[i + 3].lower in ("by", "in", "on", ".", ","):  # '"...," he was quoted as saying by the agency'
            start, end = _trim(self.text, line.sentence.start, tokens[before[-1].first].start)
            if len(self.text[start:end].split()) > SCARE_WORDS:
                self.out.append(Speech(start, end, before[-1].entities, "reported", "say", tokens[before[-1].first].start, tokens[i + 2].end))
            return
        if before and i + 3 < len(line.sentence.tokens):
            start, end = _trim(self.text, line.sentence.tokens[i + 3].start, line.sentence.end)
            self.out.append(Speech(start, end, before[-1].entities, "reported", "say", tokens[before[-1].first].start, tokens[i + 2].end))

    # sources in brackets ------------------------------------------------------------------------------------

    def source(self, line: Line) -> None:
        sentence = line.sentence
        stretch = self.text[sentence.start : sentence.end + 1].rstrip()
        found = _SOURCE.search(stretch) or _AGENCY.search(stretch)
        if not found or sentence.kind not in ("prose", "item"):
            return
        start, end = sentence.start + found.start(1), sentence.start + found.end(1)
        inside = [m for m in line.mentions if m.start < end and start < m.end and m.entities]
        if any(m.kind in ("state", "place", "person") and m.start <= start and m.end >= end for m in inside):
            return
        named = [m for m in inside if m.kind in ("organisation", "company", "institution") and m.start <= start]
        speaker = named[0].entities[0] if named else self.mint(found.group(1).strip())
        if speaker is not None:
            self.out.append(Speech(sentence.start, sentence.start + found.start(), (speaker,), "source"))

    # quotations ---------------------------------------------------------------------------------------------

    def quote(self, start: int, end: int, carried: tuple[int, Speech] | None) -> Speech | None:
        at = [i for i, line in enumerate(self.lines) if line.sentence.start < end and start < line.sentence.end + 1]
        if not at:
            return None
        head, tail = self.lines[at[0]], self.lines[at[-1]]
        for index, line in ((at[0], head), (at[-1], tail)):
            before = [s for s in self.said[index] if self._offset(line, s) < start]
            after = [s for s in self.said[index] if self._offset(line, s) >= end]
            if index == at[-1] and after and self._near(line, after[0], end):
                return self._made(start, end, after[0], line)
            if index == at[0] and before:
                return self._made(start, end, before[-1], line)
            if index == at[-1] and after:
                return self._made(start, end, after[0], line)
        own = [s for s in self.out if s.kind in ("according", "reported") and s.start <= start and end <= s.end + 2]
        if own:
            around = min(own, key=lambda s: s.end - s.start)
            return replace(around, start=start, end=end, kind="quote")
        if (introduced := self._introduced(start, end, head)) is not None:
            return introduced
        if not self._begins_sentence(start):
            return None
        if carried and 0 <= at[0] - carried[0] <= 1:
            return replace(carried[1], start=start, end=end, kind="quote")
        following = (
            self.lines[at[-1] + 1] if at[-1] + 1 < len(self.lines) else None
        )  # '"...?" asks X.' cut behind the mark
        if following is not None:
            for s in self.said[at[-1] + 1]:
                if s.place == "end" or (s.first == 0 and following.sentence.tokens[0].text[:1].islower()):
                    return self._made(start, end, s, following)
        return None

    def _introduced(self, start: int, end: int, line: Line) -> Speech | None:
        """A quotation behind a clause and a colon: 'The analyst X is blunter: "..."', 'X had this to say: "..."'."""
        before = self.text[line.sentence.start : max(start, line.sentence.start)].rstrip(" \n\t“\"«„‘'")
        if not before.endswith(":"):
            return None
        verbs = [k for k, g in enumerate(line.clauses.groups) if g.form == "finite" and line.sentence.tokens[g.last - 1].end < start]
        subject = find_subject(line.clauses, verbs[0], line.mentions) if verbs else ()
        if not any(m.kind in ("person", "pronoun", "organisation", "institution") for m in subject):
            return None
        group = line.clauses.groups[verbs[0]]
        beside = [m for m in line.mentions if m.kind == "person" and m.entities and 0 <= group.first - m.last <= 1]
        speakers = _entities(subject) or _entities(beside[-1:])  # "The spokeswoman, Ana Lima, had this to say"
        first, last = line.sentence.tokens[group.first].start, line.sentence.tokens[group.last - 1].end
        return Speech(start, end, speakers, "quote", "say", first, last) if speakers else None

    def _begins_sentence(self, start: int) -> bool:
        before = self.text[:start].rstrip(" \n\t“\"«„‘'([")
        return not before or before[-1] in '.:!?…\n”")'

    def _offset(self, line: Line, said: _Said) -> int:
        return line.sentence.tokens[line.clauses.groups[said.k].first].start

    def _near(self, line: Line, said: _Said, end: int) -> bool:
        return len(self.text[end : line.sentence.tokens[said.first].start].strip(' \t\n,”"»’\'')) == 0

    def _made(self, start: int, end: int, said: _Said, line: Line) -> Speech | None:
        if not said.speakers:
            return Speech(start, end, (), "quote", said.saying.verb)
        group = line.clauses.groups[said.k]
        tokens = line.sentence.tokens
        return Speech(
            start,
            end,
            said.speakers,
            "quote",
            said.saying.verb,
            tokens[group.first].start,
            tokens[said.saying.last - 1].end,
            self._addressees(line, said),
            False,
        )

    def run(self) -> tuple[Speech, ...]:
        for index, line in enumerate(self.lines):
            if line.sentence.kind in ("prose", "item"):
                self.reported(index)
                self.according(line)
                self.source(line)
        last: tuple[int, Speech] | None = None
        quoted: list[Speech] = []
        for start, end in self.quotes:
            index = next(
                (i for i, line in enumerate(self.lines) if line.sentence.start <= start < line.sentence.end + 1), -1
            )
            last = self._latest(index, start, quoted)
            speech = self.quote(start, end, last)
            if speech is not None and speech.speakers:
                quoted.append(speech)
        self.out += quoted
        self._continue()
        return tuple(sorted(dict.fromkeys((*self.turns, *self.out)), key=lambda s: (s.start, -s.end, s.kind)))

    def _latest(self, index: int, start: int, quoted: list[Speech]) -> tuple[int, Speech] | None:
        """The last speech before this quotation, in the sentence before it."""
        earlier = [s for s in (*self.out, *quoted) if s.end <= start and s.kind in ("reported", "quote")]
        if not earlier:
            return None
        speech = max(earlier, key=lambda s: (s.end, s.start))
        at = next(
            (
                i
                for i in range(len(self.lines) - 1, -1, -1)
                if self.lines[i].sentence.start <= max(speech.start, speech.end - 1)
            ),
            -1,
        )
        return at, speech

    def _continue(self) -> None:
        """Free indirect speech: a sentence in the same paragraph that goes on with "would" behind past reported
        speech.
        """
        previous: Speech | None = None
        for index, line in enumerate(self.lines):
            sentence = line.sentence
            own = [s for s in self.out if s.start < sentence.end and sentence.start < s.end and s.kind != "source"]
            fresh = index > 0 and self.lines[index - 1].sentence.paragraph != sentence.paragraph
            if fresh:
                previous = None
            if own or self.said[index]:
                ends = [s for s in own if s.kind == "reported" and s.past and s.end >= sentence.end - 2]
                previous = ends[0] if ends else None
                continue
            if previous is None:
                continue
            first = next((g for g in line.clauses.groups if g.form == "finite"), None)
            continued = (
                previous.start >= self.lines[index - 1].sentence.start
                and previous.end <= self.lines[index - 1].sentence.end
                and not self.said[index - 1]
            )
            if first is not None and (
                first.modal in ("would", "could") or (continued and first.chain[:1] == ("be to",))
            ):
                previous = replace(previous, start=sentence.start, end=sentence.end)
                self.out.append(previous)
            else:
                previous = None


def find_speeches(
    lines: Sequence[Line],
    quotes: Sequence[tuple[int, int]],
    turns: Sequence[Speech],
    text: str,
    mint: Callable[[str], Entity | None],
) -> tuple[Speech, ...]:
    """All speech of a document, in text order; ``mint`` makes the entity of a source that only a bracket names."""
    return _Finder(lines, quotes, turns, text, mint).run()


def mint_source(name: str) -> Entity:
    """An organisation that only a bracket names: a newspaper, an agency, a site."""
    return Entity(f"{ENT}organisation-{slug_of(name)}", name, "organisation", False)
