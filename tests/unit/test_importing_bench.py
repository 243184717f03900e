"""The bench of an import: what it counts and how it prices is arithmetic that holds."""

import tomllib

import pytest

from bench import importing


def test_every_unit_that_is_counted_has_a_price() -> None:
    prices = tomllib.loads(importing.PRICES.read_text(encoding="utf-8"))
    usd = prices["usd"]
    assert set(prices["checked"]) <= usd.keys()
    meter = importing.Meter()
    meter.units.update(
        {"dynamodb_write": 20, "dynamodb_read": 10, "s3_put": 8, "s3_get": 4}
    )
    meter.units["sqs_request"] = 2
    cost = importing.priced(meter, 2, usd)
    assert cost.keys() <= usd.keys()
    writes = 10 + importing.INDEX["dynamodb_write"]
    assert cost["dynamodb_write"] == pytest.approx(
        writes * importing.OF * usd["dynamodb_write"]
    )


def test_time_is_priced_by_the_memory_of_its_function() -> None:
    usd = dict.fromkeys(
        tomllib.loads(importing.PRICES.read_text(encoding="utf-8"))["usd"], 1.0
    )
    meter = importing.Meter()
    meter.seconds["receive"], meter.waits["receive"] = 4.0, 2.0
    cost = importing.priced(meter, 2, usd)
    assert cost["lambda_gb_second"] == pytest.approx(
        3 * importing.MEMORY_GB["receive"] * importing.OF
    )
