"""How is a fitted matcher run by another program?"""
