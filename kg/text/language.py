"""Whether a text is English, by its script and its commonest words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from pathlib import Path

from kg.errors import DocumentError

__all__ = ["check_english", "guess_language"]

SAMPLE_CHARACTERS = 200_000  # read at head, middle and foot
FEW_WORDS = 20  # shorter texts pass: titles and tables have no function words
LEAST_SHARE = 0.12  # of English function words among the words; English prose has 0.35-0.5, tables of names 0.15
FEW_SHARE = 0.04  # enough where no other language has as many
LATIN_SHARE = 0.7  # of the letters

_STOP_WORDS = {
    "English": "the of and to in a is that for it was on are as with his they at be this have from or by had "
    "not but what were we an which their said will has its been who more would also can between "
    "there than our all other into he she year",
    "French": "le la les de des du et en un une est que qui dans pour sur avec au aux ce cette par il elle "
    "sont pas plus entre ont",
    "German": "der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an "
    "werden aus er hat dass",
    "Spanish": "el la los las de del y en un una que es por con para se no al lo como más su sus entre ha "
    "fue este esta",
    "Portuguese": "o a os as de do da dos das e em um uma que é por com para se não ao no na como mais seu "
    "entre foi pelo são",
    "Italian": "il lo la i gli le di del della dei e in un una che è per con non si al alla da sono come più "
    "tra ha nel anche",
    "Dutch": "de het een en van in is dat op te zijn met voor niet aan er om ook als door bij naar worden "
    "tussen hebben heeft",
    "Turkish": "ve bir bu da de için ile olarak olan gibi daha çok en ne kadar sonra arasında iki tarafından "
    "ülke değil",
    "Polish": "i w na z do się nie że to jest o jak po przez od za dla są oraz między był została tym które jego",
    "Swedish": "och att det som en på är av för med den till inte om ett har de var från vid kan",
    "Danish": "og at det som en på er af for med den til ikke om et har de var fra ved kan",
    "Finnish": "ja on ei se että oli hän myös mutta kun ovat sekä joka jonka välillä mukaan ole tai",
    "Hungarian": "a az és hogy nem is egy van volt meg ez csak már között szerint mint",
    "Czech": "a se na je že v z do s o i k za po jako ale pro jsou mezi byl také podle",
    "Romanian": "și de la în a cu pe care din nu o un mai este pentru sunt prin între fost",
    "Indonesian": "yang dan di ke dari untuk dengan pada ini itu dalam tidak akan oleh sebagai antara juga telah",
    "Uzbek": "va bilan uchun bu bir ham deb o'rtasida bo'yicha haqida edi kerak ning ga",
    "Azerbaijani": "və bu bir ilə üçün olan də da ki edib arasında kimi olaraq olub",
    "Vietnamese": "và của là các có trong được cho với một những không người năm đã này giữa",
    "Russian": "и в не на что с по как из для это к у о за от при был его между также страны года",
    "Ukrainian": "і в на що з та до не як за про для від це у між також є його року країни",
    "Kazakh": "және мен бұл үшін осы деп болып бойынша туралы бір арасындағы екі ел қазақстан да де бар еді",
}
_WORDS_OF = {language: frozenset(words.split()) for language, words in _STOP_WORDS.items()}
_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = {
    "CJK": "Chinese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean", "ARABIC": "Arabic",
    "HEBREW": "Hebrew", "GREEK": "Greek", "ARMENIAN": "Armenian", "GEORGIAN": "Georgian", "DEVANAGARI": "Hindi",
    "THAI": "Thai", "CYRILLIC": "Russian",
}  # fmt: skip
_PERSIAN = frozenset("پچژگکی")
_KAZAKH = frozenset("әғқңөұүһі")


def _sample(text: str) -> str:
    if len(text) <= SAMPLE_CHARACTERS:
        return text
    third, middle = SAMPLE_CHARACTERS // 3, len(text) // 2
    return " ".join((text[:third], text[middle : middle + third], text[-third:]))


def _script(letters: Counter[str]) -> str:
    scripts: Counter[str] = Counter()
    for letter, count in letters.items():
        scripts[unicodedata.name(letter, "?").split()[0]] += count
    if not scripts:
        return "LATIN"
    if scripts["HIRAGANA"] + scripts["KATAKANA"] > scripts.total() * 0.1:
        return "HIRAGANA"
    most, count = scripts.most_common(1)[0]
    return "LATIN" if scripts["LATIN"] >= scripts.total() * LATIN_SHARE or most == "LATIN" else most


def guess_language(text: str) -> str:
    """The language that a text seems to be in, by its English name; "" where it cannot be told."""
    sample = _sample(text)
    letters = Counter(c for c in sample.lower() if c.isalpha())
    script = _script(letters)
    if script == "ARABIC" and sum(letters[c] for c in _PERSIAN) > letters.total() * 0.03:
        return "Persian"
    if script not in ("LATIN", "CYRILLIC"):
        return _SCRIPTS.get(script, "")
    words = Counter(_WORD.findall(sample.lower()))
    total = words.total()
    shares = {language: sum(words[w] for w in known) / max(total, 1) for language, known in _WORDS_OF.items()}
    if script == "CYRILLIC":
        if sum(letters[c] for c in _KAZAKH - {"і"}) > letters.total() * 0.03:
            return "Kazakh"
        return max(("Ukrainian", "Russian"), key=shares.__getitem__) if letters["і"] else "Russian"
    best = max(shares, key=shares.__getitem__)
    if shares["English"] >= LEAST_SHARE and shares["English"] >= 0.8 * shares[best]:
        return "English"
    if best == "English" and shares["English"] >= FEW_SHARE:  # tables and lists of names
        return "English"
    return best if shares[best] >= 0.08 else ""


def check_english(text: str, path: Path | str) -> None:
    """Nothing, where a text is English or too short to tell.

    Raises:
        DocumentError: the text is in another language, which is named where it can be told.
    """
    sample = _sample(text)
    letters = sum(1 for c in sample if c.isalpha())
    if len(_WORD.findall(sample)) < FEW_WORDS and letters < 200:
        return
    language = guess_language(text)
    if language != "English":
        what = f"is in {language}, not in English" if language else "is not in English"
        raise DocumentError(what, file=path, remedy="give an English text; other languages cannot be read yet")
