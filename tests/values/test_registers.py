"""LEI and VAT numbers with their check digits."""

import pytest

from custseg.values.registers import read_lei, read_vat

VAT = [
    "DE136695976",
    "FR40303265045",
    "FR83404833048",
    "IT00743110157",
    "BE0428759497",
    "DK13585628",
    "FI20774740",
    "LU15027442",
    "PL8567346215",
    "PT501964843",
    "SI50223054",
    "GB980780684",
    "NL004495445B01",
    "ATU13585627",
    "ESX2482300W",
    "IE6433435F",
    "EL094259216",
]
LEI = ("HWUPKR0MPOU8FGXBT394", "INR2EJN1ERAN0W5ZP974", "7LTWFZYICNSX8D621K86")
CHECKED = {"DE", "FR", "IT", "BE", "DK", "FI", "LU", "PL", "PT", "SI"}


@pytest.mark.parametrize("number", VAT)
def test_numbers_that_are_in_use(number: str) -> None:
    assert read_vat(f" {number[:2]} {number[2:].lower()}").key == number


@pytest.mark.parametrize("number", [number for number in VAT if number[:2] in CHECKED])
def test_one_digit_wrong(number: str) -> None:
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert read_vat(wrong).problem == "invalid_check_digit"


@pytest.mark.parametrize("number", LEI)
def test_entities(number: str) -> None:
    assert read_lei(number.lower()).key == number
    swapped = number[1] + number[0] + number[2:]
    assert read_lei(swapped).problem == "invalid_check_digit"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("136695976", "invalid_country_code"),
        ("US123456789", "invalid_country_code"),
        ("DE12345", "invalid_characters"),
        ("DE111111111", "repeated_digits"),
        ("n/a", "placeholder"),
        ("DE1366***76", "masked"),
        ("ＤＥ１３６６９５９７６", None),
        ("DE1366\u00e95976", "invalid_characters"),
    ],
)
def test_problems(text: str, problem: str | None) -> None:
    assert read_vat(text).problem == problem


@pytest.mark.parametrize(
    ("text", "problem"),
    [("7LTWFZYICNSX8D621K8", "invalid_length"), ("7LTWFZYICNSX8D621KXX", "invalid_characters")],
)
def test_entities_of_another_shape(text: str, problem: str) -> None:
    assert read_lei(text).problem == problem
