"""How kindly texts speak: custseg beside VADER, SnowNLP and cnsenti, in accuracy and in speed.

Run with a Python that has custseg, vaderSentiment, snownlp, cnsenti and pandas:
``python benchmarks/voice.py``. The texts are those of ``../shared/data``, where they exist. The
word lists of custseg were written without reading any of them; a text that shows nothing counts
as unkind on every side. Peers that are slow read a balanced sample of 1,000; all figures are
balanced accuracy. Speed is texts a second of CPU time, in texts as they come and in texts of 40
characters.
"""

import argparse
import time
import warnings
from pathlib import Path

import numpy as np
import pandas as pd

from _results import entry, keep
from custseg.features import LearnedSentiment, Sentiment

warnings.filterwarnings("ignore")
DATA = Path(__file__).parents[2] / "shared" / "data"
SAMPLE = 1_000
FEW, DRAWS = 50, 8
# Compound scores printed in the README of VADER (and reproduced with vaderSentiment 3.3.2).
VADER_SAYS = (
    ("VADER is smart, handsome, and funny.", 0.8316),
    ("VADER is smart, handsome, and funny!", 0.8439),
    ("VADER is very smart, handsome, and funny.", 0.8545),
    ("VADER is VERY SMART, handsome, and FUNNY.", 0.9227),
    ("VADER is VERY SMART, handsome, and FUNNY!!!", 0.9342),
    ("VADER is not smart, handsome, nor funny.", -0.7424),
    ("The book was good.", 0.4404),
    ("At least it isn't a horrible book.", 0.431),
    ("Today SUX!", -0.5461),
    ("Not bad at all", 0.431),
)


def corpora():
    english = pd.read_parquet(DATA / "text_en_amazon_yelp.parquet")
    meals = pd.read_parquet(DATA / "text_zh_waimai_10k.parquet")
    shop = pd.read_parquet(DATA / "text_zh_online_shopping_a.parquet")
    named = {
        "waimai_10k (zh)": meals[["review", "label"]],
        "online_shopping (zh)": shop[["review", "label"]],
        "Amazon, Yelp (en)": english.set_axis(["id", "review", "label"], axis=1)[
            ["review", "label"]
        ],
    }
    return {name: table.dropna().drop_duplicates("review") for name, table in named.items()}


def sample(table, rows):
    """As many kind texts as unkind ones."""
    return table.groupby("label").sample(rows // 2, random_state=0)


def balanced(scores, label):
    kind = np.array([score or 0.0 for score in scores]) > 0
    label = np.asarray(label) == 1
    return (np.mean(kind[label]) + np.mean(~kind[~label])) / 2


def readers(english):
    """Each side with whether it is slow."""
    sides = {"custseg lists": (Sentiment().of, False)}
    if english:
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer  # noqa: PLC0415

        analyser = SentimentIntensityAnalyzer()
        sides["VADER"] = (lambda text: analyser.polarity_scores(text)["compound"], False)
        return sides
    import jieba  # noqa: PLC0415
    from cnsenti import Sentiment as Counted  # noqa: PLC0415
    from snownlp import SnowNLP  # noqa: PLC0415

    jieba.setLogLevel(60)
    counted = Counted()

    def by_count(text):
        found = counted.sentiment_count(text)
        return found["pos"] - found["neg"]

    sides["SnowNLP"] = (lambda text: SnowNLP(text).sentiments - 0.5, True)
    sides["cnsenti"] = (by_count, True)
    return sides


def timed(read, texts):
    started = time.process_time()
    scores = [read(text) for text in texts]
    return scores, len(texts) / (time.process_time() - started)


def accuracy(name, table):
    sides = {}
    some = sample(table, SAMPLE)
    for side, (read, slow) in readers("(en)" in name).items():
        read("热身 warm up")
        used = some if slow else table
        scores, speed = timed(read, used["review"].tolist())
        silent = np.mean([score is None or score == 0 for score in scores])
        of_some = balanced(scores, used["label"]) if slow else on(read, some)
        sides[side] = {
            "figures": {"balanced": of_some, "silent, %": 100 * silent, "texts/s": speed}
        }
        print(
            f"{name:22} {side:16} {len(used):6,} {balanced(scores, used['label']):9.3f} "
            f"{of_some:9.3f} "
            f"{silent:7.1%} {speed:10,.0f}"
        )
    return entry(f"kind or unkind: {name}", len(some), sides)


def on(read, some):
    return balanced([read(text) for text in some["review"]], some["label"])


def short_texts(table):
    """Distinct texts cut to 40 characters."""
    texts = [text[:40] for text in table["review"] if len(text) >= 35]
    return list(dict.fromkeys(texts))[:4_000]


def learning(name, table):
    """Own labels: the lists alone, labels alone, and both, on the same held-out texts."""
    for labels in (FEW, 200, 1_000):
        figures = []
        for draw in range(DRAWS if labels == FEW else 2):
            seen = table.groupby("label").sample(labels // 2, random_state=draw)
            rest = sample(table.drop(seen.index), 900)
            model = LearnedSentiment(text="review").fit(seen)
            label = rest["label"].tolist()
            sides = (Sentiment().of, alone(model), model.of)
            figures.append([balanced(map(read, rest["review"]), label) for read in sides])
        lists, pieces, both = np.mean(figures, axis=0)
        print(f"{name:22} {labels:6,} {lists:9.3f} {pieces:9.3f} {both:9.3f}")


def alone(model):
    """The same model with its word lists taken out."""
    import attrs  # noqa: PLC0415

    lists = (0.0, model.base[1], model.base[2], model.base[3], 0.0, model.base[5])
    return attrs.evolve(model, base=lists).of


def main():
    parser = argparse.ArgumentParser(description="How kindly texts speak.")
    parser.add_argument("--write", action="store_true", help="keep the figures in results/")
    write = parser.parse_args().write
    if not DATA.exists():
        print(f"no data in {DATA}: nothing to measure")
        return
    data = corpora()
    print(
        f"{'texts':22} {'side':16} {'read':>6} {'balanced':>9} {'of 1,000':>9} {'silent':>7}",
        end="",
    )
    print(f" {'texts/s':>10}")
    for name, table in data.items():
        found = accuracy(name, table)
        if write:
            keep([found])
    print("\nspeed of the lists on distinct texts cut to 40 characters, best of three")
    for name, table in data.items():
        texts = short_texts(table)
        speed = max(timed(Sentiment().of, texts)[1] for _ in range(3))
        print(
            f"{name:22} {np.mean([len(t) for t in texts]):5.1f} characters {speed:10,.0f} texts/s"
        )
    print(f"\n{'own labels':22} {'labels':>6} {'lists':>9} {'labels':>9} {'both':>9}")
    for name, table in data.items():
        learning(name, table)
    print(f"\n{'VADER prints':>12} {'custseg':>8}")
    for text, compound in VADER_SAYS:
        print(f"{compound:12.4f} {Sentiment().of(text) or 0.0:8.4f}  {text}")


if __name__ == "__main__":
    main()
