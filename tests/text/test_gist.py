"""The gist of an abstract, held against people's choice in 100 abstracts of the repository."""

from __future__ import annotations

import pytest

from papercatalog.model.loading import load_catalog
from papercatalog.text import choose_gist, describe_abstract, plain_text, render_text
from papercatalog.text.sentences import split_sentences
from repository import ROOT

ACCEPTABLE = """
a-decoding-token-efficient-inference-scaling 2 4
a-little-goes-a-long-way-efficient-long-context-training-and-inference-with 2 3
a-unified-continual-learning-framework-with-general-parameter-efficient-tuning 2
accelerated-bayesian-inference-for-pulsar-timing-arrays-normalizing-flows-for 2 3 5
actor-critics-can-achieve-optimal-sample-efficiency 2
adaptive-coding-efficiency-in-recurrent-cortical-circuits-via-gain-control 4 5
aligning-vision-to-language-text-free-multimodal-knowledge-graph-construction 2
analyzing-and-reducing-catastrophic-forgetting-in-parameter-efficient-tuning 5 6
apollo-automated-llm-and-lean-collaboration-for-advanced-formal-reasoning 3
approximated-prompt-tuning-for-vision-language-pre-trained-models 2 3
automatically-identifying-counting-and-describing-wild-animals-in-camera-trap 4 5 6
axformer-accuracy-driven-approximation-of-transformers-for-faster-smaller-and 2 7
balancing-label-quantity-and-quality-for-scalable-elicitation 6 7 8
beating-the-average-how-to-generate-profit-by-exploiting-the-inefficiencies-of 4 6 9
bellman-optimal-step-size-straightening-of-flow-matching-models 2 6
beyond-efficiency-a-systematic-survey-of-resource-efficient-large-language 2
binary-and-ternary-natural-language-generation 3
binarydm-towards-accurate-binarization-of-diffusion-model 2
building-on-efficient-foundations-effectively-training-llms-with-structured 5 6 8
cheaply-evaluating-inference-efficiency-metrics-for-autoregressive-transformer 4 6 8
conpet-continual-parameter-efficient-tuning-for-large-language-models 2
cot3dref-chain-of-thoughts-data-efficient-3d-visual-grounding 4 8 9
decoder-hybrid-decoder-architecture-for-efficient-reasoning-with-long-generation 2 3
dico-revitalizing-convnets-for-scalable-and-efficient-diffusion-modeling 5 6
diffusion-models-as-optimizers-for-efficient-planning-in-offline-rl 2 4
diffusiongan3d-boosting-text-guided-3d-generation-and-domain-adaption-by 2
distillation-supervised-convolutional-low-rank-adaptation-for-efficient-image 2
distilling-large-language-models-for-biomedical-knowledge-extraction-a-case 2 5
dual-grained-quantization-efficient-fine-grained-quantization-for-llm 4
dynamic-llava-efficient-multimodal-large-language-models-via-dynamic-vision 4
dynamic-pyramid-network-for-efficient-multimodal-large-language-model 3
efficient-block-contrastive-learning-via-parameter-free-meta-node-approximation 3 5
efficient-content-based-sparse-attention-with-routing-transformers 3 5
efficient-deep-neural-networks 6
efficient-transformer-knowledge-distillation-a-performance-review 2 5 6
efficientllm-efficiency-in-large-language-models 1
effortless-efficiency-low-cost-pruning-of-diffusion-models 4
elliesql-cost-efficient-text-to-sql-with-complexity-aware-routing 2 5
entropy-adaptive-decoding-dynamic-model-switching-for-efficient-inference 0
eragent-enhancing-retrieval-augmented-language-models-with-improved-accuracy 3 4 8
exploring-the-performance-improvement-of-tensor-processing-engines-through 3 5 7
fast-sparse-convnets 3 5 6
finequant-unlocking-efficiency-with-fine-grained-weight-only-quantization-for 2 8
from-scarcity-to-efficiency-improving-clip-training-via-visual-enriched-captions 6 9
greenformers-improving-computation-and-memory-efficiency-in-transformer-models 0 7
groupmamba-parameter-efficient-and-accurate-group-visual-state-space-model 3 6
harnessing-the-potential-of-gen-ai-coding-assistants-in-public-sector-software 0
improving-classifier-training-efficiency-for-automatic-cyberbullying-detection 0
initialization-using-update-approximation-is-a-silver-bullet-for-extremely 1 5
introducing-neural-bag-of-whole-words-with-colberter-contextualized-late 1
inverse-reinforcement-learning-with-dynamic-reward-scaling-for-llm-alignment 4
kl3m-tokenizers-a-family-of-domain-specific-and-character-level-tokenizers-for 0 3
language-modeling-on-a-spinnaker-2-neuromorphic-chip 4
llamarl-a-distributed-asynchronous-reinforcement-learning-framework-for 2
llmlingua-2-data-distillation-for-efficient-and-faithful-task-agnostic-prompt 3
mates-model-aware-data-selection-for-efficient-pretraining-with-data-influence 2
mc-moe-mixture-compressor-for-mixture-of-experts-llms-gains-more 2 5
mimo-is-all-you-need-a-strong-multi-in-multi-out-baseline-for-video-prediction 6 7
mindgym-enhancing-vision-language-models-via-synthetic-self-challenging 1
minigpt-3d-efficiently-aligning-3d-point-clouds-with-large-language-models-using 3
modernbert-is-more-efficient-than-conventional-bert-for-chest-ct-findings 0 10
moma-efficient-early-fusion-pre-training-with-mixture-of-modality-aware-experts 0
mrt5-dynamic-token-merging-for-efficient-byte-level-language-models 2
multiverse-your-language-models-secretly-decide-how-to-parallelize-and-merge 1
obscuracoder-powering-efficient-code-lm-pre-training-via-obfuscation-grounding 3 5
on-the-efficiency-of-convolutional-neural-networks 11 12
online-difficulty-filtering-for-reasoning-oriented-reinforcement-learning 3 6
optima-optimizing-effectiveness-and-efficiency-for-llm-based-multi-agent-system 1
optimizing-retrieval-augmented-generation-analysis-of-hyperparameter-impact-on 2
parameter-efficient-neural-reranking-for-cross-lingual-and-multilingual 2 6
perk-long-context-reasoning-as-parameter-efficient-test-time-learning 3 7
plan-and-budget-effective-and-efficient-test-time-scaling-on-large-language 5 6
plm-efficient-peripheral-language-models-hardware-co-designed-for-ubiquitous 3 8
polyhistor-parameter-efficient-multi-task-adaptation-for-dense-vision-tasks 6 8
predformer-transformers-are-effective-spatial-temporal-predictive-learners 2 4
primer-searching-for-efficient-transformers-for-language-modeling 2 4
qserve-w4a8kv4-quantization-and-system-co-design-for-efficient-llm-serving 4 12
quartet-native-fp4-training-can-be-optimal-for-large-language-models 4 7
qwenlong-cprs-towards-llms-with-dynamic-context-optimization 0
random-search-as-a-baseline-for-sparse-neural-network-architecture-search 3 8
redstar-does-scaling-long-cot-data-unlock-better-slow-reasoning-systems 1 4
regression-discontinuity-design-with-distribution-valued-outcomes 0 2
rephrasing-the-web-a-recipe-for-compute-and-data-efficient-language-modeling 3
return-of-the-encoder-maximizing-parameter-efficiency-for-slms 1 3
revisiting-the-parameter-efficiency-of-adapters-from-the-perspective-of 4 5 6 7
rl-on-incorrect-synthetic-data-scales-the-efficiency-of-llm-math-reasoning-by 2 4 6 7
s2aformer-strip-self-attention-for-efficient-vision-transformer 3
scaling-test-time-inference-with-policy-optimized-dynamic-retrieval-augmented 0
seal-steerable-reasoning-calibration-of-large-language-models-for-free 4
serpent-scalable-and-efficient-image-restoration-via-multi-scale-structured 3 6
sirius-contextual-sparsity-with-correction-for-efficient-llms 5
small-models-big-impact-efficient-corpus-and-graph-based-adaptation-of-small 2 3 4 5
sparse-iso-flop-transformations-for-maximizing-training-efficiency 2 3
sparsebytenn-a-novel-mobile-inference-acceleration-framework-based-on-fine 2
ssamba-self-supervised-audio-representation-learning-with-mamba-state-space 4
taking-rocket-on-an-efficiency-mission-multivariate-time-series-classification 4 5
tapered-off-policy-reinforce-stable-and-efficient-reinforcement-learning-for 0 1
thought-manipulation-external-thought-can-be-efficient-for-large-reasoning 3 4
tokenweave-efficient-compute-communication-overlap-for-distributed-llm-inference 5 10
towards-assessing-and-benchmarking-risk-return-tradeoff-of-off-policy-evaluation 2
"""
"""For each paper the sentences, counted from 0, that say what it proposes or finds."""
LEAST = 90
"""How many of the 100 gists must be among the acceptable sentences."""


