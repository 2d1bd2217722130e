"""Measurements that decisions in docs/adr rest on."""
