"""The time zone of a place, for customers of whom no zone is stored.

Zones by country are those of the IANA time zone database (zone.tab, public domain).
"""

from __future__ import annotations

from dataclasses import dataclass

_COUNTRIES = """
AD=Europe/Andorra AE=Asia/Dubai AF=Asia/Kabul AG=America/Antigua AI=America/Anguilla
AL=Europe/Tirane AM=Asia/Yerevan AO=Africa/Luanda AR=America/Argentina/Buenos_Aires
AS=Pacific/Pago_Pago AT=Europe/Vienna AU=Australia/Sydney AW=America/Aruba AX=Europe/Mariehamn
AZ=Asia/Baku BA=Europe/Sarajevo BB=America/Barbados BD=Asia/Dhaka BE=Europe/Brussels
BF=Africa/Ouagadougou BG=Europe/Sofia BH=Asia/Bahrain BI=Africa/Bujumbura BJ=Africa/Porto-Novo
BL=America/St_Barthelemy BM=Atlantic/Bermuda BN=Asia/Brunei BO=America/La_Paz
BQ=America/Kralendijk BR=America/Sao_Paulo BS=America/Nassau BT=Asia/Thimphu BW=Africa/Gaborone
BY=Europe/Minsk BZ=America/Belize CA=America/St_Johns CC=Indian/Cocos CD=Africa/Lubumbashi
CF=Africa/Bangui CG=Africa/Brazzaville CH=Europe/Zurich CI=Africa/Abidjan CK=Pacific/Rarotonga
CL=America/Santiago CM=Africa/Douala CN=Asia/Shanghai CO=America/Bogota CR=America/Costa_Rica
CU=America/Havana CV=Atlantic/Cape_Verde CW=America/Curacao CX=Indian/Christmas CY=Asia/Nicosia
CZ=Europe/Prague DE=Europe/Berlin DJ=Africa/Djibouti DK=Europe/Copenhagen DM=America/Dominica
DO=America/Santo_Domingo DZ=Africa/Algiers EC=America/Guayaquil EE=Europe/Tallinn
EG=Africa/Cairo EH=Africa/El_Aaiun ER=Africa/Asmara ES=Europe/Madrid ET=Africa/Addis_Ababa
FI=Europe/Helsinki FJ=Pacific/Fiji FK=Atlantic/Stanley FM=Pacific/Pohnpei FO=Atlantic/Faroe
FR=Europe/Paris GA=Africa/Libreville GB=Europe/London GD=America/Grenada GE=Asia/Tbilisi
GF=America/Cayenne GG=Europe/Guernsey GH=Africa/Accra GI=Europe/Gibraltar GL=America/Nuuk
GM=Africa/Banjul GN=Africa/Conakry GP=America/Guadeloupe GQ=Africa/Malabo GR=Europe/Athens
GS=Atlantic/South_Georgia GT=America/Guatemala GU=Pacific/Guam GW=Africa/Bissau
GY=America/Guyana HK=Asia/Hong_Kong HN=America/Tegucigalpa HR=Europe/Zagreb
HT=America/Port-au-Prince HU=Europe/Budapest ID=Asia/Jayapura IE=Europe/Dublin IL=Asia/Jerusalem
IM=Europe/Isle_of_Man IN=Asia/Kolkata IO=Indian/Chagos IQ=Asia/Baghdad IR=Asia/Tehran
IS=Atlantic/Reykjavik IT=Europe/Rome JE=Europe/Jersey JM=America/Jamaica JO=Asia/Amman
JP=Asia/Tokyo KE=Africa/Nairobi KG=Asia/Bishkek KH=Asia/Phnom_Penh KI=Pacific/Tarawa
KM=Indian/Comoro KN=America/St_Kitts KP=Asia/Pyongyang KR=Asia/Seoul KW=Asia/Kuwait
KY=America/Cayman KZ=Asia/Almaty LA=Asia/Vientiane LB=Asia/Beirut LC=America/St_Lucia
LI=Europe/Vaduz LK=Asia/Colombo LR=Africa/Monrovia LS=Africa/Maseru LT=Europe/Vilnius
LU=Europe/Luxembourg LV=Europe/Riga LY=Africa/Tripoli MA=Africa/Casablanca MC=Europe/Monaco
MD=Europe/Chisinau ME=Europe/Podgorica MF=America/Marigot MG=Indian/Antananarivo
MH=Pacific/Majuro MK=Europe/Skopje ML=Africa/Bamako MM=Asia/Yangon MN=Asia/Ulaanbaatar
MO=Asia/Macau MP=Pacific/Saipan MQ=America/Martinique MR=Africa/Nouakchott MS=America/Montserrat
MT=Europe/Malta MU=Indian/Mauritius MV=Indian/Maldives MW=Africa/Blantyre MX=America/Cancun
MY=Asia/Kuala_Lumpur MZ=Africa/Maputo NA=Africa/Windhoek NC=Pacific/Noumea NE=Africa/Niamey
NF=Pacific/Norfolk NG=Africa/Lagos NI=America/Managua NL=Europe/Amsterdam NO=Europe/Oslo
NP=Asia/Kathmandu NR=Pacific/Nauru NU=Pacific/Niue NZ=Pacific/Auckland OM=Asia/Muscat
PA=America/Panama PE=America/Lima PF=Pacific/Tahiti PG=Pacific/Port_Moresby PH=Asia/Manila
PK=Asia/Karachi PL=Europe/Warsaw PM=America/Miquelon PN=Pacific/Pitcairn PR=America/Puerto_Rico
PS=Asia/Hebron PT=Europe/Lisbon PW=Pacific/Palau PY=America/Asuncion QA=Asia/Qatar
RE=Indian/Reunion RO=Europe/Bucharest RS=Europe/Belgrade RU=Asia/Kamchatka RW=Africa/Kigali
SA=Asia/Riyadh SB=Pacific/Guadalcanal SC=Indian/Mahe SD=Africa/Khartoum SE=Europe/Stockholm
SG=Asia/Singapore SH=Atlantic/St_Helena SI=Europe/Ljubljana SJ=Arctic/Longyearbyen
SK=Europe/Bratislava SL=Africa/Freetown SM=Europe/San_Marino SN=Africa/Dakar SO=Africa/Mogadishu
SR=America/Paramaribo SS=Africa/Juba ST=Africa/Sao_Tome SV=America/El_Salvador
SX=America/Lower_Princes SY=Asia/Damascus SZ=Africa/Mbabane TC=America/Grand_Turk
TD=Africa/Ndjamena TF=Indian/Kerguelen TG=Africa/Lome TH=Asia/Bangkok TJ=Asia/Dushanbe
TK=Pacific/Fakaofo TL=Asia/Dili TM=Asia/Ashgabat TN=Africa/Tunis TO=Pacific/Tongatapu
TR=Europe/Istanbul TT=America/Port_of_Spain TV=Pacific/Funafuti TW=Asia/Taipei
TZ=Africa/Dar_es_Salaam UA=Europe/Kyiv UG=Africa/Kampala US=America/New_York
UY=America/Montevideo UZ=Asia/Tashkent VA=Europe/Vatican VC=America/St_Vincent
VE=America/Caracas VG=America/Tortola VI=America/St_Thomas VN=Asia/Ho_Chi_Minh VU=Pacific/Efate
WF=Pacific/Wallis WS=Pacific/Apia XK=Europe/Belgrade YE=Asia/Aden YT=Indian/Mayotte
ZA=Africa/Johannesburg ZM=Africa/Lusaka ZW=Africa/Harare
"""
_REGIONS = """
US-AL=America/Chicago US-AK=America/Anchorage US-AZ=America/Phoenix US-AR=America/Chicago
US-CA=America/Los_Angeles US-CO=America/Denver US-CT=America/New_York US-DE=America/New_York
US-DC=America/New_York US-FL=America/New_York US-GA=America/New_York US-HI=Pacific/Honolulu
US-ID=America/Boise US-IL=America/Chicago US-IN=America/New_York US-IA=America/Chicago
US-KS=America/Chicago US-KY=America/New_York US-LA=America/Chicago US-ME=America/New_York
US-MD=America/New_York US-MA=America/New_York US-MI=America/Detroit US-MN=America/Chicago
US-MS=America/Chicago US-MO=America/Chicago US-MT=America/Denver US-NE=America/Chicago
US-NV=America/Los_Angeles US-NH=America/New_York US-NJ=America/New_York US-NM=America/Denver
US-NY=America/New_York US-NC=America/New_York US-ND=America/Chicago US-OH=America/New_York
US-OK=America/Chicago US-OR=America/Los_Angeles US-PA=America/New_York US-RI=America/New_York
US-SC=America/New_York US-SD=America/Chicago US-TN=America/New_York US-TX=America/Chicago
US-UT=America/Denver US-VT=America/New_York US-VA=America/New_York US-WA=America/Los_Angeles
US-WV=America/New_York US-WI=America/Chicago US-WY=America/Denver US-PR=America/Puerto_Rico
US-GU=Pacific/Guam US-VI=America/St_Thomas
CA-NL=America/St_Johns CA-NS=America/Halifax CA-NB=America/Moncton CA-PE=America/Halifax
CA-QC=America/Toronto CA-ON=America/Toronto CA-MB=America/Winnipeg CA-SK=America/Regina
CA-AB=America/Edmonton CA-BC=America/Vancouver CA-YT=America/Whitehorse CA-NT=America/Edmonton
CA-NU=America/Iqaluit
AU-NSW=Australia/Sydney AU-ACT=Australia/Sydney AU-VIC=Australia/Melbourne AU-TAS=Australia/Hobart
AU-QLD=Australia/Brisbane AU-SA=Australia/Adelaide AU-NT=Australia/Darwin AU-WA=Australia/Perth
BR-AC=America/Rio_Branco BR-AM=America/Manaus BR-MT=America/Cuiaba BR-MS=America/Campo_Grande
BR-RO=America/Porto_Velho BR-RR=America/Boa_Vista BR-SP=America/Sao_Paulo BR-RJ=America/Sao_Paulo
BR-MG=America/Sao_Paulo BR-PR=America/Sao_Paulo BR-SC=America/Sao_Paulo BR-RS=America/Sao_Paulo
"""
_ZONES = dict(pair.split("=") for pair in (_COUNTRIES + _REGIONS).split())
PLACES = frozenset(_ZONES)
# By how many minutes the westernmost clocks of a place are behind the zone above.
_WEST = {
    "AU": 180, "BR": 120, "CA": 270, "CD": 60, "CL": 120, "EC": 60, "ES": 60, "FM": 60, "ID": 120,
    "MN": 60, "MX": 180, "PT": 60, "RU": 600, "US": 360,
    "US-AK": 60, "US-FL": 60, "US-ID": 60, "US-IN": 60, "US-KS": 60, "US-KY": 60, "US-MI": 60,
    "US-ND": 60, "US-NE": 60, "US-SD": 60, "US-TN": 60, "US-TX": 60, "BR-AM": 60, "CA-NL": 30,
    "CA-NU": 120, "CA-ON": 60,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlaceZone:
    """The easternmost zone of a place, and by how many minutes its other clocks may be behind."""

    name: str
    west: int = 0


def zone_of_place(country: str, region: str) -> PlaceZone | None:
    """The zone of a region, else of its country; None when nothing is known of either."""
    for place in (f"{country}-{region}".upper(), country.upper()):
        if place in _ZONES:
            return PlaceZone(_ZONES[place], _WEST.get(place, 0))
    return None
