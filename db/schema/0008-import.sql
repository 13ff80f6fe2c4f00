-- What imports need to know: every currency there is, and which product or customer of a channel was seen with which content.
set local role wb_owner;

insert into wb.currency (code, minor_digits, name) values
  ('AFN', 2, 'Afghan afghani'), ('ALL', 2, 'Albanian lek'), ('AMD', 2, 'Armenian dram'), ('ANG', 2, 'Antillean guilder'),
  ('AOA', 2, 'Angolan kwanza'), ('ARS', 2, 'Argentine peso'), ('AWG', 2, 'Aruban florin'), ('AZN', 2, 'Azerbaijani manat'),
  ('BAM', 2, 'Bosnian convertible mark'), ('BBD', 2, 'Barbadian dollar'), ('BDT', 2, 'Bangladeshi taka'),
  ('BIF', 0, 'Burundian franc'), ('BMD', 2, 'Bermudian dollar'), ('BND', 2, 'Brunei dollar'), ('BOB', 2, 'Bolivian boliviano'),
  ('BSD', 2, 'Bahamian dollar'), ('BTN', 2, 'Bhutanese ngultrum'), ('BWP', 2, 'Botswana pula'), ('BYN', 2, 'Belarusian ruble'),
  ('BZD', 2, 'Belize dollar'), ('CDF', 2, 'Congolese franc'), ('CLF', 4, 'Chilean unit of account'), ('COP', 2, 'Colombian peso'),
  ('CRC', 2, 'Costa Rican colón'), ('CUP', 2, 'Cuban peso'), ('CVE', 2, 'Cape Verdean escudo'), ('DJF', 0, 'Djiboutian franc'),
  ('DOP', 2, 'Dominican peso'), ('DZD', 2, 'Algerian dinar'), ('EGP', 2, 'Egyptian pound'), ('ERN', 2, 'Eritrean nakfa'),
  ('ETB', 2, 'Ethiopian birr'), ('FJD', 2, 'Fijian dollar'), ('FKP', 2, 'Falkland Islands pound'), ('GEL', 2, 'Georgian lari'),
  ('GHS', 2, 'Ghanaian cedi'), ('GIP', 2, 'Gibraltar pound'), ('GMD', 2, 'Gambian dalasi'), ('GNF', 0, 'Guinean franc'),
  ('GTQ', 2, 'Guatemalan quetzal'), ('GYD', 2, 'Guyanese dollar'), ('HNL', 2, 'Honduran lempira'), ('HTG', 2, 'Haitian gourde'),
  ('IQD', 3, 'Iraqi dinar'), ('IRR', 2, 'Iranian rial'), ('JMD', 2, 'Jamaican dollar'), ('KES', 2, 'Kenyan shilling'),
  ('KGS', 2, 'Kyrgyz som'), ('KHR', 2, 'Cambodian riel'), ('KMF', 0, 'Comorian franc'), ('KPW', 2, 'North Korean won'),
  ('KYD', 2, 'Cayman Islands dollar'), ('KZT', 2, 'Kazakh tenge'), ('LAK', 2, 'Lao kip'), ('LBP', 2, 'Lebanese pound'),
  ('LKR', 2, 'Sri Lankan rupee'), ('LRD', 2, 'Liberian dollar'), ('LSL', 2, 'Lesotho loti'), ('LYD', 3, 'Libyan dinar'),
  ('MAD', 2, 'Moroccan dirham'), ('MDL', 2, 'Moldovan leu'), ('MGA', 2, 'Malagasy ariary'), ('MKD', 2, 'Macedonian denar'),
  ('MMK', 2, 'Myanmar kyat'), ('MNT', 2, 'Mongolian tögrög'), ('MOP', 2, 'Macanese pataca'), ('MRU', 2, 'Mauritanian ouguiya'),
  ('MUR', 2, 'Mauritian rupee'), ('MVR', 2, 'Maldivian rufiyaa'), ('MWK', 2, 'Malawian kwacha'), ('MZN', 2, 'Mozambican metical'),
  ('NAD', 2, 'Namibian dollar'), ('NGN', 2, 'Nigerian naira'), ('NIO', 2, 'Nicaraguan córdoba'), ('NPR', 2, 'Nepalese rupee'),
  ('PAB', 2, 'Panamanian balboa'), ('PEN', 2, 'Peruvian sol'), ('PGK', 2, 'Papua New Guinean kina'), ('PKR', 2, 'Pakistani rupee'),
  ('PYG', 0, 'Paraguayan guaraní'), ('QAR', 2, 'Qatari riyal'), ('RSD', 2, 'Serbian dinar'), ('RUB', 2, 'Russian ruble'),
  ('RWF', 0, 'Rwandan franc'), ('SBD', 2, 'Solomon Islands dollar'), ('SCR', 2, 'Seychellois rupee'), ('SDG', 2, 'Sudanese pound'),
  ('SHP', 2, 'Saint Helena pound'), ('SLE', 2, 'Sierra Leonean leone'), ('SOS', 2, 'Somali shilling'),
  ('SRD', 2, 'Surinamese dollar'), ('SSP', 2, 'South Sudanese pound'), ('STN', 2, 'São Tomé and Príncipe dobra'),
  ('SVC', 2, 'Salvadoran colón'), ('SYP', 2, 'Syrian pound'), ('SZL', 2, 'Swazi lilangeni'), ('TJS', 2, 'Tajik somoni'),
  ('TMT', 2, 'Turkmen manat'), ('TOP', 2, 'Tongan paʻanga'), ('TTD', 2, 'Trinidad and Tobago dollar'),
  ('TZS', 2, 'Tanzanian shilling'), ('UGX', 0, 'Ugandan shilling'), ('UYU', 2, 'Uruguayan peso'),
  ('UYW', 4, 'Uruguayan nominal wage index'), ('UZS', 2, 'Uzbek sum'), ('VED', 2, 'Venezuelan digital bolívar'),
  ('VES', 2, 'Venezuelan bolívar'), ('VUV', 0, 'Vanuatu vatu'), ('WST', 2, 'Samoan tala'), ('XAF', 0, 'Central African CFA franc'),
  ('XCD', 2, 'East Caribbean dollar'), ('XCG', 2, 'Caribbean guilder'), ('XOF', 0, 'West African CFA franc'),
  ('XPF', 0, 'CFP franc'), ('YER', 2, 'Yemeni rial'), ('ZMW', 2, 'Zambian kwacha'), ('ZWG', 2, 'Zimbabwe gold')
  on conflict (code) do nothing;

create table wb.import_seen (
  channel_id bigint not null references wb.sales_channel on delete cascade,
  kind text not null check (kind in ('product', 'customer')),
  external_id text not null,
  content_hash bytea not null,
  primary key (channel_id, kind, external_id)
);
comment on table wb.import_seen is 'with which content a product or customer of a channel was imported last; orders and returns keep theirs themselves';

create type wb.import_outcome as (n integer, outcome text, field text, reason text);
comment on type wb.import_outcome is 'what became of record n: created, updated, left or refused, and then why';
