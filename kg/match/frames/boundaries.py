"""Where a clause begins in front of its verb, and where the subject begins in it: behind stops, conjunctions, other verbs, fronted adjuncts."""

from __future__ import annotations

from kg.match.asides import aside_start, opening_dash
from kg.match.view import SentenceView
from kg.match.words import words
from kg.words import VerbGroup
from kg.words.closed import CONJUNCTIONS, DASHES, DETERMINERS, PREPOSITIONS, SUBORDINATORS, is_adverb

__all__ = ["FRONTING", "closes_clause", "left_boundary", "trim"]

_SAID = words("frames", "said")
_TO_DO = words("frames", "to-do")
_OWN_BEGINS = frozenset({"we", "you", "he", "she", "they", "i", "our", "your", "its", "their", "his", "her", "my", "both", "the"})
FRONTING = frozenset("when while as after before if although though because since once whereas".split())


def left_boundary(view: SentenceView, at: int, index: int) -> int:
    """Where the clause of a verb group that begins at `at` may begin, looked for to its left: behind a stop, a conjunction of clauses, another verb."""
    k = at - 1
    depth = 0
    while k >= 0:
        word = view.word(k)
        if word == ")":
            depth += 1
        elif word == "(":
            depth -= 1
        elif depth <= 0:
            opening = opening_dash(view, k, at) if word in DASHES else -1
            if opening >= 0:
                k = opening - 1
                continue
            if (word in (";", ":") or word in DASHES or word in ('"', "“")) and k not in view.within:
                return k + 1
            if word in ("and", "but") and view.word(k - 1) == "," and view.word(k + 1) in PREPOSITIONS and any(
                    m.kind in ("date", "period") and k + 1 <= m.first <= k + 2 for m in view.mentions):
                return k + 1  # ", and in 2015 the minister ..."
            if word in ("and", "but") and k > 1 and view.word(k + 1) in ("in", "on", "since", "by") and view.dated_clause(k + 2) and any(
                    g.form == "finite" and g.last <= k for g in view.groups):
                return k + 1  # "opened a mission in Lima and in 1981 Peru opened one"
            if word in ("and", "but") and view.word(k - 1) == "," and closes_clause(view, k - 1):
                return k + 1  # "Eni owns 40 percent of the plant, and the rest is held by Enel"
            if word in ("and", "but") and view.word(k - 1) == "," and _parts_clauses(view, k - 1):
                return k + 1
            if view.in_group[k] >= 0 and view.in_group[k] != index:
                other = view.groups[view.in_group[k]]
                if other.form == "finite" and other.lemma in _SAID and view.word(other.last) == "," and (aside := aside_start(view, other)) > 0:
                    k = aside - 1
                    continue  # "Russia, he said, is the main partner"
                if other.form == "finite" and (behind := _behind_fronted(view, k, at)) > 0:
                    return behind
                if other.form == "finite" and not _inside_relative(view, k, at):
                    return k + 1
                if other.form == "gerund" and k == other.last - 1 and _describes(view, other):
                    k = other.first - 1
                    continue  # "stations collecting data are to be built"
                if other.form == "infinitive" and view.word(other.first) == "to" and _of_noun(view, other, at):
                    k = other.first - 1
                    continue  # "Chad's readiness to train police | was welcomed"
                if other.form in ("infinitive", "gerund") and not _comma_between(view, k, at):
                    return k + 1
            if word == "that" and k in view.by_first:
                k -= 1  # "that country"
                continue
            if (
                word in ("since", "after", "before", "until")
                and not _comma_between(view, k, at)
                and any(g.form == "finite" and g.last <= k for g in view.groups)
                and not any(m.kind in ("date", "period") and k + 1 <= m.first <= k + 2 for m in view.mentions)
                and (not _in_subject(view, k, at))
            ):
                return k + 1  # "has leased it ever since the union collapsed"
            if word == "as" and view.word(k - 1) not in ("such", "well", "same", "so", "as", "far", "long", "soon") and not _comma_between(view, k, at) and any(
                    g.form == "finite" and g.last <= k for g in view.groups) and any(p.first == k + 1 and p.last == at for p in view.phrases):
                return k + 1  # "the day was historic, as the two presidents met"
            if word in SUBORDINATORS and word not in ("as", "since", "after", "before", "until", "so", "once"):
                if word in ("who", "which", "whose", "whom", "where", "what") and _comma_between(view, k, at):
                    k -= 1
                    continue
                if word in ("that", "which", "who") and not _comma_between(view, k, at) and _restricts(view, k, at):
                    k -= 1
                    continue  # "the treaty that they signed in Lima | awaits ratification"
                if (
                    word == "that"
                    and _comma_between(view, k, at)
                    and any(view.word(i) in ("who", "which") and view.word(i - 1) == "," for i in range(max(1, k - 14), k))
                ):
                    k -= 1  # "TAV, which runs airports under contracts that end in 2027, employs"
                    continue
                return k + 1
        k -= 1
    return 0


