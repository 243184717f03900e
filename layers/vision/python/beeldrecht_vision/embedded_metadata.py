"""The words that go out within a picture: one packet of XMP, and a few tags of EXIF.

XMP (ISO 16684-1) is what picture desks, browsers and search engines read, whatever the
format; the tags of EXIF are for who reads nothing else. Nothing is copied from the file
that came: what is written is what is given here, so that no position, no thumbnail and no
serial number can travel along. Needs Pillow's layer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterable

_SPACES: Final = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
}
_RELEASE: Final = "http://ns.useplus.org/ldf/vocab/"
_DESCRIPTION, _ARTIST, _COPYRIGHT, _TAKEN = 0x010E, 0x013B, 0x8298, 0x9003
_CAMERA: Final = 0x8769
_MOST: Final = 60_000
"""Bytes: a JPEG holds a packet of XMP in one segment, of 65,502 at most."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a file says of its picture; empty is not said.

    `release` is a term of PLUS (`MR-NON`, `MR-NAP`, `MR-UMR`, `MR-LMR`); `people` are
    only those who agreed to be named; `check` is where anybody can ask whether the
    picture may still be used.
    """

    title: str = ""
    caption: str = ""
    keywords: tuple[str, ...] = ()
    creator: str = ""
    credit: str = ""
    rights: str = ""
    usage_terms: str = ""
    location: str = ""
    city: str = ""
    region: str = ""
    country: str = ""
    captured_at: str = ""
    release: str = ""
    release_ids: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    check: str = ""


def xmp_of(said: Said) -> bytes:
    """A packet of XMP; a caption is shortened where the packet would not fit a JPEG."""
    packet = _packet(said, said.caption)
    if len(packet) > _MOST:
        packet = _packet(said, "")
    return packet if len(packet) <= _MOST else b""


def _packet(said: Said, caption: str) -> bytes:
    release = _RELEASE + said.release if said.release else ""
    parts = [
        _alternatives("dc:title", said.title),
        _alternatives("dc:description", caption),
        _list("dc:subject", "Bag", said.keywords),
        _list("dc:creator", "Seq", (said.creator,)),
        _alternatives("dc:rights", said.rights),
        _alternatives("xmpRights:UsageTerms", said.usage_terms),
        _plain("xmpRights:WebStatement", said.check),
        _plain("photoshop:Credit", said.credit),
        _plain("photoshop:City", said.city),
        _plain("photoshop:State", said.region),
        _plain("photoshop:Country", said.country),
        _plain("photoshop:DateCreated", said.captured_at),
        _plain("Iptc4xmpCore:Location", said.location),
        _list("Iptc4xmpExt:PersonInImage", "Bag", said.people),
        _plain("plus:ModelReleaseStatus", release),
        _list("plus:ModelReleaseID", "Bag", said.release_ids),
    ]
    spaces = " ".join(f"xmlns:{name}={quoteattr(at)}" for name, at in _SPACES.items())
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        f'<rdf:RDF {spaces}><rdf:Description rdf:about="">'
        f"{''.join(parts)}</rdf:Description></rdf:RDF></x:xmpmeta>"
        '<?xpacket end="w"?>'
    ).encode()


def exif_of(said: Said) -> bytes:
    """The few tags that programs without XMP read; never a position or a thumbnail."""
    exif = Image.Exif()
    for tag, value in (
        (_DESCRIPTION, said.title or said.caption[:500]),
        (_ARTIST, said.creator),
        (_COPYRIGHT, said.rights),
    ):
        if value:
            exif[tag] = value
    taken = said.captured_at[:19].replace("-", ":").replace("T", " ")
    if len(taken) == 19:
        exif.get_ifd(_CAMERA)[_TAKEN] = taken
    return exif.tobytes() if len(exif) or len(taken) == 19 else b""


def _plain(name: str, value: str) -> str:
    return f"<{name}>{escape(value)}</{name}>" if value else ""


def _alternatives(name: str, value: str) -> str:
    if not value:
        return ""
    entry = f'<rdf:li xml:lang="x-default">{escape(value)}</rdf:li>'
    return f"<{name}><rdf:Alt>{entry}</rdf:Alt></{name}>"


def _list(name: str, kind: str, values: Iterable[str]) -> str:
    entries = "".join(f"<rdf:li>{escape(value)}</rdf:li>" for value in values if value)
    return f"<{name}><rdf:{kind}>{entries}</rdf:{kind}></{name}>" if entries else ""
