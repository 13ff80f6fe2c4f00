/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Printing labels: a few a job, one job after the other, so that it can be stopped and everybody sees how far it is. */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/wb-format.h"
#include "ui/wb-label-dialog-private.h"
#include "ui/wb-print-telling.h"

/* Labels of a job: written in a blink, and not many too much when somebody stops it. */
#define BATCH 20

gboolean
_wb_label_dialog_is_printing (WbLabelDialog *self)
{
  return self->batches != NULL;
}

static void
label_free (gpointer data)
{
  wb_label_free (data);
}

/* Every label as often as it is wanted, a few to a job. Fails with what the first says that cannot be printed. */
static GPtrArray *
make_batches (WbLabelDialog *self, GError **error)
{
  g_autoptr (GPtrArray) batches = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  guint copies = (guint) gtk_spin_button_get_value_as_int (self->copies);
  GPtrArray *batch = NULL;

  for (guint i = 0; i < self->items->len; i++)
    for (guint copy = 0; copy < copies; copy++)
      {
        WbLabel *label = _wb_label_dialog_lay_out (self, i, error);

        if (label == NULL)
          {
            g_prefix_error (error, "%s: ", ((const WbLabelItem *) g_ptr_array_index (self->items, i))->title);
            return NULL;
          }
        if (batch == NULL || batch->len == BATCH)
          {
            batch = g_ptr_array_new_with_free_func (label_free);
            g_ptr_array_add (batches, batch);
          }
        g_ptr_array_add (batch, label);
      }
  return g_steal_pointer (&batches);
}

/* What people read in the queue and in the list of prints: the first of them, the last, and how many. */
static char *
make_title (GPtrArray *batch)
{
  const WbLabel *first = g_ptr_array_index (batch, 0);
  const WbLabel *last = g_ptr_array_index (batch, batch->len - 1);

  if (batch->len == 1)
    return g_strdup (first->name);
  if (g_str_equal (first->name, last->name))
    return g_strdup_printf ("%s × %u", first->name, batch->len);
  return g_strdup_printf ("%s … %s (%u)", first->name, last->name, batch->len);
}

static void
show_progress (WbLabelDialog *self)
{
  gboolean printing = _wb_label_dialog_is_printing (self);
  /* Translators: how many labels went to the printer, of how many */
  g_autofree char *text = g_strdup_printf (_ ("%u of %u"), self->n_sent, self->n_labels);

  gtk_progress_bar_set_fraction (self->bar, self->n_labels > 0 ? (double) self->n_sent / self->n_labels : 0);
  gtk_progress_bar_set_text (self->bar, text);
  gtk_revealer_set_reveal_child (self->progress, printing);
  gtk_widget_set_sensitive (self->form, !printing);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "labels.stop", printing);
}

static void
end_printing (WbLabelDialog *self)
{
  g_clear_pointer (&self->batches, g_ptr_array_unref);
  show_progress (self);
  _wb_label_dialog_update (self);
}

/* The window says what became of it; the queue has what waits, and the window hears when the last of it comes out. */
static void
tell (WbLabelDialog *self)
{
  WbWindow *window = WB_WINDOW (gtk_window_get_transient_for (GTK_WINDOW (self)));
  const char *where = wb_printer_row_get_name (self->printer);
  gboolean is_file = *wb_printer_row_get_route (self->printer)->printer == '\0';
  g_autofree char *number = wb_format_number (self->n_sent);
  g_autofree char *text = NULL;

  if (self->delay != NULL)
    text = g_strdup_printf (_ ("%s It comes out when that is mended."), self->delay);
  else if (is_file)
    text = g_strdup_printf (ngettext ("%s label is kept as a file", "%s labels are kept as files", self->n_sent), number);
  else
    text = g_strdup_printf (ngettext ("%s label goes to %s", "%s labels go to %s", self->n_sent), number, where);
  if (self->delay != NULL)
    {
      g_autofree char *what = g_strdup_printf (ngettext ("%s label", "%s labels", self->n_sent), number);

      wb_window_toast_action (window, text, _ ("Print _queue"), "win.print-queue");
      wb_print_telling_follow (window, wb_print_desk_get_queue (self->desk), g_ptr_array_index (self->ids, self->ids->len - 1), what, where,
                               TRUE);
    }
  else
    wb_window_toast (window, text);
}

