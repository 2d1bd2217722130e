"""Pages of municipalities that do not exist, with numbers that are nobody's."""

from __future__ import annotations

LEDSAGNING = """<!doctype html>
<html lang="sv-SE"><head><meta charset="utf-8"><title>Ledsagning - Nyby kommun</title>
<meta property="article:modified_time" content="2024-05-03T10:00:00">
<script>document.write("skrivet av skript")</script></head>
<body class="has-cookie-notice">
<div class="cookie-banner"><p>Vi använder kakor.</p><button>Godkänn</button></div>
<header><a href="#main">Hoppa till innehåll</a><nav><a>Omsorg</a></nav></header>
<main id="main">
<h1>Ledsagning</h1>
<p>Ledsagning inneb&auml;r att du f&#229;r hj&auml;lp att g&ouml;ra saker p&aring; fri&shy;tiden
utanf&ouml;r hemmet.</p>
<h2>Vem kan få ledsagning?</h2>
<p>Ledsagning är en biståndsprövad insats för vuxna. Kommunen prövar din ansökan enligt
socialtjänstlagen.</p>
<h2>Vad kostar ledsagning?</h2>
<p>Ledsagning kostar 120&nbsp;kronor i timmen.</p>
<div aria-hidden="true" style="display:none"><p>Dold text.</p></div>
<h2>Hur ansöker jag om ledsagning?</h2>
<button aria-controls="panel">Visa</button>
<div id="panel" hidden><p>Du ansöker om ledsagning hos biståndsenheten.</p></div>
<h2>Biståndsenheten</h2>
<p>Kontakta biståndsenheten för frågor om ledsagning och hemtjänst.</p>
<p><span>Telefon:</span><span>0980 - 31 92 00</span><br>E-post: <a>bistand@nyby.example</a></p>
<h3>Telefontid</h3>
<p>Mån–tors kl. 8–12<br>Fre 9–11</p>
<h3>Besöksadress</h3><p>Storgatan 1</p>
<h3>Postadress</h3><p>Nyby kommun<br>Biståndsenheten<br>999 99 Nyby</p>
<form><label>Hjälpte informationen dig?</label><input name="x"></form>
</main>
<footer><p>Sidan uppdaterades 3 maj 2024</p><p>Växel: 0980-31 92 99</p><p>Om webbplatsen</p>
</footer>
</body></html>
"""

NO_MAIN = LEDSAGNING.replace('<main id="main">', "<div>").replace("</main>", "</div>")

GUIDANCE = """Ledsagning

Ledsagning är stöd för dig med funktionsnedsättning
som vill göra något på fritiden utanför hemmet.

Vem kan få ledsagning?

Du som är vuxen och har en funktionsnedsättning enligt LSS kan ansöka om ledsagning.
Handläggaren gör en bedömning av ditt behov av ledsagning och fattar beslut.

Så ansöker du

 • Du vänder dig till en LSS-handläggare som hjälper dig med ansökan enligt LSS.
 • Ansökan skickas sedan in. Ledsagaren följer med dig till platsen för aktiviteten.

Ansökningsblanketten skickas sedan till:
Omsorgen
Nyby kommun
999 99 Nyby

Mer om ledsagning

Ledsagning är kostnadsfri för dig.
Du kan få upp till 12 timmar ledsagning i månaden.

Vilka tider nås samordnaren?

Biståndssamordnaren nås måndag - fredag kl. 08.00-16.00 på telefon 0980-31 92 00. Jag har
inga fasta tider för besök.

Publicerad:
2024-05-03
"""
