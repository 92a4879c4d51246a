"""Answers are kept for a while, asked for once, and old rather than missing."""

import asyncio
from datetime import timedelta

import pytest

from bot.adapters.slack.directory.cache import Cache
from bot.usecases.outside import DirectoryDown
from tests.fakes.clock import FakeClock


class Source:
    """Where answers come from."""

    def __init__(self, answer: str | None = "Ana") -> None:
        self.answer = answer
        self.down = False
        self.asked = 0
        self.gate: asyncio.Event | None = None

    async def __call__(self) -> str | None:
        self.asked += 1
        answer = self.answer
        if self.gate is not None:
            await self.gate.wait()
        if self.down:
            raise DirectoryDown("down")
        return answer


@pytest.fixture
def cache(clock: FakeClock) -> Cache[str, str | None]:
    return Cache(clock, limit=3)


@pytest.mark.parametrize(("answer", "good_for"), [("Ana", 299), (None, 29)])
async def test_how_long_an_answer_is_good(
    cache: Cache[str, str | None], clock: FakeClock, answer: str | None, good_for: float
) -> None:
    source = Source(answer)
    await cache.get("U1", source)

    clock.advance(seconds=good_for)
    assert await cache.get("U1", source) == answer
    assert source.asked == 1

    clock.advance(seconds=1)
    assert await cache.get("U1", source) == answer
    assert source.asked == 2


async def test_somebody_may_want_it_fresher(cache: Cache[str, str | None], clock: FakeClock) -> None:
    source = Source()
    await cache.get("U1", source)
    clock.advance(seconds=61)

    await cache.get("U1", source, timedelta(seconds=60))

    assert source.asked == 2


async def test_many_who_ask_at_once_share_one_look_up(cache: Cache[str, str | None]) -> None:
    source = Source()

    assert await asyncio.gather(*(cache.get("U1", source) for _ in range(20))) == ["Ana"] * 20
    assert source.asked == 1


async def test_one_who_gives_up_does_not_take_it_from_the_others(cache: Cache[str, str | None]) -> None:
    source = Source()
    source.gate = asyncio.Event()
    impatient = asyncio.create_task(cache.get("U1", source))
    patient = asyncio.create_task(cache.get("U1", source))
    await asyncio.sleep(0)
    impatient.cancel()
    with pytest.raises(asyncio.CancelledError):
        await impatient

    source.gate.set()

    assert await patient == "Ana"


async def test_an_old_answer_is_better_than_none(cache: Cache[str, str | None], clock: FakeClock) -> None:
    source = Source()
    await cache.get("U1", source)
    clock.advance(minutes=10)
    source.down = True

    assert await cache.get("U1", source) == "Ana"
    assert await cache.get("U1", source, timedelta(seconds=1)) == "Ana"
    assert source.asked == 2  # and Slack is left alone for half a minute

    clock.advance(seconds=31)
    source.down, source.answer = False, "Ana B."
    assert await cache.get("U1", source) == "Ana B."


async def test_without_any_answer_the_directory_is_down(cache: Cache[str, str | None]) -> None:
    source = Source()
    source.down = True

    with pytest.raises(DirectoryDown):
        await cache.get("U1", source)


async def test_what_changed_is_asked_again_but_kept_for_bad_times(cache: Cache[str, str | None]) -> None:
    source = Source()
    await cache.get("U1", source)
    source.answer, source.down = "Ana B.", True
    cache.expire("U1")

    assert await cache.get("U1", source) == "Ana"


async def test_a_change_during_a_look_up_makes_its_answer_old(cache: Cache[str, str | None]) -> None:
    source = Source()
    source.gate = asyncio.Event()
    under_way = asyncio.create_task(cache.get("U1", source))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    source.answer = "Ana B."
    cache.expire_all()
    source.gate.set()

    assert await under_way == "Ana"
    assert await cache.get("U1", source) == "Ana B."


async def test_nothing_is_only_said_after_a_fresh_look(
    cache: Cache[str, str | None], clock: FakeClock
) -> None:
    source = Source("Ana")
    await cache.get("all", source)
    clock.advance(minutes=1)
    source.answer = "Ana, Omar"

    async def seek(name: str) -> str | None:
        return await cache.seek("all", source, lambda names: name if names and name in names else None)

    assert await seek("Omar") == "Omar"
    assert await seek("Zoe") is None
    assert source.asked == 2  # the second was fresh enough

    clock.advance(minutes=1)
    source.down = True
    assert await seek("Omar") == "Omar"
    with pytest.raises(DirectoryDown):
        await seek("Zoe")


async def test_the_oldest_answers_make_room(cache: Cache[str, str | None]) -> None:
    source = Source()
    for key in ("U1", "U2", "U3", "U4"):
        await cache.get(key, source)

    await cache.get("U4", source)
    assert source.asked == 4
    await cache.get("U1", source)
    assert source.asked == 5
