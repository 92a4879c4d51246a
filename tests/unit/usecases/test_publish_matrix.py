"""Publishing: what would change, one version after the other, nobody's work lost, and the file only when it changed."""

import asyncio
import logging
from dataclasses import replace

import pytest

from bot.domain.errors import NotFound
from bot.domain.matrix.diff import Kind
from bot.domain.matrix.model import Matrix, PublishedMatrix
from bot.domain.notification import Notice, NoticeKind
from bot.domain.words import load_sentence
from bot.usecases import publish_matrix
from bot.usecases.publish_matrix import BY_COMMAND, BY_FILE, NothingToPublish, Overtaken
from bot.usecases.rows import VersionInfo
from tests.builders import NOON, T1, T2, at_level_two, contact, issue, level, matrix, path, resolved, rules
from tests.unit.usecases.desk import Desk

ANA, OMAR = "U_ANA", "U_OMAR"
FIRST = matrix(path("Care", [level("Desk", "#desk"), level("Lead", "@omar")]))
SECOND = matrix(path("Care", [level("Desk", "#desk", "@lee"), level("Lead", "@omar")]))
THIRD = matrix(path("Care", [level("Desk", "#desk"), level("Lead", "@omar")], repeat=3))


async def published(
    desk: Desk, document: Matrix, source: str, base: int, author: str = ANA, note: str = ""
) -> PublishedMatrix:
    """Somebody publishes."""
    return await publish_matrix.apply(
        desk.services, T1, document, source, base_version=base, author=author, note=note
    )


async def started(desk: Desk, document: Matrix, source: str) -> PublishedMatrix:
    """The program starts with this file."""
    return await publish_matrix.publish_at_start(desk.transactions, desk.clock, T1, document, source)


def news(desk: Desk) -> list[Notice]:
    """What was told to the issue channel."""
    return [row.notice for row in desk.rows(NoticeKind.NEWS)]


def told(notice: Notice) -> list[str]:
    """The lines of a piece of news."""
    names = [name for name in ("sentence", "line1", "line2", "line3", "line4") if notice.text(name)]
    return [load_sentence(notice.text(name)).plain() for name in names]


# --- the plan ---------------------------------------------------------------------------------------------------------


async def test_the_plan_says_what_would_change_and_stores_nothing(desk: Desk) -> None:
    await published(desk, FIRST, "a", 0)
    plan = await publish_matrix.plan(desk.transactions, T1, SECOND, "b")
    assert (plan.base, plan.nothing, plan.warnings) == (1, False, ())
    assert [one.kind for one in plan.differences] == [Kind.CONTACT_ADDED]
    assert desk.store.matrices.latest(T1) == PublishedMatrix(1, FIRST, "a")


async def test_the_first_plan_is_on_nothing(desk: Desk) -> None:
    plan = await publish_matrix.plan(desk.transactions, T1, FIRST, "a")
    assert (plan.base, [one.kind for one in plan.differences]) == (0, [Kind.FIRST])


@pytest.mark.parametrize(
    ("document", "source", "nothing"), [(FIRST, "a", True), (FIRST, "a # why", False), (SECOND, "b", False)]
)
async def test_a_plan_may_be_to_do_nothing(desk: Desk, document: Matrix, source: str, nothing: bool) -> None:
    await published(desk, FIRST, "a", 0)
    assert (await publish_matrix.plan(desk.transactions, T1, document, source)).nothing is nothing


async def test_the_plan_reminds_of_issues_that_are_open(desk: Desk) -> None:
    await published(desk, FIRST, "a", 0)
    desk.has(issue(1), at_level_two(issue(2)), resolved(issue(3)))
    (warning,) = (await publish_matrix.plan(desk.transactions, T1, SECOND, "b")).warnings
    assert warning.plain().startswith("2 open issues keep their present path and times")
    assert (await publish_matrix.plan(desk.transactions, T1, FIRST, "a # why")).warnings == ()


# --- publishing -------------------------------------------------------------------------------------------------------


