"""The networks that are trained: an encoder and its heads. Nothing outside `train` knows torch."""

import json
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AttentionInterface, AttentionMaskInterface, AutoModel
from transformers.masking_utils import eager_mask

from unspin.errors import UsageError
from unspin.model import tasks

RELATING = 128  # width of the network that ties source and content to a cue
_HEADS = 5.0  # times the rate of the encoder
POOL = 1 << 22  # random bits that dropout masks are cut from
_MARKED = {"<s>": "[CLS]", "</s>": "[SEP]", "<pad>": "[PAD]", "<mask>": "[MASK]"}  # MPNet, BERT


class Dropout(nn.Module):
    """Dropout that cuts its masks from one pool of random bits, for speed on the CPU.

    Drawing fresh bits took a third of a training step; a slice at a random place does as well.
    """

    def __init__(self, rate: float, generator: torch.Generator) -> None:
        super().__init__()
        self.rate, self.generator = rate, generator
        bits = torch.rand(POOL, generator=generator) >= rate
        self.register_buffer("pool", bits.to(torch.bfloat16) / (1 - rate), persistent=False)

    def forward(self, values: Tensor) -> Tensor:
        """The values, of any shape, a share of them 0 while training."""
        if not self.training or not self.rate:
            return values
        size = values.numel()
        pool = self.pool.repeat(-(-size // POOL)) if size > POOL else self.pool
        start = int(torch.randint(0, len(pool) - size + 1, (1,), generator=self.generator))
        mask = pool[start : start + size]
        return values * mask.view(values.shape).to(values.dtype)


@dataclass(frozen=True, slots=True)
class Output:
    """What the encoder half says of a batch of windows."""

    hidden: Tensor  # (batch, tokens, width)
    cue: Tensor  # (batch, tokens, len(CUE_TAGS)), logits
    token: Tensor  # (batch, tokens, len(TOKEN_LABELS)), logits
    relating: Tensor  # (batch, tokens, RELATING)


class Network(nn.Module):
    """A pretrained encoder, its dropout drawn from `chance`; the heads are for those below.

    It reads the tokens of `words`, a tokenizer.json; None: of the one beside the weights.
    """

    def __init__(self, weights: Path, seed: int, words: Path | None = None) -> None:
        super().__init__()
        torch.manual_seed(seed)
        self.chance = torch.Generator().manual_seed(seed)
        self.encoder = _encoder(weights, self.chance, words)


class Marks(Network):
    """The encoder of the marks: one pass over a window, then the heads."""

    def __init__(self, weights: Path, seed: int, words: Path | None = None) -> None:
        super().__init__(weights, seed, words)
        width = self.encoder.config.hidden_size
        self.drop = Dropout(0.1, self.chance)
        self.cue = nn.Linear(width, len(tasks.CUE_TAGS))
        self.token = nn.Linear(width, len(tasks.TOKEN_LABELS))
        self.relating = nn.Linear(width, RELATING)
        self.parts = Parts(self.chance)
        self.sentence = _classifier(width, width, len(tasks.SENTENCE_LABELS), self.drop)
        self.technique = _classifier(
            3 * width + tasks.SPAN_FEATURES, width, len(tasks.TECHNIQUES), self.drop
        )
        self.cue_kind = _classifier(width, RELATING, len(tasks.CUE_KINDS), self.drop)

    def read(self, tokens: Tensor, mask: Tensor) -> Output:  # (batch, tokens), twice
        """The pass over the windows."""
        hidden = self.encoder(input_ids=tokens, attention_mask=mask).last_hidden_state
        dropped = self.drop(hidden)
        return Output(hidden, self.cue(dropped), self.token(dropped), self.relating(hidden))


class Parts(nn.Module):
    """Given one cue of a window: which tokens are its source, which its content."""

    def __init__(self, generator: torch.Generator) -> None:
        super().__init__()
        self.cue = nn.Linear(RELATING, RELATING)
        self.distance = nn.Embedding(tasks.DISTANCES, RELATING)
        self.norm = nn.LayerNorm(RELATING)
        self.layers = nn.ModuleList(_Layer(RELATING, 4, generator) for _ in range(2))
        self.tags = nn.Linear(RELATING, len(tasks.PART_TAGS))

    def forward(self, relating: Tensor, cue: Tensor, distance: Tensor, mask: Tensor) -> Tensor:
        """Logits (cues, tokens, tags) from `relating` (cues, tokens, RELATING).

        `cue` (cues, tokens) is 1 on the cue's tokens, `distance` (cues, tokens) holds buckets,
        `mask` (cues, tokens) is 1 on tokens of the window.
        """
        share = cue / cue.sum(1, keepdim=True)
        vector = torch.einsum("ct,ctw->cw", share, relating)
        values = self.norm(relating + self.cue(vector)[:, None] + self.distance(distance))
        for layer in self.layers:
            values = layer(values, mask)
        tags: Tensor = self.tags(values)
        return tags


class _Layer(nn.Module):
    """A transformer layer, normed after each half."""

    def __init__(self, width: int, heads: int, generator: torch.Generator) -> None:
        super().__init__()
        self.heads = heads
        self.mixed = nn.Linear(width, 3 * width)
        self.joined = nn.Linear(width, width)
        self.wide, self.narrow = nn.Linear(width, 2 * width), nn.Linear(2 * width, width)
        self.norms = nn.ModuleList((nn.LayerNorm(width), nn.LayerNorm(width)))
        self.drop = Dropout(0.1, generator)

    def forward(self, values: Tensor, mask: Tensor) -> Tensor:
        count, tokens, width = values.shape
        queries, keys, contents = (
            part.view(count, tokens, self.heads, width // self.heads).transpose(1, 2)
            for part in self.mixed(values).chunk(3, -1)
        )
        seen = (1 - mask)[:, None, None, :].to(queries.dtype) * -10000.0
        mixed, _ = attention(self, queries, keys, contents, seen)
        mixed = mixed.transpose(1, 2)
        joined = self.joined(mixed.transpose(1, 2).reshape(count, tokens, width))
        values = self.norms[0](values + self.drop(joined))
        wide = nn.functional.gelu(self.wide(values))
        normed: Tensor = self.norms[1](values + self.drop(self.narrow(wide)))
        return normed


class Pairs(Network):
    """The encoder of pairs of sentences, and of single ones as vectors."""

    def __init__(self, weights: Path, seed: int) -> None:
        super().__init__(weights, seed)
        width = self.encoder.config.hidden_size
        self.relation = _classifier(2 * width, width, 3, Dropout(0.1, self.chance))

    def read(self, tokens: Tensor, mask: Tensor, kinds: Tensor) -> Tensor:
        """Hidden values (batch, tokens, width); `kinds` is 1 on the second sentence."""
        hidden: Tensor = self.encoder(
            input_ids=tokens, attention_mask=mask, token_type_ids=kinds
        ).last_hidden_state
        return hidden

    def relate(self, hidden: Tensor, mask: Tensor) -> Tensor:
        """Logits (batch, 3): entails, contradicts, neutral."""
        logits: Tensor = self.relation(torch.cat([hidden[:, 0], mean(hidden, mask)], -1))
        return logits


def attention(
    _module: nn.Module,
    queries: Tensor,
    keys: Tensor,
    contents: Tensor,
    mask: Tensor | None,
    scaling: float | None = None,
    **_: object,
) -> tuple[Tensor, None]:
    """Attention in plain products; on the CPU three times as fast to train as the fused kernel.

    Queries, keys and contents are (batch, heads, tokens, width), the result (batch, tokens, heads,
    width); the softmax stays in the type of the queries.
    """
    with torch.autocast("cpu", enabled=False):
        scores = queries @ keys.transpose(-1, -2) * (scaling or queries.shape[-1] ** -0.5)
        if mask is not None:
            scores = scores + mask.to(scores.dtype)
        mixed = torch.softmax(scores, -1) @ contents
    return mixed.transpose(1, 2).contiguous(), None


AttentionInterface.register("plain", attention)
AttentionMaskInterface.register(
    "plain", eager_mask
)  # without it no mask comes, and padding is read


def _encoder(weights: Path, generator: torch.Generator, words: Path | None) -> nn.Module:
    """The pretrained encoder at `weights`, its dropout replaced by ours."""
    kind = json.loads((weights / "config.json").read_text("utf-8"))["model_type"]
    model: nn.Module = AutoModel.from_pretrained(
        weights,
        attn_implementation="plain" if kind == "bert" else "eager",
        attention_probs_dropout_prob=0.0,
        local_files_only=True,
    )
    for module in list(model.modules()):
        for name, child in module.named_children():
            if isinstance(child, nn.Dropout) and child.p:
                setattr(module, name, Dropout(child.p, generator))
    known = model.embeddings.word_embeddings
    if words is not None:
        known.weight.data = known.weight.data[_places(weights / "tokenizer.json", words)]
    known.weight.requires_grad = False  # half of all, and known
    return model


def _places(own: Path, words: Path) -> list[int]:
    """Where the encoder has each word of another tokenizer; UsageError where it has another set."""
    places = {
        _MARKED.get(word, word): place
        for word, place in Tokenizer.from_file(str(own)).get_vocab().items()
    }
    wanted = sorted(Tokenizer.from_file(str(words)).get_vocab().items(), key=lambda one: one[1])
    missing = [word for word, _ in wanted if word not in places]
    if missing:
        msg = (
            f"{own}: {len(missing)} words of the bundle are missing, {missing[0]} first. Give the "
            "weights of an encoder with the words of BERT, uncased."
        )
        raise UsageError(msg)
    return [places[word] for word, _ in wanted]


def mean(hidden: Tensor, share: Tensor) -> Tensor:
    """The mean of `hidden` (…, tokens, width) over the tokens where `share` is not 0."""
    share = share.to(hidden.dtype)
    share = share / share.sum(-1, keepdim=True).clamp(min=1e-6)
    return (share[..., None, :] @ hidden).squeeze(-2)


def _classifier(inside: int, width: int, outside: int, drop: Dropout) -> nn.Sequential:
    return nn.Sequential(nn.Linear(inside, width), nn.GELU(), drop, nn.Linear(width, outside))


def groups(network: Network, rate: float) -> list[dict[str, object]]:
    """The parameters for the optimiser: the heads learn faster than the encoder."""
    inner = list(network.encoder.parameters())
    known = {id(parameter) for parameter in inner}
    outer = [parameter for parameter in network.parameters() if id(parameter) not in known]
    return [{"params": inner, "lr": rate}, {"params": outer, "lr": _HEADS * rate}]
