"""A new version of the matrix: all read what changed, the old file takes nothing back, open issues on request."""

from bot.adapters.matrix_file import load_matrix
from bot.domain.lifecycle import State
from bot.domain.matrix.model import PublishedMatrix
from bot.usecases import publish_matrix
from bot.usecases.apply_to_open import apply_to_open, list_changes
from tests.story import MATRIX, Story, ids

SOONER = MATRIX.replace("acknowledge_within: 15m", "acknowledge_within: 10m")
OTHERWISE = MATRIX.replace("match: {category: customer}", "match: {type: outage}")
"""Customer issues now take the path of everything else."""


async def publishes(tale: Story, source: str, base: int = 1) -> PublishedMatrix:
    """Dina publishes this document; other processes find it within two seconds."""
    services, matrix = tale.core.services, load_matrix(source, "new.yaml")
    published = await publish_matrix.apply(
        services, tale.workspace, matrix, source, base_version=base, author=tale.id("dina")
    )
    await publish_matrix.refresh(services.transactions, tale.core.matrices, tale.workspace)
    await tale.settle()
    return published


async def test_the_issue_channel_reads_what_changed(tale: Story) -> None:
    await publishes(tale, SOONER)
    told = tale.sandbox.messages("#issues")[-1].text.splitlines()
    assert told == [
        f"The matrix has a new version, 2, by <@{tale.id('dina')}>. What changed for you:",
        "• Level 1 of Customer care: 15 min -&gt; 10 min to answer.",
    ]


async def test_after_a_restart_with_the_old_file_the_newer_version_stays(tale: Story) -> None:
    await publishes(tale, SOONER)
    await tale.restart()
    current = tale.core.matrices.current(tale.workspace)
    assert current is not None
    assert (current.version, current.source) == (2, SOONER)
    issue = await tale.raises()
    assert issue.position.ends_at is not None
    assert (issue.position.ends_at - tale.now()).total_seconds() == 600


async def test_an_open_issue_keeps_its_ladder_until_the_new_one_is_applied(tale: Story) -> None:
    await tale.raises()
    await tale.advance(minutes=5)
    await publishes(tale, OTHERWISE)
    assert (await tale.issue()).route.version == 1
    assert tale.dm("omar") == []

    services = tale.core.services
    (change,) = await list_changes(services, tale.workspace)
    assert change.sentence.plain().startswith(
        "path Customer care -> Everything else and Duty manager is asked now"
    )
    await apply_to_open(services, tale.workspace, by=tale.id("dina"))
    await tale.settle()

    assert "needs your answer" in tale.dm("omar")[-1]
    assert "Duty manager is asked now; you may take it all the same" in tale.dm("maya")[0]
    assert any("changed how it is handled" in line for line in tale.log())
    await tale.clicks("omar", ids.ACK)
    after = await tale.issue()
    assert (after.state, after.owner, after.route.version) == (State.ACKNOWLEDGED, tale.id("omar"), 2)


async def test_less_time_on_the_same_path_moves_the_end_and_asks_nobody_anew(tale: Story) -> None:
    await tale.raises()
    await tale.advance(minutes=8)
    await publishes(tale, SOONER)
    await apply_to_open(tale.core.services, tale.workspace, by=tale.id("dina"))
    await tale.settle()
    before = len(tale.dm("maya"))
    await tale.advance(minutes=2)
    assert len(tale.dm("maya")) == before, "the reminder after ten minutes is past the end of the level"
    assert (await tale.issue()).position.level == 2
