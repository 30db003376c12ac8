"""What stands before "that" and takes the truth from the clause behind it: "no evidence that", "a myth that", "wrong to say that"."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kg.context.words import words
from kg.words.verbs import verb_tags

__all__ = ["doubt_before", "talked_of"]

_NO = frozenset({"no", "not", "n't", "never", "without", "hardly", "little", "scant", "neither", "nor", "scarcely"})
_REACH = 6  # words before "that" in which a "no" or "contrary to" belongs to the noun there
_TALKS = words("status", "talk-noun")
_ABOUT = frozenset({"on", "about", "over", "concerning", "regarding"})
_GOING_ON = frozenset({"underway", "held", "continuing", "continue", "ongoing", "conducted"})
_FAR = 10  # words between a noun of talking and one of the things talked of


def talked_of(low: Sequence[str], link: int, verbal: Callable[[int], bool]) -> str:
    """The noun of talking or strife whose "on" or "over" leads to the words behind token ``link``, "" for none: "talks with Oman on | the
    sale of gas", "talks on oil, | the construction of roads and tariffs". ``verbal`` tells which tokens belong to verbs.
    """
    if link < 1 or low[link] not in _ABOUT | {",", "and"}:
        return ""
    for i in range(link, max(0, link - _FAR), -1):
        if verbal(i) or not (low[i] in (",", "and") or low[i][:1].isalnum()):
            return ""
        if low[i] in _ABOUT:
            return _talk_before(low, i, verbal)
    return ""


def _talk_before(low: Sequence[str], about: int, verbal: Callable[[int], bool]) -> str:
    """The noun of talking that this "on" belongs to, over those with whom one talks and that the talks go on."""
    if low[about - 1] in _GOING_ON or tuple(low[max(about - 2, 0):about]) == ("under", "way"):
        return next((low[i] for i in range(about - 2, max(about - 6, -1), -1) if low[i] in _TALKS), "")  # "talks are under way on"
    for i in range(about - 1, max(-1, about - _FAR), -1):
        if verbal(i) or not (low[i][:1].isalnum() or low[i] == "'s"):
            return ""
        if low[i] in _TALKS:
            return low[i] if i == about - 1 or low[i + 1] in ("with", "between", "in") else ""
    return ""


def doubt_before(low: Sequence[str], that: int) -> tuple[str, str]:
    """The status ("Denied", "Hypothetical") of the clause that "that" at this place opens and the word which gives it; ("", "") for none.

    ``low`` are the lower-case words of the sentence.
    """
    word = low[that - 1] if that else ""
    before = list(low[max(0, that - _REACH) : max(0, that - 1)])
    for mark in (",", ";", ":", "but"):
        if mark in before:
            before = before[len(before) - before[::-1].index(mark) :]
    negated = bool(_NO.intersection(before))
    if word in words("status", "proof-noun"):
        return ("Hypothetical", f"no {word}") if negated else ("", "")
    if word in words("status", "report-noun") | words("status", "belief-noun") | words("status", "untruth-noun") and "contrary" in before:
        return "Denied", "contrary to"
    if word in words("status", "untruth-noun"):
        return ("", "") if negated else ("Denied", word)
    if word in words("status", "doubtful-adjective"):
        return ("", "") if negated else ("Hypothetical", word)
    if before[-1:] == ["to"] and any(tag == "base" and base in words("status", "thinking") for base, tag in verb_tags(word)):
        if negated:
            return "", ""  # "it is no exaggeration to say that"
        for status in ("Denied", "Hypothetical"):
            cue = next((w for w in before if w in words("status", f"{status.lower()}-to-think")), "")
            if cue:
                return status, f"{cue} to {word}"
    return "", ""
