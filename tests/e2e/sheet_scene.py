"""A small library with one picture in every state, for the contact sheet and the table.

The people and their consents are the demonstration's own; the pictures are drawn, so that
nothing has to be downloaded and every box is known to the pixel.
"""

import io
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from PIL import Image, ImageDraw

import local.demo
from api.staff_api.sights import Sight
from api.staff_api.views import view_of
from beeldrecht.domain.access import Role, User
from beeldrecht.domain.access import Scene as Asked
from beeldrecht.domain.assets import Asset, AssetStatus, Box, Face, FacePose, Release
from beeldrecht.domain.channels import ALL_CHANNELS, Channel, Place, Verdict
from beeldrecht.domain.consent import Grant, GrantKind, Restriction, Withdrawal
from beeldrecht.domain.decisions import Facts, decide
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.intake import (
    Announcement,
    AssetRecord,
    Original,
    Rejection,
)
from beeldrecht.domain.people import Appearance, AppearanceStatus, SuggestionBand
from beeldrecht.domain.time import Period, midnight
from cli.catalogue import Phrase
from cli.pictures import Seen, seen_of
from local.demo.covering import Covered, Rights
from local.demo.organisation import NAMES, Who, demo_id
from local.demo.sheet import make_sheet

assert local.demo  # its import finds the rules
TODAY = date(2026, 6, 1)
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
EDITOR_ID = demo_id("staff", "editor")
IDS = {who: demo_id("person", who) for who in Who}
NAMED = {IDS[who]: name for who, name in NAMES.items()}
EDITOR = User(EDITOR_ID, frozenset({Role.EDITOR, Role.RECOGNISER}), NOW)
_POSE = FacePose(0.0, 0.0, 0.9)
_SAID = {
    "yes": AppearanceStatus.CONFIRMED,
    "maybe": AppearanceStatus.SUGGESTED,
    "no": AppearanceStatus.REJECTED,
}


def granted(
    who: Who, first: int, last: int, *channels: Channel, biometric: bool = False
) -> tuple[Grant, ...]:
    """What somebody signed, from so many days before today until so many after it."""
    days = TODAY + timedelta(days=first), TODAY + timedelta(days=last)
    kinds = [(GrantKind.IMAGE_CONSENT, frozenset({each})) for each in channels]
    if biometric:
        kinds.append((GrantKind.BIOMETRIC_CONSENT, frozenset()))
    return tuple(
        Grant(
            grant_id=demo_id("grant", who, kind, *sorted(where)),
            quitclaim_id=demo_id("quitclaim", who),
            person_id=IDS[who],
            kind=kind,
            period=Period.of_days(*days),
            channels=where,
            places=frozenset({Place.WORLD}) if where else frozenset(),
            last_day=days[1],
        )
        for kind, where in kinds
    )


SIGNED = {
    Who.DANIEL: granted(Who.DANIEL, -60, 365, *ALL_CHANNELS, biometric=True),
    Who.ANNA: granted(Who.ANNA, -340, 21, Channel.WEBSITE),
    Who.HENK: granted(Who.HENK, -200, 365, *ALL_CHANNELS),
    Who.WILLEM: granted(Who.WILLEM, -400, -7, *ALL_CHANNELS),
    Who.SANNE: granted(Who.SANNE, -200, 365, *ALL_CHANNELS),
}
"""Who is not in it never signed anything."""


def taken_back(who: Who, at: datetime) -> tuple[Withdrawal, ...]:
    """All that somebody signed, taken back at an instant."""
    return tuple(
        Withdrawal(demo_id("withdrawal", each.grant_id), each.grant_id, IDS[who], at)
        for each in SIGNED[who]
    )


@dataclass
class Drawn:
    """A picture in the making."""

    name: str
    size: tuple[int, int] = (1200, 800)
    faces: tuple[tuple[float, float, float, float], ...] = ()
    who: tuple[tuple[int, Who, str], ...] = ()
    """Face by its place in `faces`, the person, and yes, no or maybe."""
    released: bool = False
    rejection: str | None = None
    duplicate_of: str | None = None
    status: AssetStatus = AssetStatus.EMBARGOED
    """Received: nobody has looked through it yet."""

    @property
    def asset_id(self) -> str:
        return derived_id("scene", self.name)

    def face_id(self, place: int) -> str:
        return derived_id("scene", self.name, str(place))


SCENE = (
    Drawn("vrij.jpg", faces=((400, 200, 240, 300),), who=((0, Who.DANIEL, "yes"),)),
    Drawn(
        "uit.jpg",
        faces=((400, 200, 240, 300),),
        who=((0, Who.HENK, "yes"),),
        released=True,
    ),
    Drawn(
        "samen.jpg",
        faces=((700, 150, 200, 260), (100, 10, 200, 260)),
        who=((0, Who.ANNA, "yes"), (1, Who.DANIEL, "yes")),
    ),
    Drawn(
        "feest.jpg",
        (1600, 1000),
        tuple((x, y, 120, 150) for y in (100, 600) for x in (100, 600, 1100)),
        (
            (0, Who.WILLEM, "yes"),
            (1, Who.SANNE, "yes"),
            (2, Who.MARC, "yes"),
            (3, Who.DANIEL, "maybe"),
        ),
    ),
    Drawn("staand.jpg", (600, 900), ((0, 0, 200, 260),), ((0, Who.ANNA, "yes"),)),
    Drawn("leeg.avif"),
    Drawn("vrij-kopie.jpg", duplicate_of="vrij.jpg"),
    Drawn("kapot.jpg", rejection="truncated", status=AssetStatus.REJECTED),
    Drawn("<b>raar</b> & co.jpg", rejection="verzonnen", status=AssetStatus.REJECTED),
)


