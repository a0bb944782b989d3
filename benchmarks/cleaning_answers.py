# ruff: noqa: PLC0415 - a peer is loaded only by the process that asks it
"""How well are customers found? Presets of custseg beside peers, where the truth is known.

    python benchmarks/cleaning_answers.py [--match-python PATH] [--recordlinkage-python PATH]
        [--only presets|rules|held-out] [--rows 20000] [--set NAME]

``presets``: one preset a set, told which column plays which role and nothing else; nothing was
labelled. Figures are of pairs of records that stand in one cluster: precision / recall / F1. Peers:
splink with the settings of its own demos, goldenmatch with nothing said, recordlinkage's ECM.
Beside them stands what was found when the work was planned (splink 5.0, on the whole of the
historical set and on restaurants without phones).

``rules``: exactly splink's comparisons and blocking rules, asked of both.

``held-out``: whatever was chosen with generated contacts in view was chosen on seed 3 and error
.14; here are another seed, more errors, and each language alone.

``--set`` asks for one set only; sets are in ../shared/data, and without their files left out.
"""

import argparse
import json
import os
import subprocess
import sys
import time
import warnings

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np

from _cleaning_data import counted
from _cleaning_peers import PEERS
from _cleaning_sets import SETS, asked, generated, there
from _results import entry, keep, version_of

HOMES = {"splink": "match", "goldenmatch": "match", "recordlinkage": "recordlinkage"}
PLANNED = {
    "FEBRL1": 0.993,
    "FEBRL2": 0.9977,
    "FEBRL3": 0.9938,
    "fake_1000": 0.804,
    "historical, half a": 0.827,
    "restaurants, no phone": 0.871,
}
DRAWS = {
    "seed 3, errors .14": (3, 0.14, "mixed"),
    "seed 11, errors .14": (11, 0.14, "mixed"),
    "seed 11, errors .22": (11, 0.22, "mixed"),
    "seed 12, errors .14, zh alone": (12, 0.14, "zh"),
    "seed 12, errors .14, en alone": (12, 0.14, "en"),
    "seed 12, errors .22, zh alone": (12, 0.22, "zh"),
    "seed 12, errors .22, en alone": (12, 0.22, "en"),
}


def custseg(known, table):
    """The preset, told the names of the columns."""
    from custseg.match import Dedupe

    spec = Dedupe.preset(known.preset, locale=known.locale, names=known.names)
    return spec.run(asked(table)).table["entity_id"].to_numpy()


def spelled_out(_known, table):
    """What splink is told in its demo of FEBRL3, told to custseg."""
    from _cleaning_same import febrl

    return febrl().run(asked(table)).table["entity_id"].to_numpy()


def answer(who, name, options):
    """Be a process that answers: precision, recall and F1, and the CPU time of it."""
    known = known_as(name, options)
    table = known.read()
    start = time.process_time()
    if who in PEERS:
        found = PEERS[who](name, table)
    else:
        found = {"custseg": custseg, "custseg, spelled out": spelled_out}[who](known, table)
    told = {"cpu": time.process_time() - start, "all": counted(found, table["entity_id"])}
    told |= {"rows": len(table), "version": version_of(who)}
    if "language" in table:
        for language in sorted(table["language"].unique()):
            at = np.flatnonzero(table["language"] == language)
            told[language] = counted(np.asarray(found)[at], table["entity_id"].iloc[at])
    print(json.dumps(told))


def known_as(name, options):
    return SETS[name] if name in SETS else generated(options.rows, *DRAWS[name])


def ask(who, name, options):
    """What another process answered; None where it could not."""
    home = HOMES.get(who)
    python = vars(options)[f"{home}_python"] if home else sys.executable
    if python is None:
        return None
    call = [python, sys.argv[0], "--worker", who, "--set", name, "--rows", str(options.rows)]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{who}, {name}: {(done.stderr.strip().splitlines() or ['?'])[-1]}", file=sys.stderr)
        return None
    return json.loads(done.stdout.splitlines()[-1])


def written(told, key="all"):
    return "-" if told is None else " / ".join(f"{one:.4f}" for one in told[key])


def table(head, rows):
    print("| " + " | ".join(head) + " |\n" + "|---" * len(head) + "|")
    for row in rows:
        print("| " + " | ".join(row) + " |", flush=True)
    print()


def write(what, found):
    """Keep the F1 of each side on each set."""
    sides, rows = {}, {}
    for name, told in found.items():
        for who, one in told.items():
            if one is not None:
                side = sides.setdefault(who, {"version": one["version"], "figures": {}})
                side["figures"][name] = one["all"][2]
                rows[name] = one["rows"]
    keep([entry(what, sum(rows.values()), sides)])


def presets(options):
    print("presets: precision / recall / F1 of pairs\n")
    who, found = ("custseg", *PEERS), {}
    table(("set", "promised", *who, "CPU s", "planned: splink"), _presets(options, who, found))
    if options.write:
        write("presets", found)


def _presets(options, who, found):
    for name in options.set or SETS:
        if name not in SETS or not there(SETS[name]):
            continue
        told = [
            ask(one, name, options) if one == "custseg" or name[0] in "Ffhr" else None
            for one in who
        ]
        found[name] = dict(zip(who, told, strict=True))
        seconds = ", ".join("-" if one is None else f"{one['cpu']:.2f}" for one in told)
        target = f">= {SETS[name].target}" if SETS[name].target else ""
        yield name, target, *map(written, told), seconds, str(PLANNED.get(name, ""))


def rules(options):
    print("exactly splink's comparisons and rules\n")
    who = ("custseg, spelled out", "splink")
    names = [name for name in ("FEBRL1", "FEBRL2", "FEBRL3") if there(SETS[name])]
    found = {n: {one: ask(one, n, options) for one in who} for n in names}
    table(("set", *who), ((n, *map(written, found[n].values())) for n in names))
    if options.write:
        write("splink's comparisons and rules", found)


def held_out(options):
    print(f"generated contacts, {options.rows:,} records: F1 of all / Chinese / others\n")
    found = {}
    table(("draw", "F1", "zh", "en", "precision", "recall"), _draws(options, found))
    if options.write:
        write("held-out contacts", found)


def _draws(options, found):
    for name in DRAWS:
        if options.set and name not in options.set:
            continue
        found[name] = {"custseg": ask("custseg", name, options)}
        told = found[name]["custseg"] or {"all": (np.nan,) * 3}
        ends = (f"{told[one][2]:.4f}" if one in told else "" for one in ("all", "zh", "en"))
        yield name, *ends, *(f"{one:.4f}" for one in told["all"][:2])


SECTIONS = {"presets": presets, "rules": rules, "held-out": held_out}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", choices=list(SECTIONS), action="append")
    parser.add_argument("--set", action="append", choices=[*SETS, *DRAWS])
    parser.add_argument("--rows", type=int, default=20_000, help="how many generated contacts")
    for home in dict.fromkeys(HOMES.values()):
        parser.add_argument(f"--{home}-python", help=f"the Python where {home} peers are")
    parser.add_argument("--write", action="store_true", help="keep the figures in results/")
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        warnings.simplefilter("ignore")
        answer(options.worker, options.set[0], options)
        return
    for name, section in SECTIONS.items():
        if not options.only or name in options.only:
            section(options)


if __name__ == "__main__":
    main()
