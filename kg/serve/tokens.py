"""Who may hand in facts: a file of tokens."""

from __future__ import annotations

from pathlib import Path

from kg.errors import KgError

_SHORTEST = 16


def read_tokens(file: Path) -> dict[str, str]:
    """Each token of a file and the name of its bearer; a line is TOKEN NAME, one that begins with # says nothing.

    Raises `KgError` with file and line: a token that is short, given twice or without a name; a file that cannot be read or names nobody.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no UTF-8 text"
        raise KgError(f"the tokens cannot be read ({reason})", file=file, remedy="give a text file with lines of TOKEN NAME") from None
    found: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        token, _, name = line.strip().partition(" ")
        if not name.strip():
            raise KgError("a token without a name", file=file, line=number, remedy="write TOKEN NAME: the name goes into each contribution")
        if len(token) < _SHORTEST:
            raise KgError(f"a token of fewer than {_SHORTEST} characters could be guessed", file=file, line=number, remedy="make one: python3 -c 'import secrets; print(secrets.token_urlsafe())'")
        if token in found:
            raise KgError("a token stands there twice", file=file, line=number, remedy="give each person a token of their own")
        found[token] = name.strip()
    if not found:
        raise KgError("the file names nobody", file=file, remedy="write lines of TOKEN NAME, or leave --tokens out")
    return found
