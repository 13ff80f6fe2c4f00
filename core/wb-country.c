/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ISO 3166-1: alpha-2 codes, the English names in common use, alpha-3 codes and nicknames as aliases.
 */
#include "config.h"

#include "core/wb-country.h"
#include "core/wb-field-private.h"

#include <string.h>

static const WbFieldChoice countries[] = {
  { "AD", "Andorra", "and" },
  { "AE", "United Arab Emirates", "are uae" },
  { "AF", "Afghanistan", "afg" },
  { "AG", "Antigua and Barbuda", "atg" },
  { "AI", "Anguilla", "aia" },
  { "AL", "Albania", "alb" },
  { "AM", "Armenia", "arm" },
  { "AO", "Angola", "ago" },
  { "AQ", "Antarctica", "ata" },
  { "AR", "Argentina", "arg" },
  { "AS", "American Samoa", "asm" },
  { "AT", "Austria", "aut" },
  { "AU", "Australia", "aus" },
  { "AW", "Aruba", "abw" },
  { "AX", "Åland Islands", "ala" },
  { "AZ", "Azerbaijan", "aze" },
  { "BA", "Bosnia and Herzegovina", "bih" },
  { "BB", "Barbados", "brb" },
  { "BD", "Bangladesh", "bgd" },
  { "BE", "Belgium", "bel" },
  { "BF", "Burkina Faso", "bfa" },
  { "BG", "Bulgaria", "bgr" },
  { "BH", "Bahrain", "bhr" },
  { "BI", "Burundi", "bdi" },
  { "BJ", "Benin", "ben" },
  { "BL", "Saint Barthélemy", "blm" },
  { "BM", "Bermuda", "bmu" },
  { "BN", "Brunei", "brn" },
  { "BO", "Bolivia", "bol" },
  { "BQ", "Caribbean Netherlands", "bes" },
  { "BR", "Brazil", "bra" },
  { "BS", "Bahamas", "bhs" },
  { "BT", "Bhutan", "btn" },
  { "BV", "Bouvet Island", "bvt" },
  { "BW", "Botswana", "bwa" },
  { "BY", "Belarus", "blr" },
  { "BZ", "Belize", "blz" },
  { "CA", "Canada", "can" },
  { "CC", "Cocos (Keeling) Islands", "cck" },
  { "CD", "DR Congo", "cod" },
  { "CF", "Central African Republic", "caf" },
  { "CG", "Congo", "cog" },
  { "CH", "Switzerland", "che swiss" },
  { "CI", "Côte d’Ivoire", "civ ivory-coast" },
  { "CK", "Cook Islands", "cok" },
  { "CL", "Chile", "chl" },
  { "CM", "Cameroon", "cmr" },
  { "CN", "China", "chn" },
  { "CO", "Colombia", "col" },
  { "CR", "Costa Rica", "cri" },
  { "CU", "Cuba", "cub" },
  { "CV", "Cape Verde", "cpv" },
  { "CW", "Curaçao", "cuw" },
  { "CX", "Christmas Island", "cxr" },
  { "CY", "Cyprus", "cyp" },
  { "CZ", "Czechia", "cze czech-republic" },
  { "DE", "Germany", "deu" },
  { "DJ", "Djibouti", "dji" },
  { "DK", "Denmark", "dnk" },
  { "DM", "Dominica", "dma" },
  { "DO", "Dominican Republic", "dom" },
  { "DZ", "Algeria", "dza" },
  { "EC", "Ecuador", "ecu" },
  { "EE", "Estonia", "est" },
  { "EG", "Egypt", "egy" },
  { "EH", "Western Sahara", "esh" },
  { "ER", "Eritrea", "eri" },
  { "ES", "Spain", "esp" },
  { "ET", "Ethiopia", "eth" },
  { "FI", "Finland", "fin" },
  { "FJ", "Fiji", "fji" },
  { "FK", "Falkland Islands", "flk" },
  { "FM", "Micronesia", "fsm" },
  { "FO", "Faroe Islands", "fro" },
  { "FR", "France", "fra" },
  { "GA", "Gabon", "gab" },
  { "GB", "United Kingdom", "gbr uk britain great-britain england" },
  { "GD", "Grenada", "grd" },
  { "GE", "Georgia", "geo" },
  { "GF", "French Guiana", "guf" },
  { "GG", "Guernsey", "ggy" },
  { "GH", "Ghana", "gha" },
  { "GI", "Gibraltar", "gib" },
  { "GL", "Greenland", "grl" },
  { "GM", "Gambia", "gmb" },
  { "GN", "Guinea", "gin" },
  { "GP", "Guadeloupe", "glp" },
  { "GQ", "Equatorial Guinea", "gnq" },
  { "GR", "Greece", "grc" },
  { "GS", "South Georgia and the South Sandwich Islands", "sgs" },
  { "GT", "Guatemala", "gtm" },
  { "GU", "Guam", "gum" },
  { "GW", "Guinea-Bissau", "gnb" },
  { "GY", "Guyana", "guy" },
  { "HK", "Hong Kong", "hkg" },
  { "HM", "Heard Island and McDonald Islands", "hmd" },
  { "HN", "Honduras", "hnd" },
  { "HR", "Croatia", "hrv" },
  { "HT", "Haiti", "hti" },
  { "HU", "Hungary", "hun" },
  { "ID", "Indonesia", "idn" },
  { "IE", "Ireland", "irl eire" },
  { "IL", "Israel", "isr" },
  { "IM", "Isle of Man", "imn" },
  { "IN", "India", "ind" },
  { "IO", "British Indian Ocean Territory", "iot" },
  { "IQ", "Iraq", "irq" },
  { "IR", "Iran", "irn" },
  { "IS", "Iceland", "isl" },
  { "IT", "Italy", "ita" },
  { "JE", "Jersey", "jey" },
  { "JM", "Jamaica", "jam" },
  { "JO", "Jordan", "jor" },
  { "JP", "Japan", "jpn" },
  { "KE", "Kenya", "ken" },
  { "KG", "Kyrgyzstan", "kgz" },
  { "KH", "Cambodia", "khm" },
  { "KI", "Kiribati", "kir" },
  { "KM", "Comoros", "com" },
  { "KN", "Saint Kitts and Nevis", "kna" },
  { "KP", "North Korea", "prk" },
  { "KR", "South Korea", "kor" },
  { "KW", "Kuwait", "kwt" },
  { "KY", "Cayman Islands", "cym" },
  { "KZ", "Kazakhstan", "kaz" },
  { "LA", "Laos", "lao" },
  { "LB", "Lebanon", "lbn" },
  { "LC", "Saint Lucia", "lca" },
  { "LI", "Liechtenstein", "lie" },
  { "LK", "Sri Lanka", "lka" },
  { "LR", "Liberia", "lbr" },
  { "LS", "Lesotho", "lso" },
  { "LT", "Lithuania", "ltu" },
  { "LU", "Luxembourg", "lux" },
  { "LV", "Latvia", "lva" },
  { "LY", "Libya", "lby" },
  { "MA", "Morocco", "mar" },
  { "MC", "Monaco", "mco" },
  { "MD", "Moldova", "mda" },
  { "ME", "Montenegro", "mne" },
  { "MF", "Saint Martin", "maf" },
  { "MG", "Madagascar", "mdg" },
  { "MH", "Marshall Islands", "mhl" },
  { "MK", "North Macedonia", "mkd macedonia" },
  { "ML", "Mali", "mli" },
  { "MM", "Myanmar", "mmr burma" },
  { "MN", "Mongolia", "mng" },
  { "MO", "Macao", "mac" },
  { "MP", "Northern Mariana Islands", "mnp" },
  { "MQ", "Martinique", "mtq" },
  { "MR", "Mauritania", "mrt" },
  { "MS", "Montserrat", "msr" },
  { "MT", "Malta", "mlt" },
  { "MU", "Mauritius", "mus" },
  { "MV", "Maldives", "mdv" },
  { "MW", "Malawi", "mwi" },
  { "MX", "Mexico", "mex" },
  { "MY", "Malaysia", "mys" },
  { "MZ", "Mozambique", "moz" },
  { "NA", "Namibia", "nam" },
  { "NC", "New Caledonia", "ncl" },
  { "NE", "Niger", "ner" },
  { "NF", "Norfolk Island", "nfk" },
  { "NG", "Nigeria", "nga" },
  { "NI", "Nicaragua", "nic" },
  { "NL", "Netherlands", "nld holland" },
  { "NO", "Norway", "nor" },
  { "NP", "Nepal", "npl" },
  { "NR", "Nauru", "nru" },
  { "NU", "Niue", "niu" },
  { "NZ", "New Zealand", "nzl" },
  { "OM", "Oman", "omn" },
  { "PA", "Panama", "pan" },
  { "PE", "Peru", "per" },
  { "PF", "French Polynesia", "pyf" },
  { "PG", "Papua New Guinea", "png" },
  { "PH", "Philippines", "phl" },
  { "PK", "Pakistan", "pak" },
  { "PL", "Poland", "pol" },
  { "PM", "Saint Pierre and Miquelon", "spm" },
  { "PN", "Pitcairn", "pcn" },
  { "PR", "Puerto Rico", "pri" },
  { "PS", "Palestine", "pse" },
  { "PT", "Portugal", "prt" },
  { "PW", "Palau", "plw" },
  { "PY", "Paraguay", "pry" },
  { "QA", "Qatar", "qat" },
  { "RE", "Réunion", "reu" },
  { "RO", "Romania", "rou" },
  { "RS", "Serbia", "srb" },
  { "RU", "Russia", "rus" },
  { "RW", "Rwanda", "rwa" },
  { "SA", "Saudi Arabia", "sau" },
  { "SB", "Solomon Islands", "slb" },
  { "SC", "Seychelles", "syc" },
  { "SD", "Sudan", "sdn" },
  { "SE", "Sweden", "swe" },
  { "SG", "Singapore", "sgp" },
  { "SH", "Saint Helena", "shn" },
  { "SI", "Slovenia", "svn" },
  { "SJ", "Svalbard and Jan Mayen", "sjm" },
  { "SK", "Slovakia", "svk" },
  { "SL", "Sierra Leone", "sle" },
  { "SM", "San Marino", "smr" },
  { "SN", "Senegal", "sen" },
  { "SO", "Somalia", "som" },
  { "SR", "Suriname", "sur" },
  { "SS", "South Sudan", "ssd" },
  { "ST", "Sao Tome and Principe", "stp" },
  { "SV", "El Salvador", "slv" },
  { "SX", "Sint Maarten", "sxm" },
  { "SY", "Syria", "syr" },
  { "SZ", "Eswatini", "swz swaziland" },
  { "TC", "Turks and Caicos Islands", "tca" },
  { "TD", "Chad", "tcd" },
  { "TF", "French Southern Territories", "atf" },
  { "TG", "Togo", "tgo" },
  { "TH", "Thailand", "tha" },
  { "TJ", "Tajikistan", "tjk" },
  { "TK", "Tokelau", "tkl" },
  { "TL", "Timor-Leste", "tls" },
  { "TM", "Turkmenistan", "tkm" },
  { "TN", "Tunisia", "tun" },
  { "TO", "Tonga", "ton" },
  { "TR", "Turkey", "tur turkiye" },
  { "TT", "Trinidad and Tobago", "tto" },
  { "TV", "Tuvalu", "tuv" },
  { "TW", "Taiwan", "twn" },
  { "TZ", "Tanzania", "tza" },
  { "UA", "Ukraine", "ukr" },
  { "UG", "Uganda", "uga" },
  { "UM", "United States Minor Outlying Islands", "umi" },
  { "US", "United States", "usa usa america" },
  { "UY", "Uruguay", "ury" },
  { "UZ", "Uzbekistan", "uzb" },
  { "VA", "Vatican City", "vat" },
  { "VC", "Saint Vincent and the Grenadines", "vct" },
  { "VE", "Venezuela", "ven" },
  { "VG", "British Virgin Islands", "vgb" },
  { "VI", "US Virgin Islands", "vir" },
  { "VN", "Vietnam", "vnm" },
  { "VU", "Vanuatu", "vut" },
  { "WF", "Wallis and Futuna", "wlf" },
  { "WS", "Samoa", "wsm" },
  { "XK", "Kosovo", "xkx" },
  { "YE", "Yemen", "yem" },
  { "YT", "Mayotte", "myt" },
  { "ZA", "South Africa", "zaf" },
  { "ZM", "Zambia", "zmb" },
  { "ZW", "Zimbabwe", "zwe" },
  { NULL, NULL, NULL },
};

