"""The rules of the matrix in its own titles."""

from bot.adapters.slack.blocks.facts import priority_title
from bot.adapters.slack.blocks.text import inline
from bot.domain.matrix.model import Match, Matrix


def takes(match: Match, matrix: Matrix, otherwise: str = "what no path above it takes") -> str:
    """Which issues a rule is for, escaped; `otherwise` where it asks for nothing."""
    if not match:
        return otherwise
    titles = _titles(matrix)
    parts = [
        f"{fact}: {', '.join(inline(titles.get((fact, one), one)) for one in some)}"
        for fact, some in match.items()
    ]
    return "; ".join(parts)


def _titles(matrix: Matrix) -> dict[tuple[str, str], str]:
    """By the name of a fact and a key of it."""
    return {
        **{("priority", one.key): priority_title(one) for one in matrix.priorities},
        **{("type", one.key): one.title for one in matrix.types},
        **{("service", one.key): one.title for one in matrix.services},
        **{("client", one.key): one.title for one in matrix.clients},
    }
