/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n.h>

#include "ui/wb-note-box.h"

struct _WbNoteBox
{
  GtkWidget parent_instance;

  /* Borrowed references: children */
  GtkWidget *overlay;
  GtkTextView *view;
  GtkWidget *hint;
  GtkWidget *keep;
};

G_DEFINE_FINAL_TYPE (WbNoteBox, wb_note_box, GTK_TYPE_WIDGET)

enum
{
  KEPT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
is_empty (WbNoteBox *self)
{
  g_autofree char *text = wb_note_box_dup_text (self);

  return *text == '\0';
}

static void
changed_cb (WbNoteBox *self)
{
  gtk_widget_set_visible (self->hint, gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (self->view)) == 0);
  gtk_widget_set_sensitive (self->keep, !is_empty (self));
}

static void
keep (WbNoteBox *self)
{
  if (!is_empty (self))
    g_signal_emit (self, signals[KEPT], 0);
}

static gboolean
key_pressed_cb (WbNoteBox *self, guint key, guint code, GdkModifierType state)
{
  if (key != GDK_KEY_Return && key != GDK_KEY_KP_Enter && key != GDK_KEY_ISO_Enter)
    return FALSE;
  if ((state & GDK_SHIFT_MASK) != 0)
    return FALSE;
  keep (self);
  return TRUE;
}

static gboolean
wb_note_box_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (WB_NOTE_BOX (widget)->view));
}

static void
wb_note_box_dispose (GObject *object)
{
  WbNoteBox *self = WB_NOTE_BOX (object);

  g_clear_pointer (&self->overlay, gtk_widget_unparent);

  G_OBJECT_CLASS (wb_note_box_parent_class)->dispose (object);
}

static void
wb_note_box_class_init (WbNoteBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_note_box_dispose;
  widget_class->grab_focus = wb_note_box_grab_focus;

  signals[KEPT] = g_signal_new ("kept", WB_TYPE_NOTE_BOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "notebox");
}

static GtkWidget *
build_view (WbNoteBox *self)
{
  GtkWidget *scroll = gtk_scrolled_window_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->view = GTK_TEXT_VIEW (gtk_text_view_new ());
  gtk_text_view_set_wrap_mode (self->view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (self->view, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Note"),
                                  GTK_ACCESSIBLE_PROPERTY_PLACEHOLDER, _ ("Write a note"), -1);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);
  g_signal_connect_object (gtk_text_view_get_buffer (self->view), "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroll), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroll), 160);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), GTK_WIDGET (self->view));
  gtk_widget_set_hexpand (scroll, TRUE);
  return scroll;
}

static void
wb_note_box_init (WbNoteBox *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->overlay = gtk_overlay_new ();
  self->hint = gtk_label_new (_ ("Write a note"));
  gtk_widget_add_css_class (self->hint, "dim-label");
  gtk_widget_add_css_class (self->hint, "hint");
  gtk_widget_set_halign (self->hint, GTK_ALIGN_START);
  gtk_widget_set_valign (self->hint, GTK_ALIGN_START);
  gtk_widget_set_can_target (self->hint, FALSE);
  gtk_box_append (GTK_BOX (box), build_view (self));

  self->keep = gtk_button_new_from_icon_name ("document-send-symbolic");
  gtk_widget_add_css_class (self->keep, "flat");
  gtk_widget_set_valign (self->keep, GTK_ALIGN_END);
  gtk_widget_set_tooltip_text (self->keep, _ ("Keep the note (Enter)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->keep), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Keep the note"), -1);
  g_signal_connect_object (self->keep, "clicked", G_CALLBACK (keep), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->keep);

  gtk_overlay_set_child (GTK_OVERLAY (self->overlay), box);
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), self->hint);
  gtk_widget_set_parent (self->overlay, GTK_WIDGET (self));
  changed_cb (self);
}

/**
 * wb_note_box_new:
 *
 * Returns: (transfer floating): an empty box
 */
GtkWidget *
wb_note_box_new (void)
{
  return g_object_new (WB_TYPE_NOTE_BOX, NULL);
}

/**
 * wb_note_box_dup_text:
 *
 * Returns: (transfer full): what was typed, without blanks and line breaks at the ends
 */
char *
wb_note_box_dup_text (WbNoteBox *self)
{
  GtkTextBuffer *buffer = NULL;
  GtkTextIter start;
  GtkTextIter end;

  g_return_val_if_fail (WB_IS_NOTE_BOX (self), NULL);

  buffer = gtk_text_view_get_buffer (self->view);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

/**
 * wb_note_box_set_text:
 * @text: in the place of what was typed
 */
void
wb_note_box_set_text (WbNoteBox *self, const char *text)
{
  g_return_if_fail (WB_IS_NOTE_BOX (self) && text != NULL);

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->view), text, -1);
}
