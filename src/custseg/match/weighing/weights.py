"""What a level of a comparison is worth, in bits: the whole of a fitted model, as plain data."""

from collections.abc import Iterator
from typing import ClassVar, Final

import attrs
import numpy as np
from numpy.typing import NDArray

from custseg._typing import Floats, floats, words
from custseg.errors import ConfigError
from custseg.frames import Tabled
from custseg.labels import heading, label, table
from custseg.layout import html_table, width

HUNDREDTHS: Final = 100
"""Weights are whole hundredths of a bit, so that the parts of a pair add up exactly."""
_QUARTER: Final = 0.25
"""Related pairs to each pair of one customer, where nobody has learnt how many there are."""
RAREST: Final = 1e-5
Whole = NDArray[np.int32]


@attrs.frozen
class LevelWeights:
    """What one comparison found of customers and of strangers.

    Attributes:
        name: The comparison.
        levels: The codes of its levels, the best first.
        m: The share of each level among pairs of one customer, where both sides are known.
        u: The share of each level among pairs of two customers.
        shift: Bits that reviewed pairs added to each level.
        term_frequency: Whether a rare value says more than a common one.

    Raises:
        ConfigError: Shares are missing, or none of them can be a share.

    >>> phone = LevelWeights("phone", ("exact", "else"), (0.8, 0.2), (0.001, 0.999))
    >>> phone.bits
    (9.64, -2.32)
    """

    name: str
    levels: tuple[str, ...] = attrs.field(converter=words)
    m: tuple[float, ...] = attrs.field(converter=floats)
    u: tuple[float, ...] = attrs.field(converter=floats)
    shift: tuple[float, ...] = attrs.field(converter=floats, default=())
    term_frequency: bool = False

    def __attrs_post_init__(self) -> None:
        wanted = len(self.levels)
        for name, shares in (("m", self.m), ("u", self.u)):
            if len(shares) != wanted or not all(0.0 < share <= 1.0 for share in shares):
                msg = f"needs one share above 0 for each of the {wanted} levels"
                raise ConfigError(msg, f"{self.name}.{name}")
        if self.shift and len(self.shift) != wanted:
            msg = f"needs one number for each of the {wanted} levels, or none"
            raise ConfigError(msg, f"{self.name}.shift")

    @property
    def hundredths(self) -> Whole:
        """The weight of each level number in hundredths of a bit; level 0, missing, has none."""
        ratio = np.log2(np.array(self.m)) - np.log2(np.array(self.u))
        whole = np.rint(HUNDREDTHS * (ratio + np.array(self.shift or 0.0)))
        return np.concatenate([[0], whole]).astype(np.int32)

    @property
    def bits(self) -> tuple[float, ...]:
        """The weight of each level."""
        return floats((self.hundredths[1:] / HUNDREDTHS).tolist())


