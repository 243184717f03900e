"""SES: hands mails over, each tagged with the id of its record and nothing else.

The tag comes back with every event of the mail. Nothing here tries twice what may have
been done: a request whose answer was lost is not sent again by this process.
"""

import time
from collections.abc import Callable, Sequence
from email.utils import formataddr
from typing import TYPE_CHECKING, Any, Final, Protocol

from botocore.exceptions import ClientError

from beeldrecht.domain.ids import check_id
from beeldrecht.domain.mails import MailRefusedError, NotSent

if TYPE_CHECKING:
    from mypy_boto3_sesv2 import SESV2Client

TAG: Final = "mail_id"
_PAUSES: Final = (0.5, 1.5, 4.0)
"""Seconds: SES lets a young account send one mail a second."""
_THROTTLED = frozenset({"TooManyRequestsException", "ThrottlingException"})
# Of this very mail, and so for good. Whatever else SES refuses (a sender that is not
# verified yet, an account that may not send today) may be mended: it is raised, comes
# back, and is tried for a week.
_REFUSED = frozenset({"BadRequestException"})


class Attached(Protocol):
    """A file that goes along."""

    @property
    def name(self) -> str:
        """Its name."""
        ...

    @property
    def media_type(self) -> str:
        """What it is."""
        ...

    @property
    def data(self) -> bytes:
        """Its bytes."""
        ...


class Outgoing(Protocol):
    """A mail as it goes out."""

    @property
    def to(self) -> str:
        """The one address that it goes to."""
        ...

    @property
    def subject(self) -> str:
        """One line."""
        ...

    @property
    def html(self) -> str:
        """As most clients show it."""
        ...

    @property
    def text(self) -> str:
        """The same in plain text."""
        ...

    @property
    def attachments(self) -> Sequence[Attached]:
        """What goes along."""
        ...


class Post:
    """Sends from one address, through one configuration set.

    `sender` is an address, with or without a name before it; empty where the deployment
    was told none, and then nothing is sent.
    """

    def __init__(
        self,
        ses: "SESV2Client",
        sender: str,
        configuration_set: str,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._ses = ses
        self._sender = _sender(sender)
        self._configuration_set = configuration_set
        self._pause = pause

    def send(self, mail_id: str, mail: Outgoing) -> str:
        """Hand one mail over; what SES calls it. Raises MailRefusedError.

        What SES surely did not take because too much came at once is tried again here.
        """
        if not self._sender:
            raise MailRefusedError(NotSent.NO_SENDER)
        request = self._request(check_id(mail_id), mail)
        for pause in (*_PAUSES, None):
            try:
                return str(self._ses.send_email(**request)["MessageId"])
            except ClientError as error:
                code = error.response["Error"]["Code"]
                if code in _REFUSED:
                    raise MailRefusedError(NotSent.ADDRESS_REFUSED) from error
                if code not in _THROTTLED or pause is None:
                    raise
                self._pause(pause)
        raise AssertionError("the last try returns or raises")

    def _request(self, mail_id: str, mail: Outgoing) -> dict[str, Any]:
        simple: dict[str, Any] = {
            "Subject": {"Data": mail.subject, "Charset": "UTF-8"},
            "Body": {
                "Text": {"Data": mail.text, "Charset": "UTF-8"},
                "Html": {"Data": mail.html, "Charset": "UTF-8"},
            },
            # No answer by machine wanted (RFC 3834), and none to its answering.
            "Headers": [{"Name": "Auto-Submitted", "Value": "auto-generated"}],
        }
        if mail.attachments:
            simple["Attachments"] = [
                {
                    "FileName": each.name,
                    "ContentType": each.media_type,
                    "ContentDisposition": "ATTACHMENT",
                    "RawContent": each.data,
                }
                for each in mail.attachments
            ]
        return {
            "FromEmailAddress": self._sender,
            "Destination": {"ToAddresses": [_address(mail.to)]},
            "Content": {"Simple": simple},
            "ConfigurationSetName": self._configuration_set,
            "EmailTags": [{"Name": TAG, "Value": mail_id}],
        }


def _sender(given: str) -> str:
    """A sender as a header takes it: a name in any script before it is encoded."""
    name, bracket, address = given.rpartition("<")
    if not bracket:
        return given.strip()
    return formataddr((name.strip(), address.strip().removesuffix(">")))


def _address(given: str) -> str:
    """One address as SES takes it: its domain in ASCII. Raises MailRefusedError.

    A list of addresses, or a name that is an address, would reach somebody else.
    """
    local, at, domain = given.strip().rpartition("@")
    try:
        encoded = domain.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise MailRefusedError(NotSent.ADDRESS_REFUSED) from error
    whole = f"{local}@{encoded}"
    plain = local.isascii() and not any(c in whole for c in ' ,;<>"()\\\r\n\t')
    if not (at and local and encoded and plain):
        raise MailRefusedError(NotSent.ADDRESS_REFUSED)
    return whole
