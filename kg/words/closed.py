"""The closed word classes of English that hold a sentence together."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


BE = _words("am is are was were be been being 'm 're")
HAVE = _words("have has had having 've")
DO = _words("do does did")
MODALS = _words("will would shall should can could may might must 'll ought cannot ca wo")
NEGATIONS = _words("not n't never no neither nor hardly barely scarcely")
DETERMINERS = _words("the a an this that these those each every any some no another both all such several many few most "
                     "its their his her our my your either neither various numerous certain other")
POSSESSIVES = _words("its their his her our my your 's whose")
SUBJECT_PRONOUNS = _words("i we you they he she it who which that these those this there")
PREPOSITIONS = _words("of in on at by for with from to into onto about above across after against along amid among around as "
                      "before behind below beneath beside besides between beyond concerning despite during except following "
                      "including inside like near off outside over past per regarding since than through throughout till "
                      "toward towards under underneath until unto up upon versus via within without amidst alongside worth "
                      "unlike plus")
CONJUNCTIONS = _words("and or but nor yet & plus")
SUBORDINATORS = _words("that which who whom whose when where while whereas because if whether although though unless "
                       "since until after before as so once lest why how what")
RELATIVES = _words("which who whom that where whose")
ADVERBS = _words("duly also already still soon now always often again just even only further thus therefore both jointly long once "
                 "ever then first so too here there together currently yet rather much more most quite very well back "
                 "sometimes seldom rarely always never not n't today yesterday tomorrow meanwhile moreover however instead "
                 "indeed perhaps maybe likewise otherwise furthermore nevertheless nonetheless alone away ahead abroad later "
                 "earlier previously recently officially traditionally repeatedly almost nearly almost all each overall "
                 "thereby hereby then-only altogether twice somewhat simply")
# Words in -ly that are no adverbs.
NO_ADVERBS = _words("family ally assembly supply reply apply comply rely july italy only friendly early elderly likely unlikely "
                    "monthly weekly daily yearly fly multiply anomaly monopoly duly-elected holy")
# Adjectives between "be" and "to" + verb that make one verb group with it.
READY = _words("ready willing able unable likely unlikely due set about eager keen prepared bound reluctant determined scheduled "
               "free happy glad pleased poised entitled certain sure supposed going expected planned slated interested "
               "committed obliged loath unwilling inclined designed")
# What is built only in a manner of speaking: "bridges of friendship".
FIGURATIVE = _words("peoples cultures civilisations civilizations generations hearts religions faiths trust understanding peace friendship confidence hope "
                    "knowledge dialogue freedom prosperity democracy success worlds souls minds reconciliation cooperation friends acquaintances thought")
PUNCTUATION = frozenset(",;:()[]{}\"“”‘’«»…!?") | {".", "--", "–", "—", "-", "'", "/", "..."}
DASHES = frozenset({"--", "–", "—"})
# What may part a clause from the one before.
CLAUSE_BREAKS = CONJUNCTIONS | RELATIVES | DASHES | _words(", ; : when while because if although though as before after since until")


WEEKDAYS = _words("monday tuesday wednesday thursday friday saturday sunday")
_CALENDAR = WEEKDAYS | _words("january february march april may june july august september october november december")


def ends_date(word: str) -> bool:
    """Whether a lower-case word may be the last of a date in front of a subject: "on Monday the minister", "in 2015 Chad"."""
    return word in _CALENDAR or (len(word) == 4 and word.isdigit())


def is_adverb(word: str) -> bool:
    """Whether a lower-case word reads as an adverb in a verb group."""
    return word in ADVERBS or (word.endswith("ly") and word not in NO_ADVERBS and len(word) > 4)
