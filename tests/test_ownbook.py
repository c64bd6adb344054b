"""The user's own book survives kills, full disks and a second writer."""

import csv
import os
import signal
import stat
import sys
from multiprocessing import get_context

import pytest

from nkauto.errors import BadOption, UnreadableFile, WriteFailed
from nkauto.read import ownbook
from nkauto.read.ownbook import change, locked, with_row, with_row_unless_there

COLUMNS = ("id", "item", "low", "note")
OLD = b"id,item,low,note\nfirst,rice,7,\n"
ROW = {"id": "second", "item": "rice", "low": "11", "note": 'a "quoted", note'}
NEW = OLD + b'second,rice,11,"a ""quoted"", note"\n'
SOURCE = {"id": "a-source", "publisher": "A", "title": "", "url": "", "published": ""}
SOURCES = b"id,publisher,title,url,published\na-source,A,,,\n"


@pytest.fixture
def book(tmp_path):
    (tmp_path / "own.csv").write_bytes(OLD)
    return tmp_path


def add(folder, row=ROW):
    change(folder, {"sources.csv": with_row_unless_there(tuple(SOURCE), SOURCE), "own.csv": with_row(COLUMNS, row)})


def in_child(work):
    """Run work in a forked child; return how it ended: an exit code, or minus the signal that killed it."""
    number = os.fork()
    if not number:
        code = 1
        try:
            work()
            code = 0
        except WriteFailed:
            code = 4
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])


def kill_at_line(count):
    """Kill this process, as SIGKILL does, before so many lines of ownbook.py have run."""
    left = count

    def trace(frame, event, argument):
        nonlocal left
        if frame.f_code.co_filename != ownbook.__file__:
            return None
        if event == "line":
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    sys.settrace(trace)


def test_a_row_is_appended_and_its_source_once(book):
    add(book)
    assert (book / "own.csv").read_bytes() == NEW
    assert (book / "sources.csv").read_bytes() == SOURCES
    add(book, ROW | {"id": "third"})
    assert (book / "sources.csv").read_bytes() == SOURCES
    assert len((book / "own.csv").read_text().splitlines()) == 4


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked process")
def test_killed_at_any_line_the_book_is_the_old_or_the_new_one(tmp_path):
    seen = set()
    for count in range(10_000):
        folder = tmp_path / str(count)
        folder.mkdir()
        (folder / "own.csv").write_bytes(OLD)

        def work(count=count, folder=folder):
            kill_at_line(count)
            add(folder)

        ended = in_child(work)
        rows = (folder / "own.csv").read_bytes()
        sources = (folder / "sources.csv").read_bytes() if (folder / "sources.csv").exists() else b""
        assert (rows, sources) in {(OLD, b""), (OLD, SOURCES), (NEW, SOURCES)}, count
        seen.add((rows, sources))
        if ended == 0:
            break
        assert ended == -signal.SIGKILL
        if rows == OLD:  # what the kill left behind does not stand in the way
            add(folder)
            assert (folder / "own.csv").read_bytes() == NEW
        assert not [path.name for path in folder.iterdir() if path.suffix == ".new"] or rows == NEW
    assert count > 60
    assert seen == {(OLD, b""), (OLD, SOURCES), (NEW, SOURCES)}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="limits a forked process")
def test_a_disk_that_fills_up_at_any_byte_leaves_the_old_book(book):
    (book / "sources.csv").write_bytes(SOURCES)
    for size in range(len(NEW)):

        def work(size=size):
            import resource

            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
            add(book)

        assert in_child(work) == 4
        assert (book / "own.csv").read_bytes() == OLD
        assert sorted(path.name for path in book.iterdir()) == [".lock", "own.csv", "sources.csv"]


def _add_many(folder, writer, count):
    for index in range(count):
        add(folder, ROW | {"id": f"{writer}-{index}"})


def test_several_at_once_lose_nothing(book):
    context = get_context("fork" if hasattr(os, "fork") else "spawn")
    writers = [context.Process(target=_add_many, args=(book, writer, 12)) for writer in range(5)]
    for process in writers:
        process.start()
    for process in writers:
        process.join()
    assert [process.exitcode for process in writers] == [0] * 5
    with (book / "own.csv").open(newline="") as stream:
        ids = [row["id"] for row in csv.DictReader(stream)]
    assert sorted(ids) == sorted(["first", *(f"{writer}-{index}" for writer in range(5) for index in range(12))])
    assert (book / "sources.csv").read_bytes() == SOURCES


def test_a_lock_that_is_held_is_waited_for_and_then_named(book):
    with locked(book), pytest.raises(WriteFailed, match="another process is writing"), locked(book, patience=0.1):
        pass


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked process")
def test_the_lock_of_a_killed_writer_is_free_at_once(book):
    def work():
        with locked(book):
            os.kill(os.getpid(), signal.SIGKILL)

    assert in_child(work) == -signal.SIGKILL
    with locked(book, patience=0):
        pass


def test_the_file_keeps_its_mode_mark_line_ends_and_order_of_columns(tmp_path):
    path = tmp_path / "own.csv"
    path.write_bytes(b"\xef\xbb\xbfitem,id,note,low\r\nrice,first,,7")
    path.chmod(0o640)
    change(tmp_path, {"own.csv": with_row(COLUMNS, ROW | {"note": ""})})
    assert path.read_bytes() == b"\xef\xbb\xbfitem,id,note,low\r\nrice,first,,7\r\nrice,second,,11\r\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_column_that_the_file_lacks_is_added_empty(book):
    change(book, {"own.csv": with_row(COLUMNS, {**ROW, "note": "", "replaces": "x"})})
    assert (book / "own.csv").read_bytes() == b"id,item,low,note,replaces\nfirst,rice,7,,\nsecond,rice,11,,x\n"


def test_a_link_stays_a_link(book, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "real.csv").write_bytes(OLD)
    (book / "own.csv").unlink()
    (book / "own.csv").symlink_to(elsewhere / "real.csv")
    add(book)
    assert (book / "own.csv").is_symlink()
    assert (elsewhere / "real.csv").read_bytes() == NEW


@pytest.mark.parametrize(
    "old, row, error",
    [
        (OLD, ROW | {"id": "first"}, BadOption),
        (b"id,item,low,note\nfirst,\xb0\xa1,7,\n", ROW, UnreadableFile),
        (b'id,item,low,note\nfirst,"rice,7,\n', ROW, UnreadableFile),
    ],
)
def test_what_cannot_be_added_changes_nothing(tmp_path, old, row, error):
    (tmp_path / "own.csv").write_bytes(old)
    with pytest.raises(error):
        change(tmp_path, {"own.csv": with_row(COLUMNS, row)})
    assert (tmp_path / "own.csv").read_bytes() == old


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(WriteFailed, match="file"):
        add(tmp_path / "file" / "rates")