def _of_noun(view: SentenceView, infinitive: VerbGroup, at: int) -> bool:
    """Whether an infinitive hangs on a noun in front of it, with which the subject of the verb at `at` begins: "the proposal of Chad to hold talks | was"."""
    for k in range(infinitive.first - 1, max(infinitive.first - 6, -1), -1):
        if view.in_group[k] >= 0 or view.word(k) in (",", ";", ":", "and", "but"):
            return False
        if view.word(k) in _TO_DO:
            return not any(view.word(i) in ("and", "but", ",", ";") for i in range(infinitive.last, at))
    return False


def _restricts(view: SentenceView, k: int, at: int) -> bool:
    """Whether the relative word at k opens a clause with a verb of its own that ends before the verb at `at`, behind a noun phrase."""
    inner = [g for g in view.groups if g.form == "finite" and k < g.first and g.last <= at]
    behind = k - (view.word(k - 1) in PREPOSITIONS)  # "the line on | which trains run"
    return len(inner) == 1 and view.in_group[k - 1] < 0 and any(p.last == behind for p in view.phrases) and not any(
        view.word(i) in ("and", "but", ",", ";") and "between" not in view.words[i - 3 : i] for i in range(inner[0].last, at))


def _in_subject(view: SentenceView, k: int, at: int) -> bool:
    """Whether token k stands in a relative clause without commas at the subject of the verb at `at`: "a dam that Peru had built | was shut"."""
    first = next((g.first for g in view.groups if g.form == "finite"), at)
    return any(view.word(i) in ("who", "which", "that") and _restricts(view, i, at) for i in range(1, min(first, k)))


def _describes(view: SentenceView, gerund: VerbGroup) -> bool:
    """Whether an -ing form stands right behind the noun that it describes."""
    before = view.word(gerund.first - 1)
    return before.isalpha() and before not in PREPOSITIONS and before not in CONJUNCTIONS and any(
        p.last == gerund.first for p in view.phrases) and view.in_group[gerund.first - 1] < 0


def _parts_clauses(view: SentenceView, comma: int) -> bool:
    """Whether ", and" behind a finite verb goes on with a clause of its own: no list of three leads up to it ("is a member of A and B, and C has been")."""
    verb = next((g for g in reversed(view.groups) if g.form == "finite" and g.last <= comma), None)
    if verb is None:
        return False
    between = view.words[verb.last : comma]
    return "," not in between or "and" in between[len(between) - between[::-1].index(",") :]


def closes_clause(view: SentenceView, comma: int) -> bool:
    """Whether the comma in front of "and" ends a clause: a finite verb in front of it with an object, no other comma between."""
    for k in range(comma - 1, -1, -1):
        if view.word(k) in (",", ";", ":", "(", "that", "which", "who", "whether", "where") or view.word(k) in DASHES:
            return False
        if view.in_group[k] >= 0:
            return view.groups[view.in_group[k]].form == "finite" and any(p.first > k and p.last <= comma for p in view.phrases)
    return False


def _comma_between(view: SentenceView, k: int, at: int) -> bool:
    return any(view.word(i) == "," for i in range(k + 1, at))


def _behind_fronted(view: SentenceView, k: int, at: int) -> int:
    """The token behind the comma that closes "When X left, ..." at the beginning of a sentence, asked at the verb k inside it; 0 elsewhere."""
    opener = next((i for i in range(k - 1, max(-1, k - 15), -1) if view.word(i) in FRONTING), -1)
    if opener < 0 or view.word(opener - 1) not in ("", "and", "but", ";", '"', "“") or any(view.word(i) in (",", ";") for i in range(opener, k)):
        return 0
    return next((i + 1 for i in range(k + 1, at) if view.word(i) == ","), 0)


