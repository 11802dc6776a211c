r"""Chooses the gist of an abstract: the one whole sentence that tells most of the paper.

Each sentence gets points, and the first of those with the most is the gist; no word of it changes.
Points are given for these, and taken away where the number is negative:

=====  ===========================================================================================
    6  says what is proposed: "we introduce", "this paper presents", "our proposed X"
  3.5  says what is found: "we show", "results demonstrate", "we prove"
  2.5  says what is studied: "we investigate", "this survey reviews", "Objective:"
  1.5  speaks of the paper itself: "in this work", "here we"; or concludes: "Conclusion:"
    2  has the title's coined name: "Optima" of "Optima: Optimizing ...", or "BERT4Rec"
  0-3  shares words with the title: three points for all of the title's words
    1  calls something new by its name: "called X", "dubbed X", "X, a novel ..."
   -3  goes on from what was said: "Furthermore", "Specifically", "First", "(2)", "also"
   -2  is background: "However", "Despite", "Recent", "Existing", "remains challenging"
 -1.5  begins with a word that stands for another: "It", "This", "These", "They"
   -2  looks ahead: "we hope", "we believe", "paves the way", "future"
   -9  promises or links: "code is available", an address
-0.15  for each sentence before it
   -1  for each 10 characters below 90, and for each 80 above 300, there at most -3
=====  ===========================================================================================

The words are English; in Chinese and Japanese the marks of proposals are known, and in other
languages the title's words and the place decide. The rule was measured on 100 abstracts
(``tests/text/test_gist.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from papercatalog.text.plain import summarise
from papercatalog.text.sentences import split_sentences


class _Cue:
    """A pattern for sentences in lower case, which is searched only where one of ``words`` is.

    The pattern has the words in place of ``%s``. To look for the words first is ten times faster.
    """

    def __init__(self, words: Iterable[str], pattern: str = r"\b(?:%s)\b") -> None:
        self._words = tuple(words)
        self._search = re.compile(pattern.replace("%s", "|".join(self._words))).search

    def is_in(self, sentence: str) -> bool:
        """Whether a sentence has the pattern."""
        for word in self._words:
            if word in sentence:
                return self._search(sentence) is not None
        return False


_NOUNS = (
    *("paper", "work", "article", "study", "survey", "review", "report", "thesis"),
    *("dissertation", "research"),
)
_PAPER = rf"(?:this|the present|our) (?:(?:technical|position|research) )?(?:{'|'.join(_NOUNS)})"
_WE = rf"\b(?:we|i|{_PAPER}|the authors)\b(?:,? \S+){{0,3}}? "
_PROPOSED = _Cue(
    (
        *("propos", "introduc", "present", "develop", "design", "devis", "formulat", "contribut"),
        *("offer", "creat", "construct", "build", "built", "unveil", "describ", "put forward"),
        *("pioneer", "提出", "提案"),
    ),
    rf"{_WE}(?:%s)|\bour (?:\S+ )?propos|\bis (?:proposed|introduced|presented)\b"
    r"|\bby (?:proposing|introducing)|\b(?:proposes|introduces)\b|提出|提案",
)
_FOUND = _Cue(
    (
        *("show", "find", "found", "demonstrat", "prove", "reveal", "discover", "uncover"),
        *("observ", "establish", "argue", "conclu", "identif", "indicat", "suggest", "confirm"),
        *("highlight", "surprisingly"),
    ),
    rf"{_WE}(?:%s)|^conclusions?:|\bsurprisingly\b"
    r"|\b(?:results?|experiments?|evaluations?|findings|analys[ei]s|studies)\b"
    r"[^.,;:]{0,60}? (?:%s)",
)
_STUDIED = _Cue(
    (
        *("study", "studies", "studied", "investigat", "explor", "examin", "analys", "analyz"),
        *("evaluat", "revisit", "address", "aim", "focus", "survey", "review", "consider"),
        *("compar", "tackl", "ask", "train", "objective", "purpose"),
    ),
    rf"{_WE}(?:%s)|^(?:objectives?|aims?|purpose):",
)
_ITSELF = _Cue(
    (*_NOUNS, "here", "conclusion", "本文", "本研究", "本論文"),
    rf"\bin {_PAPER}\b|^here,? we\b|^{_PAPER}\b|^conclusions?:|本文|本研究|本論文",
)
_NAMING = _Cue(
    ("called", "dubbed", "named", "namely", "termed", "coined", ", a"),
    r"\b(?:called|dubbed|named|namely|termed|coined)\b|, an? (?:\S+ ){0,3}?(?:novel|new|first"
    r"|simple|unified|general|efficient|framework|model|method|approach|dataset|benchmark|system)\b",
)
_GOES_ON = re.compile(
    r"(?:furthermore|moreover|additionally|besides|specifically|in addition|also|meanwhile|then"
    r"|finally|lastly|next|first(?:ly)?|second(?:ly)?|third(?:ly)?|for (?:example|instance)"
    r"|in particular|concretely|notably|subsequently|similarly|to (?:validate|evaluate|verify)"
    r"|\(?\w{1,3}\))[\s,:]|.*\bwe (?:also|further|additionally|then|finally)\b"
).match
_BACKGROUND = re.compile(
    r"(?:however|despite|although|though|while|unfortunately|nonetheless|nevertheless|yet|recent"
    r"|recently|existing|previous|prior|current|traditional|conventional|many|most|with the|as"
    r"|numerous|unlike|in contrast|historically|state-of-the-art)\b"
    r"|.*\b(?:remains?|challenging|has been|have been|have become|has become|prior works?)\b"
).match
_STANDS_FOR = re.compile(rf"(?!{_PAPER}\b)(?:it|its|this|these|they|such|those|that)\b").match
_LOOKS_AHEAD = re.compile(
    r"\bwe (?:hope|believe|expect|envision)\b|\bpav(?:es?|ing) the way\b|\bfuture\b"
    r"|\bpotential (?:for|to)\b"
).search
_PROMISES = re.compile(
    r"https?:|\bwww\.|\b(?:github|huggingface)\.\w|^(?:project|code)\b.{0,9}:"
    r"|\b(?:codes?|codebase|data|datasets?|models?|weights|page|implementation|demos?|checkpoints)"
    r"\b.{0,60}\b(?:available|released|open-sourced?|found at|published at)\b"
    r"|\bwe (?:will )?(?:\S+ )?(?:release|open-?source|publish)\b"
).search
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_NAME_BEFORE_COLON = re.compile(r"([^\s:]+(?: [^\s:]+)?):")
_COINED = re.compile(r"\b(?=\w*[A-Z]\w*[A-Z\d])(?=\w*[a-z\d-])[\w-]{3,}")
_SHORT, _LONG = 90, 300


def choose_gist(plain: str, title: str) -> str:
    """Give the most telling sentence of an abstract, whole and unchanged.

    Args:
        plain: The abstract as plain text, a paragraph a line.
        title: The paper's title, plain text.

    Returns:
        One sentence; the abstract itself where it has no more.
    """
    sentences = split_sentences(plain)
    if len(sentences) < 2:
        return " ".join(sentences)
    names = _find_names(title)
    words = {word for word in _WORD.findall(title.lower()) if len(word) > 3}
    ranked = sorted(
        (place * 0.15 - _reward(sentence, names, words), place)
        for place, sentence in enumerate(sentences)
    )
    best, gist = float("-inf"), 0
    for loss, place in ranked:
        if -loss <= best:
            break  # points are only taken away from here on
        score = -loss - _fine(sentences[place])
        if score > best:
            best, gist = score, place
    return sentences[gist]


def describe_abstract(gist: str, plain: str, length: int) -> str:
    """Describe an abstract by its gist, and by the first other sentences that fit into ``length``.

    Args:
        gist: One of its sentences, as `choose_gist` gives it.
        plain: The abstract as plain text, a paragraph a line.
        length: Characters of the description, if the gist itself is no longer.

    Returns:
        Whole sentences on one line; only a very long gist is cut, as `summarise` cuts.
    """
    text = summarise(gist, length)
    for sentence in split_sentences(plain) if len(text) < length else ():
        if sentence == gist:
            continue
        if len(text) + 1 + len(sentence) > length:
            break
        text = f"{text} {sentence}"
    return text


def _reward(sentence: str, names: frozenset[str], title_words: set[str]) -> float:
    """Give a sentence's points."""
    small = sentence.lower()
    score = 0.0
    if _PROPOSED.is_in(small):
        score += 6
    elif _FOUND.is_in(small):
        score += 3.5
    elif _STUDIED.is_in(small):
        score += 2.5
    score += 1.5 * _ITSELF.is_in(small)
    score += _NAMING.is_in(small)
    score += 2 * any(name in sentence for name in names)
    if title_words:
        score += 3 * sum([word in small for word in title_words]) / len(title_words)
    return score


def _fine(sentence: str) -> float:
    """Give the points that are taken away from a sentence, whatever its place."""
    small = sentence.lower()
    return (
        3 * bool(_GOES_ON(small))
        + 2 * bool(_BACKGROUND(small))
        + 1.5 * bool(_STANDS_FOR(small))
        + 2 * bool(_LOOKS_AHEAD(small))
        + 9 * bool(_PROMISES(small))
        + max(0, _SHORT - len(sentence)) / 10
        + min(max(0, len(sentence) - _LONG) / 80, 3)
    )


def _find_names(title: str) -> frozenset[str]:
    """Give the names that a title coins: before a colon, or with capitals inside."""
    names = set(_COINED.findall(title))
    if found := _NAME_BEFORE_COLON.match(title):
        names.add(found[1])
    return frozenset(names)
