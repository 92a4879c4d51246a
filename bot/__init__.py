"""Rung: a Slack bot for issue and escalation management."""

__version__ = "0.1.0"
