"""docs/glossary.md says what the domain is, and the domain is what it says."""

import importlib
import inspect
import pkgutil
import re
from enum import StrEnum
from pathlib import Path

import pytest

import beeldrecht.domain
from beeldrecht.domain.access import AccessRefusal, Operation, Role
from beeldrecht.domain.accounts import AccountStatus
from beeldrecht.domain.asking import AskProblem, AskRefusal
from beeldrecht.domain.audit_findings import AuditFindingId
from beeldrecht.domain.breaches import (
    BreachEvent,
    BreachKind,
    BreachRefusal,
    BreachState,
)
from beeldrecht.domain.channel_renditions import CropRefusal, CropWay, ReadySize
from beeldrecht.domain.channels import Channel, Place, Verdict
from beeldrecht.domain.collections import CollectionRefusal
from beeldrecht.domain.consent import GrantKind, GrantState
from beeldrecht.domain.consent_requests import Delivery
from beeldrecht.domain.contacts import AddressState
from beeldrecht.domain.decisions import FindingId, Outcome
from beeldrecht.domain.declarations import Sight
from beeldrecht.domain.disclosures import DisclosureKind
from beeldrecht.domain.erasure import (
    ErasureReason,
    ErasureRefusal,
    ErasureState,
    PictureOutcome,
    ProofReason,
)
from beeldrecht.domain.erasure_texts import LeavingReason, TextOutcome
from beeldrecht.domain.four_eyes import ProposalRefusal, ProposalStatus
from beeldrecht.domain.freezing import FreezeGround, FreezeRefusal
from beeldrecht.domain.governance import (
    FormField,
    GovernanceRefusal,
    RecordState,
    RegisterKind,
)
from beeldrecht.domain.imports import ImportRefusal, ImportState
from beeldrecht.domain.legal_bases import BasisRefusal, LegalBasisKind
from beeldrecht.domain.links import LinkPurpose, LinkState
from beeldrecht.domain.mails import MailKind, MailState, NotSent
from beeldrecht.domain.messages import words
from beeldrecht.domain.metadata import MetadataRefusal, ModelRelease
from beeldrecht.domain.own_page import OwnPageNote
from beeldrecht.domain.packages import NotPacked, PackageRefusal, PackageState
from beeldrecht.domain.paper import PaperRefusal
from beeldrecht.domain.permits import PermitRefusal
from beeldrecht.domain.problems import Problem
from beeldrecht.domain.recalls import RecallReason, RecallState
from beeldrecht.domain.request_decisions import RequestRefusal
from beeldrecht.domain.retention import RetentionKind, RetentionRefusal
from beeldrecht.domain.retention_runs import RunKind, RunRefusal, RunState
from beeldrecht.domain.signing import SigningRefusal
from beeldrecht.domain.stores import DataCategory, Erasing, Holding, Store
from beeldrecht.domain.subject_requests import (
    Identity,
    Received,
    SubjectRequestKind,
    SubjectRequestState,
    ToldBy,
)
from beeldrecht.domain.versions import VersionRefusal

