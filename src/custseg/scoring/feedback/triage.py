"""Which feedback comes first, and what is to be done about it?"""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from math import nan
from typing import Any, ClassVar, Final, Self

import attrs

from custseg import frames
from custseg._typing import Columns, Gives, Kind, Needs, Record
from custseg._typing import words as texts
from custseg.features.conventions import Conventions
from custseg.features.daynumbers import day_of
from custseg.features.sentiment.reader import Reader as Feeling
from custseg.features.sentiment.strategy import Sentiment
from custseg.frames import as_mapping
from custseg.frames.scalar import reader
from custseg.model import RowModel, Scalar
from custseg.reasons import Explanation
from custseg.scoring.feedback.answers import COLUMNS, Sorting, answer, answers
from custseg.scoring.feedback.decision import Around, Decision, Judge
from custseg.scoring.feedback.explaining import explained
from custseg.scoring.feedback.facts import ROLES, Terms
from custseg.scoring.feedback.intake import taken_in
from custseg.scoring.feedback.settings import SLA, Words, among, lists, signal_list
from custseg.scoring.feedback.signals import Signal, joined
from custseg.scoring.feedback.worklist import Worklist, listed
from custseg.values.columns import ContactFlag, contact_flag
from custseg.values.feedback.reading import KINDS, Reader, Said
from custseg.values.feedback.vocabulary import packs, signs

