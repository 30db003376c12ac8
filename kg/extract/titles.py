"""What the words of an agreement's own title say: its parties and the years that it runs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from kg.extract.roles import Draft, localised, make_entity
from kg.extract.words import words
from kg.gazetteer import Gazetteer
from kg.match import Match, SentenceView
from kg.model import Entity, Mention, Value
from kg.words.closed import PREPOSITIONS, is_adverb

_BEHIND = frozenset({"for", "until", "till", "through", "to", "covering", "spanning"})
_OWN = frozenset({"of", "dated", "from"})
_JOINTS = frozenset({"and", ",", "&", "the", "of", "'s", "’s", "republic", "governments", "government", "both", "states"})
_OFFICIALS = words("titles", "officials")
_LEGISLATURES = words("roles", "legislatures")
_FIRM_NOUNS = words("titles", "firm-nouns")
_PARTIES = ("state", "organisation", "company", "institution", "group", "body", "office")
_TIMES = ("date", "period")
_FIRMS = ("organisation", "company", "institution")
_NAME_WORDS = 16  # of a party's name
_IN_NAMES = frozenset({"and", "of", "for", "the", "&", "-", "de", "du"})
_FIRM_KINDS = words("titles", "kinds-of-party")
_SEVERAL = words("titles", "several")
_DESCRIBING = 5  # words that say what a firm is in front of its name


def agreement_of(draft: Draft, match: Match, document_hash: str) -> Mention | None:
    """The mention that gave the draft its agreement."""
    wanted = {e.iri for e in draft.roles.get("agreement", ()) if isinstance(e, Entity)}
    for binding in match.bindings:
        if binding.role == "agreement":
            for item in binding.items:
                if not isinstance(item, str) and (not item.entities or any(localised(e, document_hash).iri in wanted for e in item.entities)):
                    return item
    return None


def _of_several(view: SentenceView, mention: Mention | None, draft: Draft) -> Mention | None:
    """The words that name the draft's agreement, where the match caught only how many there are ("three accords: | a treaty on tea and ...")."""
    if mention is None or len(mention.entities) < 2:
        return mention
    labels = {e.label for e in draft.roles.get("agreement", ()) if isinstance(e, Entity)}
    return next((m for m in view.mentions if m.kind == "agreement" and len(m.entities) == 1 and m.entities[0].label in labels), mention)


_RUNNING = words("titles", "running")
_PROLONGING = words("titles", "prolonging")


def term_of(view: SentenceView, mention: Mention) -> Value | None:
    """The years of an agreement: "the 2012-2017 Programme", "Action Plan for 2016-2018", "a programme until 2020".

    Behind a verb of prolonging, what follows the title is a new term and none of the title's.
    """
    prolonged = any(g.lemma in _PROLONGING and g.last <= mention.first for g in view.groups)
    for m in view.mentions:
        if m.kind != "period" or m.value is None:
            continue
        before = m.first == mention.first or m.last == mention.first
        led = view.word(m.first) in _BEHIND or view.word(m.first - 1) in _BEHIND
        behind = led and not prolonged and mention.last <= m.first <= mention.last + (view.word(m.first) not in _BEHIND)
        behind = behind or (not prolonged and view.word(mention.last) in _BEHIND and m.first == _term_at(view, mention.last + 1))
        bracket = m.first == mention.last + 1 and view.word(mention.last) == "(" and view.word(m.last) == ")"
        inside = mention.first < m.first and m.last <= mention.last and (led or view.word(m.first - 1) == "(")
        told = (
            mention.last < m.first
            and not prolonged
            and any(w in _RUNNING for w in view.words[m.first - 2 : m.first + 1])
            and not any(o.kind == "agreement" and mention.last <= o.first < m.first for o in view.mentions)
        )
        if before or behind or bracket or inside or told:
            return m.value
    return None


def _term_at(view: SentenceView, i: int) -> int:
    """The token behind "the years" or "the period" at token i: "for *the years* 2020-2022"."""
    at = i + (view.word(i) == "the")
    return at + 1 if view.word(at) in ("years", "year", "period") else i


