"""French: what people ask for themselves, and what comes of it."""

from collections.abc import Mapping
from typing import Final

from beeldrecht.domain.mails import MailKind
from beeldrecht.domain.subject_requests import SubjectRequestKind

from .model import MailWords, Variant

KINDS: Final[Mapping[SubjectRequestKind, str]] = {
    SubjectRequestKind.EXPORT: "accès",
    SubjectRequestKind.RECTIFICATION: "rectification",
    SubjectRequestKind.RESTRICTION: "limitation",
    SubjectRequestKind.OBJECTION: "opposition",
    SubjectRequestKind.ERASURE: "effacement",
}
"""What is asked, in a word."""
ASKED: Final[Mapping[SubjectRequestKind, str]] = {
    SubjectRequestKind.EXPORT: "votre demande de copie de vos données",
    SubjectRequestKind.RECTIFICATION: "votre demande de rectification",
    SubjectRequestKind.RESTRICTION: "votre demande de gel de vos photos",
    SubjectRequestKind.OBJECTION: "votre opposition",
    SubjectRequestKind.ERASURE: "votre demande d'effacement",
}
"""The same, said to whoever asked it."""
DUE: Final[Mapping[str, str]] = {
    "due": "{kind} : réponse le {day} au plus tard ({id})",
    "late": "En retard, {kind} : la réponse était due le {day} ({id})",
    "more": "Et {count} autres demandes",
    "recalls": "Rappels en cours : {count}",
    "records": "Inscriptions qui expirent : {count}",
    "runs": "Passages de conservation qui attendent un oui : {count}",
}
"""The lines of a digest for officers."""
MAILS: Final[Mapping[tuple[MailKind, Variant], MailWords]] = {
    (MailKind.REQUEST_RECEIVED, Variant.RECTIFICATION): MailWords(
        subject="Nous avons reçu votre demande de rectification",
        preview="Vous aurez une réponse le {day} au plus tard.",
        heading="Nous avons reçu votre demande",
        before=(
            (
                "Le {at}, vous nous avez demandé de rectifier quelque chose. Vous aurez"
                " une réponse le {day} au plus tard, gratuitement."
            ),
        ),
        button="Ouvrir votre page",
    ),
    (MailKind.REQUEST_RECEIVED, Variant.RESTRICTION): MailWords(
        subject="Vos photos sont gelées",
        preview="Elles sont conservées et ne sont pas utilisées.",
        heading="Vos photos sont gelées",
        before=(
            (
                "Le {at}, vous nous avez demandé de conserver vos photos sans les"
                " utiliser. C'est déjà le cas, et le restera jusqu'à notre décision."
            ),
            "Vous aurez une réponse le {day} au plus tard, gratuitement.",
        ),
        button="Ouvrir votre page",
    ),
    (MailKind.REQUEST_EXTENDED, Variant.PLAIN): MailWords(
        subject="Notre réponse prendra plus de temps",
        preview="Vous aurez une réponse le {day} au plus tard.",
        heading="Notre réponse prendra plus de temps",
        before=(
            (
                "Le {asked}, nous avons reçu {what}. Il nous faut plus de temps, car :"
                " {reason}"
            ),
            (
                "Vous aurez une réponse le {day} au plus tard. Ce qui est gelé le reste"
                " jusque-là."
            ),
            (
                "Si vous n'êtes pas d'accord, répondez à ce message. Vous pouvez aussi"
                " saisir l'autorité de protection des données de votre pays, ou la"
                " justice."
            ),
        ),
        button="Ouvrir votre page",
    ),
    (MailKind.REQUEST_DECIDED, Variant.EXPORT): MailWords(
        subject="Vous recevrez une copie de vos données",
        preview="Nous la préparons.",
        heading="Vous recevrez une copie de vos données",
        before=(
            (
                "Le {at}, nous avons accepté votre demande du {asked}. Nous préparons la"
                " copie ; dès qu'elle sera prête, vous recevrez un message avec un lien."
            ),
            "Notre explication : {reason}",
        ),
        button="Ouvrir votre page",
    ),
    (MailKind.REQUEST_DECIDED, Variant.ERASURE): MailWords(
        subject="Nous effaçons ce que nous avons sur vous",
        preview="Nous commençons maintenant.",
        heading="Nous effaçons ce que nous avons sur vous",
        before=(
            (
                "Le {at}, nous avons accepté votre demande du {asked}. Ce qui est effacé"
                " ne revient pas. Ensuite, un certificat dit ce qui a été fait."
            ),
            "Notre explication : {reason}",
        ),
        button="Ouvrir votre page",
    ),
    (MailKind.REQUEST_DECIDED, Variant.RECTIFICATION): MailWords(
        subject="C'est rectifié",
        preview="Ce qui était faux est corrigé.",
        heading="C'est rectifié",
        before=(
            ("Le {at}, nous avons accepté votre demande du {asked}, et c'est rectifié."),
            "Notre explication : {reason}",
        ),
        button="Ouvrir votre page",
    ),
    (MailKind.REQUEST_DECIDED, Variant.RESTRICTION): MailWords(
        subject="Vos photos restent gelées",
        preview="Elles sont conservées et ne sont pas utilisées.",
        heading="Vos photos restent gelées",
        before=(
            (
                "Le {at}, nous avons accepté votre demande du {asked} : vos photos sont"
                " conservées et ne sont pas utilisées. Avant que cela ne finisse, nous"
                " vous le dirons."
            ),
            "Notre explication : {reason}",
        ),
        button="Ouvrir votre page",
    ),
    (MailKind.REQUEST_DECIDED, Variant.DISMISSED): MailWords(
        subject="À propos de votre demande du {asked}",
        preview="Nous avons décidé, avec une raison.",
        heading="Nous n'acceptons pas votre demande",
        before=(
            (
                "Le {at}, nous avons statué sur {what} du {asked}. Nous ne l'acceptons"
                " pas, car : {reason}"
            ),
            (
                "Si vous n'êtes pas d'accord, répondez à ce message. Vous pouvez aussi"
                " saisir l'autorité de protection des données de votre pays, ou la"
                " justice."
            ),
        ),
        button="Ouvrir votre page",
    ),
    (MailKind.FREEZE_LIFTED, Variant.PLAIN): MailWords(
        subject="À partir du {day}, vos photos ne sont plus gelées",
        preview="Nous vous le disons avant, avec la raison.",
        heading="À partir du {day}, vos photos ne sont plus gelées",
        before=(
            (
                "Vos photos sont gelées en ce moment. À partir du {day}, elles ne le"
                " seront plus, car : {reason}"
            ),
            (
                "Ce que vous n'avez pas permis reste interdit ensuite. Si vous n'êtes"
                " pas d'accord, répondez à ce message, ou opposez-vous sur votre page."
            ),
        ),
        button="Ouvrir votre page",
    ),
    (MailKind.OFFICER_DIGEST, Variant.PLAIN): MailWords(
        subject="Des demandes attendent une réponse",
        preview="Ce qui est bientôt dû, ou l'était.",
        heading="Des demandes attendent une réponse",
        before=("La loi donne un mois pour répondre. Le {day}, ceci attend encore :",),
        button="Ouvrir la photothèque",
    ),
}
