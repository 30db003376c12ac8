"""Which past forms are participles: "the treaty signed in 1992 was extended", against "they signed it"."""

from __future__ import annotations

from dataclasses import replace

from kg.words import closed
from kg.words.forms import participle, past
from kg.words.verbs.group import VerbGroup
from kg.words.verbs.scan import Scan
from kg.words.verbs.words import words

__all__ = ["mark_participles"]

_OF_CHANGE = words("participles", "of-change")
_SAYING = words("groups", "saying")
_EARLIER = words("participles", "earlier")
_DONE_TO_PAPERS = words("participles", "done-to-papers")
_PAPERS = words("participles", "papers")
_TODAY = words("participles", "today")
_PREFIXES = words("participles", "prefixes")
_NEVER_DONE = words("participles", "never-done")
_INTRANSITIVE = words("groups", "intransitive")
_TAKING_CLAUSES = words("participles", "taking-clauses")
_MEANS = words("participles", "means")
_NAMING = words("participles", "naming")
_OPENING = frozenset("“\"«‘")  # "entitled “..."


def _closes_aside(scan: Scan, groups: list[VerbGroup], k: int) -> bool:
    """Whether a past form right behind a comma is the verb of the clause, since only a past form behind an earlier comma ("..., financed by X,")
    stands in front of it."""
    group, first = groups[k], groups[k - 1] if k > 0 else None
    return (
        first is not None
        and scan.word(group.first - 1) == ","
        and scan.word(first.first - 1) == ","
        and first.tense == "past"
        and first.first == first.head
        and not first.perfect
        and not first.chain
        and past(first.lemma) == participle(first.lemma)
        and (
            scan.word(first.last) == "by"
            or (
                scan.word(first.last) in ("in", "at", "on", "with", "for", "under")
                and group.lemma in _INTRANSITIVE | {"open", "close", "start", "begin"}
            )
        )
        and not any(g.form == "finite" for j, g in enumerate(groups) if j not in (k, k - 1) and g.last <= group.first)
        and "and" not in scan.words[first.last : group.first]
    )


def _closes_relative(scan: Scan, groups: list[VerbGroup], k: int) -> bool:
    """Whether a past form behind the comma that closes a relative clause is the verb of the clause: "the minister, who likes tea, returned in May"."""
    group = groups[k]
    if scan.word(group.first - 1) != "," or group.lemma not in _INTRANSITIVE | {"open", "close", "start", "begin"}:
        return False
    told = [g for j, g in enumerate(groups) if g.form == "finite" and j != k]
    opener = next((i for i in range(group.first - 2, 0, -1) if scan.word(i) in ("who", "which") and scan.word(i - 1) == ","), -1)
    inside = [g for g in told if opener < g.first < group.first]
    return opener > 0 and bool(inside) and not any(g.first < opener or g.first > group.first for g in told) and ";" not in scan.words[opener:group.first]


def _explains(scan: Scan, at: int) -> bool:
    """Whether the noun at token `at` ends a phrase with "a" behind a comma: "the Sur plant, a $1 billion project | completed in 2005"."""
    for k in range(at - 1, max(at - 8, 0), -1):
        if scan.word(k) in ("a", "an"):
            return scan.word(k - 1) == ","
        if not (scan.word(k)[:1].isalnum() or scan.word(k) in ("-", "$", "€", "£")) or scan.word(k) in closed.PREPOSITIONS:
            return False
    return False


def _told_of_paper(scan: Scan, at: int) -> bool:
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


def _adjunct_follows(scan: Scan, i: int) -> bool:
    """Whether a preposition, an adverb, a number or a month begins at i: what may follow a participle behind its noun."""
    word = scan.word(i)
    return word in closed.PREPOSITIONS or closed.is_adverb(word) or word[:1].isdigit() or word in ("last", "this", "next")


def _is_reduced(scan: Scan, group: VerbGroup | None, groups: list[VerbGroup]) -> bool:
    """Whether the group may be a participle behind its noun ("the delegation headed by the minister visited ..."): the next verb is finite then."""
    return group is not None and group.first == group.head and scan.word(group.last) == "by" and not group.chain and not any(
        g.form == "finite" and g.last <= group.first for g in groups)


def _has_relative(scan: Scan, groups: list[VerbGroup], k: int) -> bool:
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


