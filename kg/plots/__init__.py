"""Plots from saved queries: each is a Vega-Lite (or Vega) specification, a plain JSON value with its data inside.

`load_plots()` lists the plots (name, title, saved queries, parameters); `make_drawing(store, name, params, base_url=...)`
draws one: a `Drawing` with ``specification`` (give it to vega-embed; ``grammar`` is "vega-lite" or "vega"), ``table``
(a `Result` with every fact asked for, the accessible form to stand beneath), ``notes`` (what is not drawn) and
``why_empty`` (then the specification is empty and this sentence stands in its place). Marks carry ``fact`` (IRI),
``link`` (an address below `base_url`) and tooltips. `render_drawing(drawing, "svg" | "png" | "html" | "json")` makes a file.

Names: trade, investment, indicators (figures by year and source), timeline (agreements and meetings), projects
(where each stands), network (who is connected with whom), activity (facts by type and year).
"""

from kg.plots.catalogue import find_plot, load_plots, make_drawing
from kg.plots.drawing import Drawing, Plot
from kg.plots.render import FORMATS, render_drawing

__all__ = ["FORMATS", "Drawing", "Plot", "find_plot", "load_plots", "make_drawing", "render_drawing"]
