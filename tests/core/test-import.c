/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-import-format.h"
#include "tests/wb-test.h"

#define MAP \
  "[map]\ncontent=orders\ncurrency=EUR\ndecimal=,\nthousands=.\ndates=de\nzone=Europe/Berlin\nservices=POST\n" \
  "[columns]\norder.number=Nr\norder.placed_at=Datum\ncustomer.email=Mail\nline.sku=Art\nline.quantity=Menge\n" \
  "line.unit_price=Preis\nshipping.country=Land\n" \
  "[constants]\norder.paid=yes\n" \
  "[countries]\nDeutschland=DE\nnirgends=\n" \
  "[kind credit]\nwhen=order.number prefix C\nas=return\nnegate=line.quantity\n" \
  "[kind adjustment]\nwhen=line.unit_price zero; customer.email empty\nas=refused\nreason=an adjustment\n"
#define HEAD "Nr;Datum;Mail;Art;Menge;Preis;Land\n"

#define SHOPIFY \
  "Name,Email,Financial Status,Paid at,Fulfillment Status,Currency,Subtotal,Shipping,Taxes,Total,Discount Code," \
  "Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku," \
  "Lineitem requires shipping,Shipping Name,Shipping Zip,Shipping Country,Refunded Amount,Id,Tax 1 Name,Tax 1 Value\n"

/* What a file holds: for each record its kind, key, lines, goods and total, or the first reason against it. */
static char *
read_file (const char *format_name,
           const char *map_text,
           const char *text,
           gssize      length)
{
  const WbImportFormat *format = wb_import_format_find (format_name, NULL);
  g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_data (text, length, NULL);
  g_autoptr(WbImportMap) map = NULL;
  g_autoptr(WbImportSource) source = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GString) told = g_string_new (NULL);
  WbImportOptions options = { .currency = "GBP" };
  WbImportRecord *next = NULL;

  if (map_text != NULL)
    {
      options.map = map = wb_import_map_new (map_text, strlen (map_text), &error);
      g_assert_no_error (error);
    }
  source = wb_import_source_open (format, stream, &options, NULL, &error);
  if (source == NULL)
    return g_strdup_printf ("not opened: %s", error->message);
  while ((next = wb_import_source_next (source, NULL, &error)) != NULL)
    {
      g_autoptr(WbImportRecord) record = next;

      if (told->len > 0)
        g_string_append (told, " | ");
      g_string_append_printf (told, "%" G_GUINT64_FORMAT " %s %s", record->line, wb_import_kind_to_name (record->kind), record->key);
      if (record->refusals->len > 0)
        {
          const WbImportRefusal *refusal = g_ptr_array_index (record->refusals, 0);

          g_string_append_printf (told, " refused at %" G_GUINT64_FORMAT " %s=%s: %s", refusal->line,
                                  refusal->column != NULL ? refusal->column : "", refusal->value != NULL ? refusal->value : "",
                                  refusal->reason);
        }
      else if (record->order != NULL)
        g_string_append_printf (told, " lines %u goods %" G_GINT64_FORMAT " total %" G_GINT64_FORMAT " %s", record->order->lines->len,
                                wb_import_order_get_goods (record->order), wb_import_order_get_total (record->order),
                                record->order->currency);
      else if (record->product != NULL)
        g_string_append_printf (told, " variants %u", record->product->variants->len);
    }
  if (error != NULL)
    g_string_append_printf (told, " failed: %s", error->message);
  return g_string_free (g_steal_pointer (&told), FALSE);
}

