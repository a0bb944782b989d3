"""Where a record is at home, told by another value of it."""

import pytest

from custseg.values import phones
from custseg.values.regions import hint


@pytest.mark.parametrize(
    ("text", "region"),
    [
        *(("中国", "CN"), ("CHN", "CN"), ("USA", "US"), ("United States", "US"), ("美国", "US")),
        *(("广东省深圳市", "CN"), ("朝阳区", "CN"), ("香港", "HK"), ("Taiwan", "TW"), ("DE", "DE")),
        *(("Berlin, Germany", "DE"), ("東京タワー", "JP"), ("서울", "KR"), ("李雷", "CN")),
        *(("John", None), ("asia", None), ("N/A", None), ("", None), (None, None)),
    ],
)
def test_hints(text: str | None, region: str | None) -> None:
    assert hint(text) == region


def test_a_bare_number_is_read_by_its_record() -> None:
    assert phones.read("13923456709", hint("United States")).value == "+13923456709"
    assert phones.read("13923456709", hint("广东省")).value == "+8613923456709"
    assert phones.read("13923456709", hint(None)).problem == "ambiguous_region"
