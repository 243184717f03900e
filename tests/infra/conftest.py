"""One synthesis for all tests here: it takes ten seconds."""

import pytest

from tests.infra.synthesis import Assembly, synthesized


@pytest.fixture(scope="session")
def assembly(tmp_path_factory: pytest.TempPathFactory) -> Assembly:
    """The app as a fresh deployment gets it."""
    return synthesized(
        tmp_path_factory.mktemp("assembly"),
        alarm_email="watch@example.org",
        mail_from="Beeldbank <beeld@example.org>",
    )


@pytest.fixture(scope="session")
def disposable(tmp_path_factory: pytest.TempPathFactory) -> Assembly:
    """The app under another name, whose data goes with it."""
    return synthesized(
        tmp_path_factory.mktemp("disposable"), name="Trial", removal="destroy"
    )
