/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/wb-gs1-link.h"
#include "core/wb-gs1.h"
#include "core/wb-label-language.h"
#include "core/wb-label-templates.h"
#include "core/wb-ndef.h"
#include "core/wb-tag-content.h"
#include "devices/wb-camera.h"
#include "devices/wb-label-pdf.h"
#include "devices/wb-nfc-reader.h"
#include "devices/wb-printer-device.h"
#include "devices/wb-scale.h"
#include "devices/wb-scanner.h"
#include "devices/wb-voice.h"
#include "ui/wb-camera-view.h"
#include "ui/wb-device-test.h"
#include "ui/wb-format.h"
#include "ui/wb-scale-words.h"

/* For printers that do not say how fine they are. */
#define DEFAULT_DPI 203

struct _WbDeviceTest
{
  GtkBox parent_instance;

  gboolean is_open;
  guint n_seen;

  /* Child widgets */
  GtkLabel *what;    /* large: what it reported, or what to do */
  GtkLabel *detail;  /* what that means */
  GtkBox *buttons;
  GtkDropDown *content;
  GtkEntry *code;
  GtkButton *write;
  WbCameraView *view;

  /* Owned references */
  WbDevice *device;
  WbNfcTag *tag; /* at the reader now */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (WbDeviceTest, wb_device_test, GTK_TYPE_BOX)

static void
show (WbDeviceTest *self, const char *what, const char *detail)
{
  gtk_label_set_text (self->what, what);
  gtk_label_set_text (self->detail, detail);
  gtk_widget_set_visible (GTK_WIDGET (self->detail), *detail != '\0');
}

/* ── Scanners ────────────────────────────────────────────────────────────────────────────────── */

/* A plain code often looks like an element string, so only a symbol that says so holds one. */
static GPtrArray *
parse_elements (const char *plain, const char *symbology)
{
  static const char *const with_elements[] = { "C1", "e0", "d2", "Q3", "J1", NULL };

  if (g_ascii_strncasecmp (plain, "http://", 7) == 0 || g_ascii_strncasecmp (plain, "https://", 8) == 0)
    return wb_gs1_link_parse (plain, WB_GS1_LINK_ALIASES | WB_GS1_LINK_SHORT_GTINS, NULL);
  if (g_strv_contains (with_elements, symbology) || (*symbology == '\0' && strchr (plain, WB_GS1_GS) != NULL))
    return wb_gs1_parse (plain, NULL);
  return NULL;
}

char *
wb_device_test_describe_scan (const char *text)
{
  char symbology[3] = "";
  const char *plain = NULL;
  g_autoptr (GPtrArray) elements = NULL;
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autofree char *gtin = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  plain = wb_gs1_strip_aim (text, symbology);
  elements = parse_elements (plain, symbology);
  gtin = elements == NULL ? wb_gs1_gtin_normalise (plain, NULL) : NULL;
  if (gtin != NULL)
    g_string_append_printf (lines, _ ("GTIN %s"), gtin);
  for (guint i = 0; elements != NULL && i < elements->len; i++)
    {
      const WbGs1Element *element = g_ptr_array_index (elements, i);

      g_string_append_printf (lines, "%s(%s) %s: %s", i > 0 ? "\n" : "", element->ai, element->title, element->value);
    }
  return g_string_free (g_steal_pointer (&lines), FALSE);
}

static void
scan_cb (WbDeviceTest *self, WbScan *scan)
{
  const char *symbology = wb_scan_symbology_name (scan->symbology);
  g_autofree char *shown = g_strdelimit (g_strdup (scan->text), "\x1d", ' ');
  g_autofree char *text = wb_scan_to_string (scan);
  g_autofree char *meaning = wb_device_test_describe_scan (text);
  g_autofree char *length = g_strdup_printf (ngettext ("%ld character", "%ld characters", (gulong) g_utf8_strlen (scan->text, -1)),
                                             g_utf8_strlen (scan->text, -1));
  g_autofree char *detail = g_strconcat (*symbology != '\0' ? symbology : _ ("kind of barcode not said"), " · ", length,
                                         *meaning != '\0' ? "\n" : "", meaning, NULL);

  self->n_seen++;
  show (self, shown, detail);
}

static void
garbage_cb (WbDeviceTest *self, const char *message)
{
  g_autofree char *sentence = wb_format_sentence (message);

  show (self, _ ("Something came that is no code"), sentence);
}

/* ── Scales ──────────────────────────────────────────────────────────────────────────────────── */

static void
show_reading (WbDeviceTest *self)
{
  g_autofree char *number = wb_scale_words_get_number (WB_SCALE (self->device));

  show (self, number, wb_scale_words_get_state (WB_SCALE (self->device), NULL));
}

static void
zero_cb (WbDeviceTest *self)
{
  wb_scale_zero (WB_SCALE (self->device));
}

static void
tare_cb (WbDeviceTest *self)
{
  wb_scale_tare (WB_SCALE (self->device));
}

static void
clear_tare_cb (WbDeviceTest *self)
{
  wb_scale_clear_tare (WB_SCALE (self->device));
}

static GtkWidget *
add_button (WbDeviceTest *self, const char *label, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  gtk_box_append (self->buttons, button);
  return button;
}

static void
build_scale (WbDeviceTest *self)
{
  GtkWidget *zero = add_button (self, _ ("_Zero"), G_CALLBACK (zero_cb));

  gtk_widget_set_visible (zero, wb_scale_can_zero (WB_SCALE (self->device)));
  add_button (self, _ ("_Tare"), G_CALLBACK (tare_cb));
  add_button (self, _ ("_Forget tare"), G_CALLBACK (clear_tare_cb));
  g_signal_connect_object (self->device, "reading", G_CALLBACK (show_reading), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->device, "weight", G_CALLBACK (show_reading), self, G_CONNECT_SWAPPED);
}

/* ── NFC readers ─────────────────────────────────────────────────────────────────────────────── */

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
  show (self, what, detail);
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

static void
build_nfc (WbDeviceTest *self)
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
  self->write = GTK_BUTTON (add_button (self, _ ("_Write"), G_CALLBACK (write_cb)));
  g_signal_connect_object (self->code, "changed", G_CALLBACK (show_can_write), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->code, "activate", G_CALLBACK (write_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->device, "tag", G_CALLBACK (tag_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->device, "gone", G_CALLBACK (gone_cb), self, G_CONNECT_SWAPPED);
  show_can_write (self);
}

/* ── Cameras ─────────────────────────────────────────────────────────────────────────────────── */

static void
photo_taken_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbDeviceTest) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbPhoto) photo = wb_camera_take_photo_finish (WB_CAMERA (source), result, &error);
  g_autofree char *words = NULL;
  g_autofree char *size = NULL;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (photo == NULL)
    {
      words = wb_format_sentence (error->message);
      show (self, _ ("No photo"), words);
      return;
    }
  wb_camera_view_show_photo (self->view, photo);
  size = g_format_size (g_bytes_get_size (photo->jpeg));
  words = g_strdup_printf (_ ("%u × %u pixels, %s"), photo->width, photo->height, size);
  self->n_seen++;
  show (self, _ ("A photo as it would be kept"), words);
}

