"""XMP (ISO 16684-1), read as a stream: no tree, no document type, no entities."""

from typing import Final, Self
from xml.parsers import expat

from beeldrecht.domain.metadata import MAX_KEYWORDS, Metadata

from .metadata import described

MAX_DEPTH: Final = 48
_TEXT_LIMIT: Final = 16_384

_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns# "
_DC: Final = "http://purl.org/dc/elements/1.1/ "
_PHOTOSHOP: Final = "http://ns.adobe.com/photoshop/1.0/ "
_EXIF: Final = "http://ns.adobe.com/exif/1.0/ "
_RIGHTS: Final = "http://ns.adobe.com/xap/1.0/rights/ "
_IPTC: Final = "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/ "
_PLUS: Final = "http://ns.useplus.org/ldf/xmp/1.0/ "
_LANGUAGE: Final = "http://www.w3.org/XML/1998/namespace lang"

_WANTED: Final = {
    _DC + "creator": "creator",
    _DC + "title": "title",
    _DC + "description": "caption",
    _DC + "subject": "keywords",
    _DC + "rights": "copyright",
    _PHOTOSHOP + "Credit": "credit",
    _PHOTOSHOP + "Headline": "headline",
    _PHOTOSHOP + "DateCreated": "created",
    _EXIF + "DateTimeOriginal": "taken",
    _RIGHTS + "UsageTerms": "usage_terms",
    _IPTC + "Location": "location",
    _PHOTOSHOP + "City": "city",
    _PHOTOSHOP + "State": "region",
    _PHOTOSHOP + "Country": "country",
    _PLUS + "ModelReleaseStatus": "model_release",
    _PLUS + "ModelReleaseID": "model_release_ids",
}
_LISTS: Final = frozenset({_RDF + "Alt", _RDF + "Bag", _RDF + "Seq"})


class XmpRefusedError(Exception):
    """The packet is no XML, nests too deeply or declares a document type."""


class _Collector:
    """Gathers wanted properties of top-level descriptions while the parser runs.

    A property is an attribute of `rdf:Description`, its element, or the `rdf:li` entries
    in that element; descriptions nested elsewhere (history, ingredients) do not count.
    """

    def __init__(self) -> None:
        self.values: dict[str, list[str]] = {}
        self._path: list[str] = []
        self._property: str | None = None
        self._preferred = False
        self._text: list[str] | None = None
        self._room = _TEXT_LIMIT

    def start(self, name: str, attributes: dict[str, str]) -> None:
        path = self._path
        path.append(name)
        if len(path) > MAX_DEPTH:
            raise XmpRefusedError
        if self._is_description(path):
            for key, value in attributes.items():
                if key in _WANTED:
                    self._keep(_WANTED[key], value[:_TEXT_LIMIT])
        elif self._is_description(path[:-1]) and name in _WANTED:
            self._property = _WANTED[name]
            self._open()
            # What is a term of a vocabulary may be given as a resource of its own.
            if resource := attributes.get(_RDF + "resource"):
                self._keep(self._property, resource[:_TEXT_LIMIT])
        elif self._property and path[-2] in _LISTS and name == _RDF + "li":
            self._preferred = attributes.get(_LANGUAGE) == "x-default"
            self._open()

    def characters(self, text: str) -> None:
        if self._text is not None and self._room > 0:
            self._text.append(text[: self._room])
            self._room -= len(text)

    def end(self, name: str) -> None:
        entry = name == _RDF + "li" and self._path[-2] in _LISTS
        if self._property and (entry or name in _WANTED):
            text = "".join(self._text or ()).strip()
            if text:
                self._keep(self._property, text, first=entry and self._preferred)
            self._text = None
        self._path.pop()
        if self._is_description(self._path):
            self._property = None

    @staticmethod
    def _is_description(path: list[str]) -> bool:
        return len(path) <= 3 and path[-2:] == [_RDF + "RDF", _RDF + "Description"]

    def _open(self) -> None:
        self._text, self._room = [], _TEXT_LIMIT

    def _keep(self, key: str, value: str, *, first: bool = False) -> None:
        kept = self.values.setdefault(key, [])
        if first:
            kept.insert(0, value)
        elif len(kept) < MAX_KEYWORDS:
            kept.append(value)

    def refuse(self, *_: object) -> None:
        raise XmpRefusedError

    def parse(self, packet: bytes) -> Self:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self.refuse
        parser.EntityDeclHandler = self.refuse
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.characters
        try:
            parser.Parse(packet, True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise XmpRefusedError from error
        return self


def read_xmp(packet: bytes | None) -> Metadata:
    """Return the metadata of an XMP packet.

    Raises XmpRefusedError for anything that is not a plain, shallow XML document; the
    picture is received without it.
    """
    if not packet:
        return Metadata()
    values = _Collector().parse(packet.strip(b"\0 \t\r\n")).values

    def first(*keys: str) -> str | None:
        return next((values[key][0] for key in keys if key in values), None)

    return described(
        captured_at=first("taken", "created"),
        creator="; ".join(values.get("creator", ())),
        title=first("title", "headline"),
        caption=first("caption"),
        keywords=values.get("keywords", ()),
        copyright=first("copyright"),
        credit=first("credit"),
        usage_terms=first("usage_terms"),
        location=first("location"),
        city=first("city"),
        region=first("region"),
        country=first("country"),
        model_release=first("model_release"),
        model_release_ids=values.get("model_release_ids", ()),
    )
