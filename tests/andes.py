"""Two invented documents on Peru and Chile that disagree, and the graph that `kg build` makes of them."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

from kg.cli import main

__all__ = ["QUOTE", "TEXTS", "build_andes"]

QUOTE = "the long road across the high plain will one day carry = our | copper <b>north</b> 🚂 without a single stop"
TEXTS = {
    "andean-review": f"""---
title: Andean review </script><script>alert(1)</script>
issued: 2019-03-02
publisher: The Invented Press
---
Peru and Chile signed a treaty on border rivers in Lima on 3 May 2011.

Trade between Peru and Chile reached 4.2 billion dollars in 2018. Trade between Peru and Chile will reach 6 billion dollars in 2025.

Chile's president Gabriel Boric said that "{QUOTE}".

Chile invested 300 million dollars in Peru in 2017.
""",
    "pacific-letter": """---
title: Pacific letter
issued: 2019-08
---
Trade between Peru and Chile reached 3.9 billion dollars in 2018. Peru's exports to Chile fell by 5 percent in 2018.

Peru and Chile are strategic partners. Peru is a member of the Pacific Alliance.
""",
}


def build_andes(folder: Path) -> Path:
    """The directory of a fresh graph of both texts, in this folder."""
    for name, text in TEXTS.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        status = main(["build", "--jobs", "1", "--graph", str(folder / "graph"), *(str(folder / f"{name}.md") for name in TEXTS)])
    assert status == 0, said.getvalue()
    return folder / "graph"
