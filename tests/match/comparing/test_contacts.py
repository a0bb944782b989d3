import numpy as np
import pytest

from comparedsides import level, prepared
from custseg.match import Emails, Phones

PHONES = Phones("phone", region="CN")
EMAILS = Emails("email")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("13800138000", "+86 138 0013 8000", "exact"),
        ("13800138000", "0086-138-0013-8000", "exact"),
        ("021-62345678 转 801", "021-62345678", "same_line"),
        ("021-62345678 转 801", "02162345678-802", "same_line"),
        ("13800138000", "13800138001", "one_digit"),
        ("13800138079", "13800138097", "one_digit"),
        ("13800138079", "13900238079", "else"),
        ("010-62345678", "021-62345678", "tail"),
        ("13800138000", "00000000", "missing"),
        ("13800138000", "138****8000", "missing"),
    ],
)
def test_phones(one, other, expected):
    assert level(PHONES, one, other) == expected


def test_a_phone_without_a_country_goes_by_the_region_of_the_table():
    loose = Phones("phone")
    assert level(loose, "(415) 555-2671", "+14155552671", region="US") == "exact"
    assert level(loose, "13923456709", "+8613923456709", region="CN") == "exact"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("li.lei@corp.cn", "LI.LEI@CORP.CN", "exact"),
        ("lilei+shop@gmail.com", "li.lei@gmail.com", "exact"),
        ("lilei88@qq.com", "lilei88@163.com", "same_local"),
        ("info@acme.cn", "info@borealis.cn", "else"),
        ("robert255@smith.net", "roberta25@smith.net", "near"),
        ("thomascharlotte1985@qq.com", "thomascharlotte62@qq.com", "else"),
        ("lilei88@qq.com", "lilie88@qq.com", "close"),
        ("katharine@qq.com", "katherine@hotmail.com", "near"),
        ("li.lei@corp.cn", "wang@corp.cn", "else"),
        ("li.lei@corp.cn", "test@test.com", "missing"),
    ],
)
def test_emails(one, other, expected):
    assert level(EMAILS, one, other) == expected


def test_what_is_counted_is_the_number_with_its_extension():
    side = prepared(PHONES, ["021-62345678", "021-62345678", "021-62345678转8"])
    assert np.bincount(side.codes.at).tolist() == [2, 1]
