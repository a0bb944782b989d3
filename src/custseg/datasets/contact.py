"""The tables of contact: interactions, feedback, visits, opportunities."""

import numpy as np

from custseg._typing import Floats, Index, Ints
from custseg.datasets.cell import Cell
from custseg.datasets.draws import Draws, Spins, weighted
from custseg.datasets.gather import gather
from custseg.datasets.orders import favourites
from custseg.datasets.seasons import day_of, moment, seconds_of_day
from custseg.datasets.truth import Truth
from custseg.datasets.words import Words, lexicon

CHANNELS = weighted(
    (("call", 30), ("email", 28), ("chat", 18), ("meeting", 10), ("visit", 6), ("social", 8))
)
STAGES = weighted(
    (
        ("lead", 22),
        ("qualified", 18),
        ("proposal", 14),
        ("negotiation", 10),
        ("won", 20),
        ("lost", 16),
    )
)
SCALES = weighted((("csat", 50), ("nps", 25), ("stars", 25)))
_STEPS = {"csat": (1, 4), "nps": (0, 10), "stars": (1, 4)}  # lowest, and steps above it
_MOOD = {"complaint": -30, "suggestion": 0, "enquiry": 0, "praise": 22}
_FADE = 70.0  # mean days of contact after the last purchase of one who left
_INBOUND = 42
_TALK = (1.5, 4.0, 6.5)  # contacts of a low, medium and high customer, about

Column = list[object]


def interactions_table(cell: Cell, truth: Truth) -> dict[str, Column]:
    """Write down calls, e-mails, meetings and chats: more of them with good customers."""
    draws = cell.draws("interactions")
    who, at = _events(cell, draws, np.array(_TALK)[truth.tier], truth)
    spins = draws.spins()
    return {
        "customer_id": _ids(cell, draws, who, at),
        "at": [*at.astype("datetime64[s]").tolist()],
        "channel": [spins.among(CHANNELS) for _ in range(len(who))],
        "direction": [_direction(spins) for _ in range(len(who))],
    }


def visits_table(cell: Cell, truth: Truth) -> dict[str, Column]:
    """Write down visits to the shop's site or app."""
    draws = cell.draws("visits")
    bought = np.bincount(cell.purchases.who, minlength=len(cell.people))
    who, at = _events(cell, draws, 1.5 + 0.4 * np.minimum(bought, 40), truth)
    pages = 1 + np.floor(draws.exponential(len(who)) * 4.0).astype(np.int64)
    interest = np.where(truth.lifecycle[who] == 1, 0.6, 0.35)
    clicks = np.floor(draws.uniform(len(who)) * interest * (pages + 1)).astype(np.int64)
    return {
        "customer_id": _ids(cell, draws, who, at),
        "at": [*at.astype("datetime64[s]").tolist()],
        "pages": [*pages.tolist()],
        "clicks": [*np.minimum(clicks, pages).tolist()],
    }


def feedback_table(cell: Cell, truth: Truth) -> dict[str, Column]:
    """Write down complaints, praise, questions and scores: the leaving are the unhappy."""
    draws = cell.draws("feedback")
    bought = np.bincount(cell.purchases.who, minlength=len(cell.people))
    who, at = _events(cell, draws, 0.15 + 0.12 * np.minimum(bought, 20), truth)
    spins = draws.spins()
    content = np.where(truth.gone, 5, 40) + draws.below(len(cell.people), 56)
    liked: list[int] = favourites(cell)[0][who].tolist()
    words = gather([lexicon(one.language).words for one in cell.people], who)
    moods: list[int] = content[who].tolist()
    kinds = [_kind(spins, mood) for mood in moods]
    scores = [_score(spins, m + _MOOD[k]) for m, k in zip(moods, kinds, strict=True)]
    texts = [_text(spins, *parts) for parts in zip(words, kinds, liked, strict=True)]
    return {
        "customer_id": _ids(cell, draws, who, at),
        "at": [*at.astype("datetime64[s]").tolist()],
        "kind": [*kinds],
        "scale": [scale for scale, _ in scores],
        "score": [score for _, score in scores],
        "text": [*texts],
    }


def opportunities_table(cell: Cell, truth: Truth) -> dict[str, Column]:
    """Write down possible deals, most of them with companies."""
    draws = cell.draws("opportunities")
    business = np.array([one.company is not None for one in cell.people])
    who, at = _events(cell, draws, np.where(business, 0.8, 0.06), truth)
    n, spins = len(who), draws.spins()
    size = cell.nature.spend[who] * (2.0 + draws.exponential(n) * 6.0)
    amount = (np.rint(size / 100.0) * 100.0).tolist()
    close = day_of(at) + 20 + draws.below(n, 160)
    unknown = draws.chance(n, 0.15).tolist()
    return {
        "customer_id": _ids(cell, draws, who, at),
        "stage": [spins.among(STAGES) for _ in range(n)],
        "amount": [None if gap else one for one, gap in zip(amount, unknown, strict=True)],
        "opened_at": [*at.astype("datetime64[s]").tolist()],
        "expected_close": [*close.astype("datetime64[D]").tolist()],
    }


def _events(cell: Cell, draws: Draws, mean: Floats, truth: Truth) -> tuple[Index, Ints]:
    """Draw events of each customer between becoming known and, for those who left, fading out."""
    n, recipe = len(cell.people), cell.recipe
    counts = np.floor(draws.exponential(n) * mean + 0.5).astype(np.int64)
    last = cell.purchases.last_day() - recipe.first_day
    fade = np.rint(draws.exponential(n) * _FADE).astype(np.int64)
    until = np.where(truth.gone, np.minimum(last + fade, recipe.days - 1), recipe.days - 1)
    known = cell.records.created[cell.records.home]
    who = np.repeat(np.arange(n), counts)
    span = np.maximum(until + recipe.first_day - day_of(known), 0)[who] + 1
    day = day_of(known)[who] + np.floor(draws.uniform(len(who)) * span).astype(np.int64)
    at = np.maximum(moment(day, seconds_of_day(draws, len(who))), known[who])
    order = np.argsort(at, kind="stable")
    return who[order], at[order]


def _ids(cell: Cell, draws: Draws, who: Index, at: Ints) -> Column:
    return [*gather(cell.ids, cell.records.place(draws, who, at))]


def _direction(spins: Spins) -> str:
    return "inbound" if spins.chance(_INBOUND) else "outbound"


def _kind(spins: Spins, mood: int) -> str:
    luck = spins.below(100)
    if luck < (100 - mood) * 6 // 10:
        return "complaint"
    if luck >= 100 - mood * 5 // 10:
        return "praise"
    return "suggestion" if luck % 2 else "enquiry"


def _score(spins: Spins, mood: int) -> tuple[str | None, int | None]:
    if spins.chance(25):
        return None, None
    scale = spins.among(SCALES)
    lowest, steps = _STEPS[scale]
    level = min(100, max(0, mood + spins.below(31) - 15))
    return scale, lowest + (level * steps + 50) // 100


def _text(spins: Spins, words: Words, kind: str, category: int) -> str | None:
    sentences = {
        "complaint": words.complaint,
        "suggestion": words.suggestion,
        "enquiry": words.enquiry,
        "praise": words.praise,
    }
    product = spins.one_of(words.products[category])
    sentence = spins.one_of(sentences[kind]).format(product.lower())
    return None if spins.chance(10) else sentence