#define NUMBER_STEP 6

/* Each with its number, in ISO 3166-1 as well: five characters and a blank. */
static const char numbers[] =
  "AD020 AE784 AF004 AG028 AI660 AL008 AM051 AO024 AQ010 AR032 AS016 AT040 AU036 AW533 AX248 AZ031 BA070 BB052 "
  "BD050 BE056 BF854 BG100 BH048 BI108 BJ204 BL652 BM060 BN096 BO068 BQ535 BR076 BS044 BT064 BV074 BW072 BY112 "
  "BZ084 CA124 CC166 CD180 CF140 CG178 CH756 CI384 CK184 CL152 CM120 CN156 CO170 CR188 CU192 CV132 CW531 CX162 "
  "CY196 CZ203 DE276 DJ262 DK208 DM212 DO214 DZ012 EC218 EE233 EG818 EH732 ER232 ES724 ET231 FI246 FJ242 FK238 "
  "FM583 FO234 FR250 GA266 GB826 GD308 GE268 GF254 GG831 GH288 GI292 GL304 GM270 GN324 GP312 GQ226 GR300 GS239 "
  "GT320 GU316 GW624 GY328 HK344 HM334 HN340 HR191 HT332 HU348 ID360 IE372 IL376 IM833 IN356 IO086 IQ368 IR364 "
  "IS352 IT380 JE832 JM388 JO400 JP392 KE404 KG417 KH116 KI296 KM174 KN659 KP408 KR410 KW414 KY136 KZ398 LA418 "
  "LB422 LC662 LI438 LK144 LR430 LS426 LT440 LU442 LV428 LY434 MA504 MC492 MD498 ME499 MF663 MG450 MH584 MK807 "
  "ML466 MM104 MN496 MO446 MP580 MQ474 MR478 MS500 MT470 MU480 MV462 MW454 MX484 MY458 MZ508 NA516 NC540 NE562 "
  "NF574 NG566 NI558 NL528 NO578 NP524 NR520 NU570 NZ554 OM512 PA591 PE604 PF258 PG598 PH608 PK586 PL616 PM666 "
  "PN612 PR630 PS275 PT620 PW585 PY600 QA634 RE638 RO642 RS688 RU643 RW646 SA682 SB090 SC690 SD729 SE752 SG702 "
  "SH654 SI705 SJ744 SK703 SL694 SM674 SN686 SO706 SR740 SS728 ST678 SV222 SX534 SY760 SZ748 TC796 TD148 TF260 "
  "TG768 TH764 TJ762 TK772 TL626 TM795 TN788 TO776 TR792 TT780 TV798 TW158 TZ834 UA804 UG800 UM581 US840 UY858 "
  "UZ860 VA336 VC670 VE862 VG092 VI850 VN704 VU548 WF876 WS882 YE887 YT175 ZA710 ZM894 ZW716 ";

