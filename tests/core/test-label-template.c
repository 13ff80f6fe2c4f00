/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Label templates: those that are built in, what they are told, and files that are wrong. */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core/wb-error.h"
#include "core/wb-label-language.h"
#include "core/wb-label-templates.h"
#include "tests/core/wb-test-label.h"
#include "tests/wb-test.h"

#define LABEL "[Label]\ndocument=shipping\nwidth=100\nheight=50\n"
#define MESSAGE "[)>\x1e" "01\x1d" "96EH13HT\x1d" "826\x1d" "001\x1d" "1Z\x1d"
#define PLACE "x=1\ny=2\nwidth=90\nheight=4\n"

static WbLabelTemplate *
parse (const char *text, const char *language, GError **error)
{
  return wb_label_template_parse (text, strlen (text), "mine.label", language, NULL, error);
}

static WbLabel *
lay_out (const char *text, const WbLabelValues *values)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbLabelTemplate) template = parse (text, NULL, &error);
  WbLabel *label = NULL;

  g_assert_no_error (error);
  label = wb_label_template_layout (template, values, &error);
  g_assert_no_error (error);
  return label;
}

/* What stands on a label, a line each. */
static char *
words_of (const WbLabel *label)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < label->elements->len; i++)
    {
      const WbLabelElement *element = g_ptr_array_index (label->elements, i);

      if (element->text != NULL)
        g_string_append_printf (words, "%s%s", words->len > 0 ? "|" : "", element->text);
    }
  return g_string_free (words, FALSE);
}

static void
assert_on_paper (const WbLabel *label)
{
  for (guint i = 0; i < label->elements->len; i++)
    {
      const WbLabelElement *element = g_ptr_array_index (label->elements, i);

      g_assert_cmpuint (element->x_um + element->width_um, <=, label->width_um);
      g_assert_cmpuint (element->y_um + element->height_um, <=, label->height_um);
    }
}

static void
assert_all_languages (const WbLabel *label)
{
  static const guint resolutions[] = { 203, 300, 600 };

  for (guint i = 0; i < WB_LABEL_N_LANGUAGES; i++)
    for (guint k = 0; k < G_N_ELEMENTS (resolutions); k++)
      {
        g_autoptr (GError) error = NULL;
        g_autoptr (GBytes) job = wb_label_encode (label, (WbLabelLanguage) i, resolutions[k], NULL, wb_test_label_rasterise, NULL, &error);

        g_assert_no_error (error);
        g_assert_cmpuint (g_bytes_get_size (job), >, 30);
      }
}

/* Every file in data/labels is right in every language it has words for, filled in and empty, for every printer. */
static void
test_built_in (void)
{
  static const char *const languages[] = { "en", "de", "fr", NULL };
  const WbLabelDocument *document = wb_label_documents ();

  for (guint i = 0; languages[i] != NULL; i++)
    {
      g_autoptr (WbLabelTemplates) templates = wb_label_templates_new (languages[i]);
      g_autoptr (GPtrArray) names = wb_label_templates_list (templates, NULL);

      g_assert_cmpstr (wb_label_templates_get_problems (templates)[0], ==, NULL);
      g_assert_cmpuint (names->len, >=, 7);
      for (guint k = 0; k < names->len; k++)
        {
          const WbLabelTemplate *template = wb_label_templates_find (templates, g_ptr_array_index (names, k));
          g_autoptr (WbLabelValues) sample = wb_label_document_sample (wb_label_template_get_document (template));
          g_autoptr (WbLabelValues) nothing = wb_label_values_new ();
          g_autoptr (GError) error = NULL;
          g_autoptr (WbLabel) full = wb_label_template_layout (template, sample, &error);
          g_autoptr (WbLabel) empty = wb_label_template_layout (template, nothing, &error);

          g_test_message ("%s %s", languages[i], wb_label_template_get_file (template));
          g_assert_no_error (error);
          g_assert_cmpuint (full->elements->len, >, empty->elements->len);
          g_assert_cmpstr (full->name, !=, "");
          assert_on_paper (full);
          assert_all_languages (full);
          assert_all_languages (empty);
        }
    }
  /* every document has a template, of its own name */
  for (; document->name != NULL; document++)
    {
      g_autoptr (WbLabelTemplates) templates = wb_label_templates_new (NULL);
      const WbLabelTemplate *template = wb_label_templates_find (templates, document->name);

      g_assert_nonnull (template);
      g_assert_cmpstr (wb_label_template_get_document (template)->name, ==, document->name);
    }
}

