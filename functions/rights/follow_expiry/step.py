"""Do the rest of the job when something ended by its term."""

from datetime import datetime

from beeldrecht.domain.expired import Expired
from beeldrecht.runtime.expiring import Ended, House, end


def follow_expiry(expired: Expired, house: House, at: datetime) -> Ended:
    """What follows from one end; safe to repeat, and late.

    Time to live has taken the item. A picture is erased by the workflow for that, a box
    takes with it who was thought to be in it and has its picture decided on anew, a proof
    takes the signed copy with it. Of everything the trail says that it ended, by its
    subject: `retention:asset:expire`, `retention:face:expire`,
    `retention:disclosure:expire`, `retention:contact:expire`,
    `retention:request:expire`, `retention:mail:expire`, `retention:proof:expire`,
    `retention:share:expire`, `retention:template:expire`.
    """
    return end(expired, house, at)