def test_gists_are_what_people_would_choose() -> None:
    papers = load_catalog(ROOT).by_id
    misses = []
    lines = ACCEPTABLE.split("\n")[1:-1]
    for line in lines:
        name, *numbers = line.split()
        plain = render_text(papers[name].abstract).plain
        sentences = split_sentences(plain)
        gist = choose_gist(plain, papers[name].title)
        if sentences.index(gist) not in map(int, numbers):
            misses.append(f"{name}: {sentences.index(gist)} {gist}")
    print(*misses, sep="\n")
    assert len(lines) == 100
    assert len(lines) - len(misses) >= LEAST, "\n".join(misses)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three? 4 is four.", ["One.", "Two!", "Three?", "4 is four."]),
        (
            "It beats GPT-4. We use e.g. BERT, i.e. this.",
            ["It beats GPT-4.", "We use e.g. BERT, i.e. this."],
        ),
        (
            "Burns et al. (2023) gain 3.5 % (cf. Fig. 2).",
            ["Burns et al. (2023) gain 3.5 % (cf. Fig. 2)."],
        ),
        ("We follow Li et al. We do more.", ["We follow Li et al.", "We do more."]),
        ("Of dimension d. We show more.", ["Of dimension d.", "We show more."]),
        ("By J. Smith vs. A. Jones.", ["By J. Smith vs. A. Jones."]),
        ("Is it so?\u201d Yes.\nA line", ["Is it so?\u201d", "Yes.", "A line"]),
        (
            "See https://example.org/ab. xVerify is new.",
            ["See https://example.org/ab.", "xVerify is new."],
        ),
        (
            "\u6211\u4eec\u63d0\u51fa\u65b9\u6cd5\u3002\u5b83\u5f88\u597d\u3002",
            ["\u6211\u4eec\u63d0\u51fa\u65b9\u6cd5\u3002", "\u5b83\u5f88\u597d\u3002"],
        ),
        ("version 2. 0 and so on", ["version 2.", "0 and so on"]),
        ("", []),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences


