"""Everything a decision or a refusal can say has words, in both languages."""

import re
from enum import StrEnum

import pytest

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
from beeldrecht.domain.exports import ExportState, LeftOut
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
from beeldrecht.domain.messages import CATALOGUES, words
from beeldrecht.domain.metadata import MetadataRefusal, ModelRelease
from beeldrecht.domain.own_page import OwnPageNote
from beeldrecht.domain.packages import NotPacked, PackageRefusal, PackageState
from beeldrecht.domain.paper import PaperRefusal
from beeldrecht.domain.people import AppearanceStatus
from beeldrecht.domain.permits import PermitRefusal
from beeldrecht.domain.problems import Problem
from beeldrecht.domain.publications import (
    CopyUse,
    PublicationState,
    PublicationWay,
)
from beeldrecht.domain.recalls import RecallReason, RecallState
from beeldrecht.domain.request_decisions import RequestRefusal
from beeldrecht.domain.retention import RetentionKind, RetentionRefusal
from beeldrecht.domain.retention_runs import RunKind, RunRefusal, RunState
from beeldrecht.domain.search import Facet, Orientation, SearchOrder
from beeldrecht.domain.sessions import SessionRefusal
from beeldrecht.domain.shares import ShareRefusal, ShareState, ShareWay
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

SPOKEN: tuple[type[StrEnum], ...] = (
    FindingId,
    ExportState,
    LeftOut,
    Sight,
    AuditFindingId,
    ErasureReason,
    ErasureRefusal,
    ErasureState,
    PictureOutcome,
    Store,
    Holding,
    Erasing,
    DataCategory,
    PermitRefusal,
    Outcome,
    Verdict,
    Channel,
    Place,
    Problem,
    Role,
    AccountStatus,
    Operation,
    AccessRefusal,
    CollectionRefusal,
    ModelRelease,
    MetadataRefusal,
    VersionRefusal,
    ImportState,
    ImportRefusal,
    ReadySize,
    CropWay,
    CropRefusal,
    ProposalRefusal,
    ProposalStatus,
    TextOutcome,
    LeavingReason,
    ProofReason,
    GrantKind,
    GrantState,
    OwnPageNote,
    LinkPurpose,
    LinkState,
    AskProblem,
    AskRefusal,
    Delivery,
    AddressState,
    LegalBasisKind,
    PaperRefusal,
    RequestRefusal,
    Received,
    Identity,
    ToldBy,
    FreezeGround,
    FreezeRefusal,
    DisclosureKind,
    RecallState,
    CopyUse,
    NotPacked,
    PackageRefusal,
    PackageState,
    PublicationState,
    PublicationWay,
    RecallReason,
    ShareRefusal,
    ShareState,
    ShareWay,
    RetentionKind,
    RetentionRefusal,
    RunKind,
    RunRefusal,
    RunState,
    SubjectRequestKind,
    SubjectRequestState,
    BreachKind,
    BreachEvent,
    BreachState,
    BreachRefusal,
    RegisterKind,
    FormField,
    RecordState,
    GovernanceRefusal,
    MailKind,
    MailState,
    NotSent,
    SigningRefusal,
    BasisRefusal,
    SessionRefusal,
    Facet,
    Orientation,
    SearchOrder,
)
IDS = [each for enum in SPOKEN for each in enum]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_each_language_has_words_for_every_id_and_for_nothing_else(language: str) -> None:
    assert set(CATALOGUES[language]) == set(IDS)


def test_no_two_ids_share_their_value() -> None:
    # They are strings: two with one value would share one sentence.
    assert len({each.value for each in IDS}) == len(IDS)


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("message_id", IDS)
def test_words_are_one_or_two_short_sentences(message_id: StrEnum, language: str) -> None:
    said = words(message_id, language)
    sentences = re.findall(r"[A-Z][^.]*\.(?= |$)", said)
    assert " ".join(sentences) == said
    assert 1 <= len(sentences) <= 2
    assert len(said) <= 140


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize(
    "group",
    [
        FindingId,
        AuditFindingId,
        PermitRefusal,
        Outcome,
        AccessRefusal,
        CollectionRefusal,
        ProposalRefusal,
        AskProblem,
        AskRefusal,
        PaperRefusal,
        RequestRefusal,
        SigningRefusal,
        BasisRefusal,
        SessionRefusal,
    ],
)
def test_what_went_wrong_comes_with_what_to_do(
    group: type[StrEnum], language: str
) -> None:
    for message_id in group:
        assert words(message_id, language).count(". ") == 1, message_id


def test_different_ids_have_different_words_and_languages_differ() -> None:
    for catalogue in CATALOGUES.values():
        assert len(set(catalogue.values())) == len(catalogue)
    assert not set(CATALOGUES["en"].values()) & set(CATALOGUES["nl"].values())


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("nl-BE", "nl"),
        ("NL", "nl"),
        ("nl_NL", "nl"),
        ("en-GB", "en"),
        ("de", "en"),
        ("", "en"),
    ],
)
def test_an_unknown_language_is_answered_in_english(asked: str, answered: str) -> None:
    assert words(Verdict.CLEAR, asked) == CATALOGUES[answered][Verdict.CLEAR]


def test_english_is_spoken_when_no_language_is_named() -> None:
    assert words(FindingId.FACE_UNRESOLVED) == (
        "Nobody has said who this is. Link a person, or mark the face."
    )


def test_an_id_without_words_is_a_fault() -> None:
    with pytest.raises(KeyError):
        words(AppearanceStatus.CONFIRMED)


def test_a_reason_as_it_was_stored_finds_its_words() -> None:
    assert words(FindingId("grant_ended"), "nl").startswith(
        "De toestemming is afgelopen."
    )
