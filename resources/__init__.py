"""Data files that ship with fxdiffuse: models, sample photos, icons."""
