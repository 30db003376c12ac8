"""Remarks from what the text reports or quotes: one for each reported clause and each quoted sentence that no other fact captures.

A rule card with `speech reported`, `speech according` or `speech quote` makes them; the stretches come from `kg/context`.
A long turn of a speech or press statement is no Remark: its facts carry the speaker as `statedBy`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kg.cards import Rule
from kg.context import Speech, saying_phrases, saying_verbs
from kg.context.words import words as words_of_context
from kg.extract.reading import Reading
from kg.extract.roles import localised
from kg.extract.time.dates import date_of_stay
from kg.extract.time.dating import date_of_subject, date_said_before
from kg.extract.words import words
from kg.match import SentenceView
from kg.model import Activity, Entity, Evidence, Fact, Term, Value
from kg.words.closed import DETERMINERS, PREPOSITIONS

CAPTURED = 0.4  # share of the words of a clause that other facts must cover to say all that it says
_LEAST_WORDS = 3
# What someone plans is told better by these, however long the sentence.
_EVENTS = frozenset({"Meeting", "AgreementAction", "ProjectStatus", "Cooperation", "InvestmentFigure", "TradeFigure", "EventFact", "ArmedAction"})
_WORD = re.compile(r"\w+")
_EDGES = " \t\n,;:.–—-\"“”«»"
_SPLIT = re.compile(r",?\s+and\s+that\s+", re.IGNORECASE)
_FRONT = frozenset({"in", "on", "at", "during", "the", "as", "early", "late", "and", "but", "also", "then", ","})
# Verbs that open a clause of what is done or thought rather than said, unless "that" stands behind them.
_WEAK = words("remarks", "weak")


_GROUPS = words("remarks", "groups") | words("untold", "private")
_HEARERS = words_of_context("speech", "hearers")
_EMPTY = ("us of ", "us about ", "me of ", "me about ", "something ", "anything ", "a few words")
_NOTHING = "nothing "


@dataclass(frozen=True, slots=True)
class _Said:
    """Words of someone: the stretches of the text that make the content, and the whole that shows who says it; ``verb`` is where
    the first finite verb of the content stands.
    """

    kind: str
    pieces: tuple[tuple[int, int], ...]
    start: int
    end: int
    speech: Speech
    verb: int = -1


def find_remarks(reading: Reading, rules: Iterable[Rule], facts: Sequence[Fact], only: frozenset[str] | None = None) -> list[Fact]:
    """The Remarks of a document in text order; ``facts`` are all others, ``only`` names the rules to use."""
    by_kind = {kind: rule for rule in rules for kind in rule.speech if only is None or rule.name in only}
    if not by_kind:
        return []
    out: list[Fact] = []
    for said in _said(reading):
        rule = by_kind.get(said.kind)
        if rule is None or _tells_figures(reading, said, facts) or _unnamed(reading, said) or _says_nothing(reading, said):
            continue
        said = replace(said, verb=_verb_of(reading, said))
        if not _captured(reading.document.text, said, facts):
            out.append(_make_remark(reading, rule, said, [*facts, *out]))
    return out


def drop_captured(reading: Reading, facts: Sequence[Fact], yielding: frozenset[str] = frozenset()) -> list[Fact]:
    """The facts without Remarks made by patterns, and without those of the ``yielding`` rules, whose words another fact captures."""
    out: list[Fact] = []
    for fact in facts:
        if fact.type == "Remark" or fact.activity.rule in yielding:
            start, end = fact.evidence[0].start, fact.evidence[0].end
            start = _told_from(reading.document.text, fact, start, end)
            spans = [(e.start, e.end) for other in facts if other.type != "Remark" and other.activity.rule not in yielding for e in other.evidence]
            if _share(reading.document.text, ((start, end),), spans) >= CAPTURED:
                continue
            if fact.activity.rule in yielding and any(start <= e.start and e.end <= end for other in facts if other.type in _EVENTS for e in other.evidence):
                continue
        out.append(fact)
    return out


def _told_from(text: str, fact: Fact, start: int, end: int) -> int:
    """Where the target of a Position, the content of a Remark begins within its evidence: who they are that say it is told by others
    (an office). The evidence's own start where it is not found.
    """
    told = next((term for role, term in fact.roles if role in ("target", "content") and isinstance(term, str)), "").split(" ")
    places = [at for at in (text.rfind(" ".join(told[:count]), start, end) for count in (4, 2)) if at >= 0] if told[0] else []
    if not places and told[0]:
        places = [at for at in (text.find(told[0], start, end),) if at >= 0]
    return places[0] if places else start


# what is said ---------------------------------------------------------------------------------------------------


def _said(reading: Reading) -> list[_Said]:
    speeches = [s for s in reading.context.speeches if s.speakers and s.kind in ("reported", "according", "quote")]
    quotes = [s for s in speeches if s.kind == "quote" and _holds_clause(reading, s)]
    clauses: dict[tuple[int, tuple[Entity, ...]], list[Speech]] = {}
    for speech in speeches:
        if speech.kind != "quote" and not _is_quoted(speech, quotes):
            clauses.setdefault((speech.verb_first if speech.verb_first >= 0 else speech.start, speech.speakers), []).append(speech)
    found: list[_Said] = []
    for group in clauses.values():
        found += _reported(reading, group)
    found = [said for said in found if not any(_within(said, other) for other in found)]
    for speech in quotes:
        if not any(said.start <= speech.start and speech.end <= said.end + 2 and said.speech.speakers == speech.speakers for said in found):
            found += _quoted(reading, speech)
    return sorted(found, key=lambda said: (said.start, said.end))


def _holds_clause(reading: Reading, speech: Speech) -> bool:
    return any(_has_verb(view, speech.start, speech.end) or _asks(reading, (speech.start, speech.end)) for view in reading.views
               if view.sentence.start < speech.end and speech.start < view.sentence.end)


def _asks(reading: Reading, piece: tuple[int, int]) -> bool:
    """Whether the words are a question: its verb parts in two ("How can a map tell the whole story?")."""
    said = reading.document.text[piece[0]:piece[1]].rstrip()
    return said.endswith("?") and len(said.split()) > _LEAST_WORDS


def _is_quoted(speech: Speech, quotes: Sequence[Speech]) -> bool:
    """Whether the clause reported is itself nearly all a quotation."""
    length = speech.end - speech.start
    return any(q.speakers == speech.speakers and min(q.end, speech.end) - max(q.start, speech.start) >= 0.7 * length for q in quotes)


def _within(said: _Said, other: _Said) -> bool:
    """Whether the words stand in others of the same speaker: "he said that he believed that ..."."""
    return said is not other and said.speech.speakers == other.speech.speakers and any(
        a <= said.pieces[0][0] and said.pieces[-1][1] <= b and (a, b) != (said.pieces[0][0], said.pieces[-1][1]) for a, b in other.pieces)


_PROCLAIMED = re.compile(
    r"(?i)(?:[$€£]|(?:an? |the |its |their )?(?:\w+ days? of |\w+[ -]day |national |nationwide |unilateral |immediate )?"
    r"(?:state of (?:emergency|war|siege|disaster)|mourning|war on|war against|ceasefire|cease-fire|truce|curfew|public holiday|martial law"
    r"|bankruptcy|insolvency|amnesty|independence|neutrality|sovereignty)\b)"
)


_CALLED_BACK = re.compile(r"(?i)\b(?:ambassadors?|envoys?|diplomats?|representatives?|troops|soldiers|staff|workers|cars|products?)\b")


def _reported(reading: Reading, group: Sequence[Speech]) -> list[_Said]:
    """The clauses of one verb of saying: the parts before and behind it are one clause, "and that" begins a new one."""
    text = reading.document.text
    first = group[0]
    pieces = [piece for speech in sorted(group, key=lambda s: s.start) if (piece := _stripped(text, speech.start, speech.end))]
    view = _view_at(reading, pieces[0][0]) if pieces else None
    pieces = [_without_tag(text, view, piece, first) if view is not None else piece for piece in pieces]
    pieces = [kept for piece in pieces if view is not None and (kept := _without_source(text, view, piece, first.kind))]
    pieces = [kept for piece in pieces if view is not None and (kept := _without_hearer(text, view, piece, first))]
    if view is None or not pieces:
        return []
    says_that = "that" in text[max(first.verb_last, 0):pieces[-1][0]].lower().split()[:2]
    objects = not any(_has_verb(view, *piece) for piece in pieces)
    behind = all(start > first.verb_first for start, _ in pieces)
    if first.verb.split(" ")[0] in _WEAK and not says_that and (behind or first.verb in _SHARED):
        return []
    if first.kind == "reported" and (objects or (first.verb in ("claim", "declare", "proclaim") and not says_that)) and _PROCLAIMED.match(text, pieces[0][0]):
        return []  # "declared three days of mourning", "claims $100 billion": done, not told
    if first.verb == "recall" and objects and _CALLED_BACK.search(text, *pieces[0]):
        return []  # "recalled its ambassador"
    if first.kind == "reported" and not says_that and not objects and first.verb.split(" ")[0] in _WITH_OBJECT and _parted_from_verb(view, pieces[0]):
        objects = True  # "declared independence in May, and Chad recognised it": no clause of what was said
        if first.verb in ("declare", "proclaim", "claim", "recall", "conclude", "describe"):
            return []
    if first.kind == "reported" and all(end <= first.verb_first for _, end in pieces) and _only_condition(view, pieces):
        return []  # "if he wins", she says, ...: the rest tells it
    if objects and (first.kind == "according" or all(end <= first.verb_first for _, end in pieces)):
        return []
    if len(_WORD.findall(" ".join(text[a:b] for a, b in pieces))) < _LEAST_WORDS:
        return []
    if first.kind == "reported" and objects and behind and view.word(_token_at(view, pieces[0][0])) in _NO_OBJECT:
        return []  # "she recalled for our paper"
    if first.kind == "reported" and not says_that and behind and _in_relative(view, first):
        return []  # "the forum, which Ana Lima says she will attend": the words alone do not say what
    if first.kind == "reported" and len(pieces) == 1 and pieces[0][0] > first.verb_first:
        if first.verb in _DENYING | _NEGATED:
            pieces = [(first.verb_first, pieces[0][1])]  # "denies that they met": without its verb it would say the contrary
        parts = _split(text, view, *pieces[0])
        start = _subject_start(view, first)
        return [_Said(first.kind, (part,), start if number == 0 else part[0], part[1], first) for number, part in enumerate(parts)]
    start = min(pieces[0][0], first.verb_first if first.verb_first >= 0 else pieces[0][0])
    return [_Said(first.kind, tuple(pieces), start, max(pieces[-1][1], first.verb_last), first)]


_DENYING = saying_verbs("deny")
_NEGATED = saying_phrases("negated")
_SHARED = words("remarks", "shared")


def _only_condition(view: SentenceView, pieces: Sequence[tuple[int, int]]) -> bool:
    """Whether the words in front of the verb are one subordinate clause."""
    start, end = pieces[0][0], pieces[-1][1]
    opener = next((t.lower for t in view.tokens if t.start >= start), "")
    verbs = [g.first for g in view.groups if g.form == "finite" and start <= view.tokens[g.first].start < end]
    if opener not in _OPENING or len(verbs) > 1:
        return False
    first = next((i for i, t in enumerate(view.tokens) if t.lower == opener and t.start >= start), 0)
    comma = next((i for i in range(first + _LEAST_WORDS, len(view)) if view.word(i) == "," and view.tokens[i].start < end), len(view))
    return not any(verb > comma + 1 for verb in verbs)  # "if it rains, we stay": the second verb is there, whatever the first


_OPENING = words("remarks", "opening")


def _without_tag(text: str, view: SentenceView, piece: tuple[int, int], speech: Speech) -> tuple[int, int]:
    """The words quoted without who says them behind the quotation: "'We stay,' its bursar | , Joseph Mboya, said"."""
    start, end = piece
    close = max(text.rfind(mark, start, end) for mark in '"”')
    if end > speech.verb_first or close <= start or text[start - 1:start] not in ('"', "“") or text[close - 1] not in ",!?":
        return piece
    if _has_verb(view, close, end) or not _has_verb(view, start, close):
        return piece
    return _stripped(text, start, close) or piece


def _without_source(text: str, view: SentenceView, piece: tuple[int, int], kind: str) -> tuple[int, int] | None:
    """A clause without the participle that tells where it comes from: "reported, citing her lawyer, that", "according to a cable
    quoted by the Standard, ...".
    """
    start, end = piece
    at = next((g for g in view.groups if g.form in ("participle", "gerund") and view.tokens[g.first].start == start), None)
    if at is None or (kind != "according" and text[:start].rstrip()[-1:] != ","):
        return piece
    comma = next((i for i in range(at.last, len(view)) if view.word(i) == "," and view.tokens[i].start < end), -1)
    return _stripped(text, view.tokens[comma].end, end) if comma >= 0 else None


def _without_hearer(text: str, view: SentenceView, piece: tuple[int, int], speech: Speech) -> tuple[int, int] | None:
    """A clause without those who were told, where it goes on in front: "the talks, she told parliament, are over"."""
    start, end = piece
    inside = [i for i, t in enumerate(view.tokens) if start <= t.start < end]
    that = next((i for i in inside[1:14] if view.word(i) == "that"), -1)
    if that > 0 and view.word(that - 1) == "," and start >= speech.verb_last >= 0:
        return _stripped(text, view.tokens[that].end, end)  # "told you in Paris, I think in April, that ..."
    if speech.verb != "tell" or start < speech.verb_last or text[speech.verb_last:start].strip():
        return piece
    if inside and view.word(inside[0]) in _HEARERS and view.word(inside[0] + 1) in DETERMINERS:
        return _stripped(text, view.tokens[inside[0]].end, end)  # "told reporters the door was open"
    comma = next((i for i, t in enumerate(view.tokens) if start <= t.start < end and t.lower == ","), -1)
    if (
        comma < 0
        or any(g.form == "finite" and start <= view.tokens[g.first].start < view.tokens[comma].start for g in view.groups)
        or view.word(comma + 1) == "that"
    ):
        return piece
    rest = _stripped(text, view.tokens[comma].end, end)
    whole = rest is not None and not _only_condition(view, (rest,)) and not any(view.tokens[g.first].start == rest[0] for g in view.groups)
    return rest if whole else None


# Verbs that tell what is done, or of a thing, rather than that something is so, where no "that" follows.
_WITH_OBJECT = words("remarks", "with-object")


def _parted_from_verb(view: SentenceView, piece: tuple[int, int]) -> bool:
    """Whether a comma, an "and" or a relative stands between the beginning of the words and their first finite verb, which has another subject."""
    first = _token_at(view, piece[0])
    verb = next((g for g in view.groups if g.form == "finite" and g.first >= first), None)
    return (
        verb is not None
        and verb.first > first
        and any(
            word in (",", "which", "who", "that", "where") or (word == "and" and view.word(verb.first - 1) == "and")
            for word in view.words[first : verb.first]
        )
    )


def _in_relative(view: SentenceView, speech: Speech) -> bool:
    """Whether the verb of saying and its speaker stand in a relative clause about something else, which then is missing in what is said."""
    at = _token_at(view, speech.verb_first)
    stops = (*_OPENERS, ",", ";", ":")
    opener = next((k for k in range(at - 1, -1, -1) if view.word(k) in stops or view.in_group[k] >= 0), -1)
    if opener < 1 or view.word(opener) not in _OPENERS or at - opener < 2 or view.word(opener - 1) in PREPOSITIONS:
        return False
    if view.word(opener) != "that":
        return True
    return view.word(opener + 1) not in _TIMES and view.in_group[opener - 1] < 0 and any(p.last == opener for p in view.phrases)


def _token_at(view: SentenceView, start: int) -> int:
    return next((i for i, t in enumerate(view.tokens) if t.start >= start), 0)


_NO_OBJECT = frozenset(PREPOSITIONS) - {"of", "about", "on", "against", "like", "as"}
_OPENERS = ("which", "whom", "that")
_TIMES = words("remarks", "times")


def _split(text: str, view: SentenceView, start: int, end: int) -> list[tuple[int, int]]:
    """A clause cut before "and that"."""
    cuts = [start]
    ends: list[int] = []
    for found in _SPLIT.finditer(text, start, end):
        if _has_verb(view, cuts[-1], found.start()) and _has_verb(view, found.end(), end):
            ends.append(found.start())
            cuts.append(found.end())
    return list(zip(cuts, [*ends, end], strict=True))


def _quoted(reading: Reading, speech: Speech) -> list[_Said]:
    """The sentences of a quotation, those that are whole clauses."""
    out: list[_Said] = []
    for view in reading.views:
        sentence = view.sentence
        if sentence.end <= speech.start or speech.end <= sentence.start:
            continue
        piece = _stripped(reading.document.text, max(speech.start, sentence.start), min(speech.end, sentence.end))
        if (
            piece
            and (_has_verb(view, *piece) or _asks(reading, piece))
            and not _only_condition(view, (piece,))
            and len(_WORD.findall(reading.document.text[piece[0] : piece[1]])) > _LEAST_WORDS
        ):
            out.append(_Said("quote", (piece,), piece[0], piece[1], speech))
    return out


def _stripped(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:." or (text[end - 1] in "”»\"" and not set(text[start:end - 1]) & set("“«\""))):
        end -= 1
    return (start, end) if start < end else None


def _view_at(reading: Reading, start: int) -> SentenceView | None:
    return next((view for view in reading.views if view.sentence.start <= start < view.sentence.end), None)


def _has_verb(view: SentenceView, start: int, end: int) -> bool:
    return any(group.form == "finite" and start <= view.tokens[group.first].start and view.tokens[group.last - 1].end <= end for group in view.groups)


def _verb_of(reading: Reading, said: _Said) -> int:
    """Where the first finite verb of the content begins, -1 where there is none."""
    for start, end in said.pieces:
        view = _view_at(reading, start)
        for group in view.groups if view is not None else ():
            if view is not None and group.form == "finite" and start <= view.tokens[group.first].start < end:
                return view.tokens[group.first].start
    return -1


def _says_nothing(reading: Reading, said: _Said) -> bool:
    """Whether the words are no clause but a pronoun's: "told us of the plan", "said nothing about it"."""
    view, said_here = _view_at(reading, said.pieces[0][0]), reading.document.text[said.pieces[0][0]:].lower()
    return said_here.startswith(_EMPTY) or (
        said_here.startswith(_NOTHING) and not (view is not None and any(_has_verb(view, *piece) for piece in said.pieces)))