static void
test_translations (void)
{
  g_autoptr (WbLabelTemplates) english = wb_label_templates_new ("en");
  g_autoptr (WbLabelTemplates) german = wb_label_templates_new ("de_AT");
  g_autoptr (WbLabelValues) values = wb_label_values_new ();
  g_autoptr (WbLabel) in_english = NULL;
  g_autoptr (WbLabel) in_german = NULL;
  g_autofree char *english_words = NULL;
  g_autofree char *german_words = NULL;

  wb_label_values_set (values, "order", "10482");
  in_english = wb_label_template_layout (wb_label_templates_find (english, "shipping"), values, NULL);
  in_german = wb_label_template_layout (wb_label_templates_find (german, "shipping"), values, NULL);
  english_words = words_of (in_english);
  german_words = words_of (in_german);
  g_assert_cmpstr (english_words, ==, "FROM|TO|ORDER 10482");
  g_assert_cmpstr (german_words, ==, "VON|AN|BESTELLUNG 10482");
  g_assert_cmpstr (wb_label_template_get_title (wb_label_templates_find (german, "tote")), ==, "Behälteretikett, 100 × 60 mm");
}

/* ---- Words ------------------------------------------------------------------------------------- */

static void
test_fields (void)
{
  static const struct
  {
    const char *text;
    const char *expected;
  } cases[] = {
    { "${to.name}", "Zoë Müller" },
    { "To ${to.name:upper}!", "To ZOË MÜLLER!" },
    { "${tracking:spaced}", "WB12 3456 7" },
    { "${parcel:03} of ${parcels}", "001 of 12" },
    { "${weight}", "1.84 kg" },
    { "${weight:kg}", "1.840" },
    { "${weight:g} g", "1840 g" },
    { "${date}", "2026-03-02" },
    { "${date:%d.%m.%Y}", "02.03.2026" },
    { "$$5 for ${carrier:lower}", "$5 for parcel line" },
    { "$5, {braces} and 100%", "$5, {braces} and 100%" },
    { "ORDER ${order}", "" },
    { "${order}${to.name}", "Zoë Müller" },
  };
  g_autoptr (WbLabelValues) values = wb_label_values_new ();

  wb_label_values_set (values, "to.name", "Zoë Müller");
  wb_label_values_set (values, "tracking", "WB1234567");
  wb_label_values_set (values, "carrier", "Parcel Line");
  wb_label_values_set (values, "date", "2026-03-02");
  wb_label_values_set_number (values, "weight", 1840);
  wb_label_values_set_number (values, "parcel", 1);
  wb_label_values_set_number (values, "parcels", 12);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (LABEL "[a]\ntype=text\ntext=%s\n" PLACE, cases[i].text);
      g_autoptr (WbLabel) label = lay_out (text, values);
      g_autofree char *words = words_of (label);

      g_assert_cmpstr (words, ==, cases[i].expected);
    }
}

static void
test_conditions (void)
{
  static const struct
  {
    const char *when;
    gboolean shown;
  } cases[] = {
    { "order", TRUE },
    { "!order", FALSE },
    { "sscc", FALSE },
    { "!sscc", TRUE },
    { "service=Express", TRUE },
    { "service=Standard", FALSE },
    { "service!=Standard", TRUE },
    { "service!=Express", FALSE },
    { "order; !sscc; service=Express", TRUE },
    { "order;sscc", FALSE },
    { "", TRUE },
  };
  g_autoptr (WbLabelValues) values = wb_label_values_new ();

  wb_label_values_set (values, "order", "10482");
  wb_label_values_set (values, "service", "Express");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (LABEL "[a]\ntype=bar\nwhen=%s\n" PLACE, cases[i].when);
      g_autoptr (WbLabel) label = lay_out (text, values);

      g_test_message ("%s", cases[i].when);
      g_assert_cmpint (label->elements->len == 1, ==, cases[i].shown);
    }
}

