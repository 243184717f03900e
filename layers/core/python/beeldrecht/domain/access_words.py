"""The words for who may do what, and for what takes two people."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from .access import AccessRefusal, Operation, Role
from .accounts import AccountStatus
from .collections import CollectionRefusal
from .four_eyes import ProposalRefusal, ProposalStatus

ENGLISH: Final[Mapping[StrEnum, str]] = MappingProxyType(
    {
        Role.VIEWER: "Sees and downloads pictures that have been released.",
        Role.CONTRIBUTOR: "Uploads pictures and follows what becomes of them.",
        Role.EDITOR: "Looks after pictures, people and consents, and releases pictures.",
        Role.PRIVACY_OFFICER: (
            "Oversees everything: requests, retention, the audit log and recognition."
        ),
        Role.ADMINISTRATOR: (
            "Looks after users and settings; sees no pictures and nobody in them."
        ),
        Role.RECOGNISER: "May run and see recognition, as far as another role allows it.",
        AccountStatus.INVITED: "Was invited and has not signed in yet.",
        AccountStatus.ACTIVE: "Can sign in.",
        AccountStatus.DISABLED: "Cannot sign in until an administrator enables it.",
        Operation.ASSET_LIST: "List pictures.",
        Operation.ASSET_READ: "See what is known about a picture.",
        Operation.ASSET_VIEW: "See a picture.",
        Operation.ASSET_UPLOAD: "Upload a picture.",
        Operation.ASSET_DOWNLOAD: "Download a picture for a channel.",
        Operation.ASSET_RELEASE: "Release a picture.",
        Operation.ASSET_RETRY: "Try again with a picture that got stuck.",
        Operation.ASSET_DESCRIBE: "Change what is said of a picture.",
        Operation.ASSET_ERASE: "Erase a picture everywhere.",
        Operation.APPEARANCE_CONFIRM: "Say who a face is.",
        Operation.APPEARANCE_MARK: "Say which face is always covered.",
        Operation.SUGGESTION_SEE: "See whom the software thinks it knows.",
        Operation.SUGGESTION_CONFIRM: (
            "Say that the software is right about a face, or wrong."
        ),
        Operation.PERSON_LIST: "List people.",
        Operation.PERSON_READ: "See what is known about a person.",
        Operation.PERSON_CREATE: "Add a person.",
        Operation.PERSON_ENROL: "Enrol a person for recognition.",
        Operation.LINK_CREATE: "Make the link to a person's own page.",
        Operation.CONTACT_CHANGE: "Change how a person is reached.",
        Operation.WORDING_LIST: "List the texts that people sign.",
        Operation.WORDING_READ: "See a text that people sign.",
        Operation.WORDING_CREATE: "Write a text for people to sign.",
        Operation.WORDING_CHANGE: "Make a new version of a text that people sign.",
        Operation.SESSION_LIST: "List sessions.",
        Operation.SESSION_READ: "See a session and how many signed there.",
        Operation.SESSION_CREATE: "Start a session.",
        Operation.SESSION_CHANGE: "Change what is said of a session.",
        Operation.SESSION_LINK: "Make the code with which people sign at a session.",
        Operation.SESSION_ATTEST: "Declare that nobody else is in a session's pictures.",
        Operation.CONSENT_REQUEST_LIST: "List who was asked for consent.",
        Operation.CONSENT_REQUEST_READ: "See what somebody was asked to agree to.",
        Operation.CONSENT_REQUEST_CREATE: "Ask people for consent.",
        Operation.CONSENT_REQUEST_CHANGE: (
            "Remind somebody who was asked, or take the question back."
        ),
        Operation.CONSENT_READ: "See what a person signed, with the documents.",
        Operation.CONSENT_ENTER: "Enter a form that was signed on paper.",
        Operation.CONSENT_WITHDRAW: "Withdraw consent for a person who says so.",
        Operation.BASIS_READ: "See on what the use of a picture rests besides consent.",
        Operation.BASIS_RECORD: "Record on what the use of a picture rests.",
        Operation.BASIS_END: "End what the use of a picture rests on.",
        Operation.SUBJECT_REQUEST_LIST: "List what people ask for themselves.",
        Operation.ERASURE_LIST: "List erasures.",
        Operation.ERASURE_READ: "See how far an erasure is, and what was found.",
        Operation.ERASURE_PLAN: "Say what becomes of the pictures of who is erased.",
        Operation.ERASURE_CONFIRM: "Confirm an erasure, which cannot be undone.",
        Operation.ERASURE_PROOF: "Open the proof of consent that an erasure kept.",
        Operation.ERASURE_CANCEL: "Cancel an erasure that nobody confirmed yet.",
        Operation.EXPORT_LIST: "List people's copies of what is on record about them.",
        Operation.EXPORT_READ: "See how far somebody's copy is.",
        Operation.EXPORT_TELL: "Have the mail with the link to a copy sent again.",
        Operation.SUBJECT_REQUEST_READ: "See what a person asks for.",
        Operation.SUBJECT_REQUEST_DECIDE: "Decide on what a person asks for.",
        Operation.SUBJECT_REQUEST_ENTER: "Enter what a person asked in another way.",
        Operation.SUBJECT_REQUEST_IDENTIFY: "Say how it is known who asks.",
        Operation.SUBJECT_REQUEST_EXTEND: "Put off the answer, once and with a reason.",
        Operation.SUBJECT_REQUEST_LIFT: "End a freeze that a person was granted.",
        Operation.SUBJECT_REQUEST_EXPORT: "Fetch the register of requests as a file.",
        Operation.ASSET_RESTRICT: "Freeze a picture: kept, and not used.",
        Operation.ASSET_UNRESTRICT: "End the freeze of a picture.",
        Operation.DISCLOSURE_READ: "See who received a picture.",
        Operation.SHARE_LIST: "See what is shared with whom outside.",
        Operation.SHARE_CREATE: "Share pictures with somebody outside.",
        Operation.SHARE_REVOKE: "Take a share back.",
        Operation.PUBLICATION_LIST: "See what ran where.",
        Operation.PUBLICATION_CREATE: "Say what ran where, or make an embed.",
        Operation.PUBLICATION_END: "Say that a publication is over.",
        Operation.RECALL_LIST: "See who is asked to remove a picture.",
        Operation.RECALL_READ: "See one recall.",
        Operation.RECALL_ACKNOWLEDGE: "Say that every copy is removed.",
        Operation.COLLECTION_LIST: "List collections.",
        Operation.COLLECTION_READ: "See a collection and its members.",
        Operation.COLLECTION_CREATE: "Start a collection.",
        Operation.COLLECTION_CHANGE: (
            "Change a collection's title, members and whether it is restricted."
        ),
        Operation.COLLECTION_FILL: "Put pictures into a collection or take them out.",
        Operation.PROPOSAL_LIST: "List what waits for a second person.",
        Operation.PROPOSAL_SETTLE: "Approve or reject as the second person.",
        Operation.RECOGNITION_READ: "See how far recognition may go.",
        Operation.RECOGNITION_SWITCH: "Switch recognition on or off.",
        Operation.GOVERNANCE_LIST: "List what was assessed, agreed and is processed.",
        Operation.GOVERNANCE_READ: "See an assessment, an agreement or another record.",
        Operation.GOVERNANCE_CREATE: "Begin an assessment or another record.",
        Operation.GOVERNANCE_CHANGE: "Write the next version of a record.",
        Operation.GOVERNANCE_SIGN: "Sign a record until a day.",
        Operation.GOVERNANCE_REVOKE: "Revoke a record that was signed.",
        Operation.BREACH_LIST: "List breaches and drills.",
        Operation.BREACH_READ: "See a breach, whom it touches, and its draft notices.",
        Operation.BREACH_CREATE: "Record a breach or a drill.",
        Operation.BREACH_CHANGE: "Note what was done about a breach.",
        Operation.RETENTION_READ: "See how long things are kept.",
        Operation.RETENTION_CHANGE: "Change how long things are kept.",
        Operation.AUDIT_SEARCH: "Search the audit log.",
        Operation.AUDIT_EXPORT: "Export the audit log.",
        Operation.USER_LIST: "List users.",
        Operation.USER_CREATE: "Add a user.",
        Operation.USER_CHANGE: "Change a user's roles, or let a user in or out.",
        AccessRefusal.NOT_YOUR_ROLE: (
            "None of your roles does this. Ask an administrator for one that does."
        ),
        AccessRefusal.NOT_IN_COLLECTION: (
            "The picture is in a collection that does not let you do this. Ask one"
            " of its editors."
        ),
        AccessRefusal.NOT_RECOGNISER: (
            "Recognition takes leave of its own. Ask an administrator for it."
        ),
        AccessRefusal.SIGN_IN_AGAIN: (
            "You signed in too long ago for this. Sign in again."
        ),
        AccessRefusal.NOT_RELEASED_YET: (
            "The picture may not be used at this moment. Wait until an editor has"
            " released it."
        ),
        CollectionRefusal.NOT_A_MEMBER_ROLE: (
            "A member is a viewer, a contributor or an editor. Choose one of those."
        ),
        CollectionRefusal.TOO_MANY_MEMBERS: (
            "The collection has as many members as it can have. Take somebody off first."
        ),
        CollectionRefusal.TOO_MANY_COLLECTIONS: (
            "The picture is in as many collections as it can be. Take it out of"
            " one first."
        ),
        CollectionRefusal.NOBODY_LEFT: (
            "A restricted collection needs an editor among its members. Add one first."
        ),
        CollectionRefusal.IN_ITSELF: (
            "A collection cannot stand in itself. Choose one that is not in it."
        ),
        CollectionRefusal.TOO_DEEP: (
            "Collections would stand too deep in one another. Choose one higher up."
        ),
        ProposalRefusal.OWN_PROPOSAL: (
            "This was your own proposal. Ask somebody else to approve it."
        ),
        ProposalRefusal.PROPOSAL_LAPSED: (
            "The proposal waited too long and has lapsed. Make it again."
        ),
        ProposalRefusal.PROPOSAL_SETTLED: (
            "Somebody has settled this proposal already. Look at what came of it."
        ),
        ProposalStatus.OPEN: "It waits for a second person.",
        ProposalStatus.APPROVED: "A second person approved it.",
        ProposalStatus.REJECTED: "It was turned down or taken back.",
        ProposalStatus.LAPSED: "Nobody approved it in time.",
    }
)

DUTCH: Final[Mapping[StrEnum, str]] = MappingProxyType(
    {
        Role.VIEWER: "Ziet en downloadt foto's die zijn vrijgegeven.",
        Role.CONTRIBUTOR: "Uploadt foto's en volgt wat ermee gebeurt.",
        Role.EDITOR: "Zorgt voor foto's, mensen en toestemmingen, en geeft foto's vrij.",
        Role.PRIVACY_OFFICER: (
            "Houdt toezicht op alles: verzoeken, bewaartermijnen, het logboek en"
            " herkenning."
        ),
        Role.ADMINISTRATOR: (
            "Beheert gebruikers en instellingen; ziet geen foto's en niemand die"
            " erop staat."
        ),
        Role.RECOGNISER: (
            "Mag herkenning gebruiken en zien, voor zover een andere rol dat toestaat."
        ),
        AccountStatus.INVITED: "Is uitgenodigd en heeft zich nog niet aangemeld.",
        AccountStatus.ACTIVE: "Kan zich aanmelden.",
        AccountStatus.DISABLED: (
            "Kan zich niet aanmelden totdat een beheerder dat weer mogelijk maakt."
        ),
        Operation.ASSET_LIST: "Foto's opsommen.",
        Operation.ASSET_READ: "Zien wat er over een foto bekend is.",
        Operation.ASSET_VIEW: "Een foto bekijken.",
        Operation.ASSET_UPLOAD: "Een foto uploaden.",
        Operation.ASSET_DOWNLOAD: "Een foto downloaden voor een kanaal.",
        Operation.ASSET_RELEASE: "Een foto vrijgeven.",
        Operation.ASSET_RETRY: "Het opnieuw proberen met een foto die bleef steken.",
        Operation.ASSET_DESCRIBE: "Wijzigen wat er over een foto is gezegd.",
        Operation.ASSET_ERASE: "Een foto overal wissen.",
        Operation.APPEARANCE_CONFIRM: "Zeggen wie een gezicht is.",
        Operation.APPEARANCE_MARK: "Zeggen welk gezicht altijd wordt afgedekt.",
        Operation.SUGGESTION_SEE: "Zien wie de software denkt te herkennen.",
        Operation.SUGGESTION_CONFIRM: (
            "Zeggen of de software een gezicht goed heeft of niet."
        ),
        Operation.PERSON_LIST: "Mensen opsommen.",
        Operation.PERSON_READ: "Zien wat er over een persoon bekend is.",
        Operation.PERSON_CREATE: "Een persoon toevoegen.",
        Operation.PERSON_ENROL: "Een persoon inschrijven voor herkenning.",
        Operation.LINK_CREATE: "De link maken naar de eigen pagina van een persoon.",
        Operation.CONTACT_CHANGE: "Wijzigen hoe een persoon te bereiken is.",
        Operation.WORDING_LIST: "De teksten opsommen die mensen ondertekenen.",
        Operation.WORDING_READ: "Een tekst zien die mensen ondertekenen.",
        Operation.WORDING_CREATE: "Een tekst schrijven die mensen ondertekenen.",
        Operation.WORDING_CHANGE: (
            "Een nieuwe versie maken van een tekst die mensen ondertekenen."
        ),
        Operation.SESSION_LIST: "Sessies opsommen.",
        Operation.SESSION_READ: "Een sessie zien en hoeveel mensen daar tekenden.",
        Operation.SESSION_CREATE: "Een sessie beginnen.",
        Operation.SESSION_CHANGE: "Wijzigen wat er van een sessie staat.",
        Operation.SESSION_LINK: "De code maken waarmee mensen bij een sessie tekenen.",
        Operation.SESSION_ATTEST: (
            "Verklaren dat er niemand anders op de foto's van een sessie staat."
        ),
        Operation.CONSENT_REQUEST_LIST: "Opsommen wie om toestemming is gevraagd.",
        Operation.CONSENT_REQUEST_READ: "Zien waarvoor iemand toestemming is gevraagd.",
        Operation.CONSENT_REQUEST_CREATE: "Mensen om toestemming vragen.",
        Operation.CONSENT_REQUEST_CHANGE: (
            "Iemand aan een vraag herinneren, of de vraag terugnemen."
        ),
        Operation.CONSENT_READ: "Zien wat een persoon tekende, met de documenten.",
        Operation.CONSENT_ENTER: "Een formulier invoeren dat op papier is getekend.",
        Operation.CONSENT_WITHDRAW: (
            "Toestemming intrekken voor een persoon die dat zegt."
        ),
        Operation.BASIS_READ: (
            "Zien waarop het gebruik van een foto naast toestemming berust."
        ),
        Operation.BASIS_RECORD: "Vastleggen waarop het gebruik van een foto berust.",
        Operation.BASIS_END: "Beëindigen waarop het gebruik van een foto berust.",
        Operation.SUBJECT_REQUEST_LIST: "Opsommen wat mensen voor zichzelf vragen.",
        Operation.ERASURE_LIST: "Opsommen van wissingen.",
        Operation.ERASURE_READ: "Zien hoe ver een wissing is, en wat is gevonden.",
        Operation.ERASURE_PLAN: "Zeggen wat met de foto's van wie wordt gewist gebeurt.",
        Operation.ERASURE_CONFIRM: "Een wissing bevestigen, wat onomkeerbaar is.",
        Operation.ERASURE_PROOF: "Het bewijs openen dat een wissing bewaarde.",
        Operation.ERASURE_CANCEL: "Een wissing afbreken die nog niet is bevestigd.",
        Operation.EXPORT_LIST: "Opsommen van kopieën van wat over mensen is vastgelegd.",
        Operation.EXPORT_READ: "Zien hoe ver iemands kopie is.",
        Operation.EXPORT_TELL: "De mail met de link naar een kopie opnieuw sturen.",
        Operation.SUBJECT_REQUEST_READ: "Zien wat een persoon vraagt.",
        Operation.SUBJECT_REQUEST_DECIDE: "Beslissen over wat een persoon vraagt.",
        Operation.SUBJECT_REQUEST_ENTER: (
            "Invoeren wat een persoon op een andere manier vroeg."
        ),
        Operation.SUBJECT_REQUEST_IDENTIFY: "Zeggen hoe bekend is wie het vraagt.",
        Operation.SUBJECT_REQUEST_EXTEND: "Het antwoord uitstellen, eens en met reden.",
        Operation.SUBJECT_REQUEST_LIFT: "Een toegewezen bevriezing opheffen.",
        Operation.SUBJECT_REQUEST_EXPORT: "Het verzoekenregister ophalen als bestand.",
        Operation.ASSET_RESTRICT: "Een foto bevriezen: bewaard en niet gebruikt.",
        Operation.ASSET_UNRESTRICT: "De bevriezing van een foto opheffen.",
        Operation.DISCLOSURE_READ: "Zien wie een foto kreeg.",
        Operation.SHARE_LIST: "Zien wat met wie buiten is gedeeld.",
        Operation.SHARE_CREATE: "Foto's delen met iemand van buiten.",
        Operation.SHARE_REVOKE: "Een gedeelde link intrekken.",
        Operation.PUBLICATION_LIST: "Zien wat waar is verschenen.",
        Operation.PUBLICATION_CREATE: "Zeggen wat waar verscheen, of een embed maken.",
        Operation.PUBLICATION_END: "Zeggen dat een publicatie voorbij is.",
        Operation.RECALL_LIST: "Zien wie een foto moet verwijderen.",
        Operation.RECALL_READ: "Eén terugroeping zien.",
        Operation.RECALL_ACKNOWLEDGE: "Zeggen dat elke kopie is verwijderd.",
        Operation.COLLECTION_LIST: "Collecties opsommen.",
        Operation.COLLECTION_READ: "Een collectie en haar leden zien.",
        Operation.COLLECTION_CREATE: "Een collectie beginnen.",
        Operation.COLLECTION_CHANGE: (
            "De titel en leden van een collectie wijzigen, en of zij besloten is."
        ),
        Operation.COLLECTION_FILL: "Foto's in een collectie zetten of eruit halen.",
        Operation.PROPOSAL_LIST: "Opsommen wat op een tweede persoon wacht.",
        Operation.PROPOSAL_SETTLE: "Als tweede persoon goedkeuren of afwijzen.",
        Operation.RECOGNITION_READ: "Zien hoe ver herkenning mag gaan.",
        Operation.RECOGNITION_SWITCH: "Herkenning aan- of uitzetten.",
        Operation.GOVERNANCE_LIST: (
            "Bekijken wat is beoordeeld, afgesproken en wordt verwerkt."
        ),
        Operation.GOVERNANCE_READ: (
            "Een beoordeling, overeenkomst of andere vastlegging bekijken."
        ),
        Operation.GOVERNANCE_CREATE: "Een beoordeling of andere vastlegging beginnen.",
        Operation.GOVERNANCE_CHANGE: "De volgende versie van een vastlegging schrijven.",
        Operation.GOVERNANCE_SIGN: "Een vastlegging tot een dag ondertekenen.",
        Operation.GOVERNANCE_REVOKE: "Een ondertekende vastlegging intrekken.",
        Operation.BREACH_LIST: "Datalekken en oefeningen bekijken.",
        Operation.BREACH_READ: "Een datalek bekijken, wie het raakt en de concepten.",
        Operation.BREACH_CREATE: "Een datalek of een oefening vastleggen.",
        Operation.BREACH_CHANGE: "Vastleggen wat aan een datalek is gedaan.",
        Operation.RETENTION_READ: "Zien hoe lang iets wordt bewaard.",
        Operation.RETENTION_CHANGE: "Wijzigen hoe lang iets wordt bewaard.",
        Operation.AUDIT_SEARCH: "In het logboek zoeken.",
        Operation.AUDIT_EXPORT: "Het logboek exporteren.",
        Operation.USER_LIST: "Gebruikers opsommen.",
        Operation.USER_CREATE: "Een gebruiker toevoegen.",
        Operation.USER_CHANGE: (
            "De rollen van een gebruiker wijzigen, of een gebruiker toelaten of weren."
        ),
        AccessRefusal.NOT_YOUR_ROLE: (
            "Geen van je rollen doet dit. Vraag een beheerder om een rol die het"
            " wel doet."
        ),
        AccessRefusal.NOT_IN_COLLECTION: (
            "De foto zit in een collectie die je dit niet laat doen. Vraag het een"
            " redacteur ervan."
        ),
        AccessRefusal.NOT_RECOGNISER: (
            "Voor herkenning is apart verlof nodig. Vraag een beheerder erom."
        ),
        AccessRefusal.SIGN_IN_AGAIN: (
            "Je hebt je hiervoor te lang geleden aangemeld. Meld je opnieuw aan."
        ),
        AccessRefusal.NOT_RELEASED_YET: (
            "De foto mag op dit moment niet worden gebruikt. Wacht tot een"
            " redacteur hem heeft vrijgegeven."
        ),
        CollectionRefusal.NOT_A_MEMBER_ROLE: (
            "Een lid is kijker, inzender of redacteur. Kies een daarvan."
        ),
        CollectionRefusal.TOO_MANY_MEMBERS: (
            "De collectie heeft zo veel leden als er kunnen zijn. Haal eerst iemand eraf."
        ),
        CollectionRefusal.TOO_MANY_COLLECTIONS: (
            "De foto zit in zo veel collecties als er kunnen zijn. Haal hem eerst"
            " ergens uit."
        ),
        CollectionRefusal.NOBODY_LEFT: (
            "Een besloten collectie heeft een redacteur onder haar leden nodig."
            " Voeg er eerst een toe."
        ),
        CollectionRefusal.IN_ITSELF: (
            "Een collectie kan niet in zichzelf staan. Kies er een die er niet in zit."
        ),
        CollectionRefusal.TOO_DEEP: (
            "Collecties zouden te diep in elkaar staan. Kies er een die hoger staat."
        ),
        ProposalRefusal.OWN_PROPOSAL: (
            "Dit was je eigen voorstel. Vraag iemand anders om het goed te keuren."
        ),
        ProposalRefusal.PROPOSAL_LAPSED: (
            "Het voorstel heeft te lang gewacht en is vervallen. Doe het opnieuw."
        ),
        ProposalRefusal.PROPOSAL_SETTLED: (
            "Iemand heeft al over dit voorstel beslist. Kijk wat ervan kwam."
        ),
        ProposalStatus.OPEN: "Het wacht op een tweede persoon.",
        ProposalStatus.APPROVED: "Een tweede persoon keurde het goed.",
        ProposalStatus.REJECTED: "Het is afgewezen of teruggenomen.",
        ProposalStatus.LAPSED: "Niemand keurde het op tijd goed.",
    }
)
