"""What a signature grants: a grant for each yes, and until when each lasts."""

from collections.abc import Iterable
from datetime import date, timedelta

from .channels import Channel
from .consent import Grant, GrantKind, Quitclaim
from .ids import derived_id
from .time import Period, day_of, midnight, months_later
from .wordings import Wording


def grant_id(quitclaim_id: str, kind: GrantKind, channel: Channel | None = None) -> str:
    """The id of the one grant of that kind, for that channel, in that document."""
    parts = ("grant", quitclaim_id, kind.value)
    return derived_id(*parts, channel.value) if channel else derived_id(*parts)


def grants_of(
    quitclaim: Quitclaim,
    wording: Wording,
    channels: frozenset[Channel],
    portrait: bool,
    biometric: bool,
    of_age: date | None,
) -> tuple[Grant, ...]:
    """A grant for each yes: image consent by channel, so that each ends by itself.

    A portrait agreement covers the channels that the wording names. `of_age` is given
    where a guardian signed: on that day, at midnight, everything ends at the latest.
    """

    def granted(
        kind: GrantKind, months: int, channels: Iterable[Channel], *channel: Channel
    ) -> Grant:
        last = months_later(day_of(quitclaim.signed_at), months)
        eve = of_age and of_age - timedelta(days=1)
        ends_with_age = eve is not None and eve <= last
        if eve is not None:
            last = min(eve, last)
        uses = kind is not GrantKind.BIOMETRIC_CONSENT
        return Grant(
            grant_id=grant_id(quitclaim.quitclaim_id, kind, *channel),
            quitclaim_id=quitclaim.quitclaim_id,
            person_id=quitclaim.person_id,
            kind=kind,
            period=Period(quitclaim.signed_at, midnight(last + timedelta(days=1))),
            channels=frozenset(channels),
            places=wording.places if uses else frozenset(),
            last_day=last,
            ends_with_age=ends_with_age,
        )

    given = [
        granted(GrantKind.IMAGE_CONSENT, wording.channels[channel], [channel], channel)
        for channel in sorted(channels)
    ]
    if portrait and wording.portrait_months:
        months = wording.portrait_months
        given.append(granted(GrantKind.PORTRAIT_AGREEMENT, months, wording.channels))
    if biometric and wording.biometric_months:
        given.append(granted(GrantKind.BIOMETRIC_CONSENT, wording.biometric_months, ()))
    return tuple(given)
