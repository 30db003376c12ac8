"""Numbers among the arguments; what is out of range is refused with the usage."""

from __future__ import annotations

import argparse
import math


def count(text: str) -> int:
    """The number of an argument, 1 or more."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number above 0")
    return int(text)


def count_or_none(text: str) -> int:
    """The number of an argument, 0 or more."""
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number, 0 or more")
    return int(text)


def seconds(text: str) -> float:
    """How long an argument says, in seconds, 0 or more."""
    try:
        found = float(text)
    except ValueError:
        found = math.nan
    if not 0 <= found < math.inf:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds, 0 or more")
    return found
