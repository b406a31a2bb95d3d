"""An evaluation as Markdown and as one self-contained HTML page with pictures."""

import base64
from html import escape
from pathlib import Path
from typing import Any

from trainer.evaluation.tables import Table

_STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:#222}"
    "table{border-collapse:collapse}td,th{padding:.25rem .7rem;border-bottom:1px solid #ddd;text-align:left}"
    "td{font-variant-numeric:tabular-nums}figure{margin:1rem 0}img{max-width:100%}"
    "@media(prefers-color-scheme:dark){body{background:#1b1b1b;color:#ddd}td,th{border-color:#444}}"
)


def _heading(document: dict[str, Any]) -> tuple[str, str]:
    title = f"Evaluation of {document['card']} ({document['trained_steps']} steps)"
    text = (
        f"{document['crops']} crops of {document['size']}² from photos that were not used in training"
        f" ({document['few']} of them for control in compositions and numbers of evaluations),"
        f" {document['steps']} evaluations per edit where the effect is random."
        f" Model SHA-256 {document['model']}."
    )
    if not document["held_out_checked"]:
        text += (
            " Not checked in full: the model file does not name all photos it was trained on, so some of"
            " these may be among them."
        )
    return title, text


def markdown(document: dict[str, Any], tables: list[Table]) -> str:
    """The tables as text."""
    title, text = _heading(document)
    lines = [f"# {title}", "", text]
    for table in tables:
        lines += [
            "",
            f"## {table.title}",
            "",
            table.note,
            "",
            _line(table.columns),
            "|" + "---|" * len(table.columns),
        ]
        lines += [_line(row) for row in table.rows]
    return "\n".join([*lines, ""])


def html(document: dict[str, Any], tables: list[Table], pictures: dict[str, Path]) -> str:
    """The tables and one picture of each kind of edit (input, model, operators). Needs no other file.

    pictures: JPEG files by caption.
    """
    title, text = _heading(document)
    parts = [
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(title)}</title>',
        f"<style>{_STYLE}</style><h1>{escape(title)}</h1><p>{escape(text)}</p>",
    ]
    for table in tables:
        head = "".join(f"<th>{escape(column)}</th>" for column in table.columns)
        body = "".join("<tr>" + "".join(f"<td>{escape(c)}</td>" for c in row) + "</tr>" for row in table.rows)
        parts.append(
            f"<h2>{escape(table.title)}</h2><p>{escape(table.note)}</p><table><tr>{head}</tr>{body}</table>"
        )
    parts.append("<h2>Pictures</h2><p>Left to right: the input, the model, the operators.</p>")
    for name, path in pictures.items():
        data = base64.b64encode(path.read_bytes()).decode()
        caption = f"<figcaption>{escape(name)}</figcaption>"
        parts.append(
            f'<figure>{caption}<img alt="{escape(name)}" src="data:image/jpeg;base64,{data}"></figure>'
        )
    return "\n".join(parts) + "</html>\n"


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"
