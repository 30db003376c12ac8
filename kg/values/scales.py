"""The unit that a caption or a header gives all numbers below it: "US$ million", "in millions of euros", "FJ$ '000"."""

from __future__ import annotations

import re

from kg.values.money import CURRENCY_AFTER, CURRENCY_BEFORE, currency_code

__all__ = ["find_factor", "find_scale"]

_SCALES = {
    "thousand": 10**3, "thousands": 10**3, "'000": 10**3, "’000": 10**3, "000": 10**3, "million": 10**6, "millions": 10**6, "mln": 10**6, "mn": 10**6,
    "m": 10**6, "billion": 10**9, "billions": 10**9, "bln": 10**9, "bn": 10**9,
    "lakh": 10**5, "lakhs": 10**5, "crore": 10**7, "crores": 10**7,
}  # fmt: skip
_SCALE = "|".join(map(re.escape, sorted(_SCALES, key=len, reverse=True)))
_BEFORE = re.compile(
    rf"(?i:(?<![\w$])(?P<currency>{CURRENCY_BEFORE}|(?:(?:us|u\.s\.)\s)?dollars?\s|euros?\s)(?:in\s)?\(?(?P<scale>{_SCALE})(?!\w))")
_BEHIND = re.compile(rf"(?i:(?<![\w$])(?P<scale>{_SCALE})(?:\sof)?(?P<currency>(?:\s(?:{CURRENCY_BEFORE.strip()}))|{CURRENCY_AFTER}))")


def find_factor(text: str) -> int:
    """The factor that a text names in a word for counts below it, 1 where it names none.

    >>> find_factor("Tourists (thousands)"), find_factor("Tourists")
    (1000, 1)
    """
    return next((_SCALES[word] for word in re.findall(r"[a-z]{5,}", text.lower()) if word in _SCALES), 1)


def find_scale(text: str) -> tuple[int, str] | None:
    """The factor and the ISO 4217 code that a text names for numbers below it; None where it names none, or several.

    >>> find_scale("Trade (in FJ$ million)"), find_scale("in thousands of euros"), find_scale("Trade in 2019")
    ((1000000, 'FJD'), (1000, 'EUR'), None)
    """
    found = set()
    for match in (*_BEFORE.finditer(text), *_BEHIND.finditer(text)):
        code = currency_code(match["currency"])
        if code:
            found.add((_SCALES[match["scale"].lower()], code))
    return found.pop() if len(found) == 1 else None
