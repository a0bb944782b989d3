"""Why: reasons as codes with parameters, so that they translate, add up and test."""

from collections.abc import Mapping
from html import escape
from typing import Final

import attrs

from custseg.labels import chosen, heading, label, table, title
from custseg.layout import cell
from custseg.showing import Shown

_STATES: Final = frozenset({"state", "tier"})
"""Settings that hold a state: ``low`` and ``potential`` are columns as well."""

_COLUMNS: Final = frozenset({"attribute", "column", "factor", "field", "outcome"})
"""Settings that hold a column, which may be called like a code or a setting."""


@attrs.frozen
class _Shown:
    """A value within a sentence: in words, or as its sentence formats numbers."""

    value: object
    locale: str = "en"
    slot: str = ""

    def __format__(self, spec: str) -> str:
        if "|" in spec:
            return chosen(spec, self.value)
        if isinstance(self.value, Reason):
            return self.value.text(self.locale)
        if isinstance(self.value, str) and self.slot in _STATES:
            return label(self.value, self.locale)
        if isinstance(self.value, str) and self.slot in _COLUMNS:
            return table(self.locale).get(f"column.{self.value}", self.value)
        if not spec or not isinstance(self.value, int | float):
            return _worded(self.value, self.locale)
        return f"{100 * self.value:.4g}%" if spec == "%" else format(self.value, spec)


class _Hidden(dict[str, object]):
    """Fill what may not be shown with an ellipsis instead of failing."""

    def __missing__(self, key: str) -> _Shown:
        return _Shown("…")


@attrs.frozen
class Reason(Shown):
    """One reason for a decision.

    Attributes:
        code: Stable code; its sentence stands in the labels as ``reason.<code>``.
        settings: Constants of the rule, always shown; a reason among them is a part sentence.
        values: What the record holds, shown only when asked.

    >>> why = Reason("no_order", {"dormant_after": 180}, {"recency_days": 212})
    >>> why.as_dict()
    {'code': 'no_order', 'settings': {'dormant_after': 180}}
    """

    code: str
    settings: Mapping[str, object] = attrs.field(factory=dict[str, object])
    values: Mapping[str, object] = attrs.field(factory=dict[str, object])

    def text(self, locale: str = "en", *, values: bool = False) -> str:
        """The sentence, in a language; field values only when asked."""
        known = {**self.settings, **(self.values if values else {})}
        template = table(locale).get(f"reason.{self.code}", label(self.code, locale))
        # A test compares with a word of the data: never with a column of that name (low, high).
        slots = {"value": "state"} if self.code.startswith("test.") else {}
        shown = {k: _Shown(value, locale, slots.get(k, k)) for k, value in known.items()}
        sentence = template.format_map(_Hidden(shown))
        if values and self.values:
            pairs = (f"{title(k, locale)} = {cell(v)}" for k, v in self.values.items())
            held = label("words.semicolon", locale).join(pairs)
            sentence = f"{sentence} [{held}]"
        return sentence

    def as_dict(self, *, values: bool = False) -> dict[str, object]:
        """Plain data; field values only when asked."""
        settings = {
            k: v.as_dict() if isinstance(v, Reason) else v for k, v in self.settings.items()
        }
        out: dict[str, object] = {"code": self.code, "settings": settings}
        if values:
            out["values"] = dict(self.values)
        return out


@attrs.frozen
class Explanation(Shown):
    """Why one record was decided as it was.

    Attributes:
        subject: What was decided: a column such as ``tier``.
        decision: The columns that the decision wrote; they are codes, not field values.
        reasons: The reasons, the weightiest first.

    >>> said = Explanation("tier", {"tier": "high"}, (Reason("value_above", {"cut": 1000.0}),))
    >>> said.as_dict()["decision"]
    {'tier': 'high'}
    """

    subject: str
    decision: Mapping[str, object]
    reasons: tuple[Reason, ...] = ()

    def text(self, locale: str = "en", *, values: bool = False) -> str:
        """Lines to read: the decision, then each reason."""
        answer = self.decision.get(self.subject)
        lines = [f"{_about(self.subject, locale)}: {label(cell(answer), locale)}"]
        lines += [f"  - {reason.text(locale, values=values)}" for reason in self.reasons]
        return "\n".join(lines)

    def as_dict(self, *, values: bool = False) -> dict[str, object]:
        """Plain data for JSON."""
        return {
            "subject": self.subject,
            "decision": dict(self.decision),
            "reasons": [reason.as_dict(values=values) for reason in self.reasons],
        }

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        head, *said = self.text(locale).splitlines()
        lines = "".join(f"<li>{escape(line.strip().removeprefix('- '))}</li>" for line in said)
        return f"<p>{escape(head)}</p>{f'<ul>{lines}</ul>' if said else ''}"


def _worded(value: object, locale: str) -> str:
    """A column or code in words, anything else plainly."""
    if not isinstance(value, str):
        return cell(value)
    known = table(locale)
    return known.get(f"column.{value}", known.get(value, value))


def _about(subject: str, locale: str) -> str:
    """What is explained: mostly a column that is decided, else a thing with a heading."""
    return table(locale).get(f"column.{subject}") or heading(subject, locale)
