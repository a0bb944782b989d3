"""How are rows cleaned where they are, in an engine, without being fetched?"""
