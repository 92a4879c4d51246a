"""Publishing a file where Slack has less in it, is slow, or sends what nobody chose."""

import json
from copy import deepcopy
from typing import Any

import pytest

from bot.adapters.slack import ids
from bot.demo import sandbox_config
from bot.sandbox.errors import ModalRefused
from bot.sandbox.faults import Fault
from tests.stories.files import FASTER, chooses, errors_of, shown, submitted, versions
from tests.story import Story, story


@pytest.mark.parametrize("form", [ids.FORM_MATRIX_UPLOAD, ids.FORM_MATRIX_PUBLISH_FILE])
async def test_nothing_is_fetched_for_somebody_who_may_not_publish_it(tale: Story, form: str) -> None:
    await chooses(tale, "dina", FASTER)
    forged = submitted(tale, "dina", form)
    forged["user"]["id"] = tale.id("maya")
    tale.sandbox.world.uploads.clear()  # whoever fetched one now would say that it is gone

    answer = await tale.sandbox.raw_action(forged)

    assert "Only a workspace admin" in str(answer.body)
    assert len(await versions(tale)) == 1


@pytest.mark.parametrize("name", ["matrix.csv", "matrix", ""])
async def test_so_does_rung_where_slack_does_not_look(tale: Story, name: str) -> None:
    await chooses(tale, "dina", FASTER)
    form = submitted(tale, "dina", ids.FORM_MATRIX_UPLOAD)
    form["view"]["state"]["values"][ids.FIELD_FILE][ids.FIELD_FILE]["files"][0]["name"] = name
    form["view"]["state"]["values"][ids.FIELD_FILE][ids.FIELD_FILE]["files"][0]["title"] = name

    answer = await tale.sandbox.raw_action(form)

    assert errors_of(answer) == {ids.FIELD_FILE: "Choose one file whose name ends in .yaml or .yml."}


async def test_slack_takes_only_matrix_files(tale: Story) -> None:
    await tale.types("dina", "matrix edit")

    with pytest.raises(ModalRefused, match="none of: yaml, yml"):
        await tale.submits("dina", {ids.FIELD_FILE: tale.sandbox.upload("dina", "matrix.csv", "a,b")})


async def test_a_form_from_before_says_what_to_do(tale: Story) -> None:
    await chooses(tale, "dina", FASTER)
    form = submitted(tale, "dina", ids.FORM_MATRIX_PUBLISH_FILE)
    form["view"]["private_metadata"] = json.dumps({"nonce": "x", "base": "1"})

    answer = await tale.sandbox.raw_action(form)

    assert "choose the file again" in errors_of(answer)["note"]


async def test_slack_is_asked_where_a_file_is_when_the_form_does_not_say_it(tale: Story) -> None:
    await chooses(tale, "dina", FASTER)
    form = submitted(tale, "dina", ids.FORM_MATRIX_UPLOAD)
    without_address(form)

    answer = await tale.sandbox.raw_action(form)

    assert answer.body is not None
    assert answer.body["view"]["callback_id"] == ids.FORM_MATRIX_PUBLISH_FILE


async def test_a_slack_that_takes_too_long_is_answered_in_time(tale: Story) -> None:
    await chooses(tale, "dina", FASTER)
    form = submitted(tale, "dina", ids.FORM_MATRIX_PUBLISH_FILE)
    known = json.loads(form["view"]["private_metadata"])
    form["view"]["private_metadata"] = json.dumps({**known, "url": ""})
    tale.sandbox.faults.add("files.info", Fault.timeout())

    answer = await tale.sandbox.raw_action(form)

    assert answer.seconds < 3
    assert "Reading this file took too long" in errors_of(answer)["note"]


async def test_without_the_permission_people_are_told_of_the_command_line(database_url: str) -> None:
    manifest = deepcopy(dict(sandbox_config().manifest))
    scopes = manifest["oauth_config"]["scopes"]
    scopes["bot"] = [scope for scope in scopes["bot"] if scope != "files:read"]
    async with story(database_url, manifest=manifest) as tale:
        answer = await tale.types("dina", "matrix edit")

        assert answer.ok
        assert "rung matrix apply FILE" in shown(tale, "dina")
        assert "files:read" in shown(tale, "dina")


async def test_neither_does_a_slack_that_knows_no_such_field_leave_them_alone(tale: Story) -> None:
    tale.sandbox.faults.add("views.open", Fault.error("missing_scope"))

    await tale.types("dina", "matrix edit")

    assert "rung matrix apply FILE" in shown(tale, "dina")


async def test_a_file_that_was_deleted_in_between_is_to_be_chosen_again(tale: Story) -> None:
    file = await chooses(tale, "dina", FASTER)
    del tale.sandbox.world.uploads[file.id]

    await tale.submits("dina")

    assert tale.errors("dina")["note"] == "matrix.yaml is not in Slack any more. Please choose it again."
    assert len(await versions(tale)) == 1


def without_address(form: dict[str, Any]) -> None:
    """A file of a shared channel: Slack names it and no more."""
    (file,) = form["view"]["state"]["values"][ids.FIELD_FILE][ids.FIELD_FILE]["files"]
    for name in ("url_private", "url_private_download"):
        del file[name]
