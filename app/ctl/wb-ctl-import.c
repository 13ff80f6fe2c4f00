/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waybillctl import: orders, customers and products from other shops. */
#define G_LOG_DOMAIN "waybillctl"

#include "config.h"

#include <string.h>
#include <unistd.h>

#include <gio/gunixinputstream.h>
#include <glib/gi18n.h>

#include "app/ctl/wb-ctl.h"
#include "core/wb-clean.h"
#include "core/wb-error.h"
#include "db/wb-importer.h"

typedef struct
{
  WbCtl *ctl;
  gboolean terminal;
  guint64 size;    /* of the file, 0 when unknown */
  guint64 told;    /* lines, when last told */
} Teller;

/* One line that changes on a terminal, a line now and then elsewhere (when asked to tell). */
static void
progress_cb (WbImporter *importer, gpointer user_data)
{
  Teller *teller = user_data;
  const WbImporterReport *report = wb_importer_get_report (importer);
  guint64 percent = teller->size > 0 ? MIN (report->bytes_read * 100 / teller->size, 100) : 0;

  if (teller->terminal)
    g_printerr (_ ("\r\033[K%3d %%  %" G_GUINT64_FORMAT " lines"), (int) percent, report->lines_read);
  else if (teller->ctl->verbose && report->lines_read >= teller->told + 50000)
    {
      g_printerr (_ ("%" G_GUINT64_FORMAT " lines\n"), report->lines_read);
      teller->told = report->lines_read;
    }
}

static const char *const kind_names[] = { N_ ("Other rows"), N_ ("Orders"), N_ ("Returns"), N_ ("Products"), N_ ("Customers") };
static const char *const kind_keys[] = { "other", "orders", "returns", "products", "customers" };

static void
add_decimal (JsonBuilder *builder, const char *name, const WbDecimal *value)
{
  g_autofree char *text = wb_decimal_to_string (value);

  wb_ctl_add_text (builder, name, text);
}

