"""Approvals bound to what was approved: the digest of a post, signed tokens, and which of them count.

``content`` says what an approval is bound to, ``keys`` makes and reads the keys of signers, ``token`` writes and opens
the signed form (JWS, RFC 7515, with Ed25519, RFC 8037 and 9864), and ``judge`` tells which approvals of a post count.
"""
