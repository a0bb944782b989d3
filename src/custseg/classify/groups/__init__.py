"""Which group does a customer belong to by a rule of the company's own?"""
