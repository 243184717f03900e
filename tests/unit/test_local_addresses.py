"""What names an address of AWS is led to the local cloud, and nothing else is."""

import pytest

from local.addresses import here
from local.sign_in import totp

HERE = "http://localhost:4566"


@pytest.mark.parametrize(
    ("told", "led"),
    [
        ("https://beeldrecht-1a2b.auth.eu-central-1.amazoncognito.com", HERE),
        ("https://s3.eu-central-1.amazonaws.com", HERE),
        ("https://s3.eu-central-1.amazonaws.com/bucket/", f"{HERE}/bucket/"),
        # A name in every token, and an address for no browser.
        ("https://cognito-idp.eu-central-1.amazonaws.com/pool", None),
        ("http://1a2b.execute-api.localhost:4566", None),
        ("arn:aws:s3:::bucket", None),
        ("Europe/Amsterdam", None),
    ],
)
def test_only_what_a_browser_would_go_to_is_led_here(told: str, led: str | None) -> None:
    assert here(told, HERE) == (told if led is None else led)


@pytest.mark.parametrize(
    ("at", "code"),
    # RFC 6238, appendix B, the last six of eight digits.
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20e9, "353130")],
)
def test_an_authenticator_shows_the_codes_of_the_standard(at: float, code: str) -> None:
    assert totp("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", at) == code
