"""Currencies: the ways in which texts write them, and their ISO 4217 codes."""

from __future__ import annotations

import re
from collections.abc import Collection

__all__ = ["CODES", "CURRENCY_AFTER", "CURRENCY_BEFORE", "currency_code"]

SYMBOLS = {
    "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₽": "RUB", "₸": "KZT", "₹": "INR", "₴": "UAH", "₺": "TRY",
    "₩": "KRW", "₪": "ILS", "₾": "GEL", "֏": "AMD", "₼": "AZN", "₫": "VND", "₱": "PHP", "₦": "NGN", "₵": "GHS", "¢": "GHS", "৳": "BDT",
    "₭": "LAK", "₮": "MNT", "฿": "THB", "៛": "KHR", "₲": "PYG", "₡": "CRC", "₨": "",
}
# Letters before a dollar sign.
DOLLARS = {
    "US": "USD", "U.S.": "USD", "A": "AUD", "AU": "AUD", "C": "CAD", "CA": "CAD", "CAN": "CAD", "NZ": "NZD",
    "HK": "HKD", "S": "SGD", "NT": "TWD", "R": "BRL", "Mex": "MXN", "FJ": "FJD", "SB": "SBD", "Bds": "BBD", "EC": "XCD", "TT": "TTD",
    "G": "GYD", "J": "JMD", "B": "BND", "N": "NAD", "BZ": "BZD", "MX": "MXN", "AR": "ARS", "SR": "SRD", "B/": "BSD", "AUD": "AUD", "CAD": "CAD", "Can": "CAD", "NZD": "NZD", "SGD": "SGD", "USD": "USD", "Aus": "AUD",
}
_CODES = """
    AED AFN ALL AMD AOA ARS AUD AZN BAM BBD BDT BGN BHD BND BOB BRL BSD BWP BYN BYR BZD CAD CDF CHF CLP CNY COP CRC CUP CZK DJF DKK
    DOP DZD EGP ERN ETB EUR FJD GBP GEL GHS GNF GTQ GYD HKD HNL HRK HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KPW KRW
    KWD KZT LAK LBP LKR LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK
    PHP PKR PLN PYG BIF BTN CVE GMD HTG KMF LRD LSL MVR SLL STN SZL TOP VUV WST QAR RON RSD RUB RUR RWF SAR SBD SDG SEK SGD SOS SRD SSP SYP THB TJS TMT TND TRY TTD TWD TZS UAH UGX USD UYU
    EEK LTL LVL SKK DEM FRF BEF ITL ATS ESP PTE GRD NLG IEP ZMK SCR
    UZS VES VND XAF XCD XOF YER ZAR ZMW
"""
CODES = frozenset(_CODES.split())
OLD_CODES = {"RUR": "RUB", "RMB": "CNY", "BYR": "BYN"}

# Codes that are words too ("ALL 27 members", "COP 26"): before an amount only of thousands and millions.
WORDS_TOO = frozenset({"ALL", "BAM", "COP", "CUP", "GEL", "LAK", "MAD", "MOP", "PEN", "RON", "SOS", "TRY"})

# Letters that stand before an amount, with or without a full stop: the code, or the name that several states share ("?rupee").
LETTERS = {
    "Rs": "?rupee", "Re": "?rupee", "KSh": "KES", "Ksh": "KES", "Kshs": "KES", "KShs": "KES", "TSh": "TZS", "Tsh": "TZS", "TShs": "TZS",
    "Tshs": "TZS", "USh": "UGX", "Ush": "UGX", "UShs": "UGX", "Ushs": "UGX", "Sh": "?shilling", "Shs": "?shilling", "RM": "MYR", "Tk": "BDT",
    "GH¢": "GHS", "GH₵": "GHS", "GHC": "GHS", "KD": "KWD", "BD": "BHD", "JD": "JOD", "RO": "OMR", "QR": "QAR", "SR": "SAR", "Dh": "?dirham",
    "Dhs": "?dirham", "FCFA": "XOF", "CFAF": "XOF", "F CFA": "XOF", "Rp": "IDR", "Php": "PHP", "NRs": "NPR", "NRs.": "NPR", "PKRs": "PKR",
    "SLRs": "LKR", "LKRs": "LKR", "MK": "MWK", "Nu": "BTN", "MVR": "MVR", "Rf": "MVR", "VT": "VUV", "BTN": "BTN",
}
# Single letters before an amount of millions only: "R12 billion", "N5bn".
LETTER = {"R": "ZAR", "N": "NGN"}

