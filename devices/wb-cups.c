/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/wb-clean.h"
#include "devices/wb-cups-private.h"

/* How long a server, or a printer, may take to accept a connection, and a printer to answer. */
#define CONNECT_MS 3000
#define PRINTER_CONNECT_MS 1500
#define PRINTER_ANSWER_S 3.0

#define CM_PER_INCH 2.54

/* What a label can be made for. */
#define MIN_DPI 100
#define MAX_DPI 1200

/* What a queue's reasons mean for a person: the worst comes first. */
static const struct
{
  const char *reason;
  WbPrinterState state;
  const char *words;
} reasons[] = {
  { "media-empty", WB_PRINTER_ATTENTION, N_ ("is out of paper") },
  { "media-needed", WB_PRINTER_ATTENTION, N_ ("is out of paper") },
  { "media-jam", WB_PRINTER_ATTENTION, N_ ("has a paper jam") },
  { "cover-open", WB_PRINTER_ATTENTION, N_ ("is open") },
  { "door-open", WB_PRINTER_ATTENTION, N_ ("is open") },
  { "interlock-open", WB_PRINTER_ATTENTION, N_ ("is open") },
  { "marker-supply-empty", WB_PRINTER_ATTENTION, N_ ("has no ribbon or ink left") },
  { "toner-empty", WB_PRINTER_ATTENTION, N_ ("has no ribbon or ink left") },
  { "output-area-full", WB_PRINTER_ATTENTION, N_ ("has no room for what it printed") },
  { "input-tray-missing", WB_PRINTER_ATTENTION, N_ ("lacks its tray") },
  { "offline", WB_PRINTER_OFFLINE, N_ ("is offline") },
  { "timed-out", WB_PRINTER_OFFLINE, N_ ("does not answer") },
  { "connecting-to-device", WB_PRINTER_OFFLINE, N_ ("does not answer") },
  { "shutdown", WB_PRINTER_OFFLINE, N_ ("is switched off") },
  { "paused", WB_PRINTER_PAUSED, N_ ("is paused") },
  { "moving-to-paused", WB_PRINTER_PAUSED, N_ ("is paused") },
};

/* A printer that is not there has no reason in CUPS, only a message, and the queue goes on as if it printed. These are the
 * messages of its backends. */
static const char *const absent_messages[] = {
  "may not exist or is unavailable",
  "is not responding",
  "not connected",
  "will retry in",
  "Unable to locate printer",
  "Unable to connect",
  "Network host",
};

char *
_wb_cups_dup_words (void)
{
  const char *words = cupsLastErrorString ();

  return wb_clean_line (words != NULL ? words : "", -1, WB_CLEAN_MAX);
}

http_t *
_wb_cups_connect (const char *server, GError **error)
{
  http_t *http = NULL;
  g_autofree char *words = NULL;

  /* Sets a value of this thread only. */
  cupsSetServer (server);
  http = httpConnect2 (cupsServer (), ippPort (), NULL, AF_UNSPEC, cupsEncryption (), 1, CONNECT_MS, NULL);
  if (http != NULL)
    return http;
  words = _wb_cups_dup_words ();
  g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_OFFLINE, _ ("the print server %s does not answer: %s"), cupsServer (), words);
  return NULL;
}

ipp_t *
_wb_cups_request (ipp_op_t operation, const char *queue)
{
  ipp_t *ipp = ippNewRequest (operation);
  char uri[HTTP_MAX_URI] = "";

  httpAssembleURIf (HTTP_URI_CODING_ALL, uri, sizeof uri, "ipp", NULL, "localhost", ippPort (), "/printers/%s", queue);
  ippAddString (ipp, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, uri);
  ippAddString (ipp, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL, cupsUser ());
  return ipp;
}

