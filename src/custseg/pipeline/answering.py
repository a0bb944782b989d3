"""An explanation as a colleague would give it: who it is, why, what would change it, what next."""

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Protocol, TypeAlias

import attrs

from custseg.labels import filled, label, table, title
from custseg.layout import cell, percent
from custseg.pipeline.tables import Explains
from custseg.reasons import Reason

_THEN = {"at_risk_after": "at_risk", "dormant_after": "dormant"}
"""A limit on days of silence, and what a customer is beyond it."""

_AWAKE = frozenset(
    {"recent_order", "recent_contact", "order_in_time", "contact_in_time", "first_order_recent"}
)
_QUIET = frozenset({"chance_awake", "cadence_awake", "quantile_awake", "came_back"})
_SILENT = ("_at_risk", "_dormant", "_churned", "no_order", "late_order")
_TOLD = frozenset({"lifecycle", "scorecard", "tier", "owner"})
_MOST = 3
_UNBOUGHT = frozenset({"average_order", "frequency", "recency_days", "tenure_days"})
"""Factors of which nothing can be known before the first order."""

Part: TypeAlias = Any  # each room has an explanation of its own


class Answered(Protocol):
    """What an answer is about."""

    @property
    def customer(self) -> object:
        """The id."""
        ...

    @property
    def parts(self) -> Mapping[str, Explains]:
        """An explanation a step."""
        ...

    @property
    def stamp(self) -> Any:  # noqa: ANN401 - by which policy and when
        """By which policy, and when."""
        ...

    @property
    def next(self) -> Reason | None:
        """What is to be done."""
        ...


def answer(said: Answered, locale: str, *, values: bool = False) -> str:
    """Lines to read: the first says who the customer is.

    Args:
        said: The explanation of every step.
        locale: ``en`` or ``zh``.
        values: Show what the record holds.
    """
    parts: Mapping[str, Any] = said.parts
    tell = _Teller(locale, values=values)
    lines = [_who(said, locale)]
    if "lifecycle" in parts:
        lines.append(_lifecycle(parts["lifecycle"], tell, _day(said)))
    if "tier" in parts:
        lines.append(_tier(parts["tier"], tell))
    if "scorecard" in parts:
        lines.append(_score(parts["scorecard"], tell, bought=not _new(parts)))
    lines += [_other(part, tell) for name, part in parts.items() if name not in _TOLD]
    if "owner" in parts:
        lines.append(_owner(parts["owner"], tell))
    if said.next is not None:
        lines.append(said.next.text(locale))
    stamp = {"day": said.stamp.as_of or "-", "policy": said.stamp.policy_hash}
    return "\n".join([*lines, label("answer.stamp", locale).format(**stamp)])


def _who(said: Answered, locale: str) -> str:
    parts: Mapping[str, Any] = said.parts
    state = _decided(parts, "lifecycle")
    known = _phrase("is", state, locale) if state else _say("is.nothing", locale)
    tier = _decided(parts, "tier")
    what = known + (_phrase("tier", tier, locale) if tier else "")
    more: list[str] = []
    if grade := _decided(parts, "scorecard", "grade"):
        more.append(_say("grade", locale, grade=label(grade, locale)))
    if "owner" in parts:
        owner = parts["owner"].decision.get(parts["owner"].subject)
        more.append(_say("owner", locale, owner=owner) if owner else _say("nobody", locale))
    joined = _say("comma", locale).join([what, _say("and", locale).join(more)] if more else [what])
    return _say("who", locale, customer=said.customer, what=joined)


