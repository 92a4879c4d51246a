"""A desk for every use case."""

import pytest

from tests.unit.usecases.desk import Desk


@pytest.fixture
def desk() -> Desk:
    """Monday noon, a matrix in force, nothing raised yet."""
    return Desk()
