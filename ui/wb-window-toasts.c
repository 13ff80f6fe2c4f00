/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The main window: what just happened, what did not, what it is busy with. */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n.h>

#include "db/wb-db-error.h"
#include "ui/wb-format.h"
#include "ui/wb-window-private.h"

/* Long enough to read why something was not done. */
#define FAILURE_S 10

/**
 * wb_window_toast:
 * @text: one sentence, plain text
 *
 * Tells what just happened.
 */
void
wb_window_toast (WbWindow *self, const char *text)
{
  g_autofree char *escaped = NULL;

  g_return_if_fail (WB_IS_WINDOW (self));
  g_return_if_fail (text != NULL);

  escaped = g_markup_escape_text (text, -1);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}

/**
 * wb_window_toast_action:
 * @text: one sentence, plain text
 * @label: of a button, with its mnemonic
 * @action: what the button runs; it needs no target
 *
 * Tells what just happened, and offers what to do about it. Stays long enough to read why.
 */
void
wb_window_toast_action (WbWindow *self, const char *text, const char *label, const char *action)
{
  g_autofree char *escaped = NULL;
  AdwToast *toast = NULL;

  g_return_if_fail (WB_IS_WINDOW (self));
  g_return_if_fail (text != NULL && label != NULL && action != NULL);

  escaped = g_markup_escape_text (text, -1);
  toast = adw_toast_new (escaped);
  adw_toast_set_button_label (toast, label);
  adw_toast_set_action_name (toast, action);
  adw_toast_set_timeout (toast, FAILURE_S);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
undo_toast_dismissed_cb (WbWindow *self, AdwToast *toast)
{
  if (self->undo_toast == toast)
    g_clear_object (&self->undo_toast);
}

/**
 * wb_window_toast_undo:
 * @text: one sentence: what was done
 * @act: the uuid of the act
 *
 * Tells what was done and offers to undo it: the button runs win.undo with the act, as does
 * Ctrl+Z for the last one. A newer toast of this kind takes the place of the older.
 */
void
wb_window_toast_undo (WbWindow *self, const char *text, const char *act)
{
  g_autoptr (AdwToast) toast = NULL;
  g_autoptr (AdwToast) old = NULL;
  g_autofree char *escaped = NULL;

  g_return_if_fail (WB_IS_WINDOW (self));
  g_return_if_fail (text != NULL && act != NULL);

  old = g_steal_pointer (&self->undo_toast);
  if (old != NULL)
    adw_toast_dismiss (old);

  g_free (self->last_act);
  self->last_act = g_strdup (act);

  escaped = g_markup_escape_text (text, -1);
  toast = adw_toast_new (escaped);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_action_name (toast, "win.undo");
  adw_toast_set_action_target (toast, "s", act);
  adw_toast_set_timeout (toast, 8);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (undo_toast_dismissed_cb), self,
                           G_CONNECT_SWAPPED);
  self->undo_toast = g_object_ref (toast);
  adw_toast_overlay_add_toast (self->toasts, g_steal_pointer (&toast));
  _wb_window_update_actions (self);
}

/* Why something was not done, and what to do now. */
static char *
explain (const GError *error)
{
  g_autofree char *sentence = wb_format_sentence (error->message);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_strdup (_ ("Cancelled. Nothing was changed."));
  if (g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_OFFLINE))
    return g_strdup (_ ("There is no connection to the database. Please try again when it is back."));
  if (g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_READ_ONLY))
    return g_strdup (_ ("The database is read-only at the moment. Please try again later."));
  if (g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_TIMEOUT))
    return g_strdup (_ ("This took too long and was stopped. Nothing was changed."));
  return g_steal_pointer (&sentence);
}

/**
 * wb_window_toast_failure:
 * @error: why something was not done
 *
 * Tells that something was not done, why, and what helps. Where somebody else was faster, it offers to look again.
 */
void
wb_window_toast_failure (WbWindow *self, const GError *error)
{
  g_autofree char *text = NULL;
  g_autofree char *escaped = NULL;
  AdwToast *toast = NULL;

  g_return_if_fail (WB_IS_WINDOW (self));
  g_return_if_fail (error != NULL);

  text = explain (error);
  escaped = g_markup_escape_text (text, -1);
  toast = adw_toast_new (escaped);
  adw_toast_set_timeout (toast, FAILURE_S);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  if (g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_CONFLICT))
    {
      adw_toast_set_button_label (toast, _ ("_Reload"));
      adw_toast_set_action_name (toast, "win.reload");
    }
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/**
 * wb_window_wait_begin:
 * @text: what is being done: "Moving 5,000 orders…"
 * @cancellable: of what is being done
 *
 * Says so, when it takes longer than a moment, and offers to cancel it.
 */
void
wb_window_wait_begin (WbWindow *self, const char *text, GCancellable *cancellable)
{
  g_return_if_fail (WB_IS_WINDOW (self));

  wb_wait_bar_begin (self->wait_bar, text, cancellable);
}

/**
 * wb_window_wait_end:
 * @cancellable: that of wb_window_wait_begin()
 */
void
wb_window_wait_end (WbWindow *self, GCancellable *cancellable)
{
  g_return_if_fail (WB_IS_WINDOW (self));

  if (self->wait_bar != NULL)
    wb_wait_bar_end (self->wait_bar, cancellable);
}
