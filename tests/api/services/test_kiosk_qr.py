"""Pictures that a phone reads."""

from api.services.kiosk_qr import qr_svg


def test_a_picture_is_drawn_once_however_often_it_is_asked_for() -> None:
    first = qr_svg("tel:+4690161002")
    drawn = qr_svg.cache_info().misses
    assert qr_svg("tel:+4690161002") == first
    assert qr_svg.cache_info().misses == drawn
    assert qr_svg("tel:+4690161000") != first
