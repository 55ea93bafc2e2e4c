"""The bundled name model: what it finds, that its places are exact, and that it fails closed."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from importlib import resources
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import wmp_postlint
from wmp_postlint.analysis import _name_network, name_model
from wmp_postlint.analysis._name_hash import four_hashes, shape, text_hash
from wmp_postlint.analysis._name_tokens import read_tokens
from wmp_postlint.analysis.name_model import KINDS, load_model, read_model, word_kind
from wmp_postlint.errors import NotLooked

MODEL = Path(wmp_postlint.__file__).parent / "data" / "models" / "names"

# Invented posts in other words than those of the training templates; «» mark the names.
NAMED = [
    "We need your help to find «Harjit Sandhu», who left her house in Smethwick at teatime and hasn't been home since.",
    "MISSING: Do you know where 14-year-old «Khadija» is? She was last at the Bullring on Saturday with friends.",
    "APPEAL | Concern is growing for «Tomasz Wisniewski» (41) of Tipton. If you've seen him call 999.",
    "Pleased to report «Delroy» has turned up safe & well. Cheers for the RTs!",
    "A drug runner who swallowed wraps when stopped in Lozells is locked up. «Dwayne Pinnock», 23, got four years.",
    "«Mohammed Iqbal Hussain» appeared before magistrates this morning accused of attacking two shop workers.",
    "Tonight at 9pm: BBC Crimewatch features the unsolved murder of «Siobhan O'Leary».",
    "Great to have «Inderjit» and «Sue» from the church hall drop off mince pies for nights. Thank you!",
    "PCSO «Nasreen Bibi» and PC 21877 «Dave Hill» are knocking doors around Fox Hollies Road this afternoon.",
    "Congratulations to Sgt «Green» on her promotion. Sad to see you leave Bournville!",
    "Insp «Gurpreet Gill»: 'I want to reassure people living near the park that we're putting extra officers out.'",
    "DC «Streets», from public protection, said it took huge courage to come forward.",
    "JAILED! Fraudster «Chidi Okonkwo» conned pensioners out of £80k. He'll serve six years.",
    "Victim «Anna Kowalczyk» was walking home along Soho Road when she was hit.",
    "RT please. «Nguyen Van Hai», 16, has not been seen since leaving a house in Coventry.",
    "Driver «James Banks», of Park Lane, Aldridge, was three times over the limit.",
    "The family of «Amina Warsame» have asked us to share this picture of her.",
    "Out with «Mick» from Street Watch on Hagley Road. Quiet so far!",
    "Detective Inspector «Jo Parks», who led the enquiry, paid tribute to the family",
    "HAVE YOU SEEN «KEVIN DOYLE»? WANTED FOR RECALL TO PRISON",
    "have you seen «darren walsh»? he is wanted for breaching his bail",
    "Mr «Chowdhury» has run the corner shop for 30 years and says it's the first time he's been targeted",
    "Wanted: «Ionut Popescu». Links to Handsworth & Birmingham city centre.",
    "I'm PC «Wei Chen», one of your new beat officers. Come say hi!",
    "Cllr «Sharma» joined us at the residents' meeting to talk about parking on School Road",
    "Two brothers, «Imran Mahmood» and «Adil Mahmood», both of Alum Rock, were found guilty of conspiracy",
    "Rest in peace «Rhys Llewellyn». Our thoughts are with your colleagues at South Wales Police.",
    "«Zainab», 7, wants to be a police officer when she grows up. She got to sit in our response car today",
    "Anyone who knows «Marek»'s whereabouts should ring 101 quoting log 1102",
    "Our chief «Sarah Whitmore» handed out long service medals at Tally Ho last night",
    "#Wanted «Leon Francis-Clarke» for questioning over a robbery in Bearwood.",
    "Named today as «Ayesha Begum Ali», the schoolgirl was hit crossing Coventry Road.",
    "A judge told «Barry Knight» he was a danger to women as he jailed him for life.",
    "Special Constable «R. Patel» did a 12 hour shift after his day job. Legend.",
    "Thanks «Lorraine» for the lovely card, it's made our day x",
    "Police investigating the death of «Stefan Petrov» in Wolverhampton have made a second arrest",
    "Det Supt «Ed Barlow» gives an update on the shooting in Ladywood",
    "Help us get «Ebrima Jallow» home to his mum. He has autism and may be scared.",
    "«Fatou» is 5ft 2in, slim, with braids and was in a green puffa coat",
    "Court result: «Ryan May», 29, no fixed abode, shop theft, 12 weeks.",
]
UNNAMED = [
    "Emergency services are at the scene of a collision on Sir Henry Parkes Road in Canley.",
    "Traffic is building on Queslett Road and Walsall Road after a lorry shed its load near the Scott Arms.",
    "PD Ronnie and PD Nala had a busy night with three tracks and two finds!",
    "Congratulations to police dog Marley who retires today after six years.",
    "A man remains in the Queen Elizabeth Hospital after an assault outside The Rose and Crown.",
    "Officers from Operation Beckett seized 40 cannabis plants in Tividale.",
    "Storm Eowyn is bringing high winds. Only travel if you have to.",
    "It's Aston Villa v Wolves at Villa Park today. Kick off 3pm, expect delays on Trinity Road.",
    "We spent the morning at St Edmund Campion School talking about knife crime.",
    "A 45-year-old man from Great Barr is due before Birmingham Magistrates' Court.",
    "Do you shop at Marks & Spencer in Merry Hill? Watch your bags.",
    "If you're worried about a partner's past you can ask under Clare's Law.",
    "Tonight we lit up Lloyd House for Remembrance Sunday.",
    "Happy St Patrick's Day to everyone heading to Digbeth for the parade!",
    "Stolen Ford Focus stopped on the A38. Driver legged it but was caught by the drone.",
    "Ring Crimestoppers on 0800 555 111. You won't be asked your name.",
    "Come and chat with the team at Costa in Mell Square on Friday 4 April.",
    "Great effort by response officers at Perry Barr overnight: six arrests.",
    "Thieves took Tommy Hilfiger jackets and Hugo Boss jeans from the store.",
    "BREAKING: FIVE ARRESTED AFTER DRUGS RAIDS IN WEST BROMWICH",
    "WANTED: WITNESSES TO A CRASH ON KENRICK WAY",
    "#TheresNoExcuse for abusing shop workers. #ShopKind",
    "Follow #OpSceptre to see what we are doing about knives this week.",
    "Burglary in Ivor Road, Sparkhill between 2pm and 5pm. Any CCTV?",
    "Our cadets came third in the Lord Lieutenant's Cup. So proud!",
    "Good news: the missing teenager from Weoley Castle has been found.",
    "Thanks to Birmingham City Council and Severn Trent for clearing the alley.",
    "The M6 northbound is shut between J9 and J10 while a fire is dealt with",
    "Bikes stolen from outside the Joseph Chamberlain College. Mark yours free on Monday.",
    "Parking complaints on Alfred Road again. Tickets issued.",
    "Will you be at the carnival in Handsworth Park on Sunday? So will we.",
    "Frank talk about drugs on the FRANK website",
    "Four men wanted in connection with a fight at the Barton Arms have handed themselves in.",
    "Merry Christmas from all of C Unit at Coventry Central",
    "May Day bank holiday patrols around Cannon Hill Park went well.",
    "Lost property: a Michael Kors watch was handed in at Steelhouse Lane.",
    "@WMPolice thanks for the quick response tonight, brilliant service",
    "Speed gun out on Church Hill Road, fastest was 51 in a 30.",
    "The Anthony Nolan stand is at Sutton fun day, go and say hello.",
    "Mounted branch Grace and Chester are at the football this afternoon.",
]


def marked(post: str) -> tuple[str, list[tuple[int, int]]]:
    spans: list[tuple[int, int]] = []
    for match in re.finditer(r"«(.*?)»", post):
        start = match.start() - 2 * len(spans)
        spans.append((start, start + len(match.group(1))))
    return re.sub("[«»]", "", post), spans


def test_finds_the_people_of_police_posts() -> None:
    posts = [marked(post) for post in NAMED]
    found = load_model().find([text for text, _ in posts])
    wanted = sum(len(spans) for _, spans in posts)
    hit = sum(any(a < y and x < b for x, y in found[i]) for i, (_, spans) in enumerate(posts) for a, b in spans)
    exact = sum(len(set(spans) & set(found[i])) for i, (_, spans) in enumerate(posts))
    assert hit / wanted >= 0.93
    assert exact / wanted >= 0.88


def test_leaves_roads_dogs_pubs_and_brands_alone() -> None:
    found = load_model().find(UNNAMED)
    # The rule on top knows roads, dogs and brands by their words; this is what the model does alone.
    assert sum(map(bool, found)) / len(UNNAMED) <= 0.2, [
        [text[a:b] for a, b in spans] for text, spans in zip(UNNAMED, found, strict=True) if spans
    ]


@pytest.mark.parametrize(
    "post",
    [
        "Please share #Find«SunitaKaur» and call 101",
        "RT @WMPolice: «Sunita Kaur», 34, is missing https://example.org/a?b=John",
        "🙏🙏 «Sunita Kaur» is missing 😢 ring 101",
        "Thanks to «Sunita Kaur»\n«Kevin Doyle» is still missing",
        "Ring @JohnSmith or see https://example.org/John-Smith about «Sunita Kaur».",
    ],
)
def test_places_are_exact_beside_handles_hashtags_addresses_and_emoji(post: str) -> None:
    text, spans = marked(post)
    assert load_model().find([text]) == [spans]


def test_a_handle_an_address_or_a_campaign_tag_is_no_name() -> None:
    posts = [
        "@JohnSmith @SarahJones",
        "https://example.org/JohnSmith",
        "john.smith@example.com",
        "#KnifeCrime #OpSceptre #StaySafe",
    ]
    assert load_model().find(posts) == [[], [], [], []]


def test_a_batch_reads_as_its_posts_do_one_by_one() -> None:
    posts = [marked(post)[0] for post in NAMED] + UNNAMED + ["", " ", "\n"]
    model = load_model()
    assert model.find(posts) == [model.find([post])[0] for post in posts]


@settings(deadline=None)
@given(st.lists(st.text(max_size=60), max_size=4))
def test_any_text_gives_sorted_stretches_inside_it(texts: list[str]) -> None:
    for text, spans in zip(texts, load_model().find(texts), strict=True):
        flat = [place for span in spans for place in span]
        assert flat == sorted(flat)
        assert all(0 <= start < end <= len(text) and text[start:end].strip() for start, end in spans)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_tokens_stand_where_they_say(text: str) -> None:
    running, *_ = read_tokens(text)
    places = [place for pair in zip(running.starts, running.ends, strict=True) for place in pair]
    assert places == sorted(places)
    covered = "".join(text[a:b] for a, b in zip(running.starts, running.ends, strict=True))
    assert "".join(covered.split()) == "".join(text.split())


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "0 ",
        "@",
        "((",
        "a'",
        "A.",
        "#",
        "#A",
        "1.",
        "\n ",
        " \t",
        "n'",
        "a@",
        "a-.",
        "http",
        "A ",
        "#Aa",
        "www.",
        "@a.",
        "Mc",
    ],
)
def test_no_text_hangs(piece: str) -> None:
    began = time.process_time()
    read_tokens(piece * (100_000 // len(piece)))
    assert time.process_time() - began < 5


def test_a_very_long_text_is_read_to_its_end() -> None:
    text = "Nothing to see here. " * 3000 + "We are looking for Sunita Kaur, 34, from Erdington."
    assert (text.index("Sunita"), text.index(", 34")) in load_model().find([text])[0]


def test_threads_share_one_model() -> None:
    posts = [marked(post)[0] for post in NAMED]
    expected = load_model().find(posts)
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda _: load_model().find(posts), range(8)))
    assert load_model() is load_model()
    assert all(result == expected for result in results)


def test_neither_import_nor_reading_needs_spacy() -> None:
    code = (
        "import sys; from wmp_postlint.analysis.name_model import load_model; assert 'numpy' not in sys.modules;"
        "load_model().find(['John Smith']); assert 'spacy' not in sys.modules and 'thinc' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("harm", ["no index", "no weights", "cut", "changed", "other format"])
def test_a_damaged_model_is_not_looked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, harm: str) -> None:
    index, weights = (
        json.loads((MODEL / "model.json").read_text("utf8")),
        bytearray((MODEL / "weights.bin").read_bytes()),
    )
    if harm == "cut":
        weights = weights[:-16]
    elif harm == "changed":
        weights[1000] ^= 1
    elif harm == "other format":
        index["format"] = 3
    if harm != "no index":
        (tmp_path / "model.json").write_text(json.dumps(index), encoding="utf8")
    if harm != "no weights":
        (tmp_path / "weights.bin").write_bytes(weights)
    name_model._load.cache_clear()
    monkeypatch.setattr(resources, "files", lambda package: tmp_path)
    monkeypatch.setattr(name_model, "_FOLDER", ".")
    with pytest.raises(NotLooked, match="names were not looked for"):
        load_model()
    monkeypatch.undo()
    assert load_model().find(["John Smith is missing"]) != [[]]


def test_what_ships_is_small_and_whole() -> None:
    assert sum(file.stat().st_size for file in MODEL.iterdir()) < 15_000_000
    assert read_model(MODEL).find([""]) == [[]]


def test_hashes_are_those_that_the_weights_were_trained_with() -> None:
    # From spaCy's StringStore and Thinc's NumpyOps.hash.
    assert text_hash("coffee") == 3197928453018144401
    assert four_hashes(3197928453018144401, 9) == (3581658541, 416209217, 2576290491, 1186911353)
    assert [shape(word) for word in ("O'Brien's", "PC1234", "aaaaaa")] == ["X'Xxxxx'x", "XXdddd", "xxxx"]


@pytest.mark.parametrize(
    ("word", "known", "kind"),
    [
        ("Gurpreet", True, "given"),
        ("gurpreet", False, "given"),
        ("GURPREET", False, "given"),
        ("Grace", True, "given, also a word"),
        ("Officer", True, "common"),
        ("officer", True, "common"),
        ("Kowalczyk", False, "surname"),
        ("kowalczyk", False, "surname, lower case"),
        ("Wtfff", False, "unknown"),
        ("wtfff", False, "unknown, lower case"),
        ("Zebra", True, "other"),
        ("4", True, "other, lower case"),
    ],
)
def test_kinds_of_words(word: str, known: bool, kind: str) -> None:
    assert word_kind(word, known) == kind
    assert kind in KINDS


def test_the_model_leans_towards_known_names(tmp_path: Path) -> None:
    index = json.loads((MODEL / "model.json").read_text("utf8"))
    posts = [marked(post)[0] for post in NAMED]
    (tmp_path / "weights.bin").write_bytes((MODEL / "weights.bin").read_bytes())

    def found(leaning: float) -> int:
        index["leaning"] = dict.fromkeys(KINDS, leaning)
        (tmp_path / "model.json").write_text(json.dumps(index), encoding="utf8")
        return sum(map(len, read_model(tmp_path).find(posts)))

    assert found(-20.0) == 0 < found(0.0) <= found(2.0)


@given(st.integers(1, 600), st.sampled_from([8, 96, 288, 480, 2000]), st.sampled_from([1, 2, 3]), st.integers(1, 96))
@settings(max_examples=50)
def test_products_come_in_pieces_that_one_thread_does(height: int, inputs: int, groups: int, width: int) -> None:
    weights = np.random.default_rng(0).standard_normal((inputs, groups * width)).astype(np.float32)
    rows = np.random.default_rng(1).standard_normal((height, inputs)).astype(np.float32)
    product = _name_network._Product(weights, groups)
    pieces = product.pieces(rows)
    assert pieces.shape[2] * inputs * pieces.shape[3] < 262_144
    assert width % product.columns == 0
    np.testing.assert_allclose(product.rows(rows), rows @ weights, rtol=1e-3, atol=1e-3)