static void
test_rows (void)
{
  static const char text[] = "[Label]\ndocument=return\nwidth=100\nheight=50\n"
                             "[a]\ntype=text\nrepeat=items\npitch=5\nmost=2\nx=1\ny=10\nwidth=90\nheight=4\n"
                             "text=${items.quantity} × ${items.name} (${return})\n"
                             "[b]\ntype=bar\nrepeat=items\npitch=5\nmost=3\nwhen=items.sku=TEA\nx=1\ny=10\nwidth=9\nheight=1\n";
  g_autoptr (WbLabelValues) values = wb_label_values_new ();
  g_autoptr (WbLabel) label = NULL;
  g_autofree char *words = NULL;

  wb_label_values_set (values, "return", "R-1");
  for (guint i = 1; i <= 3; i++)
    {
      WbLabelValues *row = wb_label_values_add_row (values, "items");

      wb_label_values_set_number (row, "items.quantity", i);
      wb_label_values_set (row, "items.name", i == 2 ? "Tray" : "Teapot");
      wb_label_values_set (row, "items.sku", i == 2 ? "TRY" : "TEA");
    }
  label = lay_out (text, values);
  words = words_of (label);
  g_assert_cmpstr (words, ==, "1 × Teapot (R-1)|2 × Tray (R-1)");
  g_assert_cmpuint (label->elements->len, ==, 4);
  g_assert_cmpuint (((WbLabelElement *) g_ptr_array_index (label->elements, 1))->y_um, ==, 15000);
  g_assert_cmpuint (((WbLabelElement *) g_ptr_array_index (label->elements, 3))->y_um, ==, 20000);
}

static void
test_lines (void)
{
  static const char text[] = LABEL "[a]\ntype=lines\ntext=${to}\nx=1\ny=2\nwidth=90\nheight=20\npitch=7\nmost=4\nwrap=12\nbold=first;last\n";
  g_autoptr (WbLabelValues) values = wb_label_values_new ();
  g_autoptr (WbLabel) label = NULL;
  g_autofree char *words = NULL;
  const WbLabelElement *last = NULL;

  wb_label_values_set (values, "to", "Mary Miller\nFlat 2, behind the garden\nOxford\nGB");
  label = lay_out (text, values);
  words = words_of (label);
  g_assert_cmpstr (words, ==, "Mary Miller|Flat 2,|behind the|garden");
  last = g_ptr_array_index (label->elements, 3);
  g_assert_cmpuint (last->y_um, ==, 2000 + 3 * 5000);
  g_assert_cmpuint (last->height_um, ==, 4000);
  g_assert_true (last->bold);
  g_assert_false (((WbLabelElement *) g_ptr_array_index (label->elements, 1))->bold);
}

/* ---- Barcodes ---------------------------------------------------------------------------------- */

