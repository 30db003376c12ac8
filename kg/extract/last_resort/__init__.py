"""Figures that no rule has told."""
