"""A whole matrix as a file: an admin chooses it, sees what it would change, and publishes just that."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from bot.adapters.slack import ids
from bot.demo import PEOPLE
from tests.reliability.watch import strange_calls
from tests.stories.files import FASTER, SLOWER, chooses, news, shown, versions
from tests.story import MATRIX, Story, story

ADMINS = ("dina", "omar")
BROKEN = MATRIX.replace("owner: dina@example.com", "owner: dina@example").replace(
    "nag_every: 10m", "nag_every: soon"
)
LEVEL = '{name: First, contacts: ["@maya"], acknowledge_within: 5m}'


@pytest.fixture
async def tale(database_url: str) -> AsyncIterator[Story]:
    """Dina and Omar are admins."""
    people = [replace(one, is_admin=one.handle in ADMINS) for one in PEOPLE]
    async with story(database_url, people=people) as telling:
        yield telling
        assert strange_calls(telling.sandbox.journal, telling.sandbox.workspace.users) == []


async def test_an_admin_chooses_a_file_sees_what_it_changes_and_publishes_it(tale: Story) -> None:
    await tale.types("dina", "matrix")
    await tale.sandbox.click("dina", tale.sandbox.ephemerals("dina")[-1], ids.MATRIX_UPLOAD)
    file = tale.sandbox.upload("dina", "matrix.yaml", FASTER)
    await tale.submits("dina", {ids.FIELD_FILE: file, ids.FIELD_NOTE: "Customers wait too long"})

    assert "15 min -> 10 min" in shown(tale, "dina")
    assert news(tale) == []
    await tale.submits("dina")

    assert "Version 2 of the matrix is in force" in shown(tale, "dina")
    assert "15 min -> 10 min" in news(tale)[-1]
    (newest, _) = await versions(tale)
    assert (newest.author, newest.note) == (tale.id("dina"), "Customers wait too long")
    issue = await tale.raises()
    assert issue.position.ends_at is not None
    assert (issue.position.ends_at - issue.raised_at).total_seconds() == 600


async def test_the_form_lies_on_the_window_that_holds_the_button(database_url: str) -> None:
    types = "".join(f"  t{n}: {{title: T{n}, category: c{n}}}\n" for n in range(15))
    paths = "".join(f"  - {{name: Path {n}, match: {{type: t{n}}}, levels: [{LEVEL}]}}\n" for n in range(15))
    many = MATRIX.replace("types:\n", f"types:\n{types}").replace("paths:\n", f"paths:\n{paths}")
    async with story(database_url, many) as tale:
        await tale.types("dina", "matrix")
        await tale.sandbox.click("dina", tale.sandbox.ephemerals("dina")[-1], ids.MATRIX_PAGE_NEXT)
        below = tale.sandbox.modal("dina")
        assert below is not None

        await tale.sandbox.click("dina", below, ids.MATRIX_UPLOAD)

        on_top = tale.sandbox.modal("dina")
        assert on_top is not None
        assert (on_top.callback_id, on_top.previous_id) == (ids.FORM_MATRIX_UPLOAD, below.id)


@pytest.mark.parametrize("word", ["edit", "publish", "upload"])
async def test_who_is_no_admin_is_told_who_may(tale: Story, word: str) -> None:
    answer = await tale.types("maya", f"matrix {word}")

    assert answer.text == "Only a workspace admin may publish a whole matrix. Please ask one of them."
    assert tale.sandbox.modal("maya") is None


async def test_every_mistake_is_told_with_its_line_and_the_mended_file_is_chosen_right_there(
    tale: Story,
) -> None:
    await chooses(tale, "dina", BROKEN, "Faster")
    told = shown(tale, "dina")
    for wrong in ("owner: dina@example", "nag_every: soon"):
        line = next(number for number, text in enumerate(BROKEN.splitlines(), 1) if text.strip() == wrong)
        assert f":{line}:" in told
    assert "has 2 mistakes" in told
    assert files_in(tale, "dina") == [], "the file that was wrong does not stand there any more"

    await tale.submits("dina", {ids.FIELD_FILE: tale.sandbox.upload("dina", "mended.yml", FASTER)})

    assert "15 min -> 10 min" in shown(tale, "dina")
    await tale.submits("dina")
    assert (await versions(tale))[0].note == "Faster"


async def test_of_two_admins_at_once_the_second_sees_what_the_first_did_and_loses_nothing(
    tale: Story,
) -> None:
    await chooses(tale, "dina", FASTER, "Faster")
    await chooses(tale, "omar", SLOWER)
    await tale.submits("omar")

    await tale.submits("dina")

    told = shown(tale, "dina")
    assert f"version 2 is in force, by <@{tale.id('omar')}>" in told
    assert "20 min -> 40 min" in told
    assert len(await versions(tale)) == 2
    await tale.submits("dina")
    assert "40 min -> 20 min" in shown(tale, "dina"), "the plan says that it takes back what omar did"
    await tale.submits("dina")
    newest, *_ = await versions(tale)
    assert (newest.version, newest.author, newest.note) == (3, tale.id("dina"), "Faster")
    assert len(news(tale)) == 2


async def test_a_file_that_changed_since_it_was_looked_at_is_planned_again(tale: Story) -> None:
    file = await chooses(tale, "dina", FASTER)
    file.content = SLOWER.encode()

    await tale.submits("dina")

    assert "The file was changed in Slack since you looked at it" in shown(tale, "dina")
    assert "20 min -> 40 min" in shown(tale, "dina")
    assert len(await versions(tale)) == 1
    await tale.submits("dina")
    assert "20 min -> 40 min" in news(tale)[-1]


async def test_pressing_twice_publishes_once(tale: Story) -> None:
    await chooses(tale, "dina", FASTER)
    await tale.submits("dina")

    again = await tale.sandbox.replay(tale.sandbox.last_payload("dina"))

    assert "Version 2 of the matrix is in force" in str(again.body)
    assert len(await versions(tale)) == 2


async def test_the_matrix_in_force_is_nothing_to_publish(tale: Story) -> None:
    await chooses(tale, "dina", MATRIX)

    assert "There is nothing to publish" in tale.errors("dina")[ids.FIELD_FILE]


def files_in(tale: Story, who: str) -> Any:
    """What stands in the field for files."""
    view = tale.sandbox.modal(who)
    assert view is not None
    return view.values()[ids.FIELD_FILE]
