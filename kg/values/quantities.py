"""Physical units and what is counted by the ton, barrel, hectare: the spellings and the one that is kept."""

from __future__ import annotations

import re

__all__ = ["UNIT", "read_unit"]

# Spelling in the text -> plural that is kept. American and British spelling stay as the text has them.
NAMES = {
    "cubic metre": "cubic metres", "cubic meter": "cubic meters", "cubic foot": "cubic feet",
    "cubic feet": "cubic feet", "cubic kilometre": "cubic kilometres", "cubic kilometer": "cubic kilometers",
    "square metre": "square metres", "square meter": "square meters", "square kilometre": "square kilometres",
    "square kilometer": "square kilometers", "square mile": "square miles",
    "ton": "tons", "tonne": "tonnes", "metric ton": "metric tons", "barrel": "barrels", "hectare": "hectares",
    "acre": "acres", "kilometre": "kilometres", "kilometer": "kilometers", "metre": "metres", "meter": "meters",
    "mile": "miles", "centimetre": "centimetres", "centimeter": "centimeters", "foot": "feet", "feet": "feet",
    "nautical mile": "nautical miles", "litre": "litres", "liter": "liters", "gallon": "gallons", "bushel": "bushels",
    "carat": "carats", "ounce": "ounces", "kilogram": "kilograms", "kilogramme": "kilogrammes", "gram": "grams",
    "megawatt": "megawatts", "gigawatt": "gigawatts", "kilowatt": "kilowatts", "terawatt": "terawatts",
    "megawatt-hour": "megawatt-hours", "megawatt hour": "megawatt-hours", "gigawatt-hour": "gigawatt-hours",
    "gigawatt hour": "gigawatt-hours", "kilowatt-hour": "kilowatt-hours", "kilowatt hour": "kilowatt-hours",
    "terawatt-hour": "terawatt-hours", "terawatt hour": "terawatt-hours", "kilovolt": "kilovolts",
}
# Abbreviations, upper and lower case as given.
ABBREVIATIONS = {
    "MW": "megawatts", "GW": "gigawatts", "kW": "kilowatts", "TW": "terawatts", "kWh": "kilowatt-hours",
    "MWh": "megawatt-hours", "GWh": "gigawatt-hours", "TWh": "terawatt-hours", "kV": "kilovolts", "km": "kilometres",
    "km²": "square kilometres", "km2": "square kilometres", "sq km": "square kilometres",
    "sq. km": "square kilometres", "sq.km": "square kilometres", "m²": "square metres", "sq m": "square metres",
    "sq. m": "square metres", "m³": "cubic metres", "m3": "cubic metres", "cu m": "cubic metres",
    "cu. m": "cubic metres", "km³": "cubic kilometres", "ha": "hectares", "kg": "kilograms", "t": "tonnes", "MT": "tonnes",
    "bbl": "barrels", "cm": "centimetres", "mm": "millimetres", "TEU": "TEU", "TEUs": "TEU",
}
# Abbreviations that hold more than the unit: unit, factor, and how often (xsd:duration).
COMPOUND = {
    "bcm": ("cubic metres", 10**9, ""),
    "bcma": ("cubic metres", 10**9, "P1Y"),
    "mcm": ("cubic metres", 10**6, ""),
    "bpd": ("barrels", 1, "P1D"),
    "bbl/d": ("barrels", 1, "P1D"),
    "kb/d": ("barrels", 1000, "P1D"),
    "b/d": ("barrels", 1, "P1D"),
    "mbd": ("barrels", 10**6, "P1D"),
    "mb/d": ("barrels", 10**6, "P1D"),
    "tpa": ("tonnes", 1, "P1Y"),
    "mtpa": ("tonnes", 10**6, "P1Y"),
    "MTPA": ("tonnes", 10**6, "P1Y"),
    "mmt": ("tonnes", 10**6, ""),
}

_NAMES = "|".join(name.replace(" ", r"\s") for name in sorted(NAMES, key=len, reverse=True))
_SHORT = "|".join(map(re.escape, sorted({*ABBREVIATIONS, *COMPOUND}, key=len, reverse=True)))
UNIT = rf"(?:[\s-](?:{_NAMES})s?\b(?!-(?!long\b|wide\b|deep\b|high\b))|[\s-]?(?-i:{_SHORT})(?![\w²³/$]))"
"""A unit behind a number, with the space before it. No groups."""


def read_unit(text: str) -> tuple[str, int, str]:
    """The unit in the plural, the factor that its abbreviation holds, and the xsd:duration of its "per" ("" mostly).

    >>> read_unit(" bcm"), read_unit(" Megawatt")
    (('cubic metres', 1000000000, ''), ('megawatts', 1, ''))
    """
    text = " ".join(text.strip(" -\u00a0\n\t").split())
    if text in COMPOUND:
        return COMPOUND[text]
    if text in ABBREVIATIONS:
        return ABBREVIATIONS[text], 1, ""
    name = text.lower()
    return NAMES.get(name) or NAMES[name.removesuffix("s")], 1, ""
