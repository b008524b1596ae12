"""The data sets that judge words, sentences and pairs of sentences, as gold."""

import re
from collections.abc import Callable

from unspin.bench.corpora import Form, Row, fields
from unspin.bench.gold import (
    GoldArticle,
    GoldClaim,
    GoldPair,
    GoldRhetoric,
    GoldStatement,
    GoldTechnique,
    GoldVoice,
)
from unspin.types import Span


def _article(row: Row) -> GoldArticle:
    """A row of polnear. Where several people annotated an article, the first one's is taken."""
    text = row.text("text")
    annotations = row.fields["annotations"]
    if not isinstance(annotations, dict) or not annotations:
        raise row.refused(field="annotations", wanted="an object, annotator to list")
    inner = Row(row.path, row.line, annotations)
    parts = ("source", "cue", "content")
    return GoldArticle(
        id=row.text("id"),
        outlet=row.text("publisher"),
        title=row.text("title"),
        published=row.text("date"),
        text=text,
        statements=tuple(
            GoldStatement(*(statement.spans(part, text) for part in parts))
            for statement in inner.rows(next(iter(annotations)))
            if statement.items("content")
        ),
    )


def _ptc(row: Row) -> GoldRhetoric:
    return _rhetoric(row, "ptc", "spans", row.spans("si_spans", row.text("text")))


def _persuasion(row: Row) -> GoldRhetoric | None:
    """A row of persuasion-multi; texts in other languages than English are no gold."""
    return _rhetoric(row, "persuasion-multi", "spans") if row.text("lang") == "en" else None


def _meme(row: Row) -> GoldRhetoric:
    return _rhetoric(row, "meme-persuasion-text", "labels")


def _rhetoric(
    row: Row, corpus: str, field: str, spans: tuple[Span, ...] | None = None
) -> GoldRhetoric:
    text = row.text("text")
    techniques = tuple(
        GoldTechnique(
            part.span([part.fields.get("start"), part.fields.get("end")], "start", text), name
        )
        for part in row.rows(field)
        if (name := _PTC_NAMES.get(_plain(part.text("technique"))))
    )
    marked = tuple(technique.span for technique in techniques) if spans is None else spans
    return GoldRhetoric(corpus, row.text("id"), text, techniques, marked)


def _plain(name: str) -> str:
    """The name of a technique as any of the sets might write it."""
    return " ".join(re.findall(r"[a-zé]+", name.lower()))


# The names that SemEval-2021 task 6 and SemEval-2023 task 3 give the 14 classes of PTC version 2
# or parts of them. What it has no class for (smears, virtue words, obfuscation) is left out.
_PTC_NAMES = {
    _plain(name): label
    for label, names in {
        "Appeal_to_Authority": "Appeal to authority",
        "Appeal_to_fear-prejudice": "Appeal to fear prejudice",
        "Bandwagon,Reductio_ad_hitlerum": (
            "Bandwagon,Reductio_ad_hitlerum | Bandwagon | Reductio ad hitlerum"
            " | Appeal to popularity | Guilt by association"
        ),
        "Black-and-White_Fallacy": (
            "Black and white fallacy | Black-and-white Fallacy/Dictatorship"
            " | False dilemma no choice"
        ),
        "Causal_Oversimplification": "Causal oversimplification",
        "Doubt": "Doubt",
        "Exaggeration,Minimisation": "Exaggeration minimisation",
        "Flag-Waving": "Flag waving",
        "Loaded_Language": "Loaded language",
        "Name_Calling,Labeling": "Name calling labeling",
        "Repetition": "Repetition",
        "Slogans": "Slogans",
        "Thought-terminating_Cliches": (
            "Thought terminating cliches | Thought-terminating cliché | Conversation killer"
        ),
        "Whataboutism,Straw_Men,Red_Herring": (
            "Whataboutism,Straw_Men,Red_Herring | Whataboutism | Straw man | Red herring"
            " | Appeal to hypocrisy | Misrepresentation of Someone's Position (Straw Man)"
            " | Presenting Irrelevant Data (Red Herring)"
        ),
    }.items()
    for name in names.split(" | ")
}


def _claim(corpus: str, text: str, label: str) -> Callable[[Row], GoldClaim]:
    def build(row: Row) -> GoldClaim:
        debate = row.text("debate") if "debate" in row.fields else None
        return GoldClaim(corpus, row.path.name, debate, row.text(text), row.flag(label))

    return build


def _subjectivity(row: Row) -> GoldVoice:
    opinion = row.choice("label", {"subj": True, "obj": False})
    return GoldVoice("subjectivity-ct25", row.path.name, row.text("sentence"), opinion, None)


def _babe(row: Row) -> GoldVoice:
    """A row of babe. A sentence that is factual and opinionated gives an opinion."""
    opinions = {
        "entirely factual": False,
        "somewhat factual but also opinionated": True,
        "expresses writer’s opinion": True,  # noqa: RUF001 - as the set writes it
        "no agreement": None,
    }
    slants = {"biased": True, "non-biased": False, "no agreement": None}
    return GoldVoice(
        "babe",
        row.path.name,
        row.text("text"),
        row.choice("label_opinion", opinions),
        row.choice("label_bias", slants),
    )


