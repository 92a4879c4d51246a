"""A finding: a flaw of a document, placed where its reader can find it."""

from dataclasses import dataclass

from bot.domain.matrix.flaw import Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend or to know. `place` is ``FILE:LINE``, or the file alone when it could not be read at all.

    `part` is the same in words, such as ``path "Customer care", level "Team lead"``; empty where that is not known.
    """

    severity: Severity
    place: str
    sentence: str
    part: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}"
