"""Public holidays by name: ``GB``, ``GB-ENG``, ``DE-BY``. The library that knows them is loaded when one is named."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from warnings import catch_warnings, simplefilter

from bot.adapters.matrix_file.values import a_text
from bot.domain.matrix.phrases import nearest, quoted

YEARS = range(2020, 2061)
"""The years for which holidays are written out."""
_MOST_SHOWN = 20


def holiday_name(value: object) -> str:
    """A country or a part of it whose public holidays are known. Raises ValueError."""
    text = a_text(value, "a country such as GB, or a part of one such as GB-ENG")
    country, _, part = text.partition("-")
    known = _countries()
    if country not in known:
        raise ValueError(
            f"No public holidays are known for {quoted(country)}. {_country_hint(country, known)}"
        )
    if "-" in text and part not in known[country]:
        raise ValueError(
            f"{country} has no part {quoted(part)} with holidays. {_part_hint(country, part, known)}"
        )
    return text


def days_off(names: Iterable[str]) -> frozenset[date]:
    """The public holidays of all of them in `YEARS`. Each name is a `holiday_name`."""
    return frozenset(day for name in names for day in _days_of(name))


@cache
def _days_of(name: str) -> frozenset[date]:
    import holidays

    country, _, part = name.partition("-")
    with catch_warnings():
        simplefilter("ignore")  # some follow the moon: the library says for which years it knows them
        return frozenset(holidays.country_holidays(country, subdiv=part or None, years=YEARS))


@cache
def _countries() -> dict[str, list[str]]:
    """Country codes with the codes of their parts."""
    import holidays

    return holidays.list_supported_countries(include_aliases=False)


def _country_hint(written: str, known: dict[str, list[str]]) -> str:
    from holidays.registry import COUNTRIES

    plain = written.lower().replace(" ", "_")
    aliases = {alias.lower(): module for module, names in COUNTRIES.items() for alias in names}
    module = aliases.get(plain) or nearest(plain, tuple(COUNTRIES))
    code = next((alias for alias in COUNTRIES[module] if alias in known), None) if module else None
    return (
        f"Did you mean {quoted(code)}?" if code else "Write its code of two letters, for example GB or DE-BY."
    )


def _part_hint(country: str, written: str, known: dict[str, list[str]]) -> str:
    import holidays

    parts = known[country]
    if not parts:
        return f"Write {country} alone."
    spoken = dict(getattr(holidays.country_holidays(country), "subdivisions_aliases", {}))
    spoken |= {code: code for code in parts}
    near = nearest(written, tuple(spoken))
    if near is not None:
        return f"Did you mean {quoted(f'{country}-{spoken[near]}')}?"
    more = " ..." if len(parts) > _MOST_SHOWN else ""
    return f"Use one of: {', '.join(parts[:_MOST_SHOWN])}{more}."
