"""Where a group is, each place with the word that belongs before it."""

from __future__ import annotations

from typing import Protocol

from kwt_books.i18n.catalogue import Translator

_VILLAGES = ("kelurahan ", "desa ", "kampung ", "pekon ", "nagari ", "gampong ", "village ")
_DISTRICTS = ("kecamatan ", "distrik ", "district ")
_CITIES = ("kota ", "kabupaten ", "kab. ", "city ", "regency ")


class Located(Protocol):
    """A group, or whose paper it is."""

    @property
    def village(self) -> str: ...

    @property
    def district(self) -> str: ...

    @property
    def city(self) -> str: ...


def address_of(group: Located, words: Translator) -> tuple[str, ...]:
    """`Kelurahan …`, `Kecamatan …`, `Kota …`; what brings its own word keeps it."""
    parts = (
        _worded(group.village, "Village {name}", _VILLAGES, words),
        _worded(group.district, "District {name}", _DISTRICTS, words),
        _worded(group.city, "City {name}", _CITIES, words),
    )
    return tuple(part for part in parts if part)


def bare_city(group: Located) -> str:
    """The city's own name, as it stands before a date."""
    city = group.city.strip()
    for word in _CITIES:
        if city.lower().startswith(word):
            return city[len(word) :]
    return city


def _worded(name: str, msgid: str, known: tuple[str, ...], words: Translator) -> str:
    name = name.strip()
    if not name or name.lower().startswith(known):
        return name
    return words(msgid, name=name)
