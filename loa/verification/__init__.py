"""Whether a sender is who it says it is.

What speaks for an organization: a record or a file on its domain, a mailbox there, a look into the register. What is proven is looked at again every day, and readers see the evidence with its dates.
"""
