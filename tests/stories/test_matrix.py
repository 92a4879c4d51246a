"""The matrix in Slack: everybody looks at it, path owners change it in forms, and nobody's change is lost."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.adapters.slack import ids
from bot.demo import sandbox_config
from bot.sandbox.faults import Fault
from tests.reliability.watch import strange_calls
from tests.story import MATRIX, Story, story

OWNED = MATRIX.replace(
    "  - name: Everything else\n", "  - name: Everything else\n    owner: omar@example.com\n"
)
LEVEL_ONE = {
    "contacts": "@maya",
    "acknowledge_within": "15m",
    "remind_every": "5m",
    "role": "Owns the first answer",
    "inform": "",
}


@pytest.fixture
async def tale(database_url: str) -> AsyncIterator[Story]:
    """Dina owns Customer care, Omar owns Everything else."""
    async with story(database_url, OWNED) as telling:
        yield telling
        assert strange_calls(telling.sandbox.journal, telling.sandbox.workspace.users) == []


def whisper(tale: Story, who: str) -> str:
    return tale.sandbox.ephemerals(who)[-1].plain


async def opens_level(tale: Story, who: str, path: str, number: int) -> None:
    """Show the path, and press Edit at one of its levels."""
    await tale.types(who, f"matrix {path}")
    buttons = [one for one in tale.sandbox.ephemerals(who)[-1].actions if one == ids.MATRIX_EDIT_LEVEL]
    assert buttons, f"{who} may not edit {path}"
    answer = await tale.sandbox.click(who, tale.sandbox.ephemerals(who)[-1], ids.MATRIX_EDIT_LEVEL)
    assert answer.acked, answer.error


async def source(tale: Story) -> str:
    latest = await tale.core.services.transactions.read(lambda store: store.matrices.latest(tale.workspace))
    assert latest is not None
    return latest.source


async def test_everybody_sees_every_path_in_a_line(tale: Story) -> None:
    await tale.types("ann", "matrix")

    assert "Customer care" in whisper(tale, "ann")
    assert "1. Team lead (15 min) → 2. Operations (30 min)" in whisper(tale, "ann")
    assert ids.MATRIX_EDIT_LEVEL not in tale.sandbox.ephemerals("ann")[-1].actions


async def test_everybody_sees_what_is_promised(database_url: str) -> None:
    promised = OWNED.replace(
        "priorities:\n",
        "services: {billing: {title: Billing, scope: 'Covered: refunds. Not covered: tax advice.'}}\n"
        "targets: [{match: {priority: P1}, respond: 15m, resolve: 4h, breach_every: 2h}]\n"
        "promises: [{match: {service: billing}, answer: 1h, calendar: always}]\n"
        "priorities:\n",
        1,
    )
    async with story(database_url, promised) as tale:
        await tale.types("ann", "matrix")
        await tale.sandbox.click("ann", tale.sandbox.ephemerals("ann")[-1], ids.MATRIX_PROMISES)

        said = tale.notice("ann").replace("*", "")
        assert "Billing: Covered: refunds. Not covered: tax advice." in said
        assert "priority: Critical (P1): answered within 15 min, solved within 4 h; what is later" in said
        assert "service: Billing: an answer within 1 h" in said


async def test_a_ladder_says_who_is_there_and_how_long_they_have(tale: Story) -> None:
    await tale.types("ann", "matrix customer")

    said = whisper(tale, "ann")
    assert f"@{tale.id('maya')}" in said or "Maya" in said
    assert "15 min to answer, reminded every 5 min" in said
    assert "ops-managers" in said


async def test_a_path_that_is_not_there_is_answered_with_those_that_are(tale: Story) -> None:
    await tale.types("ann", "matrix custmer care")

    assert "Did you mean" in whisper(tale, "ann")


async def test_the_owner_of_a_path_changes_a_timer_and_everybody_hears_of_it(tale: Story) -> None:
    await opens_level(tale, "dina", "customer", 1)
    await tale.submits("dina", {**LEVEL_ONE, "acknowledge_within": "10m"})
    assert "10 min" in tale.notice("dina")

    await tale.submits("dina", {ids.FIELD_NOTE: "Customers wait too long"})

    assert "is in force" in tale.notice("dina")
    assert "acknowledge_within: 10m" in await source(tale)
    assert any("10 min" in message.plain for message in tale.sandbox.messages("#issues"))
    issue = await tale.raises()
    assert issue.position.ends_at is not None
    assert (issue.position.ends_at - issue.raised_at).total_seconds() == 600


async def test_what_was_typed_wrongly_is_told_at_its_field(tale: Story) -> None:
    await opens_level(tale, "dina", "customer", 1)

    await tale.submits("dina", {**LEVEL_ONE, "acknowledge_within": "soon", "contacts": "maya"})

    assert set(tale.errors("dina")) == {"acknowledge_within", "contacts"}


async def test_a_form_in_which_nothing_was_changed_publishes_nothing(tale: Story) -> None:
    await opens_level(tale, "dina", "customer", 1)

    await tale.submits("dina", LEVEL_ONE)

    assert "Nothing is different" in " ".join(tale.errors("dina").values())


async def test_of_two_changes_at_once_the_second_sees_the_first_and_loses_nothing(tale: Story) -> None:
    await opens_level(tale, "dina", "customer", 1)
    await tale.submits("dina", {**LEVEL_ONE, "acknowledge_within": "10m"})
    await opens_level(tale, "omar", "everything", 1)
    await tale.submits(
        "omar",
        {"contacts": "@omar", "acknowledge_within": "25m", "remind_every": "", "role": "", "inform": ""},
    )

    await tale.submits("omar", {})
    await tale.submits("dina", {ids.FIELD_NOTE: "Faster"})

    assert "by now version 2 is in force" in tale.notice("dina")
    assert "10 min" in tale.notice("dina")
    await tale.submits("dina", {})
    text = await source(tale)
    assert "acknowledge_within: 10m" in text
    assert "acknowledge_within: 25m" in text


async def test_who_owns_nothing_may_change_nothing(tale: Story) -> None:
    await opens_level(tale, "dina", "customer", 1)
    payload = tale.sandbox.last_payload("dina")

    answer = await tale.sandbox.raw_action({**payload, "user": {"id": tale.id("ann")}})
    await tale.settle()

    assert answer.acked
    assert "Only" in " ".join([*tale.dm("ann"), *(m.plain for m in tale.sandbox.ephemerals("ann"))])


async def test_an_admin_applies_a_new_version_to_open_issues(database_url: str) -> None:
    people = [replace(one, is_admin=one.handle == "dina") for one in sandbox_config().people]
    async with story(database_url, OWNED, people=people) as tale:
        issue = await tale.raises()
        await opens_level(tale, "dina", "customer", 1)
        await tale.submits("dina", {**LEVEL_ONE, "acknowledge_within": "10m"})
        await tale.submits("dina", {})
        await tale.sandbox.close_modal("dina", everything=True)
        await tale.types("dina", "matrix versions")
        view = tale.sandbox.modal("dina")
        assert view is not None

        await tale.sandbox.click("dina", view, ids.MATRIX_OPEN)
        assert f"ISS-{issue.number}" in tale.notice("dina")
        await tale.submits("dina", {})

        assert "Done" in tale.notice("dina")
        after = await tale.issue(issue.number)
        assert after.route.version == 2
        assert after.position.ends_at is not None
        assert (after.position.ends_at - issue.raised_at).total_seconds() == 600


async def test_an_admin_goes_back_to_an_earlier_version(database_url: str) -> None:
    people = [replace(one, is_admin=one.handle == "dina") for one in sandbox_config().people]
    async with story(database_url, OWNED, people=people) as tale:
        await opens_level(tale, "dina", "customer", 1)
        await tale.submits("dina", {**LEVEL_ONE, "acknowledge_within": "10m"})
        await tale.submits("dina", {})
        await tale.sandbox.close_modal("dina", everything=True)

        await tale.types("dina", "matrix versions")
        view = tale.sandbox.modal("dina")
        assert view is not None
        await tale.sandbox.click("dina", view, ids.MATRIX_BACK)
        await tale.settle()

        assert "Version 3" in tale.notice("dina")
        assert await source(tale) == OWNED


async def test_anybody_sees_who_would_be_asked_on_a_sunday_night(tale: Story) -> None:
    await tale.types("ann", "matrix who sunday 03:00")
    await tale.submits("ann", {"type": "response-time", "impact": "high", "urgency": "high"})

    said = tale.notice("ann")
    assert "Sunday" in said
    assert "1. Team lead (Owns the first answer)" in said
    assert "UNANSWERED from" in said


async def test_the_picture_comes_as_a_direct_message_with_its_words(tale: Story) -> None:
    await tale.types("ann", "matrix who sunday 03:00")
    await tale.submits("ann", {"type": "response-time", "impact": "high", "urgency": "high"})
    view = tale.sandbox.modal("ann")
    assert view is not None

    await tale.sandbox.click("ann", view, ids.MATRIX_PICTURE)
    await tale.settle()

    message = tale.sandbox.dm("ann")[-1]
    (file,) = message.files
    assert message.text.endswith("came Sunday 8 March 03:00")
    assert file["mimetype"] == "image/png"
    assert "Team lead" in file["alt_txt"]


@pytest.mark.parametrize("lack", [Fault.unknown_method(), Fault.status(503)], ids=["missing", "silent"])
async def test_where_files_cannot_be_shared_the_words_come_alone(database_url: str, lack: Fault) -> None:
    async with story(database_url, OWNED) as tale:
        tale.sandbox.faults.add("files.getUploadURLExternal", lack, times=None)
        await tale.types("ann", "matrix who")
        await tale.submits("ann", {})
        view = tale.sandbox.modal("ann")
        assert view is not None

        await tale.sandbox.click("ann", view, ids.MATRIX_PICTURE)
        await tale.advance(minutes=1)

        assert "Team lead" in tale.dm("ann")[-1]


async def test_a_time_that_means_nothing_is_told_at_its_field(tale: Story) -> None:
    await tale.types("ann", "matrix who")
    await tale.submits("ann", {"at": "next blursday"})

    assert "blursday" in tale.errors("ann")["at"]
