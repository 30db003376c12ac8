"""Abbreviations that end in a stop, by what a following capital letter means."""


from __future__ import annotations

__all__ = ["BEFORE_NAMES", "BEFORE_NUMBERS", "MONTHS", "OFTEN_LAST", "RETIRED", "STARTERS"]

BEFORE_NAMES = frozenset(
    """adm amb art arq arts brig capt cdr dipl engr eng md mme mlle smt cf cmdr col dr drs e.g ed eds esp fig figs fr gen gov h.e hon i.e incl ing ir lic lt maj messrs mm
    mr mrs ms mt mts pp pres prof profs rep reps resp retd rev rt rtd sec sen sens sgt ss st ste viz vol vols vs v sh zh yu ye kh ts dzh""".split()
)
"""A name or number follows: never the end of a sentence."""

BEFORE_NUMBERS = frozenset("no nos para paras p pt ch approx ca c rs nrs ksh kshs tsh tshs ush ushs sh shs tk dh dhs".split())
"""Abbreviations before a figure; otherwise words ("No.")."""

RETIRED = frozenset("retd rtd ret".split())
"""In a bracket behind a military rank, before a name."""

MONTHS = frozenset("jan feb mar apr jun jul aug sep sept oct nov dec".split())

OFTEN_LAST = frozenset(
    """a.d a.m al assn b.c bn bln bros co corp d.c dept est etc excl inc intl jr ltd mil min mln mn mrd p.m ph.d plc sr tel
    u.a.e u.k u.n u.s u.s.a u.s.s.r""".split()
)
"""May end a sentence: then a word follows that often starts one."""

STARTERS = frozenset(
    """a about according after all also although among an and another any are as asked at based because before
    besides both but by can concerning could despite did do does during each earlier even every finally first
    following for former from given had has have he hence her here his how however i if in indeed instead is it
    its last later let many may meanwhile moreover most much my nearly neither never nevertheless no none nor not
    nothing now of officials on once one only or other others our out over overall people perhaps please relations
    several she should similarly since so some soon still such that the their then there therefore these they this
    those though through thus to today together too two under unlike until upon was we were what when whenever
    where whether which while who why will with within without would yesterday yet you your""".split()
)
"""Words that, capitalised, start a sentence rather than a name."""
