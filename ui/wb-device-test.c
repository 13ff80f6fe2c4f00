/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "devices/wb-printer-device.h"
#include "devices/wb-scale.h"
#include "devices/wb-voice.h"
#include "ui/wb-device-test-private.h"
#include "ui/wb-format.h"

G_DEFINE_FINAL_TYPE (WbDeviceTest, wb_device_test, GTK_TYPE_BOX)

void
_wb_device_test_show (WbDeviceTest *self, const char *what, const char *detail)
{
  gtk_label_set_text (self->what, what);
  gtk_label_set_text (self->detail, detail);
  gtk_widget_set_visible (GTK_WIDGET (self->detail), *detail != '\0');
}

GtkWidget *
_wb_device_test_add_button (WbDeviceTest *self, const char *label, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  gtk_box_append (self->buttons, button);
  return button;
}

/* ── How it is ───────────────────────────────────────────────────────────────────────────────── */

static const char *
say_what_to_do (WbDeviceTest *self)
{
  switch (wb_device_get_kind (self->device))
    {
    case WB_DEVICE_KIND_SCANNER:
      return _ ("Scan something");
    case WB_DEVICE_KIND_NFC:
      return _ ("Hold a tag to it");
    case WB_DEVICE_KIND_VOICE:
      return _ ("Press Talk and say a command");
    case WB_DEVICE_KIND_PRINTER:
      return _ ("Ready");
    case WB_DEVICE_KIND_SCALE:
    case WB_DEVICE_KIND_CAMERA:
    default:
      return _ ("It works");
    }
}

static void
state_cb (WbDeviceTest *self)
{
  WbDeviceState state = wb_device_get_state (self->device);
  g_autofree char *sentence = wb_format_sentence (wb_device_get_message (self->device));

  gtk_widget_set_sensitive (GTK_WIDGET (self->buttons), state == WB_DEVICE_STATE_READY);
  if (state == WB_DEVICE_STATE_READY && WB_IS_SCALE (self->device))
    _wb_device_test_show_reading (self);
  else if (state == WB_DEVICE_STATE_READY && self->n_seen == 0)
    _wb_device_test_show (self, say_what_to_do (self), "");
  else if (state == WB_DEVICE_STATE_OPENING)
    _wb_device_test_show (self, _ ("Opening …"), "");
  else if (state != WB_DEVICE_STATE_READY)
    _wb_device_test_show (self, _ ("It cannot be tried now"), sentence);
}

static void
wb_device_test_map (GtkWidget *widget)
{
  WbDeviceTest *self = WB_DEVICE_TEST (widget);

  GTK_WIDGET_CLASS (wb_device_test_parent_class)->map (widget);
  if (self->is_open)
    return;
  self->is_open = TRUE;
  self->n_seen = 0;
  wb_device_open (self->device);
  state_cb (self);
}

static void
close_device (WbDeviceTest *self)
{
  if (self->is_open && self->device != NULL)
    wb_device_close (self->device);
  self->is_open = FALSE;
}

static void
wb_device_test_unmap (GtkWidget *widget)
{
  close_device (WB_DEVICE_TEST (widget));
  GTK_WIDGET_CLASS (wb_device_test_parent_class)->unmap (widget);
}

static void
wb_device_test_dispose (GObject *object)
{
  WbDeviceTest *self = WB_DEVICE_TEST (object);

  g_cancellable_cancel (self->cancellable);
  close_device (self);
  g_clear_object (&self->device);
  g_clear_pointer (&self->tag, wb_nfc_tag_free);
  G_OBJECT_CLASS (wb_device_test_parent_class)->dispose (object);
}

static void
wb_device_test_finalize (GObject *object)
{
  g_object_unref (WB_DEVICE_TEST (object)->cancellable);
  G_OBJECT_CLASS (wb_device_test_parent_class)->finalize (object);
}

static void
wb_device_test_class_init (WbDeviceTestClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_device_test_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_device_test_finalize;
  GTK_WIDGET_CLASS (klass)->map = wb_device_test_map;
  GTK_WIDGET_CLASS (klass)->unmap = wb_device_test_unmap;
}

static GtkLabel *
add_label (WbDeviceTest *self, const char *style)
{
  GtkWidget *label = gtk_label_new ("");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (label), FALSE);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (self), label);
  return GTK_LABEL (label);
}

static void
wb_device_test_init (WbDeviceTest *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  gtk_widget_set_margin_top (GTK_WIDGET (self), 12);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self), 12);
  gtk_widget_set_margin_start (GTK_WIDGET (self), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self), 12);
  gtk_widget_add_css_class (GTK_WIDGET (self), "device-test");
  self->what = add_label (self, "title-2");
  gtk_widget_add_css_class (GTK_WIDGET (self->what), "numeric");
  self->detail = add_label (self, "dim-label");
  self->buttons = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->buttons));
}

GtkWidget *
wb_device_test_new (WbDevice *device)
{
  WbDeviceTest *self = NULL;

  g_return_val_if_fail (WB_IS_DEVICE (device), NULL);

  self = g_object_new (WB_TYPE_DEVICE_TEST, NULL);
  self->device = g_object_ref (device);
  if (WB_IS_SCALE (device))
    _wb_device_test_build_scale (self);
  else if (WB_IS_NFC_READER (device))
    _wb_device_test_build_nfc (self);
  else if (WB_IS_CAMERA (device))
    _wb_device_test_build_camera (self);
  else if (WB_IS_VOICE (device))
    _wb_device_test_build_voice (self);
  else if (WB_IS_PRINTER_DEVICE (device))
    _wb_device_test_build_printer (self);
  else if (WB_IS_SCANNER (device))
    _wb_device_test_build_scanner (self);
  gtk_widget_set_visible (GTK_WIDGET (self->buttons), gtk_widget_get_first_child (GTK_WIDGET (self->buttons)) != NULL);
  g_signal_connect_object (device, "notify::state", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (device, "notify::message", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
  state_cb (self);
  return GTK_WIDGET (self);
}
