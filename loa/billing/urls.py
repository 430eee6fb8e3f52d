"""Addresses of orders, invoices, the operator's pages of money, and the bank's hook."""

from django.urls import path

from loa.billing.views import hooks, orders, papers

app_name = "billing"
urlpatterns = [
    path("hooks/bank/<slug:provider>", hooks.bank, name="bank"),
    path("desk/o/<slug:slug>/orders/new", orders.new, name="new"),
    path("desk/o/<slug:slug>/orders/<slug:code>", orders.one, name="order"),
    path("desk/o/<slug:slug>/orders/<slug:code>/state", orders.state, name="state"),
    path("desk/o/<slug:slug>/orders/<slug:code>/vietqr.<slug:form>", orders.square, name="square"),
    path("desk/o/<slug:slug>/orders/<slug:code>/cancel", orders.cancel, name="cancel"),
    path("desk/o/<slug:slug>/invoices", papers.mine, name="invoices"),
    path("desk/o/<slug:slug>/invoices/<slug:public_id>.<slug:form>", papers.one_of_mine, name="invoice"),
    path("operator/billing/invoices/<slug:public_id>.<slug:form>", papers.any_one, name="any_invoice"),
]