static void
test_csv (void)
{
  static const struct
  {
    const char *rows;
    const char *told;
  } cases[] = {
    { "1;3.4.2024 10:00;a@b.c;X;2;1.234,50;Deutschland\n1;3.4.2024 10:00;a@b.c;Y;1;0,0015;Deutschland\n",
      "2 order 1 lines 2 goods 246900 total 246900 EUR" },
    { "1;3.4.2024;a@b.c;X;2;1,00;DE\n2;3.4.2024;a@b.c;X;1;1,00;Germany\n",
      "2 order 1 lines 1 goods 200 total 200 EUR | 3 order 2 lines 1 goods 100 total 100 EUR" },
    { "C1;3.4.2024;;X;-2;1,00;nirgends\n", "2 return C1 lines 1 goods 200 total 200 EUR" },
    { "7;3.4.2024;;X;-2;0,00;DE\n", "2  7 refused at 2 Nr=7: an adjustment" },
    { "7;3.4.2024;a@b.c;X;-2;1,00;DE\n", "2 order 7 refused at 2 Menge=-2: a quantity of at least 1 is expected" },
    { "7;04/03/2024;a@b.c;X;2;1,00;DE\n",
      "2 order 7 refused at 2 Datum=04/03/2024: ‘04/03/2024’ is not a date: it does not follow the format, or there is no such day" },
    { "7;3.4.2024;a@b.c;X;zwei;1,00;DE\n",
      "2 order 7 refused at 2 Menge=zwei: ‘zwei’ is not a number: it has no digits" },
    { "7;3.4.2024;a@b.c;X;2147483648;1,00;DE\n", "2 order 7 refused at 2 Menge=2147483648: the quantity is too large" },
    { "7;3.4.2024;a@b.c;X;2;99999999999999,00;DE\n", "2 order 7 refused at 2 price=99999999999999.00: quantity × price is too large" },
    { "7;3.4.2024;a@b.c;X;2;0,0000001;DE\n", "2 order 7 refused at 2 price=0.0000001: a price may have at most six decimals" },
    { "7;3.4.2024;a@b.c;X;2;1.5;DE\n",
      "2 order 7 refused at 2 Preis=1.5: ‘1.5’ is not a number: the digits are not grouped by three" },
    { "7;3.4.2024;a@b.c;X;2;1,00;Atlantis\n",
      "2 order 7 refused at 2 Land=Atlantis: it is not a country: an ISO code such as GB is expected" },
    { "7;3.4.2024;a@b.c;X;2;1,00;DE\n8;3.4.2024;a@b.c;X;2;1,00;DE\n7;3.4.2024;a@b.c;X;2;1,00;DE\n",
      "2 order 7 lines 1 goods 200 total 200 EUR | 3 order 8 lines 1 goods 200 total 200 EUR | "
      "4 order 7 refused at 4 =7: the order 7 is in the file twice: on line 2 and on line 4; its lines must stand together: sort the file, then import it again" },
    { "7;3.4.2024;a@b.c;X;2;1,00;DE\n7;4.4.2024;a@b.c;X;2;1,00;DE\n",
      "2 order 7 refused at 3 Datum=4.4.2024: line 2 of the same order says ‘3.4.2024’" },
    /* a row that cannot be read may be a line of the orders beside it */
    { "7;3.4.2024;a@b.c;X;2;1,00;DE\n7;3.4.2024;a@b.c;\"X\"y;2;1,00;DE\n8;3.4.2024;a@b.c;X;2;1,00;DE\n"
      "9;3.4.2024;a@b.c;X;2;1,00;DE\n",
      "3   refused at 3 character 21=: text follows a closing quote | "
      "2 order 7 refused at 2 =7: line 3 beside it cannot be read and may belong to it | "
      "4 order 8 refused at 4 =8: line 3 beside it cannot be read and may belong to it | "
      "5 order 9 lines 1 goods 200 total 200 EUR" },
    { "7;3.4.2024;a@b.c;X;2;1,00;DE\n8;3.4.2024;a@b",
      "3   refused at 3 =: the row has 3 columns, the headings 7: was the file cut off? | "
      "2 order 7 refused at 2 =7: line 3 beside it cannot be read and may belong to it" },
    { "=HYPERLINK(\"x\");3.4.2024;'); drop table wb.sales_order; --;X;2;1,00;DE\n", "3   refused" },
    { "\"=HYPERLINK(\"\"x\"\")\";3.4.2024;') or 1=1 --;X;2;1,00;DE\n", "2 order =HYPERLINK(\"x\") lines 1 goods 200 total 200 EUR" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat (HEAD, cases[i].rows, NULL);
      g_autofree char *told = read_file ("csv", MAP, text, (gssize) strlen (text));

      if (g_str_has_suffix (cases[i].told, "refused"))
        g_assert_nonnull (strstr (told, "refused"));
      else
        g_assert_cmpstr (told, ==, cases[i].told);
    }
}

/* Bytes that are no text: the row is refused, and so are those beside it, which may belong together. */
static void
test_csv_bytes (void)
{
  static const struct
  {
    const char *rows;
    gsize length;
    const char *told;
  } cases[] = {
#define BYTES(text) text, sizeof text - 1
    { BYTES ("1;3.4.2024;a\0b@b.c;X;2;1,00;DE\n"),
      "2   refused at 2 character 13=: a character is not utf-8: save the file as UTF-8, or say which encoding it has" },
    { BYTES ("1;3.4.2024;K\xc3\xb6ln;X;2;1,00;DE\n1;3.4.2024;K\xc3\xb6l\xff;X;2;1,00;DE\n"),
      "3   refused at 3 character 15=: a character is not utf-8: save the file as UTF-8, or say which encoding it has | "
      "2 order 1 refused at 2 =1: line 3 beside it cannot be read and may belong to it" },
    { BYTES ("1;3.4.2024;K\xf6ln;X;2;1,00;DE\n"), "2 order 1 lines 1 goods 200 total 200 EUR" },
#undef BYTES
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GString) text = g_string_new (HEAD);
      g_autofree char *told = NULL;

      g_string_append_len (text, cases[i].rows, (gssize) cases[i].length);
      told = read_file ("csv", MAP, text->str, (gssize) text->len);
      g_assert_cmpstr (told, ==, cases[i].told);
    }
}

