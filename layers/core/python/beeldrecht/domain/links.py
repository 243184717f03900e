"""Links by which somebody without an account reaches what is theirs.

The link carries a token of 256 random bits behind the `#` of its address, where no server
and no log sees it; what is on record is the SHA-256 of it. Whoever has the link is let
in, so it ends by itself, can be taken back, and where something is done with it rather
than read, works once.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from .consent_requests import LAPSE_AFTER
from .exports import FETCHABLE
from .milestones import BEFORE_END
from .shares import LASTS

_TOKEN_BYTES = 32
OWN_PAGE_DAYS = 30
AFTER_END = timedelta(days=30)
"""How long after the end of a consent the link that renews it works still."""


class LinkPurpose(StrEnum):
    """What a link opens."""

    OWN_PAGE = "own_page"
    """What a person agreed to and where they are seen, until the link ends."""
    SIGN = "sign"
    """One consent request, to be answered once."""
    SESSION = "session"
    """Signing at a session, for whoever is there, until the link ends."""
    RENEW = "renew"
    """One signed document, to be renewed once."""
    CERTIFICATE = "certificate"
    """The certificate of an erasure: its subject is the erasure, and nobody."""
    EXPORT = "own_copy"
    """The copy of all that is on record about a person, as long as it can be fetched."""
    RECALL = "recall"
    """What a recipient is asked to remove: to see it, and say that it is done."""
    SHARE = "share"
    """Pictures that somebody outside may see, until the share ends."""


class LinkState(StrEnum):
    """Whether a link works; for staff alone, whoever holds it is told yes or no."""

    LIVE = "live"
    USED = "used"
    REVOKED = "revoked"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class LinkTerms:
    """How long the links of a purpose work, and how often; None: until they end."""

    lasts: timedelta
    uses: int | None


TERMS = {
    LinkPurpose.OWN_PAGE: LinkTerms(timedelta(days=OWN_PAGE_DAYS), None),
    LinkPurpose.SIGN: LinkTerms(LAPSE_AFTER, 1),
    LinkPurpose.SESSION: LinkTerms(timedelta(days=7), None),
    LinkPurpose.RENEW: LinkTerms(timedelta(days=BEFORE_END[0]) + AFTER_END, 1),
    # Nobody can be sent another: the address is gone with everything else.
    LinkPurpose.CERTIFICATE: LinkTerms(timedelta(days=365), None),
    LinkPurpose.EXPORT: LinkTerms(FETCHABLE, None),
    # As long as it is reminded of and a while more; to say "removed" twice does no harm.
    LinkPurpose.RECALL: LinkTerms(timedelta(days=60), None),
    LinkPurpose.SHARE: LinkTerms(LASTS, None),
}
"""Three may last longer: that of a share, as long as it; the link that comes with a
signed copy, as long as what was signed; and a link to renew, until thirty days past the
end (`renewal_ends`)."""
PAGES = {
    LinkPurpose.OWN_PAGE: "/own-page",
    LinkPurpose.SIGN: "/sign",
    LinkPurpose.SESSION: "/sign",
    LinkPurpose.RENEW: "/sign",
    LinkPurpose.CERTIFICATE: "/certificate",
    LinkPurpose.EXPORT: "/export",
    LinkPurpose.RECALL: "/recall",
    LinkPurpose.SHARE: "/share",
}
"""Where on the site the links of a purpose lead."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link as it is on record; the token itself is nowhere."""

    link_id: str
    subject_id: str
    """The person whose link it is; of a session's link, the session; of one that calls
    a picture back, the recipient."""
    purpose: LinkPurpose
    created_by: str
    created_at: datetime
    expires_at: datetime
    max_uses: int | None = None
    """How often it works; None: until it ends."""
    uses: int = 0
    used_at: datetime | None = None
    """When it was last used, where uses are counted."""
    revoked_at: datetime | None = None
    about: str | None = None
    """What alone it opens: a consent request, a signed document, a recall."""


def renewal_ends(end: datetime, at: datetime) -> datetime:
    """Until when a link that is made now renews what ends then.

    However long before its end somebody is told: thirty days past it, and never shorter
    than a link to renew lasts by itself.
    """
    return max(at + TERMS[LinkPurpose.RENEW].lasts, end + AFTER_END)


def new_token() -> str:
    """A token for a link: 256 random bits, in 43 characters that an address can hold."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def address_of(site_url: str, purpose: LinkPurpose, token: str) -> str:
    """Where a link leads.

    `site_url` is the site's own address as the deployment was told it, never that of a
    request: a header that somebody made up would send the token to them.
    """
    return f"{site_url}{PAGES[purpose]}#{token}"


def token_digest(token: str) -> str:
    """What is kept of a token: it says nothing of it, and finds its link again."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def state_at(link: Link, at: datetime) -> LinkState:
    """What a link is at an instant; only a live one opens anything."""
    if link.revoked_at is not None:
        return LinkState.REVOKED
    if link.max_uses is not None and link.uses >= link.max_uses:
        return LinkState.USED
    return LinkState.LIVE if at < link.expires_at else LinkState.EXPIRED