@dataclass
class Scene:
    """What the library, the register and the renditions would say."""

    drawn: tuple[Drawn, ...] = SCENE
    consents: tuple[Grant, ...] = ()
    withdrawals: tuple[Withdrawal, ...] = ()
    restrictions: tuple[Restriction, ...] = field(default=())

    def __post_init__(self) -> None:
        self.consents = tuple(grant for each in SIGNED.values() for grant in each)
        self.withdrawals = taken_back(Who.SANNE, midnight(TODAY - timedelta(days=30)))

    @property
    def grants(self) -> tuple[Grant, ...]:
        return self.consents

    def picture(
        self, asset_id: str
    ) -> tuple[AssetRecord, Asset, tuple[Appearance, ...]] | None:
        drawn = {d.asset_id: d for d in self.drawn}.get(asset_id)
        if drawn is None:
            return None
        record = self.record(drawn)
        faces = tuple(
            Face(drawn.face_id(n), Box(*box), ((0.0, 0.0),) * 5, 0.9, _POSE)
            for n, box in enumerate(drawn.faces)
        )
        asset = Asset(
            asset_id=asset_id,
            examined=drawn.status is AssetStatus.EMBARGOED,
            faces=faces,
            release=record.release,
        )
        appearances = tuple(
            Appearance(
                asset_id,
                drawn.face_id(place),
                IDS[who],
                _SAID[said],
                settled_by=None if said == "maybe" else EDITOR_ID,
                settled_at=None if said == "maybe" else NOW,
                band=SuggestionBand.LIKELY if said == "maybe" else None,
            )
            for place, who, said in drawn.who
        )
        return record, asset, appearances

    def record(self, drawn: Drawn) -> AssetRecord:
        width, height = drawn.size
        taken_in = drawn.rejection is None
        release = Release(
            released_by=EDITOR_ID,
            at=NOW,
            channels=dict.fromkeys(ALL_CHANNELS, Verdict.CLEAR),
            face_ids=frozenset(drawn.face_id(n) for n in range(len(drawn.faces))),
        )
        return AssetRecord(
            announcement=Announcement(
                asset_id=drawn.asset_id,
                file_name=drawn.name,
                media_type="image/jpeg",
                size=123_456,
                uploader_id=EDITOR_ID,
                session_id=None,
                announced_at=NOW,
            ),
            status=drawn.status,
            revision=5,
            original=Original("1", 123_456, "jpeg", width, height, 1, "0" * 64, "0" * 16)
            if taken_in
            else None,
            duplicate_of=derived_id("scene", drawn.duplicate_of)
            if drawn.duplicate_of
            else None,
            rejection=None if taken_in else Rejection(drawn.rejection or ""),
            face_count=len(drawn.faces) if taken_in else None,
            release=release if drawn.released else None,
            decided_revision=4 if taken_in else None,
        )

    def preview(self, asset_id: str) -> bytes:
        """A preview of another size than the original, as they are."""
        drawn = {d.asset_id: d for d in self.drawn}[asset_id]
        width, height = (side // 2 for side in drawn.size)
        picture = Image.new("RGB", (width, height), (120, 130, 140))
        pen = ImageDraw.Draw(picture)
        for x, y, wide, tall in drawn.faces:
            pen.ellipse((x / 2, y / 2, (x + wide) / 2, (y + tall) / 2), (235, 200, 170))
        out = io.BytesIO()
        picture.save(out, "JPEG")
        return out.getvalue()

    def seen(self, name: str, at: datetime = NOW) -> Seen:
        """As the library shows it to an editor who may see suggestions."""
        found = self.picture(derived_id("scene", name))
        assert found is not None
        record, asset, appearances = found
        facts = Facts(
            asset, appearances, self.consents, self.withdrawals, self.restrictions
        )
        copy_of = record.duplicate_of
        sight = Sight(at, record, asset, appearances, decide(facts, at), Asked(), copy_of)
        return seen_of(view_of(sight, EDITOR, "nl").model_dump(mode="json"))

    def all_seen(self, at: datetime = NOW) -> tuple[Seen, ...]:
        return tuple(self.seen(drawn.name, at) for drawn in self.drawn)

    def withdraw(self, who: Who) -> "Scene":
        changed = replace(self)
        changed.withdrawals = (*self.withdrawals, *taken_back(who, NOW))
        return changed

    def sheet(self, language: str = "nl") -> str:
        first = self.preview(self.drawn[0].asset_id)
        why = Phrase("Covered for the website.", "Afgedekt voor de website.")
        rights = Rights(
            (Covered("feest.jpg", why, first, first),), demo_id("erasure"), "x.jpg"
        )
        seen = self.all_seen()
        return make_sheet(seen, NAMED, self, self.preview, NOW, language, rights)


WEBSITE_ONLY = {
    channel: Verdict.CLEAR if channel is Channel.WEBSITE else Verdict.MASKED
    for channel in Channel
}
