/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>
#include <string.h>

#include "core/wb-command-sheet.h"
#include "core/wb-job-answer.h"
#include "core/wb-pick-list.h"
#include "core/wb-shipping-label.h"
#include "devices/wb-device-error.h"
#include "devices/wb-label-pdf.h"
#include "tests/wb-test.h"

static WbLabel *
make_label (const char *name, GError **error)
{
  g_auto (WbShippingLabel) shipping = {
    .from = { .name = g_strdup ("Waybill Demo Ltd"),
              .line1 = g_strdup ("1 Wharf Road"),
              .city = g_strdup ("London"),
              .postcode = g_strdup ("N1 7GR"),
              .country = g_strdup ("GB") },
    .to = { .name = g_strdup (name),
            .line1 = g_strdup ("Lange Straße 4, Hinterhaus, bei der Familie von und zu Großmüller-Lüdenscheidt"),
            .city = g_strdup ("Köln"),
            .postcode = g_strdup ("50667"),
            .country = g_strdup ("DE") },
    .carrier = g_strdup ("Parcel Line"),
    .service = g_strdup ("Express"),
    .routing = g_strdup ("DE-50"),
    .tracking = g_strdup ("WB123456785DE"),
    .sscc = g_strdup ("106141411234567897"),
    .reference = g_strdup ("10482"),
    .weight_g = 1840,
    .parcel = 1,
    .n_parcels = 1,
  };

  return wb_shipping_label_layout (&shipping, error);
}

static char *
output_of (const char *folder, const char *command)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                                                        G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  char *output = NULL;

  g_subprocess_launcher_set_cwd (launcher, folder);
  process = g_subprocess_launcher_spawn (launcher, &error, "sh", "-c", command, NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  return output;
}

static gboolean
have_readers (void)
{
  g_autofree char *draws = g_find_program_in_path ("pdftoppm");
  g_autofree char *reads = g_find_program_in_path ("zbarimg");

  if (draws != NULL && reads != NULL)
    return TRUE;
  g_test_skip ("needs pdftoppm and zbarimg");
  return FALSE;
}

/* Drawn as a PDF, turned into a picture by another program, read by a third: every code is right. */
static void
test_codes_are_read (void)
{
  g_autofree char *folder = wb_test_folder ();
  g_autofree char *path = g_build_filename (folder, "label.pdf", NULL);
  g_autofree char *codes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbLabel) label = make_label ("Zoë Müller", &error);
  g_autoptr (GBytes) pdf = NULL;

  g_assert_no_error (error);
  if (!have_readers ())
    return;
  g_assert_true (wb_label_add_symbol (label, WB_LABEL_QR, WB_LABEL_MM (70), WB_LABEL_MM (62), WB_LABEL_MM (20),
                                      WB_LABEL_MM (20), WB_LABEL_LEFT, "https://example.org/t/WB123456785DE", &error));
  g_assert_true (wb_label_add_symbol (label, WB_LABEL_EAN_13, WB_LABEL_MM (4), WB_LABEL_MM (72), WB_LABEL_MM (60),
                                      WB_LABEL_MM (9), WB_LABEL_LEFT, "4006381333931", &error));
  pdf = wb_label_to_pdf (label, &error);
  g_assert_no_error (error);
  g_file_set_contents (path, g_bytes_get_data (pdf, NULL), (gssize) g_bytes_get_size (pdf), &error);
  g_assert_no_error (error);
  codes = output_of (folder, "pdftoppm -r 203 -png label.pdf page && zbarimg -q page*.png");
  g_test_message ("%s", codes);
  g_assert_nonnull (strstr (codes, "CODE-128:WB123456785DE\n"));
  g_assert_nonnull (strstr (codes, "CODE-128:00106141411234567897\n"));
  g_assert_nonnull (strstr (codes, "QR-Code:https://example.org/t/WB123456785DE\n"));
  g_assert_nonnull (strstr (codes, "EAN-13:4006381333931\n"));
}

static char *
read_pages (GPtrArray *pages)
{
  g_autofree char *folder = wb_test_folder ();
  g_autofree char *path = g_build_filename (folder, "pages.pdf", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = wb_label_pages_to_pdf (pages, &error);

  g_assert_no_error (error);
  g_file_set_contents (path, g_bytes_get_data (pdf, NULL), (gssize) g_bytes_get_size (pdf), &error);
  g_assert_no_error (error);
  return output_of (folder, "pdftoppm -r 150 -png pages.pdf page && zbarimg -q page*.png; pdftotext -layout pages.pdf -; "
                            "pdfinfo pages.pdf");
}

/* The commands of a bench on paper: every barcode is read by another program, and is a command. */
static void
test_command_sheet (void)
{
  g_autoptr (WbJob) job = wb_job_new ("1", "10482", "Mary Miller");
  g_autoptr (GPtrArray) pages = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!have_readers ())
    return;
  wb_job_box_set_barcode (wb_job_add_box (job, "BOX-M", "Medium", 400, 300, 300, 200, 0), "WB-BOX-M");
  wb_job_add_box (job, "BOX-Ä", "No barcode holds its code", 400, 300, 300, 200, 0);
  pages = wb_command_sheet_layout (job->boxes, WB_LABEL_MM (210), WB_LABEL_MM (297), &error);
  g_assert_no_error (error);
  text = read_pages (pages);
  for (gint i = 0; i < WB_JOB_N_COMMANDS; i++)
    {
      g_autofree char *line = g_strdup_printf ("CODE-128:%s\n", wb_job_command_get_code ((WbJobCommand) i));

      g_test_message ("%s", line);
      g_assert_nonnull (strstr (text, line));
      g_assert_nonnull (strstr (text, wb_job_command_get_title ((WbJobCommand) i)));
    }
  g_assert_nonnull (strstr (text, "CODE-128:WB-BOX-M\n"));
  g_assert_nonnull (strstr (text, "Pages:           2"));
}

