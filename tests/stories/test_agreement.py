"""Agreement: everybody on the matrix is asked whether they can be what it expects of them."""

import pytest

from bot.adapters.matrix_file import load_matrix
from bot.domain.matrix.model import PublishedMatrix
from bot.sandbox.model import Message
from bot.usecases.agree_matrix import Agreeing, agreed
from bot.usecases.ports import Store
from bot.usecases.remind_agreements import remind_agreements, review_reminders
from tests.story import MATRIX, Story, ids

SLOWER = MATRIX.replace("acknowledge_within: 15m", "acknowledge_within: 45m")
WITHOUT_MAYA = MATRIX.replace('contacts: ["@maya"]', 'contacts: ["@rita"]')
REVIEWED = MATRIX.replace("    repeat: 1\n", "    repeat: 1\n    review_by: 2026-04-01\n")
TERMS = "You are level 1 for Customer care: 15 min to answer."


async def publishes(tale: Story, text: str) -> None:
    """A new version is in force, and the bot has looked who must be asked."""
    document = load_matrix(text, "story.yaml")

    def unit(store: Store) -> PublishedMatrix:
        latest = store.matrices.latest(tale.workspace)
        version = (latest.version if latest else 0) + 1
        published = PublishedMatrix(version, document, text)
        store.matrices.publish(tale.workspace, published, tale.id("dina"), "", tale.now())
        return published

    published = await tale.database.transactions.run(unit)
    tale.core.matrices.hold(tale.workspace, published)
    await looks(tale)


async def looks(tale: Story) -> None:
    """The job that asks, as a process does it that was started just now."""
    await Agreeing(tale.core.services, tale.workspace).look()
    await tale.settle()


async def days_later(tale: Story, days: float) -> None:
    """Time goes by, and the hourly job runs."""
    await tale.advance(days=days)
    await remind_agreements(tale.core.services, tale.workspace)
    await review_reminders(tale.core.services, tale.workspace)
    await tale.settle()


async def refuses(tale: Story, who: str, reason: str) -> None:
    """Press I can't agree and send the form."""
    await tale.clicks(who, ids.CANNOT_AGREE)
    await tale.submits(who, {"reason": reason})


async def said(tale: Story) -> dict[str, str]:
    """``path level`` -> who agreed, cannot and is silent, by handle."""
    handles = {tale.id(who): who for who in ("maya", "omar", "rita", "dina", "ann")}
    return {
        f"{one.path} {one.level}": " / ".join(
            ", ".join(handles[user] for user in users) or "-"
            for users in (one.agreed, one.cannot, one.waiting)
        )
        for one in await agreed(tale.core.services, tale.workspace)
    }


def asked(tale: Story, who: str) -> list[Message]:
    """The questions somebody has not answered yet."""
    return [one for one in tale.sandbox.dm(who) if ids.AGREE in one.actions]


async def test_everybody_on_the_matrix_is_asked_once(tale: Story) -> None:
    await looks(tale)
    assert TERMS in tale.dm("maya")[0]
    assert "these 2 places" in tale.dm("omar")[0]
    assert "You are level 2 for Customer care: 30 min to answer." in tale.dm("omar")[0]
    assert "You are level 1 for Everything else: 20 min to answer." in tale.dm("omar")[0]
    assert tale.dm("dina") == tale.dm("ann") == []
    assert not any("agree" in one.plain for one in tale.sandbox.messages("#ops-desk"))
    await looks(tale)
    await tale.restart()
    await looks(tale)
    assert [len(tale.dm(who)) for who in ("maya", "omar")] == [1, 1]
    assert await said(tale) == {
        "Customer care 1": "- / - / maya",
        "Customer care 2": "- / - / omar",
        "Everything else 1": "- / - / omar",
    }


async def test_agreeing_edits_the_message_to_the_truth(tale: Story) -> None:
    await looks(tale)
    await tale.clicks("maya", ids.AGREE)
    (only,) = tale.sandbox.dm("maya")
    assert only.actions == []
    assert "Thank you" in only.plain
    assert "You agreed" in only.plain
    assert (await said(tale))["Customer care 1"] == "maya / - / -"
    assert tale.dm("dina") == []


async def test_one_of_two_places_is_answered_after_the_other(tale: Story) -> None:
    await looks(tale)
    await tale.clicks("omar", ids.AGREE)
    (only,) = tale.sandbox.dm("omar")
    assert "this place" in only.plain
    await tale.clicks("omar", ids.AGREE)
    assert await said(tale) == {
        "Customer care 1": "- / - / maya",
        "Customer care 2": "omar / - / -",
        "Everything else 1": "omar / - / -",
    }


async def test_all_places_are_agreed_to_in_one_press(tale: Story) -> None:
    await looks(tale)
    await days_later(tale, 2)
    first, copy = tale.sandbox.dm("omar")
    stale = tale.sandbox.dm("maya")[0]
    await tale.clicks("omar", ids.AGREE_ALL, first)
    for one in tale.sandbox.dm("omar"):
        assert one.actions == [] and one.plain.count("You agreed") == copy.plain.count("You are level") > 1
    assert await said(tale) == {
        "Customer care 1": "- / - / maya",
        "Customer care 2": "omar / - / -",
        "Everything else 1": "omar / - / -",
    }
    assert ids.AGREE_ALL not in stale.actions, "one place needs no second button"


