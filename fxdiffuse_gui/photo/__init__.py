"""Files to arrays and back: decode, orientation, color, metadata, atomic writing. No Qt, no torch."""
