"""What one deployment may choose, read once from the CDK context."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from pathlib import Path

from constructs import Node

from cdk.checks.region import HOME_REGION, SOVEREIGN_REGION
from cdk.constructs.directory import DirectoryError, NamedDirectory, named_directory

ROOT = Path(__file__).resolve().parent.parent

# The terms CloudWatch Logs knows that last six months or longer. 180 days is not on the
# list: half a year can have 184.
_LOG_DAYS = (365, 400, 545, 731, 1096, 1827)

# CloudFormation shortens the names it makes to fit 63 characters. A longer name would
# push the bucket's part out, on which the policy of the queue of uploads relies.
_ADDRESS = re.compile(r"[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_MAIL_LANGUAGES = ("nl", "en", "de", "fr")
# The countries of the EU and the EEA, for which there is an age of consent to set.
_COUNTRIES = frozenset({
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI",
    "FR", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU",
    "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
})  # fmt: skip
_AGE = re.compile(r"([A-Z]{2})=(1[3-8])")
_DAYS = re.compile(r"[1-9][0-9]{0,2}")
_FURTHEST_DAYS, _MOST_DAYS = 365, 6
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,19}")


class DeploymentError(Exception):
    """The context asks for something that cannot or must not be deployed."""


class Removal(StrEnum):
    """What happens to data when a stack is removed."""

    RETAIN = "retain"
    DESTROY = "destroy"


class FourEyes(StrEnum):
    """When some things take two people: the words that the staff API knows."""

    AUTO = "auto"
    """Once recognition goes beyond detecting, or is about to."""
    ALWAYS = "always"
    NEVER = "never"


@dataclass(frozen=True)
class Deployment:
    """The choices of one deployment; every default is the careful one."""

    name: str = "Beeldrecht"
    region: str = HOME_REGION
    removal: Removal = Removal.RETAIN
    log_days: int = _LOG_DAYS[0]
    alarm_email: str | None = None
    reserved_concurrency: bool = False
    """Off: AWS refuses it in an account that may run ten functions at once (ADR 16)."""
    directory: NamedDirectory | None = None
    """The organisation's own directory, as a second way to sign in."""
    compromised_passwords: bool = False
    """Whether Cognito refuses passwords known from breaches: its Plus tier."""
    four_eyes: FourEyes = FourEyes.AUTO
    controller: str = "(controller: not set)"
    """Who is responsible, as people read it where they sign; it says when nobody is."""
    controller_contact: str = "(controller_contact: not set)"
    """The address at which they are reached."""
    public_body: bool = True
    """A public body may not rest a use on its legitimate interest (GDPR 6(1))."""
    ages_of_consent: str = ""
    """`NL=16,DE=16`: from which age on people consent for themselves, by country, where
    it is not to be the law's."""
    milestone_days: str = "90,30,7"
    """How many days before it ends a consent is offered for renewal."""
    mail_from: str = ""
    """The sender of all mail, `beeld@example.nl` or `Example <beeld@example.nl>`.

    Without it nothing is sent: each mail then says so where staff see it.
    """
    mail_identity: str = ""
    """An identity of SES that is there already and covers the sender; without one, this
    deployment makes the sender's domain an identity."""
    mail_language: str = "nl"
    """In which staff are written to."""
    makes_identity: bool = field(default=False, init=False)
    layers_dir: Path = ROOT / "build" / "layers"
    functions_dir: Path = ROOT / "functions"

    def __post_init__(self) -> None:
        """Refuse what no stack should be made from."""
        if not _NAME.fullmatch(self.name):
            raise DeploymentError(
                f"name={self.name!r}: use at most 20 letters, digits and dashes, "
                "a letter first"
            )
        self._check_mail()
        self._check_ages()
        self._check_days()
        if self.log_days not in _LOG_DAYS:
            raise DeploymentError(
                f"log_days={self.log_days}: logs are kept six months or longer (R23); "
                f"CloudWatch offers {', '.join(map(str, _LOG_DAYS))}"
            )

    def _check_ages(self) -> None:
        """Refuse an age of consent that no deployment may set."""
        found = [_AGE.fullmatch(each) for each in self.ages_of_consent.split(",")]
        countries = [each[1] for each in found if each]
        if self.ages_of_consent and (
            None in found
            or not _COUNTRIES.issuperset(countries)
            or len(set(countries)) < len(countries)
        ):
            raise DeploymentError(
                f"ages_of_consent={self.ages_of_consent}: name each country of the EEA "
                "once, by two letters, with an age from 13 to 18: NL=16,DE=16"
            )

    def _check_days(self) -> None:
        """Refuse days before an end of which nobody would know what to make."""
        said = self.milestone_days.split(",")
        days = [int(each) for each in said if _DAYS.fullmatch(each)]
        if (
            len(days) != len(said)
            or len(days) > _MOST_DAYS
            or days[0] > _FURTHEST_DAYS
            or any(further <= nearer for further, nearer in pairwise(days))
        ):
            raise DeploymentError(
                f"milestone_days={self.milestone_days}: use one to {_MOST_DAYS} whole "
                f"numbers of days, from {_FURTHEST_DAYS} to 1, the largest first: 90,30,7"
            )

    def _check_mail(self) -> None:
        """Refuse a sender that is none, and find out which identity sends."""
        if self.mail_language not in _MAIL_LANGUAGES:
            raise DeploymentError(
                f"mail_language={self.mail_language}: use "
                f"{', '.join(_MAIL_LANGUAGES)}, in which there are words"
            )
        if not self.mail_from:
            return
        address = self.mail_from.rpartition("<")[2].removesuffix(">").strip()
        if not _ADDRESS.fullmatch(address):
            raise DeploymentError(
                f"mail_from={self.mail_from}: use an address, or a name and an address: "
                "Example <beeld@example.nl>"
            )
        if not self.mail_identity:
            domain = address.rpartition("@")[2].lower()
            object.__setattr__(self, "mail_identity", domain)
            object.__setattr__(self, "makes_identity", True)

    @property
    def keeps_data(self) -> bool:
        """Whether removing a stack leaves tables, buckets, keys and logs behind."""
        return self.removal is Removal.RETAIN


