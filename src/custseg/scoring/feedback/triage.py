"""Which feedback comes first, and what is to be done about it?"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from math import nan
from typing import Any, ClassVar, Final, Self

import attrs

from custseg import frames
from custseg._typing import Columns, Gives, Kind, Needs, Record
from custseg._typing import words as texts
from custseg.errors import ConfigError, did_you_mean
from custseg.features.sentiment.reader import Reader as Feeling
from custseg.features.sentiment.strategy import Sentiment
from custseg.frames import EPOCH, as_mapping
from custseg.frames.scalar import reader
from custseg.model import RowModel, Scalar
from custseg.reasons import Explanation, Reason
from custseg.scoring.feedback.answers import COLUMNS, answer, answers
from custseg.scoring.feedback.decision import MAY, Decision, Judge
from custseg.scoring.feedback.facts import Terms
from custseg.scoring.feedback.signals import SIGNALS, Signal, joined, words_of
from custseg.values.columns import ContactFlag, contact_flag
from custseg.values.feedback.reading import KINDS, Reader, Said
from custseg.values.feedback.vocabulary import compiled, packs, signs, topics

SLA: Final = {"complaint": 1.0, "request": 2.0, "enquiry": 2.0, "suggestion": 7.0}
"""Days within which each kind of feedback is to be answered: custseg's own judgement."""

# A column of consent is found by `fit`: where there is none it cannot be lacking.
_FLAGS: Final[Mapping[str, ContactFlag]] = {"do_not_contact": "refusal"}
_BUILT_IN: Final = frozenset(signal.code for signal in SIGNALS)


def _signals(given: Iterable[Signal]) -> tuple[Signal, ...]:
    return tuple(given)


