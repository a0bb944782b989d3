import pytest
from hypothesis import given
from hypothesis import strategies as st

import everykind
from custseg.frames import fingerprint, table

NEEDS = {"id": "text", "x": "number"}
rows = st.lists(
    st.fixed_dictionaries(
        {
            "id": st.none() | st.sampled_from(["1", "2", "华东", ""]),
            "x": st.none() | st.sampled_from([1.0, 1.5, -0.0, 2.0**60]),
        }
    ),
    max_size=6,
)


@given(rows, st.sampled_from(everykind.KINDS), st.randoms())
def test_a_table_is_known_again_in_every_kind_and_order(given_rows, kind, chance):
    shuffled = list(given_rows)
    chance.shuffle(shuffled)
    once = fingerprint(table(everykind.as_table("arrow", given_rows, NEEDS)))
    assert fingerprint(table(everykind.as_table(kind, shuffled, NEEDS))) == once or not given_rows


@given(rows, rows)
def test_other_rows_have_another_fingerprint(one, other):
    def content(held):
        return sorted(repr([v or "" for v in row.values()]) for row in held)

    same = fingerprint(table([*one, {"id": "z", "x": 9.0}])) == fingerprint(
        table([*other, {"id": "z", "x": 9.0}])
    )
    assert same == (content(one) == content(other))


@pytest.mark.parametrize(
    "changed", [{"id": "2", "x": 1.0}, {"id": "1", "y": 1.0}, {"x": "1", "id": 1.0}]
)
def test_a_value_or_a_name_makes_a_difference(changed):
    assert fingerprint(table([changed])) != fingerprint(table([{"id": "1", "x": 1.0}]))