gboolean
_wb_cups_check (const char *queue, GError **error)
{
  ipp_status_t status = cupsLastError ();
  g_autofree char *words = NULL;

  if (status <= IPP_STATUS_OK_EVENTS_COMPLETE)
    return TRUE;
  words = _wb_cups_dup_words ();
  if (status == IPP_STATUS_ERROR_NOT_FOUND)
    g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_NOT_FOUND, _ ("there is no printer “%s”"), queue);
  else if (status == IPP_STATUS_ERROR_NOT_ACCEPTING_JOBS || status == IPP_STATUS_ERROR_NOT_AUTHORIZED ||
           status == IPP_STATUS_ERROR_FORBIDDEN || status == IPP_STATUS_ERROR_NOT_AUTHENTICATED ||
           status == IPP_STATUS_ERROR_DOCUMENT_FORMAT_NOT_SUPPORTED)
    g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED, _ ("printer “%s” does not take it: %s"), queue, words);
  else if (status == IPP_STATUS_ERROR_SERVICE_UNAVAILABLE)
    g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_OFFLINE, _ ("the print server does not answer: %s"), words);
  else
    g_set_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_FAILED, _ ("printer “%s”: %s"), queue, words);
  return FALSE;
}

/* ── How it is ───────────────────────────────────────────────────────────────────────────────── */

/* What the attributes of a queue say together; filled while they are read. */
typedef struct
{
  int state;
  gboolean refuses;
  int worst; /* of @reasons; -1: none */
} Facts;

static int
find_worst (ipp_attribute_t *attribute)
{
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    for (int j = 0; j < ippGetCount (attribute); j++)
      {
        const char *given = ippGetString (attribute, j, NULL);

        /* "-report", "-warning" and "-error" may follow; a report is no trouble. */
        if (given != NULL && g_str_has_prefix (given, reasons[i].reason) && !g_str_has_suffix (given, "-report"))
          return (int) i;
      }
  return -1;
}

static gboolean
says_absent (const char *message)
{
  for (guint i = 0; i < G_N_ELEMENTS (absent_messages); i++)
    if (strstr (message, absent_messages[i]) != NULL)
      return TRUE;
  return FALSE;
}

static void
judge (WbPrinterInfo *info, const Facts *facts)
{
  info->words = "";
  if (facts->worst >= 0)
    {
      info->state = reasons[facts->worst].state;
      info->words = reasons[facts->worst].words;
    }
  else if (facts->state == IPP_PSTATE_STOPPED || facts->refuses)
    {
      info->state = WB_PRINTER_PAUSED;
      info->words = N_ ("is paused");
    }
  else if (facts->state == IPP_PSTATE_PROCESSING && says_absent (info->message))
    {
      info->state = WB_PRINTER_OFFLINE;
      info->words = N_ ("is offline");
    }
  else
    info->state = facts->state == IPP_PSTATE_PROCESSING ? WB_PRINTER_BUSY : WB_PRINTER_READY;
}

/* ── What there is ───────────────────────────────────────────────────────────────────────────── */

/* A server passes on what a printer said of itself. */
static void
set_text (char **place, ipp_attribute_t *attribute)
{
  const char *text = ippGetString (attribute, 0, NULL);

  g_free (*place);
  *place = text != NULL ? wb_clean_line (text, -1, WB_CLEAN_MAX) : NULL;
  if (*place != NULL && **place == '\0')
    g_clear_pointer (place, g_free);
}

/* What the server is asked by: as it is, or none. */
static void
set_name (char **place, ipp_attribute_t *attribute)
{
  const char *name = ippGetString (attribute, 0, NULL);
  g_autofree char *clean = name != NULL ? wb_clean_line (name, -1, WB_CLEAN_MAX) : NULL;

  g_free (*place);
  *place = name != NULL && *name != '\0' && g_str_equal (name, clean) ? g_strdup (name) : NULL;
}

static char **
dup_keywords (ipp_attribute_t *attribute)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (int i = 0; i < ippGetCount (attribute); i++)
    {
      const char *word = ippGetString (attribute, i, NULL);
      g_autofree char *clean = word != NULL ? wb_clean_line (word, -1, WB_CLEAN_MAX) : NULL;

      if (word != NULL && g_str_equal (word, clean))
        g_strv_builder_add (builder, word);
    }
  return g_strv_builder_end (builder);
}

/* 0: none that labels are made for. */
static guint
get_dpi (ipp_attribute_t *attribute, int i)
{
  ipp_res_t units = IPP_RES_PER_INCH;
  int y = 0;
  int x = ippGetResolution (attribute, i, &y, &units);
  double dpi = units == IPP_RES_PER_CM ? x * CM_PER_INCH + 0.5 : x;

  return dpi >= MIN_DPI && dpi <= MAX_DPI ? (guint) dpi : 0;
}

