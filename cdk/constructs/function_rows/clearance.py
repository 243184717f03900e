"""Deciding what may leave."""

from cdk.constructs.function_model import (
    FunctionSpec,
    OnSchedule,
    OnState,
    Setting,
    Stage,
)

from .common import BASE, EVERYWHERE

ROWS: tuple[FunctionSpec, ...] = (
    FunctionSpec(
        stage=Stage.CLEARANCE,
        folder="check_permit",
        does="Says whether a live permit lets this asset be compared with anybody.",
        trigger=OnState(),
        layers=BASE,
        settings=EVERYWHERE | {Setting.LIBRARY_TABLE, Setting.CONSENT_TABLE},
        memory_mib=512,
        timeout_seconds=10,
    ),
    FunctionSpec(
        stage=Stage.CLEARANCE,
        folder="check_consent",
        does="Decides anew what the consent of everybody in this asset allows.",
        trigger=OnState(),
        layers=BASE,
        settings=EVERYWHERE
        | {Setting.LIBRARY_TABLE, Setting.CONSENT_TABLE, Setting.AUDIT_TABLE},
        memory_mib=512,
        timeout_seconds=15,
    ),
    FunctionSpec(
        stage=Stage.CLEARANCE,
        folder="sweep_decisions",
        does="Has every asset decided anew whose decision may have aged.",
        # Five past each hour holds Amsterdam's 00:05, when grants end, on every day of
        # the year; the other hours catch what that one missed.
        trigger=OnSchedule(minute=5),
        reserved=1,
        layers=BASE,
        settings=EVERYWHERE | {Setting.LIBRARY_TABLE, Setting.CLEAR_ASSET_ARN},
        memory_mib=512,
        timeout_seconds=30,
    ),
)
