"""Mutation runs: would the tests notice if a rule of the law were written wrongly?

`python -m tests.mutation trace` notes which test passes which line of the targets;
`python -m tests.mutation run` breaks the targets in every way that cosmic-ray's default operators
know, one at a time, and lets the tests that pass the broken line judge;
`python -m tests.mutation report` says what was killed, and lists what survived.
All three write below `var/mutation`; a run goes on where the last one stopped.
"""
