"""How a picture stands in a page."""

from typing import Any

from django.template import Context, Template

ID = "a" * 26
SHOWN = {"url": f"/media/{ID}.jpg", "width": 1200, "height": 800, "alt": 'Lúa "chín"', "focal": [20, 74]}


def draw(tag: str, **context: Any) -> str:
    """Return what a page says."""
    return Template("{% load loa_media %}" + tag).render(Context(context))


def test_the_lightest_stands_first_and_its_size_is_known() -> None:
    html = draw('{% picture shown sizes="50vw" %}', shown=SHOWN)
    assert html.index("image/avif") < html.index("image/webp") < html.index("<img")
    assert f"/media/{ID}-320.avif 320w, /media/{ID}-640.avif 640w" in html
    assert f"{ID}-1200.webp 1200w" in html
    assert "1440" not in html
    assert 'width="1200" height="800" alt="Lúa &quot;chín&quot;" class="focal-x2 focal-y7" loading="lazy"' in html
    assert "style" not in html


def test_a_card_asks_for_no_more_than_it_shows() -> None:
    html = draw('{% picture shown alt="" widest=640 is_first=True %}', shown=SHOWN)
    assert "960" not in html
    assert 'alt="" class' in html
    assert 'fetchpriority="high"' in html


def test_a_logo_is_an_address_and_a_side() -> None:
    html = draw("{% picture shown side=72 sizes='72px' alt='' %}", shown=f"/media/{ID}.webp")
    assert f'srcset="/media/{ID}-320.avif 320w" sizes="72px"' in html
    assert 'width="72" height="72"' in html


def test_one_from_before_has_its_address_alone() -> None:
    html = draw("{% picture shown %}", shown={"url": "/media/old.webp", "alt": "Lúa"})
    assert "<source" not in html
    assert 'src="/media/old.webp" width="1600" height="900" alt="Lúa"' in html


def test_pictures_in_the_text_come_in_a_width_that_fits() -> None:
    text = f'<figure><img src="/media/{ID}.jpg" alt="Lúa"></figure><img src="/media/x.webp" alt="">'
    html = draw("{% prose text pictures %}", text=text, pictures=[SHOWN])
    assert f'src="/media/{ID}-960.jpg" srcset="/media/{ID}-640.webp 640w' in html
    assert 'loading="lazy" width="1200" height="800" alt="Lúa"' in html
    assert '<img src="/media/x.webp" alt="">' in html


def test_a_picture_in_the_text_says_whose_it_is_and_that_a_model_drew_it() -> None:
    text = (
        f'<figure><img src="/media/{ID}.jpg" alt="Lúa"><figcaption>Lúa chín</figcaption></figure>'
        f'<p><img src="/media/{ID}.jpg" alt=""> chữ</p><figure><blockquote><p>Lời</p></blockquote></figure>'
    )
    html = draw("{% prose text pictures %}", text=text, pictures=[{**SHOWN, "is_ai": True, "credit": "An & Bình"}])
    assert "<figcaption><b>Ảnh tạo bằng AI</b> · Lúa chín · Nguồn ảnh: An &amp; Bình</figcaption>" in html
    assert 'alt=""> <b>Ảnh tạo bằng AI</b> <small>Nguồn ảnh: An &amp; Bình</small> chữ' in html
    plain = draw("{% prose text pictures %}", text=text, pictures=[SHOWN])
    assert "<figcaption>Lúa chín</figcaption>" in plain
    assert "AI" not in plain


def test_a_credit_that_stands_in_the_caption_is_not_said_twice() -> None:
    text = f'<figure><img src="/media/{ID}.jpg" alt="Lúa"><figcaption>Lúa. Ảnh: Lê Minh</figcaption></figure>'
    assert draw("{% prose text pictures %}", text=text, pictures=[{**SHOWN, "credit": "Lê Minh"}]).count("Lê Minh") == 1
