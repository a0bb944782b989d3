"""What is wrong with a book of rules, and whom does it leave out?"""
