"""The command line: ``custseg demo``, ``run``, ``explain`` and ``schema``."""

from custseg.cli.main import main

__all__ = ["main"]
