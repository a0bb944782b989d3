"""Why one customer was decided as it was: an answer to read, and every part of it as data."""

from collections.abc import Mapping

import attrs

from custseg.labels import label, title
from custseg.pipeline.answering import answer
from custseg.pipeline.decision import Stamp
from custseg.pipeline.tables import Explains
from custseg.reasons import Reason
from custseg.showing import Shown, page


@attrs.frozen
class CustomerExplanation(Shown):
    """Why one customer was decided as it was, step by step.

    Attributes:
        customer: Its id.
        parts: An explanation a step: lifecycle, scorecard, tier, owner.
        stamp: By which policy, on which input, on which day, for whom.
        next: What is to be done for it, and when; ``None`` where no day was given.

    >>> import custseg as cs
    >>> orders = [{"customer_id": "a", "paid_at": "2026-06-01", "amount": 40}]
    >>> told = cs.Pipeline().run(transactions=orders, as_of="2026-06-30").explain("a")
    >>> told.customer, list(told.parts)
    ('a', ['lifecycle', 'scorecard', 'tier'])
    >>> told.text().splitlines()[0]
    'a is an active customer of high value, graded D.'
    """

    customer: object
    parts: Mapping[str, Explains]
    stamp: Stamp
    next: Reason | None = None

    def as_dict(self, *, values: bool = False) -> dict[str, object]:
        """Plain data; field values only when asked."""
        said = {name: part.as_dict(values=values) for name, part in self.parts.items()}
        return {
            "customer": self.customer,
            "parts": said,
            "next": self.next and self.next.as_dict(),
            "stamp": self.stamp.as_dict(),
        }

    def text(self, locale: str = "en", *, values: bool = False) -> str:
        """An answer to read: who it is, why, what would change it and what to do next.

        Args:
            locale: ``en`` or ``zh``.
            values: Show what the record holds, such as the days that are left.
        """
        return answer(self, locale, values=values)

    def details(self, locale: str = "en", *, values: bool = False) -> str:
        """Every line of every step, for who has to check it: all points, all who were passed over.

        Args:
            locale: ``en`` or ``zh``.
            values: Show what the record holds.
        """
        head = f"{title('customer_id', locale)} {self.customer}"
        said = [part.text(locale, values=values) for part in self.parts.values()]
        day = f"{title('as_of', locale)} {self.stamp.as_of or '-'}"
        tail = f"({day}, {label('policy', locale)} {self.stamp.policy_hash})"
        return "\n".join([head, *said, tail])

    def html(self, locale: str = "en") -> str:
        """The answer as a small page for notebooks."""
        return "".join(map(page, self.text(locale).splitlines()))
