/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/wb-format.h"
#include "ui/wb-print-telling.h"

/* Ends with its job or with its window, whichever is first. */
typedef struct
{
  gboolean knows_way;   /* it was told that it goes there */
  gboolean knows_delay; /* it was told that it waits for somebody */
  gulong changed_id;

  /* Borrowed references: watched */
  WbWindow *window;

  /* Owned references */
  WbPrintJob *job;
  char *what;
  char *where;
} Telling;

static void window_gone_cb (gpointer user_data, GObject *window);

static void
telling_end (Telling *self)
{
  g_signal_handler_disconnect (self->job, self->changed_id);
  if (self->window != NULL)
    g_object_weak_unref (G_OBJECT (self->window), window_gone_cb, self);
  g_object_unref (self->job);
  g_free (self->what);
  g_free (self->where);
  g_free (self);
}

static void
window_gone_cb (gpointer user_data, GObject *window)
{
  Telling *self = user_data;

  self->window = NULL;
  telling_end (self);
}

/* ── Sentences ───────────────────────────────────────────────────────────────────────────────── */

static void
tell (Telling *self, const char *text)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self->window)))
    wb_window_toast (self->window, text);
}

static void
tell_with_queue (Telling *self, const char *text)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self->window)))
    wb_window_toast_action (self->window, text, _ ("Print _queue"), "win.print-queue");
}

static gboolean
is_file (Telling *self)
{
  const WbPrintRoute *route = wb_print_job_get_route (self->job);

  return route != NULL && *route->printer == '\0';
}

static void
tell_way (Telling *self)
{
  const char *handed = wb_print_job_get_handed (self->job);
  g_autofree char *name = is_file (self) && handed != NULL ? g_path_get_basename (handed) : NULL;
  g_autofree char *text = NULL;

  if (self->knows_way || self->knows_delay)
    return;
  self->knows_way = TRUE;
  if (name != NULL)
    text = g_strdup_printf (_ ("%s: kept as %s"), self->what, name);
  else
    text = g_strdup_printf (_ ("%s: goes to %s"), self->what, self->where);
  tell (self, text);
}

/* Once until it comes out: a printer that is opened to put paper in says that it is open, too. */
static void
tell_delay (Telling *self, const char *sentence)
{
  g_autofree char *text = g_strdup_printf (_ ("%s It comes out when that is mended."), sentence);

  if (self->knows_delay)
    return;
  self->knows_delay = TRUE;
  tell_with_queue (self, text);
}

static void
tell_done (Telling *self)
{
  /* Translators: a document, and the printer that it came out of after all */
  g_autofree char *text = g_strdup_printf (_ ("%s: came out of %s"), self->what, self->where);

  /* stays longer: somebody is at the printer, and looks here afterwards */
  if (self->knows_delay)
    tell_with_queue (self, text);
  else
    tell_way (self);
}

static void
tell_failure (Telling *self, const char *sentence)
{
  g_autofree char *text = g_strdup_printf (_ ("Not printed. %s"), sentence);

  tell_with_queue (self, text);
}

/* ── What happens to it ──────────────────────────────────────────────────────────────────────── */

/* A printer's state is said of its job as long as that is under way; a file is ready when it is handed over. */
static void
look (Telling *self)
{
  const char *message = wb_print_job_get_message (self->job);
  g_autofree char *sentence = *message != '\0' ? wb_format_sentence (message) : NULL;

  switch (wb_print_job_get_state (self->job))
    {
    case WB_PRINT_JOB_WAITING:
    case WB_PRINT_JOB_SENDING:
      if (sentence != NULL)
        tell_delay (self, sentence);
      break;
    case WB_PRINT_JOB_PRINTING:
      if (sentence != NULL)
        tell_delay (self, sentence);
      else
        tell_way (self);
      break;
    case WB_PRINT_JOB_DONE:
      tell_done (self);
      break;
    case WB_PRINT_JOB_FAILED:
    case WB_PRINT_JOB_DOUBT:
      tell_failure (self, sentence != NULL ? sentence : "");
      break;
    case WB_PRINT_JOB_CANCELLED: /* who did that knows */
    default:
      break;
    }
}

static void
changed_cb (WbPrintJob *job, Telling *self)
{
  look (self);
  if (wb_print_job_is_over (job))
    telling_end (self);
}

void
wb_print_telling_follow (WbWindow *window, WbPrintQueue *queue, const char *id, const char *what, const char *where, gboolean knows_delay)
{
  WbPrintJob *job = NULL;
  Telling *self = NULL;

  g_return_if_fail (WB_IS_WINDOW (window) && WB_IS_PRINT_QUEUE (queue) && id != NULL && what != NULL && where != NULL);

  job = wb_print_queue_find (queue, id);
  if (job == NULL)
    return;
  self = g_new0 (Telling, 1);
  self->window = window;
  self->job = g_object_ref (job);
  self->what = g_strdup (what);
  self->where = g_strdup (where);
  self->knows_delay = knows_delay;
  self->changed_id = g_signal_connect (job, "changed", G_CALLBACK (changed_cb), self);
  g_object_weak_ref (G_OBJECT (window), window_gone_cb, self);
  changed_cb (job, self);
}
