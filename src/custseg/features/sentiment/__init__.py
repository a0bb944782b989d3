"""How kindly does a customer speak?"""
