"""Coordinates, grid references, three-word addresses and map links."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from personal_data_checks import findings, found, identifier_checks, marked

module = pytest.importorskip("wmp_postlint.rules.location.coordinates")
RULE = module.Coordinates()

FOUND = (
    "Cordon at «52.4862,-1.8904»",
    "«52.4862 -1.8904» is where they dump the cars",
    "Crash: «52.48621° N, 1.89043° W»",
    "Crash: «52.48621N 1.89043W»",
    "Look at «N52.48621 W1.89043» on the map",
    "Coordinates: «52.48, -1.89»",
    "gps 5«» «52.486 / -1.890»".replace("5«» ", ""),
    "Location «50.1234, 0.5678»",
    "«52.486213, 0.890412» by the lay-by",
    "Latitude: «52.4862»".replace("«52.4862»", "52.4862").replace("Latitude", "«Latitude") + " Longitude: -1.8904»",
    "«lat=52.4862, lng=-1.8904» says his phone",
    "«52.486213, minus 1.890412» is the drop",
    "It came from «48.8584, 2.2945» in Paris",
    "Last ping «-33.856784, 151.215297»",
    "Drop zone «52°29'10\"N 1°53'25\"W»",
    "Drop zone «52° 29' 10.5\" N, 1° 53' 25.1\" W»",
    "Drop zone «52°29′10″N, 1°53′25″W»",
    "Cache at «N 52° 29.172 W 001° 53.424»",
    "Cache at «52° 29.172'N 1° 53.424'W»",
    "NPAS to «522910N 0015325W» please",
    "Helicopter at «52 29 10 N, 1 53 25 W»",
    "Search team to «SP 0691 8683»",
    "Found near «SJ 912 027» by walkers",
    "grid reference «SP069868»",
    "Grid ref: «sp 069 868»",
    "OS grid «SO9123494567»",
    "NGR «SK06918»".replace("SK06918", "SK069186"),
    "map ref «SP0691286834»",
    "the car is in the field at «SP 069868»",
    "«Easting: 406912 Northing: 286834»",
    "Meet at «///Filled.Count.Soap»",
    "Meet at «///filled. count. soap» now",
    "what3words «filled.count.soap»",
    "The location in what3words is «index.home.raft».",
    "What 3 words: «index dot home dot raft»",
    "«filled.count.soap» (w3w)",
    "link: «https://what3words.com/filled.count.soap»",
    "link: «w3w.co/filled.count.soap»",
    "pin «https://maps.google.com/?q=52.48621,-1.89043»",
    "pin «https://goo.gl/maps/abcDEF123»",
    "pin «https://maps.app.goo.gl/abcDEF123?g_st=ic»",
    "pin «https://maps.apple.com/?ll=52.48621,-1.89043»",
    "pin «https://www.bing.com/maps?cp=52.48621~-1.89043&lvl=17»",
    "pin «https://waze.com/ul?ll=52.48621%2C-1.89043&navigate=yes»",
    "pin «https://www.waze.com/live-map/directions?to=ll.52.48621%2C-1.89043»",
    "pin «https://www.openstreetmap.org/#map=17/52.48621/-1.89043»",
    "pin «https://osm.org/go/eu6_Nx»",
    "pin «https://www.google.co.uk/maps/place/12+Acacia+Avenue,+Birmingham»",
    "pin «https://example.com/track?lat=52.486213&lon=-1.890431»",
    "Plus code «F4P6+2R» Birmingham",
    "«9C4WF4P6+2R2» is the spot",
    "geo «52.4862, -1.8904», silent approach",
    "«５２.４８６２, −１.８９０４» is where he sleeps",
    "«///fil\u200bled.count.soap» is the safe house",
    "Drop pin «52.477564,-2.003715» near the chippy",
    "Box: [«52.4862; -1.8904»] and «52.4862 / -1.8904»",
    "«maps.google.co.uk/maps?ll=52.4862,-1.8904» is the lock-up",
    "«SP071867» is the grid reference",
    "«https://what3words.com/daring.lion.race?maptype=satellite»",
)
SILENT = (
    "We won 3.25, 4.75, 5.5 and lost 1.25",
    "52.4862, 1.8904, 3.1415 and 2.7182 were the readings",
    "GBP/USD 1.2712, 1.2698 today",
    "Price rose from £52.4862 to £1.8904",
    "Bitcoin at 52.4862, -1.8904 on the day",
    "Lap times 51.234, 52.876 and 50.999",
    "iOS 12.5.7, Android 10.0.1, build 52.4862.18",
    "Back on 12.06.2024, 13.07.2024 from 10.30, 12.30",
    "BMI 24.25, 31.50",
    "Only 52.25, 1.75 miles from the city",
    "192.0.2.10, 198.51.100.7",
    "Bus 52N and 2W are late; 5 S of here, 10 E of there",
    "The M6 N, then the A38 S and A45 E",
    "SP069868 is the part number",
    "Serial SN 12345 67890",
    "PS 1234 and PC 5678, SP 069 is the code",
    "Flight NH 203 416",
    "NO 123 456, not even NB 2400 2600",
    "SU 100 people, SK 12 and TF 1 are groups",
    "IT IS SO 100 200 TIMES OVER",
    "Call 101, or 0121 496 0123 and 07700 900123",
    "SO14 2AB, SP1 2BB and ST1 1AA are postcodes",
    "SO12 ABC and SK67 XYZ were seized",
    "what3words could save your life: get the app today",
    "Learn about what3words at https://what3words.com/products and https://w3w.co",
    "Read more at safer.streets.plan and w.w.w",
    "//// breaking //// news /// more soon",
    "Update///road.closed",
    "Us three words: stay at home",
    "https://www.google.com/maps, https://www.openstreetmap.org/copyright and https://www.bing.com",
    "https://www.example.com/map/area/solihull",
    "https://www.police.uk/pu/your-area/?lat=1&q=x",
    "2+2=4, B2B+VX, HGV+2 and GCSE+A2",
    "C++ 12345678+90",
    "https://westmidlands.police.uk/roadmap/2024.2025",
    "Temperature 2.25, -1.89%",
    "Height 5'10\", waist 32\", 25' ladder N",
    "6'2\" tall, 5'11\" W",
    "Ratio 52.4862:1.8904",
    "Grid girls and the OS update 12.1",
    "Average response 12.4531, target 11.2345",
    "Voltage 12.6512 -1.2034 A",
    "A Suzuki SV 650 650 and a Honda NX 500 600 were stolen",
    "Ref SK069186, SU12 345 and SP12 3456 78",
    "Coffee.Cake.Chat with w3w",
    "www.westmidlands.police.uk/your-area/map?lat=52.48&long=-1.89",
)
VENUE = (
    "Join us at Kings Heath Library, «52.4316, -1.8932», Friday at 10",
    "Drop in to Bournville Lane police station «https://maps.app.goo.gl/abc123»",
    "Beat surgery at St Mary's Church «///filled.count.soap»",
    "We're at the community centre on Saturday: «https://goo.gl/maps/abc123»",
    "Street briefing outside The Red Lion pub «https://w3w.co/filled.count.soap»",
    "Bike marking in Cannon Hill Park today! Directions: «https://goo.gl/maps/abc123»",
    "Find us: «https://www.google.com/maps/place/Solihull+Library/@52.41234,-1.77654,17z»",
    "Come along: village hall, «SP 069 868»",
)


TestIdentifier = identifier_checks(RULE, FOUND, SILENT)


@pytest.mark.parametrize("text", VENUE)
def test_public_places(text: str) -> None:
    plain, stretches = marked(text)
    assert [(plain[f.span.start : f.span.end], str(f.severity)) for f in findings(RULE, plain) if f.span] == [
        (stretch, "info") for stretch in stretches
    ]


def severities(text: str) -> list[str]:
    return [str(finding.severity) for finding in findings(RULE, text)]


def test_whose_place_it_is() -> None:
    assert severities("The victim lives next to the church, 52.4862, -1.8904") == ["error"]
    assert severities("His flat above Aston Library: https://goo.gl/maps/abc123") == ["error"]
    assert severities("We are on obs at 52.4862, -1.8904") == ["error"]
    assert severities("Something in the park, 52.4862, -1.8904") == ["error"]
    assert severities("Map: https://www.google.com/maps/place/Flat+3,+12+Oak+Road") == ["error"]


def test_rough_places_and_examples() -> None:
    assert severities("grid ref SP 06 86") == ["warning"]
    assert severities("Coordinates 52.48, -1.89") == ["warning"]
    assert severities("https://www.google.com/maps/place/Birmingham/@52.4774,-2.0,11z") == ["warning"]
    assert severities("https://maps.google.com/?q=Walsall") == ["warning"]
    assert severities("Give three words, for example ///filled.count.soap, to the call handler") == ["info"]


FAR = "and then nothing else happened for a good long while on that quiet day in the park by the lake, "
SHORT = "https://maps.app.goo.gl/a1B2c3D4"


@pytest.mark.parametrize(
    ("text", "severity", "message"),
    [
        ("Her flat: 52.4862, -1.8904", "error", "This gives the exact place of somebody's home or of a person."),
        (f"Her flat {FAR}{FAR}52.4862, -1.8904", "error", "These coordinates give an exact place."),
        ("Join us! Fun! More! 52.4862, -1.8904, the library", "error", "These coordinates give an exact place."),
        ("Big library 52.4862, -1.8904", "error", "These coordinates give an exact place."),
        (
            "Look https://www.google.com/maps/place/Kings+Heath+Library/@52.48621,-1.89043,18z",
            "info",
            "This map link leads to a place that is open to the public.",
        ),
        (f"Her flat: {SHORT}", "error", "This map link leads to somebody's home or to a person."),
        (f"Look: {SHORT}", "error", "This map link leads to an exact place."),
    ],
)
def test_what_is_said_of_a_place(text: str, severity: str, message: str) -> None:
    assert [(str(f.severity), f.message) for f in findings(RULE, text)] == [(severity, message)]


@pytest.mark.parametrize(
    ("text", "start", "end", "severity", "message"),
    [
        ("Kings Heath Library. Her flat", 0, 0, "info", "This map link leads to a place that is open to the public."),
        ("Her flat. Look", 14, 14, "error", "This map link leads to an exact place."),
        ("Morning all. Her flat. Look", 14, 14, "error", "This map link leads to somebody's home or to a person."),
        ("Morning all. Her flat", 8, 12, "error", "This map link leads to somebody's home or to a person."),
    ],
)
def test_where_a_link_stands(text: str, start: int, end: int, severity: str, message: str) -> None:
    found = findings(RULE, text, links=[{"url": SHORT, "start": start, "end": end}])
    assert [(str(f.severity), f.message) for f in found] == [(severity, message)]


def test_links_behind_words() -> None:
    url = "https://maps.app.goo.gl/abc123"
    found_in = findings(RULE, "Where he lives now", links=({"url": url},))
    assert [(f.field, f.span, str(f.severity)) for f in found_in] == [("links", None, "error")]
    assert [str(f.severity) for f in findings(RULE, "Come to Aston Library", links=({"url": url},))] == ["info"]
    assert len(findings(RULE, f"Look: {url}", links=({"url": url},))) == 1
    assert len(findings(RULE, "Look", links=({"url": "geo:52.4862,-1.8904"},))) == 1
    assert findings(RULE, "Look", links=({"url": "https://www.westmidlands.police.uk/news"},)) == []


@given(st.floats(50.0, 58.5), st.floats(-6.0, 1.5), st.integers(4, 7))
def test_any_point_in_britain(latitude: float, longitude: float, places: int) -> None:
    pair = f"{latitude:.{places}f}, {longitude:.{places}f}"
    assert found(RULE, f"Go to {pair} now") == [pair]


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1.1 ",
        "52.4862,",
        "52.4862,-1.",
        "SP 1",
        "a.",
        "///a",
        "w3w aaaa.",
        "1'",
        "N1 ",
        "52 29 10 N ",
        "+",
        "F4P6+",
        "lat 1.11 ",
    ],
)
def test_long_input(piece: str) -> None:
    start = time.process_time()
    findings(RULE, (piece * 100_000)[:100_000])
    assert time.process_time() - start < 5
