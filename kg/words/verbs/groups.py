"""The verb groups of a sentence: found one by one, then put right by what stands around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.model import Token
from kg.words import closed
from kg.words.forms import participle, past
from kg.words.verbs.group import VerbGroup
from kg.words.verbs.lexicon import base_of
from kg.words.verbs.participles import mark_participles
from kg.words.verbs.scan import Scan
from kg.words.verbs.words import words

__all__ = ["find_verb_groups"]

_BEFORE_NOUNS = words("groups", "before-nouns")
_NOBODY, _SOMEBODY = words("groups", "nobody"), words("groups", "somebody")
_LINKING = words("groups", "linking")
_STATING = words("groups", "stating")
_SAYING = words("groups", "saying")
_TAKING_NOUNS = words("groups", "taking-nouns")
_INTRANSITIVE = words("groups", "intransitive")


def find_verb_groups(
    tokens: Sequence[Token], nominal: frozenset[int] = frozenset(), adjectival: frozenset[int] = frozenset()
) -> tuple[VerbGroup, ...]:
    """The verb groups of one sentence in text order, not overlapping.

    ``nominal`` are indices of tokens that belong to names or values and so are no verbs ("May", "March", "Will"); ``adjectival``
    those of adjectives made of state names ("Kazakh"), behind which a doubtful form is a noun ("Kazakh exports").
    """
    scan = Scan(tokens, nominal, adjectival)
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
        scan.singular_verb |= (
            group.form == "finite"
            and group.tense == "present"
            and (base_of(scan.word(group.first), "s") != "" or scan.word(group.first) in ("has", "is"))
        )
        scan.plural_verb |= group.form == "finite" and group.tense == "present" and not group.modal and base_of(scan.word(group.first), "base") != ""
        i = max(group.last, i + 1)
    groups = [g for g, following in zip(groups, [*groups[1:], None], strict=False) if not (
        g.last == g.first + 1 and following is not None and following.form == "finite" and following.first == g.last and (
            g.form == "gerund" or _heads_subject(scan, g)))]  # "where fighting | has intensified", "the first trains | began": a noun
    groups = [_with_prefix(scan, group) for group in groups]
    return tuple(_deny(scan, group) for group in _share_modals(scan, mark_participles(scan, _without_nouns(scan, groups))))


def _heads_subject(scan: Scan, group: VerbGroup) -> bool:
    """Whether what looks like a verb in -s is the noun in front of the verb: "the first trains | began"."""
    before = scan.word(group.first - 1)
    return (group.form == "finite" and group.tense == "present" and group.lemma in scan.nouns and scan.word(group.first).endswith("s")
            and (before in closed.DETERMINERS or before in _BEFORE_NOUNS))


def _object_behind(scan: Scan, before: VerbGroup | None, group: VerbGroup) -> int:
    """The noun before which a past form right behind a verb stands as an adjective ("held restricted and extended | talks"); 0 where none does."""
    if before is None or before.form != "finite" or before.voice != "active" or before.last != group.first or before.lemma in _LINKING or (
            group.last != group.first + 1 or group.tense == "present" or past(group.lemma) != participle(group.lemma)):
        return 0
    for k in range(group.last, group.last + 6):
        word = scan.word(k)
        if not (word.isalpha() or word == "-") or word in closed.PREPOSITIONS or word in closed.DETERMINERS or closed.is_adverb(word):
            return 0
        plural = scan.is_plural_noun(word) or base_of(word, "s") in scan.nouns
        if plural and (not scan.word(k + 1).isalpha() or scan.word(k + 1) in closed.PREPOSITIONS):
            return k
    return 0


def _deny(scan: Scan, group: VerbGroup) -> VerbGroup:
    """Denies what stands behind "neither" and "nor", and what nobody did: "neither wants nor needs a loan", "was ratified by neither side"."""
    before = scan.word(group.first - 1)
    denied = group.form == "finite" and (before == "nor" or (before == "neither" and scan.neither(group.first - 1)))
    agent = (scan.word(group.last + 1), scan.word(group.last + 2)) if group.voice == "passive" and scan.word(group.last) == "by" else ("", "")
    denied = denied or (agent[0] in _NOBODY and agent[1] not in _SOMEBODY)
    return replace(group, negated=True) if denied else group


def _share_modals(scan: Scan, groups: list[VerbGroup]) -> list[VerbGroup]:
    """"could raise the toll and close the port": the second verb stands under the modal, the catenative, the "to" of the first."""
    out = list(groups)
    for k, group in enumerate(out):
        bare = group.form == "finite" and group.first == group.head and (group.tense == "present" or past(group.lemma) == group.lemma) and not group.modal \
            and base_of(scan.word(group.head), "base") == group.lemma
        at = group.first - 1
        while at > 0 and closed.is_adverb(scan.word(at)):
            at -= 1
        if not bare or k == 0 or scan.word(at) not in ("and", "or"):
            continue
        before = out[k - 1]
        main = next((g for g in reversed(out[:k]) if g.form == "finite"), None)
        if (
            group.lemma in _STATING
            and main is not None
            and main.lemma in _STATING
            and main.tense == "present"
            and not main.modal
            and before.form == "infinitive"
        ):
            continue  # "The parties reaffirm their will to cooperate and condemn terrorism"
        if (before.modal or before.form == "infinitive" or before.chain) and not any(
                w in (",", ";", "that", "which", "who") for w in scan.words[before.last:at]):
            out[k] = replace(group, modal=before.modal, chain=before.chain, form=before.form, tense=before.tense, negated=before.negated)
    return out


def _without_nouns(scan: Scan, groups: list[VerbGroup]) -> list[VerbGroup]:
    """Takes out "supplies" of "they suspended the agreement on coal supplies in March": no second verb without a break between."""
    out: list[VerbGroup] = []
    for group in groups:
        earlier = next((g for g in reversed(out) if g.form == "finite"), None)
        doubtful = group.last == group.first + 1 and group.tense == "present" and group.lemma in scan.nouns and scan.word(group.first).endswith("s") \
            and group.first - 1 not in scan.nominal and scan.word(group.first - 2) in closed.PREPOSITIONS
        if doubtful and earlier is not None and earlier.lemma not in _SAYING and not any(
                w in closed.CLAUSE_BREAKS for w in scan.words[earlier.last:group.first]):
            continue
        between = scan.words[earlier.last:group.first] if earlier is not None else []
        plain = (
            group.last == group.first + 1
            and group.tense == "present"
            and group.lemma in scan.nouns
            and scan.word(group.first).endswith("s")
            and group.first - 1 not in scan.nominal
        )
        if (
            plain
            and earlier is not None
            and earlier.voice == "active"
            and earlier.lemma not in _SAYING | {"be", "have", "do"}
            and 2 <= len(between) <= 4
            and "and" in between[1:-1]
            and all(
                w.isalpha()
                and (
                    w == "and"
                    or (
                        w not in closed.PREPOSITIONS
                        and w not in closed.DETERMINERS
                        and w not in closed.SUBJECT_PRONOUNS
                        and w not in closed.CLAUSE_BREAKS
                    )
                )
                for w in between
            )
        ):
            continue  # "will halt missile and drone attacks on the port"
        out.append(group)
    return out


def _with_prefix(scan: Scan, group: VerbGroup) -> VerbGroup:
    """The group with "re-" in its base form: "re-established" is no "established"; "re-opened" is spelled like "reopened"."""
    if scan.word(group.head - 1) != "-" or scan.word(group.head - 2) != "re":
        return group
    return replace(group, lemma=f"re-{group.lemma}" if group.lemma != "open" else "reopen")
