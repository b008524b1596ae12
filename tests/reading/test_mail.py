import base64
import quopri
import time
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unspin.errors import EmptyError, SourceError
from unspin.reading import mail
from unspin.reading.resources import Resource
from unspin.types import Document

_SENTENCES = (
    "The ferry crews of Port Lanno went back to work on Tuesday after nine days.",
    "“We got the rest hours, and that was the point,” said Mirel Costan of the crews’ union.",
    "The harbour board said in a statement that the timetable would return by the weekend.",
    "Neither side would give the cost of the agreement, which runs until the end of next year.",
)
_BODY = "\n\n".join(_SENTENCES)
_PARAGRAPHS = "".join(f"<p>{sentence}</p>" for sentence in _SENTENCES * 2)
_PAGE = (
    "<!doctype html><html lang=en><head><title>Crews return</title></head><body><article>"
    f"<h1>Ferry crews return after nine days</h1>{_PARAGRAPHS}</article></body></html>"
)
_HEAD = (
    "From: The Lanno Courier <news@courier.example>\r\n"
    "To: reader@example.org\r\n"
    "Subject: Ferry crews return\r\n"
    "Date: Tue, 05 Mar 2024 10:30:00 +0200\r\n"
    "Message-ID: <1@courier.example>\r\n"
    "MIME-Version: 1.0\r\n"
)
_MOMENT = datetime(2024, 3, 5, 10, 30, tzinfo=timezone(timedelta(hours=2)))


def _read(text: str | bytes) -> Document:
    content = text if isinstance(text, bytes) else text.encode()
    return mail.read(Resource("letter.eml", content))


def _codes(document: Document) -> set[str]:
    return {caveat.code for caveat in document.warnings}


def _part(kind: str, body: str, boundary: str = "B") -> str:
    return f"--{boundary}\r\nContent-Type: {kind}; charset=utf-8\r\n\r\n{body}\r\n"


def _alternative(*parts: str, head: str = _HEAD) -> str:
    body = "".join(parts)
    return f'{head}Content-Type: multipart/alternative; boundary="B"\r\n\r\n{body}--B--\r\n'


def test_a_newsletter_gives_outlet_title_and_date() -> None:
    document = _read(f"{_HEAD}Content-Type: text/plain; charset=utf-8\r\n\r\n{_BODY}")
    assert document.title == "Ferry crews return"
    assert document.outlet == "The Lanno Courier"
    assert document.published == _MOMENT
    assert document.authors == ()
    assert (document.found.outlet, document.found.published) == ("header From", "header Date")
    assert document.origin.media_type == "message/rfc822"
    assert all(sentence in document.text for sentence in _SENTENCES)


def test_html_goes_before_plain_text() -> None:
    document = _read(_alternative(_part("text/plain", "See the web."), _part("text/html", _PAGE)))
    assert document.title == "Ferry crews return after nine days"
    assert _SENTENCES[1] in document.text
    assert "See the web" not in document.text
    assert document.published == _MOMENT
    assert document.outlet == "The Lanno Courier"


def test_an_empty_html_part_leaves_the_plain_one() -> None:
    document = _read(_alternative(_part("text/plain", _BODY), _part("text/html", " ")))
    assert _SENTENCES[0] in document.text


