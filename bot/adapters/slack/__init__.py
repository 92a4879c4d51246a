"""Slack: what arrives becomes a command of a use case, what is to be said becomes blocks."""
