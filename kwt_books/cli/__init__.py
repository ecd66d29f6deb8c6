"""The commands, over the same door as the desktop."""
