"""The words for what cannot be signed, or recorded as a legal basis."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from .legal_bases import BasisRefusal
from .sessions import SessionRefusal
from .signing import SigningRefusal

ENGLISH: Final[Mapping[StrEnum, str]] = MappingProxyType(
    {
        SigningRefusal.LANGUAGE_NOT_OFFERED: (
            "This text does not exist in that language. Choose one of its languages."
        ),
        SigningRefusal.CHANNEL_NOT_OFFERED: (
            "The text does not ask about this channel. Choose from what it asks."
        ),
        SigningRefusal.PORTRAIT_NOT_OFFERED: (
            "The text offers no portrait agreement. Leave it out."
        ),
        SigningRefusal.BIOMETRIC_NOT_OFFERED: (
            "The text does not ask about recognition. Leave it out."
        ),
        SigningRefusal.NAME_NOT_VALID: (
            "A name has letters, and at most 200 characters. Write it in full."
        ),
        SigningRefusal.EMAIL_NOT_VALID: (
            "Mail cannot go to this address. Correct it, or leave it out."
        ),
        SigningRefusal.COUNTRY_NOT_VALID: (
            "A country is given in two capital letters. Choose one from the list."
        ),
        SigningRefusal.BIRTH_DATE_MISSING: (
            "A guardian signs for somebody young. Give that person's date of birth."
        ),
        SigningRefusal.BIRTH_DATE_NOT_VALID: (
            "Nobody who signs was born on this day. Correct it."
        ),
        SigningRefusal.GUARDIAN_NEEDED: (
            "This person is too young to sign alone. Let a parent or guardian sign."
        ),
        SigningRefusal.GUARDIAN_NOT_NEEDED: (
            "This person is old enough to sign. Let them sign themselves."
        ),
        SigningRefusal.TOO_YOUNG_TO_CONTRACT: (
            "A portrait agreement is a contract, for who is 18 or older. Leave it out."
        ),
        SigningRefusal.SIGNATURE_NOT_VALID: (
            "The signature cannot be read. Type your name, or draw it again."
        ),
        SigningRefusal.WORDING_CHANGED: (
            "The text has changed since it was signed. Read it, and sign anew."
        ),
        SigningRefusal.NOTHING_TO_RENEW: (
            "Nothing is left to renew. Choose what you agree to, and sign anew."
        ),
        SessionRefusal.ATTESTED: (
            "Somebody declared how many were there, and recognition rests on that."
            " Leave the number as it is."
        ),
        BasisRefusal.PUBLIC_BODY: (
            "A public body does not rest its tasks on a legitimate interest."
            " Choose another basis."
        ),
        BasisRefusal.ASSESSMENT_MISSING: (
            "A legitimate interest is weighed first. Name that assessment."
        ),
        BasisRefusal.ASSESSMENT_NOT_VALID: (
            "No such assessment is signed and in force. Ask the privacy officer for one."
        ),
        BasisRefusal.REFERENCE_NOT_VALID: (
            "What it rests on is named in at most 200 characters."
            " Name the contract, law or decision."
        ),
        BasisRefusal.PERIOD_OVER: (
            "This period is over, so nothing could rest on it. Correct its end."
        ),
        BasisRefusal.DEAD_NOT_NAMED: (
            "Relatives decide for one person. Say who has died, and on which day."
        ),
        BasisRefusal.DEAD_NAMED: (
            "This rests on nobody's death. Leave out who has died, and the day."
        ),
        BasisRefusal.DIED_LATER: (
            "Nobody has died on a day to come. Correct the day of the death."
        ),
        BasisRefusal.RELATIVES_NO_MORE: (
            "Relatives decide until ten years after a death, and that is over."
            " Record that the portrait right is over."
        ),
        BasisRefusal.RELATIVES_STILL: (
            "Until ten years after a death the relatives decide. Ask them."
        ),
        BasisRefusal.NOT_PORTRAYED: (
            "Nobody confirmed that this person is in the picture. Confirm their face."
        ),
    }
)

DUTCH: Final[Mapping[StrEnum, str]] = MappingProxyType(
    {
        SigningRefusal.LANGUAGE_NOT_OFFERED: (
            "Deze tekst bestaat niet in die taal. Kies een van de talen die er zijn."
        ),
        SigningRefusal.CHANNEL_NOT_OFFERED: (
            "De tekst vraagt niet naar dit kanaal. Kies uit wat er wordt gevraagd."
        ),
        SigningRefusal.PORTRAIT_NOT_OFFERED: (
            "De tekst biedt geen portretovereenkomst. Laat die weg."
        ),
        SigningRefusal.BIOMETRIC_NOT_OFFERED: (
            "De tekst vraagt niet naar herkenning. Laat die weg."
        ),
        SigningRefusal.NAME_NOT_VALID: (
            "Een naam heeft letters en hooguit 200 tekens. Schrijf hem voluit."
        ),
        SigningRefusal.EMAIL_NOT_VALID: (
            "Naar dit adres kan geen bericht. Verbeter het of laat het weg."
        ),
        SigningRefusal.COUNTRY_NOT_VALID: (
            "Een land is twee hoofdletters. Kies er een uit de lijst."
        ),
        SigningRefusal.BIRTH_DATE_MISSING: (
            "Een ouder of voogd tekent voor wie jong is. Geef diens geboortedatum."
        ),
        SigningRefusal.BIRTH_DATE_NOT_VALID: (
            "Niemand die tekent is op deze dag geboren. Verbeter de datum."
        ),
        SigningRefusal.GUARDIAN_NEEDED: (
            "Deze persoon is te jong om zelf te tekenen. Laat een ouder of voogd tekenen."
        ),
        SigningRefusal.GUARDIAN_NOT_NEEDED: (
            "Deze persoon is oud genoeg om zelf te tekenen. Laat die dat doen."
        ),
        SigningRefusal.TOO_YOUNG_TO_CONTRACT: (
            "Een portretovereenkomst is een contract, voor wie 18 of ouder is. Laat die"
            " weg."
        ),
        SigningRefusal.SIGNATURE_NOT_VALID: (
            "De handtekening is niet te lezen. Typ je naam of teken hem opnieuw."
        ),
        SigningRefusal.WORDING_CHANGED: (
            "De tekst is gewijzigd sinds het tekenen. Lees hem en teken opnieuw."
        ),
        SigningRefusal.NOTHING_TO_RENEW: (
            "Er is niets meer te verlengen. Kies waarmee je instemt en teken opnieuw."
        ),
        SessionRefusal.ATTESTED: (
            "Iemand verklaarde hoeveel mensen er waren, en daarop rust de herkenning."
            " Laat het aantal zoals het is."
        ),
        BasisRefusal.PUBLIC_BODY: (
            "Een overheid baseert haar taken niet op een gerechtvaardigd belang."
            " Kies een andere grondslag."
        ),
        BasisRefusal.ASSESSMENT_MISSING: (
            "Een gerechtvaardigd belang wordt eerst afgewogen. Noem die afweging."
        ),
        BasisRefusal.ASSESSMENT_NOT_VALID: (
            "Zo'n afweging is niet ondertekend en van kracht. Vraag de functionaris erom."
        ),
        BasisRefusal.REFERENCE_NOT_VALID: (
            "Waar het op rust wordt in hooguit 200 tekens genoemd."
            " Noem de overeenkomst, de wet of het besluit."
        ),
        BasisRefusal.PERIOD_OVER: (
            "Deze periode is voorbij, dus niets kan erop rusten. Verbeter het einde."
        ),
        BasisRefusal.DEAD_NOT_NAMED: (
            "Nabestaanden beslissen voor één persoon. Zeg wie is overleden, en wanneer."
        ),
        BasisRefusal.DEAD_NAMED: (
            "Dit rust op niemands overlijden. Laat weg wie is overleden, en de dag."
        ),
        BasisRefusal.DIED_LATER: (
            "Niemand is overleden op een dag die nog komt. Verbeter de dag."
        ),
        BasisRefusal.RELATIVES_NO_MORE: (
            "Nabestaanden beslissen tot tien jaar na een overlijden, en dat is voorbij."
            " Leg vast dat het portretrecht voorbij is."
        ),
        BasisRefusal.RELATIVES_STILL: (
            "Tot tien jaar na een overlijden beslissen de nabestaanden. Vraag het hun."
        ),
        BasisRefusal.NOT_PORTRAYED: (
            "Niemand bevestigde dat deze persoon op de foto staat. Bevestig het gezicht."
        ),
    }
)
