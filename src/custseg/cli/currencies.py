"""The currency that a report counts in, and what the others are worth: ``--currency --rates``."""

from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterable, Mapping
from math import inf
from typing import Final

from custseg.errors import ConfigError
from custseg.features import Conventions
from custseg.features.conventions import currency_code
from custseg.io import Export
from custseg.values.text import tidy

_EXAMPLE: Final = "USD=7.1,EUR=7.8"


def arguments(parser: ArgumentParser) -> None:
    """What a report of money is given."""
    home = "the currency that the report counts in, where an export holds several: CNY"
    parser.add_argument("--currency", metavar="CODE", help=home)
    worth = f"what one of each other currency is worth in it: {_EXAMPLE}; repeatable"
    parser.add_argument("--rates", action="append", default=[], metavar="CODE=RATE", help=worth)


def money_of(given: Namespace, exports: Iterable[Export]) -> Conventions:
    """What the amounts of exports are counted in.

    Args:
        given: What the command is given.
        exports: The exports.

    Raises:
        ConfigError: There are several currencies and nobody says which is the company's, there is
            no rate for some, or a rate is none.
    """
    seen = sum((Counter(export.currencies) for export in exports), Counter[str]())
    rates = _rates(given.rates)
    home = None if given.currency is None else currency_code(given.currency)
    if home is None:
        if rates or len(seen) > 1:
            msg = f"say which currency the report counts in, such as CNY{_found(seen)}"
            raise ConfigError(msg, "--currency")
        return Conventions()
    if rates.pop(home, 1.0) != 1.0:
        msg = f"one {home} is one {home}: leave it out"
        raise ConfigError(msg, "--rates")
    if lacking := sorted(seen.keys() - {home} - rates.keys()):
        example = ",".join(f"{code}=..." for code in lacking)
        msg = f"say what one of each is worth in {home}, with --rates {example}{_found(seen)}"
        raise ConfigError(msg, "--rates")
    return Conventions(currency=home, rates=rates)


def _found(seen: Mapping[str, int]) -> str:
    told = ", ".join(f"{code} {rows:,}" for code, rows in seen.items())
    return f"; rows of each: {told}" if told else ""


def _rates(words: Iterable[str]) -> dict[str, float]:
    """Rates as they are said: ``USD=7.1,EUR=7.8``."""
    found: dict[str, float] = {}
    for word in (part for said in words for part in (tidy(said) or "").split(",")):
        code, _, rate = word.partition("=")
        worth = _number(rate)
        if not code.strip() or not 0 < worth < inf:
            msg = f"takes CODE=RATE with a rate above 0, such as {_EXAMPLE}, got {word!r}"
            raise ConfigError(msg, "--rates")
        if found.setdefault(currency_code(code), worth) != worth:
            msg = f"there are two rates for {currency_code(code)}"
            raise ConfigError(msg, "--rates")
    return found


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
