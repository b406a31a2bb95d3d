"""fxdiffuse: one diffusion model, five photographic effects, each on its own dial.

`engine` (torch, no Qt) holds the model and the effects, `photo` reads and writes files, `app` holds the
editor's state on QtCore and QtGui, `views` the widgets. Importing this package loads none of them.
"""

__version__ = "0.1.0"
