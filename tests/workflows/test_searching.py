"""Searching on the whole system: fresh, narrowed by the policy, without what is gone."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from beeldrecht.adapters.search_items import SearchState
from beeldrecht.domain.ids import new_id
from local.sign_in import outputs_of, token_for
from tests.workflows.test_users_of_the_library import ask
from tests.workflows.way import Way

REGION = "eu-central-1"


def found(way: Way, name: str, query: str = "") -> list[str]:
    path, token = f"/v1/search?limit=100{query}", token_for(way.cloud, name)
    answer = ask(way.cloud, "GET", path, token)
    assert answer.status == 200, answer.body
    return [each["asset_id"] for each in answer.json["items"]]


def files(way: Way) -> list[bytes]:
    """Every file of the index, with what is in it."""
    bucket, s3 = outputs_of(way.cloud)["ExportsBucket"], way.cloud.client("s3")
    listed = s3.list_objects_v2(Bucket=bucket, Prefix="index/").get("Contents", [])
    keys = [each["Key"] for each in listed]
    return [s3.get_object(Bucket=bucket, Key=key)["Body"].read() for key in keys]


def soon(what: Callable[[], bool]) -> float:
    """Seconds until it is so."""
    began = time.monotonic()
    while not what():
        if time.monotonic() - began > 60:
            pytest.fail("it did not become so within a minute")
        time.sleep(0.2)
    return time.monotonic() - began


def test_a_picture_is_found_kept_from_others_and_gone_from_every_file(way: Way) -> None:
    cloud = way.cloud
    outputs = outputs_of(cloud)
    state = SearchState(outputs["LibraryTable"], REGION)
    # Like no other word: files of an index hold what comes again as a hint at the first.
    word = f"q{new_id()[:11]}"
    table = cloud.client("dynamodb")
    asset_id = new_id()
    item = {
        "pk": {"S": f"ASSET#{asset_id}"},
        "sk": {"S": "META"},
        "kind": {"S": "asset"},
        "asset_id": {"S": asset_id},
        "status": {"S": "expected"},
        "revision": {"N": "1"},
        "file_name": {"S": f"{word}.jpg"},
        "declared_type": {"S": "image/jpeg"},
        "declared_size": {"N": "9"},
        "uploader_id": {"S": new_id()},
        "announced_at": {"S": "2026-06-01T12:00:00.000000+0000"},
    }
    table.put_item(TableName=outputs["LibraryTable"], Item=item)
    soon(lambda: found(way, "editor", f"&q={word}") == [asset_id])
    assert found(way, "viewer", f"&q={word}") == []
    assert found(way, "editor", f"&q={word[:-1]}x") == [asset_id]
    key = {"pk": item["pk"], "sk": item["sk"]}
    # Asked for by name: the hour's own run does the same.
    build = outputs["BuildIndexFunction"]
    cloud.client("lambda").invoke(FunctionName=build)
    assert state.generation().number > 0
    soon(lambda: any(word.encode() in each for each in files(way)))
    table.delete_item(TableName=outputs["LibraryTable"], Key=key)
    state.purge(asset_id, new_id(), datetime.now(UTC))
    assert found(way, "editor", f"&q={word}") == []
    soon(lambda: not any(each == asset_id for each, _ in state.purges()))
    assert not any(word.encode() in each for each in files(way))
    assert not any(asset_id.encode() in each for each in files(way))


def test_a_search_is_kept_by_who_asked_it(way: Way) -> None:
    token = token_for(way.cloud, "editor")
    order = {"title": "Feesten", "asked": {"q": "feest"}}
    headers = {"Idempotency_Key": new_id()}
    made = ask(way.cloud, "POST", "/v1/saved-searches", token, order, **headers)
    assert made.status == 201
    path = f"/v1/saved-searches/{made.json['search_id']}"
    assert ask(way.cloud, "GET", "/v1/saved-searches", token).json["items"]
    assert ask(way.cloud, "DELETE", path, token).status == 200
