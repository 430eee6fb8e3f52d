"""Where releases were published elsewhere: members write addresses down, the worker reads what stands there.

A person looks at title and outlet before anything counts; the address is opened again every night.
"""
