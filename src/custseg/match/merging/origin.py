"""The origin of one value of a golden record, and the values that gave way to it."""

import attrs

from custseg.showing import Shown


def _mark(source: object, at: object) -> dict[str, object]:
    """Source and time as plain data, as far as they are known."""
    known = {} if source is None else {"source": source}
    if at is None:
        return known
    moment = getattr(at, "isoformat", None)
    return {**known, "at": moment() if callable(moment) else at}


@attrs.frozen
class Lost(Shown):
    """A value that did not survive.

    Attributes:
        record: The id of the record that held it.
        value: The value.
        source: The source of the record, None if that is not known.
        at: When the record was last updated, None if that is not known.

    >>> Lost(1, "Ulm").as_dict(), Lost(1, "Ulm", "shop").as_dict(values=True)
    ({'record': 1}, {'record': 1, 'source': 'shop', 'value': 'Ulm'})
    """

    record: object
    value: object
    source: object = None
    at: object = None

    def as_dict(self, *, values: bool = False) -> dict[str, object]:
        """Plain data; the value only when asked."""
        out = {"record": self.record, **_mark(self.source, self.at)}
        return {**out, "value": self.value} if values else out


@attrs.frozen
class Origin(Shown):
    """Where one value of a golden record comes from.

    Attributes:
        field: The column.
        rule: The code of the strategy that chose; ``steward`` where somebody settled the value.
        record: The id of the record it comes from; None if none has a value, or it was made of
            several.
        value: The value that survived; None if there is none.
        agreed: Ids of the other records with the same value.
        lost: The other values.
        source: The source of the record, None if that is not known.
        at: When the record was last updated, or the value settled; None if that is not known.

    >>> Origin("city", "longest", 2, "Ulm", (), (Lost(1, "U"),)).as_dict()
    {'field': 'city', 'rule': 'longest', 'record': 2, 'agreed': [], 'lost': [{'record': 1}]}
    """

    field: str
    rule: str
    record: object
    value: object
    agreed: tuple[object, ...] = ()
    lost: tuple[Lost, ...] = ()
    source: object = None
    at: object = None

    def as_dict(self, *, values: bool = False) -> dict[str, object]:
        """Plain data; field values only when asked."""
        return {
            "field": self.field,
            "rule": self.rule,
            "record": self.record,
            **_mark(self.source, self.at),
            **({"value": self.value} if values else {}),
            "agreed": list(self.agreed),
            "lost": [one.as_dict(values=values) for one in self.lost],
        }
