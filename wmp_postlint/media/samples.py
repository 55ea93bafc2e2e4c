"""Tiny pictures and videos made in code, for examples and tests; each is a valid file without real personal data.

gps and xmp_gps are (latitude, longitude) in WGS 84 decimal degrees.
"""

from __future__ import annotations

import struct
from xml.sax.saxutils import escape

Pair = tuple[float, float]
Fields = list[tuple[int, int, int, bytes]]  # tag, type, count, value


def _directory(fields: Fields, at: int, order: str) -> bytes:
    """Return a TIFF directory that begins at offset `at`, with its longer values after it."""
    head = struct.pack(order + "H", len(fields))
    after = at + 2 + 12 * len(fields) + 4
    values = b""
    for tag, kind, count, value in sorted(fields):
        head += struct.pack(order + "HHI", tag, kind, count)
        if len(value) <= 4:
            head += value.ljust(4, b"\0")
        else:
            head += struct.pack(order + "I", after + len(values))
            values += value + b"\0" * (len(value) % 2)
    return head + b"\0\0\0\0" + values


def _sexagesimal(value: float, order: str) -> bytes:
    units = round(abs(value) * 3600 * 10**4)
    degrees, rest = divmod(units, 3600 * 10**4)
    minutes, seconds = divmod(rest, 60 * 10**4)
    return struct.pack(order + "6I", degrees, 1, minutes, 1, seconds, 10**4)


def gps_fields(gps: Pair, order: str = "<") -> Fields:
    """Return the entries of an Exif GPS directory."""
    latitude, longitude = gps
    return [
        (0, 1, 4, b"\2\3\0\0"),
        (1, 2, 2, b"S\0" if latitude < 0 else b"N\0"),
        (2, 5, 3, _sexagesimal(latitude, order)),
        (3, 2, 2, b"W\0" if longitude < 0 else b"E\0"),
        (4, 5, 3, _sexagesimal(longitude, order)),
    ]


def exif(
    gps: Pair | None = None,
    *,
    description: str | None = None,
    artist: str | None = None,
    order: str = "<",
    fields: Fields | None = None,
    gps_directory: Fields | None = None,
) -> bytes:
    """Return a TIFF structure as it stands in an Exif block; `order` is "<" or ">" as in struct."""
    entries = list(fields or []) + [
        (tag, 2, len(text.encode()) + 1, text.encode() + b"\0")
        for tag, text in ((0x010E, description), (0x013B, artist))
        if text is not None
    ]
    directory = gps_directory if gps_directory is not None else gps_fields(gps, order) if gps else None
    if directory is not None:
        size = len(_directory([*entries, (0x8825, 4, 1, b"\0\0\0\0")], 8, order))
        entries.append((0x8825, 4, 1, struct.pack(order + "I", 8 + size)))
    block = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8) + _directory(entries, 8, order)
    return block + (_directory(directory, len(block), order) if directory is not None else b"")


def xmp(gps: Pair | None = None, **texts: str) -> bytes:
    """Return an XMP packet; texts are dc:title, dc:description, photoshop:City and so on, by local name."""
    spaces = {"title": "dc", "description": "dc", "subject": "dc", "creator": "dc", "Location": "Iptc4xmpCore"}
    halves = zip(("Latitude", "Longitude"), gps or (), ("NS", "EW"), strict=False)
    attributes = "".join(
        f' exif:GPS{name}="{int(abs(value))},{abs(value) % 1 * 60:.6f}{letters[value < 0]}"'
        for name, value, letters in halves
    )
    inner = "".join(f"<{(p := spaces.get(k, 'photoshop'))}:{k}>{escape(v)}</{p}:{k}>" for k, v in texts.items())
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""'
        ' xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
        f' xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"{attributes}>{inner}'
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()


