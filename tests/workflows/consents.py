"""What the tests of consents put on record, past the API: the facts, and what follows."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

from pynamodb.transactions import TransactWrite

from beeldrecht.adapters import keys
from beeldrecht.adapters.consent_requests import ConsentRequests, answered
from beeldrecht.adapters.legal_bases import LegalBases
from beeldrecht.adapters.library import Library
from beeldrecht.adapters.mails import Mails
from beeldrecht.adapters.pages import place
from beeldrecht.domain.assets import AssetStatus, FaceMark
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.consent import Grant, GrantKind, Quitclaim, Withdrawal
from beeldrecht.domain.consent_requests import LAPSE_AFTER, ConsentRequest, Delivery
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.mails import Mail, MailState
from beeldrecht.domain.people import Appearance, AppearanceStatus, Person
from beeldrecht.domain.time import Period
from clearance.release_asset.step import Event, release_asset
from tests.adapters.contracts.library import DESCRIPTION, face, original
from tests.fakes.samples import EDITOR, announcement
from tests.workflows.way import Way, until

YEAR = timedelta(days=365)


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Consents:
    """Facts put on record as the API puts them, and a look at what came of them."""

    way: Way

    # -- where things are --------------------------------------------------------------

    def _table(self, name: str) -> tuple[str, str]:
        return self.way.deployed[name], self.way.deployed.region

    @cached_property
    def requests(self) -> ConsentRequests:
        return ConsentRequests(*self._table("ConsentTable"), self.way.deployed.audit)

    @cached_property
    def mails(self) -> Mails:
        return Mails(*self._table("ConsentTable"), self.way.deployed.audit)

    @cached_property
    def library(self) -> Library:
        return Library(*self._table("LibraryTable"), self.way.deployed.audit)

    @cached_property
    def states(self) -> Any:
        return self.way.cloud.client("stepfunctions")

    # -- facts -------------------------------------------------------------------------

    def person(self) -> str:
        person_id = new_id()
        register, ring = self.way.deployed.register, self.way.deployed.contact_keys
        register.add_person(Person(person_id, "Jan de Vries-Ünal"), ring, now())
        return person_id

    def ask(self, person_id: str, at: datetime | None = None) -> ConsentRequest:
        """Ask somebody by mail; the stream does the rest."""
        at = at or now()
        request = ConsentRequest(
            request_id=new_id(),
            person_id=person_id,
            wording=f"{new_id()}.1",
            language="nl",
            delivery=Delivery.LINK,
            asked_by=EDITOR,
            asked_at=at,
            ends_at=at + LAPSE_AFTER,
        )
        assert self.requests.create(request, said(person_id, "api:consent:ask"))
        return request

    def answer(self, request: ConsentRequest) -> Quitclaim:
        """Answer a request: it is settled by the document that is signed."""
        document, grants = signed(request.person_id)

        def write(act: TransactWrite) -> None:
            answered(request, document.quitclaim_id, now())(act)

        entry = said(request.person_id, "api:consent:answer")
        self.way.deployed.audit.record(entry, write)
        self.way.deployed.register.sign(document, grants)
        return document

    def sign(
        self, person_id: str, ends: timedelta = YEAR, since: datetime | None = None
    ) -> Grant:
        """Sign for the website, from `since` on and for so long from now."""
        document, [grant] = signed(person_id, now() + ends, since)
        self.way.deployed.register.sign(document, [grant])
        return grant

    def withdraw(self, grant: Grant, at: datetime | None = None) -> Withdrawal:
        """Take a grant back."""
        fact = Withdrawal(new_id(), grant.grant_id, grant.person_id, at or now())
        self.way.deployed.register.withdraw(fact)
        return fact

    # -- a picture ---------------------------------------------------------------------

    def picture_of(self, person_id: str) -> str:
        """A picture with one face, in which this person is confirmed."""
        asset_id, of = new_id(), face("a", mark=FaceMark.UNMARKED)
        self.library.announce(announcement(asset_id), keep_until=now() + YEAR)
        self.library.receive(
            self._record(asset_id),
            original(asset_id * 2),
            DESCRIPTION,
            frozenset(),
            (),
            now(),
        )
        record = self._record(asset_id)
        self.library.examine(record, [of], True, "detector", now())
        confirmed = Appearance(
            asset_id,
            of.face_id,
            person_id,
            AppearanceStatus.CONFIRMED,
            EDITOR,
            now(),
        )
        self.library.settle(self._record(asset_id), confirmed)
        return asset_id

    def release(self, asset_id: str) -> None:
        """Release it for the website alone: masked, it might leave for more."""
        bases = LegalBases(*self._table("LibraryTable"), self.way.deployed.audit)
        event = Event(
            asset_id=asset_id,
            actor_id=EDITOR,
            channels=frozenset({Channel.WEBSITE}),
        )
        register = self.way.deployed.register
        release_asset(event, self.library, register, bases, now)

    def stands(self, asset_id: str, status: AssetStatus) -> None:
        """Wait until the lists have a picture so."""

        def look() -> bool | None:
            return self._record(asset_id).status is status or None

        until(look, f"{asset_id} to be {status}")

    def _record(self, asset_id: str) -> Any:
        record = self.library.record(asset_id)
        assert record is not None
        return record

    # -- what came of it ---------------------------------------------------------------

    def mail(self, mail_id: str) -> Mail:
        """Wait until a mail is on record."""
        return until(lambda: self.mails.get(mail_id), f"mail {mail_id}")

    def wait_again(self, mail: Mail) -> None:
        """Have a mail wait since it was made, once whoever delivers it is through."""

        def settled() -> bool | None:
            found = self.mails.get(mail.mail_id)
            out = {MailState.WAITING, MailState.CLAIMED}
            return (found is not None and found.state not in out) or None

        until(settled, f"mail {mail.mail_id} to be taken up")
        self.way.cloud.client("dynamodb").update_item(
            TableName=self.way.deployed["ConsentTable"],
            Key={"pk": {"S": keys.mail(mail.mail_id)}, "sk": {"S": keys.META}},
            UpdateExpression="SET #s = :waiting, gsi1pk = :mails, gsi1sk = :since",
            ExpressionAttributeNames={"#s": "state"},
            ExpressionAttributeValues={
                ":waiting": {"S": MailState.WAITING.value},
                ":mails": {"S": keys.MAILS},
                ":since": {"S": place(mail.created_at, mail.mail_id)},
            },
        )

    def execution(self, workflow: str, fact_id: str) -> str:
        """The ARN of the execution that follows a fact."""
        machine = self.way.deployed[f"{workflow}Arn"]
        return f"{machine.replace(':stateMachine:', ':execution:')}:{fact_id}"

    def ended(self, execution: str) -> str:
        """Wait until an execution ended well; the state that it ended in."""

        def look() -> str | None:
            try:
                found = self.states.describe_execution(executionArn=execution)
            except self.states.exceptions.ExecutionDoesNotExist:
                return None
            assert found["status"] in {"RUNNING", "SUCCEEDED"}, self._why(execution)
            return "ended" if found["status"] == "SUCCEEDED" else None

        until(look, f"{execution} to end")
        entered = [
            event["stateEnteredEventDetails"]["name"]
            for event in self._history(execution)
            if "stateEnteredEventDetails" in event
        ]
        return str(entered[-1])

    def runs(self, execution: str) -> bool:
        """Whether an execution waits for something."""
        found = self.states.describe_execution(executionArn=execution)
        return bool(found["status"] == "RUNNING")

    def _history(self, execution: str) -> list[dict[str, Any]]:
        pages = self.states.get_paginator("get_execution_history")
        found = pages.paginate(executionArn=execution)
        return [event for page in found for event in page["events"]]

    def _why(self, execution: str) -> str:
        return json.dumps(self._history(execution)[-4:], default=str)

    def schedules(self) -> set[str]:
        """The names of what is planned."""
        client = self.way.cloud.client("scheduler")
        found = client.list_schedules(GroupName="Beeldrecht-milestones")
        return {each["Name"] for each in found["Schedules"]}


def said(person_id: str, tag: str) -> NewEntry:
    return NewEntry(person_id, f"{tag}:{new_id()}", tag, now(), EDITOR)


def signed(
    person_id: str, ends_at: datetime | None = None, since: datetime | None = None
) -> tuple[Quitclaim, list[Grant]]:
    """A document that allows the website, everywhere."""
    at = since or now()
    document = Quitclaim(
        quitclaim_id=new_id(),
        person_id=person_id,
        wording_version=f"{new_id()}.1",
        wording_sha256="0" * 64,
        language="nl",
        signed_at=at,
        signed_on="link",
    )
    grant = Grant(
        grant_id=new_id(),
        quitclaim_id=document.quitclaim_id,
        person_id=person_id,
        kind=GrantKind.IMAGE_CONSENT,
        period=Period(at, ends_at or at + YEAR),
        channels=frozenset({Channel.WEBSITE}),
        places=frozenset({Place.WORLD}),
    )
    return document, [grant]
