"""A form for a job, built from its JSON Schema: one page, no network, in English or Chinese.

Run it with ``python examples/forms/form.py zh > form.html`` and open the page; it checks what the
schema knows and keeps the job as a file. A service may hand it out with addresses of its own that
check and preview (``examples/fastapi_service``).
"""

import json
import sys
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

import custseg as cs

TEMPLATE = Path(__file__).with_name("form.html")

# What the form asks: by kind, its fields in order. A kind that is not here is not offered.
SHOW: Mapping[str, Sequence[str]] = {
    "pipeline": ("lifecycle", "tier"),
    "lifecycle": ("strategy", "calm"),
    "fixed-days": ("dormant_after", "at_risk_after", "churned_after", "new_for"),
    "own-cadence": ("dormant", "at_risk", "churned"),
    "hysteresis": ("grace_days", "dwell_days"),
    "tier-plan": ("value", "cutter", "tiers", "refunds"),
    "thresholds": ("at", "closed"),
    "pareto": ("shares",),
    "quantiles": ("at",),
}
# What the job is before anybody has filled in the form; the form leaves the rest as it is.
START: Mapping[str, object] = {
    "kind": "pipeline",
    "cleaner": None,
    "dedupe": None,
    "scorecard": None,
    "lifecycle": {"kind": "lifecycle", "strategy": {"kind": "fixed-days"}},
    "tier": {"kind": "tier-plan", "cutter": {"kind": "thresholds", "at": [1000, 5000]}},
}
WORDS = {
    "en": {
        "title": "How customers are judged",
        "usual": "as usual",
        "required": "Fill this in.",
        "number": "A number is needed.",
        "whole": "A whole number is needed.",
        "problems": "{n} to mend.",
        "fine": "All is in order.",
        "preview": "Who would move?",
        "keep": "Keep as a file",
        "made": "The job",
    },
    "zh": {
        "title": "怎样评定客户",
        "usual": "默认",
        "required": "此处必填。",
        "number": "请填数字。",
        "whole": "请填整数。",
        "problems": "有 {n} 处需要修改。",
        "fine": "没有问题。",
        "preview": "预览：谁会变动",
        "keep": "存为文件",
        "made": "生成的作业",
    },
}


def page(
    locale: str = "en",
    *,
    document: Mapping[str, object] = START,
    check: str | None = None,
    preview: str | None = None,
) -> str:
    """The page.

    Args:
        locale: ``en`` or ``zh``.
        document: The job to begin with.
        check: Where to post ``{"job": ...}`` for ``{"problems": [...]}``; without it the page
            checks what the schema knows.
        preview: Where to post it for ``{"text": ...}``, who would move.
    """
    words = WORDS[locale]
    told = {
        "lang": locale,
        "words": words,
        "schemas": {kind: cs.schema(kind) for kind in SHOW},
        "show": SHOW,
        "document": document,
        "check": check,
        "preview": preview,
    }
    # Within a script element only "<" could end it or begin another.
    inside = json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")
    lang = {"zh": "zh-CN"}.get(locale, locale)
    made = TEMPLATE.read_text(encoding="utf-8")
    for slot, text in (("lang", lang), ("title", escape(words["title"])), ("told", inside)):
        made = made.replace("{{" + slot + "}}", text)
    return made


if __name__ == "__main__":
    print(page(*sys.argv[1:2]))
