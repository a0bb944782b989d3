"""How are the cut points of a column chosen?"""