# Names that need no nationality.
NAMES = {
    "dollar": "USD",
    "euro": "EUR",
    "rouble": "RUB",
    "ruble": "RUB",
    "yuan": "CNY",
    "renminbi": "CNY",
    "yen": "JPY",
    "tenge": "KZT",
    "hryvnia": "UAH",
    "hryvna": "UAH",
    "somoni": "TJS",
    "lari": "GEL",
    "zloty": "PLN",
    "forint": "HUF",
    "shekel": "ILS",
    "ringgit": "MYR",
    "rupiah": "IDR",
    "baht": "THB",
    "naira": "NGN",
    "birr": "ETB",
    "cedi": "GHS",
    "tugrik": "MNT",
    "togrog": "MNT",
    "lev": "BGN",
    "leva": "BGN",
    "dong": "VND",
    "kyat": "MMK",
    "taka": "BDT",
    "afghani": "AFN",
    "kuna": "HRK",
    "rand": "ZAR",
    "pound sterling": "GBP",
    "kwanza": "AOA",
    "pula": "BWP",
    "metical": "MZN",
    "ariary": "MGA",
    "guarani": "PYG",
    "quetzal": "GTQ",
    "lempira": "HNL",
    "bolivar": "VES",
    "boliviano": "BOB",
    "kina": "PGK",
    "kip": "LAK",
    "riel": "KHR",
    "ngultrum": "BTN",
    "rufiyaa": "MVR",
    "dalasi": "GMD",
    "vatu": "VUV",
    "tala": "WST",
    "nakfa": "ERN",
    "ouguiya": "MRU",
    "sterling": "GBP",
    "kroon": "EEK",
    "litas": "LTL",
    "lats": "LVL",
    "tolar": "SIT",
    "deutschmark": "DEM",
    "deutsche mark": "DEM",
    "d-mark": "DEM",
    "markka": "FIM",
    "finnmark": "FIM",
    "peseta": "ESP",
    "escudo": "PTE",
    "drachma": "GRD",
    "guilder": "NLG",
    "karbovanets": "UAK",
    "sucre": "ECS",
    "transferable rouble": "",
    "transferable ruble": "",
    "cordoba": "NIO",
    "fcfa": "XOF",
    "cfa": "XOF",
    "franc cfa": "XOF",
    "leone": "SLL",
}
# Names that several states share: with the state's adjective only.
NATIONAL = {
    "dollar": {"us": "USD", "u.s.": "USD", "american": "USD", "australian": "AUD", "canadian": "CAD",
               "hong kong": "HKD", "new zealand": "NZD", "singapore": "SGD", "taiwan": "TWD", "taiwanese": "TWD",
               "jamaican": "JMD", "namibian": "NAD", "fijian": "FJD", "fiji": "FJD", "guyanese": "GYD", "guyana": "GYD", "surinamese": "SRD",
               "bruneian": "BND", "brunei": "BND", "barbadian": "BBD", "liberian": "LRD", "belizean": "BZD", "bahamian": "BSD"},
    "mark": {"german": "DEM", "west german": "DEM", "deutsche": "DEM", "finnish": "FIM", "bosnian": "BAM", "convertible": "BAM"},
    "schilling": {"austrian": "ATS"},
    "rouble": {"russian": "RUB", "belarusian": "BYN", "belarussian": "BYN", "soviet": "SUR"},
    "pound": {"british": "GBP", "uk": "GBP", "egyptian": "EGP", "lebanese": "LBP", "syrian": "SYP", "sudanese": "SDG",
              "south sudanese": "SSP"},
    "franc": {"swiss": "CHF", "cfa": "XOF", "congolese": "CDF", "rwandan": "RWF", "guinean": "GNF", "french": "FRF",
              "belgian": "BEF", "djiboutian": "DJF", "luxembourg": "LUF", "burundian": "BIF", "burundi": "BIF", "comorian": "KMF",
              "west african cfa": "XOF", "central african cfa": "XAF"},
    "crown": {"czech": "CZK", "swedish": "SEK", "norwegian": "NOK", "danish": "DKK", "icelandic": "ISK", "estonian": "EEK",
              "slovak": "SKK", "czechoslovak": "CSK"},
    "dinar": {"serbian": "RSD", "kuwaiti": "KWD", "jordanian": "JOD", "algerian": "DZD", "iraqi": "IQD",
              "libyan": "LYD", "tunisian": "TND", "bahraini": "BHD"},
    "peso": {"mexican": "MXN", "argentine": "ARS", "chilean": "CLP", "colombian": "COP", "philippine": "PHP", "filipino": "PHP", "argentinian": "ARS",
             "cuban": "CUP", "uruguayan": "UYU", "dominican": "DOP"},
    "rial": {"iranian": "IRR", "omani": "OMR", "yemeni": "YER", "qatari": "QAR", "saudi": "SAR"},
    "riyal": {"saudi": "SAR", "qatari": "QAR", "yemeni": "YER", "omani": "OMR"},
    "dirham": {"uae": "AED", "emirati": "AED", "moroccan": "MAD"},
    "rupee": {"indian": "INR", "pakistani": "PKR", "pakistan": "PKR", "sri lankan": "LKR", "nepalese": "NPR",
              "nepali": "NPR", "mauritian": "MUR", "seychelles": "SCR", "seychellois": "SCR", "maldivian": "MVR"},
    "lira": {"turkish": "TRY", "italian": "ITL"},
    "won": {"korean": "KRW", "south korean": "KRW", "north korean": "KPW"},
    "manat": {"azerbaijani": "AZN", "azeri": "AZN", "turkmen": "TMT"},
    "som": {"kyrgyz": "KGS", "kyrgyzstani": "KGS", "uzbek": "UZS"},
    "leu": {"romanian": "RON", "moldovan": "MDL"},
    "dram": {"armenian": "AMD"},
    "real": {"brazilian": "BRL"},
    "shilling": {"kenyan": "KES", "ugandan": "UGX", "tanzanian": "TZS", "somali": "SOS"},
    "kwacha": {"zambian": "ZMW", "malawian": "MWK"},
    "sol": {"peruvian": "PEN"},
    "denar": {"macedonian": "MKD"},
    "lek": {"albanian": "ALL"},
    "yuan": {"chinese": "CNY"}, "yen": {"japanese": "JPY"}, "tenge": {"kazakh": "KZT", "kazakhstani": "KZT"},
    "hryvnia": {"ukrainian": "UAH"}, "zloty": {"polish": "PLN"}, "shekel": {"israeli": "ILS"},
    "forint": {"hungarian": "HUF"},
    "rand": {"south african": "ZAR"}, "lari": {"georgian": "GEL"}, "somoni": {"tajik": "TJS"},
}
PLURALS = {
    "roubles": "rouble",
    "ruble": "rouble",
    "rubles": "rouble",
    "krona": "crown",
    "kronas": "crown",
    "kronur": "crown",
    "króna": "crown",
    "krónur": "crown",
    "kronor": "crown",
    "krone": "crown",
    "kroner": "crown",
    "koruna": "crown",
    "korunas": "crown",
    "koruny": "crown",
    "lei": "leu",
    "reais": "real",
    "meticais": "metical",
    "bolivares": "bolivar",
    "guaranies": "guarani",
    "quetzales": "quetzal",
    "soms": "som",
    "soum": "som",
    "soums": "som",
    "sum": "som",
    "hryvnias": "hryvnia",
    "hryvnya": "hryvnia",
    "krooni": "kroon",
    "d-marks": "d-mark",
    "deutsche marks": "deutsche mark",
    "escudos": "escudo",
    "liti": "litas",
    "zlotys": "zloty",
    "zloties": "zloty",
    "levs": "lev",
    "soles": "sol",
    "pounds sterling": "pound sterling",
    "francs cfa": "franc cfa",
    "sterling": "pound sterling",
}