def test_a_gist_is_a_whole_sentence_of_the_text() -> None:
    for paper in load_catalog(ROOT).papers:
        plain = render_text(paper.abstract).plain
        assert choose_gist(plain, paper.title) in split_sentences(plain)


@pytest.mark.parametrize(
    ("plain", "gist"),
    [
        ("", ""),
        ("Only one sentence", "Only one sentence"),
        (
            "Big models are slow to run, and this remains a challenge for all who use them today. "
            "We introduce Quick, a simple method that makes big models fast on small computers. "
            "Code is available at https://example.org/quick.",
            "We introduce Quick, a simple method that makes big models fast on small computers.",
        ),
        (
            "\u6a21\u578b\u5f88\u6162\u3002\u6211\u4eec\u63d0\u51fa\u65b0\u7684\u65b9\u6cd5\u3002",
            "\u6211\u4eec\u63d0\u51fa\u65b0\u7684\u65b9\u6cd5\u3002",
        ),
    ],
)
def test_the_gist_of(plain: str, gist: str) -> None:
    assert choose_gist(plain, "Quick: Fast Models") == gist


def test_no_row_of_a_table_is_the_gist() -> None:
    first = "Lamps in a room are compared by how much light they give."
    plain = plain_text(f"{first}\n\n| Lamp | Light |\n|---|---|\n| Quick, ours | 9 |")
    assert plain.endswith("\nLamp: Quick, ours; Light: 9")
    assert choose_gist(plain, "Quick: Fast Lamps") == first


def test_a_description_is_the_gist_and_the_first_sentences_that_fit() -> None:
    background = "Lamps are old."
    gist = "We propose Lantern, a new lamp that glows for as long as anybody is looking at it."
    plain = (
        f"{background} {gist} Results show that it works on {'many ' * 20}benchmarks. It is cheap."
    )
    assert describe_abstract(gist, plain, 160) == f"{gist} {background}"
    assert describe_abstract(gist, plain, 100) == f"{gist} {background}"
    assert describe_abstract(gist, plain, 90) == gist
    assert describe_abstract(gist, plain, 10) == gist


def test_only_a_very_long_gist_is_cut_and_never_within_a_word() -> None:
    words = " ".join(f"word{number}" for number in range(100))
    gist = f"We propose {words}."
    described = describe_abstract(gist, gist, 160)
    assert described.endswith("…")
    assert len(described) <= 321
    kept = described.removesuffix("…").split()
    assert kept == gist.split()[: len(kept)]
    assert describe_abstract("", "", 160) == ""
