"""What CSL-JSON may hold, as a JSON Schema: types, variables and the shapes of names and dates.

Source: CSL 1.0.2, appendices III (types) and IV (variables), and the schema of CSL input data (draft 7), with which
this one agrees about every item that is written here. Nothing beyond these names is allowed in an item.
"""

from __future__ import annotations

from typing import Any

from jsonschema import Draft7Validator

TYPES = (
    "article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset"
    " document entry entry-dictionary entry-encyclopedia figure graphic hearing interview legal_case legislation"
    " manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical"
    " personal_communication post post-weblog regulation report review review-book software song speech standard thesis"
    " treaty webpage"
).split()
NAMES = (
    "author chair collection-editor compiler composer container-author contributor curator director editor"
    " editorial-director executive-producer illustrator interviewer organizer original-author performer producer"
    " recipient reviewed-author translator"
).split()
DATES = "accessed available-date event-date issued original-date submitted".split()
TEXTS = (
    "abstract annote archive archive_collection archive_location archive-place authority call-number citation-label"
    " collection-title container-title container-title-short dimensions division DOI event event-place genre ISBN ISSN"
    " journalAbbreviation jurisdiction keyword language medium note original-publisher original-publisher-place"
    " original-title part-title PMCID PMID publisher publisher-place references reviewed-title scale section shortTitle"
    " source status title title-short URL version year-suffix"
).split()
NUMBERS = (
    "chapter-number citation-number collection-number edition first-reference-note-number issue locator number"
    " number-of-pages number-of-volumes page page-first part printing supplement volume"
).split()

_TEXT = {"type": "string"}
_NUMBER = {"type": ["string", "number"]}
_FLAG = {"type": ["string", "number", "boolean"]}
_NAME = {
    "type": "object",
    "properties": {
        **dict.fromkeys(("family", "given", "dropping-particle", "non-dropping-particle", "suffix", "literal"), _TEXT),
        **dict.fromkeys(("comma-suffix", "static-ordering", "parse-names"), _FLAG),
    },
    "additionalProperties": False,
}
_DATE = {
    "type": "object",
    "properties": {
        "date-parts": {
            "type": "array", "minItems": 1, "maxItems": 2,
            "items": {"type": "array", "items": _NUMBER, "minItems": 1, "maxItems": 3},
        },
        "season": _NUMBER, "circa": _FLAG, "literal": _TEXT, "raw": _TEXT,
    },
    "additionalProperties": False,
}  # fmt: skip
_ITEM: dict[str, Any] = {
    "type": "object",
    "properties": {
        "type": {"enum": TYPES},
        "id": _NUMBER,
        **{name: {"type": "array", "items": _NAME} for name in NAMES},
        **dict.fromkeys(DATES, _DATE),
        **dict.fromkeys(TEXTS, _TEXT),
        **dict.fromkeys(NUMBERS, _NUMBER),
    },
    "required": ["type", "id"],
    "additionalProperties": False,
}

VALIDATOR = Draft7Validator({"type": "array", "items": _ITEM})
