"""Keys: what two records must share."""

from types import MappingProxyType

import numpy as np
import pytest

from custseg._typing import Codes
from custseg.errors import ConfigError
from custseg.match import CompositeKey, ExactKey
from custseg.match.keys import joined, keys_of, rule_of

PHONE = ExactKey("phone", read="phone", region="CN")


def codes(*texts):
    words = tuple(dict.fromkeys(t for t in texts if t is not None))
    return Codes(np.array([-1 if t is None else words.index(t) for t in texts], np.intp), words)


def same(key, column, *texts):
    at = key.keys({column: codes(*texts)}).at.tolist()
    return at[0] == at[1] >= 0


@pytest.mark.parametrize(
    ("read", "left", "right"),
    [
        ("phone", "138 0013 8000", "+86-13800138000"),
        ("phone", "0086 13800138000", "１３８００１３８０００"),
        ("phone", "010-62345678", "+861062345678"),
        ("email", "Li.Lei@GMAIL.com", "lilei@gmail.com"),
        ("email", "li@corp.cn", " LI＠corp.cn"),
        ("name", "王 小 明", "王小明先生"),
        ("name", "Smith, John", "John SMITH"),
        ("surname", "王小明", "王晓明"),
        ("surname", "John Smith", "Jane SMITH"),
        ("company", "北京字节跳动科技有限公司", "北京字节跳动科技有限责任公司"),
        ("company", "Acme Ltd.", "ACME Limited"),
        ("uscc", "91350100m000100y43", "91350100M000100Y43"),
        ("id_card", "11010519491231002x", "11010519491231002X"),
        ("date", "2024-02-29", "2024年2月29日"),
        ("text", "Ｓão Paulo", "sao  paulo"),
    ],
)
def test_spellings_of_one_value_are_one_key(read, left, right):
    assert same(
        ExactKey("x", read=read, region="CN" if read == "phone" else None), "x", left, right
    )


@pytest.mark.parametrize(
    ("read", "junk"),
    [
        ("phone", "00000000"),
        ("phone", "12345678901"),
        ("phone", "138****8000"),
        ("email", "test@test.com"),
        ("email", "no address"),
        ("name", "暂无"),
        ("name", "陈女士"),  # a surname with a title is not a person
        ("company", "无"),
        ("uscc", "91350100M000100Y44"),  # the check digit is wrong
        ("id_card", "110105194912310021"),
        ("date", "1900-01-01"),
        ("text", "N/A"),
        ("text", "  "),
    ],
)
def test_junk_is_no_key(read, junk):
    key = ExactKey("x", read=read, region="CN")
    assert key.keys({"x": codes(junk, junk)}).at.tolist() == [-1, -1]


def test_all_columns_of_a_key_must_agree_and_be_there():
    key = ExactKey(("first", "last"))
    columns = {
        "first": codes("Li", "li", "Li", None),
        "last": codes("Lei", "LEI", "Na", "Lei"),
    }
    at = key.keys(columns).at.tolist()
    assert at[0] == at[1] != at[2]
    assert at[3] == -1


def test_one_mobile_with_two_names_is_two_keys():
    key = CompositeKey((PHONE, ExactKey("name", read="name")))
    columns = {
        "phone": codes("13800138000", "13800138000", "13800138000"),
        "name": codes("王小明", "王小红", "王小明"),
    }
    at = key.keys(columns).at.tolist()
    assert at[0] == at[2] != at[1]


def test_the_same_value_twice_is_one_agreement():
    key = CompositeKey((ExactKey("company", read="company"), ExactKey("name", read="name")))
    columns = {"company": codes("王小明", "王小明"), "name": codes("王小明", "王小明")}
    assert key.keys(columns).at.tolist() == [-1, -1]


def test_a_key_of_many_columns_may_repeat_a_value():
    key = ExactKey(("city", "province"))
    columns = {"city": codes("北京", "北京"), "province": codes("北京", "北京")}
    assert key.keys(columns).at.tolist() == [0, 0]


def test_keys_side_by_side_do_not_run_together():
    left, right = codes("a", "ab"), codes("bc", "c")
    at = joined([left, right]).at.tolist()
    assert at[0] != at[1]


def test_words_are_the_keys_whatever_their_codes():
    class Initial:
        needs = MappingProxyType({"name": "text"})

        def keys(self, columns):
            return Codes(columns["name"].at, tuple(w[0] for w in columns["name"].words))

    assert keys_of(Initial(), {"name": codes("Li", "Lu", "Wu")}).at.tolist() == [0, 0, 1]
    assert rule_of(Initial()) == "Initial"


def test_small_integers_do_not_overflow_in_pairs():
    many = 70_000
    column = Codes(np.arange(many, dtype=np.int32), tuple(map(str, range(many))))
    pairs = joined([column, column])
    assert len(set(pairs.at.tolist())) == many


@pytest.mark.parametrize("key", [ExactKey, CompositeKey])
def test_a_key_of_nothing_is_refused(key):
    with pytest.raises(ConfigError, match="at least one"):
        key(())


def test_a_key_that_reads_numbers_is_told_so():
    with pytest.raises(ConfigError, match="as text"):
        PHONE.keys({"phone": np.array([1.0])})


def test_rules_are_named_after_columns_unless_given():
    assert PHONE.rule == "phone"
    assert ExactKey(("a", "b")).rule == "a+b"
    assert CompositeKey((PHONE, ExactKey("name")), name="both").rule == "both"
