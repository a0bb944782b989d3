"""Reading exports and writing results: the user's files are opened here and in the CLI."""

from custseg.io.reading import read_table
from custseg.io.scanning import scan_table
from custseg.io.writing import FORMATS, write_table

__all__ = ["FORMATS", "read_table", "scan_table", "write_table"]