@attrs.frozen
class _Teller:
    """How sentences are put.

    Attributes:
        locale: ``en`` or ``zh``.
        values: Show what the record holds.
    """

    locale: str
    values: bool = attrs.field(kw_only=True)

    def word(self, code: object) -> str:
        """A code in words."""
        return label(str(code), self.locale)

    def say(self, code: str, **given: object) -> str:
        """One sentence."""
        return _say(code, self.locale, **given)

    def reason(self, code: str, **settings: object) -> str:
        """One sentence whose settings are put in words."""
        return Reason(code, settings).text(self.locale)

    def line(self, sentences: Iterable[str]) -> str:
        """Sentences, one after the other."""
        return _say("gap", self.locale).join(filter(None, sentences))

    def listed(self, words: Iterable[str]) -> str:
        """Words with commas."""
        return label("list_comma", self.locale).join(words)

    def because(self, reasons: Sequence[Reason]) -> str:
        """The reasons as clauses: those that have words for it, the others as they are."""
        clauses = (self._clause(reason) for reason in reasons[:_MOST])
        return _say("semicolon", self.locale).join(clauses)

    def _clause(self, reason: Reason) -> str:
        bare = reason.code.removesuffix("_fallback")
        over = f"because.{bare}_over" if reason.settings.get("closed") == "right" else ""
        known = table(self.locale)
        codes = (over, f"because.{bare}", bare, reason.code)
        code = next((one for one in codes if f"reason.{one}" in known), reason.code)
        return attrs.evolve(reason, code=code).text(self.locale, values=self.values)


def _lifecycle(part: Part, tell: _Teller, day: date | None) -> str:
    state = part.decision.get("lifecycle_state") or part.decision.get(part.subject)
    plain = (r for r in part.reasons if r.code.endswith("_fallback"))
    return tell.line(
        [
            tell.say("lifecycle", state=tell.word(state), because=tell.because(part.reasons)),
            *(_moved(reason, tell, day) for reason in part.reasons[:1]),
            *(tell.say("fallback", lacking=tell.word(r.settings["lacking"])) for r in plain),
        ]
    )


def _moved(reason: Reason, tell: _Teller, day: date | None) -> str:
    """What would take the customer elsewhere: the nearest limit of silence, or an order."""
    code = reason.code.removesuffix("_fallback")
    limit = next((name for name in _THEN if name in reason.settings), None)
    if code == "never_bought":
        return tell.reason("change_first")
    if code in _AWAKE and limit is not None:
        return _silence(reason, _THEN[limit], tell, day)
    if code in _AWAKE | _QUIET:
        return _silence(reason, "at_risk" if "at_risk" in reason.settings else "dormant", tell, day)
    return tell.reason("change_order") if any(one in code for one in _SILENT) else ""


def _silence(reason: Reason, then: str, tell: _Teller, day: date | None) -> str:
    """When silence would tell: the limit of all customers, or the customer's own."""
    limits = (name for name, state in _THEN.items() if state == then)
    general = next((reason.settings[name] for name in limits if name in reason.settings), None)
    days = reason.values.get(f"{then}_limit_days") if general is None else general
    since = reason.values.get("recency_days") if tell.values else None
    if day is not None and isinstance(since, float | int) and isinstance(days, float | int):
        left = math.ceil(days - since)
        on = (day + timedelta(days=left)).isoformat()
        return tell.reason("change_silence_by", then=then, day=on, left=left)
    if general is None:
        return tell.reason("change_quiet", then=then)
    return tell.reason("change_silence", then=then, limit=general)


def _tier(part: Part, tell: _Teller) -> str:
    word = tell.word(part.decision.get(part.subject))
    changes = (_tiers(reason, tell) for reason in part.reasons[:1])
    return tell.line([tell.say("tiered", tier=word, because=tell.because(part.reasons)), *changes])


def _tiers(reason: Reason, tell: _Teller) -> str:
    """The nearest cut points, up and down."""
    ends = {end: reason.settings[end] for end in ("high", "low") if end in reason.settings}
    if not ends:
        return ""
    code = "change_between" if len(ends) > 1 else f"change_{'up' if 'high' in ends else 'down'}"
    over = "_over" if reason.settings.get("closed") == "right" else ""
    more = reason.values.get("to_next") if tell.values else None
    up = "" if more is None else tell.reason("change_up_by", more=more)
    return up if up and code == "change_up" else tell.line([tell.reason(code + over, **ends), up])


