"""What is asked: both tables as the events leave them, in arrays."""
