/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Labels in every printer language, put on paper by a printer that knows only the manuals and read back by a program that is
 * not ours: every code is there, and says what it should.
 */
#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "core/wb-gs1.h"
#include "core/wb-label-templates.h"
#include "devices/wb-label-pdf.h"
#include "tests/devices/wb-test-printer.h"
#include "tests/wb-test.h"

static const guint resolutions[] = { 203, 300 };

static char *
output_of (const char *folder, const char *command)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                                                        G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) output = NULL;

  g_subprocess_launcher_set_cwd (launcher, folder);
  /* what the sanitizers preload is none of another program's business */
  g_subprocess_launcher_unsetenv (launcher, "LD_PRELOAD");
  process = g_subprocess_launcher_spawn (launcher, &error, "sh", "-c", command, NULL);
  g_assert_no_error (error);
  g_subprocess_communicate (process, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  return g_strndup (g_bytes_get_data (output, NULL), g_bytes_get_size (output));
}

static gboolean
have_reader (void)
{
  g_autofree char *reads = g_find_program_in_path ("ZXingReader");

  if (reads != NULL)
    return TRUE;
  if (g_getenv ("CI") != NULL)
    g_test_fail_printf ("ZXingReader is not installed");
  else
    g_test_skip ("needs ZXingReader");
  return FALSE;
}

/* A white margin around it, as paper has, or what stands at the edge is not found. */
static void
save_paper (cairo_surface_t *paper, const char *folder, const char *name)
{
  enum { MARGIN = 40 };
  int width = cairo_image_surface_get_width (paper);
  int height = cairo_image_surface_get_height (paper);
  cairo_surface_t *page = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width + 2 * MARGIN, height + 2 * MARGIN);
  cairo_t *cairo = cairo_create (page);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  cairo_set_source_rgb (cairo, 1, 1, 1);
  cairo_paint (cairo);
  cairo_set_source_surface (cairo, paper, MARGIN, MARGIN);
  cairo_paint (cairo);
  g_assert_cmpint (cairo_surface_write_to_png (page, path), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cairo);
  cairo_surface_destroy (page);
}

static cairo_surface_t *
paper_of_bitmap (const WbLabelBitmap *bitmap)
{
  cairo_surface_t *paper = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) bitmap->width, (int) bitmap->height);
  cairo_t *cairo = cairo_create (paper);

  cairo_set_antialias (cairo, CAIRO_ANTIALIAS_NONE);
  cairo_set_source_rgb (cairo, 1, 1, 1);
  cairo_paint (cairo);
  cairo_set_source_rgb (cairo, 0, 0, 0);
  for (guint y = 0; y < bitmap->height; y++)
    for (guint x = 0; x < bitmap->width; x++)
      if (wb_label_bitmap_is_black (bitmap, x, y))
        cairo_rectangle (cairo, x, y, 1, 1);
  cairo_fill (cairo);
  cairo_destroy (cairo);
  return paper;
}

