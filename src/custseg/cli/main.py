"""Arguments, exit codes and the one-line errors of the command line.

Exit codes: 0 done, 2 bad input or configuration, 1 a fault of custseg itself.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

from custseg._about import __version__
from custseg.classify.flows.periods import UNITS
from custseg.cli import (
    commands,
    currencies,
    exports,
    files,
    owners,
    pools,
    queries,
    rulebooks,
    updating,
)
from custseg.cli.days import days_known
from custseg.cli.engines import ENGINES
from custseg.cli.refusing import plain, refused
from custseg.cli.telling import logged, shown
from custseg.errors import CustsegError
from custseg.io import FORMATS

DONE, FAULT, REFUSED = 0, 1, 2
ORIGINS = ("mixed", "zh", "en")
_DAY = "the day that the job is about, instead of the file's own"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: Words of the command line; by default those of the process.

    Returns:
        The exit code.

    >>> main(["schema", "no-such-kind"])
    2
    """
    given = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], dict[str, Any]] = given.command
    try:
        days_known(given)
        with logged(given.verbose), shown(given, given.lang or "en"):
            done = command(given)
        _tell(done, as_json=given.json)
    except CustsegError as error:
        return _refused(error, given.lang or "en", as_json=given.json)
    except BrokenPipeError:
        _hush()
    except KeyboardInterrupt:
        _say("interrupted; files written so far are whole")
        return REFUSED
    except Exception as error:  # noqa: BLE001 - the last line of defence says what to report
        return _fault(error, as_json=given.json, trace=given.trace)
    return DONE


def _tell(done: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(done, ensure_ascii=False, default=str), flush=True)
    elif text := done.get("text"):
        print(text, flush=True)


