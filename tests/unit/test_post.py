"""What SES is asked: one address, one tag, never twice what may have been done."""

from dataclasses import dataclass, field
from typing import Any, cast

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError

from beeldrecht.adapters.post import Post
from beeldrecht.domain.ids import InvalidIdError
from beeldrecht.domain.mails import MailRefusedError, NotSent
from beeldrecht.runtime import clients
from tests.fakes.runtime import ENVIRONMENT

MAIL = "0" * 32


@dataclass(frozen=True)
class File:
    name: str = "copy.pdf"
    media_type: str = "application/pdf"
    data: bytes = b"%PDF-1.7"


@dataclass(frozen=True)
class Outgoing:
    to: str = "ann@example.org"
    subject: str = "Zomerfeest"
    html: str = "<p>Hallo</p>"
    text: str = "Hallo"
    attachments: tuple[File, ...] = ()


@dataclass
class FakeSes:
    """Answers with these, in turn; an exception is raised."""

    answers: list[str | Exception] = field(default_factory=lambda: ["m-1"])
    asked: list[dict[str, Any]] = field(default_factory=list)

    def send_email(self, **request: Any) -> dict[str, str]:
        self.asked.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return {"MessageId": answer}


def refused(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "no"}}, "SendEmail")


def post(ses: FakeSes, sender: str = "Beeld <beeld@example.org>") -> Post:
    return Post(cast("Any", ses), sender, "set", lambda _: None)


def test_a_mail_goes_out_with_its_id_as_its_one_tag() -> None:
    ses = FakeSes()
    assert post(ses).send(MAIL, Outgoing(attachments=(File(),))) == "m-1"
    [asked] = ses.asked
    assert asked["FromEmailAddress"] == "Beeld <beeld@example.org>"
    assert asked["Destination"] == {"ToAddresses": ["ann@example.org"]}
    assert asked["EmailTags"] == [{"Name": "mail_id", "Value": MAIL}]
    assert asked["ConfigurationSetName"] == "set"
    simple = asked["Content"]["Simple"]
    assert simple["Subject"]["Data"] == "Zomerfeest"
    assert simple["Headers"] == [{"Name": "Auto-Submitted", "Value": "auto-generated"}]
    [attached] = simple["Attachments"]
    assert attached["RawContent"] == b"%PDF-1.7"


def test_a_name_before_the_senders_address_is_encoded() -> None:
    ses = FakeSes()
    post(ses, "Süd-Museum, Zürich <beeld@example.org>").send(MAIL, Outgoing())
    sender = ses.asked[0]["FromEmailAddress"]
    assert sender.isascii()
    assert sender.endswith("<beeld@example.org>")


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        (" ann@example.org ", "ann@example.org"),
        ("ann@Bücher.example", "ann@xn--bcher-kva.example"),
    ],
)
def test_an_address_is_sent_as_ses_takes_it(given: str, sent: str) -> None:
    ses = FakeSes()
    post(ses).send(MAIL, Outgoing(to=given))
    assert ses.asked[0]["Destination"]["ToAddresses"] == [sent]


@pytest.mark.parametrize(
    "address",
    [
        "ann@example.org, bo@example.org",
        "Ann <ann@example.org>",
        "ann@example.org\r\nBcc: bo@example.org",
        "ann",
        "@example.org",
        "ann@",
        "jösé@example.org",
        "ann@" + "x" * 64 + ".org",
    ],
)
def test_what_could_reach_somebody_else_is_not_tried(address: str) -> None:
    ses = FakeSes()
    with pytest.raises(MailRefusedError) as caught:
        post(ses).send(MAIL, Outgoing(to=address))
    assert caught.value.reason is NotSent.ADDRESS_REFUSED
    assert ses.asked == []


def test_without_a_sender_nothing_is_asked() -> None:
    ses = FakeSes()
    with pytest.raises(MailRefusedError) as caught:
        post(ses, "").send(MAIL, Outgoing())
    assert caught.value.reason is NotSent.NO_SENDER
    assert ses.asked == []


def test_what_was_surely_not_taken_for_haste_is_tried_again() -> None:
    ses = FakeSes([refused("TooManyRequestsException"), "m-2"])
    assert post(ses).send(MAIL, Outgoing()) == "m-2"
    ses = FakeSes([refused("TooManyRequestsException")] * 4)
    with pytest.raises(ClientError):
        post(ses).send(MAIL, Outgoing())
    assert len(ses.asked) == 4


def test_an_answer_that_was_lost_is_not_asked_for_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lost = ReadTimeoutError(endpoint_url="https://email.eu-central-1.amazonaws.com")
    ses = FakeSes([lost])
    with pytest.raises(ReadTimeoutError):
        post(ses).send(MAIL, Outgoing())
    assert len(ses.asked) == 1
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    config: Any = clients.ses("eu-central-1").meta.config
    assert config.retries["total_max_attempts"] == 1


@pytest.mark.parametrize(
    "code", ["MessageRejected", "MailFromDomainNotVerifiedException", "SendingPaused"]
)
def test_what_may_be_mended_is_left_to_be_tried_later(code: str) -> None:
    with pytest.raises(ClientError):
        post(FakeSes([refused(code)])).send(MAIL, Outgoing())


def test_what_ses_will_never_take_is_refused() -> None:
    with pytest.raises(MailRefusedError):
        post(FakeSes([refused("BadRequestException")])).send(MAIL, Outgoing())


def test_a_tag_is_an_id_and_nothing_else() -> None:
    with pytest.raises(InvalidIdError):
        post(FakeSes()).send("ann@example.org", Outgoing())