def own_times(view: SentenceView) -> list[tuple[int, int]]:
    """Token stretches right behind an agreement that belong to it and date no action: its term, "of 12 May 1994"."""
    out: list[tuple[int, int]] = []
    for m in view.mentions:
        if m.kind != "agreement":
            continue
        for time in view.mentions:
            if time.kind not in _TIMES:
                continue
            led = time.first == m.last and time.kind == "period" and view.word(m.last) in _BEHIND
            if led or (time.first == _term_at(view, m.last + 1) and view.word(m.last) in _BEHIND | _OWN | {"("}):
                out.append((m.last, time.last))
            elif time.last == m.first and time.kind == "period":
                out.append((time.first, m.first))
    return out


def parties_of(view: SentenceView, mention: Mention) -> tuple[Entity, ...]:
    """The actors of a title: "treaty between A and B", "the A-B pact", "the Greek-Turkish protocol"; empty where it names no two."""
    inner = [m for m in view.mentions if m.kind in _PARTIES and m.entities and mention.first <= m.first and m.last <= mention.last
             and (m.first, m.last) != (mention.first, mention.last)]
    inner = [m for m in inner if not any(o is not m and o.first <= m.first and m.last <= o.last and (o.last - o.first > m.last - m.first)
                                         for o in inner)]
    at = next((i for i in range(mention.first, mention.last) if view.word(i) in ("between", "among")), -1)
    if at < 0:
        # "the accord of 1995 between A and B"
        dated = next((m.last for m in view.mentions if m.kind in _TIMES and m.first == mention.last + 1 and view.word(mention.last) in _OWN), mention.last)
        at = dated if view.word(dated) in ("between", "among") else -1
        if at >= 0:
            inner = [m for m in view.mentions if m.kind in _PARTIES and m.entities and m.first > at]
    if at >= 0:
        found = _chain(view, [m for m in inner if m.first > at], at + 1)
        return (
            found
            if len(found) > 1
            else _named_between(view, at + 1)
            or tuple(e for e in found if e.kind in _FIRMS and not _SEVERAL & set(e.label.lower().split()[:3]))
        )
    for one, two in pairwise(inner):
        gap = view.words[one.last:two.first]
        if one.kind == two.kind == "state" and gap in (["-"], ["–"], ["—"], ["/"]):
            return _distinct([*one.entities, *two.entities])
    return ()


def _named_between(view: SentenceView, first: int) -> tuple[Entity, ...]:
    """The two that capitalised words name behind "between", at least one of whom nothing is known of: "Vitebsk Region and Imereti"."""
    joint = next((k for k in range(first + 1, min(first + _NAME_WORDS, len(view))) if view.word(k) == "and" and view.word(k + 1) == "the"), -1)
    if joint < 0:
        joints = [k for k in range(first + 1, min(_end_of_name(view, first), len(view))) if view.word(k) == "and"]
        joint = joints[0] if len(joints) == 1 else -1
    if joint < 0 or _end_of_name(view, first) < joint or any(m.kind in _PARTIES and m.first < joint < m.last for m in view.mentions):
        return ()
    sides = [_named(view, first, joint), _named(view, joint + 1, _end_of_name(view, joint + 1))]
    found = [side for side in sides if side is not None]
    return _distinct(found) if len(found) == len(sides) and any(side.kind != "place" for side in found) else ()  # "between Accra and Hanoi"


def _end_of_name(view: SentenceView, first: int) -> int:
    """Where the words of names that begin at token `first`, and what joins them, end."""
    k = first + (view.word(first) == "the")
    while k < len(view) and view.in_group[k] < 0 and (view.tokens[k].text[:1].isupper() or view.word(k) in _FIRM_KINDS or (
            view.word(k) in _IN_NAMES and k + 1 < len(view) and (view.tokens[k + 1].text[:1].isupper() or view.word(k + 1) == "the"))):
        k += 1
    return k


