"""IAM: a request from this machine counts as encrypted.

Every bucket and queue of ours, and the CDK's own, denies requests without TLS. The
emulator listens on loopback over http, where nothing can listen in; without this no asset
could be uploaded.
"""

from ipaddress import ip_address

import ministack.app as server

from local.cloud.gaps import need
from local.cloud.settings import Settings


def close(_: Settings) -> None:
    """Set aws:SecureTransport for loopback."""
    need(server, "pin_request_origin")
    pin = server.pin_request_origin

    def pin_loopback_as_secure(address: str, secure: bool) -> None:
        pin(address, secure or ip_address(address).is_loopback)

    server.pin_request_origin = pin_loopback_as_secure
