"""The whole system, deployed once for the session to a local cloud of its own."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from cli.stack import Deployed
from local.client import LocalCloud
from local.demo.staff import Staff
from local.deployment import deploy
from local.testing import private_cloud
from local.users import ensure_users
from tests.e2e.staff import StaffPages
from tests.left import leave
from tests.workflows.grants import Deployment
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
            leave("deployment", Deployment.facts(cloud, "Beeldrecht"))
            yield cloud
        finally:
            os.environ.clear()
            os.environ.update(before)


@pytest.fixture(scope="session")
def deployed(cloud: LocalCloud) -> Deployed:
    return Deployed.find()


@pytest.fixture(scope="session")
def staff(cloud: LocalCloud) -> Staff:
    """Everybody with an account, each signed in over the sign-in pages when needed."""
    ensure_users(cloud)
    return Staff(cloud, "en")


@pytest.fixture(scope="session")
def way(
    cloud: LocalCloud,
    deployed: Deployed,
    staff: Staff,
    tmp_path_factory: pytest.TempPathFactory,
) -> Way:
    return Way(cloud, deployed, staff, tmp_path_factory.mktemp("outbox"))


@pytest.fixture(scope="session")
def photos() -> Path:
    return PHOTOS


@pytest.fixture(scope="session")
def staff_pages(browser: Browser, cloud: LocalCloud) -> Iterator[StaffPages]:
    """The web app, for everybody who works there (tests/e2e/staff.py)."""
    pages = StaffPages(browser, cloud)
    yield pages
    pages.close()