@pytest.mark.parametrize(
    ("sender", "listed", "outlet", "authors"),
    [
        ("The Lanno Courier <a@b.example>", "", "The Lanno Courier", ()),
        (
            "Ilsa Moran from The Lanno Courier <a@b.example>",
            "",
            "The Lanno Courier",
            ("Ilsa Moran",),
        ),
        ("Letter from Port Lanno <a@b.example>", "", "Letter from Port Lanno", ()),
        ("The Voice of Lanno <a@b.example>", "", "The Voice of Lanno", ()),
        (
            "Ilsa Moran <a@b.example>",
            '"Harbour Notes" <notes.b.example>',
            "Harbour Notes",
            ("Ilsa Moran",),
        ),
        ("The Lanno Courier <a@b.example>", "Morning <m.b.example>", "The Lanno Courier", ()),
        ("Ilsa Moran <a@b.example>", "<notes.b.example>", "Ilsa Moran", ()),
        (
            "=?utf-8?B?" + base64.b64encode("Küsten-Bote".encode()).decode() + "?= <a@b.example>",
            "",
            "Küsten-Bote",
            (),
        ),
        ("=?iso-8859-1?Q?K=FCsten-Bote?= <a@b.example>", "", "Küsten-Bote", ()),
        ("Küsten-Bote <a@b.example>", "", "Küsten-Bote", ()),
        ("a@b.example", "", None, ()),
        ("", "Harbour Notes <notes.b.example>", "Harbour Notes", ()),
    ],
)
def test_who_sends_it_is_outlet_or_author(
    sender: str, listed: str, outlet: str | None, authors: tuple[str, ...]
) -> None:
    head = f"From: {sender}\r\n" + (f"List-Id: {listed}\r\n" if listed else "")
    document = _read(f"{head}Subject: News\r\nMIME-Version: 1.0\r\n\r\n{_BODY}")
    assert document.outlet == outlet
    assert document.authors == authors


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252"])
def test_transfer_encodings_and_charsets_are_undone(encoding: str, charset: str) -> None:
    words = "Die Fähre fährt wieder, sagte der Bürgermeister von Lanno am Dienstag. " * 4
    content = words.encode(charset)
    if encoding == "base64":
        content = base64.encodebytes(content)
    elif encoding == "quoted-printable":
        content = quopri.encodestring(content)
    head = (
        f"{_HEAD}Content-Type: text/plain; charset={charset}\r\n"
        f"Content-Transfer-Encoding: {encoding}\r\n\r\n"
    )
    document = _read(head.encode() + content)
    assert "Die Fähre fährt wieder, sagte der Bürgermeister" in document.text


def test_a_wrong_charset_is_told() -> None:
    head = f"{_HEAD}Content-Type: text/plain; charset=windows-1251\r\n\r\n"
    document = _read(head.encode() + ("Le bac a été rouvert à midi. " * 9).encode())
    assert "a été rouvert à midi" in document.text
    assert "charset-mismatch" in _codes(document)


@pytest.mark.parametrize("charset", ["x-nowhere", "base64", "utf-16", "rot13", '"'])
def test_an_unknown_charset_loses_no_ascii_words(charset: str) -> None:
    document = _read(f"{_HEAD}Content-Type: text/plain; charset={charset}\r\n\r\n{_BODY}")
    assert "went back to work on Tuesday" in document.text


def test_attachments_are_not_the_article() -> None:
    attached = (
        "--B\r\nContent-Type: text/html\r\nContent-Disposition: attachment; filename=a.html\r\n\r\n"
        "<p>ATTACHED</p>\r\n"
    )
    head = f'{_HEAD}Content-Type: multipart/mixed; boundary="B"\r\n\r\n'
    document = _read(f"{head}{attached}{_part('text/plain', _BODY)}--B--\r\n")
    assert "ATTACHED" not in document.text
    assert _SENTENCES[0] in document.text


def test_parts_within_parts_are_found() -> None:
    inner = (
        '--B\r\nContent-Type: multipart/related; boundary="C"\r\n\r\n'
        '--C\r\nContent-Type: multipart/alternative; boundary="D"\r\n\r\n'
        f"{_part('text/html', _PAGE, 'D')}--D--\r\n--C--\r\n"
    )
    document = _read(f'{_HEAD}Content-Type: multipart/mixed; boundary="B"\r\n\r\n{inner}--B--\r\n')
    assert document.title == "Ferry crews return after nine days"


