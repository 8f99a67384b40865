"""The public site (公示网站): published decisions, without signing in.

It reads through `workflows.queries.publications` alone, so that nothing but masked words can come
out; `tests/webapp/public/test_reach.py` holds the imports and the routes to that.
"""
