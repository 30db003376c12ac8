"""Forms of English words: what `@sign` in a rule stands for, and the base form of a verb found in a text."""

from __future__ import annotations

from functools import cache

# base: past, past participle. Regular verbs need no entry.
_IRREGULAR = """
arise arose arisen; awake awoke awoken; be was been; bear bore borne; beat beat beaten; become became become; begin began begun; ring rang rung;
bend bent bent; bind bound bound; break broke broken; bring brought brought; broadcast broadcast broadcast; build built built;
buy bought bought; cast cast cast; catch caught caught; choose chose chosen; come came come; cost cost cost; cut cut cut;
deal dealt dealt; do did done; draw drew drawn; drive drove driven; eat ate eaten; fall fell fallen; feed fed fed; feel felt felt;
fight fought fought; find found found; flee fled fled; fly flew flown; forbid forbade forbidden; forecast forecast forecast;
foresee foresaw foreseen; forget forgot forgotten; freeze froze frozen; get got got; give gave given; go went gone; grow grew grown;
have had had; hear heard heard; hit hit hit; hold held held; keep kept kept; know knew known; lay laid laid; lead led led;
leave left left; lend lent lent; let let let; lie lay lain; lose lost lost; make made made; mean meant meant; meet met met;
oversee oversaw overseen; overrun overran overrun; overtake overtook overtaken; pay paid paid; put put put; quit quit quit; read read read; repay repaid repaid; rise rose risen;
rebuild rebuilt rebuilt; run ran run; say said said; see saw seen; seek sought sought; sell sold sold; send sent sent; set set set;
shake shook shaken; show showed shown; shrink shrank shrunk; shut shut shut; sink sank sunk; sit sat sat; speak spoke spoken;
spend spent spent; spread spread spread; stand stood stood; steal stole stolen; stick stuck stuck; strike struck struck;
strive strove striven; swear swore sworn; take took taken; teach taught taught; tell told told; think thought thought;
throw threw thrown; undergo underwent undergone; understand understood understood; undertake undertook undertaken;
uphold upheld upheld; win won won; withdraw withdrew withdrawn; write wrote written; wake woke woken; wear wore worn;
shoot shot shot; split split split; hang hung hung; outgrow outgrew outgrown; overhear overheard overheard; override overrode overridden; recast recast recast; rethink rethought rethought; retake retook retaken;
underlie underlay underlain; underwrite underwrote underwritten; undercut undercut undercut; weep wept wept; hurt hurt hurt; outrun outran outrun; forgo forwent forgone;
resell resold resold; rewrite rewrote rewritten; oversell oversold oversold; shake shook shaken; outbid outbid outbid; partake partook partaken; forgive forgave forgiven; slide slid slid; swell swelled swollen; dig dug dug; leap leapt leapt; creep crept crept; outsell outsold outsold; outspend outspent outspent; withhold withheld withheld;
tear tore torn; bid bid bid; wind wound wound; sow sowed sown; weave wove woven; spin spun spun; shed shed shed; breed bred bred;
burst burst burst; sweep swept swept; befall befell befallen; dwell dwelt dwelt; slip slipped slipped; refit refitted refitted
"""
IRREGULAR: dict[str, tuple[str, str]] = {
    base: (past, participle) for base, past, participle in (entry.split() for entry in _IRREGULAR.split(";"))
}
_PLURALS = {"man": "men", "woman": "women", "person": "people", "child": "children", "crisis": "crises", "forum": "forums",
            "country": "countries", "analysis": "analyses", "basis": "bases", "memorandum": "memoranda"}
_MEN = ("herman", "iceman", "ferryman", "sman")
_VOWELS = "aeiou"
# Two-syllable verbs that double their last consonant although they end like those that do not.
_DOUBLING = frozenset((
    "admit readmit remit transmit commit permit submit omit transfer refer prefer confer defer occur incur control patrol compel propel "
    "expel equip regret begin forget concur infer rebut allot deter annul aver abet demur"
).split())
_NOT_DOUBLING = frozenset((
    "open offer enter visit limit cover deliver develop benefit consider alter order differ suffer foster gather "
    "exhibit edit profit exit inherit prohibit monitor target market focus witness render remember register happen "
    "deepen strengthen widen broaden hasten threaten heighten lessen tighten loosen sharpen soften harden envision "
    "commission question mention position sanction function station condition petition abandon reason season pardon "
    "summon reckon beckon champion auction caution partition transition envelop gallop interpret credit audit orbit "
    "solicit elicit discredit forfeit recruit await greet treat repeat defeat cheat"
).split())

_IN_T = frozenset("burn dream dwell lean leap learn smell spell spill spoil".split())


def _doubles(base: str) -> bool:
    if base in _DOUBLING:
        return True
    if base in _NOT_DOUBLING or len(base) < 3 or base[-1] in "wxyaeiou":
        return False
    base = base.replace("qu", "q")  # "quipped": one vowel
    one_vowel = base[-2] in _VOWELS and base[-3] not in _VOWELS
    return one_vowel and sum(c in _VOWELS for c in base) == 1


def third_person(base: str) -> str:
    """The present form behind he, she, it: sign -> signs, carry -> carries; also the regular plural of a noun."""
    if base == "be":
        return "is"
    if base == "have":
        return "has"
    if base.endswith(("s", "x", "z", "ch", "sh", "o")) and not base.endswith(("io", "eo", "oo")):
        return base + "es"
    if base.endswith("y") and len(base) > 1 and base[-2] not in _VOWELS:
        return base[:-1] + "ies"
    return base + "s"


def past(base: str) -> str:
    """The simple past: sign -> signed, meet -> met."""
    if base in IRREGULAR:
        return IRREGULAR[base][0]
    return _regular_past(base)


def participle(base: str) -> str:
    """The past participle: sign -> signed, write -> written."""
    if base in IRREGULAR:
        return IRREGULAR[base][1]
    return _regular_past(base)


def _regular_past(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and len(base) > 1 and base[-2] not in _VOWELS:
        return base[:-1] + "ied"
    return base + base[-1] + "ed" if _doubles(base) else base + "ed"


def gerund(base: str) -> str:
    """The -ing form: sign -> signing, make -> making, cut -> cutting."""
    if base.endswith("ie"):
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")) and base != "be":
        return base[:-1] + "ing"
    return base + base[-1] + "ing" if _doubles(base) else base + "ing"


def plural(noun: str) -> str:
    """The plural of a noun: treaty -> treaties, memorandum -> memoranda."""
    if noun.endswith(_MEN):
        return noun[:-2] + "en"  # "fishermen"
    return _PLURALS.get(noun) or third_person(noun)


@cache
def verb_forms(base: str) -> frozenset[str]:
    """All forms of a verb, the base form among them."""
    forms = {base, third_person(base), past(base), participle(base), gerund(base)}
    if base == "be":
        forms |= {"am", "are", "were"}
    if base.endswith(("el", "tal", "tial")) and base not in ("feel", "wheel"):  # British spelling: travelled, signalling, totalled
        forms |= {base + "led", base + "ling"}
    if base in _IN_T:  # "spelt out", "learnt"
        forms.add((base[:-1] if base.endswith("ll") else base) + "t")
    return frozenset(forms)


@cache
def forms_of(word: str) -> frozenset[str]:
    """Every inflected form of a word taken as a verb and as a noun; only the first word of a hyphenless phrase is given."""
    forms = set(verb_forms(word)) | {word, plural(word)}
    if word in _PLURALS:
        forms.add(third_person(word))
    return frozenset(forms)
