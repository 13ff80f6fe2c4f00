/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n.h>

#include "ui/wb-wait-bar.h"

/* What takes no longer is not worth a word; what takes longer still can be cancelled. */
#define SHOWS_AFTER_US (300 * G_TIME_SPAN_MILLISECOND)
#define CANCELS_AFTER_US (2000 * G_TIME_SPAN_MILLISECOND)
#define LOOKS_EVERY_MS 100

typedef struct
{
  char *text;
  GCancellable *cancellable;
  gint64 since_us;
} Wait;

struct _WbWaitBar
{
  GtkWidget parent_instance;

  /* Borrowed references: children */
  GtkRevealer *revealer;
  GtkSpinner *spinner;
  GtkLabel *label;
  GtkWidget *cancel;

  /* Owned references */
  GPtrArray *waits; /* the oldest first */

  guint source;
};

G_DEFINE_FINAL_TYPE (WbWaitBar, wb_wait_bar, GTK_TYPE_WIDGET)

static void
wait_free (gpointer data)
{
  Wait *wait = data;

  g_free (wait->text);
  g_object_unref (wait->cancellable);
  g_free (wait);
}

static void
show (WbWaitBar *self, const Wait *wait)
{
  gint64 waited_us = wait != NULL ? g_get_monotonic_time () - wait->since_us : 0;

  if (wait == NULL || waited_us < SHOWS_AFTER_US)
    {
      gtk_spinner_stop (self->spinner);
      gtk_revealer_set_reveal_child (self->revealer, FALSE);
      return;
    }
  gtk_label_set_text (self->label, wait->text);
  gtk_widget_set_visible (self->cancel, waited_us >= CANCELS_AFTER_US);
  gtk_widget_set_sensitive (self->cancel, !g_cancellable_is_cancelled (wait->cancellable));
  gtk_spinner_start (self->spinner);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
}

static gboolean
look_cb (gpointer user_data)
{
  WbWaitBar *self = user_data;

  show (self, self->waits->len > 0 ? g_ptr_array_index (self->waits, 0) : NULL);
  if (self->waits->len > 0)
    return G_SOURCE_CONTINUE;
  self->source = 0;
  return G_SOURCE_REMOVE;
}

static void
cancel_clicked_cb (WbWaitBar *self)
{
  Wait *wait = self->waits->len > 0 ? g_ptr_array_index (self->waits, 0) : NULL;

  if (wait == NULL)
    return;
  gtk_widget_set_sensitive (self->cancel, FALSE);
  g_cancellable_cancel (wait->cancellable);
}

static void
wb_wait_bar_dispose (GObject *object)
{
  WbWaitBar *self = WB_WAIT_BAR (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_pointer ((GtkWidget **) &self->revealer, gtk_widget_unparent);

  G_OBJECT_CLASS (wb_wait_bar_parent_class)->dispose (object);
}

static void
wb_wait_bar_finalize (GObject *object)
{
  g_ptr_array_unref (WB_WAIT_BAR (object)->waits);

  G_OBJECT_CLASS (wb_wait_bar_parent_class)->finalize (object);
}

static void
wb_wait_bar_class_init (WbWaitBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_wait_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_wait_bar_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "waitbar");
}

static void
wb_wait_bar_init (WbWaitBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

  self->waits = g_ptr_array_new_with_free_func (wait_free);
  self->revealer = GTK_REVEALER (gtk_revealer_new ());
  self->spinner = GTK_SPINNER (gtk_spinner_new ());
  self->label = GTK_LABEL (gtk_label_new (""));
  self->cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));
  gtk_label_set_xalign (self->label, 0);
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (GTK_WIDGET (self->label), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->spinner));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (box), self->cancel);
  gtk_revealer_set_transition_type (self->revealer, GTK_REVEALER_TRANSITION_TYPE_SLIDE_UP);
  gtk_revealer_set_child (self->revealer, box);
  gtk_widget_set_parent (GTK_WIDGET (self->revealer), GTK_WIDGET (self));
  g_signal_connect_object (self->cancel, "clicked", G_CALLBACK (cancel_clicked_cb), self, G_CONNECT_SWAPPED);
}

/**
 * wb_wait_bar_begin:
 * @text: what is being done: "Moving 5,000 orders…"
 * @cancellable: of what is being done; also its identity for wb_wait_bar_end()
 *
 * Something began. When several things are under way, the oldest is shown.
 */
void
wb_wait_bar_begin (WbWaitBar *self, const char *text, GCancellable *cancellable)
{
  Wait *wait = NULL;

  g_return_if_fail (WB_IS_WAIT_BAR (self));
  g_return_if_fail (text != NULL && G_IS_CANCELLABLE (cancellable));

  wait = g_new0 (Wait, 1);
  wait->text = g_strdup (text);
  wait->cancellable = g_object_ref (cancellable);
  wait->since_us = g_get_monotonic_time ();
  g_ptr_array_add (self->waits, wait);
  if (self->source == 0)
    self->source = g_timeout_add (LOOKS_EVERY_MS, look_cb, self);
}

/**
 * wb_wait_bar_end:
 * @cancellable: what wb_wait_bar_begin() got
 *
 * It is over, whatever came out.
 */
void
wb_wait_bar_end (WbWaitBar *self, GCancellable *cancellable)
{
  g_return_if_fail (WB_IS_WAIT_BAR (self));

  for (guint i = 0; i < self->waits->len; i++)
    if (((Wait *) g_ptr_array_index (self->waits, i))->cancellable == cancellable)
      {
        g_ptr_array_remove_index (self->waits, i);
        break;
      }
  if (self->waits->len == 0)
    show (self, NULL);
}
