"""French."""

from datetime import date, time

from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.mails import MailKind
from beeldrecht.domain.signing import Relation, SignatureKind

from . import officers, rights_fr
from .model import CopyWords, Language, MailWords, Variant

_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août"),
    *("septembre", "octobre", "novembre", "décembre"),
)


def _day(day: date) -> str:
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {_MONTHS[day.month - 1]} {day.year}"


def _clock(at: time) -> str:
    return f"{at.hour} h {at:%M}"


_PLAIN = Variant.PLAIN
_MAILS = {
    (MailKind.ASK, _PLAIN): MailWords(
        subject="Pouvons-nous utiliser des photos de vous ? {title}",
        preview="Vous choisissez pour quoi. Refuser est sans conséquence.",
        heading="Pouvons-nous utiliser des photos de vous ?",
        before=(
            (
                "Nous aimerions utiliser des photos sur lesquelles on peut vous"
                " reconnaître. C'est à vous de décider : vous choisissez usage par"
                " usage, et refuser est sans conséquence."
            ),
            "Il s'agit de : {title}. Responsable : {controller}",
            (
                "Vous pouvez répondre jusqu'au {day}. Cela prend moins d'une minute,"
                " aussi sur un téléphone."
            ),
        ),
        button="Lire et choisir",
        after=(
            (
                "Si vous ne faites rien, nous n'utilisons pas sur cette base de photos où"
                " l'on peut vous reconnaître."
            ),
        ),
    ),
    (MailKind.REMIND, _PLAIN): MailWords(
        subject="Rappel : pouvons-nous utiliser des photos de vous ? {title}",
        preview="Nous vous l'avons déjà demandé. Vous pouvez répondre jusqu'au {day}.",
        heading="Nous n'avons pas encore de réponse de vous",
        before=(
            (
                "Nous vous avons demandé si nous pouvions utiliser des photos sur"
                " lesquelles on peut vous reconnaître. Vous n'avez pas encore répondu,"
                " et rien ne vous y oblige."
            ),
            "Il s'agit de : {title}. Responsable : {controller}",
            (
                "Vous pouvez répondre jusqu'au {day}. Ensuite notre question expire ;"
                " nous n'enverrons pas d'autre rappel."
            ),
        ),
        button="Lire et choisir",
        after=(
            (
                "Si vous ne faites rien, nous n'utilisons pas sur cette base de photos où"
                " l'on peut vous reconnaître."
            ),
        ),
    ),
    (MailKind.COPY, _PLAIN): MailWords(
        subject="Votre exemplaire : {title}",
        preview=(
            "Ce que vous avez signé est joint. Vous pouvez le modifier à tout moment."
        ),
        heading="Voici ce que vous avez signé",
        before=(
            (
                "Le {signed}, vous avez signé « {title} ». Le document est joint ;"
                " conservez-le si vous le souhaitez."
            ),
            (
                "Sur votre page personnelle, vous voyez à quoi vous avez consenti et"
                " où des photos de vous sont utilisées. Vous pouvez y modifier, retirer"
                " votre consentement ou vous opposer, à tout moment et sans donner de"
                " raison."
            ),
        ),
        button="Ouvrir votre page",
        after=("Le lien fonctionne jusqu'au {day}.",),
    ),
    (MailKind.RENEW, _PLAIN): MailWords(
        subject="Votre consentement prend fin le {day} : {title}",
        preview="Un geste le prolonge. Si vous ne faites rien, il prend fin.",
        heading="Votre consentement prend fin le {day}",
        before=(
            (
                "Le {signed}, vous avez consenti à « {title} ». Le {day} est le"
                " dernier jour où cela vaut, pour : {channels}."
            ),
            (
                "Si vous le souhaitez, vous le prolongez d'un geste, pour les mêmes"
                " usages. Si vous ne faites rien, il prend fin et nous retirons les"
                " photos."
            ),
        ),
        button="Prolonger ou modifier",
        after=(
            "Aucun compte n'est nécessaire, et vous pouvez le retirer à tout moment.",
        ),
    ),
    (MailKind.ENDED, _PLAIN): MailWords(
        subject="Votre consentement a pris fin : {title}",
        preview="Nous n'utilisons plus ces photos. Vous n'avez rien à faire.",
        heading="Votre consentement a pris fin",
        before=(
            (
                "Le {day} était le dernier jour de votre consentement à « {title} »,"
                " pour : {channels}. Nous n'y utilisons plus de photos de vous sur"
                " cette base."
            ),
            (
                "Vous n'avez rien à faire. Sur votre page personnelle vous voyez tout, et"
                " vous pouvez consentir à nouveau si vous le souhaitez."
            ),
        ),
        button="Ouvrir votre page",
        after=("Le lien fonctionne jusqu'au {link_day}.",),
    ),
    (MailKind.COMES_OF_AGE, _PLAIN): MailWords(
        subject="À vous de décider : photos de {person_or_you}",
        preview="Jusqu'ici un parent ou tuteur décidait. Désormais c'est vous.",
        heading="À vous de décider",
        before=(
            (
                "Jusqu'ici, un parent ou tuteur décidait si nous pouvions utiliser des"
                " photos de {person_or_you}. À partir du {day}, la personne"
                " photographiée décide elle-même, et ce qui avait été convenu a pris"
                " fin."
            ),
            (
                "Est-ce vous ? Alors regardez et choisissez vous-même. Êtes-vous le"
                " parent ou le tuteur ? Alors transmettez ce message."
            ),
        ),
        button="Lire et choisir",
        after=(
            "Si vous ne faites rien, nous n'utilisons plus ces photos sur cette base.",
        ),
    ),
    (MailKind.WITHDRAWN, _PLAIN): MailWords(
        subject="Vous avez retiré votre consentement",
        preview="Cela vaut immédiatement. Ceci est votre confirmation.",
        heading="Vous avez retiré votre consentement",
        before=(
            (
                "Le {at}, vous avez retiré : {channels}. Cela vaut immédiatement : nous"
                " n'utilisons plus pour cela de photos de vous sur cette base, et nous le"
                " disons à ceux qui les ont reçues de nous."
            ),
            (
                "Ce qui a été fait avant reste licite ; ce qui est imprimé ne peut être"
                " rappelé. Que vous aviez consenti reste enregistré, comme preuve."
            ),
        ),
        button="Ouvrir votre page",
        after=("Ce n'était pas vous ? Alors répondez à ce message.",),
    ),
    (MailKind.OBJECTION, Variant.RECEIVED): MailWords(
        subject="Nous avons reçu votre opposition",
        preview="Vos photos sont gelées jusqu'à la décision.",
        heading="Nous avons reçu votre opposition",
        before=(
            (
                "Le {at}, nous avons reçu votre opposition à l'utilisation de photos"
                " de vous. Tant que rien n'est décidé, nous ne les utilisons pas ;"
                " elles sont conservées et gelées."
            ),
            "Vous aurez une réponse le {day} au plus tard.",
        ),
        button="Ouvrir votre page",
    ),
    (MailKind.OBJECTION, Variant.UPHELD): MailWords(
        subject="Votre opposition est acceptée",
        preview="Nous n'utilisons plus ces photos.",
        heading="Votre opposition est acceptée",
        before=(
            (
                "Le {at}, nous avons statué sur votre opposition du {asked} : vous avez"
                " raison. Nous n'utilisons plus de photos de vous."
            ),
        ),
        button="Ouvrir votre page",
    ),
    (MailKind.OBJECTION, Variant.DISMISSED): MailWords(
        subject="À propos de votre opposition",
        preview="Nous avons décidé, avec une raison.",
        heading="Nous n'acceptons pas votre opposition",
        before=(
            (
                "Le {at}, nous avons statué sur votre opposition du {asked}. Nous ne"
                " l'acceptons pas, car : {reason}"
            ),
            (
                "Si vous n'êtes pas d'accord, répondez à ce message. Vous pouvez aussi"
                " saisir l'autorité de protection des données de votre pays, ou la"
                " justice."
            ),
        ),
        button="Ouvrir votre page",
    ),
    (MailKind.RECALL, _PLAIN): MailWords(
        subject="Merci de retirer une photo ({asset})",
        preview="Elle ne peut plus être utilisée comme vous l'avez reçue.",
        heading="Merci de ne plus utiliser cette photo",
        before=(
            (
                "Vous avez pris la photo {asset} dans la photothèque. Depuis le {at},"
                " elle ne peut plus être utilisée pour : {channels}."
            ),
            (
                "Retirez-la là où vous l'avez placée, supprimez vos copies et prévenez"
                " ceux à qui vous l'avez donnée. La loi nous demande de vous le dire"
                " (RGPD, article 19)."
            ),
            (
                "Dites-le-nous ensuite. Sans réponse, nous vous le redemanderons dans"
                " une semaine."
            ),
        ),
        button="Voir, et dire qu'elle est retirée",
        after=(
            "Le lien fonctionne jusqu'au {day} inclus.",
            "Impossible, pour un imprimé par exemple ? Répondez alors à ce message.",
        ),
    ),
    (MailKind.RECALL_REMINDER, _PLAIN): MailWords(
        subject="Rappel : merci de retirer une photo ({asset})",
        preview="Nous n'avons pas encore appris qu'elle est retirée.",
        heading="Cette photo est-elle retirée ?",
        before=(
            (
                "Nous vous avons demandé de ne plus utiliser la photo {asset} pour :"
                " {channels}. Nous n'avons pas encore appris qu'elle est retirée."
            ),
            (
                "Retirez-la là où vous l'avez placée, supprimez vos copies et prévenez"
                " ceux à qui vous l'avez donnée (RGPD, article 19)."
            ),
        ),
        button="Voir, et dire qu'elle est retirée",
        after=(
            "Le lien fonctionne jusqu'au {day} inclus.",
            "Impossible, pour un imprimé par exemple ? Répondez alors à ce message.",
        ),
    ),
    (MailKind.DIGEST, _PLAIN): MailWords(
        subject="Photos bientôt retirées",
        preview="Ce qui prend fin dans les {days} prochains jours.",
        heading="Ce qui sera retiré dans les {days} prochains jours",
        before=(
            (
                "Le consentement lié à ces photos prend fin le {day} au plus tard. Les"
                " personnes concernées ont été invitées à le prolonger ; sans réponse,"
                " les photos ne pourront plus être utilisées."
            ),
        ),
        button="Ouvrir la photothèque",
    ),
    (MailKind.REQUEST_RECEIVED, Variant.EXPORT): MailWords(
        subject="Nous avons reçu votre demande d'accès",
        preview="Vous aurez une réponse le {day} au plus tard.",
        heading="Nous avons reçu votre demande",
        before=(
            (
                "Le {at}, vous avez demandé une copie de tout ce que nous avons sur vous."
                " Vous aurez une réponse le {day} au plus tard, gratuitement."
            ),
        ),
        button="Ouvrir votre page",
    ),
    (MailKind.REQUEST_RECEIVED, Variant.ERASURE): MailWords(
        subject="Nous avons reçu votre demande d'effacement",
        preview="Vous aurez une réponse le {day} au plus tard.",
        heading="Nous avons reçu votre demande",
        before=(
            (
                "Le {at}, vous nous avez demandé d'effacer ce que nous avons sur vous."
                " Vous aurez une réponse le {day} au plus tard, gratuitement."
            ),
        ),
        button="Ouvrir votre page",
    ),
    (MailKind.ERASED, Variant.PLAIN): MailWords(
        subject="Vos données sont en cours d'effacement",
        preview="Ce que vous avez demandé se fait maintenant.",
        heading="Vos données sont en cours d'effacement",
        before=(
            (
                "Vous nous avez demandé d'effacer ce que nous avons sur vous. Nous le"
                " faisons maintenant : votre nom et votre adresse, ce que vous avez"
                " signé et les photos où vous figurez. Sur les photos avec d'autres,"
                " vous êtes masqué pour de bon."
            ),
            (
                "Une fois terminé, le bouton mène à une preuve signée : ce qui a été"
                " supprimé et où, ce qui doit rester et pourquoi. Chacun peut en"
                " vérifier l'authenticité."
            ),
        ),
        button="Ouvrir la preuve",
        after=(
            (
                "Le numéro est {number}. Le lien fonctionne jusqu'au {day} inclus ;"
                " gardez la preuve vous-même."
            ),
            ("C'est notre dernier message : ensuite, nous n'avons plus votre adresse."),
        ),
    ),
    (MailKind.SHARE, Variant.PLAIN): MailWords(
        subject="Des photos pour vous",
        preview="Vous pouvez les voir jusqu'au {day}.",
        heading="Des photos pour vous",
        before=(
            (
                "Quelqu'un partage des photos avec vous ({count}). Elles sont"
                " pour vous seul : les personnes qui y figurent ont accepté un"
                " usage, et pas davantage."
            ),
        ),
        button="Voir les photos",
        after=(
            (
                "Le lien fonctionne jusqu'au {day} inclus. Si un mot de passe"
                " va avec, vous l'avez reçu par une autre voie."
            ),
            (
                "Une personne qui figure sur une photo peut retirer son accord."
                " La photo n'est alors plus disponible, et nous vous demandons"
                " de supprimer vos copies."
            ),
        ),
    ),
    (MailKind.EXPORT_READY, Variant.PLAIN): MailWords(
        subject="Vos données sont prêtes",
        preview="Vous pouvez les récupérer jusqu'au {day}.",
        heading="Vos données sont prêtes",
        before=(
            (
                "Vous avez demandé une copie de tout ce que nous avons sur vous. Elle"
                " est prête : un fichier avec vos données, ce que vous avez signé et"
                " les photos où vous figurez. Les autres personnes sur ces photos sont"
                " masquées."
            ),
        ),
        button="Récupérer vos données",
        after=(
            (
                "Vous pouvez le récupérer jusqu'au {day} inclus. Ensuite, nous"
                " supprimons le fichier ; vous pouvez toujours en demander un nouveau."
            ),
        ),
    ),
}

