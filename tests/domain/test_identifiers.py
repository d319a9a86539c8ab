"""A reference is one identifier in one spelling, however it is written (spec, section 3)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readlist.domain.identifiers import SCHEMES, Identifier, find, from_url, is_address, looks_meant, parse

SHA = "649def34f8be52c8b66281af98ae884c09aef38b"
SIMCSE = ("arxiv", "2104.08821")
SICI = "10.1002/(sici)1097-0258(19980815/30)17:15/16<1661::aid-sim968>3.0.co;2-2"

FORMS = [
    # arXiv
    ("2104.08821", SIMCSE),
    ("2104.08821v4", SIMCSE),
    ("arXiv:2104.08821", SIMCSE),
    ("ARXIV:2104.08821v2", SIMCSE),
    ("arXiv: 2104.08821", SIMCSE),
    ("  2104.08821 ", SIMCSE),
    ("0704.0001", ("arxiv", "0704.0001")),
    ("1412.6980", ("arxiv", "1412.6980")),
    ("hep-th/9901001", ("arxiv", "hep-th/9901001")),
    ("hep-th/9901001v3", ("arxiv", "hep-th/9901001")),
    ("math.GT/0309136", ("arxiv", "math/0309136")),
    ("arXiv:cs.CL/0012345", ("arxiv", "cs/0012345")),
    ("https://arxiv.org/abs/2104.08821", SIMCSE),
    ("http://arxiv.org/abs/2104.08821v4", SIMCSE),
    ("arxiv.org/abs/2104.08821", SIMCSE),
    ("www.arxiv.org/abs/2104.08821", SIMCSE),
    ("https://arxiv.org/pdf/2104.08821", SIMCSE),
    ("https://arxiv.org/pdf/2104.08821v4.pdf", SIMCSE),
    ("https://arxiv.org/html/2104.08821v4", SIMCSE),
    ("https://arxiv.org/html/2104.08821v4/#S2", SIMCSE),
    ("https://arxiv.org/abs/2104.08821?context=cs.LG", SIMCSE),
    ("https://arxiv.org/abs/hep-th/9901001", ("arxiv", "hep-th/9901001")),
    ("https://arxiv.org/pdf/hep-th/9901001v1.pdf", ("arxiv", "hep-th/9901001")),
    ("https://arxiv.org/ftp/arxiv/papers/2104/2104.08821.pdf", SIMCSE),
    ("https://arxiv.org/ftp/hep-th/papers/9901/9901001v2.pdf", ("arxiv", "hep-th/9901001")),
    ("https://export.arxiv.org/abs/2104.08821", SIMCSE),
    ("https://papers.cool/arxiv/2104.08821", SIMCSE),
    ("https://ar5iv.org/abs/2104.08821", SIMCSE),
    ("https://ar5iv.labs.arxiv.org/html/2104.08821", SIMCSE),
    ("https://www.alphaxiv.org/abs/2104.08821", SIMCSE),
    ("https://alphaxiv.org/overview/2104.08821v2", SIMCSE),
    ("https://huggingface.co/papers/2104.08821", SIMCSE),
    ("huggingface.co/papers/2104.08821", SIMCSE),
    ("ar5iv.org/abs/2104.08821", SIMCSE),
    # DOI
    ("10.48550/arXiv.2104.08821", SIMCSE),
    ("doi:10.48550/arxiv.2104.08821", SIMCSE),
    ("https://doi.org/10.48550/arXiv.2104.08821", SIMCSE),
    ("10.1145/3292500.3330701", ("doi", "10.1145/3292500.3330701")),
    ("doi:10.1145/3292500.3330701", ("doi", "10.1145/3292500.3330701")),
    ("DOI: 10.1145/3292500.3330701", ("doi", "10.1145/3292500.3330701")),
    ("doi.org/10.1145/3292500.3330701", ("doi", "10.1145/3292500.3330701")),
    ("https://dx.doi.org/10.1145/3292500.3330701", ("doi", "10.1145/3292500.3330701")),
    ("https://dl.acm.org/doi/10.1145/3292500.3330701", ("doi", "10.1145/3292500.3330701")),
    ("https://dl.acm.org/doi/pdf/10.1145/3292500.3330701", ("doi", "10.1145/3292500.3330701")),
    ("https://dl.acm.org/doi/pdf/10.1145/3292500.3330701.pdf?download=true#p2", ("doi", "10.1145/3292500.3330701")),
    ("https://doi-org.proxy.example.edu/10.1145/3292500.3330701", ("doi", "10.1145/3292500.3330701")),
    ("https://www.science.org/doi/10.1126/science.adg7492", ("doi", "10.1126/science.adg7492")),
    ("http://www.mitpressjournals.org/doi/pdfplus/10.1162/neco.1997.9.8.1735", ("doi", "10.1162/neco.1997.9.8.1735")),
    (
        "https://direct.mit.edu/tacl/article/doi/10.1162/tacl_a_00524/114371/The-Title-in",
        ("doi", "10.1162/tacl_a_00524"),
    ),
    (
        "https://academic.oup.com/b/article/doi/10.1093/bioinformatics/btz682/5566506",
        ("doi", "10.1093/bioinformatics/btz682"),
    ),
    ("https://onlinelibrary.wiley.com/doi/10.1002/cne.21974/full", ("doi", "10.1002/cne.21974")),
    ("https://pubsonline.example.org/doi/epdf/10.1287/mnsc.2018.3249/", ("doi", "10.1287/mnsc.2018.3249")),
    (
        "https://journals.example.com/doi/10.1177/0278364913491297;jsessionid=AB12.c",
        ("doi", "10.1177/0278364913491297"),
    ),
    ("https://www.frontiersin.org/articles/10.3389/fpsyg.2013.00123/full", ("doi", "10.3389/fpsyg.2013.00123")),
    ("https://link.springer.com/content/pdf/10.1007/978-3-319-10602-1_48.pdf", ("doi", "10.1007/978-3-319-10602-1_48")),
    (
        "https://link.springer.com/article/10.1007%2Fs10994-013-5335-x/fulltext.html",
        ("doi", "10.1007/s10994-013-5335-x"),
    ),
    ("https://www.biorxiv.org/content/10.1101/2020.01.01.123456v2.full.pdf", ("doi", "10.1101/2020.01.01.123456")),
    (
        "https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0000217",
        ("doi", "10.1371/journal.pone.0000217"),
    ),
    (
        "https://ascelibrary.org/doi/10.1061/(ASCE)0733-9399(1998)124:3(285)",
        ("doi", "10.1061/(asce)0733-9399(1998)124:3(285)"),
    ),
    ("10.1016/S0004-3702(97)00043-X", ("doi", "10.1016/s0004-3702(97)00043-x")),
    (SICI, ("doi", SICI)),
    ("10.18653/v1/2021.emnlp-main.552", ("acl", "2021.emnlp-main.552")),
    ("https://doi.org/10.3115/v1/P14-1062", ("acl", "P14-1062")),
    # ACL Anthology
    ("ACL:P17-1061", ("acl", "P17-1061")),
    ("acl:p17-1061", ("acl", "P17-1061")),
    ("ACL:2020.acl-main.1", ("acl", "2020.acl-main.1")),
    ("https://aclanthology.org/P17-1061", ("acl", "P17-1061")),
    ("https://aclanthology.org/P17-1061.pdf", ("acl", "P17-1061")),
    ("https://aclanthology.org/2021.emnlp-main.552/", ("acl", "2021.emnlp-main.552")),
    ("aclanthology.org/2021.emnlp-main.552.bib", ("acl", "2021.emnlp-main.552")),
    ("https://www.aclweb.org/anthology/P17-1061/", ("acl", "P17-1061")),
    ("http://aclweb.org/anthology/P/P17/P17-1061.pdf", ("acl", "P17-1061")),
    ("https://aclanthology.org/papers/P/P17/P17-1061/", ("acl", "P17-1061")),
    # OpenReview
    ("https://openreview.net/forum?id=YicbFdNTTy", ("openreview", "YicbFdNTTy")),
    ("https://openreview.net/pdf?id=YicbFdNTTy", ("openreview", "YicbFdNTTy")),
    ("openreview.net/forum?noteId=a&id=YicbFdNTTy", ("openreview", "YicbFdNTTy")),
    # Semantic Scholar
    (f"S2:{SHA}", ("s2", SHA)),
    (f"s2:{SHA.upper()}", ("s2", SHA)),
    (f"https://www.semanticscholar.org/paper/Construction-of-the-Literature-Graph-Ammar/{SHA}", ("s2", SHA)),
    (f"https://www.semanticscholar.org/paper/{SHA}", ("s2", SHA)),
    (f"https://www.semanticscholar.org/reader/{SHA}", ("s2", SHA)),
    (f"https://www.connectedpapers.com/main/{SHA}/SimCSE/graph", ("s2", SHA)),
    ("CorpusId:233296292", ("corpus", "233296292")),
    ("corpusid:0233296292", ("corpus", "233296292")),
    ("https://api.semanticscholar.org/CorpusID:233296292", ("corpus", "233296292")),
]


@pytest.mark.parametrize(("text", "wanted"), FORMS)
def test_every_form_of_a_reference_names_its_paper(text: str, wanted: tuple[str, str]) -> None:
    found = parse(text)
    assert found is not None
    assert (found.scheme, found.value) == wanted


@pytest.mark.parametrize(
    ("text", "version"), [("2104.08821v4", 4), ("2104.08821", None), ("https://arxiv.org/pdf/hep-th/9901001v12", 12)]
)
def test_a_version_is_kept_beside_the_id(text: str, version: int | None) -> None:
    found = parse(text)
    assert found is not None
    assert found.version == version


def test_two_spellings_of_one_doi_are_equal() -> None:
    assert parse("10.1145/ABC.Def") == parse("https://doi.org/10.1145/abc.def")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2104.0882", "arXiv id"),  # a digit lost: five since 2015
        ("2113.08821", "arXiv id"),  # no thirteenth month
        ("2104.088211", "arXiv id"),
        ("0703.00001", "arXiv id"),
        ("2104.08821v", "arXiv id"),
        ("arXiv:simcse", "arXiv id"),
        ("arXiv:", "arXiv id"),
        ("doi:simcse", "DOI"),
        ("10.1145", "DOI"),
        ("10.1145/", "DOI"),
        ("10.1145/.", "DOI"),
        (f"S2:{SHA[:-1]}", "Semantic Scholar id"),
        ("CorpusId:12x", "Corpus id"),
        ("ACL:P17", "ACL Anthology id"),
    ],
)
def test_a_mistyped_identifier_is_none_and_is_told_what_it_looks_like(text: str, meant: str) -> None:
    assert parse(text) is None
    assert looks_meant(text) == meant


@pytest.mark.parametrize(
    "text",
    ["", "SimCSE", "12", "#12", "3.14", "gao2021simcse", "https://example.org/abs/2104.08821", "https://arxiv.org/list/cs",
     "https://notarxiv.org/abs/2104.08821", "https://arxiv.org.evil.example/abs/2104.08821", "ftp://arxiv.org/abs/2104.08821",
     "https://example.org/releases/10.2019/driver", "https://example.org/doi/10.1145",
     "http://delivery.acm.org/10.1145/2760000/2750392/p158-kanev.pdf",
     "http://[bad", "https://doi.org/", "https://aclanthology.org/venues/acl/", "٢١٠٤.٠٨٨٢١"],
)  # fmt: skip
def test_what_is_no_identifier_is_taken_for_none(text: str) -> None:
    assert parse(text) is None
    assert looks_meant(text) is None


def test_no_control_character_gets_into_a_doi() -> None:
    assert parse("10.1145/\x1b[31m") is None
    assert parse("10.1145/a\u202eb") is None
    assert parse("https://doi.org/10.1145/%1B%5B31m") is None


@pytest.mark.parametrize(
    ("text", "pdf"),
    [
        ("2104.08821v4", "https://arxiv.org/pdf/2104.08821"),
        ("math.GT/0309136", "https://arxiv.org/pdf/math/0309136"),
        ("P17-1061", "https://aclanthology.org/P17-1061.pdf"),
        ("https://openreview.net/forum?id=AbCd_12-x", "https://openreview.net/pdf?id=AbCd_12-x"),
        ("10.1145/3292500.3330701", None),
        (f"s2:{SHA}", None),
        ("CorpusId:233296292", None),
    ],
)
def test_where_the_pdf_of_an_identifier_is(text: str, pdf: str | None) -> None:
    found = parse(text) or parse(f"acl:{text}")
    assert found is not None
    assert found.pdf == pdf
    assert pdf is None or parse(pdf) == Identifier(found.scheme, found.value), "its address leads back to it"


@given(st.text() | st.sampled_from([form for form, _ in FORMS]).flatmap(lambda form: st.text().map(lambda t: form + t)))
def test_any_text_is_an_identifier_or_none_and_never_an_error(text: str) -> None:
    found = parse(text)
    assert found is None or (found.scheme in SCHEMES and found.value)
    assert found is None or found.value.isprintable()
    looks_meant(text)
    is_address(text)
    from_url(text)
    list(find(text))


@given(
    st.one_of(
        st.sampled_from([form for form, _ in FORMS]),
        st.text(min_size=1).map(lambda tail: f"10.1145/{tail}"),
        st.text("abc/.#?%&()<>;:+é论", min_size=1).map(lambda tail: f"doi:10.1145/{tail}"),
        st.from_regex(r"[a-z-]{1,9}/[0-9]{7}(v[0-9])?", fullmatch=True),
        st.from_regex(r"(acl:)[a-zA-Z][0-9]{2}-[0-9]{4}", fullmatch=True),
        st.from_regex(r"openreview:[\w-]{6,40}", fullmatch=True),
    )
)
def test_the_page_of_an_identifier_leads_back_to_it(text: str) -> None:
    found = parse(text)
    if found is None:
        return
    assert found.url is not None
    again = parse(found.url)
    assert again is not None
    assert (again.scheme, again.value) == (found.scheme, found.value)
    prefix = {"corpus": "CorpusId"}.get(found.scheme, found.scheme)
    named = parse(f"{prefix}:{found.value}")
    assert named == Identifier(found.scheme, found.value)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("see arXiv:2104.08821v4, please", [("arXiv:2104.08821v4", *SIMCSE)]),
        ("arXiv: 2104.08821.", [("arXiv: 2104.08821", *SIMCSE)]),
        ("(https://arxiv.org/abs/2104.08821)", [("https://arxiv.org/abs/2104.08821", *SIMCSE)]),
        ("[a](https://arxiv.org/abs/2104.08821)[b](https://aclanthology.org/P17-1061)",
         [("https://arxiv.org/abs/2104.08821", *SIMCSE), ("https://aclanthology.org/P17-1061", "acl", "P17-1061")]),
        ("见https://arxiv.org/abs/2104.08821，很好", [("https://arxiv.org/abs/2104.08821", *SIMCSE)]),
        ("见https://arxiv.org/abs/2104.08821。", [("https://arxiv.org/abs/2104.08821", *SIMCSE)]),
        ("https://arxiv.org/abs/2104.08821的论文", [("https://arxiv.org/abs/2104.08821", *SIMCSE)]),
        ("doi: 10.1145/3292500.3330701; next", [("doi: 10.1145/3292500.3330701", "doi", "10.1145/3292500.3330701")]),
        ("doi:10.1016/S0004-3702(97)00043-X.", [("doi:10.1016/S0004-3702(97)00043-X", "doi",
                                                 "10.1016/s0004-3702(97)00043-x")]),
        ("arXiv:2104.088211 is none", []),
        ("见arXiv:2104.08821的附录", [("arXiv:2104.08821", *SIMCSE)]),
        ("myarxiv:2104.08821", []),
        ("version 2104.08821 of nothing", []),
        ("https://example.org/2104.08821", []),
    ],
)  # fmt: skip
def test_identifiers_are_found_in_running_text_where_they_stand(text: str, wanted: list[tuple[str, str, str]]) -> None:
    assert [(text[start:end], found.scheme, found.value) for start, end, found in find(text)] == wanted


@given(st.text(max_size=30), st.text(max_size=30))
def test_found_positions_lie_in_the_text_and_do_not_overlap(before: str, after: str) -> None:
    text = f"{before} https://arxiv.org/abs/2104.08821 {after}"
    spans = [(start, end) for start, end, _ in find(text)]
    at = len(before) + 1
    assert (at, at + len("https://arxiv.org/abs/2104.08821")) in spans
    assert all(a < b <= c for (a, b), (c, _) in zip(spans, [*spans[1:], (len(text), 0)], strict=True))
