/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trying an NFC reader: what stands on a tag, and writing one. */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/wb-ndef.h"
#include "core/wb-tag-content.h"
#include "ui/wb-device-test-private.h"
#include "ui/wb-format.h"

static char *
describe_tag (const WbNfcTag *tag)
{
  g_autofree char *code = NULL;
  WbTagContent content = wb_tag_content_read (tag->text, &code);

  if (tag->problem != NULL)
    return wb_format_sentence (tag->problem);
  if (content == WB_TAG_CONTENT_STAFF)
    return g_strdup_printf (_ ("A badge: %s"), code);
  if (content == WB_TAG_CONTENT_TOTE)
    return g_strdup_printf (_ ("A tote: %s"), code);
  if (content == WB_TAG_CONTENT_BIN)
    return g_strdup_printf (_ ("A shelf: %s"), code);
  if (tag->text != NULL)
    return g_strdup_printf (_ ("Not ours, so it means nothing here: %s"), tag->text);
  return tag->capacity > 0 ? g_strdup_printf (_ ("Empty; it holds %u bytes."), tag->capacity)
                           : g_strdup (_ ("Nothing stands on it, and it cannot be written."));
}

static void
show_can_write (WbDeviceTest *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->write),
                            self->tag != NULL && self->tag->capacity > 0 && *gtk_editable_get_text (GTK_EDITABLE (self->code)) != '\0');
}

static void
tag_cb (WbDeviceTest *self, WbNfcTag *tag)
{
  g_autofree char *what = g_strdup_printf (_ ("Tag %s, type %c"), tag->uid, tag->type);
  g_autofree char *detail = describe_tag (tag);

  g_clear_pointer (&self->tag, wb_nfc_tag_free);
  self->tag = wb_nfc_tag_copy (tag);
  self->n_seen++;
  _wb_device_test_show (self, what, detail);
  show_can_write (self);
}

static void
gone_cb (WbDeviceTest *self)
{
  g_clear_pointer (&self->tag, wb_nfc_tag_free);
  show_can_write (self);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbDeviceTest) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (wb_nfc_reader_write_finish (WB_NFC_READER (source), result, &error))
    {
      gtk_label_set_text (self->detail, _ ("Written, and read back the same."));
      gtk_editable_set_text (GTK_EDITABLE (self->code), "");
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      sentence = wb_format_sentence (error->message);
      gtk_label_set_text (self->detail, sentence);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->detail), TRUE);
  show_can_write (self);
}

static void
write_cb (WbDeviceTest *self)
{
  static const WbTagContent contents[] = { WB_TAG_CONTENT_STAFF, WB_TAG_CONTENT_TOTE, WB_TAG_CONTENT_BIN };
  guint selected = MIN (gtk_drop_down_get_selected (self->content), G_N_ELEMENTS (contents) - 1);
  g_autofree char *code = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->code))));
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *sentence = NULL;
  g_autoptr (GBytes) message = NULL;

  if (self->tag == NULL)
    return;
  text = wb_tag_content_write (contents[selected], code, &error);
  if (text == NULL)
    {
      sentence = wb_format_sentence (error->message);
      gtk_label_set_text (self->detail, sentence);
      gtk_widget_set_visible (GTK_WIDGET (self->detail), TRUE);
      return;
    }
  message = wb_ndef_build_text ("en", text);
  gtk_widget_set_sensitive (GTK_WIDGET (self->write), FALSE);
  gtk_label_set_text (self->detail, _ ("Writing: hold the tag still …"));
  wb_nfc_reader_write_async (WB_NFC_READER (self->device), self->tag, message, self->cancellable, written_cb, g_object_ref (self));
}

void
_wb_device_test_build_nfc (WbDeviceTest *self)
{
  const char *const contents[] = { _ ("Badge"), _ ("Tote"), _ ("Shelf"), NULL };

  self->content = GTK_DROP_DOWN (gtk_drop_down_new_from_strings (contents));
  self->code = GTK_ENTRY (gtk_entry_new ());
  gtk_entry_set_placeholder_text (self->code, _ ("what its barcode says"));
  gtk_widget_set_hexpand (GTK_WIDGET (self->code), TRUE);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->code), 8);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->content), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("What the tag is for"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->code), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Code to write"), -1);
  gtk_box_append (self->buttons, GTK_WIDGET (self->content));
  gtk_box_append (self->buttons, GTK_WIDGET (self->code));
  self->write = GTK_BUTTON (_wb_device_test_add_button (self, _ ("_Write"), G_CALLBACK (write_cb)));
  g_signal_connect_object (self->code, "changed", G_CALLBACK (show_can_write), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->code, "activate", G_CALLBACK (write_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->device, "tag", G_CALLBACK (tag_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->device, "gone", G_CALLBACK (gone_cb), self, G_CONNECT_SWAPPED);
  show_can_write (self);
}