/* A pick list on two pages: in walking order, without what was fetched, the order's number to be scanned on each. */
static void
test_pick_list (void)
{
  g_autoptr (WbJob) job = wb_job_new ("1", "WB-10482", "Zoë Müller");
  g_autoptr (WbJobState) state = NULL;
  g_autoptr (WbJobEvent) event = wb_job_event_new (WB_JOB_EVENT_PICK);
  g_autoptr (GPtrArray) pages = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  WbPickListFacts facts = { "Parcel Line Tracked 24", "ship by 16:00", "Bench 1, 26 Nov 09:30" };
  const char *at = NULL;

  if (!have_readers ())
    return;
  wb_job_add_instruction (job, "Gift wrap: “Happy birthday”", TRUE);
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *sku = g_strdup_printf ("SKU-%02u", i);
      g_autofree char *name = g_strdup_printf ("Teapot number %02u", i);
      g_autofree char *bin = g_strdup_printf ("A-%02u", 40 - i);

      wb_job_line_set_bin (wb_job_add_line (job, i, sku, name, i + 1), bin, 40 - i);
    }
  state = wb_job_state_new (job);
  event->line = 1;
  event->quantity = 1;
  wb_job_state_add (state, event);
  pages = wb_pick_list_layout (state, &facts, WB_LABEL_MM (210), WB_LABEL_MM (297), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (pages->len, ==, 2);
  text = read_pages (pages);
  at = strstr (text, "CODE-128:WB-10482\n");
  g_assert_nonnull (at);
  g_assert_nonnull (strstr (at + 1, "CODE-128:WB-10482\n"));
  g_assert_null (strstr (text, "Teapot number 00"));
  g_assert_nonnull (strstr (text, "Happy birthday"));
  g_assert_nonnull (strstr (text, "page 2 of 2"));
  g_assert_nonnull (strstr (text, "Bench 1, 26 Nov 09:30"));
  for (guint i = 19; i > 0; i--)
    {
      g_autofree char *name = g_strdup_printf ("Teapot number %02u", i);

      at = strstr (i == 19 ? text : at, name);
      g_assert_nonnull (at);
    }
}

static void
test_size (void)
{
  g_autofree char *folder = wb_test_folder ();
  g_autofree char *path = g_build_filename (folder, "label.pdf", NULL);
  g_autofree char *info = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbLabel) label = make_label ("田中 愛子", &error);
  g_autoptr (GBytes) pdf = wb_label_to_pdf (label, &error);
  g_autoptr (GBytes) png = wb_label_to_png (label, 203, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (png, NULL), 8, "\x89PNG\r\n\x1a\n", 8);
  if (!have_readers ())
    return;
  g_file_set_contents (path, g_bytes_get_data (pdf, NULL), (gssize) g_bytes_get_size (pdf), NULL);
  info = output_of (folder, "pdfinfo label.pdf");
  g_assert_nonnull (strstr (info, "288 x 432 pts"));
  g_assert_nonnull (strstr (info, "Pages:           1"));
}

static void
test_rasterise (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbLabel) label = make_label ("田中 愛子", &error);
  g_autoptr (GBytes) zpl = wb_label_to_zpl (label, 203, NULL, wb_label_rasterise, NULL, &error);
  WbLabelElement element = { .kind = WB_LABEL_TEXT, .x_um = WB_LABEL_MM (10), .y_um = WB_LABEL_MM (5),
                             .width_um = WB_LABEL_MM (20), .height_um = WB_LABEL_MM (4), .bold = TRUE };
  g_auto (WbLabelBitmap) bitmap = { 0 };
  guint black = 0;

  g_assert_no_error (error);
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (zpl, NULL), (gssize) g_bytes_get_size (zpl), "^GFA,"));
  element.text = (char *) "田中 愛子 | a very long name that has to be set narrower to fit";
  g_assert_true (wb_label_rasterise (&element, 203, &bitmap, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (bitmap.x, >=, 80);
  g_assert_cmpuint (bitmap.x + bitmap.width, <=, 80 + 160 + 8);
  g_assert_cmpuint (bitmap.width, >=, 152);
  g_assert_cmpuint (bitmap.y, >=, 40);
  g_assert_cmpuint (bitmap.y + bitmap.height, <=, 40 + 32);
  for (guint i = 0; i < bitmap.width / 8 * bitmap.height; i++)
    black += bitmap.bits[i] != 0 ? 1 : 0;
  g_assert_cmpuint (black, >, 50);
}

static void
test_bad_symbol (void)
{
  g_autoptr (WbLabel) label = wb_label_new ("bad", WB_LABEL_MM (50), WB_LABEL_MM (50));
  g_autoptr (GError) error = NULL;

  /* An element string with a wrong check digit is a Code 128 like any other to the layout, but not to GS1. */
  g_assert_true (wb_label_add_symbol (label, WB_LABEL_GS1_128, 0, 0, WB_LABEL_MM (50), WB_LABEL_MM (10),
                                      WB_LABEL_LEFT, "00106141411234567890", &error));
  g_assert_null (wb_label_to_pdf (label, &error));
  g_assert_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_FAILED);
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);
  g_test_add_func ("/label-pdf/codes-are-read", test_codes_are_read);
  g_test_add_func ("/label-pdf/command-sheet", test_command_sheet);
  g_test_add_func ("/label-pdf/pick-list", test_pick_list);
  g_test_add_func ("/label-pdf/size", test_size);
  g_test_add_func ("/label-pdf/rasterise", test_rasterise);
  g_test_add_func ("/label-pdf/bad-symbol", test_bad_symbol);
  return g_test_run ();
}