/* Prints in a language that has an emulated printer, or all of it as dots (the preview), to a PNG. */
static void
print_to (const WbLabel *label, gint language, guint dpi, const char *folder, const char *name)
{
  g_autoptr (GError) error = NULL;
  guint width = wb_label_dots (label->width_um, dpi);
  guint height = wb_label_dots (label->height_um, dpi);

  if (language < 0)
    {
      g_auto (WbLabelBitmap) bitmap = { 0 };
      cairo_surface_t *paper = NULL;

      wb_label_to_bitmap (label, dpi, wb_label_rasterise, NULL, &bitmap, &error);
      g_assert_no_error (error);
      paper = paper_of_bitmap (&bitmap);
      save_paper (paper, folder, name);
      cairo_surface_destroy (paper);
    }
  else
    {
      g_autoptr (GBytes) job = wb_label_encode (label, (WbLabelLanguage) language, dpi, NULL, wb_label_rasterise, NULL, &error);
      g_autoptr (WbTestPrinted) printed = NULL;

      g_assert_no_error (error);
      printed = wb_test_print ((WbLabelLanguage) language, job, dpi, width, height, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (printed->n_labels, ==, 1);
      save_paper (printed->paper, folder, name);
    }
}

/* ---- Reading ----------------------------------------------------------------------------------- */

/* What a reader says of it: control characters and foreign letters by name, Codabar without its start and stop. One says an
 * element string of DataBar Expanded in brackets and of the plain one the GTIN alone; the other (@plain) all as it is, and
 * a UPC-E as the number that it stands for. */
static char *
said_of (const WbSymbology *symbology, const char *data, gboolean plain)
{
  GString *text = NULL;

  if (plain && symbology->id == WB_LABEL_UPC_E)
    return g_strdup_printf ("0%.6s0000%c%c", data, data[6], data[7]);

  if (symbology->data == WB_SYMBOL_CODABAR)
    return g_strndup (data + 1, strlen (data) - 2);
  if (!plain && symbology->id == WB_LABEL_DATABAR)
    return g_strdup (data + 2);
  if (!plain && (symbology->id == WB_LABEL_DATABAR_EXPANDED || symbology->id == WB_LABEL_DATABAR_STACKED))
    {
      g_autoptr (GPtrArray) elements = wb_gs1_parse (data, NULL);

      return wb_gs1_to_brackets (elements);
    }
  text = g_string_new (NULL);
  for (const char *c = data; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar letter = g_utf8_get_char (c);

      if (letter == 0x1d)
        g_string_append (text, "<GS>");
      else if (letter == 0x1e)
        g_string_append (text, "<RS>");
      else if (letter == 0x04)
        g_string_append (text, "<EOT>");
      else if (letter < 0x80)
        g_string_append_c (text, (char) letter);
      else
        g_string_append_printf (text, "<U+%X>", letter);
    }
  return g_string_free (text, FALSE);
}

/* All pictures of a folder, a line a code: "name.png Format "text"". Downscaling ends some versions of the reader. */
static char *
read_papers (const char *folder)
{
  return output_of (folder, "LC_ALL=C.UTF-8 ZXingReader -noscale -1 *.png");
}

/* What the reader calls it. */
static const char *
format_of (WbLabelSymbol symbol)
{
  static const char *const formats[WB_LABEL_N_SYMBOLS] = {
    [WB_LABEL_CODE_128] = "Code128",          [WB_LABEL_GS1_128] = "Code128",
    [WB_LABEL_EAN_13] = "EAN-13",             [WB_LABEL_QR] = "QRCode",
    [WB_LABEL_DATAMATRIX] = "DataMatrix",     [WB_LABEL_CODE_39] = "Code39",
    [WB_LABEL_CODE_93] = "Code93",            [WB_LABEL_CODABAR] = "Codabar",
    [WB_LABEL_ITF] = "ITF",                   [WB_LABEL_ITF_14] = "ITF",
    [WB_LABEL_EAN_8] = "EAN-8",               [WB_LABEL_UPC_A] = "UPC-A",
    [WB_LABEL_UPC_E] = "UPC-E",               [WB_LABEL_GS1_QR] = "QRCode",
    [WB_LABEL_GS1_LINK] = "QRCode",           [WB_LABEL_GS1_DATAMATRIX] = "DataMatrix",
    [WB_LABEL_PDF417] = "PDF417",             [WB_LABEL_AZTEC] = "Aztec",
    [WB_LABEL_DATABAR] = "DataBar",           [WB_LABEL_DATABAR_EXPANDED] = "DataBarExpanded",
    [WB_LABEL_DATABAR_STACKED] = "DataBarExpanded", [WB_LABEL_MAXICODE] = "MaxiCode",
  };

  return formats[symbol];
}

static gboolean
was_read (const char *output, const char *name, WbLabelSymbol symbol, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (output, "\n", -1);
  g_autofree char *begin = g_strdup_printf ("%s %s \"%s\"", name, format_of (symbol), text);

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], begin))
      return TRUE;
  g_test_message ("%s: “%s” was not read", name, text);
  return FALSE;
}

