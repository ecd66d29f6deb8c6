"""Where a group is, each place with the word that belongs before it."""

from __future__ import annotations

from kwt_books.domain.documents.setup import Group
from kwt_books.i18n.catalogue import Translator

_VILLAGES = ("kelurahan ", "desa ", "kampung ", "pekon ", "nagari ", "gampong ", "village ")
_DISTRICTS = ("kecamatan ", "distrik ", "district ")
_CITIES = ("kota ", "kabupaten ", "kab. ", "city ", "regency ")


def address_of(group: Group, words: Translator) -> str:
    """`Kelurahan …, Kecamatan …, Kota …`; what brings its own word keeps it."""
    t = words
    return ", ".join(
        (
            _worded(group.village, t("Village {name}", name=group.village), _VILLAGES),
            _worded(group.district, t("District {name}", name=group.district), _DISTRICTS),
            _worded(group.city, t("City {name}", name=group.city), _CITIES),
        )
    )


def _worded(name: str, worded: str, words: tuple[str, ...]) -> str:
    return name if name.lower().startswith(words) else worded
