"""What do cards that another program learnt say here?"""