def _named(view: SentenceView, first: int, last: int) -> Entity | None:
    """The one whom these words name: as known, or by their own words; None where they are no name."""
    first += view.word(first) == "the"
    known = next((m for m in view.by_first.get(first, ()) if m.kind in (*_PARTIES, "place") and m.entities and m.last == last), None)
    if known is not None:
        return known.entities[0] if len(known.entities) == 1 else None
    if first >= last or not view.tokens[first].text[:1].isupper() or not any(view.tokens[k].text[:1].isupper() for k in range(first, last)):
        return None
    return make_entity(view.text(first, last), "party", "")


def _owner_and_partner(view: SentenceView, mention: Mention) -> tuple[Entity, ...]:
    """Whose the agreement is and with whom: "Chad's | contract | with Eni"; empty where neither stands beside it."""
    at = mention.last + (view.word(mention.last + 1) == "the") + 1
    partner = next((m for m in view.by_first.get(at, ()) if m.kind in _PARTIES and m.form != "adjective" and len(m.entities) == 1), None)
    if view.word(mention.last) != "with" or partner is None:
        return ()
    owner = next((m for m in view.mentions if m.kind in _PARTIES and m.last == mention.first - 1 and len(m.entities) == 1), None)
    owned = owner is not None and view.word(mention.first - 1) in ("'s", "’s", "'", "’")
    return _distinct([*(owner.entities if owned and owner is not None else ()), *partner.entities])


def _chain(view: SentenceView, mentions: Sequence[Mention], at: int) -> tuple[Entity, ...]:
    """The actors that follow one another from token `at` on with nothing but joining words between."""
    found: list[Entity] = []
    for m in sorted(mentions, key=lambda m: (m.first, -m.last)):
        if m.first < at:
            continue
        if m.form == "adjective" and _describes(view, m.last):
            at = m.last  # "the Kenyan | carrier Savanna Air"
            continue
        if any(word not in _JOINTS for word in view.words[at:m.first]) and not (m.kind in _FIRMS and _describes(view, at, m.first)):
            break
        found += m.entities
        at = m.last
    if len(found) == 1 and found[0].kind in _FIRMS and view.word(at) == "and" and (other := _named(view, at + 1, _end_of_name(view, at + 1))) is not None:
        found.append(other)  # "between the miner Codelco and Hindustan Copper"
    return _distinct(found)


def _describes(view: SentenceView, at: int, to: int = 0) -> bool:
    """Whether from token `at` on plain words lead up to a name (at token `to`): "state-owned | carrier | Savanna Air"."""
    at = next((k for k in range(at, len(view)) if view.word(k) not in _JOINTS), at) if to else at
    end = to or next((k for k in range(at, len(view)) if not view.tokens[k].text.islower() and view.word(k) != "-"), at)
    return 0 < end - at <= _DESCRIBING and all(
        view.word(k) == "-"
        or ((view.tokens[k].text.islower() or view.word(k + 1) == "-") and view.word(k) not in _JOINTS and view.word(k) not in PREPOSITIONS)
        for k in range(at, end)
    )


def _distinct(entities: Sequence[Entity]) -> tuple[Entity, ...]:
    return tuple({e.iri: e for e in entities}.values())