static GArray *
dup_resolutions (ipp_attribute_t *attribute)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (guint));

  for (int i = 0; i < ippGetCount (attribute); i++)
    {
      guint dpi = get_dpi (attribute, i);

      if (dpi > 0)
        g_array_append_val (all, dpi);
    }
  return all;
}

static void
take_options (WbPrinterInfo *info, const char *name, ipp_attribute_t *attribute)
{
  if (g_str_equal (name, "media-source-supported"))
    {
      g_strfreev (info->trays);
      info->trays = dup_keywords (attribute);
    }
  else if (g_str_equal (name, "media-supported"))
    {
      g_strfreev (info->media);
      info->media = dup_keywords (attribute);
    }
  else if (g_str_equal (name, "media-default"))
    set_text (&info->media_default, attribute);
  else if (g_str_equal (name, "printer-resolution-default") && ippGetValueTag (attribute) == IPP_TAG_RESOLUTION)
    info->dpi = get_dpi (attribute, 0);
  else if (g_str_equal (name, "printer-resolution-supported") && ippGetValueTag (attribute) == IPP_TAG_RESOLUTION)
    {
      g_clear_pointer (&info->resolutions, g_array_unref);
      info->resolutions = dup_resolutions (attribute);
    }
}

static void
take_attribute (WbPrinterInfo *info, Facts *facts, const char *name, ipp_attribute_t *attribute)
{
  if (g_str_equal (name, "printer-name"))
    set_name (&info->queue, attribute);
  else if (g_str_equal (name, "printer-info"))
    set_text (&info->title, attribute);
  else if (g_str_equal (name, "printer-location"))
    set_text (&info->location, attribute);
  else if (g_str_equal (name, "printer-make-and-model"))
    {
      set_text (&info->model, attribute);
      info->is_raw = info->model != NULL && strstr (info->model, "Raw Printer") != NULL;
    }
  else if (g_str_equal (name, "device-uri"))
    set_text (&info->uri, attribute);
  else if (g_str_equal (name, "printer-state"))
    facts->state = ippGetInteger (attribute, 0);
  else if (g_str_equal (name, "printer-state-reasons"))
    facts->worst = find_worst (attribute);
  else if (g_str_equal (name, "printer-state-message"))
    set_text (&info->message, attribute);
  else if (g_str_equal (name, "printer-is-accepting-jobs"))
    facts->refuses = !ippGetBoolean (attribute, 0);
  else if (g_str_equal (name, "queued-job-count"))
    info->n_jobs = (guint) MAX (ippGetInteger (attribute, 0), 0);
  else if (g_str_equal (name, "printer-config-change-time"))
    info->changed = ippGetInteger (attribute, 0);
  else
    take_options (info, name, attribute);
}

/* A group has ended: keeps what was read of it, when it was a printer. */
static void
keep (GPtrArray *all, WbPrinterInfo **info, Facts *facts)
{
  if (*info != NULL && (*info)->queue != NULL)
    {
      if ((*info)->title == NULL)
        (*info)->title = g_strdup ((*info)->queue);
      if ((*info)->message == NULL)
        (*info)->message = g_strdup ("");
      judge (*info, facts);
      g_ptr_array_add (all, g_steal_pointer (info));
    }
  g_clear_pointer (info, wb_printer_info_free);
  *facts = (Facts){ 0, FALSE, -1 };
}

static int
compare_queues (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate ((*(const WbPrinterInfo *const *) a)->queue, (*(const WbPrinterInfo *const *) b)->queue);
}

GPtrArray *
_wb_cups_read_answer (ipp_t *answer)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_printer_info_free);
  WbPrinterInfo *info = NULL;
  Facts facts = { 0, FALSE, -1 };

  for (ipp_attribute_t *attribute = answer != NULL ? ippFirstAttribute (answer) : NULL; attribute != NULL;
       attribute = ippNextAttribute (answer))
    {
      const char *name = ippGetName (attribute);

      if (name == NULL || ippGetGroupTag (attribute) != IPP_TAG_PRINTER)
        keep (all, &info, &facts);
      else
        {
          if (info == NULL)
            info = wb_printer_info_new (NULL);
          take_attribute (info, &facts, name, attribute);
        }
    }
  keep (all, &info, &facts);
  g_ptr_array_sort (all, compare_queues);
  return all;
}

