"""What keeping, exporting, erasing and restoring cost: `python -m bench.rights [ITEMS]`.

Each beside a floor that no plan can leave out, measured in turns in the same run, best of
the rounds, in time of the processor. What goes to tables goes to moto, in this process:
so a ratio says how much is asked of a table, and a rate nothing of DynamoDB's. The export
is made by its own steps over stores in memory, of pictures as they are served. Nothing is
asserted.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any, Final

import simplejpeg
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from moto import mock_aws

from beeldrecht.adapters import keys
from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.audit_reading import AuditReader
from beeldrecht.adapters.ledger import ConsentMarks, Ledger, LibraryMarks
from beeldrecht.adapters.plain_items import Tables
from beeldrecht.adapters.retained import Retained
from beeldrecht.adapters.retention import Retention
from beeldrecht.adapters.retention_runs import RetentionRuns
from beeldrecht.domain.certificates import Certificate, read
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.intake import RenditionName
from beeldrecht.domain.ledger import Erased
from beeldrecht.domain.retention import RetentionKind
from beeldrecht.domain.retention_runs import change_of, confirmed, wanted_policy
from beeldrecht.domain.stores import Store
from beeldrecht.runtime import clients
from beeldrecht_mail.certificate import certificate_pdf
from beeldrecht_mail.typesetting import pdf_of
from beeldrecht_vision.decode import decode_jpeg
from bench.faces import Figure, in_turns
from bench.masking import preview
from cli.replaying import Table, replay
from rights.apply_retention.step import Event, Keeping, apply_retention
from rights.picture_export.covering import Covering
from tests.adapters.aws import Aws
from tests.fakes import exporting
from tests.fakes.certificates import AT, FakeSigner, certificate, sign
from tests.fakes.exporting import Exporting
from tests.fakes.keeping import Ending
from tests.fakes.runtime import ENVIRONMENT, REGION
from tests.fakes.samples import ANN, BOB, EDITOR
from tests.fakes.scenes import examined

ITEMS: Final = 200
PICTURES: Final = 10
ROUNDS: Final = 3
_OF_EACH: Final = 10
"""Mails of each person."""
_ERASED: Final = 10
"""One in so many was erased since the backup."""
_LABEL: Final = "12 MP"
_LIMIT: Final = 100_000_000
"""Pixels."""
_BARE: Final = '#set document(title: "x")\n#set text(lang: "nl")\n= {}\n'
"""A document that says nothing."""


# -- retention ---------------------------------------------------------------------------


@dataclass
class Kept:
    """A register full of mails, and runs over it."""

    client: Any
    table: str
    runs: RetentionRuns
    retention: Retention
    keeping: Keeping
    now: datetime
    mails: list[str]
    _days: Iterator[int]

    @classmethod
    def furnished(cls, items: int) -> "Kept":
        """So many mails, ten to somebody, all of them recent."""
        aws, now = Aws("moto"), datetime.now(UTC)
        tables = Tables(*(aws.table(n) for n in ("library", "consent", "biometrics")))
        trail = AuditTrail(aws.table("audit"), REGION)
        retention = Retention(tables.library, REGION, trail)
        runs = RetentionRuns(tables.library, REGION, trail, lambda: now)
        client = clients.dynamodb(REGION)
        ending = Ending(examined())
        keeping = replace(
            ending.keeping,
            runs=runs,
            retained=Retained(client, tables),
            house=replace(ending.house, retention=retention),
        )
        mails = [derived_id("bench", "mail", str(number)) for number in range(items)]
        put = Table(client, tables.consent).put_all
        put(each for n, mail in enumerate(mails) for each in _mail(n, mail, now))
        days = count(150)
        return cls(client, tables.consent, runs, retention, keeping, now, mails, days)

    def look(self) -> None:
        """Go through everything and change nothing."""
        self._proposed()

    def date(self) -> None:
        """Go through everything, then date everything anew."""
        run_id = self._proposed()
        policy, run = self.retention.policy(), self.runs.get(run_id)
        if run is None:
            raise LookupError(run_id)
        wanted = wanted_policy(run, policy, EDITOR, self.now)
        after = confirmed(run, policy, EDITOR, self.now, above=True)
        self.runs.save(after, None, wanted)
        self._on(run_id)

    def read_once(self) -> None:
        """The floor of looking: everything, read once."""
        for _ in Table(self.client, self.table).items():
            pass

    def written_once(self) -> None:
        """The floor of dating: a date on every mail and what leads to it."""
        for number, mail in enumerate(self.mails):
            for item in _mail(number, mail, self.now)[-2:]:
                self.client.update_item(
                    TableName=self.table,
                    Key={"pk": item["pk"], "sk": item["sk"]},
                    UpdateExpression="SET expires_at = :at",
                    ExpressionAttributeValues={":at": {"N": "4102444800"}},
                )

    def _proposed(self) -> str:
        chosen: dict[RetentionKind, int | None] = {RetentionKind.MAILS: next(self._days)}
        at = self.now - timedelta(seconds=next(self._days))
        run = change_of(self.retention.policy(), chosen, EDITOR, at)
        self.runs.begin(run)
        self._on(run.run_id)
        return run.run_id

    def _on(self, run_id: str) -> None:
        event = Event(run_id=run_id)
        apply_retention(event, self.keeping, lambda: self.now, lambda: True)


def _mail(number: int, mail_id: str, at: datetime) -> list[dict[str, Any]]:
    """A mail, what leads to it from whom it is to, and that person."""
    person_id = derived_id("bench", "person", str(number // _OF_EACH))
    stamp = at.strftime("%Y-%m-%dT%H:%M:%S.%f%z")
    items: list[dict[str, str]] = []
    if number % _OF_EACH == 0:
        items.append(
            {
                "pk": keys.person(person_id),
                "sk": keys.META,
                "kind": "person",
                "person_id": person_id,
                "gsi1pk": keys.PEOPLE,
                "gsi1sk": f"{stamp}#{person_id}",
            }
        )
    items += [
        {
            "pk": keys.dossier(person_id),
            "sk": keys.mail(mail_id),
            "kind": "mail_of",
            "mail_id": mail_id,
            "person_id": person_id,
        },
        {
            "pk": keys.mail(mail_id),
            "sk": keys.META,
            "kind": "mail",
            "mail_id": mail_id,
            "created_at": stamp,
        },
    ]
    return [{name: {"S": value} for name, value in each.items()} for each in items]


def retention(items: int) -> list[Figure]:
    """A day's sweep that finds nothing to do, and a policy that dates everything anew."""
    kept = Kept.furnished(items)
    read_once, look, written, date = in_turns(
        kept.read_once,
        kept.look,
        kept.written_once,
        kept.date,
        rounds=ROUNDS,
        clock=process_time,
    )
    what = f"{items} mails"
    return [
        Figure(f"look through {what}", look, "reading them once", read_once),
        Figure(
            f"look through and re-date {what}",
            date,
            "reading twice, writing once",
            2 * read_once + written,
        ),
    ]