def _tells_figures(reading: Reading, said: _Said, facts: Sequence[Fact]) -> bool:
    """Whether the words give an amount or a percentage: figures have types of their own. "Half of the story" is none where no fact tells it."""
    view = _view_at(reading, said.pieces[0][0])
    return view is not None and any(
        m.kind in ("money", "percent") and any(a <= m.start < b for a, b in said.pieces) and not _aside(view, m.first)
        and (_in_digits(reading.document.text[m.start:m.end]) or any(e.start <= m.start < e.end for f in facts for e in f.evidence)) for m in view.mentions)


def _in_digits(words: str) -> bool:
    """Whether an amount is a figure, not "half" or "a third"."""
    return any(c.isdigit() for c in words) or " " in words.removeprefix("a ").removeprefix("one ")


def _aside(view: SentenceView, i: int) -> bool:
    """Whether token i stands in a relative clause: "the law, which bars holdings of 40 percent, ..."."""
    for k in range(i - 1, 0, -1):
        if view.word(k) in (",", ";"):
            return False
        if view.word(k) in ("which", "who"):
            return True
    return False


def _unnamed(reading: Reading, said: _Said) -> bool:
    """Whether nobody named says it: "Japanese analysts believe"."""
    verb = said.speech.verb_first
    view = _view_at(reading, verb) if verb >= 0 else None
    if view is None:
        return False
    names = [m for m in view.mentions if set(m.entities) & set(said.speech.speakers) and m.end <= verb]
    first = max((m.first for m in names), default=len(view))
    last = next((i for i, token in enumerate(view.tokens) if token.start >= verb), len(view))
    return any(word in _GROUPS for word in view.words[first:min(first + 6, last)]) and any(
        e.kind in ("state", "place", "institution") for e in said.speech.speakers) if names else False


