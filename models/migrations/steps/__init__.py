"""What one revision changes, noun by noun: each module has `up()` and `down()`.

A revision that touches many nouns would be one file that nobody reads; here each noun says its own.
"""
