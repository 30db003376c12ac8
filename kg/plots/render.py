"""A drawing as a file: SVG, PNG, a self-contained HTML page, or the specification itself. Offline, the same bytes."""

from __future__ import annotations

import json
from html import escape

from kg.errors import KgError
from kg.plots.drawing import Drawing

FORMATS = ("svg", "png", "html", "json")
_VERSION = "6.4"  # of Vega-Lite, in vl-convert
_SCALE = 2  # pixels of a PNG for each pixel of the plot


def render_drawing(drawing: Drawing, format: str) -> bytes:
    """The file's content. JSON needs no further package; the other formats need the extra "plots".

    Raises `KgError` where nothing can be drawn (with the reason), for an unknown format, and without that extra.
    """
    if format not in FORMATS:
        raise KgError(f"no picture format is called {format!r}", remedy=f"one of {', '.join(FORMATS)}")
    if drawing.why_empty:
        raise KgError(f"nothing to draw: {drawing.why_empty}", remedy="choose other parameters")
    if format == "json":
        return (json.dumps(drawing.specification, ensure_ascii=False, indent=1) + "\n").encode()
    return _convert(drawing, format)


def _convert(drawing: Drawing, format: str) -> bytes:
    try:
        import vl_convert as vl
    except ImportError:
        raise KgError(
            "pictures need a package that is not installed", remedy="pip install 'bilateral-kg[plots]', or write .json"
        ) from None
    vega = drawing.specification
    if drawing.grammar == "vega-lite":
        vega = vl.vegalite_to_vega(vega, vl_version=_VERSION)
    if format == "svg":
        return (vl.vega_to_svg(vega, allowed_base_urls=[]).rstrip() + "\n").encode()
    if format == "png":
        return vl.vega_to_png(vega, scale=_SCALE, allowed_base_urls=[])
    return _page(drawing, vl.javascript_bundle("window.vegaEmbed = vegaEmbed;", vl_version=_VERSION)).encode()


def _page(drawing: Drawing, script: str) -> str:
    """A page that needs nothing from elsewhere. The specification is data, not script: no label can end it early."""
    data = json.dumps(drawing.specification, ensure_ascii=False).replace("<", "\\u003c")
    title = escape(drawing.title)
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data:">
<title>{title}</title>
</head>
<body>
<main><div id="plot" role="figure" aria-label="{title}"></div></main>
<script type="application/json" id="specification">{data}</script>
<script>{script}</script>
<script>
vegaEmbed("#plot", JSON.parse(document.getElementById("specification").textContent), {{renderer: "svg", actions: false}});
</script>
</body>
</html>
"""
