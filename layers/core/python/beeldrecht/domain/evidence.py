"""What shows that each promise is kept: its passing tests, and what is deployed.

A promise without any proof is as red as one whose proof failed: unknown means no.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

_ROW = re.compile(r"(?:^|::)test_r(\d{2})_")


@dataclass(frozen=True, slots=True)
class Requirement:
    """One row of the promises: what the law asks, in one sentence."""

    row: str
    basis: str
    """The articles it comes from."""
    english: str
    dutch: str


_R: Final = Requirement
REQUIREMENTS: Final[tuple[Requirement, ...]] = (
    _R(
        "R1",
        "GDPR 4(14), 9, 25(2)",
        "A fresh deployment computes no template of anybody.",
        "Een verse installatie berekent van niemand een sjabloon.",
    ),
    _R(
        "R2",
        "GDPR 7(2), 7(4), 9(2)",
        "A template is computed under a live permit alone.",
        "Een sjabloon wordt alleen met een geldig verlof berekend.",
    ),
    _R(
        "R3",
        "GDPR 6",
        "Every use has a legal basis; a public body has no interest of its own.",
        "Elk gebruik heeft een grondslag; een overheid heeft geen eigen belang.",
    ),
    _R(
        "R4",
        "GDPR 5(2), 7(1)",
        "A consent proves who, which words, when, how, for what and how long.",
        "Een toestemming bewijst wie, welke tekst, wanneer, hoe, waarvoor en hoe lang.",
    ),
    _R(
        "R5",
        "GDPR 7(3)",
        "Withdrawing is as easy as giving, and counts at the next request.",
        "Intrekken is zo makkelijk als geven, en telt bij het volgende verzoek.",
    ),
    _R(
        "R6",
        "GDPR 8; UAVG 5",
        "A guardian signs for who is too young; at the birthday it is asked anew.",
        "Een ouder tekent voor wie te jong is; bij de verjaardag wordt opnieuw gevraagd.",
    ),
    _R(
        "R7",
        "GDPR 12(3)",
        "Every request has a clock, with reminders and logged extensions.",
        "Elk verzoek heeft een klok, met herinneringen en vastgelegd uitstel.",
    ),
    _R(
        "R8",
        "GDPR 13, 14",
        "The notice is shown before signing, and its version is kept.",
        "De informatie staat voor het tekenen, en haar versie wordt bewaard.",
    ),
    _R(
        "R9",
        "GDPR 15, 20",
        "An export holds everything that is on record about somebody.",
        "Een export bevat alles wat over iemand is vastgelegd.",
    ),
    _R(
        "R10",
        "GDPR 16, 18",
        "A wrong tag is corrected; what is restricted is frozen and kept.",
        "Een foute naam wordt hersteld; wat beperkt is, is bevroren en bewaard.",
    ),
    _R(
        "R11",
        "GDPR 17",
        "Erasure reaches every store and every backup, with a certificate.",
        "Wissen bereikt elke opslag en elke back-up, met een certificaat.",
    ),
    _R(
        "R12",
        "GDPR 19",
        "Who received a copy is told of withdrawal and erasure.",
        "Wie een kopie kreeg, hoort van intrekking en wissing.",
    ),
    _R(
        "R13",
        "GDPR 21",
        "An objection freezes until it is decided.",
        "Een bezwaar bevriest tot er is beslist.",
    ),
    _R(
        "R14",
        "GDPR 22",
        "Software may restrict; only a person releases.",
        "Software mag beperken; alleen een mens geeft vrij.",
    ),
    _R(
        "R15",
        "GDPR 28, 30",
        "The registers are made from what is deployed.",
        "De registers komen uit wat is geïnstalleerd.",
    ),
    _R(
        "R16",
        "GDPR 32",
        "Least privilege, encryption, and a log in which every change shows.",
        "Minimale rechten, versleuteling, en een logboek waarin elke wijziging blijkt.",
    ),
    _R(
        "R17",
        "GDPR 33, 34",
        "A breach drill gives people, data, the 72-hour clock and its drafts.",
        "Een oefening geeft mensen, gegevens, de klok van 72 uur en de concepten.",
    ),
    _R(
        "R18",
        "GDPR 35",
        "Recognition takes a signed DPIA, and is off once that lapses.",
        "Herkenning vraagt een getekende DPIA, en is uit zodra die verloopt.",
    ),
    _R(
        "R19",
        "GDPR 44-49",
        "Everything stays in one Region of the EU.",
        "Alles blijft in één regio van de EU.",
    ),
    _R(
        "R20",
        "Auteurswet 19-21; KUG 22",
        "A portrait needs all who are portrayed, or the relatives of who has died until"
        " ten years after; it is used nowhere that an interest was found against.",
        "Een portret vraagt iedereen die is afgebeeld, of tot tien jaar na een overlijden"
        " de nabestaanden; het wordt nergens gebruikt waar een belang zich verzet.",
    ),
    _R(
        "R21",
        "AI Act 5",
        "Pictures of the public web never feed recognition.",
        "Foto's van het openbare web voeden herkenning nooit.",
    ),
    _R(
        "R22",
        "AI Act 12, 14(5)",
        "Each recognition is logged, and confirmed by two people.",
        "Elke herkenning staat in het logboek, en twee mensen bevestigen haar.",
    ),
    _R(
        "R23",
        "AI Act 26",
        "Logs are kept at least six months, and no longer than was set.",
        "Logboeken worden minstens een half jaar bewaard, en niet langer dan ingesteld.",
    ),
)


@dataclass(frozen=True, slots=True)
class TestRun:
    """What came of one test, the last time that it ran."""

    __test__ = False

    name: str
    outcome: str
    """`passed`, `failed` or `skipped`, as the test run says it."""
    commit: str
    at: str


@dataclass(frozen=True, slots=True)
class LiveSetting:
    """One setting as it is deployed, beside what it has to be."""

    rows: tuple[str, ...]
    """The promises that it carries."""
    what: str
    expected: str
    found: str

    @property
    def ok(self) -> bool:
        """Whether it is what it has to be."""
        return self.expected == self.found


@dataclass(frozen=True, slots=True)
class RowProof:
    """What shows that one promise is kept, or that it is not."""

    requirement: Requirement
    tests: tuple[TestRun, ...]
    settings: tuple[LiveSetting, ...]

    @property
    def faults(self) -> tuple[str, ...]:
        """What is wrong with it, in the order in which one would look."""
        failed = [f"{t.name}: {t.outcome}" for t in self.tests if t.outcome == "failed"]
        drifted = [
            f"{s.what}: {s.found}, and not {s.expected}"
            for s in self.settings
            if not s.ok
        ]
        passed = any(test.outcome == "passed" for test in self.tests)
        shown = passed or failed or self.settings
        return (*failed, *drifted, *([] if shown else ["nothing shows it"]))

    @property
    def ok(self) -> bool:
        """Whether something shows it, and nothing speaks against it."""
        return not self.faults


@dataclass(frozen=True, slots=True)
class Evidence:
    """Every promise with what shows it, at one instant."""

    at: datetime
    rows: tuple[RowProof, ...]

    @property
    def ok(self) -> bool:
        """Whether every promise is shown to be kept."""
        return all(row.ok for row in self.rows)


def row_of(test: str) -> str | None:
    """The promise that a test is named after: `…::test_r05_…` is `R5`."""
    found = _ROW.search(test)
    return f"R{int(found[1])}" if found else None


def gathered(
    tests: Iterable[TestRun], settings: Iterable[LiveSetting], at: datetime
) -> Evidence:
    """Every promise with its own tests and settings; what is of no row is left out."""
    runs: dict[str, list[TestRun]] = {}
    for test in tests:
        runs.setdefault(row_of(test.name) or "", []).append(test)
    live = tuple(settings)
    return Evidence(
        at,
        tuple(
            RowProof(
                each,
                tuple(sorted(runs.get(each.row, []), key=lambda t: t.name)),
                tuple(s for s in live if each.row in s.rows),
            )
            for each in REQUIREMENTS
        ),
    )


SERVICES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "AWS::ApiGatewayV2": "Amazon API Gateway",
        "AWS::CloudWatch": "Amazon CloudWatch",
        "AWS::Cognito": "Amazon Cognito",
        "AWS::DynamoDB": "Amazon DynamoDB",
        "AWS::KMS": "AWS Key Management Service",
        "AWS::Lambda": "AWS Lambda",
        "AWS::Logs": "Amazon CloudWatch Logs",
        "AWS::S3": "Amazon S3",
        "AWS::SES": "Amazon Simple Email Service",
        "AWS::SNS": "Amazon Simple Notification Service",
        "AWS::SQS": "Amazon Simple Queue Service",
        "AWS::Scheduler": "Amazon EventBridge Scheduler",
        "AWS::StepFunctions": "AWS Step Functions",
    }
)
"""The services that process data, by the beginning of what the stacks call them."""


def services_of(kinds: Iterable[str]) -> tuple[str, ...]:
    """The services that process data, from the kinds of resources that are deployed."""
    there = {"::".join(kind.split("::")[:2]) for kind in kinds}
    return tuple(name for kind, name in SERVICES.items() if kind in there)
