"""The clients: in the Region that is told, and forms signed for the Region's address."""

import pytest

from beeldrecht.adapters.objects import Originals
from beeldrecht.runtime import clients
from tests.fakes.runtime import REGION, environment
from tests.fakes.samples import PICTURE


def test_every_client_is_of_the_region_that_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with environment(monkeypatch, {"AWS_DEFAULT_REGION": "us-east-1"}):
        for make in (clients.s3, clients.sqs, clients.step_functions, clients.kms):
            client = make(REGION)
            assert client.meta.region_name == REGION
            assert REGION in client.meta.endpoint_url


def test_r19_an_upload_form_is_for_the_regions_own_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with environment(monkeypatch, {}):
        form = Originals(clients.s3(REGION), "originals").form(
            PICTURE, "image/jpeg", 5, "0" * 64, 900
        )
    assert form.url == "https://s3.eu-central-1.amazonaws.com/originals"
    assert form.fields["x-amz-algorithm"] == "AWS4-HMAC-SHA256"
