"""The words for the registers: what each is, what its form asks, why it says no."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from .governance import FormField, GovernanceRefusal, RecordState, RegisterKind

ENGLISH: Final[Mapping[StrEnum, str]] = MappingProxyType(
    {
        RegisterKind.DPIA: "Data protection impact assessment (DPIA).",
        RegisterKind.INTEREST_ASSESSMENT: "Legitimate interest assessment.",
        RegisterKind.PROCESSING_AGREEMENT: "Processing agreement.",
        RegisterKind.SUB_PROCESSOR: "Sub-processor.",
        RegisterKind.PROCESSING_ACTIVITY: "Processing activity.",
        FormField.DESCRIPTION: "What is done, with which data, by whom and with what.",
        FormField.PURPOSES: "What it is for.",
        FormField.NECESSITY: "Why it takes this, and why nothing lighter would do.",
        FormField.RISKS: "What it can do to the people it is about.",
        FormField.MEASURES: "What protects them, in technique and in organisation.",
        FormField.CONSULTED: "Who was heard, and what the data protection officer said.",
        FormField.ARTICLE_9: "On which ground of Article 9(2) special data is used.",
        FormField.INTEREST: "Which interest it serves, and whose.",
        FormField.BALANCE: "Why that interest outweighs those of the people it is about.",
        FormField.PARTY: "With whom, and how that party is reached.",
        FormField.SERVICE: "What that party does.",
        FormField.WHERE: "In which country and Region it is done.",
        FormField.INSTRUCTIONS: (
            "How instructions are given, and who is bound to secrecy."
        ),
        FormField.FURTHER_PARTIES: (
            "Which further parties are let in, and how that is said."
        ),
        FormField.ASSISTANCE: "How requests, breaches and audits are helped with.",
        FormField.AT_THE_END: "What happens to the data when it ends.",
        FormField.PEOPLE: "Whom it is about.",
        FormField.DATA: "Which kinds of data.",
        FormField.RECIPIENTS: "Who receives it.",
        FormField.TRANSFERS: "Whether it leaves the European Economic Area, and on what.",
        FormField.TERMS: "How long it is kept.",
        FormField.BASIS: "On which legal basis it rests.",
        RecordState.DRAFT: "Nobody has signed it yet.",
        RecordState.SIGNED: "It is signed and in force.",
        RecordState.LAPSED: "Its last day is over.",
        RecordState.REVOKED: "It was revoked.",
        GovernanceRefusal.FORM_NOT_COMPLETE: (
            "The form has open questions. Answer all of them, then sign."
        ),
        GovernanceRefusal.FORM_OTHER_QUESTION: (
            "The form does not ask this. Look at its questions and answer those."
        ),
        GovernanceRefusal.NOT_THE_LATEST: (
            "There is a later version. Read that one, then sign it."
        ),
        GovernanceRefusal.SIGNED_BEFORE: (
            "This version was signed before. Write the next one to prolong it."
        ),
        GovernanceRefusal.DAY_OVER: "That day is over. Choose a later one.",
        GovernanceRefusal.DAY_TOO_FAR: (
            "That day is too far away for a record of this kind. Choose an earlier one."
        ),
        GovernanceRefusal.RECORD_REVOKED: (
            "The record was revoked, and stays as it is. Begin another one."
        ),
        GovernanceRefusal.NEVER_SIGNED: (
            "Nobody ever signed this record. There is nothing to revoke."
        ),
    }
)

DUTCH: Final[Mapping[StrEnum, str]] = MappingProxyType(
    {
        RegisterKind.DPIA: "Gegevensbeschermingseffectbeoordeling (DPIA).",
        RegisterKind.INTEREST_ASSESSMENT: "Afweging van een gerechtvaardigd belang.",
        RegisterKind.PROCESSING_AGREEMENT: "Verwerkersovereenkomst.",
        RegisterKind.SUB_PROCESSOR: "Subverwerker.",
        RegisterKind.PROCESSING_ACTIVITY: "Verwerkingsactiviteit.",
        FormField.DESCRIPTION: (
            "Wat er gebeurt, met welke gegevens, door wie en waarmee."
        ),
        FormField.PURPOSES: "Waarvoor het dient.",
        FormField.NECESSITY: "Waarom dit nodig is en iets lichters niet volstaat.",
        FormField.RISKS: "Wat het kan betekenen voor de mensen over wie het gaat.",
        FormField.MEASURES: "Wat hen beschermt, technisch en organisatorisch.",
        FormField.CONSULTED: (
            "Wie is gehoord, en wat de functionaris gegevensbescherming zei."
        ),
        FormField.ARTICLE_9: (
            "Op welke grond van artikel 9, lid 2, bijzondere gegevens worden gebruikt."
        ),
        FormField.INTEREST: "Welk belang het dient, en van wie.",
        FormField.BALANCE: (
            "Waarom dat belang zwaarder weegt dan dat van de mensen over wie het gaat."
        ),
        FormField.PARTY: "Met wie, en hoe die partij te bereiken is.",
        FormField.SERVICE: "Wat die partij doet.",
        FormField.WHERE: "In welk land en welke regio het gebeurt.",
        FormField.INSTRUCTIONS: (
            "Hoe instructies worden gegeven, en wie tot geheimhouding verplicht is."
        ),
        FormField.FURTHER_PARTIES: (
            "Welke andere partijen worden ingeschakeld, en hoe dat wordt gemeld."
        ),
        FormField.ASSISTANCE: "Hoe wordt geholpen bij verzoeken, datalekken en audits.",
        FormField.AT_THE_END: "Wat er met de gegevens gebeurt als het eindigt.",
        FormField.PEOPLE: "Over wie het gaat.",
        FormField.DATA: "Welke soorten gegevens.",
        FormField.RECIPIENTS: "Wie ze ontvangt.",
        FormField.TRANSFERS: (
            "Of ze de Europese Economische Ruimte verlaten, en op welke grond."
        ),
        FormField.TERMS: "Hoe lang ze worden bewaard.",
        FormField.BASIS: "Op welke grondslag het rust.",
        RecordState.DRAFT: "Nog niemand heeft het ondertekend.",
        RecordState.SIGNED: "Het is ondertekend en van kracht.",
        RecordState.LAPSED: "De laatste dag is voorbij.",
        RecordState.REVOKED: "Het is ingetrokken.",
        GovernanceRefusal.FORM_NOT_COMPLETE: (
            "Het formulier heeft open vragen. Beantwoord ze alle en onderteken dan."
        ),
        GovernanceRefusal.FORM_OTHER_QUESTION: (
            "Het formulier vraagt dit niet. Bekijk de vragen en beantwoord die."
        ),
        GovernanceRefusal.NOT_THE_LATEST: (
            "Er is een latere versie. Lees die, en onderteken die dan."
        ),
        GovernanceRefusal.SIGNED_BEFORE: (
            "Deze versie is al ondertekend. Schrijf de volgende om te verlengen."
        ),
        GovernanceRefusal.DAY_OVER: "Die dag is voorbij. Kies een latere.",
        GovernanceRefusal.DAY_TOO_FAR: (
            "Die dag is te ver weg voor dit soort vastlegging. Kies een eerdere."
        ),
        GovernanceRefusal.RECORD_REVOKED: (
            "Dit is ingetrokken en blijft zoals het is. Begin een nieuwe."
        ),
        GovernanceRefusal.NEVER_SIGNED: (
            "Niemand heeft dit ooit ondertekend. Er valt niets in te trekken."
        ),
    }
)
