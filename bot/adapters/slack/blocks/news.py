"""What a new version of the matrix changes: a headline and a few lines."""

from bot.adapters.slack.blocks.elements import section
from bot.adapters.slack.blocks.subject import command_of, sentence_of
from bot.adapters.slack.blocks.text import fallback, render
from bot.adapters.slack.drawing import Drawing
from bot.domain.matrix_news import MOST_LINES
from bot.domain.words import load_sentence
from bot.usecases.rows import Letter

_LINE_LIMIT = 600
_LINES = tuple(f"line{number}" for number in range(1, MOST_LINES + 1))


def draw_news(letter: Letter) -> Drawing:
    """See `bot.domain.matrix_news.news` for the arguments of the notice."""
    headline = render(sentence_of(letter), letter.now, _LINE_LIMIT)
    changed = [f"• {line}" for name in _LINES if (line := _line(letter, name))]
    lines = [line for line in (headline, *changed, _more(letter)) if line]
    return Drawing(fallback(lines), [section("\n".join(lines))], live=False)


def _line(letter: Letter, name: str) -> str:
    said = letter.row.notice.text(name)
    return render(load_sentence(said), letter.now, _LINE_LIMIT) if said else ""


def _more(letter: Letter) -> str:
    more = letter.row.notice.text("more")
    return f"and {more} more: `{command_of(letter)} matrix versions`" if more else ""
