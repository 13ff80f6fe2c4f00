/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n.h>

#include "db/wb-acts.h"
#include "db/wb-db-error.h"
#include "ui/wb-customer-editor.h"
#include "ui/wb-word.h"

struct _WbCustomerEditor
{
  AdwWindow parent_instance;

  /* Template widgets */
  GtkLabel *problem;
  AdwEntryRow *name;
  AdwEntryRow *company;
  AdwEntryRow *email;
  AdwEntryRow *phone;
  AdwComboRow *segment;
  AdwComboRow *status;
  AdwEntryRow *status_reason;
  GtkSwitch *email_allowed;
  AdwEntryRow *tags;
  AdwEntryRow *note;

  /* Owned references */
  WbDb *db;
  GVariantDict *read; /* what the fields were, by name */

  gint64 id;
  gint64 version;
};

G_DEFINE_FINAL_TYPE (WbCustomerEditor, wb_customer_editor, ADW_TYPE_WINDOW)

enum
{
  SAVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
fill_combo (AdwComboRow *row, const char *domain, const char *code)
{
  g_autoptr(GtkStringList) list = gtk_string_list_new (NULL);
  guint n = 0;
  const WbWord *words = wb_word_list (domain, &n);

  for (guint i = 0; i < n; i++)
    gtk_string_list_append (list, _ (words[i].text));
  adw_combo_row_set_model (row, G_LIST_MODEL (list));
  for (guint i = 0; i < n; i++)
    if (g_str_equal (words[i].code, code))
      adw_combo_row_set_selected (row, i);
}

static const char *
combo_code (AdwComboRow *row, const char *domain)
{
  guint n = 0;
  const WbWord *words = wb_word_list (domain, &n);
  guint selected = adw_combo_row_get_selected (row);

  return selected < n ? words[selected].code : "";
}

/* Every text field by the name that the database knows it by. */
static GtkEditable *
text_field (WbCustomerEditor *self, guint i, const char **name)
{
  struct
  {
    const char *name;
    AdwEntryRow *row;
  } fields[] = {
    { "name", self->name },   { "company", self->company },             { "email", self->email },
    { "phone", self->phone }, { "status_reason", self->status_reason }, { "note", self->note },
  };

  if (i >= G_N_ELEMENTS (fields))
    return NULL;
  *name = fields[i].name;
  return GTK_EDITABLE (fields[i].row);
}

static gboolean
add_text_if_changed (WbCustomerEditor *self, GVariantDict *changes, const char *name, const char *text)
{
  const char *was = "";

  g_variant_dict_lookup (self->read, name, "&s", &was);
  if (g_str_equal (was, text))
    return FALSE;
  g_variant_dict_insert (changes, name, "s", text);
  return TRUE;
}

static char *
json_string (const char *text)
{
  GString *json = g_string_new ("\"");

  for (const char *c = text; *c != '\0'; c++)
    if (*c == '"' || *c == '\\')
      g_string_append_printf (json, "\\%c", *c);
    else if ((guchar) *c < 0x20)
      g_string_append_printf (json, "\\u%04x", (guint) (guchar) *c);
    else
      g_string_append_c (json, *c);
  g_string_append_c (json, '"');
  return g_string_free (json, FALSE);
}

static char *
tags_json (const char *text)
{
  g_auto(GStrv) tags = g_strsplit (text, ",", -1);
  GString *json = g_string_new ("[");

  for (guint i = 0; tags[i] != NULL; i++)
    {
      g_autofree char *quoted = NULL;

      g_strstrip (tags[i]);
      if (tags[i][0] == '\0')
        continue;
      quoted = json_string (tags[i]);
      g_string_append_printf (json, "%s%s", json->len > 1 ? ", " : "", quoted);
    }
  g_string_append_c (json, ']');
  return g_string_free (json, FALSE);
}

/* Only what was changed goes to the database; NULL when nothing was. */
static char *
collect_changes (WbCustomerEditor *self)
{
  g_autoptr(GVariantDict) changes = g_variant_dict_new (NULL);
  g_autoptr(GString) json = g_string_new ("{");
  g_autoptr(GVariant) all = NULL;
  GVariantIter iter = { 0 };
  const char *name = NULL;
  GVariant *value = NULL;
  GtkEditable *entry = NULL;
  gboolean allowed = FALSE;
  const char *tags = "";

  for (guint i = 0; (entry = text_field (self, i, &name)) != NULL; i++)
    add_text_if_changed (self, changes, name, gtk_editable_get_text (entry));
  add_text_if_changed (self, changes, "segment", combo_code (self->segment, "segment"));
  add_text_if_changed (self, changes, "status", combo_code (self->status, "account"));

  all = g_variant_ref_sink (g_variant_dict_end (changes));
  g_variant_iter_init (&iter, all);
  while (g_variant_iter_next (&iter, "{&sv}", &name, &value))
    {
      g_autofree char *quoted = json_string (g_variant_get_string (value, NULL));

      g_string_append_printf (json, "%s\"%s\": %s", json->len > 1 ? ", " : "", name, quoted);
      g_variant_unref (value);
    }

  g_variant_dict_lookup (self->read, "email_allowed", "b", &allowed);
  if (allowed != gtk_switch_get_active (self->email_allowed))
    g_string_append_printf (json, "%s\"email_allowed\": %s", json->len > 1 ? ", " : "", allowed ? "false" : "true");
  g_variant_dict_lookup (self->read, "tags", "&s", &tags);
  if (!g_str_equal (tags, gtk_editable_get_text (GTK_EDITABLE (self->tags))))
    {
      g_autofree char *list = tags_json (gtk_editable_get_text (GTK_EDITABLE (self->tags)));

      g_string_append_printf (json, "%s\"tags\": %s", json->len > 1 ? ", " : "", list);
    }
  if (json->len == 1)
    return NULL;
  g_string_append_c (json, '}');
  return g_string_free (g_steal_pointer (&json), FALSE);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(WbCustomerEditor) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(WbActResult) done = wb_acts_finish (WB_DB (source), result, &error);

  if (self->db == NULL)
    return;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.save", TRUE);
  if (done != NULL)
    {
      g_signal_emit (self, signals[SAVED], 0);
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  gtk_label_set_label (self->problem, g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_CONFLICT)
                                          ? _ ("Somebody else changed this customer meanwhile. Close this window, look at "
                                               "the change and edit again.")
                                          : error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbCustomerEditor *self = WB_CUSTOMER_EDITOR (widget);
  g_autofree char *changes = collect_changes (self);

  if (changes == NULL)
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  gtk_widget_action_set_enabled (widget, "editor.save", FALSE);
  wb_acts_customer_update_async (self->db, self->id, self->version, changes, "", NULL, saved_cb, g_object_ref (self));
}

static void
wb_customer_editor_dispose (GObject *object)
{
  WbCustomerEditor *self = WB_CUSTOMER_EDITOR (object);

  g_clear_object (&self->db);
  g_clear_pointer (&self->read, g_variant_dict_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), WB_TYPE_CUSTOMER_EDITOR);

  G_OBJECT_CLASS (wb_customer_editor_parent_class)->dispose (object);
}

static void
wb_customer_editor_class_init (WbCustomerEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_customer_editor_dispose;

  signals[SAVED] = g_signal_new ("saved", WB_TYPE_CUSTOMER_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/waybill/Waybill/ui/wb-customer-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, WbCustomerEditor, problem);
  gtk_widget_class_bind_template_child (widget_class, WbCustomerEditor, name);
  gtk_widget_class_bind_template_child (widget_class, WbCustomerEditor, company);
  gtk_widget_class_bind_template_child (widget_class, WbCustomerEditor, email);
  gtk_widget_class_bind_template_child (widget_class, WbCustomerEditor, phone);
  gtk_widget_class_bind_template_child (widget_class, WbCustomerEditor, segment);
  gtk_widget_class_bind_template_child (widget_class, WbCustomerEditor, status);
  gtk_widget_class_bind_template_child (widget_class, WbCustomerEditor, status_reason);
  gtk_widget_class_bind_template_child (widget_class, WbCustomerEditor, email_allowed);
  gtk_widget_class_bind_template_child (widget_class, WbCustomerEditor, tags);
  gtk_widget_class_bind_template_child (widget_class, WbCustomerEditor, note);

  gtk_widget_class_install_action (widget_class, "editor.save", NULL, save_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "editor.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "editor.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
wb_customer_editor_init (WbCustomerEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_text (WbCustomerEditor *self, const char *name, const char *text)
{
  const char *other = NULL;
  GtkEditable *entry = NULL;

  for (guint i = 0; (entry = text_field (self, i, &other)) != NULL; i++)
    if (g_str_equal (name, other))
      gtk_editable_set_text (entry, text);
  g_variant_dict_insert (self->read, name, "s", text);
}

/**
 * wb_customer_editor_new:
 * @parent: the window it belongs to
 * @db: where it is saved
 * @customer: as it was read; copied
 *
 * Returns: (transfer floating): the editor, to be presented
 */
GtkWidget *
wb_customer_editor_new (GtkWindow *parent, WbDb *db, const WbCustomerHead *customer)
{
  WbCustomerEditor *self = g_object_new (WB_TYPE_CUSTOMER_EDITOR, "transient-for", parent, NULL);
  g_autofree char *tags = g_strjoinv (", ", customer->tags);

  self->db = g_object_ref (db);
  self->id = customer->id;
  self->version = customer->version;
  self->read = g_variant_dict_new (NULL);
  set_text (self, "name", customer->name);
  set_text (self, "company", customer->company);
  set_text (self, "email", customer->email);
  set_text (self, "phone", customer->phone);
  set_text (self, "status_reason", customer->status_reason);
  set_text (self, "note", customer->note);
  set_text (self, "segment", customer->segment);
  set_text (self, "status", customer->status);
  set_text (self, "tags", tags);
  gtk_editable_set_text (GTK_EDITABLE (self->tags), tags);
  g_variant_dict_insert (self->read, "email_allowed", "b", customer->email_allowed);
  gtk_switch_set_active (self->email_allowed, customer->email_allowed);
  fill_combo (self->segment, "segment", customer->segment);
  fill_combo (self->status, "account", customer->status);
  return GTK_WIDGET (self);
}
