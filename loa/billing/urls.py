"""Addresses of orders, invoices, the operator's pages of money, and the bank's hook."""

from django.urls import path

from loa.billing.views import hooks, money, operator, orders, papers, statements

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
    path("operator/billing", operator.index, name="operator"),
    path("operator/billing/orders", operator.all_orders, name="all_orders"),
    path("operator/billing/orders/<slug:code>", money.one_order, name="one_order"),
    path("operator/billing/orders/<slug:code>/cancel", money.cancel, name="cancel_one"),
    path("operator/billing/transfers", operator.all_transfers, name="all_transfers"),
    path("operator/billing/transfers/<slug:public_id>", money.one_transfer, name="one_transfer"),
    path("operator/billing/transfers/<slug:public_id>/match", money.match, name="match"),
    path("operator/billing/transfers/<slug:public_id>/back", money.back, name="back"),
    path("operator/billing/statement", statements.choose, name="statement"),
    path("operator/billing/statement/take", statements.take_in, name="take_statement"),
    path("operator/billing/invoices", operator.all_papers, name="all_papers"),
    path("operator/billing/invoices-<int:year>.csv", operator.year, name="year"),
    path("operator/billing/invoices/<slug:public_id>.<slug:form>", papers.any_one, name="any_invoice"),
    path("operator/billing/seller", operator.seller, name="seller"),
]