def _subject_start(view: SentenceView, speech: Speech) -> int:
    """Where the speaker's name begins that stands in front of the verb of saying."""
    names = [m.start for m in view.mentions if m.end <= speech.verb_first and set(m.entities) & set(speech.speakers)]
    near = [start for start in names if not any(start < view.tokens[g.first].start < speech.verb_first and g.form == "finite" for g in view.groups)]
    return min(near, default=speech.verb_first)


# what other facts capture ---------------------------------------------------------------------------------------


def _captured(text: str, said: _Said, facts: Sequence[Fact]) -> bool:
    """Whether facts of other types, or other Remarks, cover the words of the clause."""
    spans = [(e.start, e.end) for fact in facts for e in fact.evidence if fact.type == "Remark" or _speaks_for(fact, said)]
    share = _share(text, said.pieces, spans)
    return share >= CAPTURED or (share >= CAPTURED / 2 and any(a <= said.verb < b for a, b in spans))


def _share(text: str, pieces: Iterable[tuple[int, int]], spans: Sequence[tuple[int, int]]) -> float:
    """The share of the words of the pieces that the spans cover."""
    total = covered = 0
    for start, end in pieces:
        for word in _WORD.finditer(text, start, end):
            total += 1
            covered += any(a <= word.start() and word.end() <= b for a, b in spans)
    return covered / total if total else 0.0