def _score(part: Part, tell: _Teller, *, bought: bool) -> str:
    if not hasattr(part, "raises"):
        return _other(part, tell)
    known = [p for p in part.parts if p.line == "factor" and p.reason.code != "score_missing"]
    asks = [ask.factor for ask in part.asks if bought or ask.factor not in _UNBOUGHT][:_MOST]
    chance = part.decision.get("probability")
    return tell.line(
        [
            tell.say("score", score=cell(part.score), grade=tell.word(part.grade)),
            tell.say("chance", chance=percent(chance)) if isinstance(chance, float) else "",
            _points("most", [one for one in known if one.points > 0], tell),
            _points("lost", [one for one in known if one.points < 0], tell),
            *(tell.say("veto", why=veto.text(tell.locale)) for veto in part.vetoes),
            _raised(part.raises, tell),
            tell.say("ask", names=tell.listed(title(a, tell.locale) for a in asks)) if asks else "",
        ]
    )


def _points(code: str, parts: Sequence[Part], tell: _Teller) -> str:
    some = [
        tell.say(
            f"{code}_part", name=p.named(tell.locale), points=_short(p.points), best=cell(p.best)
        )
        for p in parts[:_MOST]
    ]
    return tell.say(code, parts=tell.listed(some)) if some else ""


def _raised(raises: Part, tell: _Teller) -> str:
    if raises is None:
        return ""
    how = tell.listed(title(name, tell.locale) for name, _ in raises.by[:_MOST])
    code, grade = "raise" if how else "out_of_reach", tell.word(raises.grade)
    return tell.say(code, points=cell(raises.points), grade=grade, how=how)


def _owner(part: Part, tell: _Teller) -> str:
    owner, rival = part.decision.get(part.subject), part.runner_up
    terms = sorted(part.terms, key=lambda term: -term.points * term.weight)
    speaking = [term.reason for term in terms if term.points * term.weight > 0]
    why = tell.because(speaking or part.reasons)
    rule = "" if part.rule is None else tell.say("by_rule", rule=tell.word(part.rule))
    if owner is None:
        return tell.line([tell.say("ownerless", because=why), rule])
    other = "" if rival is None else tell.say("runner_up", rep=rival.rep_id)
    return tell.line([tell.say("owned", owner=owner, because=why), rule, other])


def _other(part: Part, tell: _Teller) -> str:
    """A step that only some jobs have."""
    if not hasattr(part, "reasons"):
        told = part.text(tell.locale, values=tell.values)
        return str(tell.say("semicolon").join(told.splitlines()))
    decision = part.decision.get(part.subject)
    word = tell.word(decision) if isinstance(decision, str) else cell(decision)
    why, subject = tell.because(part.reasons), title(part.subject, tell.locale)
    code = "plain" if why else "plain_alone"
    return tell.say(code, subject=subject, decision=word, because=why)


def _short(points: float) -> str:
    return f"{points:.1f}".removesuffix(".0")


def _new(parts: Mapping[str, Any]) -> bool:
    """Whether nothing has been bought yet."""
    reasons = parts["lifecycle"].reasons if "lifecycle" in parts else ()
    return any(reason.code == "never_bought" for reason in reasons)


def _phrase(kind: str, word: str, locale: str) -> str:
    known = f"answer.{kind}.{word}"
    given = {"state": label(word, locale), "tier": label(word, locale)}
    return label(known if known in table(locale) else f"answer.{kind}.other", locale).format(
        **given
    )


def _decided(parts: Mapping[str, Any], step: str, column: str | None = None) -> str:
    """What a step decided, as a code; nothing where it did not."""
    if step not in parts:
        return ""
    held = parts[step].decision
    finer = held.get("lifecycle_state") if step == "lifecycle" else None
    return str(finer or held.get(column or parts[step].subject) or "")


def _say(code: str, locale: str, **given: object) -> str:
    return filled(label(f"answer.{code}", locale), **given)


def _day(said: Answered) -> date | None:
    return date.fromisoformat(said.stamp.as_of) if said.stamp.as_of else None
