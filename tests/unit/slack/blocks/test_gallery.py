"""Every picture is as it was reviewed, and nothing Slack or a reader would mind."""

import pytest

from bot.adapters.slack.blocks.registry import DRAWERS
from bot.domain.notification import NoticeKind
from tests.unit.slack import picture_book
from tests.unit.slack.blocks.gallery import GALLERY
from tests.unit.slack.second_opinion import objections


@pytest.mark.parametrize("name", sorted(GALLERY))
def test_the_picture_is_as_it_was_reviewed(name: str) -> None:
    picture = GALLERY[name]()
    assert picture_book.readable(picture) == picture_book.kept(name, picture)


@pytest.mark.parametrize("name", sorted(GALLERY))
def test_slack_would_take_it(name: str) -> None:
    assert objections(GALLERY[name]()) == []


def test_the_book_holds_no_other_pictures() -> None:
    assert picture_book.pages() == set(GALLERY)


def test_every_notice_has_a_drawer() -> None:
    assert set(DRAWERS) == set(NoticeKind)
