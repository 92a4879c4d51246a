"""The same judges as for stories."""

from collections.abc import Iterator

import pytest

from tests.reliability.watch import watched_log


@pytest.fixture(autouse=True)
def expected_errors() -> Iterator[list[str]]:
    """A test in whose course an error is logged fails, unless it has put a piece of that error into this list."""
    yield from watched_log()
