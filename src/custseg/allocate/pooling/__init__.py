"""The public pool: what returns to it, who may claim from it, when."""
