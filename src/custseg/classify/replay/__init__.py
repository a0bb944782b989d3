"""Which state was each customer in on any day, and what comes next?"""
