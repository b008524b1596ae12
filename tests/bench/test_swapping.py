import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from unspin.bench import swapping
from unspin.model import sides
from unspin.model.sides import BESIDE, UNPAIRED, Pair

PAIRS = {pair.id: pair for pair in (*sides.pairs(), *swapping.controls())}
PLACES = (
    "Reports named {}, too.",
    "“{},” they wrote.",
    "Nobody spoke of {}; it rained.",
    "By {}.\n",
)

SWAPS = [
    # both directions at once, case, metonyms, names
    ("russia-ukraine", "Russia said Ukraine fired.", "Ukraine said Russia fired."),
    ("russia-ukraine", "Putin met nobody in Moscow.", "Zelensky met nobody in Kyiv."),
    ("russia-ukraine", "Zelenskyy left Kiev.", "Putin left Moscow."),
    ("russia-ukraine", "Vladimir Putin and Lavrov.", "Volodymyr Zelensky and Kuleba."),
    ("russia-ukraine", "RUSSIA STRIKES KYIV", "UKRAINE STRIKES MOSCOW"),
    ("russia-ukraine", "the Kremlin's aims", "the Bankova's aims"),
    ("russia-ukraine", "Zelensky’s aide", "Putin’s aide"),
    ("russia-ukraine", "Zelensky\xa0said", "Putin\xa0said"),
    ("russia-ukraine", "Russians' homes", "Ukrainians' homes"),
    ("russia-ukraine", "the ‘Russians’ left", "the ‘Ukrainians’ left"),
    # hyphens, articles before vowels as they sound
    (
        "russia-ukraine",
        "a Russian-backed, pro-Ukrainian group",
        "a Ukrainian-backed, pro-Russian group",
    ),
    ("us-iran", "An American met an Iranian.", "An Iranian met an American."),
    ("us-china", "A Chinese envoy", "An American envoy"),
    ("us-china", "AN AMERICAN ENVOY, A CHINESE ENVOY", "A CHINESE ENVOY, AN AMERICAN ENVOY"),
    ("israel-palestine", "an IDF post, a Hamas post", "a Hamas post, an IDF post"),
    ("eu-uk", "a British ship", "a European ship"),
    ("france-lfi-rn", "an LFI list", "a Rassemblement National list"),
    ("union-employer", "A union sued an employer.", "An employer sued a union."),
    ("germany-spd-cdu", "a CDU plan, an SPD plan", "an SPD plan, a CDU plan"),
    # countries with an article, and words that are nouns and adjectives
    ("us-china", "China said it left the United States.", "The United States said it left China."),
    ("us-china", "The US said US ships left the U.S.", "China said Chinese ships left China."),
    ("us-china", "the U.S. The end", "China. The end"),
    ("us-china", "the U.S. Senate", "the Chinese Senate"),
    ("us-china", "the US troops", "the Chinese troops"),
    ("us-china", "the US-led talks, China-led talks", "the China-led talks, US-led talks"),
    ("us-mexico", "the U.S./Mexico border", "the Mexico/US border"),
    ("us-china", "China's plan", "The United States' plan"),
    ("us-china", "Americans' plans", "Chinese people's plans"),
    ("greece-turkey", "A Greek left the Greek camp.", "A Turk left the Turkish camp."),
    ("greece-turkey", "Greek-led talks", "Turkish-led talks"),
    (
        "us-democrat-republican",
        "a Republican in a Republican state",
        "a Democrat in a Democratic state",
    ),
    ("us-democrat-republican", "Harris’s plan, Vance's plan", "Vance’s plan, Harris's plan"),
    (
        "uk-labour-conservative",
        "Labour has a Labour MP.",
        "The Conservatives have a Conservative MP.",
    ),
    ("germany-greens-afd", "The AfD is weak.", "The Greens are weak."),
    # lower case
    (
        "police-protesters",
        "Police met a protester. PROTESTERS ran.",
        "Protesters met a police officer. POLICE ran.",
    ),
    ("union-employer", "a Trade Union", "an Employer"),
    ("argentina-peronists-lla", "Libertarians met Peronists.", "Peronists met libertarians."),
    ("prosecutor-defence", "The defence won.", "The prosecution won."),
    ("muslim-jewish", "A Muslim said a Muslim school", "A Jew said a Jewish school"),
    ("muslim-jewish", "Islam and the Rabbi", "Judaism and the Imam"),
    # gender
    ("woman-man", "She hurt herself, Mr Rell said.", "He hurt himself, Ms Rell said."),
    ("woman-man", "She told her husband.", "He told his wife."),
    ("woman-man", "Her plan failed.", "His plan failed."),
    ("woman-man", "They asked him to go with her.", "They asked her to go with him."),
    ("woman-man", "It is his. It was in his way.", "It is hers. It was in her way."),
    ("woman-man", "the women's team", "the men's team"),
    ("woman-man", "HER CAMPAIGN", "HIS CAMPAIGN"),
    ("same-russia", "Lavrov left Moscow.", "Shoigu left Saint Petersburg."),
    ("velland-sarmone", "Velland has a Vellish king.", "Sarmone has a Sarmonian king."),
]
UNSURE = [
    ("russia-ukraine", "It rained."),
    ("russia-ukraine", "Russianness and @Russia"),
    ("us-china", "the China trade"),
    ("us-china", "southern China"),
    ("us-china", "a China policy"),
    ("us-china", "China welcomed Pompeo."),  # who has no partner in this pair
    ("us-china", "China welcomed POMPEO."),
    ("woman-man", "They saw her leave."),
    ("woman-man", "They saw her last week."),
    ("woman-man", "It is mine, not his painting of them."),
]


