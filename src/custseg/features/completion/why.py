"""Why a record is as complete as it is: what each field adds, and what it could add."""

from collections.abc import Iterator, Sequence
from typing import Final

import attrs

from custseg.features.completion.fields import Seen
from custseg.labels import label, title
from custseg.layout import aligned, html_table
from custseg.showing import Shown

_HUNDREDTHS: Final = 100
_WHOLE: Final = 100 * _HUNDREDTHS
_HEADS: Final = ("state", "points", "possible", "gain")


@attrs.frozen
class FieldPart:
    """What one field adds to the completeness of a record.

    Attributes:
        field: A column, or a group of which the best counts.
        state: ``full``, ``stale``, ``invalid``, ``empty`` or ``not_applicable``.
        points: What it adds, of 100.
        possible: What it could add.

    >>> FieldPart("email", "empty", 0.0, 25.0).gain
    25.0
    """

    field: str
    state: str
    points: float
    possible: float

    @property
    def gain(self) -> float:
        """What it would add besides."""
        whole = round(self.possible * _HUNDREDTHS) - round(self.points * _HUNDREDTHS)
        return whole / _HUNDREDTHS

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        return {**attrs.asdict(self), "gain": self.gain}


@attrs.frozen
class CompletenessWhy(Shown):
    """Why a record is as complete as it is: the parts add up to the points, to the hundredth.

    What the parts add and could add besides make 100 together; nothing is gained by a full one.

    Attributes:
        points: Completeness, of 100; ``None`` where nothing applies.
        parts: One a field, in order.
        next_field: The field to ask for next, ``None`` where nothing is lacking.

    >>> from custseg.features import Completeness
    >>> why = Completeness().explain({"name": "Li", "email": "li@", "city": None})
    >>> why.points, [(part.field, part.state, part.points) for part in why.parts]
    (33.33, [('name', 'full', 33.33), ('email', 'invalid', 0.0), ('city', 'empty', 0.0)])
    >>> why.next_field
    'email'
    """

    points: float | None
    parts: tuple[FieldPart, ...]
    next_field: str | None

    @classmethod
    def of(cls, found: Sequence[Seen], best: int) -> "CompletenessWhy":
        """Share 100 out: what is there and what lacks get what the running sum, rounded, grows by.

        Args:
            found: What one record holds of each field.
            best: The field to ask for next, -1 for none.
        """
        whole = sum(seen.field.weight * _applies(seen) for seen in found)
        earned = [seen.field.weight * float(seen.earned()[0]) for seen in found]
        lacking = [seen.field.weight * float(seen.lacking()[0]) for seen in found]
        grown = _grown([*earned, *lacking], whole)
        points, gains = grown[: len(found)], grown[len(found) :]
        parts = tuple(
            FieldPart(seen.field.name, _state(seen), *_hundredths(have, have + more))
            for seen, have, more in zip(found, points, gains, strict=True)
        )
        name = found[best].field.name if best >= 0 else None
        return cls(sum(points) / _HUNDREDTHS if whole else None, parts, name)

    def as_dict(self) -> dict[str, object]:
        """Plain data for JSON."""
        parts = [part.as_dict() for part in self.parts]
        return {"points": self.points, "next_field": self.next_field, "parts": parts}

    def text(self, locale: str = "en") -> str:
        """Lines to read."""
        points = "-" if self.points is None else f"{self.points:.2f}"
        ask = "-" if self.next_field is None else title(self.next_field, locale)
        heads = (
            f"{title('completeness', locale)}: {points}",
            f"{title('next_field', locale)}: {ask}",
        )
        return "\n".join([*heads, aligned(*self._figures(locale))])

    def _figures(self, locale: str) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
        heads = ("", *(label(f"complete.{name}", locale) for name in _HEADS))
        return heads, [_row(part, locale) for part in self.parts]

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        return html_table(*self._figures(locale))


def _row(part: FieldPart, locale: str) -> tuple[str, ...]:
    figures = (part.points, part.possible, part.gain)
    state = label(f"complete.{part.state}", locale)
    return (title(part.field, locale), state, *(f"{each:.2f}" for each in figures))


def _applies(seen: Seen) -> bool:
    return seen.applies is None or bool(seen.applies[0])


def _state(seen: Seen) -> str:
    if not _applies(seen):
        return "not_applicable"
    if not seen.filled[0]:
        return "empty"
    if not seen.valid[0]:
        return "invalid"
    return "full" if seen.quality[0] == 1 else "stale"


def _hundredths(*whole: int) -> Iterator[float]:
    return (each / _HUNDREDTHS for each in whole)


def _grown(shares: Sequence[float], whole: float) -> list[int]:
    """Hundredths that each adds to the rounded running sum; together they are the rounded sum."""
    out, total, before = list[int](), 0.0, 0
    for share in shares:
        total += share
        now = round(_WHOLE * min(total / whole, 1.0)) if whole else 0
        out.append(now - before)
        before = now
    return out
