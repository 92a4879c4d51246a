"""The page for a client as HTML: pure functions from values to text.

Whatever comes from the matrix or from somebody's keyboard goes through `text` and stands between tags or in quotes of
an attribute. There is no script and nothing is loaded. Staff are named by role: see `bot.domain.wording.client_terms`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from bot.adapters.http.client_style import STYLE
from bot.domain.wording.client_terms import ClientTerms, Step, Titled
from bot.usecases.client_ports import ClientYes
from bot.usecases.client_yes import NAME_LENGTH, PageShown

NOT_HERE = (
    "There is no page at this address, or not any more. Please ask whoever gave it to you for a new one. "
    "You have done nothing wrong."
)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a yes was not recorded. `name` is what was typed; `at_name` = it is about the name."""

    said: str
    name: str
    at_name: bool = False


def page(shown: PageShown, trouble: Trouble | None = None) -> str:
    """The whole page; with `trouble`, what has to be mended first."""
    title = f"{shown.terms.path}: how {shown.organisation or 'we'} answers {shown.client}"
    return _document(title, "".join(_parts(shown, trouble)))


def plain_page(title: str, said: str) -> str:
    """A sentence in place of a page."""
    return _document(title, f"<h1>{text(title)}</h1><p>{text(said)}</p>")


def text(raw: str) -> str:
    """Any text as HTML: between tags, or between the quotes of an attribute."""
    return escape(raw, quote=True)


def _document(title: str, body: str) -> str:
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="robots" content="noindex, nofollow">'
        f"<title>{text(title)}</title><style>{STYLE}</style></head><body><main>{body}</main></body></html>\n"
    )


def _parts(shown: PageShown, trouble: Trouble | None) -> Iterator[str]:
    terms = shown.terms
    yield f'<header><p class="from">{_name(shown.organisation)}</p><h1>{_name(terms.path)}</h1>'
    yield f"<p>How issues of {_name(shown.client)} are answered, as it is in force now "
    yield f'<span class="soft">(version {shown.version})</span>.</p></header>'
    yield from _state(shown, trouble)
    yield from _ladder(terms)
    yield _titled("What was promised", terms.promises)
    yield _titled("What is covered", terms.covered)
    yield _titled("When time counts", terms.hours)
    yield f"<section><h2>What happens at the end</h2>{_paragraphs(terms.ending)}</section>"
    yield from _form(shown, trouble)
    yield (
        "<footer>Whoever knows the address of this page can read it and agree. "
        "Please give it only to people it is for.</footer>"
    )


def _state(shown: PageShown, trouble: Trouble | None) -> Iterator[str]:
    if trouble is not None:
        yield f'<p class="said bad" role="alert" id="trouble">{text(trouble.said)}</p>'
    if shown.outdated is not None:
        yield (
            f'<p class="said" role="status">This has changed since you agreed on {_said(shown.outdated, shown)}. '
            "Please read it again; you can agree anew below.</p>"
        )
    elif shown.agreed:
        yield f'<p class="said good" role="status">Agreed on {_said(shown.agreed[-1], shown)}. Thank you.</p>'


def _said(yes: ClientYes, shown: PageShown) -> str:
    """``<time>2 March 2026, 12:00</time> (Zoë)``."""
    return f"{_instant(yes.said_at, shown.timezone)} ({_name(yes.name)})"


def _instant(at: datetime, timezone: str) -> str:
    local = at.astimezone(ZoneInfo(timezone))
    words = f"{local.day} {local:%B %Y, %H:%M}, {timezone} time"
    return f'<time datetime="{local.isoformat()}">{text(words)}</time>'


def _ladder(terms: ClientTerms) -> Iterator[str]:
    yield "<section><h2>Who answers, step by step</h2>"
    yield f'<p class="soft">For: {text(terms.takes)}</p>'
    if terms.told:
        yield f"<p>Told at the start: {_listed(terms.told)}.</p>"
    yield '<ol class="steps" role="list">'
    yield from map(_step, terms.steps)
    yield "</ol>"
    if len(terms.steps) > 1:
        yield "<p>If a step has not answered in its time, the next one is asked too.</p>"
    yield "</section>"


def _step(step: Step) -> str:
    role = f"<p>{text(step.role)}</p>" if step.role else ""
    told = f'<p class="soft">Told, not asked: {_listed(step.told)}</p>' if step.told else ""
    return f'<li><h3>{_name(step.name)}</h3>{role}<p class="time">{text(step.time)}</p>{told}</li>'


def _titled(heading: str, some: Sequence[Titled]) -> str:
    if not some:
        return ""
    rows = "".join(f"<dt>{text(one.title)}</dt><dd>{text(one.text)}</dd>" for one in some)
    return f"<section><h2>{heading}</h2><dl>{rows}</dl></section>"


def _form(shown: PageShown, trouble: Trouble | None) -> Iterator[str]:
    typed = text(trouble.name) if trouble else ""
    wrong = ' aria-invalid="true" aria-describedby="trouble" autofocus' if trouble and trouble.at_name else ""
    yield f"<section><h2>{'Agree as somebody else' if shown.agreed else 'Do you agree?'}</h2>"
    yield '<form method="post"><p>Your name, the time and this version are recorded, and whoever keeps this path '
    yield f'is told.</p><input type="hidden" name="terms" value="{text(shown.terms.mark)}">'
    yield '<label for="name">Your name</label>'
    yield f'<input id="name" name="name" autocomplete="name" maxlength="{NAME_LENGTH}" required value="{typed}"{wrong}>'
    yield '<button type="submit">We agree to this</button></form>'
    if shown.yeses:
        yield f"<h3>Who agreed</h3><ul>{''.join(_yes(one, shown) for one in reversed(shown.yeses))}</ul>"
    yield "</section>"


def _yes(yes: ClientYes, shown: PageShown) -> str:
    old = "" if yes in shown.agreed else ', <span class="soft">to an earlier text</span>'
    return f"<li>{_name(yes.name)}, {_instant(yes.said_at, shown.timezone)}, version {yes.version}{old}</li>"


def _paragraphs(some: Iterable[str]) -> str:
    return "".join(f"<p>{text(one)}</p>" for one in some)


def _listed(some: Iterable[str]) -> str:
    return ", ".join(_name(one) for one in some)


def _name(raw: str) -> str:
    """Isolated, so that a name that is read from right to left leaves the words around it in place."""
    return f"<bdi>{text(raw)}</bdi>"
