"""Why this rule: what of it holds, and for want of what the rules before it do not."""

import attrs

from custseg.labels import table
from custseg.layout import html_table
from custseg.reasons import Explanation, Reason
from custseg.showing import heads


@attrs.frozen
class PassedRule:
    """A rule that did not decide.

    Attributes:
        rule: Its name.
        reason: For want of what: a comparison that fails, a value that is missing, or a day.

    >>> PassedRule("north", Reason("test.missing", {"field": "region"})).reason.text()
    'region is not known'
    """

    rule: str
    reason: Reason


@attrs.frozen
class RuleExplanation(Explanation):
    """Which rule holds of one customer, and why none before it does.

    Attributes:
        passed: The rules before it that do not hold, or that hold and whose representatives are
            not there.

    >>> why = RuleExplanation("rule", {"rule": "north"}, (Reason("rules.any"),))
    >>> print(why.text())
    rule: north
      - holds of every customer
    """

    passed: tuple[PassedRule, ...] = ()

    def as_dict(self, *, values: bool = False) -> dict[str, object]:
        """Plain data for JSON.

        Args:
            values: Show what the record holds.
        """
        passed = [{"rule": p.rule, "reason": p.reason.as_dict()} for p in self.passed]
        return {**super().as_dict(values=values), "passed": passed}

    def text(self, locale: str = "en", *, values: bool = False) -> str:
        """Lines to read: the rule, what of it holds, then each rule before it.

        Args:
            locale: ``en`` or ``zh``.
            values: Show what the record holds.
        """
        answer = str(self.decision.get(self.subject))
        lines = [f"{table(locale).get(f'column.{self.subject}', self.subject)}: {answer}"]
        lines += [f"  - {r.text(locale, values=values)}" for r in self.reasons]
        lines += [f"  {p.rule}: {p.reason.text(locale, values=values)}" for p in self.passed]
        return "\n".join(lines)

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        rows = [(p.rule, p.reason.text(locale)) for p in self.passed]
        held = [(str(self.decision.get(self.subject)), r.text(locale)) for r in self.reasons]
        return html_table(heads(locale, "rule", "why"), [*held, *rows])
