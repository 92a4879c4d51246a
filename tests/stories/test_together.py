"""People take part: they write notes, correct, follow, join, thank; and issues that belong together become one."""

from bot.domain.events import EventKind
from bot.domain.ids import IssueRef
from bot.domain.issue import Issue
from bot.domain.lifecycle import State
from tests.story import Story, ids


async def happened(tale: Story, number: int = 1) -> list[EventKind]:
    """The kinds in an issue's timeline."""
    ref = IssueRef(tale.workspace, number)
    return [
        one.kind for one in await tale.core.services.transactions.read(lambda store: store.timeline.of(ref))
    ]


async def says(tale: Story, who: str, text: str) -> str:
    """What somebody is answered to a command."""
    return (await tale.types(who, text)).text


async def taken(tale: Story, **answers: str) -> Issue:
    """Ann raised it for Rita, and Maya has it."""
    await tale.raises("ann", requester=tale.id("rita"), **answers)
    await tale.clicks("maya", ids.ACK)
    return await tale.issue(await tale.newest())


async def test_a_note_is_for_those_who_work_on_it_and_never_reaches_the_requester(tale: Story) -> None:
    await taken(tale)
    said = await says(tale, "dina", "note ISS-1 The client shouts. Be gentle.")
    assert "The requester is not told" in said
    assert any("Internal note" in line and "Be gentle" in line for line in tale.log())
    assert "Be gentle" in tale.dm("maya")[-1]
    assert not any("Be gentle" in text for text in tale.dm("rita"))


async def test_a_note_without_words_opens_a_form_that_names_its_readers(tale: Story) -> None:
    await taken(tale)
    await tale.types("maya", "note ISS-1")
    assert "The requester is not told" in tale.notice("maya")
    await tale.submits("maya", {"text": "   "})
    assert tale.errors("maya")
    await tale.submits("maya", {"text": "Called them back."})
    assert EventKind.NOTED in await happened(tale)


async def test_a_correction_stands_in_the_timeline_and_asks_nobody_anew(tale: Story) -> None:
    await tale.raises("ann")
    pings = len(tale.dm("maya"))
    await tale.types("ann", "edit ISS-1")
    await tale.submits("ann", {"title": "Answers are three days late", "reference": "T-99"})
    issue = await tale.issue()
    assert (issue.facts.title, issue.facts.reference) == ("Answers are three days late", "T-99")
    assert [kind for kind in await happened(tale) if kind is EventKind.EDITED] == [EventKind.EDITED] * 2
    assert len(tale.dm("maya")) == pings
    assert "Answers are three days late" in tale.card().plain
    assert "Answers are three days late" in tale.newest_with("maya", ids.ACK).plain


async def test_an_edit_without_a_difference_says_so(tale: Story) -> None:
    await tale.raises("ann")
    await tale.types("ann", "edit ISS-1")
    await tale.submits("ann", {})
    assert any("nothing changes" in text for text in tale.errors("ann").values())


async def test_who_joins_is_told_about_every_step(tale: Story) -> None:
    await taken(tale)
    assert "every step" in await says(tale, "omar", "join ISS-1")
    assert "every step" in tale.dm("omar")[-1]
    assert (await tale.issue()).company.further == (tale.id("omar"),)
    assert "already" in await says(tale, "omar", "join ISS-1")
    said = await says(tale, "maya", f"join ISS-1 <@{tale.id('dina')}> they asked me")
    assert "is told about every step of ISS-1 now. Nobody reads your words “they asked me”" in said
    assert (await tale.issue()).company.further == (tale.id("omar"), tale.id("dina"))


async def test_who_follows_is_told_and_not_asked_until_they_stop(tale: Story) -> None:
    await tale.raises("ann", requester=tale.id("rita"))
    await tale.types("omar", "watch ISS-1")
    await tale.clicks("maya", ids.ACK)
    assert "took it" in tale.dm("omar")[-1]
    assert "took it" in tale.dm("ann")[-1], "who raised it for somebody else follows it from the start"
    for who in ("omar", "ann"):
        await tale.types(who, "unwatch ISS-1")
    told = {who: len(tale.dm(who)) for who in ("omar", "ann")}
    await tale.types("maya", "update ISS-1 Half done.")
    assert {who: len(tale.dm(who)) for who in told} == told
    assert "do not watch" in await says(tale, "omar", "unwatch ISS-1")


async def test_somebody_who_works_on_it_lets_a_colleague_follow(tale: Story) -> None:
    await taken(tale)
    assert "watches ISS-1 now" in await says(tale, "maya", f"watch ISS-1 <@{tale.id('omar')}>")
    assert "lets you watch ISS-1" in tale.dm("omar")[-1]
    assert "Only " in await says(tale, "rita", f"watch ISS-1 <@{tale.id('dina')}>")


async def test_thanks_go_to_whoever_helped_and_not_to_oneself(tale: Story) -> None:
    await taken(tale)
    await tale.types("rita", f"kudos ISS-1 <@{tale.id('maya')}> You saved my day")
    assert "You saved my day" in tale.dm("maya")[-1]
    assert "That is you" in await says(tale, "maya", f"kudos ISS-1 <@{tale.id('maya')}>")
    await tale.types("rita", "kudos ISS-1 What a day")
    modal = tale.sandbox.modal("rita")
    assert modal is not None
    assert modal.values()["text"] == "What a day", "whom is asked, and nothing typed is lost"


async def test_two_issues_are_linked_both_ways(tale: Story) -> None:
    await taken(tale)
    await tale.raises("ann")
    assert "are linked" in await says(tale, "maya", "link ISS-1 ISS-2")
    assert [(await tale.issue(n)).company.links for n in (1, 2)] == [(2,), (1,)]
    assert "linked already" in await says(tale, "maya", "link ISS-1 ISS-2")


async def test_a_merge_takes_priority_age_and_requesters_along(tale: Story) -> None:
    first = await taken(tale, urgency="high")
    await tale.advance(minutes=3)
    await tale.raises("dina", urgency="low", requester=tale.id("omar"))
    assert "goes on as ISS-2" in await says(tale, "maya", "merge ISS-1 into ISS-2")
    source, target = await tale.issue(1), await tale.issue(2)
    assert (source.state, source.company.merged_into) == (State.MERGED, 2)
    assert target.route.priority.key == "P1"
    assert target.raised_at == first.raised_at
    assert target.company.further == (tale.id("rita"),)
    news = tale.dm("rita")[-2:]  # about two issues at once: either may be there first
    assert any("handled together" in one for one in news), news
    assert "goes on as ISS-2" in tale.card(number=1).plain
    assert not tale.card(number=1).actions


async def test_merges_in_a_circle_and_into_itself_are_refused(tale: Story) -> None:
    await taken(tale)
    await tale.raises("ann")
    assert "ISS-1 itself" in await says(tale, "maya", "merge ISS-1 ISS-1")
    assert "There is no ISS-9" in await says(tale, "maya", "merge ISS-1 ISS-9")
    await tale.types("maya", "merge ISS-1 ISS-2")
    assert "merged into this one already" in await says(tale, "maya", "merge ISS-2 ISS-1")


async def test_the_form_links_or_merges_and_says_what_is_missing(tale: Story) -> None:
    await taken(tale)
    await tale.raises("ann")
    await tale.types("maya", "link ISS-1")
    await tale.submits("maya", {"other": "seven"})
    assert "for example ISS-7" in tale.errors("maya")["other"]
    await tale.submits("maya", {"other": "ISS-2", "how": "merge"})
    assert (await tale.issue(1)).state is State.MERGED