GPtrArray *
_wb_cups_read_printers (http_t *http, const char *queue, gboolean with_options, GError **error)
{
  static const char *const wanted[] = {
    "printer-name", "printer-info", "printer-location", "printer-make-and-model", "device-uri", "printer-state",
    "printer-state-reasons", "printer-state-message", "printer-is-accepting-jobs", "queued-job-count",
    "printer-config-change-time",
    /* options */
    "media-source-supported", "media-supported", "media-default", "printer-resolution-default", "printer-resolution-supported",
  };
  static const int n_options = 5;
  ipp_t *ipp = queue != NULL ? _wb_cups_request (IPP_OP_GET_PRINTER_ATTRIBUTES, queue) : ippNewRequest (IPP_OP_CUPS_GET_PRINTERS);
  ipp_t *answer = NULL;
  g_autoptr (GPtrArray) all = NULL;

  ippAddStrings (ipp, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                 (int) G_N_ELEMENTS (wanted) - (with_options ? 0 : n_options), NULL, wanted);
  answer = cupsDoRequest (http, ipp, "/");
  /* A server without a queue says "not found", which is an answer. */
  if (!(queue == NULL && cupsLastError () == IPP_STATUS_ERROR_NOT_FOUND) && !_wb_cups_check (queue != NULL ? queue : "", error))
    {
      ippDelete (answer);
      return NULL;
    }
  all = _wb_cups_read_answer (answer);
  ippDelete (answer);
  return g_steal_pointer (&all);
}

/* ── The printer itself ──────────────────────────────────────────────────────────────────────── */

static ipp_t *
ask (http_t *http, const char *uri, const char *resource)
{
  static const char *const wanted[] = { "printer-state", "printer-state-reasons", "printer-is-accepting-jobs" };
  ipp_t *ipp = ippNewRequest (IPP_OP_GET_PRINTER_ATTRIBUTES);

  ippAddString (ipp, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, uri);
  ippAddStrings (ipp, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", G_N_ELEMENTS (wanted), NULL, wanted);
  return cupsDoRequest (http, ipp, resource);
}

static int
gave_up_cb (http_t *http, void *user_data)
{
  return 0;
}

void
_wb_cups_ask_printer (const char *uri, WbPrinterState *state, const char **words)
{
  char scheme[32] = "";
  char user[256] = "";
  char host[256] = "";
  char resource[256] = "";
  int port = 0;
  http_t *http = NULL;
  ipp_t *answer = NULL;

  *state = WB_PRINTER_READY;
  *words = "";
  if (httpSeparateURI (HTTP_URI_CODING_ALL, uri, scheme, sizeof scheme, user, sizeof user, host, sizeof host, &port, resource,
                       sizeof resource) < HTTP_URI_STATUS_OK ||
      (!g_str_equal (scheme, "ipp") && !g_str_equal (scheme, "ipps")))
    return;
  http = httpConnect2 (host, port, NULL, AF_UNSPEC,
                       g_str_equal (scheme, "ipps") ? HTTP_ENCRYPTION_ALWAYS : HTTP_ENCRYPTION_IF_REQUESTED, 1, PRINTER_CONNECT_MS, NULL);
  if (http == NULL)
    {
      *state = WB_PRINTER_OFFLINE;
      *words = N_ ("is offline");
      return;
    }
  httpSetTimeout (http, PRINTER_ANSWER_S, gave_up_cb, NULL);
  answer = ask (http, uri, resource);
  if (answer == NULL)
    {
      *state = WB_PRINTER_OFFLINE;
      *words = N_ ("does not answer");
    }
  else
    {
      int worst = find_worst (ippFindAttribute (answer, "printer-state-reasons", IPP_TAG_KEYWORD));

      if (worst >= 0)
        {
          *state = reasons[worst].state;
          *words = reasons[worst].words;
        }
    }
  ippDelete (answer);
  httpClose (http);
}
