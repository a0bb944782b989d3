"""Points set by hand that closed leads move."""
