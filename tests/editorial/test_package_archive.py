import io
import stat
import zipfile

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.editorial.errors import EditorialError
from lessons.editorial.services import package_archive
from lessons.editorial.services.package_archive import ArchiveRefused, read_archive, write_archive

GOOD = write_archive({"lessons/a.md": b"text", "images/b.webp": b"picture"})


def zipped(*entries, **options):
    """Entries are names with what they hold, or a ZipInfo in place of a name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", **options) as archive:
        for name, held in entries:
            archive.writestr(name, held)
    return out.getvalue()


def special(name, mode=stat.S_IFREG, **values):
    entry = zipfile.ZipInfo(name)
    entry.create_system, entry.external_attr = 3, (mode | 0o644) << 16
    for key, value in values.items():
        setattr(entry, key, value)
    return entry


def refused(data):
    with pytest.raises(ArchiveRefused) as caught:
        read_archive(data)
    return str(caught.value)


def test_what_is_written_is_read():
    assert read_archive(GOOD) == {"lessons/a.md": b"text", "images/b.webp": b"picture"}


def test_a_zip_made_by_hand_may_have_folders():
    assert read_archive(zipped(("lessons/", ""), ("lessons/a.md", "x"))) == {"lessons/a.md": b"x"}


@pytest.mark.parametrize(
    "name",
    [
        "/lessons/a.md",
        "lessons/../a.md",
        "../lessons/a.md",
        "lessons\\a.md",
        "C:/lessons/a.md",
        "lessons/b/a.md",
        "lessons/A.md",
        "lessons/.md",
        "images/a.svg",
        "images/a/b.webp",
        "readme.txt",
        "other/",
        "__MACOSX/lessons/a.md",
        "lessons/a.md\n",
    ],
)
def test_no_other_path_is_taken(name):
    assert "no such file belongs into a package" in refused(zipped((name, "x")))


def test_a_package_of_a_newer_version_is_told_so():
    assert "made by a newer version" in refused(zipped(("package.yaml", "format: 2"), ("lessons/a.md", "x")))


def test_a_name_that_hides_its_end_is_not_taken():
    data = zipped(("lessons/a.mdX.exe", "x")).replace(b"a.mdX.exe", b"a.md\x00.exe")

    assert "no such file belongs" in refused(data)


@pytest.mark.parametrize("mode", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_a_link_or_a_device_is_not_taken(mode):
    assert "a link or another special file" in refused(zipped((special("lessons/a.md", mode), "/etc/passwd")))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_rare_packing_is_not_taken(method):
    assert "rare way" in refused(zipped(("lessons/a.md", "x"), compression=method))


def test_an_encrypted_file_is_not_taken():
    data = bytearray(zipped(("lessons/a.md", "x")))
    data[data.index(b"PK\x01\x02") + 8] |= 1

    assert "encrypted" in refused(bytes(data))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_path_that_stands_twice_is_not_taken():
    assert "twice" in refused(zipped(("lessons/a.md", "x"), ("lessons/a.md", "y")))


def test_more_than_500_files_are_not_taken():
    assert "500" in refused(zipped(*((f"lessons/a{n}.md", "") for n in range(501))))
    assert len(read_archive(zipped(*((f"lessons/a{n}.md", "") for n in range(500))))) == 500


def test_a_directory_without_end_is_not_even_opened(monkeypatch):
    data = zipped(*((f"lessons/{'a' * 60}{n}.md", "") for n in range(3000)))
    monkeypatch.setattr(zipfile, "ZipFile", None)

    assert "more than 500" in refused(data)


def test_more_than_50_mb_are_not_taken(monkeypatch):
    monkeypatch.setattr(package_archive, "MOST_BYTES", len(GOOD) - 1)

    assert "larger than" in refused(GOOD)


def test_a_file_that_unpacks_to_too_much_is_read_to_its_limit_only():
    data = zipped(("lessons/a.md", b"\0" * (2 * 1024 * 1024 + 1)), compression=zipfile.ZIP_DEFLATED)

    assert len(data) < 10_000
    assert "larger than 2 MB when unpacked" in refused(data)


def test_files_that_unpack_to_too_much_together_are_not_taken():
    data = zipped(*((f"lessons/a{n}.md", b"\0" * 2 * 1024 * 1024) for n in range(26)), compression=zipfile.ZIP_DEFLATED)

    assert len(data) < 100_000
    assert "larger than 50 MB when unpacked" in refused(data)


def test_a_size_that_lies_is_not_believed():
    data = bytearray(zipped(("lessons/a.md", b"\0" * (3 * 1024 * 1024)), compression=zipfile.ZIP_DEFLATED))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = (10).to_bytes(4, "little")

    assert refused(bytes(data))


@pytest.mark.parametrize("data", [b"", b"PK", b"no zip at all, but long enough to be one", GOOD[:-5], GOOD + b"more"])
def test_what_is_no_zip_is_refused(data):
    assert "not a plain zip" in refused(data)


def test_a_large_zip_directory_is_refused():
    end = GOOD[-22:]

    assert "not a plain zip" in refused(GOOD[:-22] + b"PK\x06\x07" + bytes(16) + end)


@hypothesis.settings(deadline=None, max_examples=300)
@given(st.data())
def test_a_damaged_zip_is_refused_or_read_and_never_breaks(data):
    held = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 4))):
        held[data.draw(st.integers(0, len(held) - 1))] = data.draw(st.integers(0, 255))
    read, reason = 0, ""
    try:
        read = sum(map(len, read_archive(bytes(held)).values()))
    except ArchiveRefused as error:
        reason = error.refusal.reason

    assert bool(read) != bool(reason)
    assert read <= package_archive.MOST_BYTES


def test_no_package_is_written_that_could_not_be_read():
    with pytest.raises(EditorialError, match="fewer"):
        write_archive({f"lessons/a{n}.md": b"" for n in range(501)})
