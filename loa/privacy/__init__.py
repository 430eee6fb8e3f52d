"""Requests of people about their own data: a public form, a register with the law's two clocks, and the answers.

Law 91/2025/QH15 and Decree 356/2025: an answer within two working days, what was asked carried out within fifteen days.
"""
