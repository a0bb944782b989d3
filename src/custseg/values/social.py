"""Accounts on social networks: which network, and one spelling of the account's name."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal, get_args

from custseg.values import phones
from custseg.values.junk import filler, masked, placeholder, substance
from custseg.values.reading import Reading
from custseg.values.tables import table

Network = Literal[
    "wechat",
    "openid",
    "qq",
    "douyin",
    "weibo",
    "xiaohongshu",
    "linkedin",
    "facebook",
    "instagram",
    "twitter",
    "tiktok",
    "telegram",
    "whatsapp",
]
"""The networks whose accounts can be read; ``openid`` is WeChat's for one app, or its unionid."""

NETWORKS: Final[tuple[Network, ...]] = get_args(Network)
_FORMS: Final[Mapping[str, re.Pattern[str]]] = MappingProxyType(
    {
        "wechat": re.compile(r"[a-z][a-z0-9_-]{5,19}"),
        "openid": re.compile(r"[A-Za-z0-9_-]{28,29}"),
        "qq": re.compile(r"[1-9][0-9]{4,10}"),
        "douyin": re.compile(r"[a-z0-9_.-]{2,90}"),
        "weibo": re.compile(r"u/[0-9]{7,10}|[a-z0-9_-]{3,30}|@[\w-]{2,30}"),
        "xiaohongshu": re.compile(r"[a-z0-9_.]{4,24}"),
        "linkedin": re.compile(r"(?:company/|school/)?[\w%-]{3,100}"),
        "facebook": re.compile(r"[a-z0-9]{3,50}"),
        "instagram": re.compile(r"[a-z0-9_](?:[a-z0-9_.]{0,28}[a-z0-9_])?"),
        "twitter": re.compile(r"[a-z0-9_]{1,15}"),
        "tiktok": re.compile(r"[a-z0-9_.]{2,24}"),
        "telegram": re.compile(r"[a-z][a-z0-9_]{4,31}"),
    }
)
_EXACT: Final = frozenset({"openid"})  # capitals count
_MOBILE: Final = re.compile(r"(?:\+?86)?1[3-9][0-9]{9}")
_QQ_MAIL: Final = re.compile(r"([1-9][0-9]{4,10})@qq\.com", re.IGNORECASE)
_HOSTS: Final[dict[str, Network]] = {
    host: net for net in NETWORKS for host in table("networks").get(f"{net}.hosts", ())
}
_WORDS: Final[dict[str, Network]] = {
    word: net for net in NETWORKS for word in table("networks").get(net, ())
}
_LABEL: Final = re.compile(
    f"(?:我的|客户)?({'|'.join(sorted(_WORDS, key=len, reverse=True))})"
    r"(?:号码?|账号|帐号|id|\s?(?:account|handle|no\.?))?\s*[:\uff1a]\s*",
    re.IGNORECASE,
)
_URL: Final = re.compile(
    r"(?:https?://)?(?:(?:www|m|mobile|[a-z]{2})\.)?"
    r"([a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,})/([^\s?#]*)(?:\?([^\s#]*))?\S*",
    re.IGNORECASE,
)
_FIRST: Final = re.compile(r"^(?:in|pub|user/profile|user|people|n|@)/(?=.)|^@")
_NUMBER: Final = re.compile(r"(?:^|&)(?:id|phone)=([0-9]+)")
_LONGEST: Final = 300


def read(text: str | None, network: Network | None = None, region: str | None = "CN") -> Reading:
    """Read one account on a social network.

    An address of the web, a label (``微信号: ``) and an @ are taken off. The value is the name of
    the account, with the network before it where the column does not tell it.

    Args:
        text: The account as it was typed, or None.
        network: The network of the column; None if a column holds several.
        region: Where a bare phone number belongs that is used as a name.

    Returns:
        The reading; its key is ``network:account``, or the bare account where nothing tells the
        network. Problems: ``blank``, ``placeholder``, ``repeated_digits``, ``sequential_digits``,
        ``masked``, ``invalid_characters``, ``invalid_length`` and those of a phone number.

    Source: the rules of the networks for names of accounts, as they publish them.

    Example:
        >>> read("微信号：LiLei_88").value, read("LiLei_88", "wechat").value
        ('wechat:lilei_88', 'lilei_88')
        >>> read("https://www.linkedin.com/in/Li-Lei-88/?trk=x").key
        'linkedin:li-lei-88'
        >>> read("12345", "wechat").problem
        'invalid_characters'
    """
    clean = substance(text)
    if isinstance(clean, Reading):
        return clean
    if len(clean) > _LONGEST:
        return Reading(clean, None, "invalid_length")
    told, name = _told(clean, network)
    if placeholder(name) or not name:
        return Reading(problem="placeholder")
    other = told and network and told != network and {told, network} != {"wechat", "openid"}
    if masked(name) or other:
        return Reading(clean, None, "invalid_characters" if other else "masked")
    return _judged(clean, name, network or told, region, alone=network is None)


def _judged(
    clean: str, name: str, network: Network | None, region: str | None, *, alone: bool
) -> Reading:
    """The reading of an account; ``alone`` if no column tells its network."""
    if network is None:
        return Reading(name, name.lower())
    found = _account(name, network, region)
    if found.key is None:
        return Reading(found.value and clean, None, found.problem)
    key = f"{network}:{found.key}"
    return Reading(key if alone else found.key, key, found.problem)


def _told(text: str, column: Network | None) -> tuple[Network | None, str]:
    """The network that a text names, and the account."""
    network: Network | None = None
    while True:
        if label := _LABEL.match(text):
            network, text = network or _WORDS[label[1].lower()], text[label.end() :].strip()
            continue
        url = _URL.fullmatch(text)
        if url is None or (host := url[1].lower()) not in _HOSTS:
            break
        network = _HOSTS[host]
        number = _NUMBER.search(url[3] or "")
        text = number[1] if number else url[2].strip("/")
    return network, text if "weibo" in {network, column} else _FIRST.sub("", text)


def _account(name: str, network: Network, region: str | None) -> Reading:
    """The name of an account in its plain spelling, as the key; or what is wrong with it."""
    if network == "whatsapp":
        digits = name if name.startswith(("+", "0")) or len(name) < 12 else f"+{name}"  # noqa: PLR2004
        return phones.read(digits, region)
    if network == "wechat" and _MOBILE.fullmatch(name):
        return phones.read(name, "CN")
    if network in {"qq", "wechat"} and (mail := _QQ_MAIL.fullmatch(name)):
        name = mail[1]
    if name.isdecimal() and (junk := filler(name)):
        return Reading(problem=junk)
    plain_name = name.lstrip("@") if network != "weibo" else name
    plain_name = plain_name if network in _EXACT else plain_name.lower()
    if network == "facebook":
        plain_name = plain_name.replace(".", "")
    if not _fits(plain_name, network):
        return Reading(name, None, "invalid_characters")
    return Reading(name, plain_name)


def _fits(name: str, network: Network) -> bool:
    """Whether a network can have such an account; of WeChat also a number of QQ."""
    if network == "wechat" and _FORMS["qq"].fullmatch(name):
        return len(name) > 5  # noqa: PLR2004 - as long as a name of WeChat
    return _FORMS[network].fullmatch(name) is not None
