"""Into which bins does a column fall so that they tell won from lost?"""
