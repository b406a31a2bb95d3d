"""Our property in XMP packets: added without changing the rest, read back, and hostile packets refused."""

import random
import time

import pytest

from fxdiffuse_gui.photo.metadata.xmp import (
    MAX_DEPTH,
    MAX_PACKET,
    MAX_PARTS,
    NAMESPACE,
    XmpError,
    read_property,
    with_property,
)

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
TITLE = '<dc:title xmlns:dc="http://purl.org/dc/elements/1.1/">Ein Stück &amp; mehr</dc:title>'


def packet(content: str, *, padding: int = 0, prefix: str = "rdf") -> bytes:
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<!-- made by hand -->'
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><{prefix}:RDF xmlns:{prefix}="{RDF}">{content}</{prefix}:RDF>'
        f"</x:xmpmeta>{' ' * padding}<?xpacket end='w'?>"
    ).encode()


def described(content: str, attributes: str = "") -> str:
    return f'<rdf:Description rdf:about="" xmlns:f="{NAMESPACE}" {attributes}>{content}</rdf:Description>'


def test_a_new_packet() -> None:
    text = '{"a": "<b> & \\u00fc"}'
    made = with_property(None, text)
    assert made.startswith(b'<?xpacket begin="\xef\xbb\xbf"') and made.endswith(b'<?xpacket end="w"?>')
    assert read_property(made) == text
    assert with_property(b" \n\0", text) == made


@pytest.mark.parametrize("prefix", ["rdf", "r"])
def test_the_rest_of_a_packet_stays_byte_for_byte(prefix: str) -> None:
    content = f'<{prefix}:Description {prefix}:about="uuid:1">{TITLE}</{prefix}:Description>'
    before = packet(content, prefix=prefix)
    after = with_property(before, "one")
    assert read_property(before) is None and read_property(after) == "one"
    place = before.index(f"</{prefix}:RDF>".encode())
    added = len(after) - len(before)
    assert after[:place] + after[place + added :] == before


def test_a_second_value_replaces_the_first() -> None:
    before = packet(described(TITLE))
    once = with_property(before, "one")
    assert with_property(with_property(once, "a much longer text than that"), "one") == once


@pytest.mark.parametrize(
    ("ours", "left"),
    [
        (described(TITLE, 'f:Receipt="old &lt;1&gt;"'), described(TITLE).replace(" >", ">")),
        (described(TITLE, "f:Receipt = 'old &lt;1&gt;'"), described(TITLE).replace(" >", ">")),
        (described(f"{TITLE}<f:Receipt>old &lt;1&gt;</f:Receipt>"), described(TITLE)),
        (described(f"<f:Receipt>old <![CDATA[<1>]]></f:Receipt >{TITLE}"), described(TITLE)),
        (described("<f:Receipt>old &lt;1&gt;</f:Receipt>") + described(TITLE), described(TITLE)),
    ],
)
def test_a_property_rewritten_by_other_programs_is_read_and_replaced(ours: str, left: str) -> None:
    assert read_property(packet(ours)) == "old <1>"
    after = with_property(packet(ours), "new")
    assert read_property(after) == "new" and b"old" not in after
    assert after == with_property(packet(left), "new")


def test_an_empty_property_and_one_elsewhere() -> None:
    assert read_property(packet(described("<f:Receipt/>"))) == ""
    assert read_property(packet(f'<other xmlns="urn:x#" xmlns:f="{NAMESPACE}" f:Receipt="no"/>')) is None
    assert read_property(packet(described("<f:Receipts>no</f:Receipts>"))) is None


def test_padding_is_used_up_first() -> None:
    before = packet(described(TITLE), padding=2000)
    assert len(with_property(before, "x" * 500)) == len(before)
    assert len(with_property(packet(described(TITLE), padding=50), "x" * 500)) > len(before) - 2000 + 500


def test_a_packet_that_ends_in_zeros() -> None:
    before = packet(described(TITLE)) + b"\0\0"
    assert read_property(with_property(before, "one")) == "one"


BOMB = '<!DOCTYPE a [<!ENTITY b "' + "x" * 1000 + '"><!ENTITY c "&b;&b;&b;&b;">]>'
NESTED = "<a>" * MAX_DEPTH + "</a>" * MAX_DEPTH


@pytest.mark.parametrize(
    ("hostile", "reason"),
    [
        (BOMB.encode() + packet("&c;"), "document type"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "document type"),
        (packet(NESTED), "nested"),
        (b"<a>" * 1_000_000, "nested"),
        (packet("x" * MAX_PACKET), "too large"),
        (packet("<b/>" * MAX_PARTS), "too many parts"),
        (packet("<b " + " ".join(f'a{i}=""' for i in range(MAX_PARTS)) + "/>"), "too many parts"),
        (packet("<unclosed>"), "damaged"),
        (packet(described("")).decode().encode("utf-16")[3:], "damaged"),
        (b"<?xml version='1.0' encoding='no-such'?><a/>", "damaged"),
        (b"\xff\xfe\xfd", "damaged"),
        (packet("<a:b/>"), "damaged"),
        (packet('<rdf:Description a="1" a="2"/>'), "damaged"),
    ],
)
def test_hostile_packets(hostile: bytes, reason: str) -> None:
    start = time.process_time()
    for action in (lambda: read_property(hostile), lambda: with_property(hostile, "one")):
        with pytest.raises(XmpError, match=reason):
            action()
    assert time.process_time() - start < 4  # 1.1 s for the slowest


def test_several_values_are_not_read_but_replaced() -> None:
    twice = packet(described("<f:Receipt>1</f:Receipt>") + described("<f:Receipt>2</f:Receipt>"))
    with pytest.raises(XmpError, match="more than once"):
        read_property(twice)
    assert with_property(twice, "new") == with_property(packet(""), "new")


@pytest.mark.parametrize(
    "nowhere",
    [
        b"<a/>",
        packet("").replace(b"></rdf:RDF>", b"/>"),
        packet(described("<f:Receipt><f:Receipt>1</f:Receipt></f:Receipt>")),
    ],
)
def test_packets_without_a_place(nowhere: bytes) -> None:
    with pytest.raises(XmpError):
        with_property(nowhere, "one")


def test_a_long_blank_takes_no_time() -> None:
    start = time.process_time()
    blank = packet(" " * 3_000_000 + described(""))
    assert read_property(with_property(blank, "one")) == "one"
    assert time.process_time() - start < 1


def test_mutated_packets() -> None:
    """A packet is read, extended or refused, and nothing else, whatever bytes are changed."""
    chance = random.Random(1)
    good = with_property(packet(described(TITLE, 'f:Receipt="old"')), '{"a": 1}')
    for _ in range(2000):
        data = bytearray(good)
        for _ in range(chance.choice([1, 2, 8])):
            at = chance.randrange(len(data))
            if chance.random() < 0.7:
                data[at] = chance.choice(b"<>\"'&/ \0\xff=:xf")
            else:
                del data[at : at + chance.randrange(1, 30)]
        for action in (read_property, lambda packet: with_property(packet, "new")):
            try:
                action(bytes(data))
            except XmpError as error:
                assert "\n" not in str(error)
