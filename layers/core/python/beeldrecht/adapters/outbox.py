"""Mail as a record: written in the transaction of the fact that it tells.

There is no moment at which the fact stands and nobody will tell of it: the table's stream
hands a new mail to whoever delivers it, and a sweep finds what the stream lost.
"""

from collections.abc import Iterable

from pynamodb.attributes import (
    BooleanAttribute,
    JSONAttribute,
    UnicodeAttribute,
    UTCDateTimeAttribute,
)
from pynamodb.transactions import TransactWrite

from beeldrecht.domain.mails import Mail, MailKind, MailState

from . import keys
from .consent_items import ConsentItem
from .pages import place


class MailItem(ConsentItem, discriminator="mail"):
    """A mail; listed as long as it waits to be sent, by when it was last taken up."""

    mail_id = UnicodeAttribute()
    mail_kind = UnicodeAttribute()
    to = UnicodeAttribute()
    to_staff = BooleanAttribute()
    about = JSONAttribute()
    created_at = UTCDateTimeAttribute()
    state = UnicodeAttribute()
    claimed_at = UTCDateTimeAttribute(null=True)
    sent_at = UTCDateTimeAttribute(null=True)
    message_id = UnicodeAttribute(null=True)
    settled_at = UTCDateTimeAttribute(null=True)
    reason = UnicodeAttribute(null=True)


class MailOfItem(ConsentItem, discriminator="mail_of"):
    """That a mail is to this person."""

    person_id = UnicodeAttribute()
    mail_id = UnicodeAttribute()


def add_mails(act: TransactWrite, mails: Iterable[Mail]) -> None:
    """Record new mails in an act; one that is on record already refuses the whole of it.

    So only mails of new facts go here: what says whether the fact is new says it of them.
    """
    for mail in mails:
        act.save(_item_of(mail), condition=ConsentItem.pk.does_not_exist())
        if not mail.to_staff:
            act.save(
                MailOfItem(
                    keys.dossier(mail.to),
                    keys.mail(mail.mail_id),
                    person_id=mail.to,
                    mail_id=mail.mail_id,
                )
            )


def not_on_record(mails: Iterable[Mail]) -> tuple[Mail, ...]:
    """Those of these mails that were not told before."""
    asked = {mail.mail_id: mail for mail in mails}
    there = MailItem.batch_get(
        [(keys.mail(each), keys.META) for each in asked], consistent_read=True
    )
    told = {item.mail_id for item in there}
    return tuple(mail for mail_id, mail in asked.items() if mail_id not in told)


def _item_of(mail: Mail) -> MailItem:
    return MailItem(
        keys.mail(mail.mail_id),
        keys.META,
        mail_id=mail.mail_id,
        mail_kind=mail.kind.value,
        to=mail.to,
        to_staff=mail.to_staff,
        about=dict(mail.about),
        created_at=mail.created_at,
        state=mail.state.value,
        gsi1pk=keys.MAILS,
        gsi1sk=place(mail.created_at, mail.mail_id),
    )


def mail_of(item: MailItem) -> Mail:
    """The mail that an item holds."""
    return Mail(
        mail_id=item.mail_id,
        kind=MailKind(item.mail_kind),
        to=item.to,
        created_at=item.created_at,
        about=item.about,
        to_staff=item.to_staff,
        state=MailState(item.state),
        claimed_at=item.claimed_at,
        sent_at=item.sent_at,
        message_id=item.message_id,
        reason=item.reason,
    )
