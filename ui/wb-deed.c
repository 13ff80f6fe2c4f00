/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include "ui/wb-deed.h"
#include "ui/wb-format.h"
#include "ui/wb-window.h"

struct _WbDeed
{
  /* Owned references */
  GtkWidget *origin;
  GCancellable *cancellable;
  char *said;

  /* Weak: the window may be closed meanwhile */
  WbWindow *window;
};

/* The main window that a widget, or the dialog around it, belongs to. */
static WbWindow *
find_window (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  while (GTK_IS_WINDOW (root) && !WB_IS_WINDOW (root))
    root = (GtkRoot *) gtk_window_get_transient_for (GTK_WINDOW (root));
  return WB_IS_WINDOW (root) ? WB_WINDOW (root) : NULL;
}

/**
 * wb_deed_new:
 * @origin: who asked for it; kept alive until the end
 * @doing: what is being done, with an ellipsis: "Holding the order…"
 *
 * Returns: (transfer full): a deed that begins now
 */
WbDeed *
wb_deed_new (GtkWidget *origin, const char *doing)
{
  WbDeed *self = NULL;

  g_return_val_if_fail (GTK_IS_WIDGET (origin) && doing != NULL, NULL);

  self = g_new0 (WbDeed, 1);
  self->origin = g_object_ref (origin);
  self->cancellable = g_cancellable_new ();
  g_set_weak_pointer (&self->window, find_window (origin));
  if (self->window != NULL)
    wb_window_wait_begin (self->window, doing, self->cancellable);
  return self;
}

/**
 * wb_deed_free:
 * @self: (nullable) (transfer full): a deed
 *
 * Ends the waiting, if nobody did.
 */
void
wb_deed_free (WbDeed *self)
{
  if (self == NULL)
    return;
  if (self->window != NULL)
    wb_window_wait_end (self->window, self->cancellable);
  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->origin);
  g_clear_object (&self->cancellable);
  g_free (self->said);
  g_free (self);
}

/**
 * wb_deed_get_cancellable:
 *
 * Returns: (transfer none): what the act is to carry; the window's button cancels it
 */
GCancellable *
wb_deed_get_cancellable (WbDeed *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->cancellable;
}

/**
 * wb_deed_get_origin:
 *
 * Returns: (transfer none): who asked for it; perhaps no longer on screen
 */
GtkWidget *
wb_deed_get_origin (WbDeed *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->origin;
}

/**
 * wb_deed_set_said:
 * @said: what to say when it is done, for who has it only now
 */
void
wb_deed_set_said (WbDeed *self, const char *said)
{
  g_return_if_fail (self != NULL);

  g_free (self->said);
  self->said = g_strdup (said);
}

/**
 * wb_deed_finish:
 * @source: of the callback: the database
 * @result: of the callback
 *
 * The answer is there: the waiting is over, and a failure is told.
 *
 * Returns: (transfer full) (nullable): what was done; %NULL when it was not, which was told
 */
WbActResult *
wb_deed_finish (WbDeed *self, GObject *source, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  WbActResult *done = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  done = wb_acts_finish (WB_DB (source), result, &error);
  if (self->window == NULL)
    return done;
  wb_window_wait_end (self->window, self->cancellable);
  if (done == NULL)
    wb_window_toast_failure (self->window, error);
  return done;
}

/**
 * wb_deed_tell:
 * @said: (nullable): one sentence without a full stop: what was done; %NULL for that of wb_deed_set_said()
 * @done: how it went
 *
 * Tells that it is done, and offers to undo it; or, when nothing was done, why.
 */
void
wb_deed_tell (WbDeed *self, const char *said, const WbActResult *done)
{
  g_return_if_fail (self != NULL && done != NULL);

  if (self->window == NULL)
    return;
  if (done->refused->len > 0 && done->done == 0 && done->refused->len == 1)
    {
      const WbActRefusal *refusal = g_ptr_array_index (done->refused, 0);
      g_autofree char *why = wb_format_sentence (refusal->why);

      wb_window_toast (self->window, why);
      return;
    }
  wb_window_toast_undo (self->window, said != NULL ? said : self->said, done->act_id);
}
