"""Accounts on social networks, from labels, addresses of the web and bare names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custseg.values import social
from custseg.values.social import NETWORKS, Network, read


@pytest.mark.parametrize(
    ("text", "network", "value", "key"),
    [
        ("微信号：LiLei_88", None, "wechat:lilei_88", "wechat:lilei_88"),
        ("vx: lilei_88", None, "wechat:lilei_88", "wechat:lilei_88"),
        ("LiLei_88", "wechat", "lilei_88", "wechat:lilei_88"),
        ("138 0013 8000".replace(" ", ""), "wechat", "+8613800138000", "wechat:+8613800138000"),
        ("23415678@qq.com", "wechat", "23415678", "wechat:23415678"),
        ("oGZUI0egBJY1zhBYw2KhdUfwVJJE", "openid", None, "openid:oGZUI0egBJY1zhBYw2KhdUfwVJJE"),
        ("QQ：10001", None, "qq:10001", "qq:10001"),
        ("23415678@QQ.com", "qq", "23415678", "qq:23415678"),
        ("https://www.linkedin.com/in/Li-Lei-88/?trk=x", None, None, "linkedin:li-lei-88"),
        ("linkedin.com/company/Acme/", "linkedin", "company/acme", "linkedin:company/acme"),
        ("https://facebook.com/Li.Lei.88", "facebook", "lilei88", "facebook:lilei88"),
        ("https://m.facebook.com/profile.php?id=1000123", None, None, "facebook:1000123"),
        ("@LiLei", "twitter", "lilei", "twitter:lilei"),
        ("https://x.com/LiLei", None, "twitter:lilei", "twitter:lilei"),
        ("https://weibo.com/u/1234567890", None, None, "weibo:u/1234567890"),
        ("@小明", "weibo", "@小明", "weibo:@小明"),
        ("https://wa.me/8613800138000", None, None, "whatsapp:+8613800138000"),
        ("抖音号：dy_1234", None, "douyin:dy_1234", "douyin:dy_1234"),
        ("https://t.me/lilei88", None, "telegram:lilei88", "telegram:lilei88"),
        ("https://www.tiktok.com/@li.lei", None, "tiktok:li.lei", "tiktok:li.lei"),
        ("lilei88", None, "lilei88", "lilei88"),
    ],
)
def test_accounts(text: str, network: Network | None, value: str | None, key: str) -> None:
    reading = read(text, network)
    assert reading.key == key
    assert reading.value == (value or (key if network is None else key.partition(":")[2]))


@pytest.mark.parametrize(
    ("text", "network", "problem"),
    [
        ("12345", "wechat", "invalid_characters"),
        ("王小明", "wechat", "invalid_characters"),
        ("0123", "qq", "invalid_characters"),
        ("88888888", "qq", "repeated_digits"),
        ("同手机号", "wechat", "placeholder"),
        ("微信：", None, "placeholder"),
        ("li***88", "wechat", "masked"),
        ("linkedin.com/in/lilei", "facebook", "invalid_characters"),
        ("oGZUI0", "openid", "invalid_characters"),
        ("x" * 400, None, "invalid_length"),
        (" ", "qq", "blank"),
    ],
)
def test_what_cannot_be_an_account(text: str, network: Network | None, problem: str) -> None:
    reading = read(text, network)
    assert (reading.key, reading.problem) == (None, problem)


@pytest.mark.parametrize("network", [None, *NETWORKS])
@given(text=st.text(alphabet="abX12-_.@/:：微信号qwx linkedin.com", max_size=20))
def test_reading_twice_is_reading_once(network: Network | None, text: str) -> None:
    first = read(text, network)
    if first.value is not None:
        again = read(first.value, network)
        assert (again.value, again.key) == (first.value, first.key)


def test_every_network_has_words() -> None:
    assert {social.read(f"{net}: x").value for net in NETWORKS}
