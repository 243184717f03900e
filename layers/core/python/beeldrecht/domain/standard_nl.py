"""De standaardtekst in het Nederlands."""

from typing import Final

from .wordings import WordingText

TEXT: Final = WordingText(
    title="Foto's van jou",
    purpose=(
        "We maken foto's en films om te laten zien wie we zijn en wat we doen. Jij kunt"
        " daarop staan. We willen graag weten waarmee je instemt."
    ),
    controller="{controller}, {contact}",
    notice=(
        (
            "{controller} is verantwoordelijk voor de foto's en voor wat je hier invult."
            " Voor vragen, en voor onze functionaris gegevensbescherming, schrijf je naar"
            " {contact}."
        ),
        (
            "We gebruiken foto's om mensen over ons werk te informeren, via de kanalen"
            " die je hieronder kiest, en nergens anders voor. Dat doen we met jouw"
            " toestemming; of op grond van een overeenkomst, als je ook de"
            " portretovereenkomst tekent. Nee zeggen heeft geen gevolgen voor je, nu niet"
            " en later niet. Je mag op het ene ja zeggen en op het andere nee."
        ),
        (
            "Foto's zijn te zien voor wie naar de gekozen kanalen kijkt. Op de website,"
            " op sociale media en in de pers kan dat iedereen ter wereld zijn, en anderen"
            " kunnen ze kopiëren. Bedrijven achter sociale media bewaren foto's ook"
            " buiten de Europese Unie, onder hun eigen voorwaarden. Wie voor ons met de"
            " foto's werkt, doet dat met een contract en binnen de Europese Unie."
        ),
        (
            "Hoe lang het geldt, staat bij elke keuze. Daarna gebruiken we de foto's daar"
            " niet meer, tenzij je verlengt. Je krijgt op tijd bericht. Wat al is"
            " gedrukt, kunnen we niet terughalen."
        ),
        (
            "Met je handtekening bewaren we je naam, je e-mailadres als je dat geeft, je"
            " geboortedatum als je jong bent, het tijdstip, je keuzes, en een ingekort"
            " netwerkadres en de soort browser. Die bewijzen waarmee je hebt ingestemd."
            " We bewaren dat bewijs zolang we het misschien moeten laten zien."
        ),
        (
            "Je kunt je toestemming op elk moment intrekken, op je eigen pagina, in even"
            " weinig stappen als waarin je haar gaf. Dan stoppen we meteen. Wat ervoor is"
            " gebeurd, blijft rechtmatig. Je ziet daar ook welke foto's er van je zijn en"
            " waar ze zijn gebruikt."
        ),
        (
            "Je kunt ons vragen om wat we van je hebben te laten zien, te verbeteren, te"
            " wissen, mee te geven of minder te gebruiken, en je kunt bezwaar maken tegen"
            " het gebruik. We antwoorden binnen een maand."
        ),
        "Geen beslissing over jou wordt alleen door een computer genomen.",
        (
            "Ben je niet tevreden? Je kunt een klacht indienen bij de"
            " privacytoezichthouder van het land waar je woont; in Nederland is dat de"
            " Autoriteit Persoonsgegevens."
        ),
    ),
    image=(
        "Foto's waarop ik te herkennen ben, mogen worden gebruikt in de kanalen die ik"
        " hier kies. Ik kan dit op elk moment intrekken."
    ),
    portrait=(
        "Ik sluit een portretovereenkomst met {controller}: zolang als hier staat mogen"
        " foto's van mij worden gebruikt in alle kanalen die hierboven staan. Er wordt"
        " niets voor betaald. Dit is een contract: ik kan het niet intrekken voordat het"
        " afloopt, maar ik kan bezwaar maken, en dan wordt niets gebruikt tot daarover is"
        " beslist."
    ),
    biometric=(
        "Software mag mijn gezicht meten om mij op foto's terug te vinden, zodat ik kan"
        " zien en beslissen wat er wordt gebruikt. Dit staat los van al het andere; ik"
        " kan het op elk moment intrekken, en dan worden de metingen vernietigd."
    ),
    guardian=(
        "Ik heb het ouderlijk gezag of de voogdij over de persoon die hier staat en die"
        " te jong is om alleen in te stemmen. Ik heb het met diegene besproken, voor"
        " zover de leeftijd dat toelaat. Ik stem namens diegene in tot die oud genoeg is"
        " om zelf te beslissen."
    ),
)
