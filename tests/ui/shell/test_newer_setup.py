"""A setup on a USB stick: found, offered, checked, and handed over once the book is safe."""

from __future__ import annotations

import shutil
import sys
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from nacl.signing import SigningKey
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kwt_books import __version__
from kwt_books.domain.errors import StorageError
from kwt_books.i18n.catalogue import Translator
from kwt_books.store.driver import sqlite3
from tests.books import dumped
from tests.packaging.conftest import ROOT
from ui.kit.errors import remedy
from ui.kit.folders import Folders, places_of_setups
from ui.kit.preferences import Preferences
from ui.kit.workspace import Workspace
from ui.shell.newer_setup import NewerSetup, fetch, find_newer
from ui.shell.system_integration import SystemIntegration

from signing import new_key, sign  # isort: skip

CONTENT = b"MZ a program"


KEY = SigningKey(bytes(range(32)))
PUBLIC = bytes(KEY.verify_key)
STRANGER = SigningKey(bytes(32))


@pytest.fixture(autouse=True)
def _known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.shell.newer_setup.known_key", lambda: PUBLIC)


def put(folder: Path, version: str, key: SigningKey | None = KEY) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"KWT-Books-{version}-Setup.exe"
    path.write_bytes(CONTENT)
    if key is not None:
        private = folder / "key"
        private.write_bytes(b64encode(bytes(key)))
        sign(private, path)
        private.unlink()
    return path


# -- finding -------------------------------------------------------------------------------


def test_the_newest_one_is_found_in_the_root_and_one_folder_down(tmp_path: Path) -> None:
    put(tmp_path, "1.9.0")
    newest = put(tmp_path / "pasang", "1.10.0")
    put(tmp_path / "a" / "b", "9.0.0")
    found = find_newer([tmp_path, tmp_path / "nothing here"], "1.0.0")
    assert found == NewerSetup("1.10.0", newest)


@pytest.mark.parametrize("version", ["1.2.0", "1.1.9", "0.9.0"])
def test_what_is_not_newer_is_not_offered(version: str, tmp_path: Path) -> None:
    put(tmp_path, version)
    assert find_newer([tmp_path], "1.2.0") is None


@pytest.mark.parametrize(
    "name", ["Setup.exe", "KWT-Books-2.0-Setup.exe", "KWT-Books-2.0.0-Setup.exe.part", "x"]
)
def test_other_files_are_none_of_ours(name: str, tmp_path: Path) -> None:
    (tmp_path / name).touch()
    (tmp_path / "KWT-Books-3.0.0-Setup.exe").mkdir()
    (tmp_path / "KWT-Books-3.0.0-Setup.exe.sig").touch()
    assert find_newer([tmp_path], "1.0.0") is None


def test_the_downloads_are_looked_into_as_well() -> None:
    assert any(place.name == "Downloads" for place in places_of_setups())


# -- fetching ------------------------------------------------------------------------------


def test_a_copy_is_checked_and_kept(tmp_path: Path) -> None:
    setup = NewerSetup("2.0.0", put(tmp_path / "stick", "2.0.0"))
    copy = fetch(setup, tmp_path / "cache" / "setup")
    assert copy.read_bytes() == CONTENT
    assert copy.parent == tmp_path / "cache" / "setup"


def changed(path: Path) -> None:
    path.write_bytes(CONTENT + b"!")


def of_another(path: Path) -> None:
    put(path.parent, "2.0.0", STRANGER)


def of_an_older_one(path: Path) -> None:
    older = put(path.parent, "1.9.0")
    shutil.copy(f"{older}.sig", f"{path}.sig")


