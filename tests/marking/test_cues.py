"""Whether a cue says that something was said at all."""

import pytest

from inline import parse
from unspin import text as plain
from unspin.marking import cues, frames
from unspin.types import Span

SAID = """Rell <cue>said</cue> the port was shut.
The mayor <cue>denied</cue> that the port was shut.
Velland <cue>refused</cue> to sign.
She not only <cue>said</cue> it, she wrote it down.
He would only <cue>say</cue> that the talks went on.
The minister went on to <cue>say</cue> that prices rose.
No sooner had they met than he <cue>said</cue> yes.
My father used to <cue>say</cue> that rain helps.
Minister Jo May <cue>said</cue> the port was shut.
“I would not go,” she <cue>said</cue>.""".splitlines()
NOT_SAID = """Rell did not <cue>say</cue> whether the port was shut.
Rell <cue>did not say</cue> whether the port was shut.
He has never <cue>claimed</cue> that the bridge was safe.
The ministry <cue>declined to say</cue> how many had come.
They haven't <cue>confirmed</cue> the figure.
The envoy left without <cue>explaining</cue> why.
Officials were unable to <cue>say</cue> when it began.
She cannot <cue>recall</cue> who called.""".splitlines()
POSSIBLE = """She would have <cue>said</cue> no.
Rell is expected to <cue>announce</cue> a new plan.
If Varga <cue>says</cue> so, the deal is off.
The mayor may <cue>argue</cue> that it was late.
Aides plan to <cue>tell</cue> him on Friday.
He'll <cue>insist</cue> on a vote.
Did Rell <cue>say</cue> that the port was shut?""".splitlines()


def found(marked: str) -> str:
    text, (tag,) = parse(marked)
    marks = plain.quotations(text, Span(0, len(text)))
    ((tokens),) = frames.sentences(text, Span(0, len(text)), marks)
    inside = [
        place
        for place, token in enumerate(tokens)
        if token.start < tag.span.end and tag.span.start < token.end
    ]
    return cues.factuality(tokens, inside[0], inside[-1] + 1)


@pytest.mark.parametrize("marked", SAID)
def test_what_was_said(marked: str) -> None:
    assert found(marked) == "said"


@pytest.mark.parametrize("marked", NOT_SAID)
def test_what_was_not_said(marked: str) -> None:
    assert found(marked) == "not-said"


@pytest.mark.parametrize("marked", POSSIBLE)
def test_what_may_be_said(marked: str) -> None:
    assert found(marked) == "possible"
