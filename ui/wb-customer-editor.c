/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n.h>

#include "core/wb-json.h"
#include "db/wb-acts.h"
#include "db/wb-db-error.h"
#include "db/wb-page-store.h"
#include "ui/wb-customer-editor.h"
#include "ui/wb-format.h"
#include "ui/wb-one-line.h"
#include "ui/wb-word.h"

/* How a value is shown and said. */
typedef enum
{
  FIELD_TEXT,   /* an entry */
  FIELD_LINES,  /* a text of several lines */
  FIELD_CODE,   /* a choice of words */
  FIELD_SWITCH, /* "true" or "false" */
  FIELD_TAGS,   /* an entry, separated by commas */
} FieldKind;

/* One value of the customer: what the database calls it, where it is, what it was. */
typedef struct
{
  FieldKind kind;
  const char *name;
  const char *domain;
  GtkWidget *widget;
  char *was;
} Field;

#define MAX_FIELDS 16

struct _WbCustomerEditor
{
  AdwWindow parent_instance;

  /* Template widgets */
  GtkWidget *problem;
  GtkLabel *problem_label;
  GtkWidget *merge;
  GtkWidget *save;
  GtkWidget *save_face;
  GtkWidget *name;
  GtkWidget *company;
  GtkWidget *email;
  GtkWidget *phone;
  GtkWidget *segment;
  GtkWidget *status;
  GtkWidget *status_reason;
  GtkWidget *email_allowed;
  GtkWidget *tags;
  GtkWidget *note;

  /* Owned references */
  WbDb *db;
  GCancellable *cancellable;

  Field fields[MAX_FIELDS];
  guint n_fields;
  gint64 id;
  gint64 version;
  gboolean busy;
  gboolean closing;
};

G_DEFINE_FINAL_TYPE (WbCustomerEditor, wb_customer_editor, ADW_TYPE_WINDOW)

enum
{
  SAVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- Fields -------------------------------------------------------------------------------- */

static void
add_field (WbCustomerEditor *self, FieldKind kind, const char *name, const char *domain, GtkWidget *widget)
{
  Field *field = &self->fields[self->n_fields++];

  g_assert (self->n_fields <= MAX_FIELDS);
  field->kind = kind;
  field->name = name;
  field->domain = domain;
  field->widget = widget;
  field->was = g_strdup ("");
  if (GTK_IS_EDITABLE (widget))
    wb_one_line_keep (GTK_EDITABLE (widget));
}

static void
fill_combo (AdwComboRow *row, const char *domain)
{
  g_autoptr(GtkStringList) list = gtk_string_list_new (NULL);
  guint n = 0;
  const WbWord *words = wb_word_list (domain, &n);

  for (guint i = 0; i < n; i++)
    gtk_string_list_append (list, _ (words[i].text));
  adw_combo_row_set_model (row, G_LIST_MODEL (list));
}

static char *
get_value (const Field *field)
{
  guint n = 0;
  guint selected = 0;
  const WbWord *words = NULL;
  GtkTextIter start;
  GtkTextIter end;

  switch (field->kind)
    {
    case FIELD_LINES:
      gtk_text_buffer_get_bounds (gtk_text_view_get_buffer (GTK_TEXT_VIEW (field->widget)), &start, &end);
      return gtk_text_iter_get_text (&start, &end);
    case FIELD_CODE:
      words = wb_word_list (field->domain, &n);
      selected = adw_combo_row_get_selected (ADW_COMBO_ROW (field->widget));
      return g_strdup (selected < n ? words[selected].code : field->was);
    case FIELD_SWITCH:
      return g_strdup (gtk_switch_get_active (GTK_SWITCH (field->widget)) ? "true" : "false");
    case FIELD_TEXT:
    case FIELD_TAGS:
      return g_strdup (gtk_editable_get_text (GTK_EDITABLE (field->widget)));
    }
  return g_strdup ("");
}

static void
put_value (const Field *field, const char *value)
{
  guint n = 0;
  const WbWord *words = NULL;

  switch (field->kind)
    {
    case FIELD_LINES:
      gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (field->widget)), value, -1);
      break;
    case FIELD_CODE:
      words = wb_word_list (field->domain, &n);
      for (guint i = 0; i < n; i++)
        if (g_str_equal (words[i].code, value))
          adw_combo_row_set_selected (ADW_COMBO_ROW (field->widget), i);
      break;
    case FIELD_SWITCH:
      gtk_switch_set_active (GTK_SWITCH (field->widget), g_str_equal (value, "true"));
      break;
    case FIELD_TEXT:
    case FIELD_TAGS:
      gtk_editable_set_text (GTK_EDITABLE (field->widget), value);
      break;
    }
}

static gboolean
is_changed (const Field *field)
{
  g_autofree char *value = get_value (field);

  return !g_str_equal (value, field->was);
}

static gboolean
is_any_changed (WbCustomerEditor *self)
{
  for (guint i = 0; i < self->n_fields; i++)
    if (is_changed (&self->fields[i]))
      return TRUE;
  return FALSE;
}

