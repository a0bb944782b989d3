"""What generated leads write into the form: enquiries, praise and complaints, zh and en."""

from collections.abc import Mapping
from typing import Final

SAID: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "zh": {
        "enquiry": (
            "请问企业版怎么收费？支持对公转账吗？",
            "想了解一下能不能和我们的 ERP 对接，麻烦安排演示",
            "我们有三十个销售要用，能开专票吗？",
            "下个月要上线，最快多久可以部署？",
            "数据可以放在自己的服务器上吗？",
        ),
        "praise": (
            "同行推荐来的，听说服务很专业",
            "试用了一周，界面清爽，很满意",
            "展会上看了演示，印象很好",
        ),
        "complaint": (
            "打了两次电话都没人接，太失望了",
            "试用版老是卡顿，根本没法用",
            "别再给我发广告短信了，很烦",
        ),
    },
    "en": {
        "enquiry": (
            "What does the team plan cost for thirty seats?",
            "Can it be connected to our ERP? We would like a demo",
            "How long does a roll-out take? We start next month",
            "Is it possible to keep the data on our own servers?",
            "Do you offer invoices in euros?",
        ),
        "praise": (
            "A colleague recommended you, I hear the service is great",
            "Tried it for a week, very pleased with how simple it is",
            "Loved the demo at the fair",
        ),
        "complaint": (
            "Called twice and nobody answered, very disappointing",
            "The trial keeps crashing, it is unusable",
            "Stop sending me ads, this is annoying",
        ),
    },
}
"""Sentences by language and by what they are; written for custseg."""
