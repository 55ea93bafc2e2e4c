"""Small applications that stand between a tool and the net, or that a tool calls: an adapter each, made to run.

Each is made by a function that returns a Starlette application, for ``uvicorn`` or to be mounted in another one. The
host's program says whose accounts are meant, where files come from, and which approvals there are (``prepare``).
"""