THREE = ("entails", "contradicts", "neutral")
TWO = ("entails", "contradicts")
ENTAILED = ("entails", "other")  # where a set does not tell neutral from contradicting
OWN = ("same", "entails", "contradicts", "unrelated")
_NLI = {"entailment": "entails", "contradiction": "contradicts", "neutral": "neutral"}
_FEVER = {"supports": "entails", "refutes": "contradicts"}


def _nli(row: Row) -> GoldPair:
    """A row of one of the nli sets; the part made from RTE tells only two classes apart."""
    corpus = "nli-anli" if "round" in row.fields else "nli"
    if "origin" in row.fields:
        corpus = f"nli-negation/{row.text('origin')}"
    first, second = row.text("premise"), row.text("hypothesis")
    if corpus.endswith("/RTE"):
        labels = {"entailment": "entails", "not_entailment": "other"}
        return GoldPair(corpus, first, second, row.choice("label", labels), ENTAILED)
    return GoldPair(corpus, first, second, row.choice("label", _NLI), THREE)


def _sick(row: Row) -> GoldPair:
    label = row.choice("entailment_judgment", _NLI)
    return GoldPair("nli-sick", row.text("sentence_A"), row.text("sentence_B"), label, THREE)


def _fever(row: Row) -> GoldPair:
    label = row.choice("label", _FEVER)
    return GoldPair("fever-symmetric", row.text("evidence"), row.text("claim"), label, TWO)


def _fool_me_twice(row: Row) -> GoldPair:
    evidence = " ".join(part.text("text") for part in row.rows("gold_evidence"))
    return GoldPair("fool-me-twice", evidence, row.text("text"), row.choice("label", _FEVER), TWO)


def _healthver(row: Row) -> GoldPair:
    label = row.choice("label", {**_FEVER, "neutral": "neutral"})
    return GoldPair("healthver", row.text("evidence"), row.text("claim"), label, THREE)


def _claimdiff(row: Row) -> GoldPair:
    """A row of claimdiff: whether the second claim strengthens or weakens the first."""
    weaken, strengthen = row.flag("weaken"), row.flag("strengthen")
    label = "contradicts" if weaken else "entails" if strengthen else "neutral"
    return GoldPair("claimdiff", row.text("claim_b"), row.text("claim_a"), label, THREE)


def _wice(row: Row) -> GoldPair | None:
    """A row of wice with the sentences that people took for the evidence.

    A claim for which nobody found a sentence is no gold: its evidence would be a whole page.
    """
    supported = {"supported": "entails", "partially_supported": "other", "not_supported": "other"}
    label = row.choice("label", supported)
    sentences = row.items("evidence")
    chosen = next((numbers for numbers in row.items("supporting_sentences") if numbers), None)
    if chosen is None:
        return None
    try:
        evidence = " ".join(sentences[number] for number in chosen)
    except (IndexError, TypeError) as error:
        raise row.refused(field="supporting_sentences", wanted="numbers of sentences") from error
    return GoldPair("wice", evidence, row.text("claim"), label, ENTAILED)


def _own(row: Row) -> GoldPair:
    label = row.choice("label", {name: name for name in OWN})
    return GoldPair("own", row.text("a"), row.text("b"), label, OWN)


def _ptc_sentences(row: Row) -> tuple[str, ...]:
    return tuple(line.strip() for line in row.text("text").split("\n") if line.strip())


_PTC = fields("id text spans si_spans")
_BABE = fields("text label_bias label_opinion")
_MBIC = fields("article")  # the crowd's labels of the same sentences
ATTRIBUTION: tuple[Form[GoldArticle], ...] = (
    Form(fields("id publisher date title text annotations"), _article),
)
TECHNIQUES: tuple[Form[GoldRhetoric], ...] = (
    Form(_PTC, _ptc),
    Form(fields("id lang text spans"), _persuasion),
    Form(fields("id text labels"), _meme),
)
CLAIMS: tuple[Form[GoldClaim], ...] = (
    Form(fields("debate line text label"), _claim("checkworthy-debates-ct20", "text", "label")),
    Form(fields("sentence_id text label"), _claim("checkworthy-claimbuster", "text", "label")),
    Form(
        fields("tweet_text check_worthiness"),
        _claim("checkworthy-tweets-ct20", "tweet_text", "check_worthiness"),
    ),
    Form(
        fields("tweet_text claim_worthiness"),
        _claim("checkworthy-tweets-ct20", "tweet_text", "claim_worthiness"),
    ),
)
VOICES: tuple[Form[GoldVoice], ...] = (
    Form(fields("sentence_id sentence label"), _subjectivity),
    Form(_BABE, _babe, _MBIC),
)
PAIRS: tuple[Form[GoldPair], ...] = (
    Form(fields("premise hypothesis label"), _nli),
    Form(fields("sentence_A sentence_B entailment_judgment"), _sick),
    Form(fields("text gold_evidence label"), _fool_me_twice),
    Form(fields("claim evidence label topic_ip"), _healthver),
    Form(fields("claim evidence label supporting_sentences"), _wice),
    Form(fields("claim evidence label"), _fever),
    Form(fields("claim_a claim_b strengthen weaken"), _claimdiff),
    Form(fields("a b label"), _own),
)
EVENNESS: tuple[Form[tuple[str, ...]], ...] = (
    Form(_PTC, _ptc_sentences),
    Form(_BABE, lambda row: (row.text("text").strip(),), _MBIC),
)
SPEED: tuple[Form[str], ...] = (Form(fields("text"), lambda row: row.text("text")),)
