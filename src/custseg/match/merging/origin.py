"""The origin of one value of a golden record, and the values that gave way to it."""

import attrs


@attrs.frozen
class Lost:
    """A value that did not survive.

    Attributes:
        record: The id of the record that held it.
        value: The value.

    >>> Lost(1, "Ulm").as_dict(), Lost(1, "Ulm").as_dict(values=True)
    ({'record': 1}, {'record': 1, 'value': 'Ulm'})
    """

    record: object
    value: object

    def as_dict(self, *, values: bool = False) -> dict[str, object]:
        """Plain data; the value only when asked."""
        return {"record": self.record, **({"value": self.value} if values else {})}


@attrs.frozen
class Origin:
    """Where one value of a golden record comes from.

    Attributes:
        field: The column.
        rule: The code of the strategy that chose.
        record: The id of the record it comes from; None if none has a value, or it was made of
            several.
        value: The value that survived; None if there is none.
        agreed: Ids of the other records with the same value.
        lost: The other values.

    >>> Origin("city", "longest", 2, "Ulm", (), (Lost(1, "U"),)).as_dict()
    {'field': 'city', 'rule': 'longest', 'record': 2, 'agreed': [], 'lost': [{'record': 1}]}
    """

    field: str
    rule: str
    record: object
    value: object
    agreed: tuple[object, ...] = ()
    lost: tuple[Lost, ...] = ()

    def as_dict(self, *, values: bool = False) -> dict[str, object]:
        """Plain data; field values only when asked."""
        return {
            "field": self.field,
            "rule": self.rule,
            "record": self.record,
            **({"value": self.value} if values else {}),
            "agreed": list(self.agreed),
            "lost": [one.as_dict(values=values) for one in self.lost],
        }