static void
append_tags (GString *json, const char *text)
{
  g_auto(GStrv) tags = g_strsplit (text, ",", -1);
  gboolean any = FALSE;

  g_string_append_c (json, '[');
  for (guint i = 0; tags[i] != NULL; i++)
    {
      g_strstrip (tags[i]);
      if (tags[i][0] == '\0')
        continue;
      if (any)
        g_string_append (json, ", ");
      wb_json_append_string (json, tags[i]);
      any = TRUE;
    }
  g_string_append_c (json, ']');
}

/* Only what was changed goes to the database; NULL when nothing was. */
static char *
collect_changes (WbCustomerEditor *self)
{
  g_autoptr(GString) json = g_string_new ("{");

  for (guint i = 0; i < self->n_fields; i++)
    {
      const Field *field = &self->fields[i];
      g_autofree char *value = get_value (field);

      if (g_str_equal (value, field->was))
        continue;
      if (json->len > 1)
        g_string_append (json, ", ");
      wb_json_append_string (json, field->name);
      g_string_append (json, ": ");
      if (field->kind == FIELD_TAGS)
        append_tags (json, value);
      else if (field->kind == FIELD_SWITCH)
        g_string_append (json, value);
      else
        wb_json_append_string (json, value);
    }
  if (json->len == 1)
    return NULL;
  g_string_append_c (json, '}');
  return g_string_free (g_steal_pointer (&json), FALSE);
}

/* What the database has for a field. */
static char *
value_of (const WbCustomerHead *customer, const char *name)
{
  const struct
  {
    const char *name;
    const char *text;
  } texts[] = {
    { "name", customer->name },       { "company", customer->company },
    { "email", customer->email },     { "phone", customer->phone },
    { "segment", customer->segment }, { "status", customer->status },
    { "note", customer->note },       { "status_reason", customer->status_reason },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_str_equal (texts[i].name, name))
      return g_strdup (texts[i].text);
  if (g_str_equal (name, "tags"))
    return g_strjoinv (", ", customer->tags);
  g_assert (g_str_equal (name, "email_allowed"));
  return g_strdup (customer->email_allowed ? "true" : "false");
}

/* Shows what somebody else has changed, wherever nothing was typed here; what was, stays. Saving then adds it to theirs. */
static void
take_over (WbCustomerEditor *self, const WbCustomerHead *theirs)
{
  g_return_if_fail (WB_IS_CUSTOMER_EDITOR (self) && theirs != NULL);

  self->version = theirs->version;
  for (guint i = 0; i < self->n_fields; i++)
    {
      Field *field = &self->fields[i];
      char *value = value_of (theirs, field->name);

      if (!is_changed (field))
        put_value (field, value);
      g_free (field->was);
      field->was = value;
    }
}

/* ---- Saving -------------------------------------------------------------------------------- */

static void
set_busy (WbCustomerEditor *self, gboolean busy)
{
  self->busy = busy;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.save", !busy);
  gtk_stack_set_visible_child_name (GTK_STACK (self->save_face), busy ? "busy" : "ready");
}

static void
show_problem (WbCustomerEditor *self, const char *text, gboolean conflict)
{
  gtk_label_set_label (self->problem_label, text);
  gtk_widget_set_visible (self->merge, conflict);
  gtk_widget_set_visible (self->problem, TRUE);
}

static void
show_failure (WbCustomerEditor *self, const GError *error)
{
  g_autofree char *sentence = wb_format_sentence (error->message);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_widget_set_visible (self->problem, FALSE);
  else if (g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_CONFLICT))
    show_problem (self, _ ("Somebody else changed this customer meanwhile."), TRUE);
  else if (g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_OFFLINE))
    show_problem (self, _ ("There is no connection to the database. What you typed is kept; save when it is back."), FALSE);
  else
    show_problem (self, sentence, FALSE);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(WbCustomerEditor) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(WbActResult) done = wb_acts_finish (WB_DB (source), result, &error);

  if (self->db == NULL)
    return;
  set_busy (self, FALSE);
  if (done == NULL)
    {
      show_failure (self, error);
      return;
    }
  g_signal_emit (self, signals[SAVED], 0, done->act_id);
  self->closing = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbCustomerEditor *self = WB_CUSTOMER_EDITOR (widget);
  g_autofree char *changes = collect_changes (self);

  if (self->busy)
    return;
  if (changes == NULL)
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  gtk_widget_set_visible (self->problem, FALSE);
  set_busy (self, TRUE);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  wb_acts_customer_update_async (self->db, self->id, self->version, changes, "", self->cancellable, saved_cb,
                                 g_object_ref (self));
}

static void
read_again_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(WbCustomerEditor) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(WbCustomer) customer = wb_page_store_customer_finish (WB_DB (source), result, &error);

  if (self->db == NULL)
    return;
  set_busy (self, FALSE);
  if (customer == NULL)
    {
      show_failure (self, error);
      return;
    }
  take_over (self, customer->customer);
  show_problem (self, _ ("Their changes are in, wherever you had not typed. Save to add yours."), FALSE);
}