# -- exports -----------------------------------------------------------------------------


def exports(pictures: int) -> list[Figure]:
    """Somebody's export, another person covered in each picture of it."""
    house, jpeg, numbers = Exporting(), preview(_LABEL), count()
    house.know(ANN, "Ann de Vries")
    house.know(BOB, "Bob Bakker")
    for _ in range(pictures):
        asset_id = house.picture(ANN, BOB)
        house.renditions.stored[asset_id, RenditionName.PREVIEW] = jpeg
    pixels = decode_jpeg(jpeg, order="RGB", pixel_limit=_LIMIT)
    width = exporting.WIDE * exporting.SCALE
    other = exporting.head(1, derived_id("bench", "face"))
    covering = Covering(_LIMIT)

    def bare() -> None:
        for _ in range(pictures):
            decode_jpeg(jpeg, order="RGB", pixel_limit=_LIMIT)
            simplejpeg.encode_jpeg(pixels, 92, "RGB", "420")

    def build() -> None:
        if house.run(house.begin(ANN, f"bench {next(numbers)}")) != "packed":
            raise RuntimeError("the export was not packed")

    decode, encode, cover, floor, whole = in_turns(
        lambda: decode_jpeg(jpeg, order="RGB", pixel_limit=_LIMIT),
        lambda: simplejpeg.encode_jpeg(pixels, 92, "RGB", "420"),
        lambda: covering.cover(jpeg, [other], width),
        bare,
        build,
        rounds=ROUNDS,
        clock=process_time,
    )
    what = f"preview of {_LABEL}"
    return [
        Figure(
            f"cover one of two in a {what}", cover, "decode + encode", decode + encode
        ),
        Figure(f"an export of {pictures} such", whole, "decode + encode each", floor),
    ]


