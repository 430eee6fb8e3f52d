"""The door of words the search takes for one another."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from loa.accounts.views import actor_of, for_staff
from loa.desk import forms
from loa.desk.views.answers import form_page, saved
from loa.portals.middleware import portal_of
from loa.search import queries as search
from loa.search.actions.edit_synonyms import edit_synonyms
from loa.search.errors import NoSynonyms


@for_staff
def synonyms(request: HttpRequest) -> HttpResponse:
    """Words the search takes for one another."""
    form = forms.SynonymsForm(request.POST or None, initial={"text": search.synonym_lines(portal_of(request).pk)})
    forms.mark_language(form, portal_of(request).language)
    if form.is_valid():
        try:
            edit_synonyms(actor_of(request), portal=portal_of(request), text=form.cleaned_data["text"])
        except NoSynonyms as error:
            form.add_error("text", _why_not(error))
        else:
            return saved(request, "desk:synonyms")
    return form_page(request, form, _("Từ cùng nghĩa khi tìm"))


def _why_not(error: NoSynonyms) -> str:
    if error.reason == "alone":
        return _("Dòng %(line)s cần ít nhất hai từ khác nhau, ngăn bằng dấu bằng.") % {"line": error.line}
    return _("Dòng %(line)s quá dài: mỗi từ nhiều nhất 12 tiếng, cả bảng nhiều nhất 2.000 dòng.") % {"line": error.line}
