"""Who is slipping away, why, and how well can that be told beforehand?"""