static const gint papers[] = { -1, WB_LABEL_EPL, WB_LABEL_TSPL, WB_LABEL_ESCPOS };

static char *
name_paper (const char *what, gint language, guint dpi)
{
  return g_strdup_printf ("%s-%s-%u.png", what, language < 0 ? "dots" : wb_label_language_get_name ((WbLabelLanguage) language), dpi);
}

static WbLabel *
make_symbol_label (const WbSymbology *symbology)
{
  WbLabel *label = wb_label_new ("symbol", WB_LABEL_MM (104), WB_LABEL_MM (40));
  g_autoptr (GError) error = NULL;

  wb_label_add_symbol (label, symbology->id, WB_LABEL_MM (4), WB_LABEL_MM (4), WB_LABEL_MM (96), WB_LABEL_MM (28),
                       WB_LABEL_CENTRE, symbology->example, &error);
  g_assert_no_error (error);
  return label;
}

/* Every symbology alone on a label, in every language and resolution; ZPL's squares are test_zpl()'s. */
static void
test_symbols (void)
{
  g_autofree char *folder = wb_test_folder ();
  g_autofree char *output = NULL;
  guint n_missing = 0;

  if (!have_reader ())
    return;
  for (guint i = 0; i < WB_LABEL_N_SYMBOLS; i++)
    {
      const WbSymbology *symbology = wb_symbology_get ((WbLabelSymbol) i);
      g_autoptr (WbLabel) label = make_symbol_label (symbology);

      for (guint r = 0; r < G_N_ELEMENTS (resolutions); r++)
        {
          for (guint k = 0; k < G_N_ELEMENTS (papers); k++)
            {
              g_autofree char *name = name_paper (symbology->name, papers[k], resolutions[r]);

              print_to (label, papers[k], resolutions[r], folder, name);
            }
          if (symbology->form == WB_SYMBOL_LINEAR)
            {
              g_autofree char *name = name_paper (symbology->name, WB_LABEL_ZPL, resolutions[r]);

              print_to (label, WB_LABEL_ZPL, resolutions[r], folder, name);
            }
        }
    }
  output = read_papers (folder);
  g_test_message ("%s", output);
  for (guint i = 0; i < WB_LABEL_N_SYMBOLS; i++)
    {
      const WbSymbology *symbology = wb_symbology_get ((WbLabelSymbol) i);
      g_autofree char *text = said_of (symbology, symbology->example, FALSE);

      for (guint k = 0; k < G_N_ELEMENTS (papers); k++)
        for (guint r = 0; r < G_N_ELEMENTS (resolutions); r++)
          {
            g_autofree char *name = name_paper (symbology->name, papers[k], resolutions[r]);

            n_missing += was_read (output, name, symbology->id, text) ? 0 : 1;
          }
      for (guint r = 0; r < G_N_ELEMENTS (resolutions) && symbology->form == WB_SYMBOL_LINEAR; r++)
        {
          g_autofree char *name = name_paper (symbology->name, WB_LABEL_ZPL, resolutions[r]);

          n_missing += was_read (output, name, symbology->id, text) ? 0 : 1;
        }
    }
  g_assert_cmpuint (n_missing, ==, 0);
}

