"""Values that a sentence names: dates, periods, money, percentages, counts, quantities, durations, ordinals.

`find` tries the forms of `dates`, `relative` and `amounts` wherever one may begin; `numbers`, `money`, `quantities` and
`durations` hold the tables of words; `calendar` counts with dates that are only partly known.
"""

from kg.values.calendar import date_bounds, period_bounds, valid_date
from kg.values.find import find_values

__all__ = ["date_bounds", "find_values", "period_bounds", "valid_date"]
