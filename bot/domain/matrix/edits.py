"""Changes that people make to one part of the matrix in a form, as edits of the document that they see."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from bot.domain.contacts import PEOPLE, Contact, ContactKind, parse_contact
from bot.domain.errors import FieldErrors
from bot.domain.matrix.flaw import Where
from bot.domain.matrix.model import Level, Path
from bot.domain.matrix.phrases import quoted
from bot.domain.oncall.model import Layer
from bot.domain.span import Span, parse_span

Value = str | tuple[str, ...] | None
"""What stands at a place of the document: a text, a list of texts, or nothing."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Set the part at `where` to this value; None takes it away."""

    where: Where
    value: Value


@dataclass(frozen=True, slots=True)
class _Slot:
    """One field of a form: its key in the document, what stands there, and how to read what was typed."""

    key: str
    stands: Value
    read: Callable[[str], Value]


def level_texts(level: Level) -> dict[str, str]:
    """What the fields of a level's form show, by the keys of the document. Lists have one entry a line."""
    return _texts(_level_slots(level))


def level_edits(path: int, number: int, level: Level, typed: Mapping[str, str]) -> tuple[Edit, ...]:
    """What was changed about level `number` (from 1) of the path at this place. Raises FieldErrors by key."""
    return _edits(("paths", path, "levels", number - 1), _level_slots(level), typed)


def path_texts(path: Path) -> dict[str, str]:
    """The same for a path."""
    return _texts(_path_slots(path))


def path_edits(index: int, path: Path, typed: Mapping[str, str]) -> tuple[Edit, ...]:
    """What was changed about the path at this place. Raises FieldErrors by key."""
    return _edits(("paths", index), _path_slots(path), typed)


def layer_texts(layer: Layer) -> dict[str, str]:
    """The same for the people of a layer, in the order of their turns."""
    return _texts(_layer_slots(layer))


def layer_edits(schedule: str, number: int, layer: Layer, typed: Mapping[str, str]) -> tuple[Edit, ...]:
    """What was changed about layer `number` (from 1) of a schedule. Raises FieldErrors by key."""
    return _edits(("schedules", schedule, "layers", number - 1), _layer_slots(layer), typed)


def _level_slots(level: Level) -> tuple[_Slot, ...]:
    return (
        _Slot("contacts", _written(level.contacts), _contacts),
        _Slot("acknowledge_within", str(level.acknowledge_within), _span),
        _Slot("remind_every", _text(level.remind_every), _optional(_span)),
        _Slot("role", level.role or None, _optional(str)),
        _Slot("inform", _written(level.inform), _optional(_contacts)),
    )


def _path_slots(path: Path) -> tuple[_Slot, ...]:
    return (
        _Slot("owner", _text(path.owner), _optional(_somebody)),
        _Slot("close_after", str(path.close_after), _span),
        _Slot("inform", _written(path.inform), _optional(_contacts)),
        _Slot("review_by", path.review_by.isoformat() if path.review_by else None, _optional(_date)),
    )


def _layer_slots(layer: Layer) -> tuple[_Slot, ...]:
    return (_Slot("people", _written(layer.people), _people),)


def _texts(slots: tuple[_Slot, ...]) -> dict[str, str]:
    return {
        slot.key: "\n".join(slot.stands) if isinstance(slot.stands, tuple) else slot.stands or ""
        for slot in slots
    }


def _edits(where: Where, slots: tuple[_Slot, ...], typed: Mapping[str, str]) -> tuple[Edit, ...]:
    errors: dict[str, str] = {}
    edits: list[Edit] = []
    for slot in slots:
        if slot.key not in typed:
            continue  # the form did not ask for it
        try:
            value = slot.read(typed[slot.key].strip())
        except ValueError as error:
            errors[slot.key] = str(error)
            continue
        if value != slot.stands:
            edits.append(Edit((*where, slot.key), value))
    if errors:
        raise FieldErrors(errors)
    return tuple(edits)


def _written(contacts: tuple[Contact, ...]) -> tuple[str, ...] | None:
    return tuple(str(one) for one in contacts) or None


def _text(value: Span | Contact | None) -> str | None:
    return None if value is None else str(value)


def _optional(read: Callable[[str], Value]) -> Callable[[str], Value]:
    return lambda text: read(text) if text else None


def _span(text: str) -> str:
    found = parse_span(text)
    if found is None:
        raise ValueError(f"{quoted(text)} is not a duration. Write for example 30s, 15m, 4h or 3d.")
    return str(found)


def _date(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError(f"{quoted(text)} is not a date. Write for example 2027-03-31.") from None


def _lines(text: str) -> Iterator[str]:
    """One entry a line; commas part them too."""
    for line in text.replace(",", "\n").splitlines():
        if line.strip():
            yield line.strip()


def _contacts(text: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(str(_contact(line)) for line in _lines(text)))
    if not found:
        raise ValueError("Name at least one contact, one a line.")
    return found


def _people(text: str) -> tuple[str, ...]:
    """Not made unique: somebody may take two turns of a round."""
    contacts = tuple(_contact(line) for line in _lines(text))
    others = [str(one) for one in contacts if one.kind not in PEOPLE]
    if others:
        raise ValueError(f"{quoted(others[0])} is not one person. People take turns, one a line.")
    if not contacts:
        raise ValueError("Name at least one person, one a line.")
    return tuple(str(one) for one in contacts)


def _somebody(text: str) -> str:
    found = _contact(text)
    if found.kind is ContactKind.CHANNEL:
        raise ValueError("A channel cannot own a path. Name a person or a group.")
    return str(found)


def _contact(text: str) -> Contact:
    found = parse_contact(text)
    if found is None:
        raise ValueError(
            f"{quoted(text)} is not a contact. Write an e-mail, @handle, group:HANDLE, oncall:SCHEDULE or #channel."
        )
    return found
