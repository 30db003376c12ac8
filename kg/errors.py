"""The one kind of error that a user sees: what is wrong, where, and what to do about it."""

from __future__ import annotations

TYPE_CHECKING = False  # as typing has it: see kg/__init__.py
if TYPE_CHECKING:
    from pathlib import Path


class KgError(Exception):
    """Something that the user can mend, printed as ``file:line: what - what to do``.

    ``line`` is 1-based. The command line prints it to stderr and exits with status 2.
    """

    def __init__(self, what: str, *, file: str | Path | None = None, line: int | None = None, remedy: str = "") -> None:
        self.what = what
        self.file = str(file) if file is not None else None
        self.line = line
        self.remedy = remedy
        super().__init__(str(self))

    def __reduce__(self) -> tuple[object, ...]:
        return _remade, (type(self),), self.__dict__  # an exception by itself loses its fields between processes

    def __str__(self) -> str:
        return (f"{self.where}: " if self.file is not None else "") + self.what + (f" - {self.remedy}" if self.remedy else "")

    @property
    def where(self) -> str:
        """File and line as far as they are known, as ``file:line``."""
        return f"{self.file or ''}:{self.line}" if self.line is not None else self.file or ""


def _remade(kind: type[KgError]) -> KgError:
    return kind.__new__(kind)


class DocumentError(KgError):
    """One document cannot be read; the others go on."""


class RuleError(KgError):
    """A rule file is broken."""


class QueryError(KgError):
    """A saved query, or a parameter of it, is broken."""


class StoreError(KgError):
    """The graph on disk cannot be opened or written."""
