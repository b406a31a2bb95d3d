"""One property of ours in an XMP packet: read, or added to the rest of the packet.

A packet is never rewritten: every byte that is not ours stays. A packet may be hostile: it is only scanned,
and refused when it declares a document type (whose entities could make it grow) or is too large or too deeply
nested.
"""

import re
from dataclasses import dataclass
from xml.parsers import expat

from fxdiffuse_gui.core.errors import UserError

NAMESPACE = "urn:fxdiffuse:receipt#"
MAX_PACKET = 4 << 20
MAX_PARTS = 100_000
"""Elements and attributes."""
MAX_DEPTH = 64

_NAME = "Receipt"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_SEPARATOR = "|"
_OURS = f"{NAMESPACE}{_SEPARATOR}{_NAME}"
_ROOT, _DESCRIPTION, _ABOUT = (f"{_RDF}{_SEPARATOR}{name}" for name in ("RDF", "Description", "about"))

_OPENING = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{_RDF}">'
).encode()
_CLOSING = b'</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'


class XmpError(UserError):
    """A packet that is damaged, hostile, or cannot be extended; the message completes "… because"."""


def read_property(packet: bytes) -> str | None:
    """The text of our property; None when the packet does not have it.

    Raises XmpError when the packet is damaged, too large, nested too deeply, declares a document type, or
    has the property more than once.
    """
    values = _Walk(packet).values
    if len(values) > 1:
        raise XmpError("it holds the property more than once")
    return values[0] if values else None


def with_property(packet: bytes | None, text: str) -> bytes:
    """`packet`, or a new one if it is None or blank, with `text` as the value of our property.

    A previous value is removed. All else stays byte for byte, except that padding is used up.
    Raises XmpError as `read_property` does, and for a packet that has no RDF element to extend.
    """
    block = _block(text)
    if packet is None or not packet.strip(b"\0 \t\r\n"):
        return _OPENING + block + _CLOSING
    walk = _Walk(packet)
    if walk.insertion is None:
        raise XmpError("it has no place for a property")
    pieces: list[bytes] = []
    position = 0
    for start, end, content in sorted([*walk.cuts(), (walk.insertion, walk.insertion, block)]):
        if start < position:
            raise XmpError("it holds the property inside itself")
        pieces += [packet[position:start], content]
        position = end
    extended = b"".join([*pieces, packet[position:]])
    extended = _without_padding(extended, len(extended) - len(packet))
    if read_property(extended) != text:
        raise XmpError("it cannot be extended")
    return extended


def _block(text: str) -> bytes:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return (
        f'<rdf:Description rdf:about="" xmlns:rdf="{_RDF}" xmlns:fxd="{NAMESPACE}">'
        f"<fxd:{_NAME}>{escaped}</fxd:{_NAME}></rdf:Description>"
    ).encode("ascii", "xmlcharrefreplace")


def _without_padding(packet: bytes, growth: int) -> bytes:
    """Removes up to `growth` of the blanks before the end of the packet, which are reserved for additions."""
    end = packet.rfind(b"<?xpacket")
    content = len(packet[: max(end, 0)].rstrip(b" \t\r\n"))
    room = min(end - content - 1, growth)
    return packet if room <= 0 else packet[: end - room] + packet[end:]


@dataclass(eq=False)
class _Node:
    """An element from byte `start` to `end` of the packet; its start tag ends at `tag_end`.

    plain: a description without properties as attributes. children: number of child elements. prefix: the
    namespace prefix of our property if it is an attribute.
    """

    name: str
    start: int
    parent: "_Node | None"
    plain: bool
    prefix: str | None = None
    children: int = 0
    tag_end: int = 0
    end: int = 0


