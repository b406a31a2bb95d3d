"""The parts of `fxdiffuse-train evaluate`: cases, references, figures, intervals, tables, pages."""
