"""Spans into text: nothing lost, overlaps kept apart, offsets in code points whatever the text holds."""

from __future__ import annotations

import random

import pytest

pytest.importorskip("starlette", reason="needs the extra 'serve'")

from kg.serve.pages.marks import Marked, mark_passages

TEXT = "One 😀 <b>two</b>.\n\nThree \u202efour\u202c é\u0301 & five.\n \t\nSix."


def cut(text: str, *spans: tuple[int, int, int]) -> list[list[tuple[str, tuple[int, ...], tuple[int, ...]]]]:
    passages = mark_passages(text, [Marked(*span) for span in spans])
    return [[(piece.text, piece.facts, piece.ends) for piece in passage.pieces] for passage in passages]


def test_a_span_is_one_piece_between_two() -> None:
    assert cut("The treaty was signed.", (4, 10, 1)) == [[("The ", (), ()), ("treaty", (1,), (1,)), (" was signed.", (), ())]]


def test_overlapping_spans_share_a_piece_and_end_where_they_end() -> None:
    assert cut("abcdef", (0, 4, 1), (2, 6, 2)) == [[("ab", (1,), ()), ("cd", (1, 2), (1,)), ("ef", (2,), (2,))]]


def test_a_span_inside_another_and_two_alike() -> None:
    assert cut("abcdef", (0, 6, 1), (2, 4, 2), (2, 4, 3)) == [[("ab", (1,), ()), ("cd", (1, 2, 3), (2, 3)), ("ef", (1,), (1,))]]


def test_a_span_over_two_paragraphs_ends_once() -> None:
    assert cut("ab\n\ncd", (1, 5, 1)) == [[("a", (), ()), ("b", (1,), ())], [("c", (1,), (1,)), ("d", (), ())]]


def test_a_span_that_ends_in_the_blank_lines_ends_with_its_paragraph() -> None:
    assert cut("ab\n\ncd", (0, 4, 1)) == [[("ab", (1,), (1,))], [("cd", (), ())]]


def test_offsets_are_code_points() -> None:
    passages = mark_passages(TEXT, [Marked(6, 9, 1), Marked(TEXT.index("four"), TEXT.index("four") + 4, 2)])
    for passage in passages:
        for piece in passage.pieces:
            assert TEXT[piece.start:piece.start + len(piece.text)] == piece.text
    marked = {piece.facts: piece.text for passage in passages for piece in passage.pieces if piece.facts}
    assert marked == {(1,): "<b>", (2,): "four"}


def test_only_a_stretch_of_the_text() -> None:
    start = TEXT.index("Three")
    passages = mark_passages(TEXT, [Marked(0, len(TEXT), 1)], start, start + 10)
    assert [(p.start, p.end) for p in passages] == [(start, start + 10)]
    assert passages[0].pieces[0].facts == (1,)


def test_text_without_paragraphs() -> None:
    assert mark_passages("", []) == () == mark_passages(" \n\n \n", [])


@pytest.mark.parametrize("seed", range(40))
def test_any_spans_in_any_text(seed: int) -> None:
    """Each character stands in one piece, under exactly the facts whose spans cover it; each span ends exactly once."""
    chance = random.Random(seed)
    text = "".join(chance.choice("ab 😀<&\u202eé\n\n") for _ in range(60))
    spans = []
    for number in range(1, 9):
        start = chance.randrange(len(text) - 1)
        spans.append(Marked(start, chance.randrange(start + 1, len(text)), number))
    pieces = [piece for passage in mark_passages(text, spans) for piece in passage.pieces]
    seen = set()
    for piece in pieces:
        assert piece.text == text[piece.start:piece.start + len(piece.text)]
        for place in range(piece.start, piece.start + len(piece.text)):
            assert place not in seen
            seen.add(place)
            assert piece.facts == tuple(sorted(s.number for s in spans if s.start <= place < s.end))
    assert all(not text[place].strip() for place in set(range(len(text))) - seen)
    for span in spans:
        shown = [piece for piece in pieces if span.number in piece.facts]
        assert sum(span.number in piece.ends for piece in pieces) <= 1
        assert not shown or shown[-1].ends.count(span.number) == 1
