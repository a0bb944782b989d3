"""What a rebalancing answers: the plan, moves and loads, stand-ins, the way back."""
