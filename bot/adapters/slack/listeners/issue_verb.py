"""A verb about one issue: done in one way, whether it was typed, chosen from a menu, pressed or mentioned."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack import ids, payloads
from bot.adapters.slack.blocks.notes import said_answer
from bot.adapters.slack.blocks.views import notice_view, with_words
from bot.adapters.slack.drawing import Drawing
from bot.adapters.slack.listeners.command import Asked, SubCommand, about_issue, takes, unread
from bot.adapters.slack.listeners.here import (
    NOT_SHOWN,
    Here,
    WindowClosed,
    open_view,
    peek,
    push_view,
    replace_view,
)
from bot.domain.errors import Refused
from bot.domain.ids import issue_name, read_issue_number
from bot.domain.words import Sentence, sentences
from bot.usecases.commands import IssueCommand
from bot.usecases.tell import whisper


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a verb, from whatever surface.

    `about` says who, which issue and where. `trigger` opens a form; from a mention it is empty, and none can be opened.
    `words` follow the issue's name as their writer saw them; `raw` is the same as Slack sent it (``<@U1|ann>``).
    `carried` is what a button or an entry of a menu was drawn for; None when it was typed. `view` is the modal that
    holds the button, if one does.
    """

    client: AsyncWebClient
    about: IssueCommand
    trigger: str
    words: str = ""
    raw: str = ""
    carried: ids.Carried | None = None
    view: str = ""

    @property
    def drawn_for(self) -> ids.Carried:
        """What a form carries on: where it was typed, the number and nothing else."""
        return self.carried or ids.Carried(self.about.number)

    @property
    def asked(self) -> dict[str, Any]:
        """The fields every command about one issue has, for those that have more."""
        return asdict(self.about)


Run = Callable[[Here, Use], Awaitable[Sentence | None]]
"""A sentence = it is done, and this is the answer. None = a form was opened."""

Opener = Callable[[Here, AsyncWebClient, payloads.Click], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class IssueVerb:
    """A row of the registry. `words` are what people type; the first is its name everywhere.

    `usage` stands after the command (``wait ISS-1``), `does` in the table of help, `label` in menus, and `hint` in the
    More form: what it does and who may. `has_button` = the card or a ping has a button for it, so More leaves it out.
    """

    words: tuple[str, ...]
    usage: str
    does: str
    label: str
    run: Run
    hint: str = ""
    has_button: bool = False

    @property
    def word(self) -> str:
        """Its name."""
        return self.words[0]

    @property
    def example(self) -> str:
        """The usage as somebody would type it: nothing in brackets."""
        return self.usage.replace("[", "").replace("]", "")


async def open_form(here: Here, use: Use, view: Mapping[str, Any], *, seen: bool = False) -> None:
    """Open a form, in the place of the modal that holds the button if one does, so that sending it leaves none behind.

    `here.remembered(via=use.about.via)` are its metadata to begin with. A number that was typed is looked up first,
    unless the verb has `seen` its issue. Words that are in none of its fields stand above them. Raises NotFound when
    there is none, NeedsButton where there is no trigger, and Refused when it is too late or this Slack has no modals.
    """
    if use.carried is None and not seen:
        await peek(here, use.about.number)
    view = with_words(view, use.words)
    if not use.view:
        await open_view(use.client, use.trigger, view)
        return
    try:
        await replace_view(use.client, use.view, view)
    except WindowClosed:
        raise
    except Refused:  # a Slack without views.update
        await push_view(use.client, use.trigger, view)


def clicked(here: Here, client: AsyncWebClient, click: payloads.Click) -> Use:
    """A pressed button as a use. Raises Refused when what it carries is none of ours."""
    carried = click.carried()
    about = IssueCommand(**here.about(click, carried))
    return Use(client, about, click.trigger, carried=carried, view=click.view if click.in_view else "")


def typed(here: Here, verb: IssueVerb, asked: Asked) -> Use:
    """What was typed after the verb's word as a use. Raises Refused, with an example, when no issue was named."""
    about, words = about_issue(here, asked, verb.example)
    _, raw = read_issue_number(asked.raw)
    return Use(asked.client, about, asked.slash.trigger, words, raw)


async def run_typed(here: Here, verb: IssueVerb, asked: Asked) -> Sentence | None:
    """Do what was typed after the verb's word; words that it has no place for are given back below the answer."""
    use = typed(here, verb, asked)
    said = await verb.run(here, use)
    if said is None or takes(verb.usage, use.words):
        return said
    return sentences(said, unread(use.words))


def as_sub_command(verb: IssueVerb) -> SubCommand:
    """The verb as a row of the main command's table."""

    async def handler(here: Here, asked: Asked) -> Drawing | None:
        said = await run_typed(here, verb, asked)
        return None if said is None else said_answer(said, here.services.clock.now())

    return SubCommand(verb.words, verb.usage, verb.does, handler)


def as_opener(verb: IssueVerb) -> Opener:
    """The verb behind a button or an entry of a menu, whose click carries what `ids.carried` made."""

    async def opener(here: Here, client: AsyncWebClient, click: payloads.Click) -> None:
        use = clicked(here, client, click)
        try:
            said = await verb.run(here, use)
        except Refused as refused:
            if not use.view:
                raise
            said = refused.sentence
        if said is not None:
            await _tell(here, use, said)

    return opener


async def _tell(here: Here, use: Use, said: Sentence) -> None:
    """In the place of the modal that holds the button; else only this person reads it, where they pressed."""
    about = use.about
    if use.view:
        try:
            await replace_view(use.client, use.view, notice_view(issue_name(about.number), said))
            return
        except NOT_SHOWN:
            pass  # it was closed meanwhile: what was done is said all the same
    await whisper(
        here.services, here.workspace, user=about.user, channel=about.via, key=about.key, sentence=said
    )
