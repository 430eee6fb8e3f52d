"""Doors of the headings."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from loa.accounts.views import actor_of, for_staff
from loa.desk import forms
from loa.desk.actions.edit_section import edit_section
from loa.desk.actions.move_section import move_section
from loa.desk.views.answers import saved
from loa.portals.middleware import portal_of
from loa.topics.models import Section


@for_staff
def sections(request: HttpRequest) -> HttpResponse:
    """The headings in their order, and a form that adds one or changes the one in `?slug=`."""
    rows = Section.objects.filter(portal=portal_of(request))
    changed = rows.filter(slug=request.GET.get("slug", "")).first()
    initial = {name: getattr(changed, name) for name in forms.SectionForm.base_fields} if changed else {}
    form = forms.SectionForm(request.POST or None, initial=initial or {"position": rows.count()})
    if form.is_valid():
        data = form.cleaned_data
        names = (data["name_vi"], data["name_en"])
        edit_section(
            actor_of(request), portal=portal_of(request), slug=data["slug"], names=names, position=data["position"]
        )
        return saved(request, "desk:sections")
    shown = {"sections": rows, "changed": changed, "form": form}
    return render(request, "desk/sections.html", shown, status=400 if form.is_bound else 200)


@for_staff
@require_POST
def move_a_section(request: HttpRequest, slug: str) -> HttpResponse:
    """One heading, one place up or down."""
    move_section(actor_of(request), portal=portal_of(request), slug=slug, is_up=request.POST.get("way") == "up")
    return redirect("desk:sections")
