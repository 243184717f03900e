"""The whole system, deployed once for the session to a local cloud of its own."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.stack import Deployed
from local.client import LocalCloud
from local.deployment import deploy
from local.testing import private_cloud
from tests.workflows.way import Way
from tools.photos import PHOTOS


@pytest.fixture(scope="session")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCloud]:
    with private_cloud(tmp_path_factory.mktemp("cloud")) as private:
        # The emulator takes a browser's form, which names no account, for its first one.
        cloud = LocalCloud(private.port)
        before = dict(os.environ)
        os.environ.update(cloud.env)
        try:
            deploy(cloud, output=tmp_path_factory.mktemp("assembly"))
            yield cloud
        finally:
            os.environ.clear()
            os.environ.update(before)


@pytest.fixture(scope="session")
def deployed(cloud: LocalCloud) -> Deployed:
    return Deployed.find()


@pytest.fixture(scope="session")
def way(cloud: LocalCloud, deployed: Deployed) -> Way:
    return Way(cloud, deployed)


@pytest.fixture(scope="session")
def photos() -> Path:
    return PHOTOS
