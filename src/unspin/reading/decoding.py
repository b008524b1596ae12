"""Bytes in, text out: the characters the author meant, and a caveat for each liberty taken.

In: the bytes of a source and the content type it was sent with, if any. Out: text without byte
order mark, NUL, C1 controls, noncharacters or lone surrogates, and the caveats. Linear in the
input, and quick for what most pages are: clean UTF-8.
"""

import codecs
import re

from unspin.types import Caveat

# What labels mean to browsers, where Python's codec of that name is narrower or another one.
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_LABELS = {  # labels of the web that Python has no codec name for
    "x-sjis": "cp932",
    "ms_kanji": "cp932",
    "windows-31j": "cp932",
    "windows-949": "cp949",
    "ks_c_5601-1987": "cp949",
    "x-gbk": "gb18030",
    "x-cp1250": "cp1250",
    "x-cp1251": "cp1251",
    "x-cp1252": "cp1252",
    "win-1251": "cp1251",
    "windows-874": "cp874",
    "dos-874": "cp874",
    "iso-8859-8-i": "iso8859-8",
    "x-mac-cyrillic": "mac-cyrillic",
    "macintosh": "mac-roman",
    "unicode-1-1-utf-8": "utf-8",
    "x-unicode20utf8": "utf-8",
}
_SAFE = frozenset(
    [
        *("utf-8", "cp866", "cp874", "cp932", "cp949", "gb18030", "big5hkscs", "euc_jp"),
        *("iso2022_jp", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic"),
        *(f"cp125{number}" for number in range(9)),
        *(f"iso8859-{number}" for number in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)),
    ]
)
_GUESSED = [
    *("cp1252", "cp1251", "cp1250", "cp1253", "cp1254", "cp1255", "cp1256", "koi8_r"),
    *("cp932", "euc_jp", "gb18030", "big5", "cp949"),
]
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:+-]{1,40})", re.IGNORECASE)
_WITHIN = re.compile(
    rb"<meta\b[^>]{0,400}?\bcharset\s*=\s*[\"']?\s*([\w.:+-]{1,40})"
    rb"|^\s{0,9}<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']([\w.:+-]{1,40})",
    re.IGNORECASE,
)
_LOOK = 4096  # bytes in which a declaration may stand, and which show UTF-16
_SAMPLE = 16_384  # bytes that tell a charset
_STRAY = re.compile("[\udc80-\udcff]+")
# Overlong forms and encoded surrogates: no charset means a letter by them.
_FORGED = re.compile(
    "[\udcc0\udcc1][\udc80-\udcbf]|\udce0[\udc80-\udc9f][\udc80-\udcbf]"
    "|\udced[\udca0-\udcbf][\udc80-\udcbf]"
)
_CUT = re.compile(  # characters of which bytes are missing
    "[\udce0-\udcef][\udc80-\udcbf]{1,2}|[\udcf0-\udcf4][\udc80-\udcbf]{1,3}|[\udcc2-\udcf4]\\Z"
)
_HIGH = re.compile("[^\x00-\x7f\udc80-\udcff]")
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_PILE = 30  # combining marks on one letter; no script needs more
_COMBINING = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u06d6-\u06dc\u06df-\u06e4"
    "\u0730-\u074a\u07eb-\u07f3\u0816-\u082d\u0859-\u085b\u08ca-\u08ff\u135d-\u135f\u1ab0-\u1aff"
    "\u1cd0-\u1cff\u1dc0-\u1dff\u20d0-\u20ff\u2cef-\u2cf1\u2de0-\u2dff\u302a-\u302f\u3099\u309a"
    "\ua66f-\ua67d\ua8e0-\ua8f1\ufe20-\ufe2f\U0001e000-\U0001e02a\U0001e8d0-\U0001e8d6"
)
_MARK = re.compile(f"[{_COMBINING}]")
_PILED = re.compile(f"([{_COMBINING}]{{{_PILE}}})[{_COMBINING}]+")
# A lead byte and a continuation byte of UTF-8, each read as a windows-1252 character. Quotation
# marks, dashes and the ellipsis are left out: they follow an accented letter in sound text too.
_DOUBLED = re.compile(
    "[\xc2-\xf4][\x80-\xbf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2020-\u2022\u2030\u20ac\u2122]"
)


