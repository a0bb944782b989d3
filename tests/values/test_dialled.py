"""Whose number it is, with and without the numbering plans of the world."""

import pytest

from custseg.values import dialled, phones
from custseg.values.reading import Reading


@pytest.mark.parametrize(
    ("text", "region", "value", "problem"),
    [
        ("13923456709", "CN", "+8613923456709", None),
        ("13923456709", None, "+8613923456709", "ambiguous_region"),
        ("13923456709", "US", "+13923456709", None),
        ("13800138000", None, "+8613800138000", None),
        ("13800138000", "US", "+8613800138000", "ambiguous_region"),
        ("13800138000.0", "CN", "+8613800138000", None),
        ("'13800138000", "CN", "+8613800138000", None),
        ("138 0013 8000,", "CN", "+8613800138000", None),
        ("8613800138000", None, "+8613800138000", None),
        ("021-62345678转801", "CN", "+862162345678;ext=801", None),
        ("021-62345678 分机 801", "CN", "+862162345678;ext=801", None),
        ("021-62345678#801", "CN", "+862162345678;ext=801", None),
        ("(415) 555-0132 x12", "US", "+14155550132;ext=12", None),
        ("400-800-1234 转 2", "CN", "+864008001234;ext=2", None),
        ("95588", "CN", "+8695588", None),
    ],
)
def test_by_region(text: str, region: str | None, value: str, problem: str | None) -> None:
    assert phones.read(text, region) == Reading(value, value, problem)


@pytest.mark.parametrize(
    ("text", "problem", "without"),
    [
        ("+44 20 7946 0958", None, None),
        ("+49 30 901820", None, None),
        ("+44 99 9999 0001", "unassigned_number", None),
        ("+65 6123 45", "invalid_length", "invalid_length"),
    ],
)
def test_the_plans_of_the_world_are_asked_if_they_are_there(
    text: str, problem: str | None, without: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("phonenumbers")
    assert phones.read(text).problem == problem
    monkeypatch.setattr(dialled, "plans", lambda: None)
    assert phones.read(text).problem == without
