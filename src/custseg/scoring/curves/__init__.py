"""How a value earns its points."""
