"""How are records matched where they are, in an engine, without being fetched?"""
