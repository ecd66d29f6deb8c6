"""What the tools read: reports of tests, and windows on a screen."""

from __future__ import annotations

from pathlib import Path

from test_on_windows import read, told
from wine_prefix import titles_in

REPORT = """<testsuites><testsuite>
<testcase classname="tests.a" name="test_one"/>
<testcase classname="tests.a" name="test_two"><skipped message="no such files there"/></testcase>
<testcase classname="tests.a" name="test_three"><failure message="first&#10;second"/></testcase>
<testcase classname="tests.a" name="test_four"><error message="set-up"/></testcase>
</testsuite></testsuites>"""

TREE = """
     0x800003 "KWT Books": ("kwt books.exe" "kwt books.exe")  1280x720+0+30  +0+30
     0x800004 "KWT Books": ("kwt books.exe" "kwt books.exe")  1x1+0+0  +0+0
     0x200002 (has no name): ()  1280x800+0+0  +0+0
"""


def test_outcomes_are_counted_and_those_that_did_not_pass_are_named(tmp_path: Path) -> None:
    report = tmp_path / "tests.xml"
    report.write_text(REPORT, encoding="utf-8")
    text = told("core", list(read(report)))
    assert text.splitlines()[0] == "core: 1 passed, 1 skipped, 2 failed"
    assert "failed: tests.a::test_three: first" in text
    assert "skipped: tests.a::test_two: no such files there" in text
    assert "test_one" not in text


def test_only_windows_to_be_seen_have_a_title() -> None:
    assert titles_in(TREE) == ["KWT Books"]
