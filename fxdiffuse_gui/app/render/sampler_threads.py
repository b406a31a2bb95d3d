"""`SamplerThreads`: the two threads in which pictures are computed, and the requests that they take."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QThread, Signal

from fxdiffuse_gui.app.render.engine_port import Engine
from fxdiffuse_gui.app.render.proxy_worker import ProxyWorker
from fxdiffuse_gui.app.render.sampler_worker import SamplerWorker


class SamplerThreads(QObject):
    """Every signal here asks for something; `sampler` and `proxy_previews` answer with their own."""

    load = Signal(object)
    """Path of the model, or None for the bundled one."""
    forget = Signal()
    run = Signal(object)
    """EditRequest."""
    export = Signal(object)
    """ExportJob."""
    draw = Signal(object)
    """EditRequest for a stand-in."""

    def __init__(self, engine: Engine, clock: Callable[[], float], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sampling = QThread()
        """Where the engine works."""
        self.sampling.setObjectName("sampler")
        self.sampler = SamplerWorker(engine)
        self.sampler.moveToThread(self.sampling)
        self.load.connect(self.sampler.load)
        self.forget.connect(self.sampler.forget)
        self.run.connect(self.sampler.run)
        self.export.connect(self.sampler.export)

        self.side = QThread()
        """Where the stand-ins are drawn; whatever is quickly done may share it."""
        self.side.setObjectName("stand-in")
        self.proxy_previews = ProxyWorker(engine, clock)
        self.proxy_previews.moveToThread(self.side)
        self.draw.connect(self.proxy_previews.run)

    def start(self) -> None:
        """Starts both; what was asked for before is done then."""
        self.sampling.start()
        self.side.start()

    def close(self) -> None:
        """Stops both and waits for what they are doing."""
        for thread in (self.sampling, self.side):
            thread.quit()
            thread.wait()
