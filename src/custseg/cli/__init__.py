"""The command line: ``custseg demo``, ``run``, ``clean``, ``quality``, ``explain``, ``schema``."""

from custseg.cli.main import main

__all__ = ["main"]
