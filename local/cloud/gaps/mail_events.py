"""SES: a mail's tags, attachments and events, and who may send as whom.

MiniStack records what SendEmail of the second version was given, but for the tags, the
attachments, the headers and the configuration set; keeps event destinations and tells
them nothing; lets IAM see every sending as one on `*`, which no grant that names an
identity allows; and its message ids look like addresses. Here a set that is named has to
exist, the record is whole, an id is an id, and each destination that is the event bus
hears what AWS would say: that the mail was sent, and what the mailbox simulator makes of
its recipient (`bounce@`, `complaint@`, `ooto@` and `suppressionlist@` of its domain,
with any `+label`); any other address gets it.
"""

import json
from datetime import UTC, datetime
from email.utils import parseaddr
from typing import Any

from ministack.core import iam_actions
from ministack.services import eventbridge, ses, ses_v2

from local.cloud.gaps import need
from local.cloud.settings import Settings

_SEND = "/v2/email/outbound-emails"
_TYPES = {
    "SEND": ("Send", "Email Sent"),
    "DELIVERY": ("Delivery", "Email Delivered"),
    "BOUNCE": ("Bounce", "Email Bounced"),
    "COMPLAINT": ("Complaint", "Email Complaint Received"),
}
type Json = dict[str, Any]
type Answer = tuple[int, dict[str, str], Any]


def close(_: Settings) -> None:
    """Stand around SendEmail, and tell IAM which identity sends."""
    need(ses_v2, "handle_request", "_config_sets", "_json_err")
    need(ses, "_sent_emails_list", "_SIMULATOR_OUTCOMES", "_notification_detail")
    need(ses, "_SIMULATOR_DOMAIN", "_identities", "_domain_and_parents")
    need(eventbridge, "_put_events")
    need(iam_actions, "_ses_v2_resource_arn")
    handle, resource = ses_v2.handle_request, iam_actions._ses_v2_resource_arn

    async def handle_telling(
        method: str, path: str, headers: Any, body: bytes, query: Any
    ) -> Answer:
        if method != "POST" or path.rstrip("/") != _SEND:
            answer: Answer = await handle(method, path, headers, body, query)
            return answer
        request = json.loads(body or b"{}")
        wanted = request.get("ConfigurationSetName")
        if wanted and wanted not in ses_v2._config_sets:
            said = f"Configuration set <{wanted}> does not exist."
            refused: Answer = ses_v2._json_err("NotFoundException", said, 404)
            return refused
        answer = await handle(method, path, headers, body, query)
        if answer[0] != 200:
            return answer
        given = json.loads(answer[2])["MessageId"]
        message_id = given.partition("@")[0]
        _complete(request, given, message_id)
        return answer[0], answer[1], json.dumps({"MessageId": message_id}).encode()

    def resource_of(
        method: str, path: str, body: bytes, region: str, account: str
    ) -> str:
        if method == "POST" and path.rstrip("/") == _SEND:
            sender = json.loads(body or b"{}").get("FromEmailAddress", "")
            return f"arn:aws:ses:{region}:{account}:identity/{_identity(sender)}"
        return str(resource(method, path, body, region, account))

    ses_v2.handle_request = handle_telling
    iam_actions._ses_v2_resource_arn = resource_of


def _identity(sender: str) -> str:
    """The identity that a sender is covered by: the address, or a domain above it."""
    address = parseaddr(sender)[1]
    if address in ses._identities:
        return address
    domains = list(ses._domain_and_parents(address.rpartition("@")[2].lower()))
    return next((each for each in domains if each in ses._identities), address)


def _complete(request: Json, given: str, message_id: str) -> None:
    """Add what the record lacks, and tell what came of the mail."""
    [record] = [e for e in ses._sent_emails_list() if e["MessageId"] == given]
    record["MessageId"] = message_id
    simple = request.get("Content", {}).get("Simple", {})
    record["Attachments"] = [
        {
            "FileName": each["FileName"],
            "ContentType": each.get("ContentType", "application/octet-stream"),
            "RawContent": each["RawContent"],
        }
        for each in simple.get("Attachments", [])
    ]
    record["Headers"] = simple.get("Headers", [])
    record["Tags"] = {e["Name"]: e["Value"] for e in request.get("EmailTags", [])}
    name = request.get("ConfigurationSetName")
    if name:
        record["ConfigurationSetName"] = name
        _tell(name, record)


def _tell(name: str, record: Json) -> None:
    destinations = (ses_v2._config_sets[name].get("EventDestinations") or {}).values()
    heard = {
        kind
        for each in destinations
        if each["Enabled"] and each.get("EventBridgeDestination")
        for kind in each["MatchingEventTypes"]
    }
    now = datetime.now(UTC)
    told_at = now.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    for recipient in record["To"]:
        address = parseaddr(recipient)[1]
        outcomes = [("Send", None), *_outcomes(address)]
        for kind, subtype in outcomes:
            if kind.upper() in heard:
                detail = _detail(kind, address, told_at, subtype)
                _put(kind, {**detail, "mail": _mail(name, record, address, told_at)})


def _outcomes(address: str) -> list[tuple[str, str | None]]:
    local, _, domain = address.lower().partition("@")
    if domain != ses._SIMULATOR_DOMAIN:
        return [("Delivery", None)]
    found = ses._SIMULATOR_OUTCOMES.get(local.partition("+")[0], (("Delivery", None),))
    return list(found)


def _detail(kind: str, address: str, at: str, subtype: str | None) -> Json:
    if kind == "Send":
        return {"send": {}}
    detail: Json = ses._notification_detail(kind, address, at, subtype)
    return detail


def _mail(name: str, record: Json, address: str, at: str) -> Json:
    return {
        "timestamp": at,
        "source": parseaddr(record["Source"])[1],
        "sendingAccountId": ses.get_account_id(),
        "messageId": record["MessageId"],
        "destination": [address],
        "headersTruncated": False,
        "commonHeaders": {
            "from": [record["Source"]],
            "to": record["To"],
            "messageId": record["MessageId"],
            "subject": record["Subject"],
        },
        "tags": {
            **{key: [value] for key, value in record["Tags"].items()},
            "ses:configuration-set": [name],
        },
    }


def _put(kind: str, detail: Json) -> None:
    event_type, detail_type = _TYPES[kind.upper()]
    entry = {
        "Source": "aws.ses",
        "DetailType": detail_type,
        "Detail": json.dumps({"eventType": event_type, **detail}),
    }
    eventbridge._put_events({"Entries": [entry]}, allow_aws_source=True)
