"""The words for mails as staff see them: what was sent, and what came of it."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from .mails import MailKind, MailState, NotSent

ENGLISH: Final[Mapping[StrEnum, str]] = MappingProxyType(
    {
        MailKind.ASK: "Asks for consent.",
        MailKind.REMIND: "Reminds of the question.",
        MailKind.COPY: "Brings a copy of what was signed.",
        MailKind.RENEW: "Says that a consent ends soon, and offers to renew it.",
        MailKind.ENDED: "Says that a consent has ended.",
        MailKind.COMES_OF_AGE: "Asks who came of age to decide anew.",
        MailKind.WITHDRAWN: "Confirms that a consent was taken back.",
        MailKind.OBJECTION: "Says where an objection stands.",
        MailKind.RECALL: "Asks whoever fetched a picture to stop using it.",
        MailKind.RECALL_REMINDER: "Reminds whoever fetched a picture to remove it.",
        MailKind.RECOGNITION_OFF: "Tells privacy officers that recognition is off.",
        MailKind.DIGEST: "Tells staff which pictures go dark soon.",
        MailKind.REQUEST_RECEIVED: "Confirms that a request was received.",
        MailKind.REQUEST_EXTENDED: "Says that an answer takes longer, and why.",
        MailKind.REQUEST_DECIDED: "Says what was decided on a request, and why.",
        MailKind.FREEZE_LIFTED: "Says from when on frozen pictures may be used again.",
        MailKind.OFFICER_DIGEST: "Reminds privacy officers of what is due.",
        MailKind.ERASED: "Says that what was asked is being erased, with the proof.",
        MailKind.SHARE: "Brings somebody outside the link to pictures.",
        MailKind.EXPORT_READY: "Brings the link to a copy of all that is on record.",
        MailState.WAITING: "Waits to be sent.",
        MailState.CLAIMED: "Is being sent.",
        MailState.SENT: "Was sent; whether it arrived is not known yet.",
        MailState.DELIVERED: "Arrived.",
        MailState.BOUNCED: "Came back.",
        MailState.COMPLAINED: "Was marked as unwanted.",
        MailState.NOT_SENT: "Was not sent.",
        NotSent.NO_ADDRESS: "There is no address on record. Add one and ask again.",
        NotSent.ADDRESS_BOUNCED: (
            "An earlier mail to this address came back. Correct the address first."
        ),
        NotSent.ADDRESS_COMPLAINED: (
            "This address marked our mail as unwanted. Reach the person another way."
        ),
        NotSent.ADDRESS_REFUSED: (
            "Mail cannot be sent to this address. Correct it and ask again."
        ),
        NotSent.NO_SENDER: (
            "This deployment has no sender address. Set `mail_from` and deploy again."
        ),
        NotSent.NO_LONGER_APPLIES: "What it would say was overtaken. Nothing to do.",
        NotSent.TOO_LATE: "It could not be sent for a week, so it was given up.",
        NotSent.ERASED: "The person was erased. Nothing to do.",
        NotSent.BOUNCED_FOR_NOW: (
            "The mailbox was full or away. The address may be right; try again later."
        ),
    }
)

DUTCH: Final[Mapping[StrEnum, str]] = MappingProxyType(
    {
        MailKind.ASK: "Vraagt om toestemming.",
        MailKind.REMIND: "Herinnert aan de vraag.",
        MailKind.COPY: "Brengt een exemplaar van wat is ondertekend.",
        MailKind.RENEW: (
            "Zegt dat een toestemming bijna afloopt, en biedt verlenging aan."
        ),
        MailKind.ENDED: "Zegt dat een toestemming is afgelopen.",
        MailKind.COMES_OF_AGE: "Vraagt wie oud genoeg werd om zelf te beslissen.",
        MailKind.WITHDRAWN: "Bevestigt dat een toestemming is ingetrokken.",
        MailKind.OBJECTION: "Zegt hoe het met een bezwaar staat.",
        MailKind.RECALL: "Vraagt wie een foto ophaalde die niet meer te gebruiken.",
        MailKind.RECALL_REMINDER: "Herinnert wie een foto ophaalde aan het verwijderen.",
        MailKind.RECOGNITION_OFF: "Zegt functionarissen dat herkenning uit is.",
        MailKind.DIGEST: "Vertelt medewerkers welke foto's binnenkort op zwart gaan.",
        MailKind.REQUEST_RECEIVED: "Bevestigt dat een verzoek is ontvangen.",
        MailKind.REQUEST_EXTENDED: "Zegt dat een antwoord langer duurt, en waarom.",
        MailKind.REQUEST_DECIDED: "Zegt wat over een verzoek is beslist, en waarom.",
        MailKind.FREEZE_LIFTED: (
            "Zegt vanaf wanneer bevroren foto's weer gebruikt mogen worden."
        ),
        MailKind.OFFICER_DIGEST: "Herinnert functionarissen aan wat antwoord vraagt.",
        MailKind.ERASED: "Zegt dat wat is gevraagd wordt verwijderd, met het bewijs.",
        MailKind.SHARE: "Brengt iemand van buiten de link naar foto's.",
        MailKind.EXPORT_READY: "Brengt de link naar een kopie van alle gegevens.",
        MailState.WAITING: "Wacht op verzending.",
        MailState.CLAIMED: "Wordt verzonden.",
        MailState.SENT: "Is verzonden; of het aankwam is nog niet bekend.",
        MailState.DELIVERED: "Is aangekomen.",
        MailState.BOUNCED: "Kwam terug.",
        MailState.COMPLAINED: "Is als ongewenst gemarkeerd.",
        MailState.NOT_SENT: "Is niet verzonden.",
        NotSent.NO_ADDRESS: "Er is geen adres bekend. Voeg er een toe en vraag opnieuw.",
        NotSent.ADDRESS_BOUNCED: (
            "Een eerdere mail naar dit adres kwam terug. Verbeter eerst het adres."
        ),
        NotSent.ADDRESS_COMPLAINED: (
            "Dit adres markeerde onze mail als ongewenst. Benader de persoon anders."
        ),
        NotSent.ADDRESS_REFUSED: (
            "Naar dit adres kan geen mail. Verbeter het en vraag opnieuw."
        ),
        NotSent.NO_SENDER: (
            "Deze installatie heeft geen afzender. Stel `mail_from` in en rol opnieuw"
            " uit."
        ),
        NotSent.NO_LONGER_APPLIES: "Wat erin zou staan is achterhaald. Niets te doen.",
        NotSent.TOO_LATE: "Verzenden lukte een week lang niet; er is van afgezien.",
        NotSent.ERASED: "De persoon is verwijderd. Niets te doen.",
        NotSent.BOUNCED_FOR_NOW: (
            "De postbus was vol of weg. Het adres kan kloppen; probeer het later weer."
        ),
    }
)
