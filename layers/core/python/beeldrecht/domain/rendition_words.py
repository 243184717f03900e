"""The words for the sizes and crops in which pictures leave."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from .channel_renditions import CropRefusal, CropWay, ReadySize

ENGLISH: Final[Mapping[StrEnum, str]] = MappingProxyType(
    {
        ReadySize.FULL: "As large as it is.",
        ReadySize.LARGE: "At most 2560 pixels a side.",
        ReadySize.MEDIUM: "At most 1280 pixels a side.",
        ReadySize.WEBSITE_HEADER: "The head of a page, 1920 by 640.",
        ReadySize.WEBSITE_WIDE: "Beside an article, 1280 by 720.",
        ReadySize.SOCIAL_SQUARE: "A square post, 1080 by 1080.",
        ReadySize.SOCIAL_PORTRAIT: "An upright post, 1080 by 1350.",
        ReadySize.SOCIAL_STORY: "A story, 1080 by 1920.",
        ReadySize.SOCIAL_LINK: "The picture of a shared link, 1200 by 630.",
        ReadySize.PRINT_A4: "A4 lying down, at 300 dots an inch.",
        ReadySize.PRINT_A4_UPRIGHT: "A4 upright, at 300 dots an inch.",
        ReadySize.PRINT_A5: "A5 lying down, at 300 dots an inch.",
        ReadySize.PRINT_FULL: "As large as it is, at 300 dots an inch.",
        CropWay.FACES: "No cleared face is cut.",
        CropWay.CLEARED: "No cleared face is cut, and nobody else is in it.",
        CropWay.WHOLE: "Nothing is cut.",
        CropRefusal.FACES_DO_NOT_FIT: "The cleared faces do not fit in this size. "
        "Choose another.",
        CropRefusal.FACES_IN_THE_WAY: "Somebody who is not cleared stands too close. "
        "Have them covered instead.",
        CropRefusal.TOO_SMALL: "The picture is too small for this size. "
        "Choose a smaller one.",
    }
)

DUTCH: Final[Mapping[StrEnum, str]] = MappingProxyType(
    {
        ReadySize.FULL: "Zo groot als hij is.",
        ReadySize.LARGE: "Ten hoogste 2560 pixels per zijde.",
        ReadySize.MEDIUM: "Ten hoogste 1280 pixels per zijde.",
        ReadySize.WEBSITE_HEADER: "De kop van een pagina, 1920 bij 640.",
        ReadySize.WEBSITE_WIDE: "Naast een artikel, 1280 bij 720.",
        ReadySize.SOCIAL_SQUARE: "Een vierkant bericht, 1080 bij 1080.",
        ReadySize.SOCIAL_PORTRAIT: "Een staand bericht, 1080 bij 1350.",
        ReadySize.SOCIAL_STORY: "Een story, 1080 bij 1920.",
        ReadySize.SOCIAL_LINK: "De foto bij een gedeelde link, 1200 bij 630.",
        ReadySize.PRINT_A4: "A4 liggend, met 300 punten per inch.",
        ReadySize.PRINT_A4_UPRIGHT: "A4 staand, met 300 punten per inch.",
        ReadySize.PRINT_A5: "A5 liggend, met 300 punten per inch.",
        ReadySize.PRINT_FULL: "Zo groot als hij is, met 300 punten per inch.",
        CropWay.FACES: "Geen vrijgegeven gezicht wordt afgesneden.",
        CropWay.CLEARED: "Geen vrijgegeven gezicht wordt afgesneden, en niemand anders "
        "staat erop.",
        CropWay.WHOLE: "Er wordt niets afgesneden.",
        CropRefusal.FACES_DO_NOT_FIT: "De vrijgegeven gezichten passen niet in deze "
        "maat. Kies een andere.",
        CropRefusal.FACES_IN_THE_WAY: "Iemand die niet vrij is staat te dichtbij. "
        "Laat diegene afdekken.",
        CropRefusal.TOO_SMALL: "De foto is te klein voor deze maat. Kies een kleinere.",
    }
)
