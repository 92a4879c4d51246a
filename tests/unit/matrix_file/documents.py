"""A small good document to spoil, and what is said about it then."""

from bot.adapters.matrix_file import MatrixFileError, load_matrix

GOOD = """\
rung: 1
workspace:
  timezone: Europe/London
  issue_channel: "#issues"
  catch_all: "#escalations"
  escalation_manager: "@dina"
types:
  quality: {title: Quality of work, category: customer}
  outage:
    title: Outage
priorities:
  P1: {title: Critical}
  P2: {title: High}
priority_matrix:
  high: {now: P1, later: P2}
  low: {now: P2, later: P2}
paths:
  - name: Care
    match: {category: customer}
    owner: omar@example.com
    levels:
      - name: Team lead
        role: Answers
        contacts: ["@maya"]
        acknowledge_within: 15m
        remind_every: 5m
    repeat: 1
    close_after: 3d
  - name: Rest
    levels:
      - {name: Duty, contacts: [U012AB3CD], acknowledge_within: 1h}
"""


def spoiled(old: str, new: str) -> str:
    """The good document with one place changed."""
    assert GOOD.count(old) == 1, f"{old!r} is there {GOOD.count(old)} times"
    return GOOD.replace(old, new)


def told(text: bytes | str, name: str = "matrix.yaml") -> list[str]:
    """The findings as lines; nothing when the document is fine."""
    try:
        load_matrix(text, name)
    except MatrixFileError as error:
        assert str(error).splitlines() == [str(finding) for finding in error.findings]
        return [str(finding).removeprefix(f"{name}:") for finding in error.findings]
    return []