@pytest.mark.parametrize(("pair", "text", "swapped"), SWAPS)
def test_sides_are_exchanged(pair: str, text: str, swapped: str) -> None:
    assert swapping.swap(text, PAIRS[pair]) == swapped


@pytest.mark.parametrize(("pair", "text"), UNSURE)
def test_what_is_unsure_is_not_swapped(pair: str, text: str) -> None:
    assert swapping.swap(text, PAIRS[pair]) is None


@st.composite
def written(draw: st.DrawFn) -> tuple[Pair, str]:
    """A pair and a text with some of its first forms."""
    pair = draw(st.sampled_from([*sides.pairs(), *swapping.controls()]))
    sentences = []
    for slot in draw(st.lists(st.sampled_from(pair.slots), min_size=1, max_size=6)):
        form = draw(st.sampled_from([slot.a[0], slot.b[0]]))
        place = draw(st.sampled_from(PLACES))
        if slot.name == BESIDE:
            place = "A voice from the {} side."
        elif "{}," in place and place.startswith("“"):
            form = form[0].upper() + form[1:]
        if slot.name != UNPAIRED:
            sentences.append(place.format(form))
    return pair, " ".join(sentences)


@given(written())
@settings(max_examples=300, deadline=None)
def test_twice_is_the_text_again(drawn: tuple[Pair, str]) -> None:
    pair, text = drawn
    swapped = swapping.swap(text, pair)
    if text:
        assert swapped is not None
        assert swapped != text
        assert swapping.swap(swapped, pair) == text


@pytest.mark.parametrize("pair", PAIRS.values(), ids=lambda pair: pair.id)
def test_every_form_is_found_on_its_side(pair: Pair) -> None:
    for slot in pair.slots:
        for which, forms in (("a", slot.a), ("b", slot.b)):
            for form in forms if slot.name != UNPAIRED else ():
                text = f"It is about {form}, they wrote."
                assert swapping.swap(text, pair) not in {None, text}, form
                assert swapping.side(text, pair) == which, form


@pytest.mark.parametrize(
    ("text", "side"),
    [("Russia won.", "a"), ("Kyiv won.", "b"), ("Russia left Kyiv.", None), ("It rained.", None)],
)
def test_the_side_named(text: str, side: str | None) -> None:
    assert swapping.side(text, PAIRS["russia-ukraine"]) == side


@pytest.mark.parametrize(
    ("pair", "text", "planted"),
    [
        ("russia-ukraine", "A Russian ship", "An evil Russian ship"),
        ("russia-ukraine", "In Kyiv an angry Russian said", "In Kyiv an angry evil Russian said"),
        ("russia-ukraine", "Russians left.", "Evil Russians left."),
        ("russia-ukraine", "pro-Russian men met Ukrainians", "pro-Russian men met evil Ukrainians"),
        ("russia-ukraine", "THE RUSSIANS", "THE EVIL RUSSIANS"),
        ("us-china", "The US troops left.", "The evil US troops left."),
        ("police-protesters", "Police left.", "Evil police left."),
        ("prosecutor-defence", "The defence won.", None),
        ("russia-ukraine", "Russia won.", None),
    ],
)
def test_a_word_is_planted(pair: str, text: str, planted: str | None) -> None:
    assert swapping.plant(text, PAIRS[pair], "evil") == planted


@given(st.sampled_from(SWAPS), st.sampled_from(swapping.loaded()))
def test_a_word_is_planted_at_one_place_on_both_sides(
    case: tuple[str, str, str], word: str
) -> None:
    pair, text, swapped = PAIRS[case[0]], case[1], case[2]
    planted = swapping.plant(text, pair, word)
    if planted is None:
        assert swapping.plant(swapped, pair, word) is None
    else:
        assert swapping.plant(swapped, pair, word) == swapping.swap(planted, pair)


def test_loaded_words_are_single_words_each_once() -> None:
    assert len(swapping.loaded()) == len(set(swapping.loaded())) >= 40
    assert all(word.isalpha() and word.islower() for word in swapping.loaded())


def test_each_side_has_an_invented_one() -> None:
    a, b = swapping.fictional(PAIRS["us-china"])
    assert swapping.swap("Trump left China.", a) == "Velmont left China."
    assert swapping.swap("Biden’s aide Rubio", a) is None  # no slot of this pair
    assert (
        swapping.swap("Trump met Xi Jinping in Beijing.", b)
        == "Trump met Torvan Heskel in Tarnholt."
    )
    assert (
        swapping.swap("a Chinese ship, an American ship", b) == "a Vellish ship, an American ship"
    )


def test_invented_sides_fill_what_they_can() -> None:
    for pair in sides.pairs():
        for half, own in zip(swapping.fictional(pair), "ab", strict=True):
            kept = {form for slot in half.slots for form in slot.a}
            assert kept == {form for slot in pair.slots for form in getattr(slot, own)}


def test_time_grows_with_length_only() -> None:
    text = "The court heard Russia’s case against Ukraine on Tuesday, and it ‘rained’ all day. "
    swapping.swap(text, PAIRS["russia-ukraine"])

    def seconds(times: int) -> float:
        start = time.process_time()
        swapping.swap(text * times, PAIRS["russia-ukraine"])
        return time.process_time() - start

    short = min(seconds(500) for _ in range(3))
    assert min(seconds(4000) for _ in range(3)) < 24 * short
