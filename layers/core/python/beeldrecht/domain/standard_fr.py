"""Le texte standard en français."""

from typing import Final

from .wordings import WordingText

TEXT: Final = WordingText(
    title="Des images de vous",
    purpose=(
        "Nous prenons des photos et des films pour montrer qui nous sommes et ce que nous"
        " faisons. Vous pouvez y figurer. Nous aimerions savoir ce que vous acceptez."
    ),
    controller="{controller}, {contact}",
    notice=(
        (
            "{controller} est responsable des images et de ce que vous indiquez ici. Pour"
            " vos questions, et pour notre délégué à la protection des données, écrivez à"
            " {contact}."
        ),
        (
            "Nous utilisons les images pour informer sur notre travail, par les canaux"
            " que vous choisissez ci-dessous, et pour rien d'autre. Nous le faisons avec"
            " votre consentement ; en vertu d'un contrat, si vous signez aussi l'accord"
            " de portrait. Un refus n'a aucune conséquence pour vous, ni maintenant ni"
            " plus tard. Vous pouvez dire oui à une chose et non à une autre."
        ),
        (
            "Les images sont vues par les personnes qui consultent ces canaux. Sur le"
            " site, sur les réseaux sociaux et dans la presse, cela peut être n'importe"
            " qui dans le monde, et d'autres peuvent les copier. Les entreprises qui"
            " gèrent les réseaux sociaux conservent des images aussi hors de l'Union"
            " européenne, selon leurs propres conditions. Ceux qui travaillent pour nous"
            " avec les images le font par contrat et dans l'Union européenne."
        ),
        (
            "La durée est indiquée à côté de chaque choix. Ensuite, nous n'y utilisons"
            " plus les images, sauf si vous renouvelez. Vous êtes prévenu à temps. Ce qui"
            " a déjà été imprimé ne peut pas être rappelé."
        ),
        (
            "Avec votre signature, nous conservons votre nom, votre adresse électronique"
            " si vous la donnez, votre date de naissance si vous êtes jeune, l'heure, vos"
            " choix, ainsi qu'une adresse réseau abrégée et le type de navigateur. Ils"
            " prouvent ce que vous avez accepté. Nous conservons cette preuve aussi"
            " longtemps que nous pouvons avoir à la montrer."
        ),
        (
            "Vous pouvez retirer votre consentement à tout moment, sur votre propre page,"
            " en aussi peu d'étapes que pour le donner. Nous arrêtons alors aussitôt. Ce"
            " qui a été fait avant reste licite. Vous y voyez aussi quelles images de"
            " vous existent et où elles ont été utilisées."
        ),
        (
            "Vous pouvez demander à voir, corriger, effacer ou recevoir ce que nous avons"
            " de vous, ou à en limiter l'usage, et vous pouvez vous y opposer. Nous"
            " répondons dans un délai d'un mois."
        ),
        "Aucune décision à votre sujet n'est prise par un ordinateur seul.",
        (
            "Vous n'êtes pas satisfait ? Vous pouvez déposer une plainte auprès de"
            " l'autorité de protection des données du pays où vous vivez ; aux Pays-Bas,"
            " c'est l'Autoriteit Persoonsgegevens."
        ),
    ),
    image=(
        "Des images sur lesquelles je suis reconnaissable peuvent être utilisées dans les"
        " canaux que je choisis ici. Je peux retirer cet accord à tout moment."
    ),
    portrait=(
        "Je conclus un accord de portrait avec {controller} : pour la durée indiquée ici,"
        " des images de moi peuvent être utilisées dans tous les canaux cités plus haut."
        " Rien n'est payé en échange. C'est un contrat : je ne peux pas le retirer avant"
        " sa fin, mais je peux m'opposer, et rien n'est alors utilisé jusqu'à la"
        " décision."
    ),
    biometric=(
        "Un logiciel peut mesurer mon visage pour me retrouver sur des images, afin que"
        " je puisse voir et décider ce qui est utilisé. C'est indépendant de tout le"
        " reste ; je peux le retirer à tout moment, et les mesures sont alors détruites."
    ),
    guardian=(
        "J'ai l'autorité parentale ou la tutelle sur la personne nommée ici, trop jeune"
        " pour accepter seule. J'en ai parlé avec elle autant que son âge le permet."
        " J'accepte pour elle jusqu'à ce qu'elle soit en âge de décider elle-même."
    ),
)
