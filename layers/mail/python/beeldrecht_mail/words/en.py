"""English."""

from datetime import date, time

from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.mails import MailKind
from beeldrecht.domain.signing import Relation, SignatureKind

from . import officers, rights_en
from .model import CopyWords, Language, MailWords, Variant

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _clock(at: time) -> str:
    return f"{at:%H:%M}"


_PLAIN = Variant.PLAIN
_MAILS = {
    (MailKind.ASK, _PLAIN): MailWords(
        subject="May we use pictures of you? {title}",
        preview="You choose what for. Refusing has no consequences.",
        heading="May we use pictures of you?",
        before=(
            (
                "We would like to use pictures in which you can be recognised. That is"
                " up to you: you choose for each kind of use, and refusing has no"
                " consequences."
            ),
            "It is about: {title}. Responsible: {controller}",
            "You can answer until {day}. It takes less than a minute, on your phone too.",
        ),
        button="Read and choose",
        after=(
            (
                "If you do nothing, we do not use pictures in which you can be"
                " recognised on this ground."
            ),
        ),
    ),
    (MailKind.REMIND, _PLAIN): MailWords(
        subject="Reminder: may we use pictures of you? {title}",
        preview="We asked you before. You can answer until {day}.",
        heading="We have not heard from you yet",
        before=(
            (
                "We asked you whether we may use pictures in which you can be recognised."
                " You have not answered yet, and you need not."
            ),
            "It is about: {title}. Responsible: {controller}",
            (
                "You can answer until {day}. After that our question ends; we do not send"
                " another reminder."
            ),
        ),
        button="Read and choose",
        after=(
            (
                "If you do nothing, we do not use pictures in which you can be"
                " recognised on this ground."
            ),
        ),
    ),
    (MailKind.COPY, _PLAIN): MailWords(
        subject="Your copy: {title}",
        preview="What you signed is attached. You can change it at any time.",
        heading="This is what you signed",
        before=(
            (
                "On {signed} you signed “{title}”. The document is attached; keep it if"
                " you like."
            ),
            (
                "On your own page you see what you agreed to and where pictures of you"
                " are used. You can change it, take it back or object there, at any"
                " time and without giving a reason."
            ),
        ),
        button="Open your own page",
        after=("The link works until {day}.",),
    ),
    (MailKind.RENEW, _PLAIN): MailWords(
        subject="Your consent ends on {day}: {title}",
        preview="One tap extends it. If you do nothing, it ends.",
        heading="Your consent ends on {day}",
        before=(
            (
                "On {signed} you agreed to “{title}”. {day} is the last day on which that"
                " counts, for: {channels}."
            ),
            (
                "If you want, you extend it with one tap, for the same uses. If you do"
                " nothing it ends, and we take the pictures down."
            ),
        ),
        button="Extend or change",
        after=("You need no account, and you can take it back at any time.",),
    ),
    (MailKind.ENDED, _PLAIN): MailWords(
        subject="Your consent has ended: {title}",
        preview="We no longer use these pictures. You need not do anything.",
        heading="Your consent has ended",
        before=(
            (
                "{day} was the last day of what you agreed to under “{title}”, for:"
                " {channels}. We no longer use pictures of you there on that ground."
            ),
            (
                "You need not do anything. On your own page you see everything, and"
                " you can agree again if you like."
            ),
        ),
        button="Open your own page",
        after=("The link works until {link_day}.",),
    ),
    (MailKind.COMES_OF_AGE, _PLAIN): MailWords(
        subject="Now it is up to you: pictures of {person_or_you}",
        preview="A parent or guardian decided until now. From now on you do.",
        heading="Now it is up to you",
        before=(
            (
                "Until now a parent or guardian decided whether we may use pictures of"
                " {person_or_you}. From {day} on the person in the pictures decides,"
                " and what was agreed before has ended."
            ),
            (
                "If you are that person: will you look at it, and choose for yourself? If"
                " you are the parent or guardian: will you pass this mail on?"
            ),
        ),
        button="Read and choose",
        after=("If you do nothing, we no longer use those pictures on this ground.",),
    ),
    (MailKind.WITHDRAWN, _PLAIN): MailWords(
        subject="You took your consent back",
        preview="It counts at once. This is your confirmation.",
        heading="You took your consent back",
        before=(
            (
                "On {at} you took back: {channels}. It counts at once: we no longer use"
                " pictures of you for that on this ground, and tell whoever received them"
                " from us."
            ),
            (
                "What was used before remains lawful; what is printed cannot be called"
                " back. That you had agreed stays on record, as proof."
            ),
        ),
        button="Open your own page",
        after=("Was this not you? Then reply to this mail.",),
    ),
    (MailKind.OBJECTION, Variant.RECEIVED): MailWords(
        subject="We received your objection",
        preview="Your pictures are frozen until it is decided.",
        heading="We received your objection",
        before=(
            (
                "On {at} we received your objection to the use of pictures of you. As"
                " long as it is not decided we do not use them; they are kept and"
                " frozen."
            ),
            "You get an answer by {day} at the latest.",
        ),
        button="Open your own page",
    ),
    (MailKind.OBJECTION, Variant.UPHELD): MailWords(
        subject="Your objection was upheld",
        preview="We no longer use these pictures.",
        heading="Your objection was upheld",
        before=(
            (
                "On {at} we decided on your objection of {asked}: you are right. We no"
                " longer use pictures of you."
            ),
        ),
        button="Open your own page",
    ),
    (MailKind.OBJECTION, Variant.DISMISSED): MailWords(
        subject="About your objection",
        preview="We decided, with a reason.",
        heading="We did not uphold your objection",
        before=(
            (
                "On {at} we decided on your objection of {asked}. We do not uphold it,"
                " because: {reason}"
            ),
            (
                "If you disagree, reply to this mail. You can also complain to the data"
                " protection authority of your country, or go to court."
            ),
        ),
        button="Open your own page",
    ),
    (MailKind.RECALL, _PLAIN): MailWords(
        subject="Please remove a picture ({asset})",
        preview="It may no longer be used as you received it.",
        heading="Please stop using this picture",
        before=(
            (
                "You fetched picture {asset} from the picture library. Since {at} it"
                " may no longer be used for: {channels}."
            ),
            (
                "Remove it where you placed it, delete your copies, and tell whoever"
                " you gave it to. The law asks us to tell you (GDPR, article 19)."
            ),
            "Then let us know. Without an answer we ask again in a week.",
        ),
        button="Look, and say that it is removed",
        after=(
            "The link works until {day}.",
            "Is it not possible, in print for example? Then reply to this mail.",
        ),
    ),
    (MailKind.RECALL_REMINDER, _PLAIN): MailWords(
        subject="Reminder: please remove a picture ({asset})",
        preview="We have not heard yet that it is gone.",
        heading="Is this picture gone?",
        before=(
            (
                "We asked you to stop using picture {asset} for: {channels}. We have"
                " not heard yet that it is gone."
            ),
            (
                "Remove it where you placed it, delete your copies, and tell whoever"
                " you gave it to (GDPR, article 19)."
            ),
        ),
        button="Look, and say that it is removed",
        after=(
            "The link works until {day}.",
            "Is it not possible, in print for example? Then reply to this mail.",
        ),
    ),
    (MailKind.DIGEST, _PLAIN): MailWords(
        subject="Pictures that go dark soon",
        preview="What ends in the coming {days} days.",
        heading="What goes dark in the coming {days} days",
        before=(
            (
                "The consent behind these pictures ends on or before {day}. Whoever is in"
                " them was asked to renew; without an answer they can no longer be used."
            ),
        ),
        button="Open the picture library",
    ),
    (MailKind.REQUEST_RECEIVED, Variant.EXPORT): MailWords(
        subject="We received your request for your data",
        preview="You get an answer by {day} at the latest.",
        heading="We received your request",
        before=(
            (
                "On {at} you asked for a copy of everything we have about you. You get an"
                " answer by {day} at the latest, free of charge."
            ),
        ),
        button="Open your own page",
    ),
    (MailKind.REQUEST_RECEIVED, Variant.ERASURE): MailWords(
        subject="We received your request for erasure",
        preview="You get an answer by {day} at the latest.",
        heading="We received your request",
        before=(
            (
                "On {at} you asked us to erase what we have about you. You get an"
                " answer by {day} at the latest, free of charge."
            ),
        ),
        button="Open your own page",
    ),
    (MailKind.ERASED, Variant.PLAIN): MailWords(
        subject="Your data is being erased",
        preview="What you asked for is being done now.",
        heading="Your data is being erased",
        before=(
            (
                "You asked us to erase what we have about you. We are doing that now:"
                " your name and address, what you signed and the pictures you are in."
                " In pictures with others you are covered for good."
            ),
            (
                "Once it is done, the button leads to a signed proof: what was"
                " removed where, what has to stay and why. Anybody can check that it"
                " is genuine."
            ),
        ),
        button="Open the proof",
        after=(
            (
                "The number is {number}. The link works up to and including {day};"
                " keep the proof yourself."
            ),
            ("This is our last message: after it we no longer have your address."),
        ),
    ),
    (MailKind.SHARE, Variant.PLAIN): MailWords(
        subject="Pictures for you",
        preview="You can see them until {day}.",
        heading="Pictures for you",
        before=(
            (
                "Somebody shares pictures with you ({count}). They are for you"
                " alone: who is in them agreed to a use, and not to more."
            ),
        ),
        button="See the pictures",
        after=(
            (
                "The link works up to and including {day}. If a password came"
                " with it, you got that in another way."
            ),
            (
                "Who is in a picture may take consent back. Then it is not"
                " available any more, and we ask you to remove your copies."
            ),
        ),
    ),
    (MailKind.EXPORT_READY, Variant.PLAIN): MailWords(
        subject="Your data is ready",
        preview="You can fetch it until {day}.",
        heading="Your data is ready",
        before=(
            (
                "You asked for a copy of everything we have about you. It is ready"
                " now: one file with your data, what you signed and the pictures you"
                " are in. Other people in those pictures are covered."
            ),
        ),
        button="Fetch your data",
        after=(
            (
                "You can fetch it up to and including {day}. After that we remove the"
                " file; you can always ask for a new one."
            ),
        ),
    ),
}

