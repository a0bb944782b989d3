"""Sets whose truth is known, and which column of each plays which role for a preset.

From ../shared/data; without its file a set is left out. The mapping is all that a preset is told.
"""

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from _cleaning_data import contacts

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@dataclass
class Known:
    """A set: its records, who they truly are (``entity_id``), and what a preset is told of it."""

    read: object
    preset: str
    locale: str
    names: dict = field(default_factory=dict)
    target: float | None = None
    files: tuple = ()


def febrl(number):
    table = pd.read_parquet(SHARED / f"dup_febrl{number}.parquet")
    return table.assign(entity_id=table["rec_id"].str.split("-").str[1])


def fake_1000():
    return _renamed("dup_splink_fake_1000.parquet", "cluster")


def historical():
    return _renamed("dup_historical_50k_a.parquet", "cluster")


def chinese():
    return _renamed("dup_zh_crm_synth_a.parquet", "entity_id")


def stoxx():
    table = _renamed("dup_stoxx50_company_names.parquet", "id")
    return table.assign(record_id=[f"R{row:03d}" for row in range(len(table))])


def restaurants():
    tables = {
        source: pd.read_parquet(SHARED / f"dup_restaurants_{source}.parquet").assign(source=source)
        for source in ("fodors", "zagats")
    }
    pairs = pd.read_parquet(SHARED / "dup_restaurants_matches_fodors_zagats.parquet")
    same = dict(zip(pairs["zagats_id"].astype(str), pairs["fodors_id"].astype(str), strict=True))
    fodors, zagats = (one.assign(id=one["id"].astype(str)) for one in tables.values())
    whose = [f"f{one}" for one in fodors["id"]]
    whose += [f"f{same[one]}" if one in same else f"z{one}" for one in zagats["id"]]
    both = pd.concat([fodors, zagats], ignore_index=True)
    return both.assign(entity_id=whose, id=both["source"].str[0] + both["id"])


def _renamed(name, truth):
    return pd.read_parquet(SHARED / name).rename(columns={truth: "entity_id"})


_FEBRL = {
    "id": "rec_id",
    "given_name": "given_name",
    "surname": "surname",
    "street_number": "street_number",
    "address": "address_1",
    "suburb": "suburb",
    "postcode": "postcode",
    "birthday": "date_of_birth",
    "extra": ("soc_sec_id",),
}
_PLACES = {"company": "name", "address": "addr", "city": "city", "id": "id"}
SETS = {
    **{
        f"FEBRL{n}": Known(
            lambda n=n: febrl(n), "person", "en", _FEBRL, 0.999, (f"dup_febrl{n}.parquet",)
        )
        for n in (1, 2, 3)
    },
    "fake_1000": Known(
        fake_1000,
        "person",
        "en",
        {"id": "unique_id", "given_name": "first_name", "surname": "surname", "birthday": "dob"},
        0.93,
        ("dup_splink_fake_1000.parquet",),
    ),
    "historical, half a": Known(
        historical,
        "person",
        "en",
        {
            "id": "unique_id",
            "given_name": "first_name",
            "surname": "surname",
            "birthday": "dob",
            "postcode": "postcode_fake",
            "city": "birth_place",
            "extra": ("occupation",),
        },
        0.86,
        ("dup_historical_50k_a.parquet",),
    ),
    "restaurants, no phone": Known(
        lambda: restaurants().drop(columns="phone"),
        "company",
        "en",
        _PLACES,
        0.875,
        ("dup_restaurants_fodors.parquet",),
    ),
    "restaurants": Known(
        restaurants, "company", "en", _PLACES, 0.875, ("dup_restaurants_fodors.parquet",)
    ),
    "Chinese CRM": Known(
        chinese,
        "contact",
        "zh",
        {"id": "record_id", "company": "name", "name": "contact", "phone": "mobile"},
        0.95,
        ("dup_zh_crm_synth_a.parquet",),
    ),
    "STOXX names": Known(
        stoxx,
        "company",
        "en",
        {"company": "name", "id": "record_id"},
        None,
        ("dup_stoxx50_company_names.parquet",),
    ),
}


def generated(rows, seed, errors, locale):
    """Contacts of the generator, as they came."""
    return Known(
        lambda: contacts(rows, seed=seed, errors=errors, locale=locale),
        "contact",
        locale,
        {"id": "record_id"},
        0.985 if rows <= 100_000 else 0.978,
    )


def there(known):
    """Whether the files of a set are there."""
    return all((SHARED / name).exists() for name in known.files)


def asked(table):
    """The records without the truth about them."""
    hidden = {"entity_id", "language", "errors", "source", "channel", "updated_at"}
    return table.drop(columns=[name for name in table if name in hidden])