def decode(content: bytes, declared: str | None) -> tuple[str, tuple[Caveat, ...]]:
    """The text of `content`; `declared` is its content type, of which only the charset counts.

    A byte order mark comes first, then UTF-16 by its NUL bytes, then UTF-8 if the bytes are that,
    then the declared charset (header before page), then a guess.
    """
    text, caveats = _characters(content, declared)
    text = text.lstrip("\ufeff")
    if not text.isascii():
        text, repaired = _undouble(text)
        if repaired:
            caveats.append(Caveat("mojibake-repaired", f"{repaired} lines were decoded twice"))
    if _FORBIDDEN.search(text):
        text = _FORBIDDEN.sub("\ufffd", text)
    for character in set(_ASTRAL.findall(text)):
        if ord(character) & 0xFFFE == 0xFFFE:  # noqa: PLR2004 - the two noncharacters of a plane
            text = text.replace(character, "\ufffd")
    piles = 0
    if _MARK.search(text[::_PILE]):  # a longer run has one of its marks at such a place
        text, piles = _PILED.subn(r"\1", text)
    if lost := text.count("\ufffd"):
        caveats.append(Caveat("characters-replaced", f"{lost} characters are U+FFFD"))
    if piles:
        caveats.append(
            Caveat("characters-replaced", f"{piles} piles of combining marks were cut to {_PILE}")
        )
    return text, tuple(caveats)


def _characters(content: bytes, declared: str | None) -> tuple[str, list[Caveat]]:
    for mark, marked in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(marked, "replace"), []
    if wide := _wide(content[:_LOOK]):
        return content.decode(wide, "replace"), []
    label = _label(content, declared)
    codec = _codec(label)
    if codec == "iso2022_jp" and b"\x1b" in content:
        return content.decode(codec, "replace"), []
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return _not_utf8(content, label, codec)
    if codec in {None, "utf-8"} or text.isascii():
        return text, []
    return text, [Caveat("charset-mismatch", f"declared {label}, but the bytes are UTF-8")]


def _wide(look: bytes) -> str | None:
    """The UTF-16 whose NUL bytes beside Latin letters `look` shows."""
    even, odd = look[::2].count(0), look[1::2].count(0)
    if even + odd <= len(look) // 4:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _label(content: bytes, declared: str | None) -> str | None:
    if declared and (header := _DECLARED.search(declared)):
        return header[1].lower()
    if within := _WITHIN.search(content[:_LOOK]):
        return (within[1] or within[2]).decode("ascii", "replace").lower()
    return None


def _codec(label: str | None) -> str | None:
    """The codec a browser would use for `label`; None for no label and for unsafe or unknown."""
    if label is None:
        return None
    try:
        name = _LABELS.get(label) or codecs.lookup(label).name
    except LookupError:
        return None
    name = _MEANT.get(name, name)
    return name if name in _SAFE else None


def _not_utf8(content: bytes, label: str | None, codec: str | None) -> tuple[str, list[Caveat]]:
    if codec is not None and codec != "utf-8":
        text = content.decode(codec, "replace")
        if text.count("\ufffd") <= len(text) // 100:
            return text, []
    text = content.decode("utf-8", "surrogateescape")
    valid = len(_HIGH.findall(text))
    text = _FORGED.sub("\ufffd", text)
    if valid:
        text = _CUT.sub("\ufffd", text)
    strays = sum(len(run) for run in _STRAY.findall(text))
    if strays == 0:
        return text, []  # the replaced characters are told by the caller
    if valid >= strays:
        told = f"mixed encoding: {strays} bytes are not UTF-8 and were read as windows-1252"
        return _STRAY.sub(_western, text), [Caveat("charset-mismatch", told)]
    guessed = _guess(content)
    told = f"declared {label}, but" if label else "no charset is declared;"
    return content.decode(guessed, "replace"), [
        Caveat("charset-mismatch", f"{told} the bytes look like {guessed}")
    ]


def _western(run: re.Match[str]) -> str:
    return run[0].encode("utf-8", "surrogateescape").decode("cp1252", "replace")


def _guess(content: bytes) -> str:
    from charset_normalizer import from_bytes

    lines: list[bytes] = []
    size = 0
    for line in content.split(b"\n"):
        if not line.isascii():
            lines.append(line[: _SAMPLE - size])
            size += len(lines[-1])
        if size >= _SAMPLE:
            break
    sample = b"\n".join(lines)
    best = from_bytes(sample, cp_isolation=_GUESSED).best()
    if best is None or str(best) == sample.decode("cp1252", "replace"):
        return "cp1252"
    return best.encoding


def _undouble(text: str) -> tuple[str, int]:
    """`text` with the lines mended that were encoded as UTF-8 twice, and how many those are."""
    if not _DOUBLED.search(text):
        return text, 0
    from ftfy import fix_encoding
    from ftfy.badness import is_bad

    lines = text.split("\n")
    repaired = 0
    for place, line in enumerate(lines):
        if _DOUBLED.search(line) and is_bad(line):
            lines[place] = fix_encoding(line)
            repaired += lines[place] != line
    return "\n".join(lines), repaired
