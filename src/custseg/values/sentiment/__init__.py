"""How kindly does a text speak, and which words say so?"""