/* A MaxiCode is read alike whoever makes it, with the five digits of a short postcode and with nine, in the United States and elsewhere. */
static void
test_maxicode (void)
{
  static const char *const written[] = { "15238-2802|US|1|1Z00004951|UPSN|06X610|159|1234567|1/1||Y|634 ALPHA DR|PITTSBURGH|PA", "93065|US|300|1Z9",
                                         "N1 7GR|GB|65|1Z12345677|UPSN|0A1B2C" };
  static const char *const read[] = {
    "[)><RS>01<GS>96152382802<GS>840<GS>001<GS>1Z00004951<GS>UPSN<GS>06X610<GS>159<GS>1234567<GS>1/1<GS><GS>Y<GS>634 ALPHA DR<GS>PITTSBURGH<GS>PA<RS><EOT>",
    "[)><RS>01<GS>96930650000<GS>840<GS>300<GS>1Z9<RS><EOT>", "[)><RS>01<GS>96N17GR <GS>826<GS>065<GS>1Z12345677<GS>UPSN<GS>0A1B2C<RS><EOT>"
  };
  g_autofree char *folder = wb_test_folder ();
  g_autofree char *output = NULL;
  guint n_missing = 0;

  if (!have_reader ())
    return;
  for (guint pass = 0; pass < 2; pass++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (written); i++)
        for (gint language = -1; language < WB_LABEL_N_LANGUAGES; language++)
          {
            g_autofree char *what = g_strdup_printf ("maxicode-%u", i);
            g_autofree char *name = name_paper (what, language, 203);
            g_autoptr (WbLabel) label = wb_label_new ("parcel", WB_LABEL_MM (60), WB_LABEL_MM (40));
            g_autoptr (GError) error = NULL;

            wb_label_add_symbol (label, WB_LABEL_MAXICODE, WB_LABEL_MM (5), WB_LABEL_MM (5), WB_LABEL_MM (50), WB_LABEL_MM (30), WB_LABEL_CENTRE,
                                 written[i], &error);
            g_assert_no_error (error);
            if (pass == 0)
              print_to (label, language, 203, folder, name);
            else
              n_missing += was_read (output, name, WB_LABEL_MAXICODE, read[i]) ? 0 : 1;
          }
      if (pass == 0)
        output = read_papers (folder);
    }
  g_test_message ("%s", output);
  g_assert_cmpuint (n_missing, ==, 0);
}

/* ---- Whole labels ------------------------------------------------------------------------------ */

static void
save_pdf (const WbLabel *label, const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = wb_label_to_pdf (label, &error);

  g_assert_no_error (error);
  g_file_set_contents (path, g_bytes_get_data (pdf, NULL), (gssize) g_bytes_get_size (pdf), &error);
  g_assert_no_error (error);
}

/* Every code of a label is in what was read of that paper. */
static guint
count_missing (const WbLabel *label, const char *output, const char *name, gboolean plain)
{
  guint n_missing = 0;

  for (guint i = 0; i < label->elements->len; i++)
    {
      const WbLabelElement *element = g_ptr_array_index (label->elements, i);
      g_autofree char *text = NULL;

      if (element->kind != WB_LABEL_SYMBOL)
        continue;
      text = said_of (wb_symbology_get (element->symbol), element->text, plain);
      n_missing += was_read (output, name, element->symbol, text) ? 0 : 1;
    }
  return n_missing;
}

/* Every template with its samples: from each language, as dots, and as a PDF. */
static void
test_labels (void)
{
  g_autofree char *folder = wb_test_folder ();
  g_autofree char *output = NULL;
  g_autoptr (WbLabelTemplates) templates = wb_label_templates_new ("en");
  g_autoptr (GPtrArray) names = wb_label_templates_list (templates, NULL);
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_label_free);
  guint n_missing = 0;

  if (!have_reader ())
    return;
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      const WbLabelTemplate *template = wb_label_templates_find (templates, name);
      g_autoptr (WbLabelValues) sample = wb_label_document_sample (wb_label_template_get_document (template));
      g_autofree char *pdf = g_strconcat (name, ".pdf", NULL);
      WbLabel *label = wb_label_template_layout (template, sample, NULL);

      g_ptr_array_add (labels, label);
      save_pdf (label, folder, pdf);
      for (guint k = 0; k < G_N_ELEMENTS (papers); k++)
        for (guint r = 0; r < G_N_ELEMENTS (resolutions); r++)
          {
            g_autofree char *paper = name_paper (name, papers[k], resolutions[r]);

            print_to (label, papers[k], resolutions[r], folder, paper);
          }
    }
  g_free (output_of (folder, "for f in *.pdf; do pdftoppm -r 203 -png -singlefile $f ${f%.pdf}-pdf-203; done"));
  output = read_papers (folder);
  g_test_message ("%s", output);
  for (guint i = 0; i < names->len; i++)
    {
      const WbLabel *label = g_ptr_array_index (labels, i);
      g_autofree char *pdf = g_strconcat (g_ptr_array_index (names, i), "-pdf-203.png", NULL);

      n_missing += count_missing (label, output, pdf, FALSE);
      for (guint k = 0; k < G_N_ELEMENTS (papers); k++)
        for (guint r = 0; r < G_N_ELEMENTS (resolutions); r++)
          {
            g_autofree char *paper = name_paper (g_ptr_array_index (names, i), papers[k], resolutions[r]);

            n_missing += count_missing (label, output, paper, FALSE);
          }
    }
  g_assert_cmpuint (n_missing, ==, 0);
}

