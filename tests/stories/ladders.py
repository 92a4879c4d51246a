"""Small matrices for stories: one path for everything, its levels as the story needs them."""

from collections.abc import Sequence

HEAD = """
rung: 1
workspace:
  timezone: Europe/London
  issue_channel: "#issues"
  catch_all: "#escalations"
  escalation_manager: "{manager}"
  nag_every: 10m
types:
  response-time: {{title: Slow answer, category: customer}}
priorities:
  P1: {{title: Critical}}
  P2: {{title: High}}
priority_matrix:
  high: {{high: P1, low: P2}}
  low: {{high: P2, low: P2}}
paths:
  - name: Everything
    owner: "{owner}"
    repeat: {repeat}
    levels:
"""


def ladder(
    *levels: Sequence[str], repeat: int = 0, manager: str = "@dina", owner: str = "@dina", within: str = "10m"
) -> str:
    """A matrix whose levels have these contacts, all with the same time to answer."""
    lines = [
        f"      - {{name: Level {number}, contacts: {list(level)}, acknowledge_within: {within}}}"
        for number, level in enumerate(levels, 1)
    ]
    return HEAD.format(manager=manager, owner=owner, repeat=repeat) + "\n".join(lines) + "\n"