def test_a_message_passed_on_as_attachment_is_the_article() -> None:
    inner = f"{_HEAD}Content-Type: text/plain; charset=utf-8\r\n\r\n{_BODY}"
    outer = (
        "From: A Friend <friend@example.org>\r\nSubject: Fwd: Ferry crews return\r\n"
        "Date: Fri, 08 Mar 2024 09:00:00 +0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/mixed; boundary="B"\r\n\r\n'
        f"{_part('text/plain', 'You should read this.')}"
        f"--B\r\nContent-Type: message/rfc822\r\n\r\n{inner}\r\n--B--\r\n"
    )
    document = _read(outer)
    assert document.outlet == "The Lanno Courier"
    assert document.published == _MOMENT
    assert _SENTENCES[0] in document.text


def test_a_message_passed_on_in_the_text_keeps_its_own_sender_and_date() -> None:
    text = (
        "From: A Friend <friend@example.org>\r\nSubject: Fwd: Ferry crews return\r\n"
        "Date: Fri, 08 Mar 2024 09:00:00 +0000\r\nMIME-Version: 1.0\r\n\r\n"
        "---------- Forwarded message ---------\r\n"
        "From: The Lanno Courier <news@courier.example>\r\n"
        "Date: Tue, Mar 5, 2024 at 10:30 AM\r\nSubject: Ferry crews return\r\n"
        f"To: <friend@example.org>\r\n\r\n\r\n{_BODY}"
    )
    document = _read(text)
    assert document.title == "Ferry crews return"
    assert document.outlet == "The Lanno Courier"
    assert document.published == datetime(2024, 3, 5, 10, 30)  # noqa: DTZ001 - no zone is given
    assert document.found.published == "forwarded header Date"
    assert "Forwarded message" not in document.text
    assert any("Forwarded message" in part.text for part in document.furniture)
    assert _SENTENCES[0] in document.text


def test_a_message_cut_off_is_read_as_far_as_it_goes() -> None:
    whole = _alternative(_part("text/plain", "See the web."), _part("text/html", _PAGE))
    document = _read(whole[: whole.index(_SENTENCES[3], whole.index(_SENTENCES[3]) + 1)])
    assert _SENTENCES[0] in document.text
    assert "repaired" in _codes(document)


def test_base64_cut_in_the_middle_is_read_as_far_as_it_goes() -> None:
    coded = base64.encodebytes((_BODY * 3).encode()).decode()
    head = f"{_HEAD}Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64"
    document = _read(f"{head}\r\n\r\n{coded[: 77 * 9 + 42]}")
    assert _SENTENCES[0] in document.text
    assert "repaired" in _codes(document)


def test_a_message_without_text_is_empty() -> None:
    picture = "--B\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBO\r\n"
    with pytest.raises(EmptyError):
        _read(f'{_HEAD}Content-Type: multipart/mixed; boundary="B"\r\n\r\n{picture}--B--\r\n')


@pytest.mark.parametrize("depth", [60, 150, 5000])
def test_messages_within_messages_end(depth: int) -> None:
    text = _HEAD
    for level in range(depth):
        text += f'Content-Type: multipart/mixed; boundary="B{level}"\r\n\r\n--B{level}\r\n'
    started = time.process_time()
    with pytest.raises(SourceError):
        _read(text + f"Content-Type: text/plain\r\n\r\n{_BODY}\r\n" * 50)
    assert time.process_time() - started < 5


def test_many_messages_one_in_another_end() -> None:
    text = "Content-Type: message/rfc822\r\n\r\n" * 3000 + f"Subject: x\r\n\r\n{_BODY}"
    with pytest.raises(SourceError):
        _read(text)


_SNAPSHOT = (
    "From: <Saved by Blink>\r\n"
    "Snapshot-Content-Location: https://courier.example/harbour/crews\r\n"
    "Subject: Crews return\r\n"
    "Date: Fri, 08 Mar 2024 09:00:00 -0000\r\n"
    "MIME-Version: 1.0\r\n"
    'Content-Type: multipart/related; type="text/html"; boundary="B"\r\n\r\n\r\n'
)