# Words of the language besides: currencies only behind a nationality ("11 won the match", "3 real estate firms").
OTHER_WORDS = frozenset({"won", "real", "sol", "som", "sum", "lev", "levs", "lek", "leu", "lei", "rand", "pound", "mark", "schilling", "sucre"})

_SIGNS = re.escape("".join(SYMBOLS))
_DOLLAR_LETTERS = "|".join(map(re.escape, DOLLARS))
_LETTERS = "|".join(map(re.escape, sorted(LETTERS, key=len, reverse=True)))
_SORTED = sorted(CODES | frozenset(OLD_CODES))
_CODE_BEFORE = "|".join(code for code in _SORTED if code not in WORDS_TOO)
_MANY = r"(?=\s?[\d.,]+[\s-]?(?:thousand|lakh|crore|million|billion|trillion|m|mn|mln|bn|tn)\b)"
CURRENCY_BEFORE = (
    rf"(?-i:(?:(?:{_DOLLAR_LETTERS})\$|(?:US|U\.S\.)\s\$|\b(?:{_LETTERS})\.?(?=\s?\d)|\b(?:R|N){_MANY}|\b(?:{_CODE_BEFORE})(?:\b|(?=\d))"
    rf"|\b(?:(?:US|U\.S\.|us)\s)?(?:[Dd]ollars?|DOLLARS|[Ee]uros?|EUROS?|[Tt]aka|[Nn]aira|[Yy]en|[Rr]inggit|[Bb]aht|[Rr]upiah){_MANY}"
    rf"|\b(?:{'|'.join(sorted(WORDS_TOO))})\b{_MANY}|[{_SIGNS}])\s?)"
)
"""A sign or code before an amount, with the space behind it. No groups."""

