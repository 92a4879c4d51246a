"""Slack's Web API, one file per family of methods; `dispatch` is the door they all stand behind."""