def iptc(**texts: str) -> bytes:
    """Return Photoshop image resources with IPTC datasets: caption, headline, keywords, city, sublocation, byline."""
    numbers = {
        "caption": 120,
        "headline": 105,
        "keywords": 25,
        "city": 90,
        "sublocation": 92,
        "byline": 80,
        "country": 101,
    }
    stream = b"\x1c\x01\x5a\0\3\x1b%G"
    for name, text in texts.items():
        stream += b"\x1c\2" + bytes([numbers[name]]) + struct.pack(">H", len(text.encode())) + text.encode()
    return b"8BIM\4\4\0\0" + struct.pack(">I", len(stream)) + stream + b"\0" * (len(stream) % 2)


def jpeg(
    gps: Pair | None = None,
    *,
    xmp_gps: Pair | None = None,
    iptc_caption: str | None = None,
    comment: str | None = None,
    exif_block: bytes | None = None,
    xmp_packet: bytes | None = None,
    segments: tuple[tuple[int, bytes], ...] = (),
    trailer: bytes = b"",
) -> bytes:
    """Return an 8 by 8 grey JPEG; `segments` are more (marker, payload) pairs, put before the Exif."""
    parts = [(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"), *segments]
    block = exif_block if exif_block is not None else exif(gps) if gps else None
    packet = xmp_packet if xmp_packet is not None else xmp(xmp_gps) if xmp_gps else None
    if block is not None:
        parts.append((0xE1, b"Exif\0\0" + block))
    if packet is not None:
        parts.append((0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet))
    if iptc_caption is not None:
        parts.append((0xED, b"Photoshop 3.0\0" + iptc(caption=iptc_caption)))
    if comment is not None:
        parts.append((0xFE, comment.encode()))
    parts += [
        (0xDB, b"\0" + b"\1" * 64),
        (0xC0, b"\x08\0\x08\0\x08\1\1\x11\0"),
        (0xC4, b"\0\1" + b"\0" * 15 + b"\0"),
        (0xC4, b"\x10\1" + b"\0" * 15 + b"\0"),
        (0xDA, b"\1\1\0\0\x3f\0"),
    ]
    body = b"".join(bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data for marker, data in parts)
    return b"\xff\xd8" + body + b"\x3f\xff\xd9" + trailer


def png(
    gps: Pair | None = None,
    *,
    xmp_gps: Pair | None = None,
    comment: str | None = None,
    chunks: tuple[tuple[bytes, bytes], ...] = (),
) -> bytes:
    """Return a 1 by 1 grey PNG; `chunks` are more (type, payload) pairs."""
    import zlib

    parts = [(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)), *chunks]
    if gps:
        parts.append((b"eXIf", exif(gps, order=">")))
    if xmp_gps:
        parts.append((b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp(xmp_gps)))
    if comment is not None:
        parts.append((b"iTXt", b"Comment\0\0\0\0\0" + comment.encode()))
    parts += [(b"IDAT", zlib.compress(b"\0\x80")), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )


def webp(gps: Pair | None = None, *, xmp_gps: Pair | None = None, exif_header: bool = False) -> bytes:
    """Return a 1 by 1 WebP; `exif_header` writes the "Exif" head that the format does not ask for."""
    parts = [(b"VP8L", bytes.fromhex("2f00000010071011118888fe0700")[:13])]
    if gps or xmp_gps:
        parts.insert(0, (b"VP8X", struct.pack("<I", (8 if gps else 0) | (4 if xmp_gps else 0)) + b"\0" * 6))
    if gps:
        parts.append((b"EXIF", (b"Exif\0\0" if exif_header else b"") + exif(gps)))
    if xmp_gps:
        parts.append((b"XMP ", xmp(xmp_gps)))
    body = b"".join(kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2) for kind, data in parts)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def tiff(
    gps: Pair | None = None, *, description: str | None = None, xmp_gps: Pair | None = None, order: str = "<"
) -> bytes:
    """Return an 8 by 8 grey TIFF."""
    shorts = {0x0100: 8, 0x0101: 8, 0x0102: 8, 0x0103: 1, 0x0106: 1, 0x0115: 1, 0x0116: 8, 0x0117: 64}
    fields: Fields = [(tag, 3, 1, struct.pack(order + "H", value)) for tag, value in shorts.items()]
    if xmp_gps:
        packet = xmp(xmp_gps)
        fields.append((0x02BC, 1, len(packet), packet))
    block = b""
    for _ in range(2):  # the second time with the length known, so that the pixels' offset is right
        strip: Fields = [(0x0111, 4, 1, struct.pack(order + "I", len(block)))]
        block = exif(gps, description=description, order=order, fields=fields + strip)
    return block + b"\x80" * 64