def _closed_by_comma(scan: Scan, first: int, later: VerbGroup | None) -> bool:
    """Whether a comma right before the next finite verb closes what stands from ``first`` on: ", linked by sea, | trade"."""
    if later is None or later.form != "finite":
        return False
    at = later.first - 1
    while at > first and closed.is_adverb(scan.word(at)):
        at -= 1
    return scan.word(at) == "," and not any(word in closed.RELATIVES | {";", ":", "but", "while"} for word in scan.words[first:at])


def _opens_sentence(scan: Scan, group: VerbGroup) -> bool:
    return group.first == 0 or (group.first == 1 and scan.word(0) in _EARLIER)


def _subject_behind_comma(scan: Scan, first: int, later: VerbGroup | None) -> bool:
    """Whether the next finite verb has its subject behind a comma: "Signed in 2010, | the pact | covers"."""
    if later is None or later.form != "finite" or "," not in scan.words[first:later.first - 1]:
        return False
    comma = max(i for i in range(first, later.first) if scan.word(i) == ",")
    return comma < later.first - 1 and scan.word(comma + 1) not in closed.CONJUNCTIONS | closed.RELATIVES


def _is_alone(scan: Scan, group: VerbGroup) -> bool:
    """Whether the group is one word, or one with "co-" in front."""
    return group.first == group.head or (group.first == group.head - 2 and scan.word(group.first) in _PREFIXES)


def _in_contact_clause(scan: Scan, at: int) -> bool:
    """Whether names stand between a paper and the verb at a token: "the pact Peru and Chile signed", "the pact the two sides signed"."""
    i = at - 1
    if (
        i in scan.nominal
        and scan.word(i).islower()
        and (scan.word(i - 1) == "both" or (scan.word(i - 1) == "two" and scan.word(i - 2) in closed.DETERMINERS | closed.POSSESSIVES))
    ):
        return scan.word(i - 2 - (scan.word(i - 1) == "two")) in _PAPERS
    while i > 0 and (scan.tokens[i].text[:1].isupper() or (scan.words[i] == "and" and i < at - 1)):
        i -= 1
    return 0 <= i < at - 1 and scan.words[i] in _PAPERS and scan.words[i + 1] != "and"


def _only_verb_said(scan: Scan, earlier: VerbGroup | None, group: VerbGroup, later: VerbGroup | None) -> bool:
    """Whether a clause that is said, with no "that" in front, would have no verb but this one: "said | the tests made sense"."""
    if earlier is None or earlier.lemma not in _TAKING_CLAUSES or earlier.voice != "active" or not 2 <= group.first - earlier.last <= 10:
        return False
    between = scan.words[earlier.last:group.first]
    if any(w in closed.CLAUSE_BREAKS or w == "," for w in between) or between[0] in closed.PREPOSITIONS or between[-1] in closed.PREPOSITIONS:
        return False
    if between[-1] in _PAPERS and group.lemma in _DONE_TO_PAPERS:
        return False  # "said the accord signed in 2010 covers"
    if earlier.lemma == "tell" and (scan.word(group.last) in closed.PREPOSITIONS or len(between) < 3):
        return False  # "told the crowd gathered outside"
    return later is None or later.form != "finite" or any(w in closed.CLAUSE_BREAKS or w == "," for w in scan.words[group.last:later.first])


