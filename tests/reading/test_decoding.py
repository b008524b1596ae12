import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unspin.reading.decoding import decode

PROSE = b"<p>The minister said on Monday that the bridge was safe.</p>" * 8


def page(body: bytes, charset: str = "utf-8") -> bytes:
    head = f'<html><head><meta charset="{charset}"></head><body>'.encode()
    return head + PROSE + body + b"<p>LASTWORD</p></body></html>"


def codes(content: bytes, declared: str | None = None) -> list[str]:
    return [caveat.code for caveat in decode(content, declared)[1]]


@pytest.mark.parametrize(
    ("content", "held", "absent", "expected"),
    [
        pytest.param(
            page(b"before\x00after"), "before\ufffdafter", "\x00", ["characters-replaced"], id="nul"
        ),
        pytest.param(
            page(b"").decode().encode("utf-16-le"), "LASTWORD", "\x00", [], id="utf-16 unmarked"
        ),
        pytest.param(
            page(b"").decode().encode("utf-16-be"), "LASTWORD", "\x00", [], id="utf-16-be unmarked"
        ),
        pytest.param(
            page("Brücke".encode()).decode().encode("utf-16"),
            "Brücke",
            "\x00",
            [],
            id="utf-16 marked",
        ),
        pytest.param(
            page("Министр сказал, что мост безопасен.".encode("cp1251")),
            "Министр сказал",
            "\ufffd",
            ["charset-mismatch"],
            id="cyrillic called utf-8",
        ),
        pytest.param(
            page("Die Brücke, sagte Müller".encode(), "iso-8859-1"),
            "Müller",
            "Ã",
            ["charset-mismatch"],
            id="utf-8 called latin",
        ),
        pytest.param(
            page("“Brücke” ".encode() + b"\x93quoted\x94"),
            "“Brücke” “quoted”",
            "\ufffd",
            ["charset-mismatch"],
            id="mixed",
        ),
        pytest.param(page(b"+ADw-script+AD4-", "utf-7"), "+ADw-script", "<script", [], id="utf-7"),
        pytest.param(
            page(b"\xc0\xbcscript\xc0\xbe"),
            "\ufffdscript\ufffd",
            "<script",
            ["characters-replaced"],
            id="overlong",
        ),
        pytest.param(
            page(b"\xed\xa0\xbd\xed\xb8\x80 SURROGATE"),
            "\ufffd\ufffd SURROGATE",
            "\ud83d",
            ["characters-replaced"],
            id="surrogates",
        ),
        pytest.param(
            page(("a" + "\u0315\u0300" * 50_000).encode()),
            "a" + "\u0315\u0300" * 15 + "<p>",
            "\u0300" * 40,
            ["characters-replaced"],
            id="piled marks",
        ),
        pytest.param(
            "Die BrÃ¼cke, sagte MÃ¼ller. SÃO PAULO".encode(),
            "Die Brücke, sagte Müller. SÃO PAULO",
            "Ã¼",
            ["mojibake-repaired"],
            id="encoded twice",
        ),
        pytest.param(
            "SÃO PAULO — NÃO É".encode(), "SÃO PAULO — NÃO É", "\ufffd", [], id="not encoded twice"
        ),
        pytest.param(
            b"\xef\xbb\xbf\xef\xbb\xbftext\xef\xbb\xbfmid",
            "text\ufeffmid",
            "\ufefftext",
            [],
            id="marks",
        ),
        pytest.param(
            "Die Brücke ü".encode()[:-1],
            "Die Brücke \ufffd",
            "Ã",
            ["characters-replaced"],
            id="cut character",
        ),
        pytest.param(
            page("Zażółć gęślą jaźń".encode("cp1250"), "windows-1250"),
            "Zażółć gęślą jaźń",
            "\ufffd",
            [],
            id="declared",
        ),
        pytest.param(
            page(b"\x93Yes\x94, he said", "ascii"),
            "“Yes”, he said",
            "\ufffd",
            [],
            id="ascii is windows-1252",
        ),
    ],
)
def test_the_authors_characters_come_out(
    content: bytes, held: str, absent: str, expected: list[str]
) -> None:
    text, caveats = decode(content, None)
    assert held in text
    assert absent not in text
    assert [caveat.code for caveat in caveats] == expected


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("koi8-r", "text/html; charset=koi8-r"),
        ("cp1251", 'text/plain; charset="windows-1251"'),
        ("cp866", "text/plain; charset=ibm866"),
    ],
)
def test_the_header_names_the_charset(encoding: str, declared: str) -> None:
    words = "Министр сказал, что мост безопасен."
    assert decode(words.encode(encoding), declared) == (words, ())


def test_the_header_goes_before_the_page() -> None:
    content = page("Мост".encode("cp1251"), "koi8-r")
    assert "Мост" in decode(content, "text/html; charset=windows-1251")[0]


@pytest.mark.parametrize(
    "label", ["utf-7", "rot13", "punycode", "idna", "unicode_escape", "no such", "hex"]
)
def test_unsafe_and_unknown_labels_are_not_used(label: str) -> None:
    text, _ = decode(b"+ADw- \\u003c uryyb 3c", f"text/html; charset={label}")
    assert text == "+ADw- \\u003c uryyb 3c"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Mn"])))
def test_clean_utf8_is_kept_unless_it_was_encoded_twice(text: str) -> None:
    decoded, caveats = decode(text.encode(), "text/plain; charset=utf-8")
    assert decoded == text.lstrip("\ufeff") or caveats


@given(
    st.binary(max_size=400),
    st.sampled_from([None, "text/html; charset=shift_jis", "text/html; charset=utf-8"]),
)
def test_anything_becomes_text_that_can_be_stored(content: bytes, declared: str | None) -> None:
    text, _ = decode(content, declared)
    text.encode("utf-8")
    assert "\x00" not in text
    assert not any(0x80 <= ord(character) < 0xA0 and character != "\x85" for character in text)


@pytest.mark.parametrize("unit", ["Ã¼", "Ã", "â€œ", "a\u0300", "\u0300", "\ufdfa"])
def test_time_grows_with_length_only(unit: str) -> None:
    started = time.process_time()
    decode((unit * 200_000).encode(), None)
    assert time.process_time() - started < 5


def test_stray_bytes_by_the_million_are_quick() -> None:
    started = time.process_time()
    decode("ü".encode() * 600_000 + b"\x93 " * 500_000, None)
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "text",
    ["Il a dit « café”“ et rien d’autre", "le passé… et l’été—toujours", "Besançon, l’Écossé‘s"],
)
def test_accents_before_quotation_marks_and_dashes_are_no_mojibake(text: str) -> None:
    assert decode(text.encode(), None) == (text, ())


@pytest.mark.parametrize("text", ["café", "“Naïve, she said", "Дом", "Rélla — Orvec"])
def test_text_encoded_twice_is_mended(text: str) -> None:
    twice = text.encode().decode("cp1252").encode()
    assert decode(twice, None)[0] == text
