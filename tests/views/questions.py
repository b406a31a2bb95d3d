"""Answers for the questions that stop the program until somebody clicks."""

import pytest
from PySide6.QtWidgets import QMessageBox


def answer_with(monkeypatch: pytest.MonkeyPatch, *labels: str) -> list[str]:
    """Answers the next questions, in turn, by the buttons that begin with `labels`; returns what was asked.

    One question more than there are labels is an error.
    """
    asked: list[str] = []

    def answer(box: QMessageBox) -> int:
        label = labels[len(asked)]
        asked.append(f"{box.text()} {box.informativeText()}")
        next(one for one in box.buttons() if one.text().replace("&", "").startswith(label)).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    return asked
