"""The customers table: one record a customer, or two, as people typed them in."""

import datetime as dt
from collections.abc import Sequence

import attrs
import numpy as np

from custseg.datasets.buying import TIERS
from custseg.datasets.cell import Cell
from custseg.datasets.dirt import ERRORS, Typist
from custseg.datasets.draws import Draws, weighted
from custseg.datasets.gather import gather
from custseg.datasets.people import Person
from custseg.datasets.staff import staff
from custseg.datasets.truth import Truth
from custseg.datasets.words import lexicon

SOURCES = weighted(
    (
        ("search", 24),
        ("campaign", 22),
        ("referral", 16),
        ("walk_in", 14),
        ("social", 14),
        ("event", 6),
        ("import", 4),
    )
)
_FIELDS = ("name", "company", "phone", "email", "city", "province", "industry", "territory")
_TYPIST = Typist(ERRORS, _FIELDS)
_TWICE_AS_BAD = 2.0  # what is typed in again is typed in by somebody in a hurry
_UNKNOWN = {"gender": 0.1, "birthday": 0.35, "income_band": 0.4, "consent": 0.15}
_CONSENT, _DO_NOT_CONTACT = 0.86, 0.04
_NO_BIRTHDAY = (dt.date(1900, 1, 1), dt.date(1970, 1, 1))
_NO_OWNER, _RIGHT_OWNER, _NEAR_OWNER = 0.26, 0.72, 0.94
_VIP = 0.6

Column = list[object]


@attrs.frozen(eq=False)
class Written:
    """The customers table of a piece, and which errors are in each of its records."""

    columns: dict[str, Column]
    errors: list[str]


def customers_table(cell: Cell, truth: Truth) -> Written:
    """Write the customers of a piece down."""
    texts, notes = _typed(cell)
    draws = cell.draws("customers")
    persons = _persons(cell)
    source, referrer = _source(cell, draws)
    columns: dict[str, Column] = {
        "customer_id": [*cell.ids],
        **{name: texts[name] for name in _FIELDS[:6]},
        "country": [one.place.country for one in persons],
        "territory": texts["territory"],
        "industry": texts["industry"],
        "language": [one.language for one in persons],
        "source": source,
        "referrer": referrer,
        "created_at": [*cell.records.created.astype("datetime64[s]").tolist()],
        **_about(cell, draws, persons, notes),
        "owner": _owners(cell, draws, truth),
        **_flags(cell, draws, truth),
    }
    return Written(columns, [";".join(note) for note in notes])


def _persons(cell: Cell) -> list[Person]:
    return gather(cell.people, cell.records.who)


def _true_texts(person: Person) -> dict[str, str | None]:
    return {
        "name": person.name,
        "company": person.company,
        "phone": person.usual_phone,
        "email": person.email,
        "city": person.place.city,
        "province": person.place.province,
        "industry": lexicon(person.language).words.industries[person.industry],
        "territory": person.place.territory,
    }


def _typed(cell: Cell) -> tuple[dict[str, Column], list[list[str]]]:
    """Type the texts of each record, with at most one error a field."""
    persons = _persons(cell)
    texts = [_true_texts(one) for one in persons]
    notes: list[list[str]] = [[] for _ in persons]
    rate = np.where(cell.records.original, 1.0, _TWICE_AS_BAD) * cell.recipe.errors
    draws, spins = cell.draws("dirt"), cell.draws("slips").spins()
    for field in _FIELDS:
        luck = (draws.uniform(len(persons)) / np.maximum(rate, 1e-9)).tolist()
        for row, (person, chance) in enumerate(zip(persons, luck, strict=True)):
            error = _TYPIST.error(spins, field, person.language, chance)
            text = texts[row][field]
            if error is not None and text is not None:
                texts[row][field] = error.make(text, person, spins)
                changed = texts[row][field] != text
                notes[row].extend([f"{field}.{error.code}"] if changed else [])
    return {name: [row[name] for row in texts] for name in _FIELDS}, notes


def _source(cell: Cell, draws: Draws) -> tuple[Column, Column]:
    """Draw where each record came from; who was referred has a referrer known before."""
    spins = draws.spins()
    order = np.argsort(cell.records.created, kind="stable")
    rank: list[int] = np.argsort(order, kind="stable").tolist()
    early = gather(cell.ids, order)
    source: Column = []
    referrer: Column = []
    for place in rank:
        name = spins.among(SOURCES)
        source.append(name)
        referred = name == "referral" and place > 0
        referrer.append(early[spins.below(place)] if referred else None)
    return source, referrer


def _about(
    cell: Cell, draws: Draws, persons: Sequence[Person], notes: list[list[str]]
) -> dict[str, Column]:
    n = len(persons)
    unknown = {name: draws.chance(n, share).tolist() for name, share in _UNKNOWN.items()}
    wrong = draws.chance(n, cell.recipe.errors * 0.2).tolist()
    false = gather(_NO_BIRTHDAY, draws.below(n, len(_NO_BIRTHDAY)))
    for note, bad, missing in zip(notes, wrong, unknown["birthday"], strict=True):
        note.extend(["birthday.placeholder"] if bad and not missing else [])
    birthday = [
        no_date if bad else one.birthday
        for one, bad, no_date in zip(persons, wrong, false, strict=True)
    ]
    return {
        "birthday": _some([*birthday], unknown["birthday"]),
        "gender": _some(["F" if one.female else "M" for one in persons], unknown["gender"]),
        "income_band": _some([_income(one) for one in persons], unknown["income_band"]),
        "consent": _some([*draws.chance(n, _CONSENT).tolist()], unknown["consent"]),
    }


def _income(person: Person) -> str:
    return lexicon(person.language).words.incomes[person.income]


def _some(column: Column, unknown: list[bool]) -> Column:
    return [None if missing else one for one, missing in zip(column, unknown, strict=True)]


def _owners(cell: Cell, draws: Draws, truth: Truth) -> Column:
    """Draw the present owners: none, the right one, a colleague of the territory, anybody."""
    spins = draws.spins()
    luck: list[float] = draws.uniform(cell.size).tolist()
    team = staff(cell.recipe)
    near: dict[str, list[str]] = {}
    for rep in team:
        near.setdefault(rep.territory, []).append(rep.rep_id)
    everybody = [rep.rep_id for rep in team]
    found: Column = []
    right = gather(truth.best_rep, cell.records.who)
    for chance, best, person in zip(luck, right, _persons(cell), strict=True):
        here = near.get(person.place.territory, everybody)
        others = [best] if chance < _RIGHT_OWNER else here if chance < _NEAR_OWNER else everybody
        found.append(None if chance < _NO_OWNER else spins.one_of(others))
    return found


def _flags(cell: Cell, draws: Draws, truth: Truth) -> dict[str, Column]:
    n = cell.size
    high = (truth.tier == len(TIERS) - 1)[cell.records.who]
    return {
        "do_not_contact": [*draws.chance(n, _DO_NOT_CONTACT).tolist()],
        "vip": [*(high & draws.chance(n, _VIP)).tolist()],
    }