static void
merge_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbCustomerEditor *self = WB_CUSTOMER_EDITOR (widget);

  set_busy (self, TRUE);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  wb_page_store_customer_async (self->db, self->id, self->cancellable, read_again_cb, g_object_ref (self));
}

/* Stops what is under way; when nothing is, leaves. */
static void
cancel_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WbCustomerEditor *self = WB_CUSTOMER_EDITOR (widget);

  if (self->busy)
    g_cancellable_cancel (self->cancellable);
  else
    gtk_window_close (GTK_WINDOW (self));
}

/* ---- Leaving ------------------------------------------------------------------------------- */

static void
close_later_cb (gpointer user_data)
{
  g_autoptr(WbCustomerEditor) self = user_data;

  if (self->db != NULL)
    gtk_window_close (GTK_WINDOW (self));
}

static void
discard_response_cb (WbCustomerEditor *self, const char *response)
{
  if (!g_str_equal (response, "discard"))
    return;
  self->closing = TRUE;
  /* not from inside the dialog, which is still on its way out */
  g_idle_add_once (close_later_cb, g_object_ref (self));
}

static gboolean
wb_customer_editor_close_request (GtkWindow *window)
{
  WbCustomerEditor *self = WB_CUSTOMER_EDITOR (window);
  GtkWidget *dialog = NULL;

  if (self->closing || !is_any_changed (self))
    {
      g_cancellable_cancel (self->cancellable);
      return GTK_WINDOW_CLASS (wb_customer_editor_parent_class)->close_request (window);
    }
  dialog = adw_message_dialog_new (window, _ ("Discard what you changed?"), NULL);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "keep", _ ("_Keep editing"), "discard", _ ("_Discard"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  g_signal_connect_object (dialog, "response", G_CALLBACK (discard_response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
  return TRUE;
}

static void
wb_customer_editor_dispose (GObject *object)
{
  WbCustomerEditor *self = WB_CUSTOMER_EDITOR (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->db);
  gtk_widget_dispose_template (GTK_WIDGET (self), WB_TYPE_CUSTOMER_EDITOR);

  G_OBJECT_CLASS (wb_customer_editor_parent_class)->dispose (object);
}

static void
wb_customer_editor_finalize (GObject *object)
{
  WbCustomerEditor *self = WB_CUSTOMER_EDITOR (object);

  for (guint i = 0; i < self->n_fields; i++)
    g_free (self->fields[i].was);

  G_OBJECT_CLASS (wb_customer_editor_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, WbCustomerEditor, problem);
  gtk_widget_class_bind_template_child (widget_class, WbCustomerEditor, problem_label);
  gtk_widget_class_bind_template_child (widget_class, WbCustomerEditor, merge);
  gtk_widget_class_bind_template_child (widget_class, WbCustomerEditor, save);
  gtk_widget_class_bind_template_child (widget_class, WbCustomerEditor, save_face);
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
}

static void
wb_customer_editor_class_init (WbCustomerEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_customer_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_customer_editor_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = wb_customer_editor_close_request;

  signals[SAVED] = g_signal_new ("saved", WB_TYPE_CUSTOMER_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/waybill/Waybill/ui/wb-customer-editor.ui");
  bind_children (widget_class);

  gtk_widget_class_install_action (widget_class, "editor.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "editor.merge", NULL, merge_action);
  gtk_widget_class_install_action (widget_class, "editor.cancel", NULL, cancel_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "editor.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "editor.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "editor.cancel", NULL);
}

static void
wb_customer_editor_init (WbCustomerEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_combo (ADW_COMBO_ROW (self->segment), "segment");
  fill_combo (ADW_COMBO_ROW (self->status), "account");

  add_field (self, FIELD_TEXT, "name", NULL, self->name);
  add_field (self, FIELD_TEXT, "company", NULL, self->company);
  add_field (self, FIELD_TEXT, "email", NULL, self->email);
  add_field (self, FIELD_TEXT, "phone", NULL, self->phone);
  add_field (self, FIELD_CODE, "segment", "segment", self->segment);
  add_field (self, FIELD_CODE, "status", "account", self->status);
  add_field (self, FIELD_TEXT, "status_reason", NULL, self->status_reason);
  add_field (self, FIELD_SWITCH, "email_allowed", NULL, self->email_allowed);
  add_field (self, FIELD_TAGS, "tags", NULL, self->tags);
  add_field (self, FIELD_LINES, "note", NULL, self->note);
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

  self->db = g_object_ref (db);
  self->id = customer->id;
  for (guint i = 0; i < self->n_fields; i++)
    {
      g_free (self->fields[i].was);
      self->fields[i].was = get_value (&self->fields[i]);
    }
  take_over (self, customer);
  gtk_widget_grab_focus (self->name);
  return GTK_WIDGET (self);
}
