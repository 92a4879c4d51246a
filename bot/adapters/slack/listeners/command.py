"""One use of the main command, and the row of a table that answers it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import payloads
from bot.adapters.slack.drawing import Drawing
from bot.adapters.slack.listeners.here import Here
from bot.domain.errors import Refused
from bot.domain.ids import read_issue_number
from bot.domain.words import say
from bot.usecases.commands import IssueCommand


@dataclass(frozen=True, slots=True)
class Asked:
    """One use of the command. `rest` is what follows the sub-command, as its writer saw it; `raw` is the same as Slack
    sent it, where people are `<@U1|ann>`."""

    slash: payloads.Slash
    client: AsyncWebClient
    rest: str
    raw: str = ""

    def after_word(self) -> tuple[str, "Asked"]:
        """The next word in lower case, and what follows it."""
        word, _, rest = self.rest.partition(" ")
        _, _, raw = self.raw.partition(" ")
        return word.lower(), Asked(self.slash, self.client, rest.strip(), raw.strip())


Handler = Callable[[Here, Asked], Awaitable[Drawing | None]]


@dataclass(frozen=True, slots=True)
class SubCommand:
    """A row of the table. `usage` stands after the command; `words` are what people type for it.

    `parts` are the rows of a sub-command that has a table of its own; `usage` of each stands after the sub-command."""

    words: tuple[str, ...]
    usage: str
    does: str
    handler: Handler
    parts: "tuple[SubCommand, ...]" = ()

    @property
    def all_rows(self) -> list[tuple[str, str]]:
        """(usage, what it does) of this row and of its parts."""
        own = [(f"{self.words[0]} {part.usage}", part.does) for part in self.parts]
        return [(self.usage, self.does), *own]


def about_issue(here: Here, asked: Asked, example: str) -> tuple[IssueCommand, str]:
    """The issue that was named, and the words after it. Raises Refused when none was; `example` shows how."""
    number, words = read_issue_number(asked.rest)
    if number is None:
        raise Refused(
            say("Which issue? For example {command} {example}.", command=here.command, example=example)
        )
    who = asked.slash.who
    about = IssueCommand(
        workspace=here.workspace,
        user=who.user,
        key=asked.slash.key,
        number=number,
        via=asked.slash.channel,
        outsider=here.is_outsider(who),
    )
    return about, words


def by_word(table: Sequence[SubCommand]) -> Mapping[str, SubCommand]:
    """Each row by every word that people type for it."""
    return {word: row for row in table for word in row.words}
