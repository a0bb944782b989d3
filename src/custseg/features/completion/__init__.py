"""How complete are records, and what to ask for next?"""