/* ---- Turned ----------------------------------------------------------------------------------- */

/* Whichever way a code lies, it is read, and it lies within its rectangle. */
static void
test_turned (void)
{
  static const WbLabelSymbol symbols[] = { WB_LABEL_CODE_128, WB_LABEL_EAN_13, WB_LABEL_QR, WB_LABEL_GS1_DATAMATRIX, WB_LABEL_PDF417 };
  g_autofree char *folder = wb_test_folder ();
  g_autofree char *output = NULL;
  guint n_missing = 0;

  if (!have_reader ())
    return;
  for (guint pass = 0; pass < 2; pass++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (symbols); i++)
        for (guint turn = 90; turn < 360; turn += 90)
          {
            const WbSymbology *symbology = wb_symbology_get (symbols[i]);
            g_autoptr (WbLabel) label = wb_label_new ("turned", WB_LABEL_MM (80), WB_LABEL_MM (80));
            g_autofree char *what = g_strdup_printf ("%s-%u", symbology->name, turn);
            g_autofree char *text = said_of (symbology, symbology->example, FALSE);
            gboolean lies = turn != 180;
            g_autoptr (GError) error = NULL;

            wb_label_set_turn (label, turn);
            wb_label_add_symbol (label, symbology->id, WB_LABEL_MM (lies ? 27 : 5), WB_LABEL_MM (lies ? 5 : 27),
                                 WB_LABEL_MM (lies ? 25 : 70), WB_LABEL_MM (lies ? 70 : 25), WB_LABEL_CENTRE, symbology->example, &error);
            g_assert_no_error (error);
            wb_label_add_text (label, WB_LABEL_MM (lies ? 60 : 5), WB_LABEL_MM (lies ? 5 : 60), WB_LABEL_MM (lies ? 5 : 70),
                               WB_LABEL_MM (lies ? 70 : 5), WB_LABEL_LEFT, TRUE, what);
            for (guint k = 0; k < G_N_ELEMENTS (papers); k++)
              {
                g_autofree char *name = name_paper (what, papers[k], 203);

                if (pass == 0)
                  print_to (label, papers[k], 203, folder, name);
                else
                  n_missing += was_read (output, name, symbology->id, text) ? 0 : 1;
              }
          }
      if (pass == 0)
        output = read_papers (folder);
    }
  g_assert_cmpuint (n_missing, ==, 0);
}

/* ---- ZPL --------------------------------------------------------------------------------------- */

static void
save_zpl (const WbLabel *label, guint dpi, const char *folder, const char *what)
{
  g_autofree char *name = g_strdup_printf ("%s-%u.zpl", what, dpi);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) zpl = wb_label_encode (label, WB_LABEL_ZPL, dpi, NULL, wb_label_rasterise, NULL, &error);

  g_assert_no_error (error);
  g_file_set_contents (path, g_bytes_get_data (zpl, NULL), (gssize) g_bytes_get_size (zpl), &error);
  g_assert_no_error (error);
}