/* The first kind that holds what it is to say; a bracket within an element string is data. */
static void
test_symbols (void)
{
  static const struct
  {
    const char *symbol;
    const char *data;
    const char *value;
    WbLabelSymbol expected;
    const char *text;
  } cases[] = {
    { "ean-13;code-128", "${tracking}", "4006381333931", WB_LABEL_EAN_13, "4006381333931" },
    { "ean-13;code-128", "${tracking}", "WB-1", WB_LABEL_CODE_128, "WB-1" },
    { "gs1-128", "(01)04006381333931(10)${tracking}", "A(7", WB_LABEL_GS1_128, "0104006381333931" "10A(7" },
    { "gs1-datamatrix", "(10)${tracking}(21)1", "A", WB_LABEL_GS1_DATAMATRIX, "10A\x1d" "211" },
    { "gs1-link", "(01)04006381333931(10)${tracking}(17)270331", "A/7", WB_LABEL_GS1_LINK,
      "https://id.gs1.org/01/04006381333931/10/A%2F7?17=270331" },
    { "gs1-128", "${tracking}", "(01)04006381333931", WB_LABEL_GS1_128, "0104006381333931" },
    { "gs1-128;qr", "(10)${tracking}(21)1", "A\\", WB_LABEL_QR, "(10)A\\(21)1" },
    { "gs1-link", "https://example.org/${tracking}", "a(b", WB_LABEL_GS1_LINK, "https://example.org/a(b" },
    { "maxicode", "EH1 3HT|GB|1|1Z|${tracking}|X", "12 (rear)", WB_LABEL_MAXICODE, MESSAGE "12 (REAR)\x1dX\x1e\x04" },
    { "maxicode", "EH1 3HT|GB|1|1Z|${tracking}|X", "a|b\x1d" "c\x1e\nd", WB_LABEL_MAXICODE, MESSAGE "A B C  D\x1dX\x1e\x04" },
    { "codabar", "A${tracking}B", "123", WB_LABEL_CODABAR, "A123B" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (LABEL "[a]\ntype=symbol\nsymbol=%s\ndata=%s\nx=1\ny=2\nwidth=90\nheight=40\n",
                                               cases[i].symbol, cases[i].data);
      g_autoptr (WbLabelValues) values = wb_label_values_new ();
      g_autoptr (WbLabel) label = NULL;
      const WbLabelElement *element = NULL;

      wb_label_values_set (values, "tracking", cases[i].value);
      label = lay_out (text, values);
      element = g_ptr_array_index (label->elements, 0);
      g_assert_cmpint (element->symbol, ==, cases[i].expected);
      g_assert_cmpstr (element->text, ==, cases[i].text);
    }
}

static void
test_bad_data (void)
{
  static const char text[] = LABEL "[bars]\ntype=symbol\nsymbol=ean-13;ean-8\ndata=${tracking}\n" PLACE;
  g_autoptr (WbLabelTemplate) template = parse (text, NULL, NULL);
  g_autoptr (WbLabelValues) values = wb_label_values_new ();
  g_autoptr (GError) error = NULL;

  wb_label_values_set (values, "tracking", "not digits");
  g_assert_null (wb_label_template_layout (template, values, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_assert_true (g_str_has_prefix (error->message, "mine.label: [bars]: "));
  g_assert_nonnull (strstr (error->message, "not digits"));
}

/* ---- Files ------------------------------------------------------------------------------------- */

static void
test_wrong (void)
{
  static const struct
  {
    const char *text;
    const char *says;
  } cases[] = {
    { "", "[Label]: the group is missing" },
    { "text without a group", "mine.label: " },
    { "[Label]\ndocument=shipping\nheight=50\n", "[Label] width: is missing" },
    { "[Label]\ndocument=shiping\nwidth=100\nheight=50\n", "[Label] document: “shiping” is no document; there are: shipping" },
    { "[Label]\ndocument=shipping\nwidth=100 cm\nheight=50\n", "[Label] width: “100 cm” is no length" },
    { "[Label]\ndocument=shipping\nwidth=100\nheight=5000\n", "from 5 to 500 mm" },
    { "[Label]\ndocument=shipping\nwidth=100\nheight=50\ncolour=red\n", "[Label] colour: is no key of this group; there are: document" },
    { LABEL "[a]\n" PLACE, "[a] type: “” is no type; there are: text, lines" },
    { LABEL "[a]\ntype=teapot\n" PLACE, "[a] type: “teapot” is no type" },
    { LABEL "[a]\ntype=text\n" PLACE, "[a] text: is missing" },
    { LABEL "[a]\ntype=text\ntext=a\nwdith=3\n" PLACE, "[a] wdith: is no key of this group; there are: type, x, y, width" },
    { LABEL "[a]\ntype=text\ntext=a\nx=1\ny=1\nwidth=10\n", "[a] height: is missing" },
    { LABEL "[a]\ntype=text\ntext=a\nx=1\ny=1\nwidth=100\nheight=2\n", "[a] width: it ends at 101.0 mm; the label is 100.0 mm wide" },
    { LABEL "[a]\ntype=text\ntext=a\nx=1\ny=49.5\nwidth=10\nheight=2\n", "[a] height: it ends at 51.5 mm" },
    { LABEL "[a]\ntype=text\ntext=${trackin}\n" PLACE, "[a] text: there is no field “trackin” on a shipping label; there are: carrier" },
    { LABEL "[a]\ntype=text\ntext=${tracking\n" PLACE, "[a] text: “${” has no “}”" },
    { LABEL "[a]\ntype=text\ntext=${weight:lb}\n" PLACE, "[a] text: “${weight:lb}” cannot be written so" },
    { LABEL "[a]\ntype=text\ntext=${date:short}\n" PLACE, "[a] text: “${date:short}”" },
    { LABEL "[a]\ntype=text\ntext=a\nalign=middle\n" PLACE, "[a] align: “middle” is none of left, centre, right" },
    { LABEL "[a]\ntype=text\ntext=a\nbold=first\n" PLACE, "[a] bold: “first”" },
    { LABEL "[a]\ntype=text\ntext=a\nrotate=45\n" PLACE, "[a] rotate: “45” is none of 0, 90, 180, 270" },
    { LABEL "[a]\ntype=text\ntext=a\nwhen=nobody\n" PLACE, "[a] when: there is no field “nobody”" },
    { LABEL "[a]\ntype=symbol\ndata=a\n" PLACE, "[a] symbol: is missing; there are: code-128" },
    { LABEL "[a]\ntype=symbol\nsymbol=code-129\ndata=a\n" PLACE, "[a] symbol: there is no barcode “code-129”; there are: code-128" },
    { LABEL "[a]\ntype=image\nimage=logo.png\n" PLACE, "[a] image: there is no logo.png beside the templates" },
    { LABEL "[a]\ntype=lines\ntext=${to}\n" PLACE, "[a] pitch: is missing" },
    { LABEL "[a]\ntype=lines\ntext=${to}\npitch=3\nline-height=200%\n" PLACE, "[a] line-height: “200%” is not from 10% to 100%" },
    { LABEL "[a]\ntype=text\ntext=a\nrepeat=items\npitch=1\n" PLACE, "[a] repeat: “items” is no field of rows" },
    { "[Label]\ndocument=return\nwidth=100\nheight=50\n[a]\ntype=text\ntext=${items.sku}\n" PLACE, "“items.sku” stands only in a group with repeat=items" },
    { "[Label]\ndocument=return\nwidth=100\nheight=50\n[a]\ntype=text\ntext=a\nrepeat=items\npitch=20\nmost=9\n" PLACE, "[a] height: it ends at 166.0 mm" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (WbLabelTemplate) template = parse (cases[i].text, NULL, &error);

      g_assert_null (template);
      g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
      g_test_message ("%s", error->message);
      g_assert_true (g_str_has_prefix (error->message, "mine.label: "));
      g_assert_nonnull (strstr (error->message, cases[i].says));
    }
}

/* A shop's own file goes before the built-in one of its name; one that is wrong is told of, and the built-in one serves. */
#define PNG "\x89PNG\r\n\x1a\n\0\0\0\rIHDR"

/* A picture that is a small file and a large one in memory is told of, and not kept. */
static void
test_images (void)
{
  static const struct
  {
    char size[8];
    gboolean is_kept;
  } cases[] = {
    { { 0, 0, 4, 0, 0, 0, 4, 0 }, TRUE },      { { 0, 0, 0x10, 0, 0, 0, 0x10, 0 }, TRUE },
    { { 0, 0, 0x10, 1, 0, 0, 0x10, 0 }, FALSE }, { { 0, 0, 0x7f, 0, 0, 0, 0x7f, 0 }, FALSE },
    { { 0x7f, 0, 0, 0, 0, 0, 0, 1 }, FALSE },  { { 0, 0, 0, 0, 0, 0, 0, 1 }, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *folder = wb_test_folder ();
      g_autofree char *logo = g_build_filename (folder, "logo.png", NULL);
      char file[sizeof PNG - 1 + 8];
      g_autoptr (WbLabelTemplates) templates = NULL;

      memcpy (file, PNG, sizeof PNG - 1);
      memcpy (file + sizeof PNG - 1, cases[i].size, 8);
      g_assert_true (g_file_set_contents (logo, file, sizeof file, NULL));
      g_setenv ("WAYBILL_LABEL_PATH", folder, TRUE);
      templates = wb_label_templates_new ("en");
      g_unsetenv ("WAYBILL_LABEL_PATH");
      g_assert_cmpint (wb_label_templates_get_problems (templates)[0] == NULL, ==, cases[i].is_kept);
    }
}

static void
test_own (void)
{
  static const char own[] = "[Label]\ndocument=tote\nwidth=40\nheight=20\n[a]\ntype=text\ntext=ours\n"
                            "x=1\ny=2\nwidth=30\nheight=4\n[logo]\ntype=image\nimage=logo.png\nx=1\ny=8\nwidth=9\nheight=9\n";
  g_autofree char *folder = wb_test_folder ();
  g_autofree char *good = g_build_filename (folder, "tote.label", NULL);
  g_autofree char *another = g_build_filename (folder, "tote-small.label", NULL);
  g_autofree char *bad = g_build_filename (folder, "shipping.label", NULL);
  g_autofree char *logo = g_build_filename (folder, "logo.png", NULL);
  g_autofree char *words = NULL;
  g_autoptr (WbLabelTemplates) templates = NULL;
  g_autoptr (WbLabelValues) nothing = wb_label_values_new ();
  g_autoptr (GPtrArray) totes = NULL;
  g_autoptr (WbLabel) label = NULL;
  guint width_um = 0;
  guint height_um = 0;

  g_assert_true (g_file_set_contents (good, own, -1, NULL));
  g_assert_true (g_file_set_contents (another, own, -1, NULL));
  g_assert_true (g_file_set_contents (bad, "[Label]\ndocument=shipping\nwidth=wide\nheight=1\n", -1, NULL));
  g_assert_true (g_file_set_contents (logo, PNG "\0\0\0\x08\0\0\0\x08", sizeof PNG + 7, NULL));
  g_setenv ("WAYBILL_LABEL_PATH", folder, TRUE);
  templates = wb_label_templates_new ("en");
  g_unsetenv ("WAYBILL_LABEL_PATH");
  label = wb_label_template_layout (wb_label_templates_find (templates, "tote"), nothing, NULL);
  words = words_of (label);
  g_assert_cmpstr (words, ==, "ours");
  g_assert_cmpuint (label->elements->len, ==, 2);
  totes = wb_label_templates_list (templates, "tote");
  g_assert_cmpuint (totes->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (totes, 1), ==, "tote-small");
  g_assert_nonnull (strstr (wb_label_templates_get_problems (templates)[0], "shipping.label: [Label] width: “wide” is no length"));
  g_assert_null (wb_label_templates_get_problems (templates)[1]);
  wb_label_template_get_size (wb_label_templates_find (templates, "shipping"), &width_um, &height_um);
  g_assert_cmpuint (width_um, ==, 101600);
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);
  g_test_add_func ("/label-template/built-in", test_built_in);
  g_test_add_func ("/label-template/translations", test_translations);
  g_test_add_func ("/label-template/fields", test_fields);
  g_test_add_func ("/label-template/conditions", test_conditions);
  g_test_add_func ("/label-template/rows", test_rows);
  g_test_add_func ("/label-template/lines", test_lines);
  g_test_add_func ("/label-template/symbols", test_symbols);
  g_test_add_func ("/label-template/bad-data", test_bad_data);
  g_test_add_func ("/label-template/wrong", test_wrong);
  g_test_add_func ("/label-template/images", test_images);
  g_test_add_func ("/label-template/own", test_own);
  return g_test_run ();
}
