"""How long a link may open something, by what it opens, stated in one place.

A link is a capability: whoever has it is let in. So each purpose has a bound, and the
one that is longer than the others says why it may be.
"""

from datetime import timedelta

from beeldrecht.domain.consent_requests import LAPSE_AFTER
from beeldrecht.domain.exports import FETCHABLE
from beeldrecht.domain.links import TERMS, LinkPurpose

DAY = timedelta(days=1)
BOUNDS = {
    LinkPurpose.OWN_PAGE: 30 * DAY,
    LinkPurpose.SIGN: LAPSE_AFTER,
    LinkPurpose.SESSION: 7 * DAY,
    LinkPurpose.RENEW: 120 * DAY,
    LinkPurpose.EXPORT: FETCHABLE,
    LinkPurpose.RECALL: 60 * DAY,
    LinkPurpose.SHARE: 14 * DAY,
    # It says of nobody who they were, and no other can be sent: the address is gone.
    LinkPurpose.CERTIFICATE: 365 * DAY,
}


def test_every_purpose_has_a_bound_and_keeps_it() -> None:
    assert set(TERMS) == set(LinkPurpose) == set(BOUNDS)
    assert {purpose: terms.lasts for purpose, terms in TERMS.items()} == BOUNDS


def test_only_what_opens_nobodys_data_lives_longer_than_four_months() -> None:
    long = {purpose for purpose, lasts in BOUNDS.items() if lasts > 120 * DAY}
    assert long == {LinkPurpose.CERTIFICATE}


def test_where_something_is_done_with_a_link_it_works_once() -> None:
    once = {purpose for purpose, terms in TERMS.items() if terms.uses == 1}
    assert once == {LinkPurpose.SIGN, LinkPurpose.RENEW}
