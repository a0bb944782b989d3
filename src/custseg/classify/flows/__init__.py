"""How many go from state to state, how does the base grow, and who stays?"""
