"""What sites add to a paper's title in the title of their page, which bookmarks and copied links then show."""

from __future__ import annotations

import re
from collections.abc import Mapping

from readlist.domain.patterns import late

_ARXIV = late(r"\s*(?:\((?:arxiv|preprint)\)|[-–—|]\s*arxiv(?:\.org)?)$", re.IGNORECASE)
_LAST = r"\s+[-–—|]\s+"  # between the title and the name of the site
# By the site's address, less "www.": a site is known by its end, so that "m.youtube.com" is "youtube.com".
_SITES: Mapping[str, re.Pattern[str]] = {
    "openreview.net": late(rf"{_LAST}OpenReview$"),
    "aclanthology.org": late(rf"{_LAST}ACL Anthology$"),
    "aclweb.org": late(rf"{_LAST}ACL (?:Anthology|Web)$"),
    "semanticscholar.org": late(rf"^\[PDF\]\s+|{_LAST}Semantic Scholar$"),
    "ieeexplore.ieee.org": late(r"(?:\s+\|\s+[^|]{3,60})?\s+\|\s+IEEE Xplore$"),
    "computer.org": late(rf"{_LAST}IEEE Computer Society Digital Library$"),
    "huggingface.co": late(rf"^Paper page\s+[-–—]\s+|{_LAST}Hugging Face$"),
    "arxiv.org": _ARXIV,
    "ar5iv.org": _ARXIV,
    "alphaxiv.org": late(rf"{_LAST}alphaXiv$"),
    "biorxiv.org": late(rf"{_LAST}bioRxiv$"),
    "medrxiv.org": late(rf"{_LAST}medRxiv$"),
    "paperswithcode.com": late(rf"{_LAST}Papers With Code$"),
    "sciencedirect.com": late(rf"{_LAST}ScienceDirect(?:\.com)?$"),
    "springer.com": late(rf"{_LAST}Springer(?:Link| Nature Link)$"),
    "pubmed.ncbi.nlm.nih.gov": late(rf"{_LAST}PubMed$"),
    "ncbi.nlm.nih.gov": late(rf"{_LAST}(?:PubMed|PMC)(?:\s+-\s+NCBI)?$"),
    "pmc.ncbi.nlm.nih.gov": late(rf"{_LAST}PMC$"),
    "researchgate.net": late(rf"^\(PDF\)\s+|{_LAST}(?:Request PDF|ResearchGate)$"),
    "wiley.com": late(rf"{_LAST}Wiley Online Library$"),
    "cambridge.org": late(rf"{_LAST}Cambridge Core$"),
    "jstor.org": late(rf"\s+on JSTOR$|{_LAST}JSTOR$"),
    "tandfonline.com": late(r"^Full article:\s+"),
    "frontiersin.org": late(r"^Frontiers\s+[-–—|]\s+"),
    "youtube.com": late(rf"{_LAST}YouTube$"),
}
_HOST = late(r"https?://(?:[^/@]*@)?([^/:?#]+)", re.IGNORECASE)
_FIRST = ("Paper page", "[PDF]", "(PDF)", "Full article", "Frontiers")


def without_site(title: str, address: str) -> str:
    """The `title` of a link to `address` less what the site adds to it; as it is if nothing much would be left."""
    if not (
        " - " in title or "|" in title or " – " in title or title.endswith((")", "JSTOR")) or title.startswith(_FIRST)
    ):
        return title
    found = _HOST.match(address)
    if not found:
        return title
    host = found[1].casefold()
    while "." in host:
        if host in _SITES:
            bare = _SITES[host].sub("", title).strip()
            return bare if sum(c.isalpha() for c in bare) > 3 else title
        host = host.partition(".")[2]
    return title
