"""Word lists for an invented world: people, firms, places, wares."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Country:
    """Where debtors live: how they write, pay and are addressed. `weight` is its share."""

    code: str
    currency: str
    language: str
    subsidiary_id: int
    weight: int
    places: tuple[tuple[str, str], ...]
    first: tuple[str, ...]
    last: tuple[str, ...]
    forms: tuple[str, ...]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_EN_FIRST = _words(
    """
    Alice Amir Beth Carlos Chloe Daniel Dana Elena Ethan Fiona Grace Hannah Ian Imani Jack
    Jasmine Joel Kara Liam Maya Marcus Nadia Noah Olivia Owen Paige Quinn Rachel Ravi Rosa
    Samuel Sofia Theo Tara Uma Victor Wendy Xavier Yara Zoe
    """
)
_EN_LAST = _words(
    """
    Abbott Bennett Calloway Chen Desai Ellison Farrow Goldberg Hartley Ibarra Jennings
    Kaplan Lindqvist Marlowe Nakamura Okafor Osborne Patel Pruitt Quigley Ramirez Sandoval
    Sutherland Thornton Underhill Vance Whitlock Yates Zeller Oyelaran Brandt Castellano
    Dwyer
    """
)
_DE_FIRST = _words(
    """
    Sabine Jürgen Anke Matthias Katrin Uwe Birgit Stefan Heike Lukas Jana Florian Ute Tobias
    Silke Günther Lena Björn Franziska Jörg
    """
)
_DE_LAST = _words(
    """
    Köhler Brandt Schäfer Vogel Weiß Lindner Hofmann Krüger Böhm Winkler Albrecht Jäger
    Möller Seidel Arnold Pohl Engelhardt Grünwald Ziegler Busch
    """
)
_FR_FIRST = _words(
    """
    Élodie Julien Camille Antoine Margaux Thierry Hélène Benoît Sylvie Mathieu Chloé Étienne
    Aurélie François Manon Gaël
    """
)
_FR_LAST = _words(
    """
    Lefèvre Moreau Garnier Chevalier Roussel Fontaine Mercier Dupuis Bertrand Caron Leclerc
    Rivière Marchand Renaud Delorme Perrin
    """
)
_ES_FIRST = _words(
    """
    Lucía Javier Marta Álvaro Carmen Íñigo Pilar Sergio Rocío Andrés Inés Rubén Noelia Ramón
    Beatriz Hugo
    """
)
_ES_LAST = _words(
    """
    Ortega Núñez Castaño Herrera Domínguez Vidal Márquez Peña Cabrera Lozano Ibáñez Serrano
    Robles Fuentes Gallardo Muñoz
    """
)
_JP_FIRST = _words(
    """
    Haruto Yui Sota Aoi Ren Hina Kaito Sakura Riku Mei Yuma Akari
    """
)
_JP_LAST = _words(
    """
    Tanaka Sato Kobayashi Yoshida Matsumoto Inoue Kimura Hayashi Shimizu Mori Okada Ishii
    """
)
_US = (
    ("CA", "America/Los_Angeles"),
    ("NY", "America/New_York"),
    ("TX", "America/Chicago"),
    ("CO", "America/Denver"),
    ("IL", "America/Chicago"),
    ("AZ", "America/Phoenix"),
    ("GA", "America/New_York"),
    ("WA", "America/Los_Angeles"),
)
COUNTRIES = (
    Country("US", "USD", "en", 1, 42, _US, _EN_FIRST, _EN_LAST, ("Inc.", "LLC", "Corp.", "& Co.")),
    Country(
        "GB",
        "GBP",
        "en",
        2,
        7,
        (("ENG", "Europe/London"), ("SCT", "Europe/London")),
        _EN_FIRST,
        _EN_LAST,
        ("Ltd", "plc"),
    ),
    Country(
        "DE",
        "EUR",
        "de",
        2,
        16,
        (("BY", "Europe/Berlin"), ("NW", "Europe/Berlin"), ("HH", "Europe/Berlin")),
        _DE_FIRST,
        _DE_LAST,
        ("GmbH", "AG", "GmbH & Co. KG"),
    ),
    Country(
        "FR",
        "EUR",
        "fr",
        2,
        11,
        (("IDF", "Europe/Paris"), ("ARA", "Europe/Paris")),
        _FR_FIRST,
        _FR_LAST,
        ("SARL", "SAS", "SA"),
    ),
    Country(
        "ES",
        "EUR",
        "es",
        2,
        9,
        (("MD", "Europe/Madrid"), ("CT", "Europe/Madrid"), ("CN", "Atlantic/Canary")),
        _ES_FIRST,
        _ES_LAST,
        ("S.L.", "S.A."),
    ),
    Country(
        "JP",
        "JPY",
        "en",
        1,
        10,
        (("13", "Asia/Tokyo"), ("27", "Asia/Tokyo")),
        _JP_FIRST,
        _JP_LAST,
        ("K.K.", "G.K."),
    ),
    Country(
        "MX",
        "USD",
        "es",
        1,
        5,
        (("CMX", "America/Mexico_City"), ("BCN", "America/Tijuana")),
        _ES_FIRST,
        _ES_LAST,
        ("S.A. de C.V.",),
    ),
)
FIRM_FIRST = _words(
    """
    Alder Amber Anchor Arbor Aster Auenland Basalt Beacon Birch Bramble Brightwater Calder
    Canyon Cedar Cinder Clover Cobalt Copper Coral Corvel Delta Drift Dune Ember Falcon
    Fennel Fjord Flint Forge Garnet Glacier Granite Harbor Hazel Heron Indigo Iron Ivory
    Juniper Kestrel Lantern Larch Linden Lumen Maple Marble Meridian Mistral Nimbus
    Northgate Oakline Onyx Orchard Osprey Pebble Pine Quarry Quartz Ridge Rowan Saffron
    Sierra Slate Solstice Sparrow Summit Tessera Thistle Timber Umber Vale Vesper Willow
    Zephyr
    """
)
FIRM_SECOND = {
    "en": _words(
        """
    Freight Health Foods Robotics Textiles Analytics Brewing Dental Logistics Optics
    Packaging Printing Solar Studios Systems Tools Clinics Marine Labs Publishing
    """
    ),
    "de": _words(
        """
    Maschinenbau Logistik Feinkost Medizintechnik Werkzeuge Bio Verlag
    """
    ),
    "fr": _words(
        """
    Logistique Santé Distribution Emballages Conseil Optique Textiles
    """
    ),
    "es": _words(
        """
    Transportes Alimentos Construcciones Óptica Textil Energía Envases
    """
    ),
}
WARES = (
    "Calibration service",
    "Flow sensors",
    "Control units",
    "Annual support",
    "Spare parts",
    "Field installation",
    "Software subscription",
    "Training days",
    "Test bench rental",
    "Firmware maintenance",
)
PRICE_POINTS = (4900, 9900, 19900, 49900, 99000, 125000, 199000, 240000, 499500, 1240000, 2500000)
PRICE_POINTS_ZERO_DECIMALS = (9800, 19800, 55000, 110000, 298000, 540000, 1280000)