static void
print_json (const WbImporterReport *report, gboolean dry_run, const GError *error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  wb_ctl_add_flag (builder, "dry_run", dry_run);
  wb_ctl_add_flag (builder, "complete", error == NULL);
  wb_ctl_add_text (builder, "error", error != NULL ? error->message : NULL);
  for (guint i = 0; i < G_N_ELEMENTS (kind_keys); i++)
    {
      const WbImporterCount *count = &report->kinds[i];

      json_builder_set_member_name (builder, kind_keys[i]);
      json_builder_begin_object (builder);
      wb_ctl_add_number (builder, "created", (gint64) count->created);
      wb_ctl_add_number (builder, "updated", (gint64) count->updated);
      wb_ctl_add_number (builder, "left", (gint64) count->left);
      wb_ctl_add_number (builder, "refused", (gint64) count->refused);
      json_builder_end_object (builder);
    }
  wb_ctl_add_number (builder, "lines_read", (gint64) report->lines_read);
  wb_ctl_add_number (builder, "lines_accepted", (gint64) report->lines_accepted);
  wb_ctl_add_number (builder, "lines_refused", (gint64) report->lines_refused);
  add_decimal (builder, "value_read", &report->value_read);
  add_decimal (builder, "value_accepted", &report->value_accepted);
  add_decimal (builder, "value_refused", &report->value_refused);
  add_decimal (builder, "imported", &report->imported);
  wb_ctl_add_number (builder, "adjusted", (gint64) report->adjusted);
  wb_ctl_add_number (builder, "skus_created", (gint64) report->skus);
  wb_ctl_add_number (builder, "customers_created", (gint64) report->customers);
  json_builder_set_member_name (builder, "refusals");
  json_builder_begin_array (builder);
  for (guint i = 0; i < report->refusals->len; i++)
    {
      const WbImportRefusal *refusal = g_ptr_array_index (report->refusals, i);

      json_builder_begin_object (builder);
      wb_ctl_add_number (builder, "line", (gint64) refusal->line);
      wb_ctl_add_text (builder, "column", refusal->column);
      wb_ctl_add_text (builder, "value", refusal->value);
      wb_ctl_add_text (builder, "reason", refusal->reason);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  wb_ctl_print_json (builder);
}

static void
print_counts (const WbImporterReport *report)
{
  g_print ("%-12s %10s %10s %10s %10s\n", "", _ ("created"), _ ("updated"), _ ("left"), _ ("refused"));
  for (guint i = 0; i < G_N_ELEMENTS (kind_names); i++)
    {
      const WbImporterCount *count = &report->kinds[i];

      if (count->created + count->updated + count->left + count->refused > 0)
        g_print ("%-12s %10" G_GUINT64_FORMAT " %10" G_GUINT64_FORMAT " %10" G_GUINT64_FORMAT " %10" G_GUINT64_FORMAT "\n",
                 _ (kind_names[i]), count->created, count->updated, count->left, count->refused);
    }
  if (report->skus > 0 || report->customers > 0)
    g_print (_ ("New product variants: %" G_GUINT64_FORMAT ", new customers: %" G_GUINT64_FORMAT "\n"), report->skus,
             report->customers);
}

/* What was read, to the last digit: accepted and refused, and what rounding each line made of it. */
static void
print_account (const WbImporterReport *report)
{
  g_autofree char *read = wb_decimal_format (&report->value_read, &wb_decimal_syntax_english, 2);
  g_autofree char *accepted = wb_decimal_format (&report->value_accepted, &wb_decimal_syntax_english, 2);
  g_autofree char *refused = wb_decimal_format (&report->value_refused, &wb_decimal_syntax_english, 2);
  g_autofree char *imported = wb_decimal_format (&report->imported, &wb_decimal_syntax_english, 2);
  g_autofree char *rounding = NULL;
  WbDecimal difference = { 0 };

  g_print (_ ("Lines    %12" G_GUINT64_FORMAT " read = %" G_GUINT64_FORMAT " accepted + %" G_GUINT64_FORMAT " refused\n"),
           report->lines_read, report->lines_accepted, report->lines_refused);
  if (!wb_decimal_subtract (&report->imported, &report->value_accepted, &difference, NULL))
    return;
  difference = wb_decimal_normalise (difference);
  rounding = wb_decimal_format (&difference, &wb_decimal_syntax_english, 2);
  if (report->value_read.mantissa != 0 || report->value_accepted.mantissa != 0)
    g_print (_ ("Quantity × price  %s read = %s accepted + %s refused\n"
                "Imported          %s = %s accepted + %s by rounding lines\n"),
             read, accepted, refused, imported, accepted, rounding);
  if (report->adjusted > 0)
    g_print (_ ("Orders whose parts do not come to the total they state, and got an adjustment: %" G_GUINT64_FORMAT "\n"),
             report->adjusted);
}

static void
print_refusals (WbCtl *ctl, const WbImporterReport *report, gboolean all, const char *refused_path)
{
  guint n = MIN (report->refusals->len, all || ctl->verbose ? G_MAXUINT : 10);

  for (guint i = 0; i < n; i++)
    {
      const WbImportRefusal *refusal = g_ptr_array_index (report->refusals, i);
      g_autofree char *value = refusal->value != NULL ? wb_clean_visible (refusal->value) : g_strdup ("");
      g_autofree char *reason = wb_clean_visible (refusal->reason);

      g_print (_ ("Refused: line %" G_GUINT64_FORMAT "%s%s%s%s%s: %s\n"), refusal->line, refusal->column != NULL ? ", " : "",
               refusal->column != NULL ? refusal->column : "", refusal->value != NULL ? " “" : "", value,
               refusal->value != NULL ? "”" : "", reason);
    }
  if (report->n_refusals > n)
    g_print (_ ("… and %" G_GUINT64_FORMAT " more reasons\n"), report->n_refusals - n);
  if (report->n_refusals > 0 && refused_path != NULL)
    g_print (_ ("What was refused is in %s, with the reasons: mend it there and import that file.\n"), refused_path);
}

static WbImportMap *
load_map (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  gsize length = 0;
  WbImportMap *map = NULL;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  map = wb_import_map_new (text, length, error);
  if (map == NULL)
    g_prefix_error (error, "%s: ", path);
  return map;
}

static GInputStream *
open_file (const char *path, guint64 *size, GError **error)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GFileInfo) info = NULL;

  *size = 0;
  if (strcmp (path, "-") == 0)
    return g_unix_input_stream_new (STDIN_FILENO, FALSE);
  file = g_file_new_for_commandline_arg (path);
  stream = g_file_read (file, NULL, error);
  if (stream == NULL)
    return NULL;
  info = g_file_input_stream_query_info (stream, G_FILE_ATTRIBUTE_STANDARD_SIZE, NULL, NULL);
  *size = info != NULL ? (guint64) g_file_info_get_size (info) : 0;
  return G_INPUT_STREAM (g_steal_pointer (&stream));
}

