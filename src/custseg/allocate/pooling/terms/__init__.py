"""What a pool is: clocks, protection, limits, names, how days are counted."""
