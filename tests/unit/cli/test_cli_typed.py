"""What is typed where a day or a moment belongs, and what is said when it is none."""

import pytest

from cli.commands import main

TYPED = [
    ("restore", "consent", "--at", "yesterday"),
    ("subject-requests", "enter", "Els", "export", "--by", "phone", "--on", "yesterday"),
    ("people", "add", "Els", "--born", "yesterday"),
]


@pytest.mark.parametrize("typed", TYPED, ids=lambda typed: typed[0])
def test_what_is_no_day_is_told_how_to_type_one(
    typed: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    for language, told in (("en", "yesterday is no"), ("nl", "yesterday is geen")):
        with pytest.raises(SystemExit):
            main(["--language", language, *typed])
        said = capsys.readouterr().err
        assert told in said
        assert "2026-11-23" in said
