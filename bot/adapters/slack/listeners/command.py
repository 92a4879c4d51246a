"""One use of the main command, and the row of a table that answers it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import payloads
from bot.adapters.slack.drawing import Drawing
from bot.adapters.slack.listeners.here import Here
from bot.domain.errors import Refused
from bot.domain.ids import read_issue_number
from bot.domain.words import Sentence, say, sentences
from bot.usecases.commands import IssueCommand

MENTION = "@Rung"
"""How people call Rung in a message."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One use of the command. `rest` is what follows the sub-command, as its writer saw it; `raw` is the same as Slack
    sent it, where people are `<@U1|ann>`."""

    slash: payloads.Slash
    client: AsyncWebClient
    rest: str
    raw: str = ""

    def called(self, here: Here) -> str:
        """How people begin what they type here: a message, which has no trigger, names Rung instead."""
        return here.command if self.slash.trigger else MENTION

    def after_word(self) -> tuple[str, "Asked"]:
        """The next word in lower case, and what follows it."""
        word, rest = _first(self.rest)
        return word.lower(), Asked(self.slash, self.client, rest, _first(self.raw)[1])


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
    def names_issue(self) -> bool:
        """Whether the name of an issue stands after the word."""
        return "ISS-1" in self.usage.split()

    def takes(self, words: str) -> bool:
        """Whether these may follow the name of the issue: some rows take none, some only somebody's name."""
        return takes(self.usage, words)

    @property
    def all_rows(self) -> list[tuple[str, str]]:
        """(usage, what it does) of this row and of its parts."""
        own = [(f"{self.words[0]} {part.usage}", part.does) for part in self.parts]
        return [(self.usage, self.does), *own]


def takes(usage: str, words: str) -> bool:
    """Whether a row of this usage (``watch ISS-1 [@maya]``) has a place for these words."""
    if not words:
        return True
    return "@" in words if usage.endswith("ISS-1 [@maya]") else not usage.endswith("ISS-1")


def about_issue(here: Here, asked: Asked, example: str) -> tuple[IssueCommand, str]:
    """The issue that was named, and the words after it. Raises Refused when none was; `example` shows how."""
    number, words = read_issue_number(asked.rest)
    if number is None:
        raise Refused(_which(asked.called(here), example, words))
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


def unread(words: str) -> Sentence:
    """Gives words back that nothing was done with."""
    return say(
        "Nobody reads your words “{words}”: to write to somebody there are update, answer and note.",
        words=words,
    )


def _which(command: str, example: str, words: str) -> Sentence:
    """Several words are most likely a title that begins like a verb: they are given back, ready to be raised."""
    said = say("Which issue? For example {command} {example}.", command=command, example=example)
    if len(words.split()) < 2:
        return said
    meant = say(
        "To raise it as a new issue: {command} raise {title}",
        command=command,
        title=f"{example.split()[0]} {words}",
    )
    return sentences(said, meant)


def _first(text: str) -> tuple[str, str]:
    """The first word, and what follows it as it was typed."""
    word, *rest = text.split(None, 1) or [""]
    return word, rest[0].strip() if rest else ""


def by_word(table: Sequence[SubCommand]) -> Mapping[str, SubCommand]:
    """Each row by every word that people type for it."""
    return {word: row for row in table for word in row.words}
