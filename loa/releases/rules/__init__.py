"""Questions about releases; each reason is a sentence a page can show."""

from loa.releases.rules.answers import approvals_of, has_agreed, is_confirmed, standing, text_digest
from loa.releases.rules.facts import (
    ROWS_OF_WORDS,
    WORDS,
    about_facts,
    facts_for_a_copy,
    facts_of,
    key_of_row,
    words_of_facts,
)
from loa.releases.rules.reasons import Lack, reasons_not_to_ask, reasons_not_to_submit, warnings
from loa.releases.rules.senders import has_allowance, is_spoken_for, is_suspended, may_be_listed, payer_of
from loa.releases.rules.times import in_words, is_last_look, is_time
from loa.releases.rules.translations import is_behind, is_translatable_into, reasons_not_to_publish_translation

__all__ = [
    "ROWS_OF_WORDS",
    "WORDS",
    "Lack",
    "about_facts",
    "approvals_of",
    "facts_for_a_copy",
    "facts_of",
    "has_agreed",
    "has_allowance",
    "in_words",
    "is_behind",
    "is_confirmed",
    "is_last_look",
    "is_spoken_for",
    "is_suspended",
    "is_time",
    "is_translatable_into",
    "key_of_row",
    "may_be_listed",
    "payer_of",
    "reasons_not_to_ask",
    "reasons_not_to_publish_translation",
    "reasons_not_to_submit",
    "standing",
    "text_digest",
    "warnings",
    "words_of_facts",
]