class _Walk:
    """One pass over a packet: the `values` of our property, and where a description can be inserted."""

    def __init__(self, packet: bytes) -> None:
        self.values: list[str] = []
        self.insertion: int | None = None
        self._packet = packet
        self._found: list[_Node] = []
        self._open: _Node | None = None
        self._depth = self._parts = 0
        self._text: list[str] | None = None
        # A tag or element whose end byte is known only when the parser reports the next event.
        self._tag: _Node | None = None
        self._ended: _Node | None = None
        if len(packet) > MAX_PACKET:
            raise XmpError("it is too large")
        self._parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
        self._parser.namespace_prefixes = True
        self._parser.buffer_text = False
        self._parser.StartDoctypeDeclHandler = _refuse_doctype
        self._parser.StartElementHandler = self._on_start
        self._parser.EndElementHandler = self._on_end
        self._parser.CharacterDataHandler = self._on_text
        self._parser.DefaultHandler = self._on_other
        try:
            self._parser.Parse(packet.rstrip(b"\0"), True)
        except (expat.ExpatError, LookupError, ValueError) as error:
            raise error if isinstance(error, XmpError) else XmpError("it is damaged") from None

    def cuts(self) -> list[tuple[int, int, bytes]]:
        """(start, end, replacement) of the bytes that are ours."""
        cuts: list[tuple[int, int, bytes]] = []
        for node in self._found:
            if node.prefix is not None:
                name = f"{node.prefix}:{_NAME}".encode()
                attribute = rb"\s" + re.escape(name) + rb"\s*=\s*(\"[^\"]*\"|'[^']*')"
                tag = self._packet[node.start : node.tag_end]
                cuts.append((node.start, node.tag_end, re.sub(attribute, b"", tag, count=1)))
                continue
            # A description without other content is removed too, or every export would leave an empty one.
            holder = node.parent
            is_only = holder is not None and holder.plain and holder.children == 1
            removed = holder if holder is not None and is_only else node
            cuts.append((removed.start, removed.end, b""))
        return cuts

    def _here(self) -> int:
        here = self._parser.CurrentByteIndex
        if self._tag is not None:
            self._tag.tag_end, self._tag = here, None
        if self._ended is not None:
            self._ended.end, self._ended = here, None
        return here

    def _on_start(self, tag: str, attributes: dict[str, str]) -> None:
        here = self._here()
        self._depth += 1
        self._parts += 1 + len(attributes)
        if self._depth > MAX_DEPTH:
            raise XmpError("it is nested too deeply")
        if self._parts > MAX_PARTS:
            raise XmpError("it has too many parts")
        name, _ = _split(tag)
        names = {_split(key)[0]: key for key in attributes}
        node = _Node(name, here, self._open, plain=name == _DESCRIPTION and set(names) <= {_ABOUT, "about"})
        if self._open is not None:
            self._open.children += 1
        if name == _DESCRIPTION and _OURS in names:
            node.prefix = _split(names[_OURS])[1]
            self.values.append(attributes[names[_OURS]])
            self._found.append(node)
        if name == _OURS:
            self._text = []
            self._found.append(node)
        self._open = self._tag = node

    def _on_end(self, _: str) -> None:
        here = self._here()
        node = self._open
        assert node is not None  # expat has reported its start
        if node.name == _OURS and self._text is not None:
            self.values.append("".join(self._text))
            self._text = None
        closes_itself = node.tag_end == here and self._packet[here - 2 : here] == b"/>"
        if node.name == _ROOT and self.insertion is None and not closes_itself:
            self.insertion = here
        self._depth -= 1
        self._open, self._ended = node.parent, node

    def _on_text(self, text: str) -> None:
        self._here()
        if self._text is not None:
            self._text.append(text)

    def _on_other(self, _: str) -> None:
        self._here()


def _split(name: str) -> tuple[str, str]:
    """(namespace and local name, prefix) of expat's 'namespace|name|prefix'."""
    parts = name.split(_SEPARATOR)
    return _SEPARATOR.join(parts[:2]), parts[2] if len(parts) > 2 else ""


def _refuse_doctype(*_: object) -> None:
    raise XmpError("it declares a document type")
