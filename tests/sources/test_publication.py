"""What authors say on arXiv of publication and withdrawal. The comments are read from recordings."""

import xml.etree.ElementTree as ElementTree
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.domain.venues import names
from readlist.sources._publication import is_withdrawn, publication_guess
from tests.shared import shared

ATOM, ARXIV = "{http://www.w3.org/2005/Atom}", "{http://arxiv.org/schemas/atom}"


@pytest.mark.parametrize(
    ("comment", "guess"),
    [
        ("Accepted at ICML 2020", ("ICML", 2020)),
        ("published in NIPS 2017", ("NeurIPS", 2017)),
        ("Published as a conference paper at ICLR 2021", ("ICLR", 2021)),
        ("12 pages; accepted to EMNLP 2021 Findings", ("EMNLP-findings", 2021)),
        ("Accepted to the main conference of ACL 2023. Code: https://github.com/a/b", ("ACL", 2023)),
        ("accepted by the 35th AAAI Conference on Artificial Intelligence (AAAI 2021)", ("AAAI", 2021)),
        ("EMNLP 2021 main conference, camera-ready", ("EMNLP", 2021)),
        ("ICLR 2021 (oral)", ("ICLR", 2021)),
        ("Accepted for publication in IEEE TPAMI", ("TPAMI", None)),
        ("To appear in NeurIPS 2021 workshop", None),
        ("NeurIPS 2020 (Deep RL Workshop)", None),
        ("Accepted to ICML 2020. Workshop on Lifelong Learning", None),
        ("Accepted at BEA@NAACL 2018", None),
        ("Submitted to ICLR 2022", None),
        ("Under review at ICML 2020", None),
        ("withdrawn from ICLR 2021", None),
        ("An extended version of our ICML 2019 paper", None),
        ("Supplementary material for ICML 2018", None),
        ("ICML 2020 AutoML", None),
        ("EMNLP 2020 demo", None),
        ("NeurIPS style, 2020", None),
        ("ICML", None),
        ("arXiv preprint 2020", None),
        ("", None),
        (None, None),
    ],
)
def test_what_a_comment_says(comment: str | None, guess: tuple[str, int | None] | None) -> None:
    assert publication_guess(None, comment) == guess


@pytest.mark.parametrize(
    ("reference", "guess"),
    [
        (
            "Proceedings of the 37th International Conference on Machine Learning, Vienna, Austria, PMLR 119, 2020",
            ("ICML", 2020),
        ),
        ("Advances in Neural Information Processing Systems 33 (2020)", ("NeurIPS", 2020)),
        ("Proc. of ICML Workshop on X, 2020", None),
        ("Science & Education, 2014", None),
        ("Conference on Artificial Intelligence, Robotics and Systems, 2012", None),
        ("Short version published at ICML 2018", None),
        ("Phys. Rev. B 85, 115117 (2012)", None),
    ],
)
def test_what_a_reference_says(reference: str, guess: tuple[str, int | None] | None) -> None:
    assert publication_guess(reference, None) == guess
    assert publication_guess(reference, "Accepted at ACL 2019") == (guess or ("ACL", 2019))


@cache
def entries() -> dict[str, tuple[str | None, str | None, str | None]]:
    """Recorded entries by id: journal_ref, comment, summary."""
    found = {}
    for path in sorted(shared("corpus/arxiv").glob("*/*.xml")):
        try:
            root = ElementTree.parse(path).getroot()
        except ElementTree.ParseError:
            continue
        for entry in root.iter(f"{ATOM}entry"):
            name = (entry.findtext(f"{ATOM}id") or "").rpartition("/abs/")[2]
            found[name] = (
                entry.findtext(f"{ARXIV}journal_ref"),
                entry.findtext(f"{ARXIV}comment"),
                entry.findtext(f"{ATOM}summary"),
            )
    return found


@pytest.mark.parametrize(
    ("name", "guess"),
    [
        # from the comment
        ("1901.08544v3", ("ICLR", 2020)),
        ("2010.14181v1", ("NeurIPS", 2020)),
        ("2510.14968v1", ("NeurIPS", 2025)),
        ("1205.2632v1", ("UAI", 2009)),
        ("1809.08411v3", ("SODA", 2020)),
        ("1904.07619v3", ("TKDE", 2020)),
        ("1606.05031v1", ("KDD", 2016)),
        ("2009.11559v1", ("ICDM", 2020)),
        ("2310.18128v3", ("SODA", 2024)),
        ("1903.10583v1", ("TCS", None)),
        # from the reference
        ("1910.13971v3", ("NeurIPS", 2019)),
        ("1911.08372v1", ("CIKM", 2019)),
        ("2209.05686v1", ("PLDI", 2022)),
        ("1603.08777v2", ("CSUR", 2017)),
        ("1812.10974v1", ("SPIRE", 2018)),
        ("2210.00342v1", ("TCS", 2022)),
        ("1907.02929v2", ("Pattern Recognition Letters", 2020)),
        # what is not this paper, or not there, or nowhere
        ("2002.03965v2", None),
        ("1805.06869v2", None),
        ("2009.10045v1", None),
        ("2010.07076v1", None),
        ("2102.12822v3", None),
        ("1804.08285v1", None),
        ("1503.01162v1", None),
        ("1306.4627v1", None),
        ("2007.10095v1", None),
        ("1406.7716v1", None),
        ("1111.2011v2", None),
    ],
)
def test_recorded_words(name: str, guess: tuple[str, int | None] | None) -> None:
    reference, comment, _ = entries()[name]
    assert publication_guess(reference, comment) == guess


def test_all_recorded_words_at_once() -> None:
    """A guess is a venue of the table, and no comment that speaks of a workshop or a submission alone makes one."""
    known = set(names())
    guesses = {name: publication_guess(reference, comment) for name, (reference, comment, _) in entries().items()}
    made = {name: guess for name, guess in guesses.items() if guess}
    assert len(made) >= 160
    for name, (venue, year) in made.items():
        assert venue in known
        reference, comment, _ = entries()[name]
        assert year is None or str(year)[2:] in f"{reference} {comment}"


def test_who_was_withdrawn() -> None:
    said = {name for name, (_, comment, summary) in entries().items() if is_withdrawn(comment, summary)}
    assert said == {"2108.04458v2", "1410.4701v4", "1206.1837v2", "1011.0597v3", "0911.5031v2"}


@pytest.mark.parametrize(
    ("text", "withdrawn"),
    [
        ("This paper has been withdrawn by the authors due to an error", True),
        ("Withdrawn", True),
        ("12 pages. Withdrawn because of an error in Lemma 3", True),
        ("This submission has been withdrawn by arXiv administrators", True),
        ("The authors have withdrawn this manuscript", True),
        ("The paper is temporarily withdrawn", True),
        ("This article was retracted", True),
        ("We study funds withdrawn from a bank", False),
        ("Drugs that were withdrawn from the market", False),
        ("Withdrawing money", False),
        ("a data set of retracted papers", False),
        ("", False),
    ],
)
def test_what_says_that_a_paper_was_withdrawn(text: str, withdrawn: bool) -> None:
    assert is_withdrawn(text) is withdrawn
    assert is_withdrawn(None, text) is withdrawn


@given(st.text(max_size=300), st.text(alphabet="ICML 2019.,;:()'&acceptdoinprgs\n", max_size=300))
def test_whatever_is_written_is_read(reference: str, comment: str) -> None:
    guess = publication_guess(reference, comment)
    assert guess is None or guess[0] in names()
    is_withdrawn(comment, reference)
