"""`Recovery`: after a crash, offers the edit that was not saved."""

import logging
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale, QObject
from PySide6.QtWidgets import QMessageBox, QWidget

from fxdiffuse_gui.app.files.autosave import Autosave
from fxdiffuse_gui.app.files.journal import Journal, RecoverableEdit, left_behind
from fxdiffuse_gui.app.language import date_locale
from fxdiffuse_gui.app.session import Session
from fxdiffuse_gui.core.i18n import tr

logger = logging.getLogger(__name__)


class Recovery(QObject):
    """Looks below `root` for journals whose program no longer runs; asks over `window`.

    One that is restored goes on as this program's own journal; one that nothing was decided about, or that
    could not be restored because its photo is gone, stays for the next start.
    """

    def __init__(self, session: Session, autosave: Autosave, root: Path, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._autosave = autosave
        self._root = root
        self._held: list[Journal] = []
        self._restoring: Journal | None = None
        session.files.recovered.connect(self._on_recovered)

    def offer(self) -> bool:
        """Asks about each edit, the newest first, until one is restored; returns whether one is."""
        found, aside = left_behind(self._root)
        for path in aside:
            logger.warning("An unreadable journal was set aside as %s", path)
        self._held = [one.journal for one in found]
        for one in found:
            answer = self._ask(one)
            if answer == "discard":
                self._held.remove(one.journal)
                one.journal.remove()
            elif answer == "restore":
                self._restoring = one.journal
                self._session.files.recover(one.journal.path)
                return True
        return False

    def close(self) -> None:
        """Releases the journals that nothing was decided about."""
        for journal in self._held:
            journal.leave()
        self._held = []

    def _on_recovered(self) -> None:
        if self._restoring is not None:
            self._held.remove(self._restoring)
            self._autosave.adopt(self._restoring)
            self._restoring = None

    def _ask(self, one: RecoverableEdit) -> str:
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(tr("Restore edits"))
        box.setText(tr("The last edits of {photo} were not saved.", photo=one.manifest.link.shown_name))
        box.setInformativeText(
            tr("fxdiffuse ended unexpectedly. They were kept {when}.", when=_when(one.journal))
        )
        restore = box.addButton(tr("&Restore"), QMessageBox.ButtonRole.AcceptRole)
        discard = box.addButton(tr("&Discard edits"), QMessageBox.ButtonRole.DestructiveRole)
        later = box.addButton(tr("Decide &later"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(restore)
        box.setEscapeButton(later)
        box.exec()
        if box.clickedButton() is restore:
            return "restore"
        return "discard" if box.clickedButton() is discard else "later"


def _when(journal: Journal) -> str:
    """When it was written: the time for today, else date and time."""
    try:
        written = datetime.fromtimestamp(journal.written_at)
    except OSError:
        return tr("a moment ago")
    moment, short = QDateTime.fromSecsSinceEpoch(int(written.timestamp())), QLocale.FormatType.ShortFormat
    if written.date() == datetime.now().date():
        return tr("today at {time}", time=date_locale().toString(moment.time(), short))
    return tr("on {date}", date=date_locale().toString(moment, short))
