"""Sharing a picture: the three steps of an upload, and what comes of it when one of them fails."""

import pytest

from bot.adapters.slack.errors import SlackFailed
from bot.adapters.slack.uploads import COMPLETE, UPLOAD, SharedFile, Uploader
from bot.domain.delivery import Reason
from bot.sandbox.faults import Fault
from tests.integration.slack.conftest import Start
from tests.integration.slack.rig import Rig, config

PICTURE = SharedFile(
    "ladder.png", "Who would be asked", "Level 1 Team lead at 12:00", b"\x89PNG\r\n\x1a\n..."
)


async def test_a_picture_arrives_with_its_words(rig: Rig) -> None:
    place = rig.target("#issues").id

    await Uploader(rig.slack).share(place, PICTURE, "Who would be asked:")

    message = rig.sandbox.messages("#issues")[-1]
    assert message.text == "Who would be asked:"
    assert [(file["name"], file["alt_txt"], file["mimetype"]) for file in message.files] == [
        ("ladder.png", "Level 1 Team lead at 12:00", "image/png")
    ]


async def test_the_picture_can_be_looked_at(rig: Rig) -> None:
    await Uploader(rig.slack).share(rig.target("#issues").id, PICTURE, "")
    (file,) = rig.sandbox.messages("#issues")[-1].files
    assert rig.slack.web.session is not None

    token = {"Authorization": f"Bearer {rig.slack.web.token}"}
    async with rig.slack.web.session.get(file["url_private"], headers=token) as answer:
        assert (answer.content_type, await answer.read()) == ("image/png", PICTURE.content)


async def test_very_long_words_are_cut_to_what_slack_takes(rig: Rig) -> None:
    long = SharedFile("a.png", "A", "word " * 1000, b"x")

    await Uploader(rig.slack).share(rig.target("#issues").id, long, "")

    assert len(rig.sandbox.messages("#issues")[-1].files[0]["alt_txt"]) == 1000


async def test_without_the_permission_the_kind_of_call_is_missing(start: Start) -> None:
    rig = await start(config(without="files:write"))

    with pytest.raises(SlackFailed) as failed:
        await Uploader(rig.slack).share(rig.target("#issues").id, PICTURE, "")

    assert failed.value.reason is Reason.KIND
    assert not rig.sandbox.messages("#issues")


@pytest.mark.parametrize("step", [UPLOAD, COMPLETE])
async def test_a_step_that_fails_posts_nothing(rig: Rig, step: str) -> None:
    rig.sandbox.faults.add(step, Fault.error("internal_error"))

    with pytest.raises(SlackFailed):
        await Uploader(rig.slack).share(rig.target("#issues").id, PICTURE, "")

    assert not rig.sandbox.messages("#issues")
