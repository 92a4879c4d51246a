"""Fixtures that every test may use."""

import pytest

from tests.fakes.chance import FakeChance
from tests.fakes.clock import FakeClock
from tests.fakes.transactions import MemoryTransactions


@pytest.fixture
def clock() -> FakeClock:
    """Monday noon, standing still."""
    return FakeClock()


@pytest.fixture
def chance() -> FakeChance:
    """Always one half."""
    return FakeChance()


@pytest.fixture
def transactions() -> MemoryTransactions:
    """An empty store in memory."""
    return MemoryTransactions()
