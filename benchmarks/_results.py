"""What was measured, kept as JSON for the page of performance: `--write` of a benchmark.

A file a benchmark in `results/`; an entry a question: when, where, by which command, and what each
side cost or how well it answered. An entry that is measured again takes the place of the old one;
the others stay, with their dates. `docs/performance.py` makes the page.
"""

import json
import math
import os
import platform
import shlex
import sys
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

HOME = Path(__file__).parent / "results"
# Whose code a side is, where its name does not say.
PACKAGES = {
    "kbinsdiscretizer": "scikit-learn",
    "gradient": "scikit-learn",
    "highs": "scipy",
    "kmeans": "scikit-learn",
    "logistic": "scikit-learn",
    "naturalbreaks": "custseg",
    "ntile": "duckdb",
    "vader": "vaderSentiment",
    "or-tools": "ortools",
    "qcut": "pandas",
    "spark": "pyspark",
}


def version_of(side):
    """The version of the library that a side stands for; empty where it is none."""
    words = side.lower().replace("pd.", "pandas ").replace(",", " ").split()
    for word in words:
        try:
            return version(PACKAGES.get(word, word))
        except PackageNotFoundError:
            continue
    return ""


def machine():
    """Where it was measured, in a few words."""
    known = Path("/proc/cpuinfo")
    lines = known.read_text().splitlines() if known.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    name = names[0] if names else platform.machine()
    system = f"{platform.system()}, Python {platform.python_version()}"
    return f"{os.cpu_count()} x {name}, {system}"


def entry(what, rows, sides, note=""):
    """One question: what each side cost and how well it answered.

    Args:
        what: The question, as `docs/performance.json` knows it.
        rows: How many rows it was asked of.
        sides: Of each side what was measured: `cpu` in seconds and `peak` in MB, `version` where
            another process knows it, and whatever else is a figure: `figures`.
        note: What a reader of the file should know.
    """
    command = shlex.join(["python", f"benchmarks/{Path(sys.argv[0]).name}", *_asked()])
    return {
        "what": what,
        "rows": rows,
        "note": note,
        "measured": date.today().isoformat(),  # noqa: DTZ011 - the day of whoever measures
        "machine": machine(),
        "command": command,
        "sides": [_side(name, cost) for name, cost in sides.items()],
    }


def _side(name, cost):
    told = {"side": name, "version": cost.get("version") or version_of(name)}
    if "cpu" in cost:
        told["cpu_seconds"] = float(f"{cost['cpu']:.6g}")
    if "peak" in cost:
        told["extra_mb"] = round(cost["peak"])
    if "figures" in cost:
        known = {key: one for key, one in cost["figures"].items() if not math.isnan(one)}
        told["figures"] = {key: _rounded(one) for key, one in known.items()}
    return told


def _rounded(number):
    """Counts as they are, the rest with four digits."""
    return number if isinstance(number, int) else float(f"{number:.4g}")


def keep(entries, name=None):
    """Put entries into the file of this benchmark."""
    file = HOME / f"{name or Path(sys.argv[0]).stem}.json"
    held = json.loads(file.read_text(encoding="utf-8")) if file.exists() else []
    found = {(each["what"], each["rows"]): each for each in (*held, *entries)}
    HOME.mkdir(exist_ok=True)
    text = json.dumps(list(found.values()), ensure_ascii=False, indent=1)
    file.write_text(text + "\n", encoding="utf-8")


def _asked():
    """The words of the command, without paths of this machine."""
    words = iter(sys.argv[1:])
    for word in words:
        if word.endswith("-python") or word in {"--data", "--keep"}:
            next(words)
        elif word != "--write":
            yield word