static void
print_report (WbCtl *ctl, const char *path, const WbImporterOptions *options, const WbImporterReport *report, const GError *error)
{
  if (ctl->json)
    print_json (report, options->dry_run, error);
  else if (report->lines_read > 0)
    {
      if (options->dry_run)
        g_print ("%s\n", _ ("Nothing was changed; this is what would happen:"));
      print_counts (report);
      print_account (report);
      print_refusals (ctl, report, options->dry_run, options->dry_run || error != NULL ? NULL : options->refused_path);
    }
  else if (error == NULL)
    g_print (_ ("There is nothing to import in %s.\n"), path);
}

static int
run_import (WbCtl *ctl, const char *path, const WbImporterOptions *options)
{
  g_autoptr (WbImporter) importer = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  Teller teller = { .ctl = ctl, .terminal = isatty (STDERR_FILENO) && !ctl->json };
  const WbImporterReport *report = NULL;
  GError *error = NULL;

  stream = open_file (path, &teller.size, &error);
  if (stream == NULL || wb_ctl_open (ctl, WB_DATABASE_FLAGS_NONE, &error) == NULL)
    return wb_ctl_fail (ctl, error);
  importer = wb_importer_new (wb_database_get_db (ctl->database));
  report = wb_importer_get_report (importer);
  g_signal_connect (importer, "progress", G_CALLBACK (progress_cb), &teller);
  wb_importer_run_async (importer, stream, options, ctl->cancellable, wb_ctl_result_cb, &result);
  wb_importer_run_finish (importer, wb_ctl_wait (&result), &error);
  if (teller.terminal)
    g_printerr ("\r\033[K");
  print_report (ctl, path, options, report, error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && report->lines_read > 0 && !options->dry_run)
    g_printerr ("%s\n", _ ("What was written stays; run it again to go on."));
  else if (error != NULL && error->domain == WB_ERROR)
    g_prefix_error (&error, "%s: ", path);
  else if (error != NULL && !options->dry_run
           && (report->lines_read > 0 || g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_OFFLINE)))
    g_prefix_error (&error, "%s", _ ("not finished; run it again to go on: "));
  if (error != NULL)
    return wb_ctl_fail (ctl, error);
  return report->n_refusals > 0 ? WB_CTL_PARTLY : WB_CTL_OK;
}

/* shopify-csv comes from the channel "shopify", unless somebody says better. */
static char *
choose_channel (const WbImportFormat *format, WbImportMap *map, const char *asked)
{
  if (asked != NULL)
    return g_strdup (asked);
  if (map != NULL && wb_import_map_get_channel (map) != NULL)
    return g_strdup (wb_import_map_get_channel (map));
  return g_strndup (format->name, strcspn (format->name, "-"));
}

static char *
choose_refused_path (const WbImportFormat *format, const char *path)
{
  return g_strdup_printf ("%s.refused.%s", strcmp (path, "-") == 0 ? "import" : path, format->is_table ? "csv" : "json");
}

