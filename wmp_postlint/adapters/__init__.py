"""Between other tools and the linter: a tool's payload to posts, reports to the tool's own reply.

One tool, one file; every function is pure and imports no library of the tool's or of a server. Files of posts come from
a ``Fetch`` that the caller hands over: what it does not have is an error in the report, never a pass.
"""
