"""Recognition goes as far as somebody switched it, as long as its assessment holds."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beeldrecht.domain.permits import (
    Assessment,
    PermitRefusal,
    PermitRefusedError,
    RecognitionMode,
)
from beeldrecht.domain.recognition import (
    RecognitionSetting,
    effective_mode,
    reach,
    recognises,
    switched,
)
from beeldrecht.domain.time import Period
from tests.unit.domain.situations import NOW

OFF, DETECT, CLOSED, ENROLLED = RecognitionMode
TICK = timedelta(microseconds=1)
START, END = NOW - timedelta(days=1), NOW + timedelta(days=1)
DPIA = Assessment("dpia", signed_by="officer", period=Period(START, END))
ENDLESS = replace(DPIA, period=Period(START, None))
UNSIGNED = replace(DPIA, signed_by="")


def test_nothing_on_record_means_detecting() -> None:
    assert RecognitionSetting().mode is DETECT
    assert effective_mode(RecognitionSetting(), NOW) is DETECT


def test_modes_are_ordered_by_how_far_they_go() -> None:
    assert sorted(RecognitionMode, key=reach) == [OFF, DETECT, CLOSED, ENROLLED]
    assert [mode for mode in RecognitionMode if recognises(mode)] == [CLOSED, ENROLLED]


@pytest.mark.parametrize("mode", [CLOSED, ENROLLED])
def test_r18_no_recognition_without_a_signed_assessment_in_force(
    mode: RecognitionMode,
) -> None:
    for assessment, at, reason in (
        (None, NOW, PermitRefusal.NO_ASSESSMENT),
        (UNSIGNED, NOW, PermitRefusal.NO_ASSESSMENT),
        (ENDLESS, NOW, PermitRefusal.NO_ASSESSMENT),
        (DPIA, START - TICK, PermitRefusal.ASSESSMENT_LAPSED),
        (DPIA, END, PermitRefusal.ASSESSMENT_LAPSED),
    ):
        with pytest.raises(PermitRefusedError) as caught:
            switched(RecognitionSetting(), mode, assessment, "officer", at)
        assert caught.value.reason is reason
        recorded = RecognitionSetting(mode, assessment)
        assert effective_mode(recorded, at) is DETECT


@pytest.mark.parametrize("mode", [CLOSED, ENROLLED])
def test_r18_recognition_ends_at_the_instant_its_assessment_does(
    mode: RecognitionMode,
) -> None:
    setting = switched(RecognitionSetting(revision=4), mode, DPIA, "officer", NOW)
    assert setting == RecognitionSetting(mode, DPIA, "officer", NOW, revision=4)
    told = {at: effective_mode(setting, at) for at in (START, NOW, END - TICK)}
    assert set(told.values()) == {mode}
    for at in (START - TICK, END, END + timedelta(days=999)):
        assert effective_mode(setting, at) is DETECT


@pytest.mark.parametrize("mode", [OFF, DETECT])
def test_going_back_asks_for_nothing_and_names_no_assessment(
    mode: RecognitionMode,
) -> None:
    on = switched(RecognitionSetting(), ENROLLED, DPIA, "officer", NOW)
    for assessment in (None, UNSIGNED, DPIA):
        back = switched(on, mode, assessment, "editor", END)
        assert back == RecognitionSetting(mode, None, "editor", END)
        assert effective_mode(back, NOW) is mode


@given(
    st.sampled_from(RecognitionMode),
    st.sampled_from([None, DPIA, ENDLESS, UNSIGNED]),
    st.sampled_from([START - TICK, START, NOW, END - TICK, END]),
)
def test_what_is_in_effect_never_goes_further_than_what_was_recorded(
    mode: RecognitionMode, assessment: Assessment | None, at: datetime
) -> None:
    setting = RecognitionSetting(mode, assessment)
    effective = effective_mode(setting, at)
    assert effective is mode or (effective is DETECT and recognises(mode))
