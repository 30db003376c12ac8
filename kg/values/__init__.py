"""Values that a sentence names: dates, periods, money, percentages, counts, quantities, durations, ordinals.

`find` tries the forms of `dates`, `relative` and `amounts` wherever one may begin; `numbers`, `money`, `quantities` and
`durations` hold the tables of words; `calendar` counts with dates that are only partly known.
"""

from kg.values.calendar import date_bounds, period_bounds, valid_date
from kg.values.find import find_values
from kg.values.neighbours import share_currency
from kg.values.scales import find_factor, find_scale

__all__ = ["date_bounds", "find_factor", "find_scale", "find_values", "period_bounds", "share_currency", "valid_date"]
