"""What can go wrong, as sentences that say what to do next.

RungError
├── Refused          the command does not fit: who may, or what is true now
│   ├── NotAllowed   rights
│   └── NotFound     no such issue in this workspace
└── FieldErrors      answers in a form that need another look, by field
"""

from collections.abc import Mapping

from bot.domain.words import Sentence, say


class RungError(Exception):
    """Every error that people read. `sentence` says what happened and what to do."""

    def __init__(self, sentence: Sentence | str) -> None:
        self.sentence = say("{text}", text=sentence) if isinstance(sentence, str) else sentence
        super().__init__(self.sentence.plain())


class Refused(RungError):
    """The command does not fit the present state. Nothing was changed."""


class NotAllowed(Refused):
    """Somebody else may do this; the sentence says who."""


class NotFound(Refused):
    """There is no such thing in this workspace."""


class FieldErrors(RungError):
    """Form fields that need another look: field name -> sentence. Nothing was stored, nothing typed is lost."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self.fields = dict(fields)
        super().__init__(" ".join(self.fields.values()))