def deployment_from(node: Node) -> Deployment:
    """Read the choices from the context of the app.

    Context: name, region, sovereign, removal, log_days, alarm_email, directory,
    compromised_passwords, four_eyes, controller, controller_contact, public_body,
    ages_of_consent, milestone_days, mail_from, mail_identity, mail_language,
    reserved_concurrency, layers_dir, functions_dir
    (`cdk deploy -c removal=destroy`). Raises DeploymentError.
    """

    def context(key: str) -> str:
        value = node.try_get_context(key)
        return "" if value is None else str(value).strip()

    removal = context("removal") or Removal.RETAIN
    if removal not in set(Removal):
        raise DeploymentError(f"removal={removal}: use retain or destroy")
    log_days = context("log_days") or str(_LOG_DAYS[0])
    if not log_days.isdigit():
        raise DeploymentError(f"log_days={log_days}: use a number of days")
    four_eyes = context("four_eyes") or FourEyes.AUTO
    if four_eyes not in set(FourEyes):
        raise DeploymentError(f"four_eyes={four_eyes}: use auto, always or never")
    return Deployment(
        name=context("name") or Deployment.name,
        region=_region(context("region"), sovereign=context("sovereign")),
        removal=Removal(removal),
        log_days=int(log_days),
        alarm_email=context("alarm_email") or None,
        reserved_concurrency=_switch(
            "reserved_concurrency", context("reserved_concurrency")
        ),
        directory=_directory(context("directory")),
        compromised_passwords=_switch(
            "compromised_passwords", context("compromised_passwords")
        ),
        four_eyes=FourEyes(four_eyes),
        controller=context("controller") or Deployment.controller,
        controller_contact=context("controller_contact") or Deployment.controller_contact,
        public_body=_switch("public_body", context("public_body") or "true"),
        ages_of_consent=_listed(context("ages_of_consent")),
        milestone_days=_listed(context("milestone_days")) or Deployment.milestone_days,
        mail_from=context("mail_from"),
        mail_identity=context("mail_identity"),
        mail_language=context("mail_language") or Deployment.mail_language,
        layers_dir=_folder(context("layers_dir"), Deployment.layers_dir),
        functions_dir=_folder(context("functions_dir"), Deployment.functions_dir),
    )


def _listed(asked: str) -> str:
    """A list as the functions read it: people write spaces behind commas."""
    return ",".join(each.strip() for each in asked.split(","))


def _switch(name: str, asked: str) -> bool:
    if asked.lower() not in {"", "true", "false"}:
        raise DeploymentError(f"{name}={asked}: use true or false")
    return asked.lower() == "true"


def _region(asked: str, *, sovereign: str) -> str:
    home = SOVEREIGN_REGION if sovereign.lower() == "true" else HOME_REGION
    if asked not in {"", home}:
        raise DeploymentError(
            f"region={asked}: this deployment stays in {home} (R19); "
            f"only -c sovereign=true moves it, to {SOVEREIGN_REGION}"
        )
    return home


def _directory(asked: str) -> NamedDirectory | None:
    try:
        return named_directory(asked)
    except DirectoryError as error:
        raise DeploymentError(f"directory={asked}: {error}") from error


def _folder(asked: str, default: Path) -> Path:
    return (ROOT / asked).resolve() if asked else default
