"""Mail in the local cloud: who may send, what comes back, and where it is read."""

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.request import Request, urlopen

import pytest

from local.client import LocalCloud
from tests.local.stacks import Probe, allow, arn_of, document

SIMULATOR = "simulator.amazonses.com"
type Eventually = Callable[..., Any]


@pytest.fixture(scope="module")
def post(cloud: LocalCloud, probe: Callable[..., Probe]) -> Probe:
    told = {"mail_id": "$.detail.mail.tags.mail_id", "event": "$.detail-type"}
    bounce = {**told, "bounce": "$.detail.bounce.bounceType"}

    def rule(kinds: list[str], paths: dict[str, str]) -> dict[str, Any]:
        fields = ", ".join(f'"{name}": <{name}>' for name in paths)
        return {
            "Type": "AWS::Events::Rule",
            "Properties": {
                "EventPattern": {
                    "source": ["aws.ses"],
                    "detail-type": kinds,
                    "detail": {"mail": {"tags": {"mail_id": [{"exists": True}]}}},
                },
                "Targets": [
                    {
                        "Id": "queue",
                        "Arn": arn_of("Queue"),
                        "InputTransformer": {
                            "InputPathsMap": paths,
                            "InputTemplate": f"{{{fields}}}",
                        },
                    }
                ],
            },
        }

    from_bus = {
        "Effect": "Allow",
        "Principal": {"Service": "events.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": arn_of("Queue"),
    }
    others = ["Email Sent", "Email Delivered", "Email Complaint Received"]
    return probe(
        "post",
        code="""
        def handler(event, context):
            try:
                return boto3.client("sesv2").send_email(**event)["MessageId"]
            except Exception as error:
                return type(error).__name__
        """,
        allow=[allow("ses:SendEmail", "arn:aws:ses:*:*:identity/example.org")],
        resources={
            "Queue": {"Type": "AWS::SQS::Queue"},
            "Access": {
                "Type": "AWS::SQS::QueuePolicy",
                "Properties": {
                    "Queues": [{"Ref": "Queue"}],
                    "PolicyDocument": document(from_bus),
                },
            },
            "Set": {"Type": "AWS::SES::ConfigurationSet", "Properties": {}},
            "Ours": {
                "Type": "AWS::SES::EmailIdentity",
                "Properties": {"EmailIdentity": "example.org"},
            },
            "Theirs": {
                "Type": "AWS::SES::EmailIdentity",
                "Properties": {"EmailIdentity": "example.net"},
            },
            "Destination": {
                "Type": "AWS::SES::ConfigurationSetEventDestination",
                "Properties": {
                    "ConfigurationSetName": {"Ref": "Set"},
                    "EventDestination": {
                        "Enabled": True,
                        "MatchingEventTypes": ["send", "delivery", "bounce", "complaint"],
                        "EventBridgeDestination": {
                            "EventBusArn": {
                                "Fn::Sub": "arn:aws:events:${AWS::Region}:"
                                "${AWS::AccountId}:event-bus/default"
                            }
                        },
                    },
                },
            },
            "Outcomes": rule(others, told),
            "Bounces": rule(["Email Bounced"], bounce),
        },
    )


def request(post: Probe, to: str, sender: str = "beeld@example.org") -> dict[str, Any]:
    body = {"Text": {"Data": "Hallo"}, "Html": {"Data": "<p>Hallo <b>jij</b></p>"}}
    file = {
        "FileName": "copy.pdf",
        "ContentType": "application/pdf",
        "RawContent": "%PDF-1.7",
    }
    return {
        "FromEmailAddress": f"Beeldbank <{sender}>",
        "Destination": {"ToAddresses": [to]},
        "Content": {
            "Simple": {
                "Subject": {"Data": f"Aan <{to}>"},
                "Body": body,
                "Attachments": [file],
            }
        },
        "ConfigurationSetName": post.outputs["Set"],
        "EmailTags": [{"Name": "mail_id", "Value": to.partition("@")[0]}],
    }


def heard(cloud: LocalCloud, post: Probe, many: int, eventually: Eventually) -> list[Any]:
    queues, found = cloud.client("sqs"), []

    def enough() -> list[Any]:
        url = post.outputs["Queue"]
        taken = queues.receive_message(QueueUrl=url, MaxNumberOfMessages=10)
        for message in taken.get("Messages", []):
            found.append(json.loads(message["Body"]))
            queues.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        return found if len(found) >= many else []

    eventually(enough)
    return sorted(found, key=lambda each: str(each["event"]))


@pytest.mark.parametrize(
    ("to", "events"),
    [
        ("ann@example.com", ["Email Delivered", "Email Sent"]),
        (f"success@{SIMULATOR}", ["Email Delivered", "Email Sent"]),
        (f"bounce@{SIMULATOR}", ["Email Bounced", "Email Sent"]),
        (f"suppressionlist@{SIMULATOR}", ["Email Bounced", "Email Sent"]),
        (
            f"complaint@{SIMULATOR}",
            ["Email Complaint Received", "Email Delivered", "Email Sent"],
        ),
    ],
)
def test_ses_tells_the_bus_what_became_of_a_mail(
    to: str, events: list[str], cloud: LocalCloud, post: Probe, eventually: Eventually
) -> None:
    assert "@" not in post.invoke(request(post, to))
    found = heard(cloud, post, len(events), eventually)
    assert [each["event"] for each in found] == events
    assert all(each["mail_id"] == [to.partition("@")[0]] for each in found)
    bounces = {each["bounce"] for each in found if "bounce" in each}
    assert bounces == ({"Permanent"} if "Email Bounced" in events else set())


def test_a_role_sends_as_the_identity_it_was_granted_alone(post: Probe) -> None:
    theirs = request(post, "bo@example.com", "beeld@example.net")
    assert post.invoke(theirs) in ("ClientError", "AccessDeniedException")


def test_a_set_that_is_not_there_sends_nothing(post: Probe) -> None:
    wanted = request(post, "cas@example.com") | {"ConfigurationSetName": "another"}
    assert post.invoke(wanted) == "NotFoundException"


def read(cloud: LocalCloud, path: str, accept: str = "en") -> tuple[Any, bytes]:
    asked = Request(f"{cloud.endpoint}{path}", headers={"accept-language": accept})  # noqa: S310
    with urlopen(asked, timeout=10) as answer:  # noqa: S310
        return answer.headers, answer.read()


def test_every_mail_is_read_in_the_inbox_with_what_came_along(
    cloud: LocalCloud, post: Probe
) -> None:
    post.invoke(request(post, "dee@example.com"))
    headers, page = read(cloud, "/_local/inbox", "nl-NL,nl;q=0.9,en;q=0.5")
    assert b'<html lang="nl">' in page
    assert b"Aan &lt;dee@example.com&gt;" in page
    assert "default-src 'none'" in headers["content-security-policy"]
    assert b"<script" not in page
    [first, *_] = re.findall(rb'<a href="(/_local/inbox/[^"?]+)\?lang=nl"', page)
    where = first.decode()
    _, mail = read(cloud, f"{where}?lang=en")
    assert b'<html lang="en">' in mail
    assert b">Hallo</pre>" in mail
    assert b"copy.pdf" in mail
    headers, body = read(cloud, f"{where}/html")
    assert body == b"<p>Hallo <b>jij</b></p>"
    assert headers["content-security-policy"].startswith("sandbox ")
    headers, file = read(cloud, f"{where}/0")
    assert file == b"%PDF-1.7"
    assert headers["content-disposition"] == 'attachment; filename="copy.pdf"'


@pytest.mark.parametrize("path", ["unknown", "unknown/html", "unknown/0"])
def test_a_mail_that_is_not_there_is_said(path: str, cloud: LocalCloud) -> None:
    with pytest.raises(OSError, match="404"):
        read(cloud, f"/_local/inbox/{path}")