def _hush() -> None:
    """Whoever read along has gone: what is left goes nowhere, without a word at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _refused(error: CustsegError, locale: str, *, as_json: bool) -> int:
    if as_json:
        print(json.dumps({"error": plain(error, locale)}, ensure_ascii=False, default=str))
    else:
        _say(f"custseg: {refused(error, locale)}")
    return REFUSED


def _fault(error: Exception, *, as_json: bool, trace: bool) -> int:
    if trace:
        raise error
    said = f"{type(error).__name__}: {error}"
    if as_json:
        print(json.dumps({"error": {"code": "bug", "message": said}}))
    else:
        _say(f"custseg: a fault of custseg itself: {said}\nRun again with --trace and report it.")
    return FAULT


def _say(line: str) -> None:
    print(line, file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="custseg",
        description="What each customer is, is worth, how good the record is, and whose it is.",
    )
    parser.add_argument("--version", action="version", version=f"custseg {__version__}")
    commands_of = parser.add_subparsers(required=True, metavar="COMMAND")
    _demo(commands_of.add_parser("demo", help="the whole job on a generated company"))
    _look(commands_of.add_parser("look", help="what exports are, and what their columns are"))
    _report(commands_of.add_parser("report", help="the whole job on exports as they are"))
    _run(commands_of.add_parser("run", help="the job that a TOML file describes"))
    daily = "take today's transactions into the kept past of a job, and run it"
    _update(commands_of.add_parser("update", help=daily))
    about = "what became of a job's customers over time: states, changes, growth, cohorts"
    _past(commands_of.add_parser("lifecycle", help=about), commands.lifecycle, "month")
    held = "how the tiers of a job's customers held: reviews, who moved and why, the money"
    _past(commands_of.add_parser("tiers", help=held), commands.tiers, "quarter")
    trusted = "how good a job's customers are, by which points, and whether to trust the score"
    _scores(commands_of.add_parser("scores", help=trusted))
    tidied = "clean the customers of one file, with a log of every change"
    _clean(commands_of.add_parser("clean", help=tidied))
    judged = "how good the records of one file are, what to fix first, what to verify again"
    _quality(commands_of.add_parser("quality", help=judged))
    shared = "share the customers of one file out among the representatives of another"
    _allocate(commands_of.add_parser("allocate", help=shared))
    ruled = "what a book of rules says of the customers of one file, and what is wrong with it"
    _rules(commands_of.add_parser("rules", help=ruled))
    seen = "what is wrong with the owners of one file, before anybody moves"
    _review(commands_of.add_parser("review", help=seen))
    moved = "who should change hands, within a budget, and who takes over from whom leaves"
    _rebalance(commands_of.add_parser("rebalance", help=moved))
    _undo(commands_of.add_parser("undo", help="give customers back as before a rebalancing"))
    returned = "what returns to the public pool, now and soon, and who is to be reminded"
    _pool(commands_of.add_parser("pool", help=returned))
    _explain(commands_of.add_parser("explain", help="why one customer is decided as it is"))
    asked = "the steps of a job as SQL, such as models for dbt, and those that no query says"
    _sql(commands_of.add_parser("sql", help=asked))
    _schema(commands_of.add_parser("schema", help="the JSON Schema of a kind, or all kinds"))
    return parser


def _shared(parser: argparse.ArgumentParser, command: Callable[..., dict[str, Any]]) -> None:
    spoken = "language of what is written"
    parser.add_argument("--lang", "--locale", dest="lang", choices=("en", "zh"), help=spoken)
    parser.add_argument("--json", action="store_true", help="print results and errors as JSON")
    parser.add_argument("--trace", action="store_true", help="show the Python trace of a fault")
    said = "show each step with its counts on standard error; twice for the details"
    parser.add_argument("-v", "--verbose", action="count", default=0, help=said)
    parser.set_defaults(command=command)


def _demo(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--customers", type=int, default=2_000, help="how many to generate")
    parser.add_argument("--seed", type=int, default=7, help="seed of the generator")
    parser.add_argument("--out", default="custseg-demo", help="folder to write to")
    _named(parser)
    _shared(parser, commands.demo)


def _look(parser: argparse.ArgumentParser) -> None:
    exports.arguments(parser)
    _shared(parser, exports.look)


def _report(parser: argparse.ArgumentParser) -> None:
    exports.arguments(parser)
    day = "the day that the report is about; by default that of the last transaction"
    parser.add_argument("--as-of", help=day)
    parser.add_argument("--out", help="folder to write to, instead of one beside the first file")
    currencies.arguments(parser)
    _since(parser)
    _shared(parser, exports.report)


def _job(parser: argparse.ArgumentParser, about: str = "the job file (TOML)") -> None:
    parser.add_argument("job", help=about)
    parser.add_argument("--as-of", help=_DAY)
    read = "what reads the tables; by default DuckDB where it is installed"
    parser.add_argument("--engine", choices=ENGINES, help=read)


def _since(parser: argparse.ArgumentParser) -> None:
    last = "customers that the last run wrote, to tell what changed since"
    parser.add_argument("--previous", metavar="FILE", help=last)
    _named(parser)


def _named(parser: argparse.ArgumentParser) -> None:
    named = "name on the page those who need attention, and tell their money"
    parser.add_argument("--values", action="store_true", help=named)


def _run(parser: argparse.ArgumentParser) -> None:
    _job(parser)
    _since(parser)
    parser.add_argument("--out", help="folder to write to, instead of the job's own")
    _shared(parser, commands.run)


def _update(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("job", help="the job file (TOML)")
    parser.add_argument("--as-of", help=_DAY)
    today = "today's transactions; by default the file that the job names"
    parser.add_argument("files", nargs="*", metavar="FILE", help=today)
    known = "a name for them; by default what they hold, so that they are not taken in twice"
    parser.add_argument("--batch", help=known)
    fallen = "write the rows of them that do not count, with the reason of each"
    parser.add_argument("--left-out", action="store_true", help=fallen)
    parser.add_argument("--state", help="folder of the kept past; by default beside the output")
    _since(parser)
    parser.add_argument("--out", help="folder to write to, instead of the job's own")
    _shared(parser, updating.update)


def _sql(parser: argparse.ArgumentParser) -> None:
    _job(parser, "the job file (TOML); a job without a policy is fitted on its tables first")
    written = "duckdb, sqlite, or any dialect of sqlglot: spark, snowflake, bigquery, postgres, ..."
    parser.add_argument("--dialect", default="duckdb", help=written)
    first = "the model or table of profiles that the first query reads"
    parser.add_argument("--profiles", default="profiles", help=first)
    parser.add_argument("--one", action="store_true", help="one query instead of models for dbt")
    parser.add_argument("--out", help="folder to write to, instead of the job's own")
    _shared(parser, queries.sql)


def _past(
    parser: argparse.ArgumentParser, command: Callable[..., dict[str, Any]], every: str
) -> None:
    _job(parser, "the job file (TOML); it needs transactions")
    parser.add_argument("--since", help="first day of the history; by default two years back")
    parser.add_argument("--every", choices=UNITS, default=every, help="period of the history")
    parser.add_argument("--out", help="folder to write to, instead of the job's own")
    _shared(parser, command)


def _scores(parser: argparse.ArgumentParser) -> None:
    _job(parser, "the job file (TOML); it needs a scorecard")
    parser.add_argument("--outcome", help="column that says how it ended; by default the learner's")
    parser.add_argument("--positive", help="value of the outcome that counts as won")
    treated = "attribute by which people must not be treated apart; may be repeated"
    parser.add_argument("--protect", action="append", default=[], metavar="COLUMN", help=treated)
    compared = "source or campaign to compare; may be repeated"
    parser.add_argument("--by", action="append", default=[], metavar="COLUMN", help=compared)
    parser.add_argument("--at", help="column of the day of each customer, for drift")
    parser.add_argument("--out", help="folder to write to, instead of the job's own")
    _shared(parser, commands.scores)


def _file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", help="the customers: CSV, TSV, Parquet, JSON or JSONL")
    origin = "where the records come from: how bare telephone numbers are read"
    parser.add_argument("--from", dest="origin", default="mixed", choices=ORIGINS, help=origin)
    held = "what a column holds that its name does not tell, such as contact=person; repeatable"
    parser.add_argument("--field", action="append", default=[], metavar="COLUMN=KIND", help=held)
    parser.add_argument("--id", help="column with the customers' ids; by default by its name")
    parser.add_argument("--values", action="store_true", help="show field values too")
    parser.add_argument("--format", choices=FORMATS, help="of the tables; by default the file's")
    parser.add_argument("--out", help="folder to write to, instead of one beside the file")
    parser.set_defaults(invalid="keep")


def _clean(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    wrong = "what becomes of a value that cannot be right"
    parser.add_argument("--invalid", choices=("keep", "missing"), default="keep", help=wrong)
    _shared(parser, files.clean)


def _quality(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("--as-of", help="day at which values are as old as they are")
    parser.add_argument("--until", help="list what is due up to this day; by default by now")
    parser.add_argument("--value", help="column with the value of a customer, such as revenue")
    often = "verify a column every so many days, such as phone=180; repeatable"
    parser.add_argument("--limit", action="append", default=[], metavar="COLUMN=DAYS", help=often)
    _shared(parser, files.quality)


def _owners(parser: argparse.ArgumentParser, *, as_of: bool) -> None:
    parser.add_argument("file", help="the customers: CSV, TSV, Parquet, JSON or JSONL")
    parser.add_argument("reps", help="the representatives, likewise")
    told = (
        "an allocation as JSON or TOML, with how to rebalance under 'rebalancing'; by default the "
        "usual wishes, as far as columns are there"
    )
    parser.add_argument("--settings", help=told)
    day = "the day of the plan; needed where somebody has leave"
    parser.add_argument("--as-of", required=as_of, help=day)
    parser.add_argument("--format", choices=FORMATS, help="of the tables; by default the file's")
    parser.add_argument("--out", help="folder to write to, instead of one beside the file")


def _allocate(parser: argparse.ArgumentParser) -> None:
    _owners(parser, as_of=False)
    parser.add_argument("--customer", help="say why this customer has the owner it has")
    _shared(parser, owners.allocate)


def _rules(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("book", help="the book of rules: JSON or TOML")
    parser.add_argument("file", help="the customers: CSV, TSV, Parquet, JSON or JSONL")
    parser.add_argument("reps", nargs="?", help="the representatives, likewise")
    parser.add_argument("--as-of", help="the day; needed where rules hold on some days only")
    parser.add_argument("--values", action="store_true", help="name words of customers in gaps too")
    parser.add_argument("--format", choices=FORMATS, help="of the table; by default the file's")
    parser.add_argument("--out", help="folder to write to, instead of one beside the file")
    _shared(parser, rulebooks.rules)


def _review(parser: argparse.ArgumentParser) -> None:
    _owners(parser, as_of=True)
    _shared(parser, owners.review)


def _rebalance(parser: argparse.ArgumentParser) -> None:
    _owners(parser, as_of=True)
    gone = "a representative who leaves; may be repeated"
    parser.add_argument("--leaves", action="append", default=[], metavar="REP", help=gone)
    share = "the part of the others that may change hands, 0 to 1; by default 0.03"
    parser.add_argument("--moves", type=float, help=share)
    parser.add_argument("--per-day", type=int, help="at most so many moves a day")
    _shared(parser, owners.rebalance)


def _undo(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", help="the customers as they are now")
    parser.add_argument("journal", help="the rebalance.json that the rebalancing wrote")
    since = "what becomes of customers whose owner was changed since"
    choices = ("refuse", "keep", "restore")
    parser.add_argument("--meanwhile", choices=choices, default="refuse", help=since)
    parser.add_argument("--out", help="file to write to, instead of one beside the file")
    _shared(parser, owners.undo)


def _pool(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", help="the customers: CSV, TSV, Parquet, JSON or JSONL")
    told = "a pool as JSON or TOML, or several under 'pools'"
    parser.add_argument("--rules", required=True, help=told)
    parser.add_argument("--as-of", required=True, help="the day")
    parser.add_argument("--days", type=int, default=30, help="how many days to look ahead")
    parser.add_argument("--activities", help="follow-ups one by one: the customer and 'at'")
    parser.add_argument("--value", help="column to add up, such as revenue")
    parser.add_argument("--changed", help="other rules to hold beside these")
    parser.add_argument("--format", choices=FORMATS, help="of the tables; by default the file's")
    parser.add_argument("--out", help="folder to write to, instead of one beside the file")
    _shared(parser, pools.pool)


def _explain(parser: argparse.ArgumentParser) -> None:
    _job(parser)
    parser.add_argument("--customer", required=True, help="the customer's id")
    parser.add_argument("--values", action="store_true", help="show field values too")
    every = "every line of every step: all points, all who were passed over"
    parser.add_argument("--details", action="store_true", help=every)
    _shared(parser, commands.explain)


def _schema(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", nargs="?", help="a kind; without it, the names of all kinds")
    _shared(parser, commands.schema)
