"""Errors survive the way back from a worker, and say what to do without showing a value."""

import pickle

import pytest

from custseg import errors

MADE = [
    errors.CustsegError("something"),
    errors.MissingColumnError("revenu", ("customer_id", "revenue")),
    errors.ConfigError("must be above 0, got -1", "lifecycle.dormant_after"),
    errors.ConfigError("must be above 0"),
    errors.DataError("holds text", "revenue", 3),
    errors.DataError("holds text", "", 3),
    errors.DataError("holds text"),
    errors.NotEnoughDataError("needs two orders"),
    errors.CapacityError("capacity is below 0"),
    errors.CancelledError("asked to stop"),
    errors.MissingDependencyError("polars", "polars"),
    errors.MissingDependencyError("polars"),
]


def every():
    return {
        v
        for v in vars(errors).values()
        if isinstance(v, type) and issubclass(v, errors.CustsegError)
    }


@pytest.mark.parametrize("error", MADE, ids=range(len(MADE)))
def test_an_error_survives_a_pickle(error):
    back = pickle.loads(pickle.dumps(error))
    assert type(back) is type(error)
    assert str(back) == str(error)
    assert vars(back) == vars(error)
    assert back.args == error.args


def test_every_error_is_tried():
    assert {type(error) for error in MADE} == every()


@pytest.mark.parametrize(
    ("cls", "standard"),
    [
        (errors.MissingColumnError, KeyError),
        (errors.ConfigError, ValueError),
        (errors.DataError, ValueError),
        (errors.NotEnoughDataError, ValueError),
        (errors.CapacityError, ValueError),
        (errors.CancelledError, RuntimeError),
        (errors.MissingDependencyError, ImportError),
    ],
)
def test_each_is_also_the_standard_error_that_people_catch(cls, standard):
    assert issubclass(cls, standard)
    assert issubclass(cls, errors.CustsegError)


def test_every_warning_can_be_told_from_those_of_others():
    found = [v for v in vars(errors).values() if isinstance(v, type) and issubclass(v, Warning)]
    assert {one.__name__ for one in found} >= {"CustsegWarning", "MissingFontWarning"}
    assert all(issubclass(one, errors.CustsegWarning) for one in found)
    assert issubclass(errors.CustsegWarning, UserWarning)


def test_codes_are_stable_and_differ():
    codes = [cls.code for cls in every()]
    assert sorted(codes) == [
        "cancelled",
        "capacity",
        "config",
        "data",
        "error",
        "missing-column",
        "missing-dependency",
        "not-enough-data",
    ]


@pytest.mark.parametrize(
    ("error", "said"),
    list(
        zip(
            MADE,
            [
                "something",
                "no column 'revenu' among ['customer_id', 'revenue']. Did you mean 'revenue'?",
                "lifecycle.dormant_after: must be above 0, got -1",
                "must be above 0",
                "column 'revenue', row 3: holds text",
                "row 3: holds text",
                "holds text",
                "needs two orders",
                "capacity is below 0",
                "asked to stop",
                "this needs 'polars', which is not installed: pip install 'custseg[polars]'",
                "this needs 'polars', which is not installed: pip install 'polars'",
            ],
            strict=True,
        )
    ),
    ids=range(len(MADE)),
)
def test_what_an_error_says(error, said):
    assert str(error) == said


def test_columns_named_by_numbers_do_not_disturb_a_suggestion():
    assert "Did you mean 'revenue'?" in str(errors.MissingColumnError("revenu", (0, "revenue", 1)))


def test_nothing_near_is_suggested_where_nothing_is_near():
    assert errors.did_you_mean("zzz", ["revenue"]) == ""


def test_a_column_that_is_named_by_a_number_is_told():
    assert "no column 5 among" in str(errors.MissingColumnError(5, ("a",)))