/* One mapping file may name several ways to write dates: each is taken as it is meant. */
static void
test_csv_dates (void)
{
  const char *map = "[map]\ncontent=orders\ncurrency=EUR\ndates=%Y-%m-%d|%d.%m.%Y|%b %d, %Y\nzone=Asia/Tokyo\n"
                    "[columns]\norder.number=no\norder.placed_at=at\nline.name=item\nline.quantity=q\nline.unit_price=price\n";
  static const char *const dates[] = { "2024-04-03", "03.04.2024", "\"Apr 3, 2024\"", "2024-04-03" };
  g_autoptr(GString) text = g_string_new ("no,at,item,q,price\n");
  g_autoptr(GInputStream) stream = NULL;
  g_autoptr(WbImportMap) read_map = wb_import_map_new (map, strlen (map), NULL);
  g_autoptr(WbImportSource) source = NULL;
  const WbImportOptions options = { .map = read_map };

  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    g_string_append_printf (text, "%u,%s,Tea,1,1\n", i, dates[i]);
  g_string_append (text, "bad,04/03/2024,Tea,1,1\n");
  stream = g_memory_input_stream_new_from_data (text->str, (gssize) text->len, NULL);
  source = wb_import_source_open (wb_import_format_find ("csv", NULL), stream, &options, NULL, NULL);
  g_assert_nonnull (source);
  for (guint i = 0; i <= G_N_ELEMENTS (dates); i++)
    {
      g_autoptr(WbImportRecord) record = wb_import_source_next (source, NULL, NULL);

      g_assert_nonnull (record);
      g_assert_cmpuint (record->refusals->len, ==, i == G_N_ELEMENTS (dates) ? 1 : 0);
      /* midnight in Tokyo, 2024-04-02T15:00Z */
      if (i < G_N_ELEMENTS (dates))
        g_assert_cmpint (record->order->placed_us, ==, G_GINT64_CONSTANT (1712070000) * G_USEC_PER_SEC);
    }
}