LANGUAGE = Language(
    code="en",
    day=_day,
    clock=_clock,
    greeting="Dear {name},",
    greeting_nobody="Hello,",
    about_person="This is about {person}.",
    address="If the button does not work, open this address:",
    legal_notice=(
        "This is a legal notice about the use of pictures, not advertising. One-click"
        " unsubscribe does not apply to it. It holds no trackers and loads nothing from"
        " elsewhere."
    ),
    private="The link is meant for you alone: do not pass this mail on.",
    sender="Sent by the picture library of {organisation}.",
    channels={
        Channel.WEBSITE: "website",
        Channel.SOCIAL: "social media",
        Channel.INTRANET: "intranet",
        Channel.PRINT: "print",
        Channel.PRESS: "press",
        Channel.PAID: "paid advertising",
    },
    places={
        Place.NETHERLANDS: "the Netherlands",
        Place.EUROPEAN_UNION: "the European Union",
        Place.WORLD: "worldwide",
    },
    mails={**_MAILS, **rights_en.MAILS, **officers.ENGLISH},
    kinds=rights_en.KINDS,
    asked=rights_en.ASKED,
    due=rights_en.DUE,
    counted={"picture": "{channel}: {count} pictures", "one": "{channel}: 1 picture"},
    copy=CopyWords(
        title="Signed copy",
        subtitle="What was shown, chosen and signed",
        wording="Wording",
        purpose="What it is for",
        controller="Responsible",
        notice="What was told before signing",
        choices="Choices",
        yes="Yes",
        no="No",
        until="through {day}",
        no_end="until taken back",
        image="Use of pictures",
        portrait="Portrait agreement",
        biometric="Recognition by software",
        compensation="Compensation",
        signer="Signed by",
        name="Name",
        guardian="Signed for this person by {name} ({relation})",
        relations={Relation.PARENT: "parent", Relation.GUARDIAN: "guardian"},
        signature="Signature",
        signatures={
            SignatureKind.TYPED: "typed name",
            SignatureKind.DRAWN: "drawn",
            SignatureKind.PAPER: "on paper; the form was scanned",
            SignatureKind.CLICK: "confirmed on one's own page",
        },
        evidence="Evidence",
        signed_at="Signed on",
        signed_on="Asked by",
        ways={
            "link": "a link in a mail",
            "qr": "a code at a session",
            "tablet": "a device of the organisation",
            "paper": "a paper form",
        },
        network="Network (shortened)",
        agent="Browser and system",
        photographer="Photographer",
        document="Document",
        replaces="Replaces document",
        digest="SHA-256 of the wording as shown",
        attached=(
            "Inside this file are the wording exactly as it was shown (wording.json,"
            " whose SHA-256 stands above) and the evidence as it was recorded"
            " (evidence.json)."
        ),
        unknown="not recorded",
    ),
)