# -- certificates ------------------------------------------------------------------------


def certificates() -> tuple[list[Figure], int, int]:
    """Set, hash and sign one, then check it; and the bytes of document and file."""
    signer, about = FakeSigner(), certificate()
    pdf = certificate_pdf(about, "0" * 64)
    file = sign(signer, pdf)
    key = ec.generate_private_key(ec.SECP256R1())
    signature = key.sign(file, ec.ECDSA(SHA256()))
    numbers = count()

    def another() -> Certificate:
        """Never the same twice: what Typst set once it remembers."""
        return replace(about, erasure_id=derived_id("bench", str(next(numbers))))

    def bare_document(empty: Path) -> None:
        empty.write_text(_BARE.format(next(numbers)), encoding="utf-8")
        pdf_of(empty, {}, AT)

    with TemporaryDirectory() as folder:
        empty = Path(folder) / "empty.typ"
        set_bare, whole, check_bare, check = in_turns(
            lambda: bare_document(empty),
            lambda: sign(signer, certificate_pdf(another(), "0" * 64), another()),
            lambda: key.public_key().verify(signature, file, ec.ECDSA(SHA256())),
            lambda: read(file),
            rounds=ROUNDS,
            clock=process_time,
        )
    figures = [
        Figure("set and sign a certificate", whole, "an empty document", set_bare),
        Figure("check one", check, "one bare signature", check_bare),
    ]
    return figures, len(pdf), len(file)


# -- restoring ---------------------------------------------------------------------------


def replaying(items: int) -> list[Figure]:
    """Everybody who was erased since, taken out of a restored table again."""
    aws, at = Aws("moto"), datetime.now(UTC)
    names = {name: aws.table(name) for name in ("library", "consent", "audit")}
    client = clients.dynamodb(REGION)
    marks = (
        LibraryMarks(names["library"], REGION),
        ConsentMarks(names["consent"], REGION),
    )
    ledger, log = (
        Ledger(names["audit"], REGION, marks),
        AuditReader(client, names["audit"]),
    )
    people = items // _OF_EACH
    for number in range(0, people, _ERASED):
        person_id = derived_id("bench", "person", str(number))
        ledger.begin(Erased(derived_id("erasure", person_id), person_id), at)
    table = Table(client, names["consent"])
    full = [
        each
        for number in range(items)
        for each in _mail(number, derived_id("bench", "mail", str(number)), at)
    ]
    of_the_erased = [each for each in full if each["kind"]["S"] == "mail_of"]
    gone = max(1, len(of_the_erased) // _ERASED)
    table.put_all(full)

    def once() -> None:
        for _ in table.items():
            pass
        table.remove_all(of_the_erased[:gone])
        table.put_all(of_the_erased[:gone])

    def whole() -> None:
        table.put_all(full)
        replay(table, Store.CONSENT, at, ledger, log, at)

    def put_back() -> None:
        table.put_all(full)

    floor, back, both = in_turns(once, put_back, whole, rounds=ROUNDS, clock=process_time)
    what = f"replay {len(range(0, people, _ERASED))} erasures on {len(full)} items"
    return [Figure(what, both - back, "reading once, removing", floor)]


def main(arguments: Sequence[str]) -> int:
    """Print every figure."""
    items = int(arguments[0]) if arguments else ITEMS
    for figure in exports(PICTURES):
        _show(figure)
    made, document, file = certificates()
    for figure in made:
        _show(figure)
    print(f"{'a certificate':48} {document / 1000:.0f} kB, its file {file / 1000:.0f} kB")
    kept = {name: value for name, value in os.environ.items() if name.startswith("AWS_")}
    for name in kept:
        del os.environ[name]
    os.environ.update(ENVIRONMENT)
    with mock_aws():
        for figure in retention(items):
            _show(figure)
            print(f"{'':48} {items / figure.milliseconds * 1000:8.0f} a second")
    with mock_aws():
        for figure in replaying(items):
            _show(figure)
    return 0


def _show(figure: Figure) -> None:
    print(
        f"{figure.what:48} {figure.milliseconds:8.1f} ms {figure.ratio:6.2f} x "
        f"{figure.floor} ({figure.floor_milliseconds:.1f} ms)"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