async def test_a_version_is_published_with_its_author_its_note_and_its_text(desk: Desk) -> None:
    await published(desk, FIRST, "a", 0)
    two = await published(desk, SECOND, "b # Lee is back", 1, OMAR, "Lee is back")
    assert two == PublishedMatrix(2, SECOND, "b # Lee is back")
    assert desk.store.matrices.latest(T1) == two
    assert desk.store.matrices.history(T1)[0] == VersionInfo(2, OMAR, "Lee is back", NOON)
    assert desk.bell.rings == 2


async def test_the_issue_channel_reads_what_changed(desk: Desk) -> None:
    await published(desk, FIRST, "a", 0)
    assert news(desk) == [], "the first version changes nothing for anybody"
    await published(desk, SECOND, "b", 1)
    (notice,) = news(desk)
    assert (notice.key, notice.to.id) == ("news:2", "#issues")
    assert told(notice) == [
        "The matrix has a new version, 2, by @U_ANA. What changed for you:",
        "@lee is now asked at level 1 of Care, 900 s to answer.",
    ]


async def test_news_go_where_cards_go_from_now_on(desk: Desk) -> None:
    await published(desk, FIRST, "a", 0)
    await published(desk, replace(FIRST, workspace=rules(issue_channel=contact("#new"))), "b", 1, BY_COMMAND)
    (notice,) = news(desk)
    assert notice.to.id == "#new"
    assert told(notice)[0] == "The matrix has a new version, 2. What changed for you:"


async def test_news_are_three_lines_and_how_many_more(desk: Desk) -> None:
    await published(desk, FIRST, "a", 0)
    many = [contact(f"@p{n}") for n in range(7)]
    care = replace(FIRST.paths[0], levels=(replace(FIRST.paths[0].levels[0], contacts=tuple(many)),))
    await published(desk, replace(FIRST, paths=(care,)), "b", 1)
    assert len(told(news(desk)[0])) == 4
    assert news(desk)[0].args["more"] == 6


async def test_where_only_comments_changed_there_is_a_version_and_no_news(desk: Desk) -> None:
    await published(desk, FIRST, "a", 0)
    assert (await published(desk, FIRST, "a # why", 1)).version == 2
    assert news(desk) == []


async def test_the_document_in_force_is_not_published_again(desk: Desk) -> None:
    await published(desk, FIRST, "a", 0)
    with pytest.raises(NothingToPublish) as refused:
        await published(desk, FIRST, "a", 1)
    assert str(refused.value) == "There is nothing to publish: version 1, which is in force, says the same."
    assert [one.version for one in desk.store.matrices.history(T1)] == [1]


async def test_who_comes_second_learns_who_was_first_and_loses_nothing(desk: Desk) -> None:
    await published(desk, FIRST, "a", 0)
    await published(desk, SECOND, "b", 1, OMAR)
    with pytest.raises(Overtaken) as refused:
        await published(desk, THIRD, "c", 1)
    assert str(refused.value) == (
        "You began with version 1, and by now version 2 is in force, by @U_OMAR (version 2, Mon 02 Mar 12:00 UTC). "
        "Nothing of yours is lost: look at what changed since, then publish again."
    )
    assert (refused.value.base, refused.value.latest.version) == (1, 2)
    assert [one.version for one in refused.value.since] == [2]
    assert (await published(desk, THIRD, "c", refused.value.latest.version)).version == 3


async def test_of_many_who_were_faster_three_are_named(desk: Desk) -> None:
    await published(desk, FIRST, "a", 0)
    for base, author in enumerate((OMAR, BY_COMMAND, BY_FILE, OMAR, OMAR), 1):
        await published(desk, FIRST, f"a{base}", base, author)
    with pytest.raises(
        Overtaken, match=r"@U_OMAR \(version 6, .*, @U_OMAR .* the matrix file .* and 2 more\. Nothing"
    ):
        await published(desk, THIRD, "c", 1)


async def test_the_same_click_twice_publishes_once(desk: Desk) -> None:
    await published(desk, FIRST, "a", 0)
    assert await published(desk, SECOND, "b", 1) == await published(desk, SECOND, "b", 1)
    assert [one.version for one in desk.store.matrices.history(T1)] == [2, 1]
    assert len(news(desk)) == 1


