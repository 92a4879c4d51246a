"""What a letter is about."""

from bot.domain.issue import Issue
from bot.domain.words import NOTHING, Sentence, load_sentence
from bot.usecases.rows import Letter


def issue_of(letter: Letter) -> Issue:
    """The issue. Raises ValueError when the letter is about none."""
    if letter.issue is None:
        raise ValueError(f"a {letter.row.notice.kind} needs its issue")
    return letter.issue


def sentence_of(letter: Letter) -> Sentence:
    """What the notice says; nothing when it says nothing. Raises ValueError when it is not a sentence."""
    said = letter.row.notice.text("sentence")
    return load_sentence(said) if said else NOTHING


def next_of(letter: Letter) -> Sentence:
    """By when there are more news; nothing where that was not promised."""
    said = letter.row.notice.text("next")
    return load_sentence(said) if said else NOTHING


def command_of(letter: Letter) -> str:
    """How the main command is called here: ``extra["command"]``, else ``/issue``."""
    return str((letter.extra or {}).get("command") or "/issue")


def quote_of(letter: Letter) -> str:
    """What somebody wrote, raw; empty when nobody did."""
    return letter.row.notice.text("quote")
