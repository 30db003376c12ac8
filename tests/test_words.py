"""Words: spellings, slugs. The examples are invented."""

from __future__ import annotations

import doctest

import pytest

import kg.words.spelling
from kg.words import fold_name, search_key, slug_of


def test_examples_of_docstrings() -> None:
    assert doctest.testmod(kg.words.spelling).failed == 0


@pytest.mark.parametrize(("one", "other"), [("Åse Lindgård", "ase lindgard"), ("Kazakhstan‑China", "kazakhstan–china"), ("The  Hague", "the hague"), ("“Unity”", '"unity"')])
def test_spellings_of_one_name_fold_alike(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other)


def test_a_typed_name_needs_no_article() -> None:
    assert search_key("The Gambia") == search_key("gambia")


@pytest.mark.parametrize(("text", "slug"), [("the Treaty on Rivers", "treaty-rivers"), ("Côte d'Ivoire's ports", "cote-divoire-ports"), ("of the", "of-the"), ("北京", "unnamed")])
def test_slugs(text: str, slug: str) -> None:
    assert slug_of(text) == slug