def _lists(given: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    return {name: texts(each) for name, each in given.items()}


def _among(known: Iterable[str]) -> Any:  # noqa: ANN401 - a validator of attrs
    names = tuple(known)

    def check(_: object, attribute: "attrs.Attribute[Any]", given: Iterable[str]) -> None:
        for name in given:
            if name not in names:
                msg = f"no {name!r}; there are {sorted(names)}.{did_you_mean(name, names)}"
                raise ConfigError(msg, attribute.name)

    return check


@attrs.frozen(kw_only=True)
class Triage(RowModel):
    """Sorts feedback by what it is, how much hangs on it, and how soon it needs an answer.

    It is its own model: lists of words learn nothing, so it applies as it is; ``fit`` only finds
    the columns that say who may be contacted. It adds

    - ``feedback_type``: complaint, request, enquiry, suggestion, praise or other; missing where
      there are neither words nor a recorded kind. A recorded kind counts more than the words;
    - ``feedback_types``: all kinds that it is of, the main one first;
    - ``importance`` and ``urgency``, 0 to 3: the most that a signal or its type gives;
    - ``priority``: place in line, 1 (both 3) to 16 (both 0); equals stay equals;
    - ``topics``: what it is about;
    - ``action``: what to do first. Who must not be contacted gets none that reaches out;
    - ``reasons``: the signals that counted, the gravest first.

    Each distinct text is read once. Simplified and traditional Chinese and English are read, also
    mixed in one text.

    Attributes:
        text: Column of the words.
        columns: What the other columns are called, where they are not ``kind``, ``at``, ``tier``,
            ``contacts`` (how often the customer has been in touch about it), ``resolved_at``
            (role ``resolved``) and ``status``; all of them may be lacking.
        as_of: The day up to which waiting is counted; ``None``: the column ``as_of`` says it, and
            without one nobody has waited.
        packs: Trades whose topics are told apart: ``finance``, ``hotel``, ``restaurant``,
            ``retail``, ``saas``, ``telecom``.
        topics: Topics of the company's own, or more words for built-in ones.
        words: More words for a list of signs, such as ``{"complaint": ("翻车",)}``.
        signals: Signals of the company's own, or other levels for built-in ones.
        sla: Days within which a kind is to be answered, where they are not the usual ones.
        vip: Tiers that come first.
        again: Contacts about the same matter from which on a customer has had to come back.
        flags: Columns that say who may be contacted: ``permission`` or ``refusal``.
        sentiment: How kindly texts speak.

    Raises:
        ConfigError: There is no such pack, list, role or kind.

    >>> triage = Triage()
    >>> found = triage.one({"text": "充电器用了两天就起火了！"})
    >>> found["feedback_type"], found["importance"], found["urgency"], found["action"]
    ('complaint', 3.0, 3.0, 'call_for_safety')
    >>> triage.one({"text": "Great service, thank you so much"})["action"]
    'thank'
    >>> print(triage.explain({"text": "Charged twice again, I want my money back"}).text())
    action: settle the money first, then explain
      - type: complaint
      - money was taken, or is missing (importance 2, urgency 2)
      - a refund is asked for (importance 2, urgency 2)
    """

    schema_version: ClassVar[int] = 1

    text: str = "text"
    columns: Mapping[str, str] = attrs.field(
        factory=dict[str, str],
        validator=_among(("kind", "at", "tier", "contacts", "resolved", "status")),
    )
    as_of: date | None = None
    packs: tuple[str, ...] = attrs.field(default=(), converter=texts, validator=_among(packs()))
    topics: Mapping[str, tuple[str, ...]] = attrs.field(
        factory=dict[str, tuple[str, ...]], converter=_lists
    )
    words: Mapping[str, tuple[str, ...]] = attrs.field(
        factory=dict[str, tuple[str, ...]], converter=_lists, validator=_among(signs())
    )
    signals: tuple[Signal, ...] = attrs.field(default=(), converter=_signals)
    sla: Mapping[str, float] = attrs.field(factory=dict[str, float], validator=_among(KINDS))
    vip: tuple[str, ...] = attrs.field(default=("high",), converter=texts)
    again: int = 2
    flags: Mapping[str, ContactFlag] = attrs.field(factory=lambda: dict(_FLAGS))
    sentiment: Feeling = attrs.field(factory=Sentiment)

    def fit(self, data: object, /) -> Self:
        """Find the columns that say who may be contacted; nothing else is learnt.

        Args:
            data: Feedback, in any table.

        >>> Triage().fit([{"text": "在吗", "请勿联系": "是"}]).flags["请勿联系"]
        'refusal'
        """
        columns = frames.table(data).columns
        found = {name: flag for name in columns if (flag := contact_flag(name))}
        return attrs.evolve(self, flags={**self.flags, **found})

    def scores(self, text: str) -> Mapping[str, float]:
        """How much a text is of each kind, 0 to 1; from one half it is of that kind.

        Args:
            text: One text.

        >>> {k: round(s, 2) for k, s in Triage().scores("请问几点开门").items() if s}
        {'enquiry': 0.68}
        """
        return self._reader.read(text).scores

    @property
    def needs(self) -> Needs:
        """The words, and what is known around them."""
        day: dict[str, Kind] = {} if self.as_of else {"as_of": "day"}
        return {self.text: "text", **self._terms.needs, **day}

    @property
    def optional(self) -> frozenset[str]:
        """All but the words."""
        return frozenset(self.needs) - {self.text}

    @property
    def gives(self) -> Mapping[str, Gives]:
        """The columns that are added."""
        return COLUMNS

    @cached_property
    def _terms(self) -> Terms:
        usual = {role: role for role in ("kind", "at", "tier", "contacts", "status")}
        called = {**usual, "resolved": "resolved_at", **self.columns}
        return Terms(called, self.flags, self.vip, self.again)

    @cached_property
    def _judge(self) -> Judge:
        return Judge(joined(self.signals), {**SLA, **self.sla})

    @cached_property
    def _reader(self) -> Reader:
        of_packs = {f"topic:{t}": w for pack in self.packs for t, w in packs()[pack].items()}
        lists = {f"topic:{name}": listed for name, listed in topics().items()} | of_packs
        lists |= {f"sign:{name}": listed for name, listed in signs().items()}
        lists |= {f"rule:{one.code}": words_of(one) for one in self._judge.signals}
        for family, more in (("topic", self.topics), ("sign", self.words)):
            for name, listed in more.items():
                lists[f"{family}:{name}"] = (*lists.get(f"{family}:{name}", ()), *listed)
        return Reader(compiled(tuple(lists.items())), self.sentiment.of)

    @property
    def _day(self) -> float:
        return nan if self.as_of is None else float(self.as_of.toordinal() - EPOCH)

    def _decide(self, said: Said | None, row: Mapping[str, Any]) -> Decision | None:
        day = self._day if self.as_of else row["as_of"]
        return self._judge.decide(said, self._terms.around(row, day))

    def kernel(self, cols: Columns) -> Columns:
        """Read each distinct text once, and decide each distinct row once."""
        return answers(cols, self.text, self._reader.read, self._decide)

    def shortcut(self) -> Scalar:
        """The same of one record."""
        read, spare = reader(self.needs), dict.fromkeys(self.optional)

        def run(record: Mapping[str, Any]) -> dict[str, Any]:
            row = read({**spare, **record})
            return answer(self._decide(self._said(row), row))

        return run

    def _said(self, row: Mapping[str, Any]) -> Said | None:
        text = row[self.text]
        return None if text is None else self._reader.read(text)

    def explain(self, record: Record) -> Explanation:
        """What is to be done first, and why.

        Args:
            record: One feedback.

        Returns:
            The action, and as reasons the kind and the signals that counted; the words that
            told them are shown only with ``values=True``.

        >>> why = Triage().explain({"text": "再不处理我就打12315"})
        >>> [reason.code for reason in why.reasons]
        ['triage_kind', 'triage_regulator']
        >>> print(why.reasons[1].text("zh", values=True))
        提到监管或投诉举报渠道（重要 3，紧急 3） [原词 = 12315]
        """
        given = {**dict.fromkeys(self.optional), **as_mapping(record)}
        row = reader(self.needs)(given)
        said = self._said(row)
        made = self._decide(said, row)
        decision = answer(made)
        if made is None:
            return Explanation("action", decision, (Reason("triage_silent"),))
        found = said.words if said else dict[str, tuple[str, ...]]()
        by_code = {one.code: one for one in self._judge.signals}
        why = [Reason("triage_kind", {"feedback_type": made.kind})]
        why += [_why(by_code[code], found.get(code, ())) for code in made.signals]
        contact = self._terms.around(row, nan).contact
        if contact != MAY:
            why.append(Reason("triage_contact", {"state": contact}))
        return Explanation("action", decision, tuple(why))


def _why(signal: Signal, found: tuple[str, ...]) -> Reason:
    code = f"triage_{signal.code}" if signal.code in _BUILT_IN else signal.code
    levels = {"importance": signal.importance, "urgency": signal.urgency}
    return Reason(code, levels, {"found_words": ", ".join(found)} if found else {})
