"""Tables that an engine holds: their rules and sums are worked out there."""
