"""One record on its way through a lookup: each of its values is read once."""

from collections.abc import Callable, Iterable, Mapping

from custseg.frames import as_mapping, scalar


class Told(dict[str, str | None]):
    """One record's values as text that remember their normal forms: much reads the same phone.

    >>> told = Told({"city": "ULM", "company": None})
    >>> told.form("city", str.lower), told.form("company", str.lower)
    ('ulm', None)
    """

    __slots__ = ("_kept",)

    def __init__(self, values: Mapping[str, str | None]) -> None:
        """Take the values."""
        super().__init__(values)
        self._kept: dict[tuple[str, Callable[[str], str | None]], str | None] = {}

    def form(self, name: str, read: Callable[[str], str | None]) -> str | None:
        """A value in normal form, read once.

        Args:
            name: The column.
            read: What reads it.
        """
        text = self.get(name)
        if text is None:
            return None
        asked = (name, read)
        if asked not in self._kept:
            self._kept[asked] = read(text)
        return self._kept[asked]


def told_by(record: object, columns: Iterable[str]) -> Told:
    """A record's values as text.

    Args:
        record: A mapping, an attrs or dataclass object, or one with ``_asdict``.
        columns: The columns that are wanted; those that it lacks are missing values.

    Raises:
        DataError: It is no record.

    >>> told_by({"phone": 13800138000, "name": float("nan")}, ("phone", "name", "city"))
    {'phone': '13800138000', 'name': None, 'city': None}
    """
    held = as_mapping(record)
    return Told({name: scalar.text(held.get(name)) for name in columns})
