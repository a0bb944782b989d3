"""The chapters of the report: what each says, as data, as a piece of a page and as text."""
