"""A document written in every way that YAML allows and people use: for what edits one."""

from bot.domain.matrix.flaw import Where

AWKWARD = """\
# Who answers for what. Keep it short.
rung: 1
workspace: # holds for all
    timezone: Europe/London   # of the office
    issue_channel: '#issues'
    catch_all: "#late"
    escalation_manager: dina@example.com
types:
    quality: {title: Quality of work, category: customer, } # one line
    outage:
        title: >-
            Something
            is down
        category: 'operational'   # single
priorities: {P1: {title: Critical},
    P2: {title: High}, # the rest
}
priority_matrix:
    high: {now: P1, later: P2}
    low: {"now": P2, later: P2}
services: {}

# --- paths ---

paths:
- name: Care   # customers
  match:
    category: customer
  levels:
  # first
  - name: Team lead
    role: |
        Owns the first answer.
        May credit up to 50 GBP.

    contacts:
    # by day
    - "@maya"   # until June
    - lee@example.com
    # by night
    - "#desk"
    acknowledge_within: 15m   # agreed in March
  - {name: Director, contacts: ["@dina", # speaks for us
      "@omar"], acknowledge_within: 1h, role: Decides}
  # after the levels
  repeat: 1
- name: Rest
  levels:
    - contacts: [U012AB3CD]
      name: Duty
      acknowledge_within: 30m
      remind_every: 10m
"""
CARE: Where = ("paths", 0)
LEAD: Where = (*CARE, "levels", 0)
DIRECTOR: Where = (*CARE, "levels", 1)
DUTY: Where = ("paths", 1, "levels", 0)
