"""Files become documents, sentences and tokens; all offsets refer to the kept text of the document."""

from kg.text.files import SUFFIXES, Unread, find_files, is_there, keeps_texts, make_document, read_document, read_originals, walk
from kg.text.sentences import find_cells, find_sentences
from kg.text.tokens import find_tokens

__all__ = [
    "SUFFIXES", "Unread", "find_cells", "find_files", "find_sentences", "find_tokens", "is_there", "keeps_texts", "make_document", "read_document", "read_originals", "walk",
]  # fmt: skip