static char *
describe_formats (void)
{
  g_autoptr (GString) text = g_string_new (_ ("Formats:"));

  for (const WbImportFormat *const *f = wb_import_formats (); *f != NULL; f++)
    g_string_append_printf (text, "\n  %-18s %s", (*f)->name, (*f)->summary);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static int
import (WbCtl *ctl, int argc, char **argv)
{
  WbImporterOptions options = { 0 };
  g_autofree char *map_path = NULL;
  g_autofree char *channel = NULL;
  g_autofree char *chosen_channel = NULL;
  g_autofree char *currency = NULL;
  g_autofree char *zone_name = NULL;
  g_autofree char *encoding = NULL;
  g_autofree char *refused_path = NULL;
  g_autoptr (WbImportMap) map = NULL;
  g_autoptr (GTimeZone) zone = NULL;
  gboolean list = FALSE;
  const GOptionEntry entries[] = {
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &options.dry_run, N_ ("Tell what would happen and change nothing"), NULL },
    { "map", 'm', 0, G_OPTION_ARG_FILENAME, &map_path, N_ ("Mapping file, for the format csv"), N_ ("FILE") },
    { "channel", 'c', 0, G_OPTION_ARG_STRING, &channel, N_ ("Sales channel the file is from (default: of the map or format)"),
      N_ ("NAME") },
    { "currency", 0, 0, G_OPTION_ARG_STRING, &currency, N_ ("Currency where the file names none"), N_ ("CODE") },
    { "zone", 0, 0, G_OPTION_ARG_STRING, &zone_name, N_ ("Time zone where the file names none (default: UTC)"), N_ ("NAME") },
    { "encoding", 0, 0, G_OPTION_ARG_STRING, &encoding, N_ ("Encoding of a table (default: found out)"), N_ ("NAME") },
    { "create-products", 0, 0, G_OPTION_ARG_NONE, &options.create_products,
      N_ ("Make products for codes in orders that nobody knows"), NULL },
    { "refused", 0, 0, G_OPTION_ARG_FILENAME, &refused_path, N_ ("Where refused rows go (default: beside FILE); with any, the exit status is 3"), N_ ("FILE") },
    { "formats", 0, 0, G_OPTION_ARG_NONE, &list, N_ ("List the formats"), NULL },
    { 0 },
  };
  GError *error = NULL;
  int status = WB_CTL_OK;

  if (!wb_ctl_parse (ctl, entries, 0, 2, &argc, &argv, &status))
    return status;
  if (list)
    {
      g_autofree char *formats = describe_formats ();

      g_print ("%s\n", formats);
      return WB_CTL_OK;
    }
  if (argc != 3)
    return wb_ctl_misuse (ctl, "%s", _ ("a format and a file (or - for stdin) are expected; --formats lists the formats"));
  options.format = wb_import_format_find (argv[1], &error);
  if (options.format == NULL)
    {
      status = wb_ctl_misuse (ctl, "%s", error->message);
      g_error_free (error);
      return status;
    }
  if (map_path != NULL && (map = load_map (map_path, &error)) == NULL)
    return wb_ctl_fail (ctl, error);
  if (encoding != NULL && !wb_text_encoding_from_name (encoding, &options.format_options.encoding, &error))
    return wb_ctl_fail (ctl, error);
  if (zone_name != NULL && (zone = g_time_zone_new_identifier (zone_name)) == NULL)
    return wb_ctl_misuse (ctl, _ ("there is no time zone “%s”; a name such as Europe/London is expected"), zone_name);
  if (refused_path == NULL)
    refused_path = choose_refused_path (options.format, argv[2]);
  chosen_channel = choose_channel (options.format, map, channel);
  options.channel = chosen_channel;
  options.source = argv[2];
  options.refused_path = refused_path;
  options.create_products = options.create_products || (map != NULL && wb_import_map_get_create_products (map));
  options.format_options.currency = currency;
  options.format_options.zone = zone;
  options.format_options.map = map;
  return run_import (ctl, argv[2], &options);
}

const WbCtlCommand wb_ctl_import_commands[] = {
  { "import", "FORMAT FILE", N_ ("Imports orders, customers and products of other shops"), import },
  { 0 },
};
