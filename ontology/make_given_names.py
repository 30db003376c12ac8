"""Writes kg/mentions/given.words: given names of many languages in Latin letters, by which a bare "Ana Lima" is known for a person.

    pip install -e '.[gazetteer]' && python ontology/make_given_names.py

The names are those of the locales of Faker (MIT) that Rigour (MIT) too has as a part of people's names. Left out are English words,
and names of states, places and organisations of the gazetteer: those prove nothing.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path

import faker.providers.person
from faker.providers.lorem.en_US import Provider as Lorem
from rigour.names import NameTypeTag, analyze_names

from kg.gazetteer import load_gazetteer
from kg.mentions.words import lists

TARGET = Path(__file__).parent.parent / "kg" / "mentions" / "given.words"
LATIN = re.compile(r"[^\W\d_]{3,}")
# English words, months, peoples' and firms' words that are given names too.
AMBIGUOUS = frozenset(
    "april may june august summer autumn winter christian royal major prince princess duke king queen rich grant art bill rose hope joy faith dawn "
    "mark will grace frank peace victor victory marina melody harmony ruby pearl crystal amber jade rocky sunny sky star stone forest river lake "
    "ocean sandy misty stormy destiny liberty justice mercy patience prudence constance honor honour glory trinity heaven angel baron earl dean "
    "judge bishop pope general colonel captain marshal sergeant chief guy van land page ray gene drew chase hunter archer carter mason cooper "
    "porter tanner taylor tyler parker walker ford park price rice brown white black gray grey green young long short sterling silver gold golden "
    "diamond penny buck cash chance chip dale dell glen heath cliff brook brooks reed moss holly ivy lily daisy violet olive cherry clementine "
    "ginger sage basil rosemary saffron poppy iris aurora luna stella nova venus mars mercury jupiter saturn phoenix eagle falcon hawk robin wren "
    "drake colt wolf bear lane street field fields wells mills banks woods hill hills ash tree berry birch early late noble loyal true trusty "
    "first second third senior junior mister madame lady lord sir doctor messiah love lovely precious beauty happy merry gay blessing gift promise "
    "praise prosper success fortune innocent moral legend maverick rebel ranger rider ryder saint san santa santo monte del los las don dona saint "
    "north east west south norte sur port urban rural german dutch french italian roman israel jordan georgia india china kenya chad cuba asia africa "
    "america europe britain england ireland holland paris london milan sofia vienna florence geneva berlin dallas austin houston denver phoenix madison "
    "jackson lincoln washington kent devon essex chelsea brighton sydney adelaide victoria alberta carolina virginia dakota montana nevada savannah "
    "union central star express delta alpha omega gamma sigma boss press author texas nile medina manila santiago trinidad wellington oran tula lada "
    "islam bank media energy power arab turk turkish bell case cloud clay coral echo eden epic even ever fame fantasia genesis happiness imam emir sheikh sultan "
    "shah khan malik agha pasha bey bay effendi hadj hajji sri shri tan min sun moon ban das der den des are our any all can has had not its was new now the".split()
)


def candidates() -> set[str]:
    """Given names of all locales, romanised where the locale has them so."""
    found: set[str] = set()
    for module in pkgutil.iter_modules(faker.providers.person.__path__):
        provider = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        for attribute in dir(provider):
            names = getattr(provider, attribute)
            if "first" in attribute and "name" in attribute and isinstance(names, (tuple, list, dict)):
                found |= {name[-1] if isinstance(name, tuple) else name for name in names}
    return {name for name in found if isinstance(name, str) and LATIN.fullmatch(name) and name.istitle() and ord(max(name)) < 0x250}


def is_part_of_names(name: str) -> bool:
    """Whether Rigour knows it as a part of people's names."""
    return any(span.symbol.category.value == "NAME" for made in analyze_names(NameTypeTag.PER, [f"{name} Xyzzy"]) for span in made.spans)


def main() -> None:
    """Writes the file."""
    gazetteer = load_gazetteer()
    words = {word for section in ("nouns", "small", "function", "people") for group in lists(section).values() for word in group} | set(Lorem.word_list) | AMBIGUOUS
    places = ("state", "place", "organisation", "company", "facility", "project")
    names = sorted(
        name.lower() for name in candidates()
        if name.lower() not in words and is_part_of_names(name)
        and not any(candidate.kind in places for found in gazetteer.find_names(name) for candidate in found.candidates)
    )  # fmt: skip
    lines = ["# Given names of many languages. Made by ontology/make_given_names.py from Faker and Rigour (MIT); not to be edited."]
    for first in sorted({name[0] for name in names}):
        members = sorted({name for name in names if name[0] == first})
        lines += [f"given: {' '.join(members[k : k + 24])}" for k in range(0, len(members), 24)]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
