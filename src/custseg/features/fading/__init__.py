"""Points of what customers do, each event fading on its own."""