def _saved(
    page: str, *, name: str = "https://courier.example/harbour/crews", top: str = _SNAPSHOT
) -> str:
    coded = quopri.encodestring(page.encode()).decode()
    frame = "--B\r\nContent-Type: text/html\r\nContent-Location: https://ads.example/\r\n\r\n<p>AD</p>\r\n"
    return (
        f"{top}--B\r\nContent-Type: text/html\r\nContent-ID: <frame-0@mhtml.blink>\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n"
        f"Content-Location: {name}\r\n\r\n{coded}\r\n{frame}"
        "--B\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n"
        "Content-Location: https://courier.example/a.png\r\n\r\niVBORw0KGgo=\r\n--B--\r\n"
    )


def test_a_saved_page_is_read_with_its_address_and_without_the_day_it_was_saved() -> None:
    document = mail.read(Resource("crews.mhtml", _saved(_PAGE).encode()))
    assert document.title == "Ferry crews return after nine days"
    assert document.canonical == "https://courier.example/harbour/crews"
    assert document.published is None
    assert document.origin.location == "crews.mhtml#https://courier.example/harbour/crews"
    assert (document.origin.media_type, document.origin.reader) == ("multipart/related", "mhtml/1")
    assert "AD" not in document.text
    assert _SENTENCES[1] in document.text


def test_the_named_start_is_the_page() -> None:
    top = _SNAPSHOT.replace('type="text/html"', 'type="text/html"; start="<frame-0@mhtml.blink>"')
    text = _saved(_PAGE, top=top)
    first, second = (
        text.index("--B\r\n"),
        text.index("--B\r\nContent-Type: text/html\r\nContent-Loc"),
    )
    third = text.index("--B\r\nContent-Type: image")
    swapped = text[:first] + text[second:third] + text[first:second] + text[third:]
    assert (
        mail.read(Resource("a.mhtml", swapped.encode())).title
        == "Ferry crews return after nine days"
    )


def test_a_page_in_another_charset_names_it_itself() -> None:
    page = _PAGE.replace("<head>", "<head><meta charset=windows-1252>").encode("cp1252")
    text = _saved("PAGE").encode().replace(b"PAGE", quopri.encodestring(page))
    assert _SENTENCES[1] in mail.read(Resource("a.mhtml", text)).text


def test_a_saved_page_without_a_page_is_empty() -> None:
    text = (
        _SNAPSHOT
        + "--B\r\nContent-Type: text/css\r\nContent-Location: cid:1\r\n\r\np{}\r\n--B--\r\n"
    )
    with pytest.raises(EmptyError):
        mail.read(Resource("a.mhtml", text.encode()))


def test_a_place_on_disk_is_no_address() -> None:
    top = _SNAPSHOT.replace("https://courier.example/harbour/crews", "file:///home/page.html")
    document = mail.read(Resource("a.mhtml", _saved(_PAGE, name="cid:1", top=top).encode()))
    assert document.canonical is None
    assert document.origin.location == "a.mhtml"


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=400), st.integers(0, 2000))
def test_a_damaged_message_is_a_document_or_a_source_error(noise: bytes, where: int) -> None:
    whole = _alternative(_part("text/plain", _BODY), _part("text/html", _PAGE)).encode()
    for content in (noise, whole[:where], whole[:where] + noise + whole[where + len(noise) :]):
        try:
            document = mail.read(Resource("noise.eml", content))
        except SourceError:
            continue
        assert all(block.span.end <= len(document.text) for block in document.blocks)


def test_the_date_is_the_senders_with_its_zone() -> None:
    head = _HEAD.replace("+0200", "GMT")
    document = _read(f"{head}\r\n{_BODY}")
    assert document.published == datetime(2024, 3, 5, 10, 30, tzinfo=UTC)
