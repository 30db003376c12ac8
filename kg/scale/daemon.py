"""What Spark starts on each executor to make its Python workers of: it loads the rules first, so that all workers share them."""

from __future__ import annotations

from pyspark.daemon import manager

from kg.scale.extraction import load_extractor

if __name__ == "__main__":
    load_extractor(())
    manager()
