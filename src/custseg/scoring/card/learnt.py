"""Where do the points of this card come from?"""

import attrs
from attrs.converters import optional

from custseg._typing import words
from custseg.errors import ConfigError
from custseg.labels import label, title
from custseg.scoring.points import check_finite


@attrs.frozen
class Learnt:
    """How a card was learnt from outcomes, said wherever the card is shown.

    Attributes:
        method: ``weight-of-evidence``, ``naive-bayes``, ``expert-prior``, ``surrogate`` or a
            method of your own.
        outcome: The column that held the outcome.
        rows: Outcomes that were known.
        cases: Those that were won.
        weight: Outcomes that the points set by hand count as much as (``expert-prior``).
        fidelity: How much of what it stands for a surrogate tells, 0 to 1.
        notes: What else is to be known, as codes of labels or sentences; a code may name columns
            after a colon: ``learnt_weak: city, plan``.

    Raises:
        ConfigError: Counts are below 0, or more were won than were known.

    >>> print(Learnt("weight-of-evidence", "Churn", 7043, 1869).text())
    learnt by weight of evidence from 7043 outcomes of Churn, 1869 cases among them
    """

    method: str
    outcome: str
    rows: int
    cases: int
    weight: float | None = attrs.field(default=None, converter=optional(float), kw_only=True)
    fidelity: float | None = attrs.field(default=None, converter=optional(float), kw_only=True)
    notes: tuple[str, ...] = attrs.field(default=(), converter=words, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check the counts."""
        check_finite("weight and fidelity", self.weight or 0.0, self.fidelity or 0.0)
        if not 0 <= self.cases <= self.rows:
            msg = f"cases are from 0 to rows, got {self.cases} of {self.rows}"
            raise ConfigError(msg)

    def text(self, locale: str = "en") -> str:
        """How it was learnt, in a language; a surrogate says that it is one."""
        known = {
            "method": label(f"learnt.{self.method}", locale).removeprefix("learnt."),
            "outcome": title(self.outcome, locale),
            "rows": self.rows,
            "cases": self.cases,
        }
        code = "score_learnt_surrogate" if self.fidelity is not None else "score_learnt"
        lines = [label(code, locale).format(**known)]
        if self.weight is not None:
            lines.append(label("score_prior_weight", locale).format(weight=f"{self.weight:.4g}"))
        if self.fidelity is not None:
            share = f"{100 * self.fidelity:.4g}%"
            lines.append(label("score_surrogate", locale).format(fidelity=share))
        return "\n".join([*lines, *(_note(note, locale) for note in self.notes)])


def _note(note: str, locale: str) -> str:
    """A sentence as it is; a code by its label, with what it names."""
    code, _, names = note.partition(": ")
    if not names or label(code, locale) == code:
        return label(note, locale)
    return label("learnt_note", locale).format(what=label(code, locale), names=names)
