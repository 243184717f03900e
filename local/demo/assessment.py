"""The invented impact assessment (DPIA) that carries recognition in the demonstration."""

from collections.abc import Mapping
from typing import Final

from cli.catalogue import Phrase

ASSESSMENT: Final[Mapping[str, Phrase]] = {
    "assessed": Phrase(
        "An impact assessment (DPIA) is in the register, signed for a year.",
        "Een effectbeoordeling (DPIA) staat in het register, getekend voor een jaar.",
    ),
    "assessment_title": Phrase(
        "Recognition in closed sessions", "Herkenning in gesloten sessies"
    ),
    "assessment_form_description": Phrase(
        "Faces in pictures of a closed session are compared with the templates of those"
        " who signed there. What fits nobody is dropped before anything is stored.",
        "Gezichten op foto's van een gesloten sessie worden vergeleken met de sjablonen"
        " van wie daar tekende. Wat bij niemand past, verdwijnt voor iets is bewaard.",
    ),
    "assessment_form_purposes": Phrase(
        "Finding faster who is in a picture, so that consent can be checked.",
        "Sneller vinden wie op een foto staat, zodat toestemming is na te gaan.",
    ),
    "assessment_form_necessity": Phrase(
        "A hundred pictures of one event are linked by hand in a day; people wait for"
        " theirs. Boxes without templates find faces, and name nobody.",
        "Honderd foto's van één gebeurtenis koppelen kost een dag handwerk; mensen"
        " wachten. Kaders zonder sjabloon vinden gezichten, en noemen niemand.",
    ),
    "assessment_form_risks": Phrase(
        "Somebody is taken for somebody else; templates are used for another purpose.",
        "Iemand wordt voor een ander aangezien; sjablonen dienen een ander doel.",
    ),
    "assessment_form_measures": Phrase(
        "Off by itself; separate consent; a suggestion decides nothing; two people"
        " confirm; templates without backups, each under a key of its own.",
        "Standaard uit; aparte toestemming; een voorstel beslist niets; twee mensen"
        " bevestigen; sjablonen zonder back-up, elk onder een eigen sleutel.",
    ),
    "assessment_form_consulted": Phrase(
        "The works council and two portrayed people were heard. The officer advises to"
        " begin with closed sessions alone.",
        "De ondernemingsraad en twee afgebeelde mensen zijn gehoord. De functionaris"
        " raadt aan te beginnen met alleen gesloten sessies.",
    ),
    "assessment_form_article_9": Phrase(
        "Explicit consent of everyone who is portrayed, Article 9(2)(a).",
        "Uitdrukkelijke toestemming van iedereen die is afgebeeld, artikel 9, lid 2, a.",
    ),
}