async def test_who_cannot_agree_says_why_and_the_path_owner_is_told(tale: Story) -> None:
    await looks(tale)
    await refuses(tale, "maya", "I moved to <billing> & sales.")
    (told,) = tale.dm("dina")
    assert TERMS in told
    assert "I moved to <billing> & sales." in told
    assert f"<@{tale.id('maya')}> can't agree" in tale.sandbox.dm("dina")[0].text
    (only,) = tale.sandbox.dm("maya")
    assert only.actions == []
    assert "Who keeps the path has been told" in only.plain
    assert (await said(tale))["Customer care 1"] == "- / maya / -"


async def test_a_path_without_an_owner_goes_to_the_escalation_manager(tale: Story) -> None:
    await looks(tale)
    await tale.clicks("omar", ids.AGREE)
    await refuses(tale, "omar", "Not at night.")
    assert "Everything else" in tale.dm("dina")[0]


async def test_a_new_version_asks_only_those_whose_terms_changed(tale: Story) -> None:
    await looks(tale)
    await tale.clicks("maya", ids.AGREE)
    await publishes(tale, SLOWER)
    assert len(tale.dm("omar")) == 1
    first, second = tale.sandbox.dm("maya")
    assert "nothing to answer here" in first.plain
    assert "45 min to answer" in second.plain
    assert (await said(tale))["Customer care 1"] == "- / - / maya"


async def test_who_leaves_a_level_is_not_asked_any_more_and_who_comes_is(tale: Story) -> None:
    await looks(tale)
    await publishes(tale, WITHOUT_MAYA)
    assert asked(tale, "maya") == []
    assert "have changed since" in tale.dm("maya")[0]
    assert TERMS in tale.dm("rita")[0]
    assert (await said(tale))["Customer care 1"] == "- / - / rita"


async def test_an_answer_that_comes_too_late_is_refused_with_the_new_terms(tale: Story) -> None:
    await looks(tale)
    await tale.clicks("maya", ids.CANNOT_AGREE)
    await publishes(tale, SLOWER)
    await tale.submits("maya", {"reason": "Too little time."})
    assert any("The terms have changed" in text for text in tale.errors("maya").values())
    await publishes(tale, WITHOUT_MAYA)
    await tale.submits("maya", {"reason": "Too little time."})
    assert any("no longer on level 1 of Customer care" in text for text in tale.errors("maya").values())
    assert tale.dm("dina") == []


async def test_nobody_answers_for_somebody_else(tale: Story) -> None:
    await looks(tale)
    await tale.clicks("maya", ids.AGREE)
    await publishes(tale, SLOWER)
    payload = tale.sandbox.last_payload("maya")
    (question,) = asked(tale, "maya")
    payload["actions"][0]["value"] = question.blocks[2]["elements"][0]["value"]
    payload["user"]["id"] = tale.id("omar")
    await tale.sandbox.raw_action(payload)
    await tale.settle()
    told = [*tale.dm("omar"), *(one.plain for one in tale.sandbox.ephemerals("omar"))]
    assert any("can answer this" in text for text in told), told
    assert (await said(tale))["Customer care 1"] == "- / - / maya"


async def test_silence_is_reminded_twice_then_the_path_owner_is_told_once(tale: Story) -> None:
    await looks(tale)
    await tale.clicks("omar", ids.AGREE)
    await tale.clicks("omar", ids.AGREE)
    counts = []
    for days in (1.9, 0.1, 2.9, 0.1, 1.9, 0.1, 30):
        await days_later(tale, days)
        counts.append((len(tale.dm("maya")), len(tale.dm("dina"))))
    assert counts == [(1, 0), (2, 0), (2, 0), (3, 0), (3, 0), (3, 1), (3, 1)]
    assert "You have not answered yet" in tale.dm("maya")[1]
    assert "has not said whether they agree" in tale.dm("dina")[0]
    assert "Customer care" in tale.dm("dina")[0]
    assert len(tale.dm("omar")) == 1


async def test_an_answer_settles_every_copy_of_the_question(tale: Story) -> None:
    await looks(tale)
    for days in (2, 3):
        await days_later(tale, days)
    assert len(asked(tale, "maya")) == 3
    await tale.clicks("maya", ids.AGREE, asked(tale, "maya")[0])
    assert asked(tale, "maya") == []
    assert all("You agreed" in text for text in tale.dm("maya"))
    await days_later(tale, 10)
    assert len(tale.dm("maya")) == 3


async def test_who_has_left_slack_is_not_asked(tale: Story) -> None:
    tale.sandbox.deactivate("maya")
    await looks(tale)
    assert "Customer care 1" not in await said(tale)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        pytest.param(15, None, id="earlier, nothing"),
        pytest.param(16, "is due for review by 1 April 2026", id="two weeks ahead"),
        pytest.param(16.5, None, id="not at night"),
        pytest.param(30, "is due for review today, 1 April 2026", id="on the day"),
        pytest.param(38, "was due for review by 1 April 2026", id="a week after"),
    ],
)
async def test_the_owner_is_reminded_of_the_review(tale: Story, day: float, words: str | None) -> None:
    await publishes(tale, REVIEWED)
    await days_later(tale, day)
    before = len(tale.dm("dina"))
    await days_later(tale, 0)
    assert len(tale.dm("dina")) == before
    told = [text for text in tale.dm("dina") if "review" in text]
    assert len(told) == (1 if words else 0)
    assert all(words in text for text in told if words)


async def test_reviews_are_reminded_of_on_time_and_every_week_after(tale: Story) -> None:
    await publishes(tale, REVIEWED)
    told = []
    for _ in range(50):
        await days_later(tale, 1)
        told.append(sum("review" in text for text in tale.dm("dina")))
    assert [day for day in range(1, 50) if told[day] > told[day - 1]] == [15, 29, 36, 43]