def _inside_relative(view: SentenceView, k: int, at: int) -> bool:
    """Whether the verb at k belongs to ", who/which ..., " that is closed before at, or to a reduced relative closed by a comma."""
    if not _comma_between(view, k, at):
        return _in_subject(view, k, at) or (any(view.word(i) in ("who", "which", "that") for i in range(max(0, k - 2), k)) and not any(
            view.word(i) in (",", "and", "but") for i in range(k + 1, at)))
    return any(
        view.word(i) in ("who", "which", "whose", "what", "where", "when", "while", "as", "after", "before", "if", "although")
        for i in range(max(0, k - 12), k)
    )


def trim(view: SentenceView, left: int, at: int) -> tuple[int, int]:
    """The region without a fronted adjunct ("In 2015, ") and without what stands between commas before the verb."""
    while (
        left < at
        and not any(
            m.kind in ("person", "organisation", "event", "pair", "number", "money", "quantity", "percent")
            for m in view.by_first.get(left, ())
        )
        and (
            view.word(left) in CONJUNCTIONS
            or view.word(left) in (",", '"', "“", "”")
            or is_adverb(view.word(left))
            or view.word(left) in ("that", "when", "while", "because", "if", "although", "though", "where", "whether")
        )
    ):
        left += 1
    if view.words[left:left + 4] == ["at", "the", "same", "time"] and view.word(left + 4) != ",":
        left += 4
    if view.word(left) == "as" and view.word(left + 1) in ("early", "late", "recently", "soon") and view.word(left + 2) == "as":
        left = next((m.last for m in view.by_first.get(left + 3, ()) if m.kind in ("date", "period")), left)
    while left < at:
        if any(m.kind in ("number", "money", "quantity", "percent") for m in view.by_first.get(left, ())):
            break  # "Over 500 students"
        starts_adjunct = view.word(left) in PREPOSITIONS or view.word(left) in ("since", "after", "before", "as", "according") or any(
            m.kind in ("date", "period") for m in view.by_first.get(left, ())) or (
            left in view.group_at and view.groups[view.group_at[left]].form != "finite")
        if not starts_adjunct:
            break
        comma = next((k for k in range(left, at) if view.word(k) == ","), -1)
        date = next((m for m in view.mentions if m.kind in ("date", "period") and left <= m.first <= left + 1), None)
        if date is not None and date.last < min(at, comma if comma >= 0 else at) and (
                view.by_first.get(date.last) or view.word(date.last) in DETERMINERS):
            left = date.last  # "in 2015 the minister, ..., visited"
            continue
        town = next((m for m in view.by_first.get(left + 1, ()) if m.kind == "place" and m.form == "name"), None)
        if town is not None and comma > town.last and view.word(town.last) in DETERMINERS and view.word(left) in ("in", "at", "near", "outside", "around"):
            left = town.last  # "At Viana an industrial park, ..., is growing"
            continue
        if comma < 0:
            date = next((m for m in view.mentions if m.kind in ("date", "period") and (
                left <= m.first <= left + 1 or (left < m.first and m.last < at and view.word(m.last) in _OWN_BEGINS))), None)
            if date is not None and date.last < at:
                left = date.last
                continue
            break
        left = _behind_title(view, left, comma + 1, at)
    return left, at


def _behind_title(view: SentenceView, adjunct: int, first: int, at: int) -> int:
    """Where the subject begins behind an adjunct that ends in a person with an office in apposition: "At the invitation of A, the mayor
    of B, C visited D"."""
    if not any(m.kind == "person" and adjunct < m.first and m.last == first - 1 for m in view.mentions):
        return first
    start = first + (view.word(first) == "the")
    office = max((m.last for m in (*view.by_first.get(start, ()), *view.by_first.get(first, ())) if m.kind == "office"), default=-1)
    named = any(m.kind == "person" and m.form == "name" and first <= m.first <= start and m.last > office for m in view.mentions if m.last > start)
    return office + 1 if office > 0 and not named and view.word(office) == "," and office + 1 < at and any(
        m.kind == "person" for m in view.by_first.get(office + 1, ())) else first
