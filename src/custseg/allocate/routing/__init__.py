"""One customer at a time: whose turn is it? State in, state out."""
