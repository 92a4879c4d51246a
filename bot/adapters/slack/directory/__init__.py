"""The directory of one Slack workspace."""

from bot.adapters.slack.directory.resolver import SlackDirectory

__all__ = ["SlackDirectory"]