/* The program that puts ZPL on paper does not know ^BA, ^BK, ^B8 and ^BU: the emulated printer prints those. */
static gboolean
renderer_lacks (WbLabelSymbol symbol)
{
  return symbol == WB_LABEL_CODE_93 || symbol == WB_LABEL_CODABAR || symbol == WB_LABEL_EAN_8 || symbol == WB_LABEL_UPC_A;
}

/* Other people's programs put it on paper and read it, in their own way of naming formats. The registry may be out of reach; where
 * nothing is skipped, what runs them may not be missing. */
static char *
read_zpl (const char *folder)
{
  g_autofree char *script = wb_test_file ("devices/zpl/read");
  g_autofree char *command = g_strdup_printf ("'%s' .; echo \"status $?\"", script);
  char *output = output_of (folder, command);

  if (strstr (output, "status 77\n") == NULL)
    return output;
  *strstr (output, "status 77\n") = '\0';
  g_strdelimit (g_strchomp (output), "\n", ' ');
  if (g_getenv ("CI") != NULL && strstr (output, "is not installed") != NULL)
    g_test_fail_printf ("%s", output);
  else
    g_test_skip (output);
  g_free (output);
  return NULL;
}

static guint
count_unread (const WbLabel *label, const char *output, guint dpi, const char *what)
{
  g_autofree char *name = g_strdup_printf ("%s-%u.zpl", what, dpi);

  return count_missing (label, output, name, TRUE);
}

/* Every symbology and every template in ZPL. */
static void
test_zpl (void)
{
  static const guint dots[] = { 203, 300, 600 };
  g_autofree char *folder = wb_test_folder ();
  g_autofree char *output = NULL;
  g_autoptr (WbLabelTemplates) templates = wb_label_templates_new ("en");
  g_autoptr (GPtrArray) names = wb_label_templates_list (templates, NULL);
  g_autoptr (GHashTable) labels = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) wb_label_free);
  GHashTableIter iter;
  gpointer what = NULL;
  gpointer label = NULL;
  guint n_missing = 0;

  for (guint i = 0; i < WB_LABEL_N_SYMBOLS; i++)
    {
      const WbSymbology *symbology = wb_symbology_get ((WbLabelSymbol) i);

      if (!renderer_lacks (symbology->id))
        g_hash_table_insert (labels, (gpointer) symbology->name, make_symbol_label (symbology));
    }
  for (guint i = 0; i < names->len; i++)
    {
      const WbLabelTemplate *template = wb_label_templates_find (templates, g_ptr_array_index (names, i));
      g_autoptr (WbLabelValues) sample = wb_label_document_sample (wb_label_template_get_document (template));

      g_hash_table_insert (labels, g_ptr_array_index (names, i), wb_label_template_layout (template, sample, NULL));
    }
  g_hash_table_iter_init (&iter, labels);
  while (g_hash_table_iter_next (&iter, &what, &label))
    for (guint r = 0; r < G_N_ELEMENTS (dots); r++)
      save_zpl (label, dots[r], folder, what);
  output = read_zpl (folder);
  if (output == NULL)
    return;
  g_test_message ("%s", output);
  g_hash_table_iter_init (&iter, labels);
  while (g_hash_table_iter_next (&iter, &what, &label))
    for (guint r = 0; r < G_N_ELEMENTS (dots); r++)
      n_missing += count_unread (label, output, dots[r], what);
  g_assert_cmpuint (n_missing, ==, 0);
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);
  g_test_add_func ("/label-read/symbols", test_symbols);
  g_test_add_func ("/label-read/maxicode", test_maxicode);
  g_test_add_func ("/label-read/labels", test_labels);
  g_test_add_func ("/label-read/turned", test_turned);
  g_test_add_func ("/label-read/zpl", test_zpl);
  return g_test_run ();
}