static void send_next (WbLabelDialog *self);

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbLabelDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *job = wb_print_desk_print_finish (WB_PRINT_DESK (source), result, &error);
  WbPrintJob *waiting = NULL;
  g_autofree char *sentence = error != NULL ? wb_format_sentence (error->message) : NULL;
  const GPtrArray *batch = NULL;

  /* stopped meanwhile, or the window is gone */
  if (self->desk == NULL || self->batches == NULL)
    return;
  waiting = wb_print_queue_find (wb_print_desk_get_queue (self->desk), g_ptr_array_index (self->ids, self->ids->len - 1));
  if (job == NULL && (waiting == NULL || wb_print_job_get_state (waiting) != WB_PRINT_JOB_WAITING))
    {
      end_printing (self);
      _wb_label_dialog_say (self, sentence);
      return;
    }
  if (job == NULL && self->delay == NULL)
    self->delay = g_steal_pointer (&sentence);
  batch = g_ptr_array_index (self->batches, 0);
  self->n_sent += batch->len;
  g_ptr_array_remove_index (self->batches, 0);
  send_next (self);
}

/* A printer that takes nothing any more is waited for: why stands under the labels. */
static void
job_changed_cb (WbLabelDialog *self, WbPrintJob *job)
{
  const char *message = wb_print_job_get_message (job);
  g_autofree char *sentence = *message != '\0' ? wb_format_sentence (message) : NULL;

  if (self->desk != NULL && _wb_label_dialog_is_printing (self) && wb_print_job_get_state (job) == WB_PRINT_JOB_SENDING)
    _wb_label_dialog_say (self, sentence);
}

static void
send_next (WbLabelDialog *self)
{
  GPtrArray *batch = NULL;
  WbPrintJob *job = NULL;
  g_autofree char *title = NULL;
  char *id = NULL;

  show_progress (self);
  if (self->batches->len == 0)
    {
      tell (self);
      end_printing (self);
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  batch = g_ptr_array_index (self->batches, 0);
  title = make_title (batch);
  id = g_uuid_string_random ();
  g_ptr_array_add (self->ids, id);
  wb_print_desk_print_async (self->desk, batch, wb_printer_row_get_route (self->printer),
                             &(WbPrintFacts){ .kind = WB_PRINT_STICKER, .document_id = id, .title = title, .order_id = self->order_id },
                             sent_cb, g_object_ref (self));
  job = wb_print_queue_find (wb_print_desk_get_queue (self->desk), id);
  if (job != NULL)
    g_signal_connect_object (job, "changed", G_CALLBACK (job_changed_cb), self, G_CONNECT_SWAPPED);
}

void
_wb_label_dialog_print (WbLabelDialog *self)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *batches = NULL;
  g_autofree char *sentence = NULL;

  if (_wb_label_dialog_is_printing (self))
    return;
  batches = make_batches (self, &error);
  if (batches == NULL)
    {
      sentence = wb_format_sentence (error->message);
      _wb_label_dialog_say (self, sentence);
      return;
    }
  wb_printer_row_keep (self->printer);
  g_ptr_array_set_size (self->ids, 0);
  g_clear_pointer (&self->delay, g_free);
  self->batches = batches;
  self->n_sent = 0;
  self->n_labels = self->items->len * (guint) gtk_spin_button_get_value_as_int (self->copies);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "labels.print", FALSE);
  send_next (self);
}

/* What has not gone out yet does not; what the printer has it prints, if it cannot be taken back. */
void
_wb_label_dialog_stop (WbLabelDialog *self)
{
  WbPrintQueue *queue = wb_print_desk_get_queue (self->desk);

  if (!_wb_label_dialog_is_printing (self))
    return;
  for (guint i = 0; i < self->ids->len; i++)
    {
      WbPrintJob *job = wb_print_queue_find (queue, g_ptr_array_index (self->ids, i));

      if (job != NULL && wb_print_job_can_cancel (job))
        wb_print_queue_cancel (queue, job);
    }
  end_printing (self);
  _wb_label_dialog_say (self, _ ("Stopped. What the printer had already may still come out; the print queue says what."));
}