PAGE = (Path(__file__).parents[2] / "docs/glossary.md").read_text("utf-8")
MODULES = {
    each.name: importlib.import_module(f"beeldrecht.domain.{each.name}")
    for each in pkgutil.iter_modules(beeldrecht.domain.__path__)
}
VALUE_TABLES: dict[str, type[StrEnum]] = {
    "Findings": FindingId,
    "Audit findings": AuditFindingId,
    "Refusals": PermitRefusal,
    "Outcomes": Outcome,
    "Verdicts": Verdict,
    "Channels": Channel,
    "Places": Place,
    "Problems": Problem,
    "Account statuses": AccountStatus,
    "Roles": Role,
    "Operations": Operation,
    "Access refusals": AccessRefusal,
    "Collection refusals": CollectionRefusal,
    "Ready sizes": ReadySize,
    "Crop ways": CropWay,
    "Crop refusals": CropRefusal,
    "Model releases": ModelRelease,
    "Sights": Sight,
    "Version refusals": VersionRefusal,
    "Imports": ImportState,
    "Import refusals": ImportRefusal,
    "Metadata refusals": MetadataRefusal,
    "Proposal refusals": ProposalRefusal,
    "Proposal statuses": ProposalStatus,
    "Grant kinds": GrantKind,
    "Grant states": GrantState,
    "Package states": PackageState,
    "Left out of a package": NotPacked,
    "Package refusals": PackageRefusal,
    "Own page notes": OwnPageNote,
    "Link purposes": LinkPurpose,
    "Link states": LinkState,
    "Ways of asking": Delivery,
    "Address states": AddressState,
    "Ask problems": AskProblem,
    "Ask refusals": AskRefusal,
    "Paper refusals": PaperRefusal,
    "Legal bases": LegalBasisKind,
    "Subject request kinds": SubjectRequestKind,
    "Subject request states": SubjectRequestState,
    "Ways of receiving": Received,
    "Identity checks": Identity,
    "Ways of telling": ToldBy,
    "Freeze grounds": FreezeGround,
    "Freeze refusals": FreezeRefusal,
    "Request refusals": RequestRefusal,
    "Signing refusals": SigningRefusal,
    "Retention kinds": RetentionKind,
    "Retention refusals": RetentionRefusal,
    "Retention run kinds": RunKind,
    "Retention run states": RunState,
    "Retention run refusals": RunRefusal,
    "Basis refusals": BasisRefusal,
    "Erasure states": ErasureState,
    "Erasure reasons": ErasureReason,
    "Erasure refusals": ErasureRefusal,
    "Picture outcomes": PictureOutcome,
    "Proof reasons": ProofReason,
    "Text outcomes": TextOutcome,
    "Leaving reasons": LeavingReason,
    "Breach kinds": BreachKind,
    "Breach events": BreachEvent,
    "Breach states": BreachState,
    "Breach refusals": BreachRefusal,
    "Registers": RegisterKind,
    "Questions of the registers": FormField,
    "Record states": RecordState,
    "Governance refusals": GovernanceRefusal,
    "Mail kinds": MailKind,
    "Mail states": MailState,
    "Not sent": NotSent,
    "Disclosure kinds": DisclosureKind,
    "Recall states": RecallState,
    "Recall reasons": RecallReason,
    "Stores": Store,
    "Holdings": Holding,
    "Ways of erasing": Erasing,
    "Data categories": DataCategory,
}
# The words that every page, name and test of this house must use alike.
HOUSE_WORDS = {
    "appearance",
    "asset",
    "channel",
    "decision",
    "disclosure",
    "embargo",
    "erasure",
    "face",
    "finding",
    "grant",
    "original",
    "outcome",
    "permit",
    "person",
    "place",
    "quitclaim",
    "recall",
    "receipt",
    "release",
    "rendition",
    "restriction",
    "roster",
    "session",
    "template",
    "upright pixels",
    "verdict",
    "withdrawal",
    "wording",
}


def rows_of(section: str) -> list[list[str]]:
    """The cells of every row of a section's table, its heading left out."""
    body = section.split("\n", 1)[1]
    lines = [line for line in body.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


SECTIONS = {each.split("\n", 1)[0]: each for each in PAGE.split("\n## ")}
TERMS = [
    row
    for title, section in SECTIONS.items()
    if title not in VALUE_TABLES and "| Term |" in section
    for row in rows_of(section)
]
CODE_NAMES = [name for row in TERMS for name in re.findall(r"`([^`]+)`", row[2])]


def public_types() -> list[str]:
    return [
        f"{module_name}.{name}"
        for module_name, module in MODULES.items()
        for name, found in vars(module).items()
        if inspect.isclass(found)
        and found.__module__ == module.__name__
        and not name.startswith("_")
    ]


@pytest.mark.parametrize("name", public_types())
def test_every_public_type_of_the_domain_stands_in_the_glossary(name: str) -> None:
    assert name in CODE_NAMES


@pytest.mark.parametrize("name", CODE_NAMES)
def test_every_code_name_in_the_glossary_exists(name: str) -> None:
    module_name, *path = name.split(".")
    found: object = MODULES[module_name]
    assert path, "a module is not a thing"
    for part in path:
        assert hasattr(found, part), name
        found = getattr(found, part)


@pytest.mark.parametrize("row", TERMS, ids=lambda row: row[0])
def test_every_term_says_what_it_is_in_dutch_too_and_whose_word_it_is(
    row: list[str],
) -> None:
    assert len(row) == 5
    assert all(row)
    assert row[3].endswith(".")


@pytest.mark.parametrize("title", VALUE_TABLES)
def test_every_value_stands_there_with_the_words_of_the_catalogue(title: str) -> None:
    assert rows_of(SECTIONS[title]) == [
        [f"`{each.value}`", words(each, "en"), words(each, "nl")]
        for each in VALUE_TABLES[title]
    ]


@pytest.mark.parametrize(
    "kind",
    [
        found
        for module in MODULES.values()
        for found in vars(module).values()
        if inspect.isclass(found)
        and issubclass(found, StrEnum)
        and found.__module__ == module.__name__
    ],
)
def test_every_value_of_every_enumeration_is_named(kind: type[StrEnum]) -> None:
    in_values = {row[0] for title in VALUE_TABLES for row in rows_of(SECTIONS[title])}
    name = f"`{kind.__module__.rsplit('.', 1)[1]}.{kind.__qualname__}`"
    told = " ".join(row[3] for row in TERMS if name in row[2])
    for each in kind:
        value = f"`{each.value}`"
        assert value in told or (kind in VALUE_TABLES.values() and value in in_values)


def test_each_word_stands_for_one_thing() -> None:
    terms = [row[0] for row in TERMS]
    assert len(set(terms)) == len(terms)


def test_the_words_of_the_house_are_explained() -> None:
    assert {row[0] for row in TERMS} >= HOUSE_WORDS
