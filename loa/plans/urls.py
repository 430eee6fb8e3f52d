"""Addresses of plans: an organization's own page, asking for an offer, and the operator's pages."""

from django.urls import path

from loa.plans.views import clients, mine, offer, operator

app_name = "plans"
urlpatterns = [
    path("pricing/offer", offer.offer, name="offer"),
    path("desk/plan", offer.choose, name="from_prices"),
    path("desk/o/<slug:slug>/plan", mine.mine, name="mine"),
    path("desk/o/<slug:slug>/plan/cancel", mine.cancel_one, name="cancel"),
    path("desk/o/<slug:slug>/plan/resume", mine.resume_one, name="resume"),
    path("desk/o/<slug:slug>/plan/next", mine.choose_one, name="choose"),
    path("operator/plans", operator.plans, name="operator"),
    path("operator/plans/new", operator.new_plan, name="new"),
    path("operator/plans/preview", operator.preview, name="preview"),
    path("operator/plans/offers", operator.offers, name="offers"),
    path("operator/plans/organizations", clients.clients, name="clients"),
    path("operator/plans/organizations/<slug:slug>", clients.client, name="client"),
    path("operator/plans/organizations/<slug:slug>/credits", clients.give_credits, name="give_credits"),
    path("operator/plans/organizations/<slug:slug>/term", clients.give_term, name="give_term"),
    path("operator/plans/organizations/<slug:slug>/agency", clients.set_agency_one, name="set_agency"),
    path("operator/plans/organizations/<slug:slug>/contract", clients.contract, name="contract"),
    path("operator/plans/edit/<slug:slug>", operator.plan, name="plan"),
]
