"""Addresses of the operator's pages, under /operator/."""

from django.urls import path

from loa.desk.views import audit, months, organizations, outgoing, people, portal, portals, sections, synonyms

app_name = "desk"
urlpatterns = [
    path("", portal.index, name="index"),
    path("sections", sections.sections, name="sections"),
    path("sections/<slug:slug>/move", sections.move_a_section, name="move_section"),
    path("pages/<slug:slug>/<slug:language>", portal.page, name="page"),
    path("about/<slug:language>", portal.about, name="about"),
    path("accounts", people.accounts, name="accounts"),
    path("staff", portal.staff, name="staff"),
    path("months", months.months, name="months"),
    path("months.csv", months.as_csv, name="months_csv"),
    path("audit", audit.audit, name="audit"),
    path("audit.csv", audit.as_csv, name="audit_csv"),
    path("audit/verify", audit.verify_chain, name="verify_audit"),
    path("portals", portals.portals, name="portals"),
    path("brand", portals.brand, name="brand"),
    path("law", portals.law, name="law"),
    path("hosts", portals.hosts, name="hosts"),
    path("hosts/remove", portals.take_host, name="remove_host"),
    path("address", portal.address, name="address"),
    path("mail", outgoing.outgoing, name="outgoing"),
    path("mail/address/<slug:way>", outgoing.change_address, name="change_address_of_mail"),
    path("mail/lane/<slug:lane>/<slug:way>", outgoing.switch_lane, name="switch_lane"),
    path("mail/mailing/<slug:public_id>/<slug:way>", outgoing.change_mailing, name="change_mailing"),
    path("mail/message/<slug:public_id>/<slug:way>", outgoing.change_message, name="change_message"),
    path("pin", portal.pinned, name="pin"),
    path("synonyms", synonyms.synonyms, name="synonyms"),
    path("organizations", organizations.organizations, name="organizations"),
    path("organizations/<slug:slug>", organizations.organization, name="organization"),
    path("organizations/<slug:slug>/merge", organizations.merge_organization, name="merge"),
    path("protected", organizations.protected, name="protected"),
    path("organizations/<slug:slug>/suspend", organizations.suspend_organization, name="suspend"),
    path("organizations/<slug:slug>/reinstate", organizations.reinstate_organization, name="reinstate"),
]
