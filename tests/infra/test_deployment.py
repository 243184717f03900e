"""What a deployment may choose, and the sentence it gets when it may not."""

import subprocess
import sys
from pathlib import Path

import pytest
from aws_cdk import App, Stack

from beeldrecht.domain import four_eyes
from beeldrecht.domain.age import AGES, OLDEST, YOUNGEST, ages_from
from beeldrecht.domain.milestones import BEFORE_END, FURTHEST, MOST, days_from
from cdk.app import build
from cdk.constructs.functions import Setting
from cdk.constructs.stores import Stores
from cdk.deployment import (
    ROOT,
    Deployment,
    DeploymentError,
    FourEyes,
    Removal,
    deployment_from,
)
from tests.infra.synthesis import app_with, stand_ins


def chosen(**context: str) -> Deployment:
    return deployment_from(App(context=context).node)


def test_the_default_is_frankfurt_and_keeps_data_and_a_year_of_logs() -> None:
    deployment = chosen()
    assert deployment.region == "eu-central-1"
    assert deployment.removal is Removal.RETAIN
    assert deployment.keeps_data
    assert deployment.log_days == 365
    assert deployment.alarm_email is None
    assert deployment.four_eyes is FourEyes.AUTO
    assert deployment.layers_dir == ROOT / "build" / "layers"


def test_who_is_responsible_is_said_to_be_nobody_until_it_is_set() -> None:
    deployment = chosen()
    assert "not set" in deployment.controller
    assert "not set" in deployment.controller_contact
    named = chosen(controller="Gemeente Vis", controller_contact="fg@vis.example")
    assert named.controller == "Gemeente Vis"
    assert named.controller_contact == "fg@vis.example"


def test_r03_a_deployment_is_a_public_bodys_unless_it_says_otherwise() -> None:
    assert chosen().public_body
    assert not chosen(public_body="false").public_body
    with pytest.raises(DeploymentError):
        chosen(public_body="perhaps")


def test_choices_are_taken() -> None:
    deployment = chosen(
        name="Trial",
        removal="destroy",
        log_days="400",
        alarm_email="watch@example.org",
        four_eyes="always",
        layers_dir="build/other",
    )
    assert deployment == Deployment(
        name="Trial",
        removal=Removal.DESTROY,
        log_days=400,
        alarm_email="watch@example.org",
        four_eyes=FourEyes.ALWAYS,
        layers_dir=ROOT / "build" / "other",
    )
    assert not deployment.keeps_data


def test_the_words_for_four_eyes_are_those_that_the_api_knows() -> None:
    assert [each.value for each in FourEyes] == [w.value for w in four_eyes.FourEyes]


def test_r19_the_sovereign_region_is_off_until_asked_for() -> None:
    assert chosen(sovereign="true").region == "eusc-de-east-1"
    with pytest.raises(DeploymentError, match="stays in eu-central-1"):
        chosen(region="eusc-de-east-1")


@pytest.mark.parametrize("region", ["us-east-1", "eu-west-1", "eu-central-2"])
def test_r19_no_other_region_can_be_asked_for(region: str) -> None:
    with pytest.raises(DeploymentError, match="stays in eu-central-1"):
        chosen(region=region)


