"""What the shipped catalogues give, and that reading them is light."""

import subprocess
import sys

from kwt_books.i18n.catalogue import Translator
from tests import ROOT


def test_the_shipped_catalogue_has_plurals() -> None:
    assert Translator("id").ngettext("{n} day", "{n} days", 2) == "2 hari"
    assert Translator("en").ngettext("{n} day", "{n} days", 2) == "2 days"


def test_importing_words_and_formats_is_light() -> None:
    code = (
        "import sys, kwt_books.i18n.formats,"
        " kwt_books.i18n.catalogue; print({'babel', 'num2words'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"