def box(kind: bytes, *parts: bytes) -> bytes:
    """Return an ISO base media box."""
    body = b"".join(parts)
    return struct.pack(">I", len(body) + 8) + kind + body


def heic(gps: Pair | None = None, *, xmp_gps: Pair | None = None, brand: bytes = b"heic", method: int = 0) -> bytes:
    """Return a HEIF file with metadata items and no coded picture; `method` is the construction method (0 or 1)."""
    items = []
    if gps:
        items.append((b"Exif", b"", b"\0\0\0\6Exif\0\0" + exif(gps, order=">")))
    if xmp_gps:
        items.append((b"mime", b"application/rdf+xml\0", xmp(xmp_gps)))
    infos = b"".join(
        box(b"infe", b"\2\0\0\0" + struct.pack(">HH", n, 0) + kind + b"\0" + mime)
        for n, (kind, mime, _) in enumerate(items, 1)
    )
    head = box(b"ftyp", brand + b"\0\0\0\0mif1" + brand)
    data = b"".join(body for _, _, body in items)

    def meta(at: int) -> bytes:
        places = b""
        for n, (_, _, body) in enumerate(items, 1):
            places += struct.pack(">HHHHII", n, method, 0, 1, at, len(body))
            at += len(body)
        return box(
            b"meta", b"\0\0\0\0", box(b"hdlr", b"\0" * 8 + b"pict" + b"\0" * 13), box(b"pitm", b"\0" * 6),
            box(b"iinf", b"\0\0\0\0" + struct.pack(">H", len(items)) + infos),
            box(b"iloc", b"\1\0\0\0\x44\0" + struct.pack(">H", len(items)) + places),
            *([box(b"idat", data)] if method == 1 else []),
        )  # fmt: skip

    return head + meta(0 if method else len(head) + len(meta(0)) + 8) + box(b"mdat", b"" if method else data)


def iso6709(gps: Pair) -> str:
    """Return a position as phones write it into videos."""
    return f"{gps[0]:+08.4f}{gps[1]:+09.4f}/"


def mp4(gps: Pair | None = None, *, keys_gps: Pair | None = None, title: str = "", brand: bytes = b"isom") -> bytes:
    """Return a video without tracks; gps goes into user data, keys_gps into Apple's metadata keys."""
    user, meta = b"", b""
    if gps:
        text = iso6709(gps).encode()
        user += box(b"\xa9xyz", struct.pack(">HH", len(text), 0x15C7), text)
    if title:
        user += box(b"\xa9nam", struct.pack(">HH", len(title.encode()), 0x15C7), title.encode())
    if keys_gps:
        key = box(b"mdta", b"com.apple.quicktime.location.ISO6709")
        value = box(b"data", struct.pack(">II", 1, 0), iso6709(keys_gps).encode())
        meta = box(b"meta", box(b"hdlr", b"\0" * 8 + b"mdta" + b"\0" * 13), box(b"keys", struct.pack(">II", 0, 1), key),
                   box(b"ilst", box(b"\0\0\0\1", value)))  # fmt: skip
    head = box(b"mvhd", b"\0" * 12 + struct.pack(">II", 1000, 0) + b"\0" * 80)
    movie = box(b"moov", head, box(b"udta", user), meta)
    return box(b"ftyp", brand + b"\0\0\2\0" + brand) + movie + box(b"mdat", b"\0" * 16)