@pytest.mark.parametrize(
    ("context", "sentence"),
    [
        ({"name": "1st"}, "a letter first"),
        ({"name": "a" * 21}, "at most 20"),
        ({"removal": "keep"}, "use retain or destroy"),
        ({"log_days": "180"}, "six months or longer"),
        ({"log_days": "soon"}, "a number of days"),
        ({"four_eyes": "sometimes"}, "use auto, always or never"),
        ({"ages_of_consent": "16"}, "with an age from 13 to 18"),
        ({"ages_of_consent": "nl=16"}, "with an age from 13 to 18"),
        ({"ages_of_consent": "NL=12"}, "with an age from 13 to 18"),
        ({"ages_of_consent": "NL=19"}, "with an age from 13 to 18"),
        ({"ages_of_consent": "US=16"}, "country of the EEA"),
        ({"ages_of_consent": "NL=16,NL=17"}, "once"),
        ({"ages_of_consent": "NL=16,"}, "NL=16,DE=16"),
        ({"milestone_days": "soon"}, "whole numbers of days"),
        ({"milestone_days": "0"}, "from 365 to 1"),
        ({"milestone_days": "366"}, "from 365 to 1"),
        ({"milestone_days": "7.5"}, "whole numbers of days"),
        ({"milestone_days": "7,30,90"}, "the largest first"),
        ({"milestone_days": "30,30"}, "the largest first"),
        ({"milestone_days": "7,6,5,4,3,2,1"}, "one to 6"),
        ({"milestone_days": "90,30,"}, "90,30,7"),
    ],
)
def test_a_choice_that_cannot_be_is_refused_in_a_sentence(
    context: dict[str, str], sentence: str
) -> None:
    with pytest.raises(DeploymentError, match=sentence):
        chosen(**context)


def test_r06_an_age_of_consent_is_the_laws_unless_the_deployment_sets_it() -> None:
    assert chosen().ages_of_consent == ""
    asked = chosen(ages_of_consent="NL=18, BE=16").ages_of_consent
    assert (ages_from(asked)["NL"], ages_from(asked)["BE"]) == (18, 16)
    assert ages_from(asked)["DE"] == AGES["DE"]


def test_r06_every_age_that_may_be_set_is_one_that_the_functions_read() -> None:
    for age in range(YOUNGEST, OLDEST + 1):
        asked = chosen(ages_of_consent=",".join(f"{each}={age}" for each in AGES))
        assert set(ages_from(asked.ages_of_consent).values()) == {age}


def test_a_consent_is_announced_ninety_thirty_and_seven_days_before() -> None:
    assert days_from(chosen().milestone_days) == BEFORE_END
    assert chosen(milestone_days="60, 14").milestone_days == "60,14"
    most = ",".join(str(FURTHEST - each) for each in range(MOST))
    assert days_from(chosen(milestone_days=most).milestone_days)[0] == 365
    assert days_from(chosen(milestone_days="1").milestone_days) == (1,)


@pytest.mark.parametrize("ages", ["", "NL=18,DE=16"])
def test_who_is_asked_and_who_is_told_go_by_what_was_chosen(
    ages: str, tmp_path: Path
) -> None:
    deployment = chosen(ages_of_consent=ages, milestone_days="60,14")
    stack = Stack(app_with(tmp_path, {}), "Stores")
    settings = Stores(stack, "Stores", deployment=deployment).settings
    assert settings[Setting.AGES_OF_CONSENT] == ages
    assert settings[Setting.MILESTONE_DAYS] == "60,14"


def test_a_name_of_twenty_letters_is_the_longest() -> None:
    assert chosen(name="a" * 20).name == "a" * 20


def test_a_layer_that_was_not_built_stops_synthesis(tmp_path: Path) -> None:
    context = stand_ins(tmp_path)
    (tmp_path / "layers" / "vision" / "content.txt").unlink()
    (tmp_path / "layers" / "vision").rmdir()
    with pytest.raises(DeploymentError, match="vision is not built: run make setup"):
        build(app_with(tmp_path / "out", context))


def test_a_function_without_code_stops_synthesis(tmp_path: Path) -> None:
    context = stand_ins(tmp_path)
    home = tmp_path / "functions" / "clearance" / "check_consent"
    (home / "handler.py").unlink()
    with pytest.raises(DeploymentError, match="CheckConsent has no code"):
        build(app_with(tmp_path / "out", context))


def test_run_as_a_script_the_app_says_how_it_is_run() -> None:
    ran = subprocess.run(
        [sys.executable, str(ROOT / "cdk" / "app.py")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1
    assert ran.stderr.startswith("Run `python -m cdk.app`")