def _speaks_for(fact: Fact, said: _Said) -> bool:
    """Whether the fact stands inside the words said or says the saying itself (a Position of the speaker)."""
    mine = set(said.speech.speakers)
    return bool(mine & set(fact.stated_by)) or fact.type in ("Position", "AgreementAction", "Cooperation", "Meeting") or any(
        e.start >= said.pieces[0][0] and e.end <= said.pieces[-1][1] for e in fact.evidence)


# the fact -------------------------------------------------------------------------------------------------------


def _make_remark(reading: Reading, rule: Rule, said: _Said, facts: Sequence[Fact]) -> Fact:
    document, speech = reading.document, said.speech
    text = " ".join(" ".join(document.text[a:b].split()) for a, b in said.pieces)
    roles: list[tuple[str, Term]] = [("content", text)]
    mine = {e.iri for e in speech.speakers}
    roles += [("addressee", localised(e, document.sha256)) for e in _by_iri(speech.addressees)
              if e.iri not in mine and not _only_inside(reading, said, e)]
    roles += [("speaker", localised(e, document.sha256)) for e in _by_iri(speech.speakers)]
    outer = [s for s in reading.context.speeches if s.start <= said.start and said.end <= s.end + 2 and not mine & {e.iri for e in s.speakers}]
    stated = min(outer, key=lambda s: s.end - s.start).speakers if outer else ()
    when = _date_of(reading, said) or _date_told(reading, said, facts)
    activity = Activity(rule.name, rule.version, (("content", text),), (f"verb of saying: {speech.verb}",) if speech.verb else ())
    return Fact("Remark", tuple(sorted(roles, key=lambda r: r[0])), "Asserted", (Evidence(said.start, said.end),), activity, "",
                tuple(localised(e, document.sha256) for e in _by_iri(stated)), when.date if when else "", when.start_date if when else "",
                when.end_date if when else "", when.earliest if when else "", when.latest if when else "", document.identifier)


