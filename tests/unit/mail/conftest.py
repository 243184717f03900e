"""The templates, compiled as the set-up compiles them."""

from pathlib import Path

import pytest

from beeldrecht_mail.letters import Templates
from layers import mails


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    folder = tmp_path_factory.mktemp("templates") / "mails"
    mails.compile_all(Path(folder))
    return Templates(folder)
