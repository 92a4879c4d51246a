"""What is said about a matrix file: findings with their place, in the order of its lines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.errors import RungError
from bot.domain.matrix.finding import Finding
from bot.domain.matrix.flaw import Severity

MOST_FINDINGS = 200
"""Nobody reads more at once."""

_GRAVEST_FIRST = tuple(Severity)


class MatrixFileError(RungError):
    """The file cannot be used. `findings` are in line order, at least one; the text has one line for each."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A line and a column of the file, both from 0 as the YAML parser counts."""

    line: int
    column: int = 0


@dataclass(frozen=True, slots=True, order=True)
class Remark:
    """Something to say about a spot, before the name of the file is known. `part` is the place in words."""

    spot: Spot
    sentence: str
    severity: Severity = Severity.ERROR
    part: str = ""


class Unreadable(Exception):
    """Nothing after these remarks can be made sense of."""

    def __init__(self, *remarks: Remark) -> None:
        self.remarks = remarks
        super().__init__("; ".join(remark.sentence for remark in remarks))


def placed(remarks: Iterable[Remark], name: str) -> tuple[Finding, ...]:
    """The remarks as findings of this file, each once, in line order, the first `MOST_FINDINGS`."""
    ordered = sorted(remarks)
    findings = list(dict.fromkeys(_finding(remark, name) for remark in ordered[:MOST_FINDINGS]))
    if len(ordered) > MOST_FINDINGS:
        gravest = min((one.severity for one in ordered[MOST_FINDINGS:]), key=_GRAVEST_FIRST.index)
        sentence = "There is more from here on. Mend the lines above first."
        findings.append(_finding(Remark(ordered[MOST_FINDINGS].spot, sentence, gravest), name))
    return tuple(findings)


def _finding(remark: Remark, name: str) -> Finding:
    return Finding(remark.severity, place(name, remark.spot), remark.sentence, remark.part)


def place(name: str, spot: Spot) -> str:
    """``FILE:LINE``."""
    return f"{shown(name)}:{spot.line + 1}"


def shown(name: str) -> str:
    """The name of a file on one line, odd signs written as codes."""
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in name)