async def test_of_two_at_the_same_moment_one_publishes(desk: Desk) -> None:
    await published(desk, FIRST, "a", 0)
    both = (published(desk, SECOND, "b", 1), published(desk, THIRD, "c", 1, OMAR))
    done, late = await asyncio.gather(*both, return_exceptions=True)
    assert isinstance(done, PublishedMatrix)
    assert isinstance(late, Overtaken)


async def test_workspaces_have_versions_of_their_own(desk: Desk) -> None:
    await published(desk, FIRST, "a", 0)
    other = await publish_matrix.apply(desk.services, T2, FIRST, "a", base_version=0, author=ANA)
    assert other.version == 1


# --- going back -------------------------------------------------------------------------------------------------------


async def test_going_back_is_a_new_version(desk: Desk) -> None:
    await published(desk, FIRST, "a", 0)
    await published(desk, SECOND, "b", 1)
    back = await publish_matrix.roll_back(desk.services, T1, 1, base_version=2, author=OMAR)
    assert back == PublishedMatrix(3, FIRST, "a")
    assert desk.store.matrices.history(T1)[0].note == "back to version 1"
    assert told(news(desk)[-1])[1] == "@lee is no longer asked at level 1 of Care."


async def test_going_back_to_what_is_in_force_or_never_was(desk: Desk) -> None:
    await published(desk, FIRST, "a", 0)
    with pytest.raises(NothingToPublish):
        await publish_matrix.roll_back(desk.services, T1, 1, base_version=1, author=OMAR)
    with pytest.raises(NotFound, match="There is no version 9 of the matrix"):
        await publish_matrix.roll_back(desk.services, T1, 9, base_version=1, author=OMAR)


async def test_nobody_goes_back_over_somebody_elses_change_unseen(desk: Desk) -> None:
    await published(desk, FIRST, "a", 0)
    await published(desk, SECOND, "b", 1)
    await published(desk, THIRD, "c", 2, OMAR)
    with pytest.raises(Overtaken):
        await publish_matrix.roll_back(desk.services, T1, 1, base_version=2, author=ANA)


# --- the file at start ------------------------------------------------------------------------------------------------


async def test_a_file_that_changed_is_published(desk: Desk) -> None:
    assert (await started(desk, FIRST, "a")).version == 1
    assert (await started(desk, FIRST, "a")).version == 1
    assert (await started(desk, SECOND, "b")).version == 2
    assert desk.store.matrices.history(T1)[0].author == BY_FILE
    assert len(news(desk)) == 1


async def test_an_old_file_takes_back_nothing_that_was_published_later(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    await started(desk, FIRST, "a")
    two = await published(desk, SECOND, "b", 1)
    with caplog.at_level(logging.INFO):
        assert await started(desk, FIRST, "a") == two
    assert "version 2 is newer and stays" in caplog.text


async def test_a_file_that_is_put_back_is_a_changed_file(desk: Desk) -> None:
    await started(desk, FIRST, "a")
    await started(desk, SECOND, "b")
    assert (await started(desk, FIRST, "a")).version == 3


async def test_a_file_that_was_taken_from_slack_is_no_change_either(desk: Desk) -> None:
    await started(desk, FIRST, "a")
    await published(desk, SECOND, "b", 1)
    assert (await started(desk, SECOND, "b")).version == 2, "exported and put into the file"
    three = await published(desk, THIRD, "c", 2)
    assert await started(desk, SECOND, "b") == three, "the file did not change since"


async def test_a_changed_file_goes_over_what_was_edited_in_slack(desk: Desk) -> None:
    await started(desk, FIRST, "a")
    await published(desk, SECOND, "b", 1)
    assert await started(desk, THIRD, "c") == PublishedMatrix(3, THIRD, "c")


async def test_a_file_is_new_where_there_never_was_one(desk: Desk) -> None:
    await published(desk, FIRST, "a", 0, BY_COMMAND)
    assert (await started(desk, SECOND, "b")).version == 2


async def test_a_file_that_is_read_differently_is_published_again(desk: Desk) -> None:
    """A newer Rung knows more holidays, or another default."""
    await started(desk, FIRST, "a")
    assert (await started(desk, SECOND, "a")) == PublishedMatrix(2, SECOND, "a")
    assert desk.store.matrices.history(T1)[0].note == "the same file, read anew"