def mark_participles(scan: Scan, groups: list[VerbGroup]) -> list[VerbGroup]:
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
                w in closed.CLAUSE_BREAKS for w in scan.words[out[k - 1].last:group.first]):
            out[k] = replace(group, form="participle", voice="passive", tense="")
            continue  # "held an exhibition entitled “Faces of Chad”"
        if _closes_aside(scan, out, k):
            continue  # "the bridge, financed by the bank, opened in 2019"
        if _closes_relative(scan, out, k):
            continue
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
        if (
            at > 1
            and before in ("only", "finally", "later", "then", "never", "not", "subsequently")
            and scan.word(at - 1) in ("but", "and")
            and passive is not None
        ):
            out[k] = replace(group, voice="passive", tense=passive.tense, perfect=passive.perfect, negated=before in ("never", "not"))
            continue  # "was signed in 1974 but only ratified in 2015"
        if (
            passive is not None
            and group.lemma not in _INTRANSITIVE
            and before in ("and", "or", ",")
            and not scan.starts_object(group.last)
            and not any(w in closed.RELATIVES | {";", ":", "while", "but"} for w in scan.words[passive.last : group.first])
            and not (before == "," and group.lemma in _DONE_TO_PAPERS and any(w in _PAPERS for w in scan.words[passive.last : at]))
        ):  # "linked by a treaty, renewed in 1975"
            # "was signed in 2006 and updated every year": the auxiliary holds for both
            if scan.nearest_subject(passive.last, group.first - 1):
                continue
            out[k] = replace(group, voice="passive", tense=passive.tense, perfect=passive.perfect, modal=passive.modal, chain=passive.chain)
            continue
        if before not in _PAPERS and _has_relative(scan, out, k):
            continue  # "the declaration that the presidents signed in 1985 was"
        later = next((g for g in out[k + 1:] if g.form in ("finite", "participle")), None)
        earlier = next((g for g in reversed(out[:k]) if g.form == "finite"), None)
        if (
            earlier is not None
            and earlier.lemma in _SAYING
            and earlier.voice == "active"
            and group.first - earlier.last <= 6
            and (
                scan.word(group.last) in closed.POSSESSIVES
                or scan.word(group.last) in ("the", "a", "an", "any", "all", "these", "those", "some")
                or group.last in scan.nominal
            )
        ):
            continue  # "said his government opposed the tax"
        if _only_verb_said(scan, earlier, group, later):
            continue  # "believes the war changed everything"
        no_break_later = later is not None and not any(w in closed.CLAUSE_BREAKS for w in scan.words[group.last:later.first])
        counted = next((i for i in range(group.last + 1, group.last + 4) if scan.word(i)[:1].isdigit()), -1) if after == "by" else -1
        if counted > 0 and any(w in _MEANS for w in scan.words[group.last + 1:counted]):
            counted = -1  # "the road, financed by Chad with 40 million dollars, was"
        acting = (
            counted > 0 and before == "," and group.lemma not in _OF_CHANGE and scan.word(counted + 1).endswith("s")
        )  # "schools, attended by 11,000 pupils"
        if counted > 0 and not no_break_later and not acting:
            continue  # "imports increased by almost 4 percent"
        joined_later = later is not None and later.form == "participle" and scan.word(later.first - 1) in ("and", "or", ",")
        no_break_earlier = earlier is not None and not any(
            w in closed.CLAUSE_BREAKS and not (w == "and" and i in scan.nominal)  # "the Treaty of Friendship and Cooperation signed in 2010"
            for i, w in enumerate(scan.words[earlier.last:group.first], earlier.last))
        others = any(g.form == "finite" for j, g in enumerate(out) if j != k)
        papers = (
            (before in _PAPERS or _told_of_paper(scan, at)) and group.lemma in _DONE_TO_PAPERS and _adjunct_follows(scan, group.last)
        )  # "the agreement signed in 2010 covers transit"
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
        if (
            k
            and group.form == "participle"
            and before in ("and", "or", "but")
            and _is_alone(scan, group)
            and past(group.lemma) != participle(group.lemma)
            and scan.word(group.last) not in ("by", "to")
        ):
            perfect = next((g for g in reversed(out[:k]) if g.form in ("finite", "infinitive")), None)
            if perfect is not None and perfect.perfect and perfect.voice == "active" and not any(
                    w in closed.RELATIVES | {";", ":", "while"} for w in scan.words[perfect.last:group.first]):
                out[k] = replace(
                    perfect, first=group.first, last=group.last, head=group.head, lemma=group.lemma, chain=()
                )  # "has sent two jets and taken part in"
    for k in range(1, len(out)):
        group, first = out[k], out[k - 1]
        plain = (
            group.form == "finite"
            and group.tense == "past"
            and group.first == group.head
            and not group.chain
            and not group.perfect
            and past(group.lemma) == participle(group.lemma)
        )
        if (
            plain
            and first.form == "participle"
            and scan.word(group.first - 1) in ("and", "or")
            and group.lemma not in _INTRANSITIVE | _NEVER_DONE
            and not scan.starts_object(group.last)
            and (
                any(g.form == "finite" and g.last <= first.first for g in out)
                or (
                    k + 1 < len(out)
                    and out[k + 1].form == "finite"
                    and (scan.word(out[k + 1].first - 1) == "," or (first.first == 0 and "," in scan.words[group.last : out[k + 1].first]))
                )
            )
            and (first.first == 0 or scan.word(first.first - 1) == "," or scan.word(first.first - 1) in _EARLIER)
        ):
            # "first signed in 2006 and brought up to date since", "Built by Peru and opened in 2010, the dam"
            out[k] = replace(group, form="participle", voice="passive", tense="")
    return out