static void
take_photo_cb (WbDeviceTest *self)
{
  wb_camera_take_photo_async (WB_CAMERA (self->device), self->cancellable, photo_taken_cb, g_object_ref (self));
}

static void
build_camera (WbDeviceTest *self)
{
  self->view = g_object_new (WB_TYPE_CAMERA_VIEW, "width-request", 280, NULL);
  gtk_box_prepend (GTK_BOX (self), GTK_WIDGET (self->view));
  wb_camera_view_set_camera (self->view, WB_CAMERA (self->device));
  add_button (self, _ ("Take a _photo"), G_CALLBACK (take_photo_cb));
  g_signal_connect_object (self->device, "scan", G_CALLBACK (scan_cb), self, G_CONNECT_SWAPPED);
}

/* ── Voice ───────────────────────────────────────────────────────────────────────────────────── */

static void
heard_cb (WbDeviceTest *self, WbVoiceHeard *heard)
{
  g_autofree char *what = heard->meaning != WB_VOICE_NOTHING ? g_strdup_printf ("“%s”", heard->text) : g_strdup (_ ("Not understood"));
  g_autofree char *detail = g_strdup_printf (_ ("score %.1f"), heard->score);

  self->n_seen++;
  show (self, what, *heard->text != '\0' ? detail : "");
}

static void
talk_cb (WbDeviceTest *self)
{
  WbVoiceWords words = { .commands = G_MAXUINT, .check = 2, .weight = TRUE };

  wb_voice_set_words (WB_VOICE (self->device), &words);
  wb_voice_listen (WB_VOICE (self->device));
  show (self, _ ("Say a command: “skip item”, “another box”"), "");
}

static void
speak_cb (WbDeviceTest *self)
{
  wb_voice_say (WB_VOICE (self->device), _ ("This is how the bench sounds."));
}

