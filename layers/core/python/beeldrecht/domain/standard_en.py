"""The standard wording in English."""

from typing import Final

from .wordings import WordingText

TEXT: Final = WordingText(
    title="Pictures of you",
    purpose=(
        "We take photographs and films to show who we are and what we do. You may be in"
        " them. We would like to know what you agree to."
    ),
    controller="{controller}, {contact}",
    notice=(
        (
            "{controller} is responsible for the pictures and for what you fill in here."
            " For questions, and for our data protection officer, write to {contact}."
        ),
        (
            "We use pictures to inform people about our work, through the channels that"
            " you choose below, and for nothing else. We rest on your consent for this;"
            " on a contract, if you also sign the portrait agreement. Saying no has no"
            " consequences for you, now or later, and you may say yes to one thing and no"
            " to another."
        ),
        (
            "Pictures are seen by whoever looks at the channels that you choose. On the"
            " website, on social media and in the press that can be anybody in the world,"
            " and others may copy them. Companies that run social media keep pictures"
            " outside the European Union as well, under their own terms. Who works with"
            " the pictures for us does so by contract, inside the European Union."
        ),
        (
            "How long it holds stands beside each choice. After that we no longer use the"
            " pictures there, unless you renew. You are reminded in time. What was"
            " printed before cannot be called back."
        ),
        (
            "With your signature we keep your name, your e-mail address if you give it,"
            " your date of birth if you are young, the time, your choices, and a"
            " shortened network address and the kind of browser. They prove what you"
            " agreed to. We keep that proof for as long as we may have to show it."
        ),
        (
            "You can take back your consent at any time, on your own page, in as few"
            " steps as you gave it. We then stop at once. What happened before remains"
            " lawful. You also see there which pictures of you there are and where they"
            " were used."
        ),
        (
            "You can ask us to see, correct, erase or hand over what we have of you, or"
            " to use it less, and you can object to its use. We answer within a month."
        ),
        "No decision about you is made by a computer alone.",
        (
            "Are you not satisfied? You can complain to the data protection authority of"
            " the country you live in; in the Netherlands that is the Autoriteit"
            " Persoonsgegevens."
        ),
    ),
    image=(
        "Pictures in which I can be recognised may be used in the channels that I choose"
        " here. I can take this back at any time."
    ),
    portrait=(
        "I enter a portrait agreement with {controller}: for the time named here,"
        " pictures of me may be used in all the channels named above. Nothing is paid for"
        " it. This is a contract: I cannot take it back before it ends, but I can object,"
        " and then nothing is used until that is decided."
    ),
    biometric=(
        "Software may measure my face to find me in pictures, so that I can see and"
        " decide what is used. This is separate from everything else; I can take it back"
        " at any time, and the measurements are then destroyed."
    ),
    guardian=(
        "I have parental authority or guardianship over the person named here, who is too"
        " young to agree alone. I have talked it over with them as far as their age"
        " allows. I agree for them until they are old enough to decide themselves."
    ),
)
