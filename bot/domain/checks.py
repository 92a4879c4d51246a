"""What an operator's check-up finds, as values: one line per thing looked at."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How something is, from good to bad."""

    OK = "ok"
    UNCHECKED = "not checked"  # something else has to work first
    ATTENTION = "attention"  # it works, and something should be mended
    BROKEN = "broken"  # somebody is not told, or Rung cannot run


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: how it is, and what to do next where it is not well."""

    name: str
    verdict: Verdict
    said: str
    to_do: str = ""

    @property
    def line(self) -> str:
        """``broken       database: It cannot be read. Check DATABASE_URL.``"""
        return f"{self.verdict:<12} {self.name}: {' '.join(part for part in (self.said, self.to_do) if part)}"


def ok(name: str, said: str) -> Check:
    """It is well."""
    return Check(name, Verdict.OK, said)


def attention(name: str, said: str, to_do: str = "") -> Check:
    """It works, and something should be mended."""
    return Check(name, Verdict.ATTENTION, said, to_do)


def broken(name: str, said: str, to_do: str = "") -> Check:
    """It does not work."""
    return Check(name, Verdict.BROKEN, said, to_do)


def unchecked(name: str, why: str) -> Check:
    """Something else has to work first."""
    return Check(name, Verdict.UNCHECKED, why)


def exit_code(checks: Iterable[Check]) -> int:
    """0 = all is well; 1 = something needs attention, or could not be checked; 2 = something is broken."""
    found = {one.verdict for one in checks}
    if Verdict.BROKEN in found:
        return 2
    return 1 if found - {Verdict.OK} else 0


def summary(checks: Iterable[Check]) -> str:
    """``1 broken, 2 attention, 9 ok``, the worst first."""
    every = [one.verdict for one in checks]
    return ", ".join(f"{every.count(one)} {one}" for one in reversed(list(Verdict)) if one in every)
