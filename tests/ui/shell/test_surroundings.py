"""Synced folders, reports of crashes, the list of recent books, and the strip on Beranda."""

from __future__ import annotations

import ctypes
import faulthandler
import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kwt_books.domain.errors import StorageError
from kwt_books.i18n.catalogue import Translator
from kwt_books.store import scratch
from tests.conftest import NOW
from ui.kit.button import Button
from ui.kit.errors import CrashReports, Problems, discreet, keep_log, remedy
from ui.kit.folders import Folders, documents, folder_of_its_own, guarded, shared, synced_by
from ui.kit.look import UiContext
from ui.kit.preferences import Preferences
from ui.kit.workspace import Workspace
from ui.shell.system_integration import (
    IDENTITY,
    SystemIntegration,
    take_identity,
    tell_opened,
)

# -- synced folders ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("OneDrive/Dokumen", "OneDrive"),
        ("OneDrive - Dinas Pertanian/KWT", "OneDrive"),
        ("Google Drive", "Google Drive"),
        ("Drive Saya/KWT", "Google Drive"),
        ("Dropbox (Pribadi)/x", "Dropbox"),
        ("iCloudDrive", "iCloud Drive"),
        ("Dokumen/KWT Melati", ""),
        ("Dokumen/Catatan OneDrive lama", ""),
    ],
)
def test_the_folder_s_name_tells(folder: str, service: str, tmp_path: Path) -> None:
    assert synced_by(tmp_path / folder / "buku.kwt", {}) == service


def test_documents_in_the_cloud_are_not_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cloud = tmp_path / "OneDrive" / "Dokumen"
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _place: str(cloud))
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert documents() == tmp_path / "KWT Books"
    cloud = tmp_path / "Dokumen"
    assert documents() == cloud


def test_windows_says_where_onedrive_lies(tmp_path: Path) -> None:
    path = tmp_path / "Awan" / "Dokumen" / "buku.kwt"
    assert synced_by(path, {"OneDriveConsumer": str(tmp_path / "AWAN")}) == "OneDrive"
    assert synced_by(path, {"OneDrive": str(tmp_path / "Lain"), "OneDriveCommercial": ""}) == ""


@pytest.mark.parametrize(
    ("marker", "service"), [(".dropbox", "Dropbox"), (".tmp.driveupload", "Google Drive")]
)
def test_what_a_service_leaves_behind_tells(marker: str, service: str, tmp_path: Path) -> None:
    (tmp_path / "KWT").mkdir()
    (tmp_path / marker).touch()
    assert synced_by(tmp_path / "KWT" / "buku.kwt", {}) == service


def test_documents_that_are_synced_themselves_are_no_way_out(tmp_path: Path) -> None:
    home = tmp_path / "Siti"
    plain, synced = home / "Documents", home / "OneDrive" / "Documents"
    assert folder_of_its_own(plain, home, {}) == plain
    safe = folder_of_its_own(synced, home, {})
    assert synced_by(safe / "x.kwt", {}) == ""


@pytest.fixture
def around(folders: Folders, preferences: Preferences) -> Iterator[SystemIntegration]:
    made = SystemIntegration(folders, preferences)
    yield made
    made.close()


