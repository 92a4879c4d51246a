"""Matrices for stories about promises: targets around the clock and in office hours, a night without a shift."""

import re
from collections.abc import Mapping

HEAD = """
rung: 1
workspace:
  timezone: Europe/London
  issue_channel: "#issues"
  catch_all: "#escalations"
  escalation_manager: "@dina"
  nag_every: 10m
calendars:
  office: {hours: {mon-fri: "09:00-17:00"}}
types:
  response-time: {title: Slow answer, category: customer}
priorities:
  P1: {title: Critical}
  P2: {title: High, inform: ["#care"]}
  P3: {title: Normal}
priority_matrix:
  high: {high: P1, low: P2}
  low: {high: P2, low: P3}
targets:
  - {match: {priority: P1}, respond: 15m, resolve: 2h, calendar: always, breach_every: 1h}
  - {match: {}, respond: 4h, resolve: 2d, calendar: office, breach_every: 1d}
"""
LEVELS = """
paths:
  - name: Customer care
    close_after: 2d
    levels:
      - {name: Team lead, contacts: ["@maya"], acknowledge_within: 15m}
      - name: Operations
        contacts: ["group:ops-managers"]
        acknowledge_within: 30m
        inform: ["@ann", "@maya", "@dina"]
      - {name: Duty manager, contacts: ["@rita"], acknowledge_within: 30m}
"""
OFFICE = """
paths:
  - name: Customer care
    levels:
      - {name: Team lead, contacts: ["@maya"], acknowledge_within: 2h, remind_every: 1h, calendar: office}
      - {name: Operations, contacts: ["@omar"], acknowledge_within: 30m}
"""
NIGHT = """
schedules:
  care:
    timezone: Europe/London
    layers:
      - {people: ["maya@example.com"], from: 2026-01-05, restrict: {mon-fri: "09:00-13:00"}}
      - {people: ["omar@example.com"], from: 2026-01-05, restrict: {mon-fri: "13:00-17:00"}}
paths:
  - name: Customer care
    levels:
      - {name: On call, contacts: ["oncall:care"], acknowledge_within: 20m, if_nobody: hold}
      - {name: Duty manager, contacts: ["@rita"], acknowledge_within: 30m}
"""
PROMISES = HEAD + LEVELS
IN_OFFICE_HOURS = HEAD + OFFICE
OVER_NIGHT = HEAD + NIGHT

CRITICAL: Mapping[str, str] = {"impact": "high", "urgency": "high"}
HIGH: Mapping[str, str] = {"impact": "high", "urgency": "low"}
NORMAL: Mapping[str, str] = {"impact": "low", "urgency": "low"}


def readable(text: str) -> str:
    """The text with its date tokens as an old client shows them, in UTC."""
    return re.sub(r"<!date\^[^|]*\|([^>]*)>", r"\1", text)
