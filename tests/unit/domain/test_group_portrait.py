"""A portrait of several people needs all of them, channel by channel (R20)."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from beeldrecht.domain.channels import Channel, Verdict
from beeldrecht.domain.decisions import Facts, decide

from .facts import NOW, appearance, face, grant, picture

GROUP = ("ann", "bob", "clara", "dirk")
type Said = Mapping[str, frozenset[Channel]]


def portrait(said: Said) -> Facts:
    """A picture of these people, each of whom agreed to those channels."""
    faces = {person: face(f"f-{person}") for person in said}
    return Facts(
        picture(*faces.values()),
        tuple(appearance(each.face_id, person) for person, each in faces.items()),
        tuple(
            grant(person, channels=channels, grant_id=f"g-{person}")
            for person, channels in said.items()
            if channels
        ),
        (),
        (),
        (),
    )


@given(
    st.dictionaries(
        st.sampled_from(GROUP), st.frozensets(st.sampled_from(Channel)), min_size=2
    )
)
def test_r20_a_group_portrait_is_clear_where_all_who_are_portrayed_agreed(
    said: Said,
) -> None:
    verdicts = decide(portrait(said), NOW).per_channel
    for channel in Channel:
        everybody = all(channel in channels for channels in said.values())
        assert (verdicts[channel] is Verdict.CLEAR) is everybody, channel


def test_r20_one_face_that_nobody_named_holds_back_the_whole_portrait() -> None:
    everywhere = dict.fromkeys(GROUP, frozenset(Channel))
    facts = portrait(everywhere)
    unnamed = Facts(
        picture(*facts.asset.faces, face("f-somebody")),
        facts.appearances,
        facts.grants,
        (),
        (),
        (),
    )
    assert set(decide(facts, NOW).per_channel.values()) == {Verdict.CLEAR}
    assert Verdict.CLEAR not in decide(unnamed, NOW).per_channel.values()