@attrs.frozen
class Weights(Tabled):
    """How much each agreement and each difference says: a fitted model of plain numbers.

    The weight of a pair is the binary logarithm of the odds that it is one customer: that of any
    two records (`prior`), and for each comparison log2(m / u).

    Attributes:
        comparisons: The comparisons.
        prior: The share of all possible pairs that are one customer.
        shift: Bits that reviewed pairs added to every weight.
        rarest: Values that a smaller share of the records holds count as this rare: how rare they
            are is not known, and a typing error is no rare name.
        shared: Comparisons of what a family or an office shares: phone and address agree together,
            so that their weights do not add up.
        related: The share of all possible pairs that are two customers of one family or office; 0
            where it was not learnt.

    Raises:
        ConfigError: The prior is no share, or two comparisons bear one name.

    >>> phone = LevelWeights("phone", ("exact", "else"), (0.8, 0.2), (0.001, 0.999))
    >>> print(Weights((phone,), prior=0.01).text())
    two records taken at random  -6.63
    phone: the same              +9.64  0.8 of one customer, 0.001 of two
    phone: different             -2.32  0.2 of one customer, 0.999 of two

    Source: Fellegi and Sunter, A theory for record linkage, JASA 64, 1969.
    """

    schema_version: ClassVar[int] = 1

    comparisons: tuple[LevelWeights, ...]
    prior: float
    shift: float = 0.0
    rarest: float = RAREST
    shared: tuple[str, ...] = attrs.field(converter=words, default=())
    related: float = 0.0

    def __attrs_post_init__(self) -> None:
        names = [one.name for one in self.comparisons]
        if len(set(names)) < len(names):
            msg = f"each comparison needs a name of its own, got {names}"
            raise ConfigError(msg, "comparisons")
        known = (("prior", self.prior), ("rarest", self.rarest), ("related", self.related or 0.5))
        for name, share in known:
            if not 0.0 < share < 1.0:
                msg = f"a share lies between 0 and 1, got {share}"
                raise ConfigError(msg, name)

    @property
    def start(self) -> int:
        """What any two records weigh before they are compared, in hundredths of a bit."""
        odds = np.log2(self.prior) - np.log1p(-self.prior) / np.log(2.0)
        return int(np.rint(HUNDREDTHS * (odds + self.shift)))

    @property
    def kindred(self) -> float:
        """The share of all possible pairs that are related, or what is usual where none is known.

        >>> phone = LevelWeights("phone", ("exact", "else"), (0.8, 0.2), (0.001, 0.999))
        >>> Weights((phone,), prior=0.01, shared=("phone",)).kindred
        0.0025
        """
        return self.related or _QUARTER * self.prior

    def table(self) -> list[dict[str, object]]:
        """One record a level: comparison, level, m, u and weight in bits."""
        return [
            {"comparison": one.name, "level": level, "m": m, "u": u, "weight": bits}
            for one in self.comparisons
            for level, m, u, bits in zip(one.levels, one.m, one.u, one.bits, strict=True)
        ]

    def text(self, locale: str = "en") -> str:
        """Lines to read: what each level weighs, in bits.

        Args:
            locale: ``en`` or ``zh``.
        """
        lines = list(self._lines(locale))
        widest, longest = (max(width(line[at]) for line in lines) for at in (0, 1))
        return "\n".join(
            f"{head}{' ' * (widest - width(head))}  {bits:>{longest}}  {shares}".rstrip()
            for head, bits, shares in lines
        )

    def _lines(self, locale: str) -> Iterator[tuple[str, str, str]]:
        yield label("weights.start", locale), signed(self.start), ""
        for one in self.comparisons:
            levels = zip(one.levels, one.m, one.u, one.hundredths[1:].tolist(), strict=True)
            for level, m, u, bits in levels:
                shares = label("weights.shares", locale).format(m=f"{m:.3g}", u=f"{u:.3g}")
                yield line_word(one.name, level, locale), signed(bits), shares

    def html(self, locale: str = "en") -> str:
        """The same as a small page for notebooks."""
        return html_table(("", label("weights.bits", locale), ""), self._lines(locale))


def field_word(comparison: str, locale: str = "en") -> str:
    """The word that people read for what is compared.

    >>> field_word("id_card"), field_word("loyalty_card")
    ('identity number', 'loyalty card')
    """
    return table(locale).get(f"compared.{comparison}") or heading(comparison, locale)


def field_code(comparison: str) -> str:
    """The code under which the word of what is compared stands; its name where it has none.

    >>> field_code("id_card"), field_code("loyalty_card")
    ('compared.id_card', 'loyalty_card')
    """
    code = f"compared.{comparison}"
    return code if code in table("en") else comparison


def level_word(level: str, locale: str = "en") -> str:
    """The word that people read for a level, which may be a code elsewhere too.

    >>> level_word("exact"), level_word("my_own_level")
    ('the same', 'my own level')
    """
    return table(locale).get(level_code(level), level.replace("_", " "))


def level_code(level: str) -> str:
    """The code under which the word of a level stands; the level itself where it has none.

    >>> level_code("exact"), level_code("my_own_level")
    ('alike.exact', 'my_own_level')
    """
    code = f"alike.{level}"
    return code if code in table("en") else level


def line_word(comparison: str, level: str, locale: str = "en") -> str:
    """What is compared and how alike it is, in words.

    >>> line_word("phone", "exact")
    'phone: the same'
    """
    field, alike = field_word(comparison, locale), level_word(level, locale)
    return label("pair.line", locale).format(field=field, level=alike)


def signed(hundredths: int) -> str:
    """A weight to read, with its sign.

    >>> signed(964), signed(-5)
    ('+9.64', '-0.05')
    """
    return f"{hundredths / HUNDREDTHS:+.2f}"


def chances(weight: Floats) -> Floats:
    """The probability that pairs of some weights are one customer.

    Args:
        weight: Bits.

    >>> chances(np.array([0.0, 1.0, -20000.0])).round(3).tolist()
    [0.5, 0.667, 0.0]
    """
    small = np.exp2(-np.abs(weight))
    return np.where(weight >= 0, 1.0, small) / (1.0 + small)


def probability(weight: float) -> float:
    """The probability that one pair of some weight is one customer.

    Args:
        weight: Bits.

    >>> probability(0.0), round(probability(1.0), 3), probability(-20000.0)
    (0.5, 0.667, 0.0)
    """
    small = float(2.0 ** -abs(weight))
    return (1.0 if weight >= 0 else small) / (1.0 + small)
