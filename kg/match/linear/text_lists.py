"""Text slots that take several items: "a dam, a bridge and a port", "trade and, above all, energy", and what is an apposition instead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.cards import Slot
from kg.match.asides import verb_behind_aside
from kg.match.linear.lists import apposed_before_verb, joints_at, past_apposition, past_comment, past_home
from kg.match.linear.mentions import mentions_at
from kg.match.linear.texts import FIELDS, TEXT_STOPS, text_items
from kg.match.linear.things import FIELD_WORDS, FIRM_NOUNS, ONLY_COUNTED
from kg.match.tables import class_table
from kg.match.types import fits
from kg.match.view import SentenceView
from kg.match.words import words
from kg.model import Mention
from kg.words import WordClasses
from kg.words.closed import PREPOSITIONS

__all__ = ["text_lists"]

# What joins an example to what it is an example of.
_EXAMPLES = (
    ("and", "on"),
    (",", "on"),
    ("and", "about"),
    (",", "including"),
    ("including",),
    (",", "such", "as"),
    ("such", "as"),
    (",", "particularly"),
    (",", "especially"),
    (",", "notably"),
    (",", "in", "particular"),
    (",", "primarily"),
    (",", "ranging", "from"),
    ("ranging", "from"),
    (",", "namely"),
)
_GENERAL = words("linear", "general")


def text_lists(view: SentenceView, classes: WordClasses, item: Slot, i: int, goes_on: bool) -> Iterator[tuple[int, int, tuple[Mention | str, ...]]]:
    """Coordinated items of a text slot, the longest list first."""
    start = next(text_items(view, classes, item, i, goes_on), None)
    if start is None:
        return
    first, last, one = start
    if item.type == "undertaking" and (colon := _announced(view, first, last)):
        for _, end, items in text_lists(view, classes, item, colon + 1, False):
            yield first, end, items
    if item.type == "undertaking":
        one = _explained(view, classes, item, first, last) or one
    found: list[tuple[int, tuple[Mention | str, ...]]] = [(last, (one,))]
    while len(found) < 30:
        named = found[-1][1][-1]
        behind = (past_apposition(view, named) or past_home(view, named)) if item.type == "owner" and isinstance(named, Mention) else 0
        step = (_next_text(view, classes, item, behind) if behind > found[-1][0] else None) or _next_text(view, classes, item, found[-1][0])
        if step is None:
            break
        found.append((step[1], (*found[-1][1], step[2])))
    for end, items in reversed(found):
        if item.type in ("owner", "firm") and len(items) > 1 and view.word(end) in ("'s", "’s") and _joined_by_comma(view, items):
            continue  # "Salini, Italy's largest builder"
        if item.type in ("owner", "firm") and len(items) > 1 and _joined_by_comma(view, items) and _acts_next(view, first, end):
            continue  # "If Chad signs a pact with Togo, | Benin will"
        if item.type == "fields" and (_opens_clause(view, first, end, items) or not any(m.kind == "sector" and first <= m.first < end for m in view.mentions)):
            continue
        yield first, end, items


def _opens_clause(view: SentenceView, first: int, last: int, items: Sequence[Mention | str]) -> bool:
    """Whether the last of listed fields is the subject of a clause of its own: "cooperation in mining, | analysts say"."""
    comma = max((k for k in range(first, last) if view.word(k) in (",", "and", "or")), default=first)
    bare = view.word(comma) == "," and last < len(view) and view.word(last) not in TEXT_STOPS
    ahead = len(items) == 2 and "," in (view.word(comma), view.word(comma - 1)) and last < len(view) and view.in_group[last] >= 0
    return len(items) > 1 and (bare or ahead)


def _announced(view: SentenceView, first: int, last: int) -> int:
    """The colon behind "three plants", "the following projects in Chad": what stands behind it is told one by one; 0 where none does."""
    head = next((p.last for p in view.phrases if p.first <= first < p.last), last) - 1
    at = max(head + 1, _behind_place(view, head + 1))
    counted = (
        any(m.kind == "number" and m.last <= head for k in (first, first - 1) for m in view.by_first.get(k, ()))
        or "following" in view.words[max(0, first - 1) : head]
    )
    return at if view.word(at) == ":" and view.word(head).endswith("s") and (counted or view.word(head) in _GENERAL) else 0


def _explained(view: SentenceView, classes: WordClasses, item: Slot, first: int, last: int) -> Mention | str | None:
    """What an apposition calls by its name: "Togo's largest project, | the Omo dam, is"; None where nothing of the sort follows."""
    head = next((p.last for p in view.phrases if p.first <= first < p.last), last) - 1
    at = view.phrase_end(last + 1) if view.word(last) in PREPOSITIONS else last
    if view.word(head) not in _GENERAL or view.word(at) != ",":
        return None
    step = next(text_items(view, classes, item, at + 1, False), None)
    if step is None:
        return None
    goes_on = view.word(step[1]) in PREPOSITIONS and verb_behind_aside(view, at) > step[1]  # "a rival project, the Sahara line through Niger, has"
    return step[2] if goes_on or view.word(max(_behind_place(view, step[1]), step[1])) in (",", ".", "") else None


def _acts_next(view: SentenceView, first: int, end: int) -> bool:
    """Whether a finite verb stands behind a list and another verb in front of it: its last member is the subject of the next clause."""
    following = next((k for k in view.skip_positions(end) if k in view.group_at), -1)
    return following >= 0 and view.groups[view.group_at[following]].form == "finite" and any(g.last <= first for g in view.groups)


def _joined_by_comma(view: SentenceView, items: Sequence[Mention | str]) -> bool:
    """Whether a comma, no "and", stands in front of the last of several mentions."""
    last, before = items[-1], items[-2]
    return (
        not isinstance(last, str)
        and view.word(last.first - 1) in (",", "the")
        and not isinstance(before, str)
        and "and" not in view.words[before.last : last.first]
    )


def _next_text(view: SentenceView, classes: WordClasses, item: Slot, i: int) -> tuple[int, int, Mention | str] | None:
    """The item that goes on a list of words at token i, behind its joint: (first, last, mention or words); None where the list ends."""
    i += item.type in FIELDS and view.word(i) in FIELD_WORDS  # "energy matters, and customs"
    i += item.type in ("firm", "owner") and view.word(i) in FIRM_NOUNS  # "the state Eni company and Shell"
    i = _behind_counted(view, i) if item.type == "undertaking" else i
    behind = _behind_place(view, i) if item.type == "undertaking" else -1
    for at in (*view.skip_positions(i)[:2], *((behind,) if behind > 0 else ())):
        for joint in (*(_EXAMPLES if item.type == "matter" else ()), *joints_at(view, i, item.type in FIELDS)):
            if at == behind and joint not in (("and",), (",", "and")) and not (joint == (",",) and _still_listed(view, classes, item, at + 1)):
                continue
            if joint in (("-",), ("–",), ("/",)):
                continue
            if all(view.word(at + k) == word for k, word in enumerate(joint)):
                if item.type == "matter" and joint == (",",) and view.word(at + 1) in ("a", "an"):
                    return None  # an apposition
                if item.type == "matter" and joint == (",",) and _begins_clause(view, at + 1):
                    return None  # "to discuss the port, | the ministry said"
                if item.type == "undertaking" and not any(fits(m, "project") for m in mentions_at(view, "project", at + len(joint))) and not (
                        (joint[-1] == "and" and (_bare_works(view, classes, at + len(joint)) or _another(view, classes, item, at + len(joint)))) or (
                            joint == (",",) and _opens_phrase(view, at + 1) and not _ranks(view, at + 1) and _still_listed(view, classes, item, at + 1))):
                    return None  # words alone begin a list, but go on with one only as such
                if item.type == "holding" and joint == (",",) and not _still_listed(view, classes, item, at + 1):
                    return None  # "bought Optus, the second largest operator,": an apposition
                again = past_comment(view, at + len(joint))
                if view.word(again) in ("i", "we", "you", "they", "he", "she"):
                    return None  # a clause of its own: "wine, and you buy tea"
                if item.type == "undertaking" and joint[-1] == "and" and view.word(again) in ("on", "of") and view.word(again + 1) in ("a", "an", "the"):
                    return next(text_items(view, classes, item, again + 1, False), None)  # "work on a missile and on a light aircraft"
                if item.type == "undertaking" and joint == (",",) and (not _still_listed(view, classes, item, at + 1) or apposed_before_verb(view, at)):
                    return None  # "the Omo refinery, a joint venture in which ..., is", "the Omo dam, Togo's first,": an apposition
                if (
                    item.type in ("firm", "owner")
                    and (owned := _owned_firm(view, item, again)) is not None
                    and (joint[-1] == "and" or _joint_follows(view, owned.last))
                ):
                    return owned.first, owned.last, owned
                again += item.type in FIELDS and view.word(again) in ("on", "in")  # "on policing and on mining"
                whose = item.type == "np" and view.word(again) in ("its", "their", "our", "your")  # "your gold, your tea"
                return next(text_items(view, classes, item, again + whose, False), None)
    return None


def _behind_counted(view: SentenceView, i: int) -> int:
    """The token behind what is only counted in a list: "the Omo dam, three schools | and a clinic"."""
    at = i + 1
    number = next((m for m in view.by_first.get(at, ()) if m.kind == "number"), None) if view.word(i) == "," else None
    end = view.phrase_end(at) if number is not None else i
    return end if number is not None and end > number.last and view.word(end - 1) in ONLY_COUNTED and _joint_follows(view, end) else i


def _begins_clause(view: SentenceView, i: int) -> bool:
    """Whether the noun phrase at token i is the subject of a verb right behind it."""
    group = view.group_at.get(max(view.phrase_end(i), i + 1), -1)
    return group >= 0 and view.groups[group].form == "finite"


def _owned_firm(view: SentenceView, item: Slot, i: int) -> Mention | None:
    """The firm that a noun phrase with its land or town in front names at its end: "Shell, | Oman's refiner Orpic and Total"."""
    owned = next(
        (
            m.last + 1
            for m in view.by_first.get(i, ())
            if m.kind in ("state", "place") and m.form != "adjective" and view.word(m.last) in ("'s", "’s")
        ),
        0,
    )
    end = next((p.last for p in view.phrases if p.first <= owned < p.last), 0) if owned else 0
    return next(
        (
            m
            for m in view.mentions
            if m.kind in ("company", "organisation")
            and m.form == "name"
            and owned <= m.first
            and m.last == end
            and fits(m, "org")
            and all(view.tokens[k].text.islower() for k in range(owned, m.first))
        ),
        None,
    )


def _joint_follows(view: SentenceView, i: int) -> bool:
    """Whether a list plainly goes on at token i: "and Total", ", and Total"."""
    return view.word(i) in ("and", "or") or (view.word(i) == "," and view.word(i + 1) in ("and", "or"))


def _behind_place(view: SentenceView, i: int) -> int:
    """The token behind "in Lusaka", "at Chambishi" at token i, where something else of a list may follow; -1 where no place stands there."""
    if view.word(i) not in ("in", "at", "near"):
        return -1
    return max((m.last for m in view.by_first.get(i + 1, ()) if m.kind in ("place", "state") and m.form == "name"), default=-1)


def _another(view: SentenceView, classes: WordClasses, item: Slot, i: int) -> bool:
    """Whether one more thing stands at token i, of which no verb of its own tells: "a stadium in Lusaka and two zones at Chambishi"."""
    step = next(text_items(view, classes, item, i, False), None) if _opens_phrase(view, i) else None
    if step is None:
        return False
    stop = max(_behind_place(view, step[1]), step[1])
    dated = any(m.kind in ("date", "period") for k in (stop, stop + (view.word(stop) in ("in", "on", "by", "since"))) for m in view.by_first.get(k, ()))
    return stop >= len(view) or dated or view.word(stop) in TEXT_STOPS or (view.in_group[stop] >= 0 and not any(group.first < i for group in view.groups))


def _opens_phrase(view: SentenceView, i: int) -> bool:
    """Whether a noun phrase begins at token i: "a port", "three schools"."""
    return any(phrase.first == i for phrase in view.phrases)


def _ranks(view: SentenceView, i: int) -> bool:
    """Whether "the largest", "the first" stands at token i: what was named before is told of, nothing else is listed."""
    return view.word(i) == "the" and (view.word(i + 1).endswith("est") or view.word(i + 1) in ("first", "most", "only"))


def _bare_works(view: SentenceView, classes: WordClasses, i: int) -> bool:
    """Whether a single noun of something built stands at token i: the "school" of "a joint university and school"."""
    return "works-thing" in classes and view.word(i) in class_table(classes, "works-thing") and (
        view.word(i + 1) in PREPOSITIONS or view.word(i + 1) in TEXT_STOPS or i + 1 >= len(view) or view.in_group[i + 1] >= 0)


def _still_listed(view: SentenceView, classes: WordClasses, item: Slot, i: int) -> bool:
    """Whether behind the thing at token i the list goes on ("a dam, a bridge and a port")."""
    step = next(text_items(view, classes, item, i, False), None)
    if step is None:
        return False
    stop = max(_behind_place(view, step[1]), step[1])
    return view.word(stop) in ("and", "or", "as") or (
        view.word(stop) == "," and (view.word(stop + 1) in ("and", "or") or next(text_items(view, classes, item, stop + 1, False), None) is not None))
