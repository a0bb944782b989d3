"""Texts with labels, from a table: who praised, who blamed, and who did neither."""

from collections.abc import Callable
from typing import TYPE_CHECKING, cast
from zlib import crc32

import attrs

from custseg import frames
from custseg.errors import ConfigError
from custseg.values.sentiment.told import told

if TYPE_CHECKING:
    from custseg._typing import Codes


@attrs.frozen
class Reading:
    """How a column of labels is read.

    Attributes:
        positive: The value of kind texts, all others are not; ``None`` for flags, 0 and 1, and
            words such as positive, negative, 好评, 差评.
        unkind_to: Numbers up to here are unkind: 2 of five stars, 6 of NPS.
        kind_from: Numbers from here are kind; what lies between is left out.
    """

    positive: str | float | None = None
    unkind_to: float | None = None
    kind_from: float | None = None

    def reader(self) -> Callable[[object], bool | None]:
        """Kind, unkind or neither, of one label."""
        if self.unkind_to is not None and self.kind_from is not None:
            if not self.unkind_to < self.kind_from:
                msg = "unkind_to must lie below kind_from"
                raise ConfigError(msg, "unkind_to")
            return self._side
        if self.unkind_to is not None or self.kind_from is not None:
            msg = "unkind_to and kind_from are two ends of one scale; give both or none"
            raise ConfigError(msg, "unkind_to")
        if isinstance(self.positive, str) and not self.positive.strip():
            msg = "is blank; give the label of kind texts, or None for labels that say it"
            raise ConfigError(msg, "positive")
        return told if self.positive is None else self._is_positive

    def _side(self, label: object) -> bool | None:
        number = float(str(label))
        low, high = self.unkind_to or 0.0, self.kind_from or 0.0
        return number >= high if number <= low or number >= high else None

    def _is_positive(self, label: object) -> bool:
        return _same(label) == _same(self.positive)


@attrs.frozen
class Labelled:
    """Labelled texts, in an order of their own.

    Attributes:
        texts: The texts.
        kind: Whether each is kind.
        left_out: Rows without text, without label, or with a label between.
    """

    texts: tuple[str, ...]
    kind: tuple[bool, ...]
    left_out: int


def labelled(data: object, text: str, label: str, reading: Reading) -> Labelled:
    """Read labelled texts; the order of the rows makes no difference.

    Args:
        data: Any table.
        text: The column of texts.
        label: The column of labels.
        reading: How labels are read.

    Raises:
        MissingColumnError: A column is missing.
        ConfigError: A label cannot be read.
    """
    table = frames.table(data)
    codes = cast("Codes", table.read({text: "text"})[text])
    said = codes.texts()
    given = table.values(label)
    sides = [*_sides(given.words, label, reading), None]
    if reading.positive is not None and given.words and True not in sides:
        msg = f"the column {label!r} never holds the label of kind texts; check its spelling"
        raise ConfigError(msg, "positive")
    rows: list[int] = given.at.tolist()
    found = zip(said, (sides[at] for at in rows), strict=True)
    pairs = sorted(
        ((word, side) for word, side in found if word and word.strip() and side is not None),
        key=_in_order,
    )
    texts = tuple(word for word, _ in pairs)
    return Labelled(texts, tuple(side for _, side in pairs), len(said) - len(pairs))


def _in_order(pair: tuple[str, bool]) -> tuple[bool, int, str]:
    """By side, then shuffled by the text itself, so that every fifth is a fair sample."""
    return pair[1], crc32(pair[0].encode()), pair[0]


def _sides(words: tuple[object, ...], label: str, reading: Reading) -> list[bool | None]:
    read = reading.reader()
    try:
        return [read(word) for word in words]
    except ValueError as error:
        msg = (
            f"column {label!r} holds {len(words)} different labels, not all known: give positive=, "
            "or unkind_to= and kind_from= for a scale"
        )
        raise ConfigError(msg, "label") from error


def _same(value: object) -> object:
    """Numbers by value (true is 1), texts without case and blanks."""
    try:
        return float(value) if isinstance(value, bool | int | float) else float(str(value))
    except ValueError:
        return str(value).strip().casefold()
