"""What sentences leave out, said in full: "and Peru its own in Tacna", "and that on visas", "six million from
Chile", "agreements on fish and on wood".

The variants are read as those of `kg.extract.variants.rephrase` are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extract.reading import Reading
from kg.extract.variants.pieces import Piece, Variant, joined, said
from kg.extract.variants.subjects import subject_of
from kg.extract.words import words
from kg.match import SentenceView
from kg.model import Entity, Mention
from kg.words import VerbGroup
from kg.words.closed import DETERMINERS, PREPOSITIONS, is_adverb
from kg.words.verbs import verb_tags

__all__ = ["elided"]

_ITS_LIKE = tuple(sorted((tuple(phrase.split()) for phrase in words("elided", "its-like")), key=len, reverse=True))
_COSTING, _COSTS, _TRADING = words("elided", "costing"), words("elided", "costs"), words("elided", "trading")
_SHARING = words("elided", "sharing")
_FURTHER = words("elided", "further")
_PAPERS = words("elided", "papers")
_LEADS = frozenset({"on", "for", "about", "concerning", "regarding"})
_PAPER_SORTS = words("elided", "paper-sorts")
_ACTORS = frozenset({"state", "company", "organisation", "institution", "person"})
_JOINTS = frozenset({"and", ",", ";", "while", "but", "whereas"})
_STOPS = frozenset({";", ":", ".", "(", ")"})
_ASIDE = frozenset({"in", "on", "at", "during"})
_FROM = frozenset({"from", "by"})
_LEADING = frozenset({"in", "on", "at", "by", "with", "of", "to", "from", "for", "since", "until"})
_TIMES = frozenset({"date", "period"})
_CHUNKS = _TIMES | {"place", "state", "organisation", "company", "institution", "person", "facility", "event"}
_THINGS = frozenset({"facility", "project", "agreement", "event", "company", "organisation", "institution", "place"})
_DONE = frozenset({",", ";", ".", "and", "", ")", "–", "—"})
_ORDINALS = words("elided", "ordinals")
_SEVERAL = words("elided", "several") | _ORDINALS
_BEHIND_ONE = frozenset({",", "in", "at", "near", "between", "on", "from", "for", "to"})
_LINE_MARKS = frozenset({":", ";", "–", "—", "-"})
_PARTICLES = frozenset({"up", "over", "down", "off", "out"})
_LINE_ENDS = frozenset({";", ".", "–", "—"})
_BEHIND_PASSIVE = frozenset({"", ".", ";", ",", "(", "and", "in", "on", "at", "by", "with", "near", "for", "from", "since", "under", "after"})
_FAR = 30  # tokens between what is said and what goes on with it


def elided(reading: Reading) -> list[Variant]:
    """The variants of all sentences of a document, in text order."""
    out: list[Variant] = []
    last: SentenceView | None = None
    for view in reading.views:
        before, last = last, view
        if view.sentence.kind not in ("prose", "item") or not view.groups:
            continue
        out += _further_one(view, before)
        out += _telegraphed(view)
        if not view.mentions:
            continue
        for find in (_likewise, _that_of, _several_papers, _papers_at_their_signing, _further_chunks, _same_verb, _did_so, _other_one):
            out += find(view)
        if len(reading.pair) == 2:
            out += _shared_sums(view, reading.pair)
    return out


def _told(pieces: Sequence[Piece] | None) -> str | None:
    """Words that have been said before: they give no evidence."""
    return " ".join(p.text for p in pieces) if pieces is not None else None


def _actor_at(view: SentenceView, k: int) -> Mention | None:
    k += view.word(k) == "the"
    return next((m for m in view.by_first.get(k, ()) if m.kind in _ACTORS and m.form != "adjective" and len(m.entities) == 1), None)


def _clause_stop(view: SentenceView, first: int) -> int:
    """Where a clause without a verb of its own ends: at a stop, or before a joint behind which another subject has its verb."""
    end = view.clause_end(first)
    return next((k for k in range(first, end) if view.word(k) in _STOPS and k not in view.within), end)


def _likewise(view: SentenceView) -> Iterator[Variant]:
    """ "Chile founded a school in Arica in 1990, and Peru its own in Tacna in 1992" -> "Peru founded a school in Tacna in 1992"."""
    for g in view.groups:
        if g.form != "finite" or g.voice != "active" or not view.starts_phrase(g.last):
            continue
        thing = next((k for k in range(g.last + 1, len(view)) if view.word(k) in PREPOSITIONS - {"of"} or view.word(k) in _JOINTS | _STOPS), len(view))
        if subject_of(view, g) is None or thing - g.last > 8 or view.word(thing) in _JOINTS | _STOPS:
            continue
        for k in range(thing + 2, min(len(view) - 2, thing + _FAR)):
            if view.in_group[k] >= 0 and view.groups[view.in_group[k]].form == "finite":
                break
            actor = _actor_at(view, k) if view.word(k - 1) in _JOINTS else None
            like = next((p for p in _ITS_LIKE if actor is not None and tuple(view.words[actor.last:actor.last + len(p)]) == p), None)
            if actor is None or like is None or view.word(actor.last + len(like)) not in PREPOSITIONS:
                continue
            end = _clause_stop(view, actor.last + len(like))
            name = [Piece(actor.entities[0].label, view.tokens[k].start, view.tokens[actor.last - 1].end)]
            made = _told(said(view, g.last, thing))
            number = next((m for m in view.by_first.get(g.last, ()) if m.kind == "number"), None)
            if number is not None and number.last < thing and like[0] in ("one", "another", "a"):
                made = f"a {view.text(number.last, thing).removesuffix('s')}"
            yield from joined(view, name, _told(said(view, g.first, g.last)), made, said(view, actor.last + len(like), end), verb=(g.first, g.last))


def _that_of(view: SentenceView) -> Iterator[Variant]:
    """ "The agreement on visas was signed in 2001 and that on fish in 2003" -> "The agreement on fish was signed in 2003"."""
    for k in range(3, len(view) - 2):
        if (
            view.word(k) not in ("that", "those")
            or view.word(k + 1) not in PREPOSITIONS
            or k in view.within
            or view.word(k - 1) not in ("and", ",", "but", "while", "whereas", ";")
        ):
            continue
        noun = _noun_before(view, k)
        if noun is None or k - noun[0] > _FAR:
            continue
        first, last = noun
        while first < last - 1 and (view.word(first) in DETERMINERS or view.word(first) in ("a", "an", "first")):
            first += 1
        own = any(m.entities for m in view.by_first.get(first, ()))
        named = [Piece(view.text(first, last) if own else f"the {view.text(first, last).lower()}", view.tokens[k].start, view.tokens[k].end)]
        before = next((g for g in reversed(view.groups) if g.form == "finite" and last <= g.first and g.last <= k), None)
        leading = next((g for g in reversed(view.groups) if g.form == "finite" and g.last <= first), None)
        end = _clause_stop(view, k + 2)
        behind = next((g for g in view.groups if g.form == "finite" and k < g.first), None)
        if behind is not None and (behind.first < end or view.word(end) == ","):
            until = view.clause_end(behind.last)
            yield from joined(view, named, said(view, k + 1, until), verb=(behind.first, behind.last))
        elif before is not None:
            field = max((m.last for m in view.by_first.get(k + 2, ()) if m.kind in ("state", "place", "sector")), default=view.base_end(k + 2))
            if field < end:
                yield from joined(view, named, said(view, k + 1, field), _told(said(view, before.first, before.last)), said(view, field, end),
                                  verb=(before.first, before.last))
        elif leading is not None and (subject := subject_of(view, leading)) is not None:
            yield from joined(
                view,
                _told(said(view, *subject)),
                _told(said(view, leading.first, leading.last)),
                named,
                said(view, k + 1, end, subject),
                verb=(leading.first, leading.last),
            )


def _noun_before(view: SentenceView, k: int) -> tuple[int, int] | None:
    """The noun that "that" or "those" at token k stands for: the last one in front of the same preposition, of the same number."""
    for i in range(k - 1, 0, -1):
        noun = view.words[i - 1]
        if view.word(i) == view.word(k + 1) and (i == 1 or view.tokens[i - 1].text.islower()) and view.in_group[i - 1] < 0 and noun.isalpha() and (
                noun.endswith("s") is (view.word(k) == "those")):
            phrase = next((p for p in view.phrases if p.first < i <= p.last), None)
            return (phrase.first, i) if phrase is not None else None
    return None


def _shared_sums(view: SentenceView, pair: Sequence[Entity]) -> Iterator[Variant]:
    """ "The clinic costs 9 million: six million from Chile and three from Peru" -> "Chile gave six million for the clinic", "Peru gave three"."""
    if _TRADING & view.vocabulary:
        return
    sums = [m for m in view.mentions if m.kind == "money" and m.value is not None and m.value.number is not None and not m.value.per]
    shares = [(m, who) for m in sums if (who := _giver(view, m)) is not None]
    if len(shares) < 2 or {e.iri for e in pair} <= {who.entities[0].iri for _, who in shares} or len({who.entities[0].iri for _, who in shares}) < 2:
        return
    verb = next(
        (
            g
            for g in reversed(view.groups)
            if g.form == "finite" and g.last <= shares[0][0].first and g.lemma in _COSTING | {"be", "amount", "come"}
        ),
        None,
    )
    subject = subject_of(view, verb) if verb is not None else None
    if verb is None or (verb.lemma not in _COSTING and not _COSTS & {*view.words[: shares[0][0].first]}):
        return
    thing = said(view, *subject) if subject is not None and not _COSTS & {*view.words[subject[0] : subject[1]]} else []
    for amount, who in shares:
        value = amount.value
        if value is None or value.number is None:
            continue
        name = [Piece(who.entities[0].label, view.tokens[who.first].start, view.tokens[who.last - 1].end)]
        said_sum = [Piece(f"{value.number:,} {value.currency}", view.tokens[amount.first].start, view.tokens[amount.last - 1].end)]
        yield from joined(view, name, "gave" if not verb.modal else "will give", said_sum, *(("for", thing) if thing else ()), verb=(verb.first, verb.last))


def _giver(view: SentenceView, amount: Mention) -> Mention | None:
    """Who gives an amount: "six million (of it) from | Chile", "| Chile (pays) six million"."""
    k = amount.last
    if view.word(k) == "of" and view.word(k + 1) in ("which", "it", "this", "them", "that"):
        k += 2
    k += view.word(k) in ("coming", "provided", "contributed", "paid", "given", "comes", "come", "came")
    if view.word(k) in _FROM:
        return _actor_at(view, k + 1)
    before = amount.first
    group: VerbGroup | None = view.groups[view.in_group[before - 1]] if before and view.in_group[before - 1] >= 0 else None
    if group is not None and group.lemma in _SHARING:
        before = group.first
    elif group is not None:
        return None
    who = next((m for m in view.mentions if m.last == before and m.kind in _ACTORS and m.form != "adjective" and len(m.entities) == 1), None)
    lead = view.word(who.first - 1 - (view.word(who.first - 1) == "the")) if who is not None else ""
    return who if lead in ("which", "and", ",", ";", ":") else None


def _several_papers(view: SentenceView) -> Iterator[Variant]:
    """ "signed two agreements, on fish and on wood, in Lima" -> "signed an agreement on wood in Lima"."""
    for g in view.groups:
        if g.form != "finite":
            continue
        subject = subject_of(view, g)
        stop = _clause_stop(view, g.last)
        noun = next((k for k in range(g.last, min(stop, g.last + 5)) if view.word(k) in _PAPERS), -1) if g.voice == "active" else next(
            (k for k in range(subject[0], subject[1]) if view.word(k) in _PAPERS), -1) if subject is not None else -1
        if noun < 0 or subject is None or _told_each(view, noun):
            continue
        last = noun + 1 + 2 * (view.word(noun + 1) == "of" and view.word(noun + 2) in _PAPER_SORTS)
        at = last + (view.word(last) in (",", ":"))
        behind = _behind_verb(view, g) if g.voice != "active" and view.word(at) not in _LEADS else 0
        at = behind or at
        lead = view.word(at)
        stop = _clause_stop(view, at) if view.word(at - 1) == ":" or behind else stop
        end = stop if g.voice == "active" or behind else g.first
        if lead not in _LEADS:
            continue
        fields = [i for i in range(at + 2, end) if view.word(i) == lead and view.word(i - 1) in ("and", ",") and not any(
            m.kind in ("date", "period") for m in view.by_first.get(i + 1, ()))]
        fields = [at, *fields] if view.word(at - 1) in (":", ",") and fields else fields
        tail = next((k for k in range(fields[-1] + 2, end) if view.word(k) in _ASIDE and any(
            m.kind in ("date", "period", "place") for m in (*view.by_first.get(k + 1, ()), *view.by_first.get(k + 2, ())))), end) if fields else end
        for n, i in enumerate(fields):
            until = fields[n + 1] if n + 1 < len(fields) else tail
            while until > i and view.word(until - 1) in (",", "and"):
                until -= 1
            one = " ".join((_one_of(view.word(noun)), *view.words[noun + 1:last]))
            if g.voice == "active":
                yield from joined(view, _told(said(view, *subject)), _told(said(view, g.first, g.last)), one, said(view, i, until, subject),
                                  *((said(view, tail, end, subject),) if tail < end else ()), verb=(g.first, g.last))
            else:
                yield from joined(view, one, said(view, i, until), said(view, g.first, at - 1 if behind else stop), verb=(g.first, g.last))


def _told_each(view: SentenceView, noun: int) -> bool:
    """Whether the papers that a noun counts are known one by one."""
    return any(m.kind == "agreement" and m.first <= noun < m.last and len(m.entities) > 1 for m in view.mentions)


def _papers_at_their_signing(view: SentenceView) -> Iterator[Variant]:
    """ "the signing of agreements on fish and on wood" -> "an agreement on wood was signed"."""
    for k, word in enumerate(view.words):
        if word not in ("signing", "signature", "conclusion") or view.word(k + 1) != "of":
            continue
        noun = next((i for i in range(k + 2, min(k + 6, len(view))) if view.word(i) in _PAPERS), -1)
        lead = view.word(noun + 1)
        if noun < 0 or lead not in _LEADS or _told_each(view, noun):
            continue
        for i in range(noun + 3, view.clause_end(noun)):
            if view.word(i) == lead and view.word(i - 1) == "and" and not any(m.kind in ("date", "period") for m in view.by_first.get(i + 1, ())):
                yield from joined(view, _one_of(view.word(noun)), said(view, i, view.clause_end(i)), "was signed", verb=(k, k + 1))


def _behind_verb(view: SentenceView, g: VerbGroup) -> int:
    """Where it is told on what behind a passive: "were signed today: | on fish, on wood"; 0 where it is not."""
    mark = next((k for k in range(g.last, min(g.last + 6, len(view))) if view.word(k) in (",", ":")), 0)
    return mark + 1 if mark and view.word(mark + 1) in _LEADS else 0


def _one_of(papers: str) -> str:
    """One of several papers, with its article."""
    one = "treaty" if papers.endswith("ties") and papers.startswith("t") else "memorandum" if papers.startswith("memorand") else papers.removesuffix("s")
    return f"an {one}" if one[0] == "a" else f"a {one}"


# --- one verb, several times ------------------------------------------------------------------------------------


def _chunk(view: SentenceView, i: int) -> Mention | None:
    """The name or time behind the preposition at a token."""
    if view.word(i) not in _LEADING or i in view.within:
        return None
    k = i + 1 + (view.word(i + 1) == "the")
    named = [
        m
        for m in (*view.by_first.get(k, ()), *(t for t in view.by_first.get(i, ()) if t.kind in _TIMES))
        if m.kind in _CHUNKS and m.form != "adjective" and (m.entities or m.value is not None)
    ]
    return max(named, key=lambda m: m.last, default=None)


def _chunks(view: SentenceView, i: int) -> list[Mention]:
    """The names and times that stand one behind the other from a token on, each with its preposition."""
    out: list[Mention] = []
    while (m := _chunk(view, i)) is not None:
        out.append(m)
        i = m.last
    return out


def _further_chunks(view: SentenceView) -> Iterator[Variant]:
    """ "was ratified by Chile in 2015 and by Peru in 2016" -> "was ratified by Peru in 2016"; "met on Monday with A and on Tuesday with B"."""
    for g in view.groups:
        if g.form != "finite":
            continue
        end = min(view.clause_end(g.last), g.last + _FAR)
        for j in range(g.last + 3, end - 2):
            if view.word(j) not in ("and", ",", ";") or view.word(j + 1) not in _LEADING:
                continue
            chunks = _chunks(view, j + 1)
            times = [m for m in chunks if m.kind in _TIMES]
            if len(chunks) < 2 or len(times) != 1 or (view.word(chunks[-1].last) not in _DONE and view.word(chunks[-1].last) != "with"):
                continue
            leads = {_lead(view, m) for m in chunks if m.kind not in _TIMES}
            first = next((i for i in range(g.last, j) if view.word(i) in leads | {"in", "on", "since"} and _chunk(view, i) is not None), -1)
            told = _chunks(view, first) if first > 0 else []
            subject = subject_of(view, g)
            if subject is None or len(told) < 2 or not leads <= {_lead(view, m) for m in told} or not any(m.kind in _TIMES for m in told):
                continue
            yield from joined(
                view,
                _told(said(view, *subject)),
                _told(said(view, g.first, first, subject)),
                said(view, j + 1, chunks[-1].last, subject),
                verb=(g.first, g.last),
            )


def _did_so(view: SentenceView) -> Iterator[Variant]:
    """ "opened a consulate in Arica in 1979 and did so again in Tacna in 1990" -> "opened a consulate in Tacna in 1990"."""
    for g in view.groups:
        before = next((o for o in reversed(view.groups) if o.form == "finite" and o.last <= g.first), None)
        if g.lemma != "do" or view.word(g.last) != "so" or before is None or g.negated or before.negated or view.word(g.first - 1) != "and":
            continue
        at = g.last + 1 + (view.word(g.last + 1) in ("again", "once"))
        chunks = _chunks(view, at)
        kinds = {m.kind for m in chunks}
        cut = next((i for i in range(before.last, g.first - 1) if (m := _chunk(view, i)) is not None and m.kind in kinds), -1)
        subject = subject_of(view, before)
        if cut > before.last and subject is not None and kinds & _TIMES:
            yield from joined(
                view,
                _told(said(view, *subject)),
                _told(said(view, before.first, cut, subject)),
                said(view, at, chunks[-1].last, subject),
                verb=(g.first, g.last),
            )


def _other_one(view: SentenceView) -> Iterator[Variant]:
    """ "signed a trade pact in 1962 and a cultural one in 1965" -> "signed a cultural pact in 1965"; "a second one was finished in 2015"."""
    for k in range(3, len(view) - 1):
        if view.word(k) != "one" or view.word(k - 2) not in ("a", "an") or not view.word(k - 1).isalpha() or view.word(k - 3) not in ("and", ";", ",", "while"):
            continue
        like = next((p for p in reversed(view.phrases) if p.last <= k - 3 and view.word(p.first) in ("a", "an") and p.last - p.first > 1), None)
        if like is None:
            continue
        whole = view.word(k - 1) in _FURTHER and like.last - like.first < 5
        noun = view.text(like.first + 1 if whole else like.last - 1, like.last)
        named = [Piece(f"{view.text(k - 2, k)} {noun}", view.tokens[k - 2].start, view.tokens[k].end)]
        behind = next((g for g in view.groups if g.form == "finite" and g.first == k + 1), None)
        leading = next((g for g in reversed(view.groups) if g.form == "finite" and g.last <= like.first), None)
        if behind is not None:
            yield from joined(view, named, said(view, behind.first, view.clause_end(behind.last)), verb=(behind.first, behind.last))
        elif (
            leading is not None
            and leading.last == like.first
            and leading.voice == "active"
            and not any(view.in_group[i] >= 0 for i in range(like.first, k))
            and (subject := subject_of(view, leading)) is not None
        ):
            yield from joined(
                view,
                _told(said(view, *subject)),
                _told(said(view, leading.first, leading.last)),
                named,
                said(view, k + 1, _clause_stop(view, k + 1), subject),
                verb=(leading.first, leading.last),
            )


def _telegraphed(view: SentenceView) -> Iterator[Variant]:
    """What briefs and chronicles tell without "was": "2013: New terminal at Sur airport renovated" -> "New terminal at Sur airport was renovated in 2013"."""
    for g in view.groups:
        if g.last - g.first > 1 or g.form not in ("finite", "participle") or g.negated or not any(tag == "pp" for _, tag in verb_tags(view.word(g.first))):
            continue
        start = next((k + 1 for k in range(g.first - 1, -1, -1) if view.word(k) in _LINE_MARKS and k not in view.within), 0)
        if view.in_group[g.first - 1] >= 0 or any(view.in_group[k] >= 0 for k in range(start, g.first)) or not _is_bare_noun(view, start, g.first):
            continue
        behind = next((k for k in range(g.last, len(view)) if not is_adverb(view.word(k)) and view.word(k) not in _PARTICLES), len(view))
        if view.word(behind) not in _BEHIND_PASSIVE and not any(m.kind in _TIMES for m in view.by_first.get(behind, ())):
            continue
        end = next((k for k in range(g.last, len(view)) if view.word(k) in _LINE_ENDS and k not in view.within), len(view))
        if any(view.groups[k].form == "finite" for k in {view.in_group[i] for i in range(g.last, end)} if k >= 0):
            continue
        many = view.word(g.first - 1).endswith("s") and not view.word(g.first - 1).endswith("ss")
        when = next((m for m in view.mentions if m.kind == "date" and m.first == 0 and view.word(m.last) in _LINE_MARKS and m.value is not None), None)
        time = f"in {when.text}" if when is not None and not any(m.kind in _TIMES and g.last <= m.first < end for m in view.mentions) else ""
        yield from joined(view, said(view, start, g.first), "were" if many else "was", said(view, g.first, end), *([time] if time else []))


def _is_bare_noun(view: SentenceView, first: int, last: int) -> bool:
    """Whether a stretch is a noun phrase without an article that names no actor: "new terminal at Sur airport"."""
    phrase = next((p for p in view.phrases if p.first <= first < p.last), None)
    if phrase is None or first >= last or view.word(first) in DETERMINERS or any(view.word(k) == "," for k in range(first, last)):
        return False
    return not any(m.kind in (*_ACTORS, "pronoun", "group", "office", "pair") and m.form != "adjective" and m.last in (phrase.last, last) and m.first <= first + 1
                   for m in view.mentions)


def _further_one(view: SentenceView, before: SentenceView | None) -> Iterator[Variant]:
    """ "Two dams have been built; a third is planned" -> "a third dam is planned"; the dams may stand in the sentence before."""
    for k in range(len(view) - 2):
        last = k + 1 if view.word(k) == "another" else k + 2 if view.word(k) in ("a", "the") and view.word(k + 1) in _ORDINALS else -1
        if last < 0 or view.word(k - 1) not in ("", "and", ";", ",", "while", "but", "whereas", "with") or not (
                view.word(last) in _BEHIND_ONE or view.in_group[last] >= 0):
            continue
        verb = next((g for g in view.groups if g.form == "finite" and g.first >= last), None)
        if verb is None or verb.first > last + 8 or any(view.word(i) in (";", ":") for i in range(last, verb.first)):
            continue
        noun = _counted_before(view, k) or (_counted_before(before, len(before)) if before is not None and k < 3 else "")
        if noun:
            named = [Piece(f"{view.text(k, last)} {noun}", view.tokens[k].start, view.tokens[last - 1].end)]
            yield from joined(view, named, said(view, last, view.clause_end(verb.last)), verb=(verb.first, verb.last))


def _counted_before(view: SentenceView, k: int) -> str:
    """What is counted in front of token k, one of it: "Two oil refineries" is "oil refinery"; "" where nothing is."""
    for p in reversed(view.phrases):
        first = p.first + (view.word(p.first) in ("the", "its", "their", "all"))
        if p.last > k or p.last - first < 2 or not (view.word(first) in _SEVERAL or any(m.kind == "number" for m in view.by_first.get(first, ()))):
            continue
        words = view.text(first + 1, p.last)
        if view.word(first) in _ORDINALS or view.word(first) == "one":
            return words if words.islower() else ""
        if words.endswith("s") and words.islower() and not words.endswith("ss"):
            return f"{words[:-3]}y" if words.endswith("ies") else words.removesuffix("s")
    return ""


def _lead(view: SentenceView, m: Mention) -> str:
    """The preposition in front of what it leads, or with which it begins."""
    if view.word(m.first) in _LEADING:
        return view.word(m.first)
    return view.word(m.first - 1 - (view.word(m.first - 1) == "the"))


def _same_verb(view: SentenceView) -> Iterator[Variant]:
    """ "The mill in Lima was opened in 1964, the quay in Arica in 1965" -> "The quay in Arica was opened in 1965"."""
    for g in view.groups:
        when = _chunk(view, g.last) if g.form == "finite" else None
        subject = subject_of(view, g) if when is not None else None
        if when is None or subject is None or when.kind not in ("date", "place", "state"):
            continue
        counted = any(m.kind == "number" for m in view.by_first.get(subject[0], (*view.by_first.get(subject[0] + 1, ()),)))
        if when.kind != "date" and not counted:
            continue
        at = when.last
        for _ in range(4):
            k = at
            while view.word(k) in ("and", ",", ";", "while"):
                k += 1
            end = _clause_stop(view, k)
            like = next(
                (
                    i
                    for i in range(k + 1, min(end, k + 14))
                    if (m := _chunk(view, i)) is not None
                    and (m.kind == when.kind or {m.kind, when.kind} == {"place", "state"})
                    and view.word(m.last) in _DONE
                    and view.word(i) == view.word(g.last)
                ),
                -1,
            )
            last = _chunk(view, like) if like > 0 else None
            if (
                k == at
                or last is None
                or any(view.in_group[i] >= 0 for i in range(k, like))
                or not view.starts_phrase(k)
                or not _alike(view, subject, (k, like))
            ):
                break
            while view.word(like - 1) == ",":
                like -= 1
            yield from joined(
                view,
                said(view, k, like),
                _told(said(view, g.first, g.last)),
                said(view, like + (view.word(like) == ","), last.last),
                verb=(g.first, g.last),
            )
            at = last.last


def _alike(view: SentenceView, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two noun phrases are of things of a kind: a common noun in both, or each begins with a number, or with a name of the same kind."""
    nouns = {view.word(k) for k in range(*one) if view.tokens[k].text.islower()} - DETERMINERS - PREPOSITIONS - {",", "and", "most"}
    numbers = [any(m.kind == "number" for k in (first, first + 1) for m in view.by_first.get(k, ())) for first, _ in (one, other)]
    if all(numbers):
        return True
    kinds = [{m.kind for k in (first, first + 1) for m in view.by_first.get(k, ()) if m.last <= last} & _THINGS for first, last in (one, other)]
    return bool(nouns & {view.word(k) for k in range(*other)} or kinds[0] & kinds[1]) and not any(numbers)