static void
build_voice (WbDeviceTest *self)
{
  add_button (self, _ ("_Talk"), G_CALLBACK (talk_cb));
  add_button (self, _ ("_Speak"), G_CALLBACK (speak_cb));
  g_signal_connect_object (self->device, "heard", G_CALLBACK (heard_cb), self, G_CONNECT_SWAPPED);
}

/* ── Printers ────────────────────────────────────────────────────────────────────────────────── */

static GBytes *
encode (WbPrinterDevice *device, const WbLabel *label, GError **error)
{
  const WbPrinterInfo *info = wb_printer_device_get_info (device);
  const char *name = wb_printer_get_language (wb_printer_device_get_printer (device));
  WbLabelLanguage language = WB_LABEL_ZPL;

  if (!wb_label_language_find (name, &language))
    return wb_label_to_pdf (label, error);
  return wb_label_encode (label, language, info != NULL && info->dpi > 0 ? info->dpi : DEFAULT_DPI, wb_label_rasterise, NULL, error);
}

/* A label that says which printer it came from, as a document of its own each time. */
static WbPrintDocument *
make_document (WbPrinterDevice *device, GError **error)
{
  g_autoptr (WbLabelTemplates) templates = wb_label_templates_new (NULL);
  const WbLabelTemplate *template = wb_label_templates_find (templates, "test");
  g_autoptr (WbLabelValues) values = wb_label_values_new ();
  g_autoptr (WbLabel) label = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *id = g_uuid_string_random ();
  WbPrintDocument *document = NULL;
  WbPrinter *printer = wb_printer_device_get_printer (device);

  g_return_val_if_fail (template != NULL, NULL);

  wb_label_values_set (values, "printer", wb_device_get_name (WB_DEVICE (device)));
  wb_label_values_set (values, "station", g_get_host_name ());
  wb_label_values_set (values, "language", wb_printer_get_language (printer));
  label = wb_label_template_layout (template, values, error);
  bytes = label != NULL ? encode (device, label, error) : NULL;
  if (bytes == NULL)
    return NULL;
  document = wb_print_document_new (id, label->name, wb_printer_get_content_type (printer), bytes);
  wb_print_document_set_medium (document, label->width_um, label->height_um, NULL);
  return document;
}

static void
printed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbDeviceTest) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *job = wb_printer_print_finish (WB_PRINTER (source), result, &error);
  g_autofree char *sentence = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  sentence = job == NULL ? wb_format_sentence (error->message) : NULL;
  self->n_seen++;
  show (self, job == NULL ? _ ("It did not print") : _ ("A test label is on its way"),
        job == NULL ? sentence : _ ("It says which printer it came from. If nothing comes out, look at the language, and at the printer."));
}

static void
print_cb (WbDeviceTest *self)
{
  WbPrinterDevice *device = WB_PRINTER_DEVICE (self->device);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbPrintDocument) document = make_document (device, &error);
  g_autofree char *sentence = NULL;

  if (document != NULL)
    {
      wb_printer_print_async (wb_printer_device_get_printer (device), document, self->cancellable, printed_cb, g_object_ref (self));
      return;
    }
  sentence = wb_format_sentence (error->message);
  show (self, _ ("It did not print"), sentence);
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
    show_reading (self);
  else if (state == WB_DEVICE_STATE_READY && self->n_seen == 0)
    show (self, say_what_to_do (self), "");
  else if (state == WB_DEVICE_STATE_OPENING)
    show (self, _ ("Opening …"), "");
  else if (state != WB_DEVICE_STATE_READY)
    show (self, _ ("It cannot be tried now"), sentence);
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
    build_scale (self);
  else if (WB_IS_NFC_READER (device))
    build_nfc (self);
  else if (WB_IS_CAMERA (device))
    build_camera (self);
  else if (WB_IS_VOICE (device))
    build_voice (self);
  else if (WB_IS_PRINTER_DEVICE (device))
    add_button (self, _ ("_Print a test label"), G_CALLBACK (print_cb));
  else if (WB_IS_SCANNER (device))
    {
      g_signal_connect_object (device, "scan", G_CALLBACK (scan_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (device, "garbage", G_CALLBACK (garbage_cb), self, G_CONNECT_SWAPPED);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->buttons), gtk_widget_get_first_child (GTK_WIDGET (self->buttons)) != NULL);
  g_signal_connect_object (device, "notify::state", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (device, "notify::message", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
  state_cb (self);
  return GTK_WIDGET (self);
}
