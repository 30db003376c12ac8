"""Ordinals in words: "first" to "thirty-first", and the tens after that."""

from __future__ import annotations

__all__ = ["ORDINALS"]

_BELOW_TWENTY = """
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
    sixteenth seventeenth eighteenth nineteenth
"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"

ORDINALS = {word: count for count, word in enumerate(_BELOW_TWENTY.split(), 1)}
for _count, _ten in enumerate(_TENS.split(), 2):
    ORDINALS[_ten.removesuffix("y") + "ieth"] = 10 * _count
    ORDINALS |= {f"{_ten}-{word}": 10 * _count + unit for word, unit in list(ORDINALS.items())[:9]}
ORDINALS["hundredth"] = 100
