"""Errors of workers keep their type, their column and their partition on the way back."""

import pytest

from custseg.errors import (
    ConfigError,
    DataError,
    MissingColumnError,
    MissingDependencyError,
    NotEnoughDataError,
)
from custseg.frames.faults import in_part, quotable, typed

ERRORS = [
    DataError("holds text", "paid at"),
    ConfigError("must be above 0", "lifecycle.after"),
    NotEnoughDataError("nobody bought twice"),
    MissingColumnError("revenu", ("revenue", "id")),
    MissingDependencyError("phonenumbers", "phone"),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda one: type(one).__name__)
def test_an_error_comes_back_out_of_the_text_of_another(error):
    placed = in_part(error, 3)
    text = "Traceback ...\n" + "\n".join(quotable(placed).__notes__) + '\n\tat Worker {"x": 1}'
    with pytest.raises(type(error)) as caught, typed():
        raise RuntimeError(text)
    assert str(caught.value) == str(placed)
    assert type(caught.value) is type(error)
    assert "partition 3" in "\n".join([str(caught.value), *getattr(caught.value, "__notes__", [])])


def test_the_partition_is_told_where_there_is_a_message():
    assert str(in_part(ERRORS[0], 3)) == "column 'paid at': holds text (partition 3)"
    assert str(in_part(ERRORS[2], 0)) == "nobody bought twice (partition 0)"


@pytest.mark.parametrize(
    "text", ["", "custseg-error {", 'custseg-error {"error": "No", "fields": []}']
)
def test_other_errors_stay_what_they_are(text):
    with pytest.raises(RuntimeError), typed():
        raise RuntimeError(text)


def test_a_typed_error_stays_itself():
    given = DataError("holds text")
    with pytest.raises(DataError) as caught, typed():
        raise given
    assert caught.value is given