def add_title(draft: Draft, view: SentenceView, match: Match, gazetteer: Gazetteer, document_hash: str) -> bool:
    """Adds parties and term from the title of the draft's agreement; whether the pair may still fill up the parties.

    A known agreement has the parties that the gazetteer knows; one that binds many states gets none but those of the text.
    """
    mention = _of_several(view, agreement_of(draft, match, document_hash), draft)
    known = [e for e in draft.roles.get("agreement", ()) if isinstance(e, Entity) and e.known]
    if mention is not None:
        if any(b.role == "date" and mention.last < b.first <= mention.last + 1 for b in match.bindings):
            # "a protocol amending the agreement of 1996": the date is that of the inner one
            inner = min((m for m in view.mentions if m.kind == "agreement" and m.last == mention.last and m.entities),
                        key=lambda m: m.last - m.first, default=mention)
            dated = next((b for b in match.bindings if b.role == "date" and mention.last < b.first <= mention.last + 1), None)
            draft.roles["agreement"] = [localised(e, document_hash) for e in inner.entities[:1]] or draft.roles["agreement"]
            if inner.form == "reference" and dated is not None:
                # "replaced the agreement of 1992": another one than the agreement spoken of
                words = f"{view.text(inner.last - max(1, len(inner.head.split())), inner.last)} of {view.text(dated.first, dated.last)}"
                draft.roles["agreement"] = [make_entity(words, "agreement", document_hash)]
            mention = inner
        told = [t for t in draft.roles.get("party", ()) if isinstance(t, Entity)]
        if (
            len(told) == 2
            and all(t.kind == "state" for t in told)
            and _between_firms(view, mention)
            and len(firms := parties_of(view, mention)) > 1
            and not any(e.kind == "state" for e in firms)
        ):
            draft.roles["party"] = [localised(e, document_hash) for e in firms]  # "The two governments signed an agreement between Codelco and Eni"
        if len(told) < 2:
            for entity in parties_of(view, mention):
                draft.add("party", localised(entity, document_hash))
        if not draft.roles.get("party"):
            for entity in _owner_and_partner(view, mention):
                draft.add("party", localised(entity, document_hash))
        actions = {getattr(action, "word", "") for action in draft.roles.get("action", ())}
        if "signed" in actions and not draft.dates and view.word(mention.last) == "(":
            draft.dates += [m.value for m in view.mentions if m.kind == "date" and m.value is not None and m.first == mention.last + 1
                            and view.word(m.last) == ")"]  # "Treaty on Extradition (1961)"
        if "extended" in actions and not draft.term:
            end = view.clause_end(match.anchor[1])
            draft.term += [("endDate", m.value) for m in view.mentions if m.kind == "period" and m.value is not None
                           and not m.value.start_date and match.anchor[1] <= m.first < end][:1]
        if "extended" in actions and not draft.term and "year" in view.words[max(0, match.first - 3):match.first]:
            draft.term += [("endDate", m.value) for m in view.mentions if m.kind in ("date", "period") and m.value is not None
                           and match.first - 5 <= m.last <= match.first][:1]  # "by 2050, the year the lease has been extended to"
        term = term_of(view, mention)
        if term is not None and not draft.term and actions - {"extended"}:
            draft.term.append(("", term))
    if known and not draft.roles.get("party"):
        for entity in gazetteer.parties_of(known[0].iri):
            draft.add("party", entity)
    if mention is not None and not known and _OF_OTHERS.match(view.text(mention.first, mention.last)) and not any(
            isinstance(e, Entity) and e.label == "United Kingdom" for e in draft.roles.get("party", ())):
        draft.roles.pop("party", None)
        return False  # "the Anglo-Dutch Treaty"
    if _unknown_subject(view, match):
        return False
    if mention is not None and _with_somebody(view, mention):
        return False
    if mention is not None and not known and _of_many(view, mention):
        return False
    if mention is not None and not known and (one := _one_of_two(view, mention)) is not None:
        draft.roles["party"] = [localised(one, document_hash)]
        return False
    return not known or bool(gazetteer.parties_of(known[0].iri))


_OF_OTHERS = re.compile(r"(?:the )?(?:\w+ )?Anglo-[A-Z]")


