"""Points learnt from outcomes by weight of evidence."""
