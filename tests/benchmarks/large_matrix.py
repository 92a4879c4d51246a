"""A matrix of a large organisation: every section is there, every path, target and schedule differs from the others."""

from collections.abc import Iterator

PATHS, SCHEDULES, TARGETS, SERVICES, CLIENTS, TYPES, CALENDARS = 200, 50, 50, 50, 50, 20, 20
LEVELS = 3

_HEAD = """\
rung: 1
workspace:
  timezone: Europe/London
  issue_channel: "#issues"
  catch_all: "#escalations"
  escalation_manager: oncall:schedule-0
priorities:
  P1: {title: Critical, update_every: 30m}
  P2: {title: High}
priority_matrix:
  high: {now: P1, later: P2}
  low: {now: P2, later: P2}"""


def large_matrix() -> str:
    """The document; the check finds no error in it."""
    return "\n".join([_HEAD, *_calendars(), *_things(), *_targets(), *_schedules(), *_paths(), ""])


def _calendars() -> Iterator[str]:
    yield "calendars:"
    for n in range(CALENDARS):
        yield f"  calendar-{n}:"
        yield f'    hours: {{mon-thu: ["08:{n:02}-12:30", "13:15-18:00"], fri: "08:{n:02}-16:00"}}'
        yield "    holidays: [GB-ENG, DE-BY]"


def _things() -> Iterator[str]:
    for section, most in (("services", SERVICES), ("clients", CLIENTS)):
        yield f"{section}:"
        yield from (f"  {section}-{n}: {{title: Number {n}, scope: What is covered}}" for n in range(most))
    yield "types:"
    yield from (f"  type-{n}: {{title: Type {n}, category: category-{n % 4}}}" for n in range(TYPES))


def _targets() -> Iterator[str]:
    yield "targets:"
    for n in range(TARGETS - 1):
        match = f"{{service: services-{n % SERVICES}, priority: P1}}"
        yield f"  - {{match: {match}, respond: 15m, resolve: 4h, calendar: calendar-{n % CALENDARS}}}"
    yield "  - {respond: 4h, resolve: 3d, calendar: calendar-0}"


def _schedules() -> Iterator[str]:
    yield "schedules:"
    for n in range(SCHEDULES):
        people = f"[a{n}@example.com, b{n}@example.com]"
        yield f"  schedule-{n}:"
        yield "    layers:"
        for hours in (', restrict: {mon-fri: "08:00-18:00"}', ""):
            yield f'      - {{people: {people}, rotate: weekly, handoff: "mon 09:00", from: 2026-01-05{hours}}}'


def _paths() -> Iterator[str]:
    yield "paths:"
    for n in range(PATHS):
        yield f"  - name: Path {n}"
        if n < PATHS - 1:
            clients = f"[clients-{n % CLIENTS}, clients-{(n * 7 + 1) % CLIENTS}]"
            yield f"    match: {{service: services-{n % SERVICES}, client: {clients}, type: type-{n % TYPES}}}"
        yield f"    owner: owner-{n}@example.com"
        yield "    levels:"
        for step in range(LEVELS):
            yield f"      - name: Level {step}"
            yield "        role: Owns the answer at this hour of the day"
            yield f'        contacts: ["@lead-{n}-{step}", "oncall:schedule-{(n + step) % SCHEDULES}"]'
            yield "        acknowledge_within: 15m"
            yield "        remind_every: 5m"
            yield f"        calendar: calendar-{n % CALENDARS}"
