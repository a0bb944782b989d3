"""Reading exports and writing results: the user's files are opened here and in the CLI."""

from custseg.io.export import Export
from custseg.io.exporting import read_export
from custseg.io.reading import read_table
from custseg.io.recognised import Ask, Guess, Recognised
from custseg.io.recognising import recognise
from custseg.io.scanning import scan_table
from custseg.io.writing import FORMATS, write_table

__all__ = [
    "FORMATS",
    "Ask",
    "Export",
    "Guess",
    "Recognised",
    "read_export",
    "read_table",
    "recognise",
    "scan_table",
    "write_table",
]
