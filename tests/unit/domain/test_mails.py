"""Mails as they go on record: one of a kind to one about one thing."""

from datetime import timedelta

from beeldrecht.domain.ids import check_id
from beeldrecht.domain.mails import MailKind, MailState, mail_about, mail_id
from tests.fakes.samples import ANN, BOB, NOON


def test_the_same_thing_is_told_the_same_person_in_one_mail_whenever() -> None:
    mail = mail_about(MailKind.REMIND, ANN, NOON, request_id="r", day="2026-06-01")
    later = NOON + timedelta(hours=1)
    again = mail_about(MailKind.REMIND, ANN, later, request_id="r", day="2026-06-01")
    assert again.mail_id == mail.mail_id == check_id(mail.mail_id)
    assert mail.mail_id == mail_id(MailKind.REMIND, ANN, "r", "2026-06-01")
    assert (mail.to, mail.created_at, mail.state) == (ANN, NOON, MailState.WAITING)
    assert dict(mail.about) == {"request_id": "r", "day": "2026-06-01"}


def test_another_person_kind_or_thing_is_another_mail() -> None:
    ids = {
        mail_about(kind, to, NOON, request_id=about).mail_id
        for kind in (MailKind.ASK, MailKind.REMIND)
        for to in (ANN, BOB)
        for about in ("r", "s")
    }
    assert len(ids) == 8
