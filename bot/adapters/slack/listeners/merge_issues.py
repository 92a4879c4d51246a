"""Issues that belong together: link and merge, in words and in one form."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.adapters.slack import ids, payloads
from bot.adapters.slack.blocks import together_forms
from bot.adapters.slack.listeners.command import unread
from bot.adapters.slack.listeners.doors import Doors
from bot.adapters.slack.listeners.here import Here
from bot.adapters.slack.listeners.issue_verb import IssueVerb, Run, Use, open_form
from bot.domain.errors import FieldErrors
from bot.domain.ids import parse_issue_number, read_issue_number
from bot.domain.words import Sentence, sentences
from bot.usecases import merge_issues
from bot.usecases.commands import WithOther
from bot.usecases.rows import Answer
from bot.usecases.services import Services

Body = Mapping[str, Any]
Verb = Callable[[Services, WithOther], Awaitable[Answer]]

VERBS: Mapping[str, Verb] = {together_forms.LINK: merge_issues.link, together_forms.MERGE: merge_issues.merge}


def _run(how: str) -> Run:
    async def run(here: Here, use: Use) -> Sentence | None:
        other, rest = read_issue_number(use.words.removeprefix("into ").removeprefix("to "))
        if other is None:
            remembered = here.remembered(via=use.about.via)
            await open_form(
                here, use, together_forms.together_form(use.drawn_for, how, use.words, remembered)
            )
            return None
        said = (await VERBS[how](here.services, WithOther(**use.asked, other=other))).sentence
        return sentences(said, unread(rest)) if rest else said

    return run


LINK = IssueVerb(
    ("link",),
    "link ISS-1 [ISS-2]",
    "say that two issues belong together",
    "Link or merge",
    _run(together_forms.LINK),
    "Say that two issues belong together, or let this one go on as the other.",
)
MERGE = IssueVerb(
    ("merge",),
    "merge ISS-1 [ISS-2]",
    "the first goes on as the second: priority, age and requesters come along",
    "Merge",
    _run(together_forms.MERGE),
    has_button=True,
)


def register(doors: Doors, here: Here) -> None:
    """Bind the form."""

    @doors.view(ids.FORM_TOGETHER)
    async def on_submit(ack: AsyncAck, body: Body) -> None:
        form = payloads.submission(body)
        other = parse_issue_number(form.fields.get(ids.FIELD_OTHER, ""))
        verb = VERBS.get(form.fields.get(ids.FIELD_HOW, ""))
        if other is None:
            raise FieldErrors({ids.FIELD_OTHER: "Please write the number of an issue, for example ISS-7."})
        if verb is None:
            raise FieldErrors({ids.FIELD_HOW: "Please choose whether to link or to merge."})
        await verb(here.services, WithOther(**here.about(form, form.carried()), other=other))
        await ack()