_PEOPLES = sorted({people for peoples in NATIONAL.values() for people in peoples}, key=len, reverse=True)
_WORDS = sorted({*NAMES, *NATIONAL, *PLURALS}, key=len, reverse=True)
_ALONE = [word for word in _WORDS if word not in OTHER_WORDS]
_PEOPLE = "|".join(map(re.escape, _PEOPLES))
CURRENCY_AFTER = (
    rf"(?:\s?[{_SIGNS}](?!\s?\d)|\s?\b(?-i:{'|'.join(_SORTED)})\b(?!\s?\d)"
    rf"|(?:(?<=illion)|(?<=illions)|(?<=illiard))\sof\s(?:{'|'.join(_ALONE)})s?\b|[\s-](?:(?:{_PEOPLE})\s(?:{'|'.join(_WORDS)})|(?:{'|'.join(_ALONE)}))s?\b)"
)
"""A sign, code or name behind an amount, with the space before it. No groups."""


def currency_code(text: str, peoples: Collection[str] = ()) -> str:
    """The ISO 4217 code of a sign, code or name as written; "" where it may be several currencies or is none.

    ``peoples``: the adjectives ("kenyan") of the states that the text is about, whose shillings are meant where it says no more.

    >>> currency_code("US $"), currency_code("Swiss francs"), currency_code("francs"), currency_code("roubles")
    ('USD', 'CHF', '', 'RUB')
    >>> currency_code("Rs."), currency_code("Rs.", ["indian", "kenyan"])
    ('', 'INR')
    """
    text = text.strip(" -\u00a0\n\t")
    if text in SYMBOLS:
        return SYMBOLS[text]
    if text.endswith("$"):
        return DOLLARS[text[:-1].strip()]
    if text in CODES or text in OLD_CODES:
        return OLD_CODES.get(text, text)
    letters = LETTERS.get(text.rstrip(".")) or LETTER.get(text)
    if letters:
        return letters if letters[0] != "?" else _local(letters[1:], peoples)
    words = " ".join(text.lower().split()).removeprefix("of ")
    for name, theirs in NATIONAL.items():
        for people, code in theirs.items():
            if words.startswith(people + " ") and _singular(words[len(people) + 1:]) == name:
                return code
    words = words.removeprefix("us ").removeprefix("u.s. ")
    return NAMES.get(_singular(words), "") or _local(_singular(words), peoples)


def _local(name: str, peoples: Collection[str]) -> str:
    """The code of the one currency of this name that these peoples have."""
    codes = {code for people, code in NATIONAL.get(name, {}).items() if people in peoples}
    return codes.pop() if len(codes) == 1 else ""


def _singular(name: str) -> str:
    if name in PLURALS:
        return PLURALS[name]
    return name.removesuffix("s") if name.removesuffix("s") in {*NAMES, *NATIONAL} else name
