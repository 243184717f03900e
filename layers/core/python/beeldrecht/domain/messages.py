"""The words for everything a decision or a refusal can say, in English and Dutch.

One plain sentence or two for each id: what is the case, and what to do next. The ids
are what is stored and compared; the words may change without changing a rule.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from . import (
    access_words,
    audit_words,
    breach_words,
    consent_words,
    declaration_words,
    erasure_words,
    export_words,
    governance_words,
    import_words,
    mail_words,
    metadata_words,
    package_words,
    people_words,
    recall_words,
    rendition_words,
    request_words,
    retention_words,
    search_words,
    share_words,
    signing_words,
    store_words,
    version_words,
)
from .channels import Channel, Place, Verdict
from .decisions import FindingId, Outcome
from .permits import PermitRefusal
from .problems import Problem

FALLBACK: Final = "en"

_ENGLISH: dict[StrEnum, str] = {
    FindingId.NOT_EXAMINED: (
        "The picture has not been looked through for faces yet. Wait until it has."
    ),
    FindingId.FACES_INCOMPLETE: (
        "There are more faces than we can list. Crop the picture and upload it again."
    ),
    FindingId.NO_FACE_FOUND: (
        "No face was found. Look yourself before you release the picture."
    ),
    FindingId.ASSET_RESTRICTED: (
        "The picture is frozen: kept and not used. Wait for the data protection officer."
    ),
    FindingId.ASSET_OBJECTED: (
        "Somebody objects to this picture. It stays in until that is decided."
    ),
    FindingId.PERSON_RESTRICTED: (
        "This person's pictures are frozen: kept and not used."
        " Wait for the data protection officer."
    ),
    FindingId.PERSON_OBJECTED: (
        "This person objects to the use of their pictures."
        " They stay in until that is decided."
    ),
    FindingId.FACE_UNRESOLVED: (
        "Nobody has said who this is. Link a person, or mark the face."
    ),
    FindingId.SUGGESTION_WAITING: (
        "The software thinks it knows who this is. Say whether that is right."
    ),
    FindingId.FACE_AMBIGUOUS: (
        "This face has more than one name. Take off the names that are wrong."
    ),
    FindingId.FACE_NOT_RECOGNISABLE: (
        "Somebody marked this face as not recognisable. It needs nobody's consent."
    ),
    FindingId.FACE_TO_MASK: "Somebody marked this face to be covered. It will be.",
    FindingId.NO_GRANT: (
        "This person has agreed to no use of pictures."
        " Ask for consent, or use the picture with the face covered."
    ),
    FindingId.NOT_GRANTED_HERE: (
        "This person agreed to other channels or places, not to this one."
        " Ask for consent, or use the picture with the face covered."
    ),
    FindingId.GRANT_NOT_YET: (
        "The consent has not begun yet."
        " Wait until it does, or use the picture with the face covered."
    ),
    FindingId.GRANT_ENDED: (
        "The consent has ended. Ask this person to renew it,"
        " or use the picture with the face covered."
    ),
    FindingId.GRANT_WITHDRAWN: (
        "This person has withdrawn the consent. Use the picture with the face covered."
    ),
    FindingId.GRANT_IN_FORCE: "This person agrees to this use. Nothing needs doing.",
    FindingId.BASIS_IN_FORCE: (
        "This use rests on another legal basis than consent. Nothing needs doing."
    ),
    FindingId.NOT_RELEASED: (
        "Nobody has released the picture. Release it when it is ready."
    ),
    FindingId.RELEASE_OUTDATED: (
        "A face was found after the picture was released. Look at it and release anew."
    ),
    PermitRefusal.MODE_OFF: (
        "This kind of recognition is switched off. Link people by hand."
    ),
    PermitRefusal.NO_BIOMETRIC_CONSENT: (
        "Somebody has not agreed to be recognised, or no longer does."
        " Link people by hand, or ask for that consent."
    ),
    PermitRefusal.FROZEN: (
        "This picture or somebody in its session is frozen by request."
        " Link people by hand."
    ),
    PermitRefusal.ARCHIVE_SOURCE: (
        "This picture came with an archive, so software looks for nobody in it. Link"
        " people by hand."
    ),
    PermitRefusal.SESSION_NOT_CLOSED: (
        "The session is open: others may have been there. Link people by hand."
    ),
    PermitRefusal.SESSION_NOT_ATTESTED: (
        "Nobody has declared who was at the session and how many they were."
        " Ask whoever was there to do so."
    ),
    PermitRefusal.MORE_HEADS_THAN_SIGNATURES: (
        "More people were there than have signed."
        " Ask the others to sign, or link people by hand."
    ),
    PermitRefusal.EMPTY_ROSTER: (
        "Nobody has signed at this session. Ask those who were there to sign."
    ),
    PermitRefusal.NO_GROUND: (
        "No legal ground for recognition is on record. Ask the data protection officer."
    ),
    PermitRefusal.NO_ASSESSMENT: (
        "No signed impact assessment (DPIA) is on record."
        " Ask the data protection officer."
    ),
    PermitRefusal.ASSESSMENT_LAPSED: (
        "The impact assessment (DPIA) is not in force today."
        " Ask the data protection officer to renew it."
    ),
    PermitRefusal.ORIGIN_UNKNOWN: (
        "Nobody said where this picture comes from, so nobody is looked for in it."
        " Link people by hand."
    ),
    PermitRefusal.PUBLIC_WEB_SOURCE: (
        "The pictures come from public web pages and are never used to recognise people."
        " Link people by hand."
    ),
    PermitRefusal.NOT_YET: "The permit has not begun yet. Wait until it does.",
    PermitRefusal.ENDED: "The permit has ended. Ask for a new one.",
    PermitRefusal.OTHER_PERSON: (
        "The permit is not for this person. Ask for one that is."
    ),
    PermitRefusal.OTHER_ASSET: "The permit is not for this picture. Ask for one that is.",
    Outcome.EMBARGOED: "The picture stays in. See what has to be done first.",
    Outcome.READY: "The picture is ready. Look at it and release it.",
    Outcome.RELEASED: "The picture is released. Use it where that is allowed.",
    Verdict.CLEAR: "Allowed as it is.",
    Verdict.MASKED: "Allowed with some faces covered.",
    Verdict.RESTRICTED: "Not allowed.",
    Channel.WEBSITE: "The organisation's own public website.",
    Channel.SOCIAL: "The organisation's accounts on social media.",
    Channel.INTRANET: "Inside the organisation only.",
    Channel.PRINT: "Printed matter, such as a leaflet, a poster or an annual report.",
    Channel.PRESS: "Given to newspapers, broadcasters and other media.",
    Channel.PAID: "Advertisements that are paid for.",
    Place.NETHERLANDS: "In the Netherlands.",
    Place.EUROPEAN_UNION: "In the European Union, the Netherlands included.",
    Place.WORLD: "Anywhere in the world.",
    Problem.INVALID_REQUEST: (
        "The request is not of the form that is expected. Mend what `errors` names."
    ),
    Problem.NOT_SIGNED_IN: "Nobody is signed in. Sign in first.",
    Problem.NOT_ALLOWED: "Your role does not do this. Ask an administrator for it.",
    Problem.SIGN_IN_AGAIN: "This needs a recent sign-in. Sign in again.",
    Problem.NOT_FOUND: (
        "There is nothing here, or it is not for you. Check the address, or ask whoever"
        " gave it to you."
    ),
    Problem.PRECONDITION_REQUIRED: (
        "Say which version you saw: send its `ETag` as `If-Match`."
    ),
    Problem.CHANGED_MEANWHILE: (
        "Somebody changed this meanwhile. Look at it again and repeat your change."
    ),
    Problem.IDEMPOTENCY_KEY_REQUIRED: (
        "Send an `Idempotency-Key` of 16 to 64 letters, digits, dashes or underscores."
    ),
    Problem.IDEMPOTENCY_KEY_REUSED: (
        "This `Idempotency-Key` was used for something else. Send a new one."
    ),
    Problem.CURSOR_UNKNOWN: "The cursor is not one of ours. Begin with the first page.",
    Problem.CONFLICT: "This is not possible as things stand. Look at it again.",
    Problem.NOT_RELEASABLE: (
        "Nothing of this can be released now. See `findings` for what has to be"
        " done first."
    ),
    Problem.NOT_CLEARED: (
        "The picture may not be used for this now. See `findings` for why."
    ),
    Problem.MASKED_VERSION_NOT_MADE: (
        "A face has to be covered and cannot be found in the picture. Release it anew,"
        " or use another one."
    ),
    Problem.MASKED_VERSION_NOT_SEEN: (
        "This can be released with faces covered. Look at that version first, for each"
        " channel in `channels`."
    ),
    Problem.UPLOAD_INCOMPLETE: (
        "Parts of the file have not arrived. Send the ones that `missing` names again."
    ),
    Problem.ASSESSMENT_REQUIRED: (
        "Recognition beyond detecting needs a signed impact assessment (DPIA) that is in"
        " force. Give one, or ask the data protection officer."
    ),
    Problem.BODY_TOO_LARGE: ("The request is too large. Send less at a time."),
    Problem.MEDIA_TYPE_UNKNOWN: (
        "The request is not JSON. Send it as `application/json`."
    ),
    Problem.RESTORED_TABLE: (
        "Nothing can be served: a table was restored from a backup, and what was erased"
        " since then has to be erased from it again first."
    ),
    Problem.BUSY: ("Others are writing here at this moment. Try again in a second."),
    Problem.LINK_NOT_VALID: (
        "This link does not work, or no longer. Ask whoever gave it to you for a new one."
    ),
    Problem.WORDING_CHANGED: (
        "The words have changed since you saw them. Read them again before you sign."
    ),
    Problem.NOT_SIGNABLE: "This cannot be signed like that. See `findings` for why.",
    Problem.NOT_WITHDRAWABLE: (
        "A portrait agreement is a contract and ends as it says."
        " You can object to the use of your pictures instead."
    ),
    Problem.USER_EXISTS: (
        "Somebody with this address has an account. Look for it in the list."
    ),
    Problem.NOT_YOURSELF: (
        "Nobody changes their own account. Ask another administrator to do it."
    ),
    Problem.TOO_MANY_REQUESTS: "That was too often. Wait a little and try again.",
    Problem.INTERNAL: "Something went wrong here. Try again, or ask your administrator.",
}

_DUTCH: dict[StrEnum, str] = {
    FindingId.NOT_EXAMINED: (
        "Er is nog niet naar gezichten in de foto gezocht. Wacht tot dat is gebeurd."
    ),
    FindingId.FACES_INCOMPLETE: (
        "Er staan meer gezichten op dan we kunnen tonen."
        " Snijd de foto bij en upload hem opnieuw."
    ),
    FindingId.NO_FACE_FOUND: (
        "Er is geen gezicht gevonden. Kijk zelf voordat je de foto vrijgeeft."
    ),
    FindingId.ASSET_RESTRICTED: (
        "De foto is bevroren: bewaard en niet gebruikt."
        " Wacht op de functionaris gegevensbescherming."
    ),
    FindingId.ASSET_OBJECTED: (
        "Iemand maakt bezwaar tegen deze foto. Hij blijft binnen tot daarover is beslist."
    ),
    FindingId.PERSON_RESTRICTED: (
        "De foto's van deze persoon zijn bevroren: bewaard en niet gebruikt."
        " Wacht op de functionaris gegevensbescherming."
    ),
    FindingId.PERSON_OBJECTED: (
        "Deze persoon maakt bezwaar tegen het gebruik van foto's."
        " Ze blijven binnen tot daarover is beslist."
    ),
    FindingId.FACE_UNRESOLVED: (
        "Niemand heeft gezegd wie dit is. Koppel een persoon of markeer het gezicht."
    ),
    FindingId.SUGGESTION_WAITING: (
        "De software denkt te weten wie dit is. Zeg of dat klopt."
    ),
    FindingId.FACE_AMBIGUOUS: (
        "Dit gezicht heeft meer dan één naam. Haal de verkeerde namen weg."
    ),
    FindingId.FACE_NOT_RECOGNISABLE: (
        "Iemand heeft dit gezicht als niet herkenbaar gemarkeerd."
        " Niemands toestemming is nodig."
    ),
    FindingId.FACE_TO_MASK: (
        "Iemand heeft gemarkeerd dat dit gezicht wordt afgedekt. Dat gebeurt."
    ),
    FindingId.NO_GRANT: (
        "Deze persoon heeft met geen enkel gebruik van foto's ingestemd."
        " Vraag toestemming of gebruik de foto met het gezicht afgedekt."
    ),
    FindingId.NOT_GRANTED_HERE: (
        "Deze persoon stemde in met andere kanalen of gebieden, niet met dit."
        " Vraag toestemming of gebruik de foto met het gezicht afgedekt."
    ),
    FindingId.GRANT_NOT_YET: (
        "De toestemming is nog niet ingegaan."
        " Wacht daarop of gebruik de foto met het gezicht afgedekt."
    ),
    FindingId.GRANT_ENDED: (
        "De toestemming is afgelopen. Vraag deze persoon om verlenging"
        " of gebruik de foto met het gezicht afgedekt."
    ),
    FindingId.GRANT_WITHDRAWN: (
        "Deze persoon heeft de toestemming ingetrokken."
        " Gebruik de foto met het gezicht afgedekt."
    ),
    FindingId.GRANT_IN_FORCE: (
        "Deze persoon stemt in met dit gebruik. Je hoeft niets te doen."
    ),
    FindingId.BASIS_IN_FORCE: (
        "Dit gebruik berust op een andere grondslag dan toestemming."
        " Je hoeft niets te doen."
    ),
    FindingId.NOT_RELEASED: (
        "Niemand heeft de foto vrijgegeven. Geef hem vrij als hij klaar is."
    ),
    FindingId.RELEASE_OUTDATED: (
        "Na het vrijgeven is er een gezicht gevonden. Bekijk het en geef opnieuw vrij."
    ),
    PermitRefusal.MODE_OFF: (
        "Deze vorm van herkenning staat uit. Koppel mensen met de hand."
    ),
    PermitRefusal.NO_BIOMETRIC_CONSENT: (
        "Iemand heeft niet ingestemd met herkenning, of niet meer."
        " Koppel mensen met de hand of vraag die toestemming."
    ),
    PermitRefusal.FROZEN: (
        "Deze foto of iemand in de sessie is op verzoek bevroren."
        " Koppel mensen met de hand."
    ),
    PermitRefusal.ARCHIVE_SOURCE: (
        "Deze foto kwam met een archief, dus zoekt software er niemand in. Koppel mensen"
        " met de hand."
    ),
    PermitRefusal.SESSION_NOT_CLOSED: (
        "De sessie is open: er kunnen anderen zijn geweest. Koppel mensen met de hand."
    ),
    PermitRefusal.SESSION_NOT_ATTESTED: (
        "Niemand heeft verklaard wie er bij de sessie waren en met hoeveel."
        " Vraag dat aan iemand die erbij was."
    ),
    PermitRefusal.MORE_HEADS_THAN_SIGNATURES: (
        "Er waren meer mensen dan er hebben getekend."
        " Laat de anderen tekenen of koppel mensen met de hand."
    ),
    PermitRefusal.EMPTY_ROSTER: (
        "Niemand heeft bij deze sessie getekend. Laat tekenen wie erbij waren."
    ),
    PermitRefusal.NO_GROUND: (
        "Er is geen rechtsgrond voor herkenning vastgelegd."
        " Vraag het de functionaris gegevensbescherming."
    ),
    PermitRefusal.NO_ASSESSMENT: (
        "Er is geen getekende effectbeoordeling (DPIA) vastgelegd."
        " Vraag het de functionaris gegevensbescherming."
    ),
    PermitRefusal.ASSESSMENT_LAPSED: (
        "De effectbeoordeling (DPIA) geldt vandaag niet."
        " Vraag de functionaris gegevensbescherming om verlenging."
    ),
    PermitRefusal.ORIGIN_UNKNOWN: (
        "Niemand zei waar deze foto vandaan komt, dus wordt er niemand in gezocht."
        " Koppel mensen met de hand."
    ),
    PermitRefusal.PUBLIC_WEB_SOURCE: (
        "De foto's komen van openbare webpagina's en dienen nooit om mensen te herkennen."
        " Koppel mensen met de hand."
    ),
    PermitRefusal.NOT_YET: "De vergunning is nog niet ingegaan. Wacht daarop.",
    PermitRefusal.ENDED: "De vergunning is afgelopen. Vraag een nieuwe.",
    PermitRefusal.OTHER_PERSON: (
        "De vergunning geldt niet voor deze persoon. Vraag er een die dat wel doet."
    ),
    PermitRefusal.OTHER_ASSET: (
        "De vergunning geldt niet voor deze foto. Vraag er een die dat wel doet."
    ),
    Outcome.EMBARGOED: "De foto blijft binnen. Kijk wat er eerst moet gebeuren.",
    Outcome.READY: "De foto is klaar. Bekijk hem en geef hem vrij.",
    Outcome.RELEASED: "De foto is vrijgegeven. Gebruik hem waar dat mag.",
    Verdict.CLEAR: "Toegestaan zoals hij is.",
    Verdict.MASKED: "Toegestaan met sommige gezichten afgedekt.",
    Verdict.RESTRICTED: "Niet toegestaan.",
    Channel.WEBSITE: "De eigen openbare website van de organisatie.",
    Channel.SOCIAL: "De accounts van de organisatie op sociale media.",
    Channel.INTRANET: "Alleen binnen de organisatie.",
    Channel.PRINT: "Drukwerk, zoals een folder, een poster of een jaarverslag.",
    Channel.PRESS: "Aan kranten, omroepen en andere media gegeven.",
    Channel.PAID: "Advertenties waarvoor wordt betaald.",
    Place.NETHERLANDS: "In Nederland.",
    Place.EUROPEAN_UNION: "In de Europese Unie, Nederland inbegrepen.",
    Place.WORLD: "Overal ter wereld.",
    Problem.INVALID_REQUEST: (
        "Het verzoek heeft niet de verwachte vorm. Herstel wat `errors` noemt."
    ),
    Problem.NOT_SIGNED_IN: "Er is niemand aangemeld. Meld je eerst aan.",
    Problem.NOT_ALLOWED: "Jouw rol doet dit niet. Vraag een beheerder erom.",
    Problem.SIGN_IN_AGAIN: "Hiervoor moet je net zijn aangemeld. Meld je opnieuw aan.",
    Problem.NOT_FOUND: (
        "Hier is niets, of het is niet voor jou. Controleer het adres of vraag het aan"
        " wie het je gaf."
    ),
    Problem.PRECONDITION_REQUIRED: (
        "Zeg welke versie je zag: stuur de `ETag` ervan mee als `If-Match`."
    ),
    Problem.CHANGED_MEANWHILE: (
        "Iemand heeft dit intussen gewijzigd. Bekijk het opnieuw en herhaal je wijziging."
    ),
    Problem.IDEMPOTENCY_KEY_REQUIRED: (
        "Stuur een `Idempotency-Key` van 16 tot 64 letters, cijfers, streepjes of lage"
        " streepjes."
    ),
    Problem.IDEMPOTENCY_KEY_REUSED: (
        "Deze `Idempotency-Key` is al voor iets anders gebruikt. Stuur een nieuwe."
    ),
    Problem.CURSOR_UNKNOWN: "Deze cursor is niet van ons. Begin bij de eerste bladzijde.",
    Problem.CONFLICT: "Dit kan nu niet. Bekijk het opnieuw.",
    Problem.NOT_RELEASABLE: (
        "Hiervan kan nu niets worden vrijgegeven. Zie `findings` voor wat er eerst"
        " moet gebeuren."
    ),
    Problem.NOT_CLEARED: (
        "De foto mag hiervoor nu niet worden gebruikt. Zie `findings` voor de reden."
    ),
    Problem.MASKED_VERSION_NOT_MADE: (
        "Een gezicht moet worden afgedekt en is niet te vinden. Geef de foto opnieuw"
        " vrij, of gebruik een andere."
    ),
    Problem.MASKED_VERSION_NOT_SEEN: (
        "Dit kan worden vrijgegeven met gezichten afgedekt. Bekijk eerst die versie, voor"
        " elk kanaal in `channels`."
    ),
    Problem.UPLOAD_INCOMPLETE: (
        "Delen van het bestand zijn niet aangekomen. Stuur die in `missing` opnieuw."
    ),
    Problem.ASSESSMENT_REQUIRED: (
        "Herkenning vraagt een getekende effectbeoordeling (DPIA) die geldt."
        " Vraag de functionaris gegevensbescherming erom."
    ),
    Problem.BODY_TOO_LARGE: ("Het verzoek is te groot. Stuur minder tegelijk."),
    Problem.MEDIA_TYPE_UNKNOWN: (
        "Het verzoek is geen JSON. Stuur het als `application/json`."
    ),
    Problem.RESTORED_TABLE: (
        "Er kan niets worden getoond: een tabel is teruggezet uit een back-up, en wat"
        " sindsdien is gewist moet er eerst opnieuw uit worden gewist."
    ),
    Problem.BUSY: (
        "Er wordt hier nu door anderen geschreven. Probeer het over een seconde opnieuw."
    ),
    Problem.LINK_NOT_VALID: (
        "Deze link werkt niet, of niet meer. Vraag een nieuwe aan wie hem je gaf."
    ),
    Problem.WORDING_CHANGED: (
        "De tekst is gewijzigd sinds je hem zag. Lees hem opnieuw voordat je tekent."
    ),
    Problem.NOT_SIGNABLE: "Zo kan dit niet worden getekend. Zie `findings` waarom.",
    Problem.NOT_WITHDRAWABLE: (
        "Een portretovereenkomst is een contract en eindigt zoals het zegt."
        " Je kunt wel bezwaar maken tegen het gebruik van je foto's."
    ),
    Problem.USER_EXISTS: (
        "Iemand met dit adres heeft al een account. Zoek het op in de lijst."
    ),
    Problem.NOT_YOURSELF: (
        "Niemand wijzigt het eigen account. Vraag het aan een andere beheerder."
    ),
    Problem.TOO_MANY_REQUESTS: "Dat was te vaak. Wacht even en probeer het opnieuw.",
    Problem.INTERNAL: "Hier ging iets mis. Probeer het opnieuw of vraag je beheerder.",
}

CATALOGUES: Final[Mapping[str, Mapping[StrEnum, str]]] = MappingProxyType(
    {
        "en": MappingProxyType(
            {
                **_ENGLISH,
                **access_words.ENGLISH,
                **audit_words.ENGLISH,
                **breach_words.ENGLISH,
                **consent_words.ENGLISH,
                **declaration_words.ENGLISH,
                **erasure_words.ENGLISH,
                **export_words.ENGLISH,
                **governance_words.ENGLISH,
                **mail_words.ENGLISH,
                **import_words.ENGLISH,
                **metadata_words.ENGLISH,
                **package_words.ENGLISH,
                **people_words.ENGLISH,
                **recall_words.ENGLISH,
                **rendition_words.ENGLISH,
                **request_words.ENGLISH,
                **retention_words.ENGLISH,
                **search_words.ENGLISH,
                **share_words.ENGLISH,
                **signing_words.ENGLISH,
                **store_words.ENGLISH,
                **version_words.ENGLISH,
            }
        ),
        "nl": MappingProxyType(
            {
                **_DUTCH,
                **access_words.DUTCH,
                **audit_words.DUTCH,
                **breach_words.DUTCH,
                **consent_words.DUTCH,
                **declaration_words.DUTCH,
                **erasure_words.DUTCH,
                **export_words.DUTCH,
                **governance_words.DUTCH,
                **mail_words.DUTCH,
                **import_words.DUTCH,
                **metadata_words.DUTCH,
                **package_words.DUTCH,
                **people_words.DUTCH,
                **recall_words.DUTCH,
                **rendition_words.DUTCH,
                **request_words.DUTCH,
                **retention_words.DUTCH,
                **search_words.DUTCH,
                **share_words.DUTCH,
                **signing_words.DUTCH,
                **store_words.DUTCH,
                **version_words.DUTCH,
            }
        ),
    }
)


def words(message_id: StrEnum, language: str = FALLBACK) -> str:
    """The words for an id; `nl-BE` is answered in `nl`, an unknown language in English.

    Raises KeyError for an id without words: that is a fault here, not the caller's.
    """
    spoken = language.lower().replace("_", "-").partition("-")[0]
    return CATALOGUES.get(spoken, CATALOGUES[FALLBACK])[message_id]