def _of_many(view: SentenceView, mention: Mention) -> bool:
    """Whether an unknown agreement's name is that of many states' convention: "the Ottawa Convention", "the UN Charter on ..."."""
    words = [view.tokens[k].text for k in range(mention.first, mention.last)]
    while words and words[0].lower() in ("the", "a"):
        words = words[1:]
    head = next((k for k, word in enumerate(words) if word in ("Convention", "Charter", "Statute", "Protocol", "Covenant")), -1)
    if head < 1 or mention.form != "name":
        return False
    if any(word in ("UN", "European", "International", "Universal", "Inter-American", "African", "Council", "Multilateral", "United") for word in words):
        return True
    place = next((m for m in view.mentions if m.kind == "place" and m.first in (mention.first, mention.last - len(words))), None)
    return place is not None and head <= 2 and words[head] in ("Convention", "Statute", "Covenant", "Protocol")


_ANYBODY = frozenset({"his", "her", "my", "any", "anybody", "anyone", "some", "every", "several", "various"})


def _with_somebody(view: SentenceView, mention: Mention) -> bool:
    """Whether an agreement is one with others than states: "with his players", "between Novax and its creditors"."""
    if _between_firms(view, mention):
        return True
    if view.word(mention.last) not in ("with", "between"):
        return False
    at = mention.last + 1
    if view.word(at) in _ANYBODY or any(m.kind == "number" and m.first == at for m in view.mentions):
        return True  # "agreements with 46 countries"
    at += view.word(at) == "the"
    known = any(m.first <= at < m.last for m in view.mentions)
    return not known and at < len(view) and view.tokens[at].text[:1].isupper()


def _one_of_two(view: SentenceView, mention: Mention) -> Entity | None:
    """The state that a title names where the other party is nobody's that is known: "between Chad and a Chinese bank"."""
    at = next((k for k in range(mention.first, mention.last) if view.word(k) == "between"), -1)
    first = next((m for m in view.by_first.get(at + 1, ()) if m.kind == "state" and m.form == "name" and len(m.entities) == 1), None)
    if at < 0 or first is None or view.word(first.last) != "and" or view.word(first.last + 1) not in ("a", "an", "the"):
        return None
    end = next((p.last for p in view.phrases if p.first <= first.last + 1 < p.last), first.last + 2)
    named = any(first.last < m.first < end and m.last == end and m.entities and m.kind not in ("sector", "indicator") for m in view.mentions)
    return None if named or view.word(end - 1) in _COUNTERPARTS else first.entities[0]


_COUNTERPARTS = frozenset("country neighbour neighbor republic kingdom union state emirate sultanate side party government island nation".split())


def _between_firms(view: SentenceView, mention: Mention) -> bool:
    """Whether a title tells that firms made the agreement, even where it does not tell all of them."""
    at = next((k for k in range(mention.first, mention.last) if view.word(k) == "between"), -1)
    return at >= 0 and any(m.kind in ("company", "organisation") and at < m.first and m.last <= mention.last for m in view.mentions)


def _unknown_subject(view: SentenceView, match: Match) -> bool:
    """Whether somebody acts whom nothing names ("Vale signed a contract"): the pair of the document is then no party."""
    if match.way != "active" or match.group is None or any(b.role in ("party", "by") for b in match.bindings):
        return False
    i = match.group.first - 1
    while i > 0 and is_adverb(view.words[i]):
        i -= 1
    if i > 0 and view.words[i] in _FIRM_NOUNS and not any(m.first <= i < m.last and m.entities for m in view.mentions):
        return True  # "the Norwegian company signed a contract"
    if i < 0 or not view.tokens[i].text[:1].isupper() or (i == 0 and view.words[i].endswith("s")) or view.words[i] in _LEGISLATURES:
        return False
    if any(word.removesuffix("s") in _OFFICIALS for word in view.words[max(0, i - 6):i]):
        return False  # "presidents Sarney and Alfonsín signed"
    return not any(m.first <= i < m.last and m.kind not in ("sector", "indicator") for m in view.mentions)


def term_dates(term: Sequence[tuple[str, Value]], start: str, end: str) -> tuple[str, str]:
    """The first and last day, month or year of an agreement's term, on top of those known already."""
    for role, value in term:
        start = start or value.start_date or (value.date if role == "startDate" else "")
        end = end or value.end_date or (value.date if role == "endDate" else "")
    return start, end
