"""Rows of a key and of templates, ended over a table by who never opens them."""

from datetime import timedelta

import pytest

from beeldrecht.adapters.biometrics import Templates
from beeldrecht.adapters.key_ring import KeyPurpose, KeyRing
from beeldrecht.adapters.template_rows import TemplateRows
from tests.adapters.aws import Aws
from tests.fakes.runtime import REGION
from tests.fakes.samples import ANN, BOB, NOON


class Clock:
    def __init__(self) -> None:
        self.at = NOON

    def seconds(self) -> float:
        return self.at.timestamp()


def test_each_row_goes_while_it_is_the_very_one_and_keys_go_first(aws: Aws) -> None:
    table, clock = aws.table("biometrics"), Clock()
    ring = KeyRing(table, REGION, aws.kms, aws.key(), KeyPurpose.BIOMETRIC, clock.seconds)
    templates, rows = Templates(ring, clock.seconds), TemplateRows(table, REGION)
    for person_id in (ANN, BOB):
        templates.save(person_id, "model", b"template", None)
    old = rows.held(ANN)
    assert [(row.part, row.made_at) for row in old] == [
        ("KEY#biometric", NOON),
        ("TEMPLATE#model", NOON),
    ]
    clock.at = NOON + timedelta(seconds=1)
    templates.save(ANN, "model", b"another", None)
    assert not any(rows.destroy(row) for row in old), "another took its place"
    assert templates.load(ANN, "model") == b"another"
    key, kept = rows.held(ANN)
    assert rows.destroy(key)
    assert templates.load(ANN, "model") is None
    assert rows.destroy(kept)
    assert not rows.destroy(kept)
    assert rows.held(ANN) == ()
    assert templates.load(BOB, "model") == b"template"


@pytest.mark.parametrize("aws_endpoint", ["moto"], indirect=True)
def test_rows_of_before_their_making_was_kept_go_too(aws: Aws) -> None:
    table = aws.table("biometrics")
    rows = TemplateRows(table, REGION)
    for part, kind in (("KEY#biometric", "key"), ("TEMPLATE#model", "template")):
        made = {"pk": {"S": f"PERSON#{ANN}"}, "sk": {"S": part}, "kind": {"S": kind}}
        aws.put_item(table, made)
    held = rows.held(ANN)
    assert [row.made_at for row in held] == [None, None]
    assert [rows.destroy(row) for row in held] == [True, True]
    assert not aws.items(table)