BAD = {
    "none": (lambda path: Path(f"{path}.sig").unlink(), "setup-unsigned"),
    "empty": (lambda path: Path(f"{path}.sig").write_bytes(b""), "setup-changed"),
    "no signature": (lambda path: Path(f"{path}.sig").write_bytes(b"\xff" * 99), "setup-changed"),
    "changed": (changed, "setup-changed"),
    "another's": (of_another, "setup-changed"),
    "an older one's": (of_an_older_one, "setup-changed"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_can_not_be_trusted_is_neither_offered_nor_fetched(name: str, tmp_path: Path) -> None:
    spoil, code = BAD[name]
    setup = NewerSetup("2.0.0", put(tmp_path / "stick", "2.0.0"))
    assert find_newer([tmp_path], "1.9.5") == setup
    spoil(setup.path)
    assert find_newer([tmp_path], "1.9.5") is None
    with pytest.raises(StorageError) as error:
        fetch(setup, tmp_path / "cache")
    assert error.value.code == code
    assert not list((tmp_path / "cache").glob("*")), "nothing is left to be started"
    for language in ("id", "en"):
        assert remedy(Translator(language), code)


def test_a_signed_one_is_offered_where_the_newest_is_not_signed(tmp_path: Path) -> None:
    put(tmp_path, "3.0.0", None)
    signed = put(tmp_path, "2.0.0")
    assert find_newer([tmp_path], "1.0.0") == NewerSetup("2.0.0", signed)


def test_a_program_without_a_key_trusts_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.shell.newer_setup.known_key", lambda: None)
    setup = NewerSetup("2.0.0", put(tmp_path / "stick", "2.0.0"))
    assert find_newer([tmp_path], "1.0.0") is None
    with pytest.raises(StorageError):
        fetch(setup, tmp_path / "cache")


def test_the_mark_of_the_web_goes_with_the_copy(tmp_path: Path) -> None:
    setup = NewerSetup("2.0.0", put(tmp_path / "stick", "2.0.0"))
    Path(f"{setup.path}:Zone.Identifier").write_bytes(b"[ZoneTransfer]\r\nZoneId=3\r\n")
    copy = fetch(setup, tmp_path / "cache")
    assert Path(f"{copy}:Zone.Identifier").read_bytes() == b"[ZoneTransfer]\r\nZoneId=3\r\n"


def test_keys_are_made_once_and_never_in_the_checkout(tmp_path: Path) -> None:
    private, public = tmp_path / "private", tmp_path / "public"
    new_key(private, public)
    if sys.platform != "win32":  # whose modes say nothing of others
        assert private.stat().st_mode & 0o077 == 0
    kept = private.read_bytes()
    assert bytes(SigningKey(b64decode(kept)).verify_key) == b64decode(public.read_bytes())
    for place in (private, ROOT / "build" / "key"):
        with pytest.raises(SystemExit):
            new_key(place, public)
    assert private.read_bytes() == kept
    path = put(tmp_path / "stick", "2.0.0", None)
    sign(private, path)
    assert find_newer([tmp_path], "1.0.0", b64decode(public.read_bytes())) is not None


def test_only_setups_are_signed(tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(b64encode(bytes(KEY)))
    (tmp_path / "other.exe").write_bytes(b"x")
    with pytest.raises(SystemExit):
        sign(tmp_path / "key", tmp_path / "other.exe")


def test_a_stick_that_was_pulled_out_is_said(tmp_path: Path) -> None:
    setup = NewerSetup("2.0.0", put(tmp_path / "stick", "2.0.0"))
    setup.path.unlink()
    with pytest.raises(StorageError) as error:
        fetch(setup, tmp_path / "cache")
    assert error.value.code == "setup-unreadable"


# -- offering ------------------------------------------------------------------------------


class Scene:
    """A window over the sample month, with a stick that may be plugged in."""

    def __init__(self, workspace: Workspace, folders: Folders, preferences: Preferences) -> None:
        self.workspace, self.window = workspace, QWidget()
        self.places: list[Path] = []
        self.started: list[tuple[Path, bool]] = []
        self.around = SystemIntegration(folders, preferences)
        self.around.find_places = lambda: self.places
        self.around.start = lambda path: self.started.append((path, self.window.isVisible()))
        self.window.show()
        self.around.begin(setups=True)
        self.around.attach(self.window, workspace, lambda *_: None)

    @property
    def offered(self) -> list[str]:
        return [each.strong for each in self.workspace.notices.standing if each.offers]

    def press(self, place: int) -> None:
        self.workspace.notices.standing[0].offers[place].act()


@pytest.fixture
def scene(
    workspace: Workspace, folders: Folders, preferences: Preferences, qtbot: QtBot
) -> Iterator[Scene]:
    made = Scene(workspace, folders, preferences)
    qtbot.addWidget(made.window)
    yield made
    made.around.close()


@pytest.fixture
def plugged(scene: Scene, tmp_path: Path, qtbot: QtBot) -> Callable[..., Path]:
    def plug(version: str = "2.0.0") -> Path:
        path = put(tmp_path / "stick", version)
        scene.places = [path.parent]
        scene.around.look()
        qtbot.waitUntil(lambda: bool(scene.offered))
        return path

    return plug


def test_it_is_offered_when_the_stick_comes_and_no_more_when_it_goes(
    scene: Scene, plugged: Callable[..., Path], qtbot: QtBot
) -> None:
    assert scene.offered == []
    plugged()
    assert "2.0.0" in scene.offered[0]
    scene.places = []
    qtbot.waitUntil(lambda: not (scene.around.worker and scene.around.worker.busy))
    scene.around.look()
    qtbot.waitUntil(lambda: not scene.offered)


def test_it_is_offered_once_it_lies_whole_where_was_looked_before(
    scene: Scene, tmp_path: Path, qtbot: QtBot
) -> None:
    """A download, or a copy to a stick that is there: it comes bit by bit."""

    def looked() -> list[str]:
        scene.around.look()
        qtbot.waitUntil(lambda: not (scene.around.worker and scene.around.worker.busy))
        return scene.offered

    scene.places = [tmp_path / "Downloads"]
    scene.places[0].mkdir()
    assert looked() == []
    path = put(scene.places[0], "2.0.0")
    path.write_bytes(CONTENT[:3])
    assert looked() == [], "half of it is no setup"
    path.write_bytes(CONTENT)
    assert "2.0.0" in looked()[0]
    Path(f"{path}.sig").unlink()
    assert looked() == []


def test_the_book_is_backed_up_and_closed_before_the_setup_starts(
    scene: Scene, plugged: Callable[..., Path], folders: Folders, qtbot: QtBot
) -> None:
    path = plugged()
    scene.press(0)
    assert scene.offered == [], "nothing is left to be pressed twice"
    qtbot.waitUntil(lambda: bool(scene.started))
    ((copy, visible),) = scene.started
    assert copy == folders.cache / "setup" / path.name
    assert not visible
    (backup,) = [
        each for each in scene.workspace.book.parent.glob("*.kwt") if each != scene.workspace.book
    ]
    with (
        closing(sqlite3.connect(backup)) as one,
        closing(sqlite3.connect(scene.workspace.book)) as two,
    ):
        assert dumped(one) == dumped(two)


def test_a_setup_that_is_refused_is_offered_again(
    scene: Scene, plugged: Callable[..., Path], qtbot: QtBot
) -> None:
    changed(plugged())
    scene.press(0)
    qtbot.waitUntil(lambda: scene.workspace.problems.shown is not None)
    dialog = scene.workspace.problems.shown
    assert dialog is not None
    assert dialog.windowTitle() == "Versi baru tidak jadi dipasang"
    dialog.close()
    assert scene.offered
    assert scene.started == []
    assert scene.window.isVisible()


def test_without_a_backup_nothing_is_installed(
    scene: Scene, plugged: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def full(*_args: object) -> None:
        raise StorageError("disk-full", detail="")

    monkeypatch.setattr("kwt_books.services.backup.copy_book", full)
    plugged()
    scene.press(0)
    qtbot.waitUntil(lambda: scene.workspace.problems.shown is not None)
    dialog = scene.workspace.problems.shown
    assert dialog is not None
    dialog.close()
    assert scene.started == []
    assert scene.window.isVisible()


def test_a_version_that_is_not_wanted_is_not_offered_again(
    scene: Scene, plugged: Callable[..., Path], preferences: Preferences, qtbot: QtBot
) -> None:
    path = plugged()
    scene.press(1)
    assert scene.offered == []
    assert preferences.skipped_setup == "2.0.0"
    put(path.parent, "2.0.1")
    scene.around.look()
    qtbot.waitUntil(lambda: bool(scene.offered))
    assert "2.0.1" in scene.offered[0]


def test_a_window_that_is_made_anew_offers_it_too(
    scene: Scene, plugged: Callable[..., Path], desk_for: Callable[[Path], Workspace]
) -> None:
    plugged()
    again = desk_for(scene.workspace.book)
    scene.around.attach(scene.window, again, lambda *_: None)
    assert [each.key for each in again.notices.standing] == ["setup"]


def test_our_own_version_is_a_version(qapp: QApplication) -> None:
    assert NewerSetup(__version__, Path()).numbers
