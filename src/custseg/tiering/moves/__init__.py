"""Who moved from which tier to which, and what did it do to the money?"""