def _only_inside(reading: Reading, said: _Said, entity: Entity) -> bool:
    """Whether the words said name the entity, and the words around them do not: "told Jeune Afrique that Belgium had left"."""
    view = _view_at(reading, said.pieces[0][0])
    found = [m for m in view.mentions if entity in m.entities] if view is not None else []
    return bool(found) and all(any(a <= m.start and m.end <= b for a, b in said.pieces) for m in found)


def _by_iri(entities: Iterable[Entity]) -> list[Entity]:
    return sorted({e.iri: e for e in entities}.values(), key=lambda e: e.iri)


def _date_told(reading: Reading, said: _Said, facts: Sequence[Fact]) -> Value | None:
    """The date of what the speaker said in the sentence before, or of the visit during which it is said: "During his May visit, he said"."""
    view = _view_at(reading, said.start)
    if view is None or not any(g.tense == "past" and view.tokens[g.first].start == said.speech.verb_first for g in view.groups):
        return None
    if (stay := date_of_stay(view)) is not None:
        return stay
    at = reading.sentences.index(view.sentence)
    if at == 0 or reading.sentences[at - 1].paragraph != view.sentence.paragraph or len(said.speech.speakers) != 1:
        return None
    speakers = {e.iri for e in said.speech.speakers}
    return date_said_before(speakers, reading.sentences[at - 1], facts) or date_of_subject(reading.views[at - 1], speakers)


def _date_of(reading: Reading, said: _Said) -> Value | None:
    """The date of the saying: next to its verb or in front of the sentence, never one that stands in the words said."""
    view = _view_at(reading, said.start)
    verb = said.speech.verb_first
    if view is None or verb < view.sentence.start:
        return None
    for m in view.mentions:
        if any(verb < view.tokens[g.first].start < m.start and g.form == "finite" for g in view.groups):
            continue  # "he said of the men whom the court released last year": theirs
        if m.kind not in ("date", "period") or m.value is None or any(a <= m.start < b for a, b in (*said.pieces, (said.speech.start, said.speech.end))):
            continue
        front = view.words[:m.first]
        if verb < m.start or (len(front) <= 3 and all(word in _FRONT for word in front) and ";" not in reading.document.text[m.end:verb]):
            return m.value
    return None