/* Groups of countries that people filter by. */
static const char *const eu[] = {
  "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU",
  "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", NULL,
};

/* All countries, by code. */
const WbFieldChoice *
_wb_country_choices (void)
{
  return countries;
}

/* The codes of a group ("eu"), or NULL. */
const char *const *
_wb_country_group (const char *name)
{
  return g_ascii_strcasecmp (name, "eu") == 0 ? eu : NULL;
}

/**
 * wb_country_get_name:
 * @code: ISO 3166-1 alpha-2, upper case
 *
 * Returns: (transfer none) (nullable): its English name in common use; NULL for what is no country
 */
const char *
wb_country_get_name (const char *code)
{
  g_return_val_if_fail (code != NULL, NULL);

  for (const WbFieldChoice *country = countries; country->code != NULL; country++)
    if (strcmp (country->code, code) == 0)
      return country->label;
  return NULL;
}

/**
 * wb_country_get_number:
 * @code: ISO 3166-1 alpha-2, upper case
 *
 * Returns: its number, which is written with three digits; 0 for what has none
 */
guint
wb_country_get_number (const char *code)
{
  g_return_val_if_fail (code != NULL, 0);

  for (const char *country = numbers; strlen (code) == 2 && *country != '\0'; country += NUMBER_STEP)
    if (strncmp (country, code, 2) == 0)
      return (guint) g_ascii_strtoull (country + 2, NULL, 10);
  return 0;
}