LANGUAGE = Language(
    code="fr",
    day=_day,
    clock=_clock,
    greeting="Bonjour {name},",
    greeting_nobody="Bonjour,",
    about_person="Il s'agit de {person}.",
    address="Si le bouton ne fonctionne pas, ouvrez cette adresse :",
    legal_notice=(
        "Ceci est un avis légal sur l'utilisation de photos, pas de la publicité. Le"
        " désabonnement en un clic ne s'y applique pas. Ce message ne contient aucun"
        " traceur et ne charge rien d'ailleurs."
    ),
    private="Le lien est pour vous seul : ne transmettez pas ce message.",
    sender="Envoyé par la photothèque de {organisation}.",
    channels={
        Channel.WEBSITE: "site web",
        Channel.SOCIAL: "réseaux sociaux",
        Channel.INTRANET: "intranet",
        Channel.PRINT: "imprimés",
        Channel.PRESS: "presse",
        Channel.PAID: "publicité payée",
    },
    places={
        Place.NETHERLANDS: "Pays-Bas",
        Place.EUROPEAN_UNION: "Union européenne",
        Place.WORLD: "monde entier",
    },
    mails={**_MAILS, **rights_fr.MAILS, **officers.FRENCH},
    kinds=rights_fr.KINDS,
    asked=rights_fr.ASKED,
    due=rights_fr.DUE,
    counted={"picture": "{channel} : {count} photos", "one": "{channel} : 1 photo"},
    copy=CopyWords(
        title="Exemplaire signé",
        subtitle="Ce qui a été montré, choisi et signé",
        wording="Texte",
        purpose="Pour quoi",
        controller="Responsable",
        notice="Ce qui a été dit avant de signer",
        choices="Choix",
        yes="Oui",
        no="Non",
        until="jusqu'au {day} inclus",
        no_end="jusqu'au retrait",
        image="Utilisation de photos",
        portrait="Convention de portrait",
        biometric="Reconnaissance par logiciel",
        compensation="Rémunération",
        signer="Signé par",
        name="Nom",
        guardian="Signé pour cette personne par {name} ({relation})",
        relations={Relation.PARENT: "parent", Relation.GUARDIAN: "tuteur"},
        signature="Signature",
        signatures={
            SignatureKind.TYPED: "nom saisi",
            SignatureKind.DRAWN: "dessinée",
            SignatureKind.PAPER: "sur papier ; le formulaire a été numérisé",
            SignatureKind.CLICK: "confirmée sur la page personnelle",
        },
        evidence="Preuve",
        signed_at="Signé le",
        signed_on="Demandé par",
        ways={
            "link": "un lien dans un message",
            "qr": "un code lors d'une séance",
            "tablet": "un appareil de l'organisation",
            "paper": "un formulaire papier",
        },
        network="Réseau (abrégé)",
        agent="Navigateur et système",
        photographer="Photographe",
        document="Document",
        replaces="Remplace le document",
        digest="SHA-256 du texte tel que montré",
        attached=(
            "Ce fichier contient le texte exactement tel qu'il a été montré"
            " (wording.json, dont le SHA-256 figure ci-dessus) et la preuve telle"
            " qu'elle a été enregistrée (evidence.json)."
        ),
        unknown="non enregistré",
    ),
)