static void
test_csv_opening (void)
{
  g_autofree char *empty = read_file ("csv", MAP, "", 0);
  g_autofree char *other = read_file ("csv", MAP, "a;b\n1;2\n", 8);
  g_autofree char *no_map = read_file ("csv", NULL, HEAD, strlen (HEAD));
  g_autofree char *shopify = read_file ("shopify-csv", NULL, HEAD, strlen (HEAD));
  g_autofree char *json = read_file ("shopify-csv", NULL, " {\"orders\":[]}", 14);

  g_assert_cmpstr (empty, ==, "not opened: the file is empty");
  g_assert_cmpstr (other, ==, "not opened: the file has no column ‘Nr’, which the mapping file takes for order.number");
  g_assert_cmpstr (no_map, ==, "not opened: the format ‘csv’ needs a mapping file (--map FILE)");
  g_assert_cmpstr (shopify, ==, "not opened: this is not a file of the format ‘shopify-csv’: it has no column ‘Name’");
  g_assert_cmpstr (json, ==, "not opened: the file is JSON, not a table: it needs a format for JSON");
}

/* What was refused, with its added columns, is read as before once it is mended. */
static void
test_csv_mended (void)
{
  const char *text = "Nr;Datum;Mail;Art;Menge;Preis;Land;Refused: line;Refused: column;Refused: reason;Refused: text\n"
                     "7;3.4.2024;a@b.c;X;2;1,00;DE;12;Menge;\"‘zwei’ is not a number\";\n";
  g_autofree char *told = read_file ("csv", MAP, text, (gssize) strlen (text));

  g_assert_cmpstr (told, ==, "2 order 7 lines 1 goods 200 total 200 EUR");
}

static void
test_shopify_csv (void)
{
  const char *text =
    SHOPIFY
    "#1001,m@example.org,paid,2025-10-07 09:50:26 +0200,fulfilled,EUR,31.00,4.90,0.00,35.90,TEN,3.00,Standard,"
    "2025-10-07 09:50:26 +0200,2,Teapot,12.00,TEA,true,Mary,'75008,FR,0.00,501,,\n"
    "#1001,m@example.org,,,,,,,,,,,,2025-10-07 09:50:26 +0200,1,Tray,10.00,TRY,true,,,,,,,\n"
    "#1002,n@example.org,refunded,2025-10-08 10:00:00 +0200,unfulfilled,EUR,10.00,0.00,1.90,11.90,,0.00,,"
    "2025-10-08 10:00:00 +0200,1,Tray,10.00,TRY,true,Nina,10115,DE,11.90,502,DE VAT 19%,1.90\n";
  g_autofree char *told = read_file ("shopify-csv", NULL, text, (gssize) strlen (text));

  g_assert_cmpstr (told, ==, "2 order #1001 lines 2 goods 3400 total 3590 EUR | 4 order #1002 lines 1 goods 1000 total 1190 EUR");
}

static void
test_shopify_json (void)
{
  const char *text =
    "{\"orders\":[{\"id\":1,\"name\":\"#1\",\"created_at\":\"2025-10-07T09:50:26+02:00\",\"currency\":\"JPY\",\n"
    "\"total_price\":\"8400\",\"financial_status\":\"paid\",\"line_items\":[{\"id\":11,\"name\":\"Tray\",\"quantity\":2,"
    "\"price\":\"4200\",\"sku\":\"TRY\"}],\"fulfillments\":[{\"id\":9,\"status\":\"success\",\"line_items\":[{\"id\":11,"
    "\"quantity\":1}],\"tracking_numbers\":[\"T1\"]}]},\n"
    "{\"id\":2,\"name\":\"#2\",\"created_at\":\"2025-10-07T09:50:26+02:00\",\"currency\":\"EUR\",\"total_price\":\"10.00\","
    "\"line_items\":[{\"id\":12,\n\"name\":\"Tray\",\"quantity\":1.5,\"price\":\"10.00\"}]}]}";
  g_autofree char *told = read_file ("shopify-json", NULL, text, (gssize) strlen (text));

  g_assert_cmpstr (told, ==, "1 order #1 lines 1 goods 8400 total 8400 JPY | "
                             "3 order #2 refused at 4 quantity=1.5: a whole number is expected");
}

