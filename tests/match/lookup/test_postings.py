"""Pieces as numbers: any text, and only salts that can be hashed with."""

import pytest

from custseg.errors import ConfigError
from custseg.match import ExactKey, Matcher
from custseg.match.lookup.postings import hashed

KEYS = Matcher((ExactKey("email", read="email"),), "id")
ONE = [{"id": 1, "email": "li@corp.cn"}]


def test_half_a_character_is_hashed_too() -> None:
    assert hashed("\ud83d", b"") != hashed("\ud83e", b"")


@pytest.mark.parametrize("salt", [b"x" * 65, "secret"])
def test_a_salt_that_cannot_be_used_is_refused(salt: object) -> None:
    for ask in (KEYS.index, KEYS.export_keys):
        with pytest.raises(ConfigError, match="64 secret bytes"):
            ask(ONE, salt=salt)
    with pytest.raises(ConfigError, match="64 secret bytes"):
        KEYS.record_keys(ONE[0], salt=salt)