def test_what_a_killed_program_left_is_cleared_behind_the_window(
    around: SystemIntegration,
    workspace: Workspace,
    settle: Callable[[Workspace], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: tmp_path)
    left = scratch.place() / "run-of-yesterday"
    left.mkdir(parents=True)
    (left / "made.xlsx").write_text("Piutang", encoding="utf-8")
    around.attach(QWidget(), workspace, lambda *_: None)
    settle(workspace)
    assert not left.exists()


@pytest.fixture
def cloudy(
    desk_for: Callable[[Path], Workspace], book_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Workspace:
    monkeypatch.setenv("OneDrive", str(book_path.parent))
    return desk_for(book_path)


def keys(workspace: Workspace) -> list[str]:
    return [each.key for each in workspace.notices.standing]


def test_a_book_in_such_a_folder_can_go_on_elsewhere(
    around: SystemIntegration, cloudy: Workspace, settle: Callable[[Workspace], None], qtbot: QtBot
) -> None:
    copied: list[tuple[Path, Path]] = []
    around.attach(QWidget(), cloudy, lambda *paths: copied.append(paths))
    settle(cloudy)
    (notice,) = cloudy.notices.standing
    assert "OneDrive" in notice.strong
    notice.offers[0].act()
    ((source, target),) = copied
    assert source == cloudy.book
    assert synced_by(target, os.environ) == ""


def test_it_is_told_once_a_book(
    around: SystemIntegration, cloudy: Workspace, settle: Callable[[Workspace], None]
) -> None:
    around.attach(QWidget(), cloudy, lambda *_: None)
    settle(cloudy)
    cloudy.notices.standing[0].offers[1].act()
    assert keys(cloudy) == []
    around.attach(QWidget(), cloudy, lambda *_: None)
    settle(cloudy)
    assert keys(cloudy) == []


def test_of_any_other_folder_nothing_is_said(
    around: SystemIntegration, workspace: Workspace, settle: Callable[[Workspace], None]
) -> None:
    around.attach(QWidget(), workspace, lambda *_: None)
    settle(workspace)
    assert keys(workspace) == []


# -- crashes -------------------------------------------------------------------------------


def broken() -> BaseException:
    try:
        try:
            raise StorageError("locked", path="/home/siti/KWT Melati.kwt")
        except StorageError as cause:
            raise ValueError("Bu Wati berutang Rp125.000") from cause
    except ValueError as error:
        return error


def test_a_report_tells_where_and_nothing_of_the_book() -> None:
    told = discreet(broken())
    assert "builtins.ValueError" in told
    assert "StorageError locked" in told
    assert "test_surroundings.py" in told
    for private in ("Wati", "125.000", "Melati", str(Path.home())):
        assert private not in told


@pytest.fixture
def fresh_log() -> Iterator[None]:
    """The log of the program is one a process: this test keeps its own."""
    logger = logging.getLogger("kwt_books.desktop")
    before, logger.handlers = logger.handlers, []
    yield
    for each in logger.handlers:
        each.close()
    logger.handlers = before


def test_a_bug_leaves_a_report_with_the_end_of_the_log(
    ui: UiContext, folders: Folders, fresh_log: None, qtbot: QtBot
) -> None:
    logger, log = keep_log(folders.log)
    logger.info("begun")
    problems = Problems(ui, logger, log)
    dialog = problems.show_bug(broken())
    assert dialog is not None
    dialog.close()
    (report,) = CrashReports(folders.log).every()
    text = report.read_text(encoding="utf-8")
    assert "begun" in text
    assert "ValueError" in text
    for private in ("Wati", "125.000", "Melati"):
        assert private not in text
        assert private not in log.read_text(encoding="utf-8")


def test_only_the_newest_reports_are_kept(tmp_path: Path) -> None:
    reports = CrashReports(tmp_path)
    for day in range(1, 29):
        assert reports.write(ValueError(), NOW.replace(day=day)) is not None
    assert len(reports.every()) == 10
    assert "28-" in reports.every()[-1].name


def test_a_disk_that_refuses_a_report_is_no_second_mistake(tmp_path: Path) -> None:
    (tmp_path / "log").touch()
    assert CrashReports(tmp_path / "log").write(ValueError(), NOW) is None


def test_a_log_that_another_window_holds_goes_on_in_the_same_file(
    tmp_path: Path, fresh_log: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(*_args: object) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr("ui.kit.errors._LOG_BYTES", 100)
    monkeypatch.setattr(os, "rename", held)
    logger, log = keep_log(tmp_path)
    for number in range(5):
        logger.info("%s %s", number, "x" * 60)
    assert [line.split()[3] for line in log.read_text(encoding="utf-8").splitlines()] == [*"01234"]


@pytest.fixture
def faults() -> Iterator[None]:
    yield
    faulthandler.enable()


def test_an_end_without_a_word_becomes_a_report_the_next_time(tmp_path: Path, faults: None) -> None:
    first = CrashReports(tmp_path)
    first.watch(4711)
    assert first.fault is not None
    faulthandler.dump_traceback(first.fault)
    first.fault.close()  # as the system does when a program ends
    faulthandler.disable()
    second = CrashReports(tmp_path)
    second.collect()
    (report,) = second.every()
    assert "test_surroundings.py" in report.read_text(encoding="utf-8")
    assert [each.name for each in tmp_path.iterdir()] == [report.name]


def test_an_end_in_peace_leaves_nothing(tmp_path: Path, faults: None) -> None:
    reports = CrashReports(tmp_path)
    reports.watch(4711)
    CrashReports(tmp_path).collect()
    assert CrashReports(tmp_path).every() == [], "a window that is open is no crash"
    reports.rest()
    assert list(tmp_path.iterdir()) == []


def test_the_next_start_tells_where_the_report_is_once(
    folders: Folders,
    preferences: Preferences,
    workspace: Workspace,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    report = CrashReports(folders.log).write(ValueError(), NOW)
    assert report is not None
    shown: list[Path] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: shown.append(Path(url.toLocalFile()))
    )
    SystemIntegration(folders, preferences).attach(QWidget(), workspace, lambda *_: None)
    assert keys(workspace) == ["crash"]
    workspace.notices.standing[0].offers[0].act()
    assert shown == [folders.log]
    assert keys(workspace) == []
    SystemIntegration(folders, preferences).attach(QWidget(), workspace, lambda *_: None)
    assert keys(workspace) == []


def test_a_crash_of_today_is_told_tomorrow(
    folders: Folders, preferences: Preferences, workspace: Workspace
) -> None:
    around = SystemIntegration(folders, preferences)
    CrashReports(folders.log).write(ValueError(), NOW)
    around.attach(QWidget(), workspace, lambda *_: None)
    assert keys(workspace) == []


# -- recent books --------------------------------------------------------------------------


class Shell:
    def __init__(self) -> None:
        self.told: list[tuple[int, str | None]] = []

    def SHAddToRecentDocs(  # noqa: N802 - Windows' name
        self, kind: ctypes.c_uint, path: ctypes.c_wchar_p
    ) -> None:
        self.told.append((kind.value, path.value))

    def SetCurrentProcessExplicitAppUserModelID(  # noqa: N802 - Windows' name
        self, identity: ctypes.c_wchar_p
    ) -> None:
        self.told.append((0, identity.value))


def test_windows_hears_of_the_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shell = Shell()
    monkeypatch.chdir(tmp_path)
    tell_opened(Path("Buku Désa.kwt"), shell)
    assert shell.told == [(3, str(tmp_path / "Buku Désa.kwt"))]


def test_windows_knows_the_program_by_the_name_of_its_shortcuts() -> None:
    shell = Shell()
    take_identity(shell)
    assert shell.told == [(0, IDENTITY)]


def test_elsewhere_nobody_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shell = Shell()
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(shell32=shell), raising=False)
    for platform, calls in (("linux", 0), ("darwin", 0), ("win32", 2)):
        monkeypatch.setattr(sys, "platform", platform)
        tell_opened(tmp_path / "buku.kwt")
        take_identity()
        assert len(shell.told) == calls


def test_a_book_on_a_stick_is_offered_again_when_the_stick_is_back(
    preferences: Preferences, tmp_path: Path
) -> None:
    stick, here = tmp_path / "stick.kwt", tmp_path / "here.kwt"
    for book in (stick, here):
        book.touch()
    preferences.remember(stick)
    stick.unlink()
    preferences.remember(here)
    assert preferences.recent == [here]
    stick.touch()
    assert preferences.recent == [here, stick]


# -- the strip -----------------------------------------------------------------------------


# -- folders that Windows guards ---------------------------------------------------------------


class Registry:
    """Of Windows, with what was decided about guarded folders; None where nobody decided."""

    HKEY_LOCAL_MACHINE = 0

    def __init__(self, policy: int | None, usual: int | None) -> None:
        self._policy, self._usual = policy, usual

    def OpenKey(self, _root: int, place: str) -> AbstractContextManager[int]:  # noqa: N802
        value = self._policy if "Policies" in place else self._usual
        if value is None:
            raise FileNotFoundError(place)
        return nullcontext(value)

    def QueryValueEx(self, key: int, name: str) -> tuple[int, int]:  # noqa: N802
        return (key, 4)


@pytest.mark.parametrize(
    ("policy", "usual", "on"),
    [(None, None, False), (None, 0, False), (None, 1, True), (None, 2, False), (1, 0, True),
     (0, 1, False)],
)  # fmt: skip
def test_windows_says_whether_it_guards_folders(
    policy: int | None, usual: int | None, on: bool
) -> None:
    assert guarded(Registry(policy, usual)) is on


@pytest.mark.parametrize(("language", "known_as"), [("id", "terkontrol"), ("en", "Controlled")])
def test_a_guarded_folder_is_named_where_writing_is_refused(
    language: str, known_as: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    t = Translator(language)
    refusals = ("cannot-write", "read-only", "cannot-open")
    assert not any(known_as in remedy(t, code) for code in refusals)
    monkeypatch.setattr("ui.kit.errors.guarded", lambda: True)
    assert all(known_as in remedy(t, code) for code in refusals)
    assert known_as not in remedy(t, "disk-full")


# -- folders of another computer ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("folder", "kind", "apart"),
    [
        (r"\\BALAIDESA\Buku", 1, True),
        ("Z:\\Buku", 4, True),
        ("E:\\Buku", 2, False),
        ("C:\\Users\\Siti", 3, False),
        (r"\\?\C:\Users\Siti", 3, False),
    ],
)
def test_windows_says_what_lies_on_another_computer(folder: str, kind: int, apart: bool) -> None:
    kernel32 = SimpleNamespace(GetDriveTypeW=lambda _root: kind)
    assert shared(Path(folder), kernel32) is apart


@pytest.mark.parametrize(
    ("system", "apart"),
    [*((each, True) for each in (b"cifs", b"smb3", b"nfs", b"nfs4", b"fuse.sshfs", b"9p")),
     (b"ext4", False), (b"fuseblk", False)],
)  # fmt: skip
def test_elsewhere_the_file_system_tells(
    system: bytes, apart: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    volume = SimpleNamespace(fileSystemType=lambda: SimpleNamespace(data=lambda: system))
    monkeypatch.setattr("ui.kit.folders.sys", SimpleNamespace(platform="linux"))
    monkeypatch.setattr("ui.kit.folders.QStorageInfo", lambda _path: volume)
    assert shared(tmp_path / "not yet" / "there") is apart


def test_a_book_on_another_computer_is_told_of(
    workspace: Workspace, folders: Folders, preferences: Preferences, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("ui.shell.system_integration.shared", lambda _folder: True)
    around = SystemIntegration(folders, preferences)
    around.attach(QWidget(), workspace, lambda *_: None)
    qtbot.waitUntil(lambda: bool(workspace.notices.standing))
    (notice,) = workspace.notices.standing
    assert notice.strong == "Buku ini ada di komputer lain."
    notice.offers[1].act()
    assert not workspace.notices.standing
    around.close()


def test_a_message_offers_what_mends_it(ui: UiContext, tmp_path: Path, qtbot: QtBot) -> None:
    """The button that mends stands last and is the default; other errors can only be closed."""
    done: list[str] = []
    problems = Problems(ui, logging.getLogger("mends"))
    problems.mends["damaged"] = (ui.t("Open a backup"), lambda: done.append("backup"))
    shown = problems.show(StorageError("damaged", path=tmp_path / "a.kwt"))
    qtbot.addWidget(shown)
    buttons = [each for each in shown.findChildren(Button) if each.text() != ui.t("Copy details")]
    assert [each.text() for each in buttons] == [ui.t("Close"), ui.t("Open a backup")]
    assert buttons[-1].isDefault()
    buttons[-1].click()
    assert done == ["backup"]
    other = problems.show(StorageError("disk-full", path=tmp_path))
    qtbot.addWidget(other)
    assert ui.t("Open a backup") not in [each.text() for each in other.findChildren(Button)]
