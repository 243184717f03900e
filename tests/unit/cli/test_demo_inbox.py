"""The mails of the local cloud, as the demonstration reads them."""

import json
from typing import Any

import pytest

from cli.web import Reply
from local.client import LocalCloud
from local.demo.inbox import Inbox
from local.demo.subject import OWN_PAGE, SIGN
from local.demo.waiting import LOOK_EVERY, STALLED, StalledError

HENK, MARC = "henk@voorbeeldstad.example", "marc@voorbeeldstad.example"
SITE = "http://abc.execute-api.localhost:4566"
FIRST, SECOND = "a" * 43, "B-_9" * 10 + "xyz"


class Post:
    """A cloud that sent mails, of which more are seen at each look."""

    def __init__(self, *mails: tuple[str, str]) -> None:
        self.mails = mails
        self.seen = len(mails)
        self.at = 0.0

    def send(self, method: str, url: str, **_: Any) -> Reply:
        assert (method, url) == ("GET", "http://localhost:1/_ministack/ses/messages")
        shown = self.mails[: self.seen]
        sent = [{"To": [to], "BodyText": text} for to, text in shown]
        body = {"messages": {"000000000000": sent, "1": [{"To": [HENK]}]}}
        return Reply(200, {}, json.dumps(body).encode())

    def pause(self, seconds: float) -> None:
        self.at += seconds
        self.seen += 1

    @property
    def inbox(self) -> Inbox:
        return Inbox(LocalCloud(1), self.send, self.pause, lambda: self.at)


def test_a_link_is_of_the_last_mail_to_that_person_that_has_one() -> None:
    post = Post(
        (HENK, f"Sign here:\n{SITE}/sign#{FIRST}\nor do not."),
        (HENK, f"Sign here: {SITE}/sign#{SECOND}."),
        (MARC, f"{SITE}/sign#{FIRST}"),
        (HENK, f"Your page: {SITE}/own-page#{FIRST} and no other."),
    )
    assert post.inbox.link(HENK, SIGN) == f"{SITE}/sign#{SECOND}"
    assert post.inbox.link(HENK, OWN_PAGE) == f"{SITE}/own-page#{FIRST}"
    assert post.inbox.link(MARC, OWN_PAGE) is None


def test_a_mail_is_waited_for() -> None:
    post = Post((MARC, "Nothing in it."), (HENK, f"{SITE}/sign#{FIRST}"))
    post.seen = 0
    assert post.inbox.awaited(HENK, SIGN) == f"{SITE}/sign#{FIRST}"
    assert post.at == 2 * LOOK_EVERY


def test_a_mail_that_does_not_come_is_named_after_a_while() -> None:
    post = Post()
    with pytest.raises(StalledError) as stalled:
        post.inbox.awaited(HENK, SIGN)
    assert stalled.value.names == (HENK,)
    assert STALLED < post.at <= STALLED + 2 * LOOK_EVERY


def test_the_inbox_is_a_page_of_the_local_cloud() -> None:
    assert Post().inbox.address == "http://localhost:1/_local/inbox"
