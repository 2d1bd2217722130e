"""Receipts can be said over the phone; nobody can guess one, nor its secret."""

from __future__ import annotations

from api.callbacks.receipts import RECEIPT, hashed, new_receipt, receipt_of, secret_of


def test_receipts_can_be_read_aloud() -> None:
    made = {new_receipt(m) for m in ("umea", "ludvika", "ostersund") for _ in range(300)}
    assert len(made) == 900
    assert all(RECEIPT.fullmatch(r) for r in made)
    assert {r[:2] for r in made} == {"UM", "LU", "OS"}
    assert not set("".join(r[2:] for r in made)) & set("0158BILOSUZ")


def test_the_same_key_gives_the_same_secret_and_no_other_does() -> None:
    one = secret_of("UM-7K3F-92QX", "a-key")
    assert one == secret_of("UM-7K3F-92QX", "a-key")
    assert len({one, secret_of("UM-7K3F-92QX", "b-key"), secret_of("UM-7K3F-92QA", "a-key")}) == 3
    assert len(one) == 43
    assert hashed("\ud800") != hashed("")


def test_a_receipt_of_a_key() -> None:
    assert receipt_of("umea", "a") == receipt_of("umea", "a") != receipt_of("umea", "b")
    assert RECEIPT.fullmatch(receipt_of("umea", "a"))