static void
test_shopify_json_others (void)
{
  static const struct
  {
    const char *text;
    const char *told;
  } cases[] = {
    { "{\"draft_order\":{\"id\":1}}", "1   refused at 1 =draft_order: only orders, products and customers can be imported" },
    { "[{\"id\":1,\"x\":2}]", "1   refused at 1 =: this is no order, product or customer of Shopify" },
    { "[7]", " failed: line 1, column 2: a list or record is expected here: this is not the JSON of a known export" },
    { "[]", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *told = read_file ("shopify-json", NULL, cases[i].text, (gssize) strlen (cases[i].text));

      g_assert_cmpstr (told, ==, cases[i].told);
    }
}

static void
test_woocommerce_json (void)
{
  const char *text =
    "[{\"id\":727,\"number\":\"727\",\"status\":\"completed\",\"currency\":\"USD\",\"date_created_gmt\":\"2017-03-22T19:28:02\","
    "\"total\":\"29.35\",\"total_tax\":\"1.35\",\"line_items\":[{\"id\":1,\"name\":\"Woo\",\"quantity\":3,\"subtotal\":\"10.00\","
    "\"total\":\"8.00\",\"sku\":\"W\"}],\"shipping_lines\":[{\"method_title\":\"Flat Rate\",\"total\":\"20.00\"}],"
    "\"tax_lines\":[{\"label\":\"State Tax\",\"tax_total\":\"1.35\",\"shipping_tax_total\":\"0.00\"}]}]";
  g_autofree char *told = read_file ("woocommerce-json", NULL, text, (gssize) strlen (text));

  g_assert_cmpstr (told, ==, "1 order 727 lines 1 goods 1000 total 2935 USD");
}

static void
test_woocommerce_csv (void)
{
  const char *text =
    "ID,Type,SKU,Name,Stock,Weight (kg),Length (cm),Parent,Regular price,Attribute 1 name,Attribute 1 value(s)\n"
    "1,variable,TEE,T-Shirt,,0.2,30,,,Colour,\"Blue, Red\"\n"
    "2,simple,CAP,Cap,5,0.055,,,16,,\n"
    "3,variation,TEE-B,T-Shirt - Blue,4,,,TEE,20,Colour,Blue\n"
    "4,variation,,T-Shirt - Red,4,,,id:1,20,Colour,Red\n"
    "5,grouped,,Both,,,,,,,\n"
    "6,variation,Z,Z,1,,,MISSING,20,,\n";
  g_autofree char *told = read_file ("woocommerce-csv", NULL, text, (gssize) strlen (text));

  g_assert_cmpstr (told, ==, "2 product TEE variants 2 | 3 product CAP variants 1 | 6 product id:5 variants 0 | "
                             "7 product MISSING refused at 7 Parent=MISSING: a variation names a product that is not in the file");
}

static void
test_map_refuses (void)
{
  static const struct
  {
    const char *text;
    const char *reason;
  } cases[] = {
    { "", "*nothing says what order.number is*" },
    { "hello", "mapping file: *" },
    { "[map]\nfoo=1\n", "*[map] foo: there is no such setting" },
    { "[map]\ndecimal=;\n", "*a point or a comma is expected" },
    { "[map]\ndates=%q\n", "*a date format cannot hold*" },
    { "[map]\nzone=Mars/Olympus\n", "*no such time zone*" },
    { "[map]\ncurrency=QQQ\n", "*not a currency*" },
    { "[columns]\norder.colour=x\n", "*there is no field ‘order.colour’" },
    { "[countries]\nFrance=France\n", "*an ISO code such as GB*" },
    { "[kind x]\nwhen=order.number\n", "*a field and a test*" },
    { "[kind x]\nwhen=order.number prefix\n", "*is, prefix, suffix*" },
    { "[kind x]\nwhen=order.number prefix A\nas=refused\n", "*needs a reason" },
    { "[other]\na=b\n", "*there is no such group*" },
    { "[map]\ndecimal=,\nthousands=,\n", "*cannot be the same sign" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(WbImportMap) map = wb_import_map_new (cases[i].text, strlen (cases[i].text), &error);

      g_assert_null (map);
      g_assert_nonnull (error);
      g_test_message ("%s", error->message);
      g_assert_true (g_pattern_match_simple (cases[i].reason, error->message));
    }
}

/* The mapping file that comes with the sources accounts for every line of the real thing. */
static void
test_online_retail (void)
{
  g_autofree char *path = wb_test_data ("online-retail/online-retail.csv.xz");
  g_autofree char *map_path = NULL;
  g_autofree char *map_text = NULL;
  g_autoptr(GSubprocess) xz = NULL;
  g_autoptr(WbImportMap) map = NULL;
  g_autoptr(WbImportSource) source = NULL;
  g_autoptr(GError) error = NULL;
  WbImportOptions options = { 0 };
  WbImportRecord *next = NULL;
  guint64 lines[5] = { 0 };
  guint64 records[5] = { 0 };
  guint64 refused = 0;
  WbDecimal value = { 0 };
  const WbDecimal expected = WB_DECIMAL_INIT (9747747934, 3);
  gint64 minor = 0;
  gsize length = 0;

  if (path == NULL)
    return;
  map_path = g_build_filename (g_getenv ("WAYBILL_TEST_SOURCE"), "data", "import", "online-retail.map", NULL);
  g_assert_true (g_file_get_contents (map_path, &map_text, &length, NULL));
  options.map = map = wb_import_map_new (map_text, length, &error);
  g_assert_no_error (error);
  xz = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "xz", "-dc", path, NULL);
  g_assert_no_error (error);
  source = wb_import_source_open (wb_import_format_find ("csv", NULL), g_subprocess_get_stdout_pipe (xz), &options, NULL, &error);
  g_assert_no_error (error);
  while ((next = wb_import_source_next (source, NULL, &error)) != NULL)
    {
      g_autoptr(WbImportRecord) record = next;

      g_assert_true (wb_decimal_add (&value, &record->value, &value, NULL));
      if (record->refusals->len > 0)
        refused += record->n_lines;
      else
        {
          lines[record->kind] += record->n_lines;
          records[record->kind]++;
          minor += wb_import_order_get_goods (record->order) * (record->kind == WB_IMPORT_RETURN ? -1 : 1);
        }
    }
  g_assert_no_error (error);
  g_assert_cmpint (wb_decimal_compare (&value, &expected), ==, 0);
  g_assert_cmpuint (lines[WB_IMPORT_ORDER] + lines[WB_IMPORT_RETURN] + refused, ==, 541909);
  g_assert_cmpuint (records[WB_IMPORT_RETURN], ==, 3836);
  g_assert_cmpuint (records[WB_IMPORT_ORDER], ==, 19963);
  g_assert_cmpuint (refused, ==, 2111);
  /* 9,758,809.994 accepted, four thousandths of it lost by rounding lines */
  g_assert_cmpint (minor, ==, 975880999);
}

int
main (int   argc,
      char *argv[])
{
  wb_test_init (&argc, &argv);
  g_test_add_func ("/import/csv", test_csv);
  g_test_add_func ("/import/csv/bytes", test_csv_bytes);
  g_test_add_func ("/import/csv/dates", test_csv_dates);
  g_test_add_func ("/import/csv/opening", test_csv_opening);
  g_test_add_func ("/import/csv/mended", test_csv_mended);
  g_test_add_func ("/import/shopify-csv", test_shopify_csv);
  g_test_add_func ("/import/shopify-json", test_shopify_json);
  g_test_add_func ("/import/shopify-json/others", test_shopify_json_others);
  g_test_add_func ("/import/woocommerce-json", test_woocommerce_json);
  g_test_add_func ("/import/woocommerce-csv", test_woocommerce_csv);
  g_test_add_func ("/import/map/refuses", test_map_refuses);
  g_test_add_func ("/import/online-retail", test_online_retail);
  return g_test_run ();
}
