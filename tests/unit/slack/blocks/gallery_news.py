"""The picture of a new version of the matrix."""

from collections.abc import Callable
from dataclasses import replace

from bot.adapters.slack.blocks.registry import draw
from bot.adapters.slack.drawing import Drawing
from bot.domain.matrix.diff import diff
from bot.domain.matrix_news import news
from bot.domain.words import Person, say
from tests import builders as make
from tests.unit.slack.blocks import examples

BEFORE = make.matrix()
AFTER = make.matrix(
    make.path(
        "Payments & <cards>",
        [
            make.level("Front desk", "#ops-desk", make.OMAR, within=make.minutes(10)),
            make.level("Director", make.DIRECTOR, within=make.minutes(60), role="decides *all*"),
        ],
        repeat=2,
    )
)


def version(*, few: bool = False) -> Drawing:
    """What the issue channel reads."""
    after = (
        replace(BEFORE, priority_matrix={**BEFORE.priority_matrix, ("some", "now"): "p1"}) if few else AFTER
    )
    notice = news(make.published(8, after), diff(BEFORE, after), say("{who}", who=Person(make.ANA)))
    return draw(examples.letter(notice, None))


NEWS: dict[str, Callable[[], Drawing]] = {
    "news": version,
    "news_in_one_line": lambda: version(few=True),
}
