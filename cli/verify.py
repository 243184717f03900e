"""Verifying what was proven: a certificate of erasure, and what a picture says of itself.

By anybody, without an account.
"""

import argparse
from pathlib import Path

from rich import box
from rich.table import Table

from beeldrecht.domain.certificates import ForgedCertificateError
from beeldrecht.domain.erasure import PictureOutcome
from beeldrecht.domain.messages import words
from cli import certificates, statements
from cli.desk import DONE, NOT_DONE, Desk
from cli.fetching import FileThereError, NoPlaceError
from cli.words import channel_name, day, moment, say


def add_arguments(made: argparse.ArgumentParser, language: str) -> None:
    """Explain what can be typed behind `verify`."""

    def text(key: str) -> str:
        return say(f"help_verify_{key}", language)

    acts = made.add_subparsers(dest="act", metavar="ACT", required=True)
    certificate = acts.add_parser("certificate", help=text("certificate"))
    certificate.add_argument("file", type=Path, metavar="FILE", help=text("file"))
    certificate.add_argument(
        "--public-key", type=Path, metavar="PEM", help=text("public_key")
    )
    key = acts.add_parser("key", help=text("key"))
    key.add_argument("to", type=Path, metavar="FILE", help=text("to"))
    key.add_argument("--pictures", action="store_true", help=text("pictures"))
    picture = acts.add_parser("picture", help=text("picture"))
    picture.add_argument("file", type=Path, metavar="FILE", help=text("picture_file"))
    picture.add_argument(
        "--public-key", type=Path, metavar="PEM", help=text("picture_key")
    )


def verify(desk: Desk, given: argparse.Namespace) -> int:
    """Check a certificate or a picture, or take the key along that they need."""
    acts = {"certificate": certificate, "key": key, "picture": picture}
    return acts[given.act](desk, given)


def certificate(desk: Desk, given: argparse.Namespace) -> int:
    """Say what a certificate certifies; 1 when a single byte of it is another one."""
    try:
        checked = certificates.check(given.file, given.public_key)
    except certificates.AnotherKeyError:
        desk.print(
            "certificate_another_key", name=given.file.name, signer=given.public_key.name
        )
        return NOT_DONE
    except ForgedCertificateError:
        desk.print("certificate_forged", name=given.file.name)
        return NOT_DONE
    about = checked.certificate
    desk.print("certificate_whole")
    desk.print(
        "certificate_of_picture" if about.of_picture else "certificate_of_person",
        controller=about.controller,
        number=about.erasure_id,
        confirmed=moment(about.confirmed_at, desk.language),
        issued=moment(about.issued_at, desk.language),
        entry=about.entry,
    )
    desk.print(
        "certificate_counts",
        places=len(about.receipts),
        removed=sum(each.removed for each in about.receipts),
        deleted=about.pictures.get(PictureOutcome.DELETE, 0),
        masked=about.pictures.get(PictureOutcome.MASK, 0),
    )
    if about.remaining:
        desk.print("certificate_stays")
        desk.out.print(_remaining(desk, checked), markup=False)
    if about.proof_until is not None:
        until = day(about.proof_until, desk.language)
        desk.print("certificate_proof", day=until)
    if not checked.document:
        desk.print("certificate_no_document")
    if not checked.known_key:
        desk.print("certificate_own_key", name=checked.key_name)
    return DONE


def picture(desk: Desk, given: argparse.Namespace) -> int:
    """Say what a picture says of the decision by which it left; 1 when it was changed."""
    try:
        checked = statements.check(given.file, given.public_key)
    except statements.ChangedPictureError:
        desk.print("picture_changed", name=given.file.name)
        return NOT_DONE
    except statements.AnotherSignerError:
        desk.print("picture_another_key", name=given.file.name)
        return NOT_DONE
    said = checked.statement
    desk.print("picture_whole")
    desk.print(
        "picture_says",
        number=said.public_id,
        channel=channel_name(said.use.channel, desk.language),
        place=words(said.use.place, desk.language),
        decided=moment(said.use.decided_at, desk.language),
        release=said.release or "-",
        done=", ".join(checked.actions),
    )
    if said.masked:
        desk.print("picture_masked")
    desk.print("picture_ask", check=said.check)
    if not checked.known_key:
        desk.print("picture_own_key")
    return DONE


def key(desk: Desk, given: argparse.Namespace) -> int:
    """Write the public key of the deployment to a file, with the account's own leave."""
    try:
        with given.to.open("x", encoding="ascii") as to:
            deployed = desk.deployed
            of = deployed.picture_key if given.pictures else deployed.certificate_key
            to.write(certificates.pem(of))
    except FileExistsError as error:
        raise FileThereError(given.to) from error
    except OSError as error:
        raise NoPlaceError(given.to) from error
    desk.print("certificate_key_kept", file=given.to)
    return DONE


def _remaining(desk: Desk, checked: certificates.Checked) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in ("store", "kind", "left", "why"):
        table.add_column(say(f"column_{column}", desk.language), overflow="fold")
    for each in checked.certificate.remaining:
        table.add_row(
            words(each.store, desk.language),
            each.what or "*",
            str(each.remains),
            words(each.why, desk.language),
        )
    return table
