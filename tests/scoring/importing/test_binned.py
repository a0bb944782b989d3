import json

import pytest

from custseg.errors import DataError
from custseg.scoring.importing.binned import binned_column

WORDS = {"name": "source", "dtype": "categorical", "splits": [0.5, 2.5], "cat_others": []}


def test_splits_of_words_lie_between_their_places():
    column = binned_column({**WORDS, "categories": ["ad", "web", "tv", "fair"]})
    assert column.groups == (("ad",), ("web", "tv"), ("fair",))
    assert column.rows == 5  # three bins, special codes, missing


def test_rare_words_are_a_bin_after_the_others():
    document = {**WORDS, "categories": ["ad", "web", "tv", "fair"], "cat_others": ["rare", 7]}
    assert binned_column(json.dumps(document)).groups[-1] == ("rare", "7")


def test_codes_come_as_a_list_or_by_name():
    numbers = {"name": "visits", "dtype": "numerical", "splits": [1.5]}
    assert binned_column(numbers).codes == ((),)
    assert binned_column({**numbers, "special_codes": [-1, -2]}).codes == ((-1, -2),)
    named = {"gone": -9, "asked": [-1, -2]}
    assert binned_column({**numbers, "special_codes": named}).codes == ((-9,), (-1, -2))


@pytest.mark.parametrize("wrong", [{}, {"name": "x"}, 3, [1], {**WORDS, "splits": ["a"]}])
def test_what_is_no_document_is_refused(wrong):
    with pytest.raises(DataError, match=r"to_dict\(\) or to_json\(\)"):
        binned_column(wrong)


def test_groups_set_by_hand_are_refused():
    with pytest.raises(DataError, match="user_splits"):
        binned_column({**WORDS, "categories": [["a"]], "user_splits": [["a"]]})