# A column of consent is found by `fit`: where there is none it cannot be lacking.
_FLAGS: Final[Mapping[str, ContactFlag]] = {"do_not_contact": "refusal"}
_CALLED: Final = {"resolved": "resolved_at", "customer": "customer_id"}


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
    - ``action``: what to do first. Who must not be contacted gets none that reaches out; harm and
      threats then go to whoever answers for them inside;
    - ``reasons``: the signals that counted, the gravest first.

    Each distinct text is read once. Simplified and traditional Chinese and English are read, also
    mixed in one text.

    Attributes:
        text: Column of the words.
        columns: What the other columns are called, where they are not ``kind``, ``at``, ``tier``,
            ``contacts`` (how often the customer has been in touch about it), ``status``,
            ``resolved_at`` (role ``resolved``) and ``customer_id`` (role ``customer``); all of
            them may be lacking.
        as_of: The day up to which waiting is counted; ``None``: the column ``as_of`` says it.
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
        unclear: What a text is taken for that tells something but that no list knows: ``complaint``
            where most of what arrives is one. It has ``unclear`` as a reason, and is read first.

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
        factory=dict[str, str], validator=among((*ROLES, "customer"))
    )
    as_of: date | None = None
    packs: tuple[str, ...] = attrs.field(default=(), converter=texts, validator=among(packs()))
    topics: Mapping[str, tuple[str, ...]] = attrs.field(
        factory=dict[str, tuple[str, ...]], converter=lists
    )
    words: Mapping[str, tuple[str, ...]] = attrs.field(
        factory=dict[str, tuple[str, ...]], converter=lists, validator=among(signs())
    )
    signals: tuple[Signal, ...] = attrs.field(default=(), converter=signal_list)
    sla: Mapping[str, float] = attrs.field(factory=dict[str, float], validator=among(KINDS))
    vip: tuple[str, ...] = attrs.field(default=("high",), converter=texts)
    again: int = 2
    flags: Mapping[str, ContactFlag] = attrs.field(factory=lambda: dict(_FLAGS))
    sentiment: Feeling = attrs.field(factory=Sentiment)
    unclear: str = attrs.field(default="other", validator=among(KINDS))

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

        >>> round(Triage().scores("请问几点开门")["enquiry"], 2)
        0.78
        """
        return self.said(text).scores

    def column(self, role: str) -> str:
        """What the column of a role is called.

        Args:
            role: ``kind``, ``at``, ``tier``, ``contacts``, ``status``, ``resolved``, ``customer``.

        >>> Triage(columns={"at": "said_at"}).column("at"), Triage().column("customer")
        ('said_at', 'customer_id')
        """
        return self.columns.get(role, _CALLED.get(role, role))

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

    @property
    def gravest(self) -> frozenset[str]:
        """Signals that alone make a feedback most important and most urgent.

        >>> "safety" in Triage().gravest, "refund" in Triage().gravest
        (True, False)
        """
        return self._judge.gravest

    @cached_property
    def _terms(self) -> Terms:
        called = {role: self.column(role) for role in ROLES}
        return Terms(called, self.flags, self.vip, self.again)

    @cached_property
    def _judge(self) -> Judge:
        return Judge(joined(self.signals), {**SLA, **self.sla}, self.unclear)

    @cached_property
    def _reader(self) -> Reader:
        words = Words(self.packs, self.topics, self.words, self._judge.signals)
        return words.reader(self.sentiment.of)

    @property
    def _day(self) -> float:
        return nan if self.as_of is None else float(day_of(self.as_of))

    def said(self, text: str) -> Said:
        """What a text says: how strongly it is of each kind, its signals, topics and words.

        Args:
            text: One text.

        >>> Triage().said("發票開錯了，請重開").topics
        ('invoice',)
        """
        return self._reader.read(text)

    def around(self, row: Mapping[str, Any]) -> Around:
        """What is known of a row besides its words.

        Args:
            row: Its columns, read as ``needs`` says.

        >>> triage = Triage(as_of=date(2026, 6, 30))
        >>> row = {**dict.fromkeys(triage.needs), "contacts": 3.0, "at": nan, "resolved_at": nan}
        >>> triage.around(row).again
        True
        """
        return self._terms.around(row, self._day if self.as_of else row["as_of"])

    def decide(self, said: Said | None, around: Around) -> Decision | None:
        """What is decided of a feedback; ``None`` where there is nothing to decide by.

        Args:
            said: What its text says, ``None`` where there is none.
            around: What is known besides.

        >>> triage = Triage()
        >>> triage.decide(triage.said("怎么还没到货？"), Around(again=True)).signals
        ('contacted_again',)
        """
        return self._judge.decide(said, around)

    def kernel(self, cols: Columns) -> Columns:
        """Read each distinct text once, and decide each distinct row once."""
        return answers(cols, Sorting(self.text, self.said, self.around, self._judge.decide))

    def shortcut(self) -> Scalar:
        """The same of one record."""
        read, spare = reader(self.needs), dict.fromkeys(self.optional)

        def run(record: Mapping[str, Any]) -> dict[str, Any]:
            row = read({**spare, **record})
            return answer(self.decide(self._heard(row), self.around(row)))

        return run

    def _heard(self, row: Mapping[str, Any]) -> Said | None:
        text = row[self.text]
        return None if text is None else self.said(text)

    def explain(self, record: Record) -> Explanation:
        """What is to be done first, and why; words that told it show with ``values=True``.

        Args:
            record: One feedback.

        >>> why = Triage().explain({"text": "再不处理我就打12315"})
        >>> [reason.code for reason in why.reasons]
        ['triage_kind', 'triage_regulator']
        >>> print(why.reasons[1].text("zh", values=True))
        提到监管或投诉举报渠道（重要 3，紧急 3） [原词 = 12315]
        """
        given = {**dict.fromkeys(self.optional), **as_mapping(record)}
        row = reader(self.needs)(given)
        said, around = self._heard(row), self.around(row)
        found = said.words if said else dict[str, tuple[str, ...]]()
        made = self.decide(said, around)
        return explained(made, self._judge.signals, found, around.contact)

    def worklist(
        self,
        feedback: object,
        customers: object = None,
        *,
        as_of: date | str,
        conventions: Conventions | None = None,
        limit: int | None = None,
    ) -> Worklist:
        """What is still to be done on a day, important and urgent first.

        Args:
            feedback: One row a feedback.
            customers: One row a customer, with ``tier`` and who may be contacted.
            as_of: The last day that counts.
            conventions: On whose clock days are counted.
            limit: How many rows at most, but for equals of the last one.

        Raises:
            MissingColumnError: There is no column of words.
            DataError: Ids of customers are of another type than those of feedback, or there twice.

        >>> said = [
        ...     {"customer_id": "a", "at": "2026-06-29", "text": "请问几点开门"},
        ...     {"customer_id": "b", "at": "2026-06-30", "text": "The heater smells of gas!"},
        ...     {"customer_id": "c", "at": "2026-07-02", "text": "too late"},
        ... ]
        >>> work = Triage().worklist(said, as_of="2026-06-30")
        >>> [(row["customer_id"], row["work_rank"]) for row in work.table], work.left_out
        ([('b', 1), ('a', 2)], {'after_as_of': 1})
        """
        return listed(taken_in(self, feedback, customers, as_of, conventions), limit)
