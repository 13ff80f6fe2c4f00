/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which labels: what they are for, by which template, how many; and a look at each. */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/wb-format.h"
#include "ui/wb-label-dialog-private.h"
#include "ui/wb-narrow-bin.h"
#include "ui/wb-one-line.h"

/* As long as somebody goes on typing, nothing is read. */
#define TYPING_MS 250

/* How wide the rows are beside the label, and how high that is above them. */
#define FORM_PX 344
#define PREVIEW_PX 290

G_DEFINE_FINAL_TYPE (WbLabelDialog, wb_label_dialog, ADW_TYPE_WINDOW)

static const WbLabelSubject *const all[] = { &_wb_label_products, &_wb_label_places, &_wb_label_totes, &_wb_label_badges, &_wb_label_returns };

const WbLabelSubject *
_wb_label_dialog_get_subject (WbLabelDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->subject);

  return g_ptr_array_index (self->subjects, selected < self->subjects->len ? selected : 0);
}

static const WbLabelTemplate *
get_template (WbLabelDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->template);

  if (self->names == NULL || selected >= self->names->len)
    return NULL;
  return wb_label_templates_find (self->templates, g_ptr_array_index (self->names, selected));
}

/* ── A look at one ───────────────────────────────────────────────────────────────────────────── */

WbLabel *
_wb_label_dialog_lay_out (WbLabelDialog *self, guint i, GError **error)
{
  const WbLabelItem *item = g_ptr_array_index (self->items, i);
  const WbLabelSubject *subject = _wb_label_dialog_get_subject (self);

  if (subject->dress != NULL)
    subject->dress (self, i);
  return wb_label_template_layout (get_template (self), item->values, error);
}

void
_wb_label_dialog_say (WbLabelDialog *self, const char *trouble)
{
  gtk_label_set_text (self->trouble, trouble != NULL ? trouble : "");
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), trouble != NULL && *trouble != '\0');
}

static void
show_label (WbLabelDialog *self)
{
  const WbLabelItem *item = g_ptr_array_index (self->items, self->shown);
  g_autoptr (GError) error = NULL;
  WbLabel *label = _wb_label_dialog_lay_out (self, self->shown, &error);
  g_autofree char *sentence = error != NULL ? wb_format_sentence (error->message) : NULL;
  /* Translators: the number of a label, of how many, what it is for */
  g_autofree char *which = g_strdup_printf (_ ("%u of %u: %s"), self->shown + 1, self->items->len, item->title);

  wb_label_preview_set_label (self->preview, label, wb_print_route_get_dpi (wb_printer_row_get_route (self->printer)));
  gtk_label_set_text (self->which, which);
  _wb_label_dialog_say (self, sentence);
  gtk_widget_set_visible (self->pager, self->items->len > 1);
}

static void
show_none (WbLabelDialog *self)
{
  const WbLabelSubject *subject = _wb_label_dialog_get_subject (self);

  adw_status_page_set_title (self->empty, _ (subject->none));
  adw_status_page_set_description (self->empty, _ (subject->none_why));
  gtk_stack_set_visible_child_name (self->face, "empty");
}

/* How many it will be, and whether that can be printed. */
static void
show_button (WbLabelDialog *self)
{
  guint n = self->items->len * (guint) gtk_spin_button_get_value_as_int (self->copies);
  g_autofree char *number = wb_format_number (n);
  g_autofree char *text = NULL;
  gboolean much = n > WB_LABEL_STORE_MOST || self->items->len > WB_LABEL_STORE_MOST;
  gboolean ready = g_strcmp0 (gtk_stack_get_visible_child_name (self->face), "label") == 0;

  /* Translators: the button that prints; %s is how many */
  text = n > 0 && ready && !much ? g_strdup_printf (ngettext ("_Print %s label", "_Print %s labels", n), number) : g_strdup (_ ("_Print"));
  gtk_label_set_label (self->print_text, text);
  if (ready && much)
    _wb_label_dialog_say (self, _ ("At most 1 000 labels are printed at once. Choose fewer of them."));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "labels.print", ready && !much && n > 0 && !_wb_label_dialog_is_printing (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "labels.previous", ready && self->shown > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "labels.next", ready && self->shown + 1 < self->items->len);
}

void
_wb_label_dialog_update (WbLabelDialog *self)
{
  if (self->is_filling || self->desk == NULL)
    return;
  self->shown = MIN (self->shown, MAX (self->items->len, 1) - 1);
  _wb_label_dialog_say (self, NULL);
  if (self->items->len == 0 || get_template (self) == NULL)
    show_none (self);
  else
    {
      gtk_stack_set_visible_child_name (self->face, "label");
      show_label (self);
    }
  show_button (self);
}

/* ── What they are for ───────────────────────────────────────────────────────────────────────── */

static void
set_items (WbLabelDialog *self, GPtrArray *items)
{
  g_ptr_array_unref (self->items);
  self->items = items;
  g_ptr_array_set_size (self->prices, 0);
  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (self->prices, g_strdup (wb_label_values_get (((const WbLabelItem *) g_ptr_array_index (items, i))->values, "price")));
}

/* Those that are wanted of what was read, or can be made without. */
static void
take_items (WbLabelDialog *self)
{
  const WbLabelSubject *subject = _wb_label_dialog_get_subject (self);
  GPtrArray *items = subject->choose != NULL ? subject->choose (self) : g_ptr_array_new ();

  for (guint i = 0; subject->choose == NULL && i < self->read->items->len; i++)
    g_ptr_array_add (items, g_ptr_array_index (self->read->items, i));
  set_items (self, items);
  if (subject->show_rows != NULL)
    subject->show_rows (self, TRUE);
  _wb_label_dialog_update (self);
}

static void read_labels (WbLabelDialog *self);

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbLabelDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  WbLabelItems *read = wb_label_store_finish (WB_DB (source), result, &error);
  const WbLabelSubject *subject = NULL;
  gboolean again = FALSE;
  g_autofree char *sentence = NULL;

  /* something else is wanted since, or nothing */
  if (self->desk == NULL || g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    {
      wb_label_items_free (read);
      return;
    }
  gtk_spinner_stop (self->spinner);
  g_clear_object (&self->cancellable);
  if (read == NULL)
    {
      sentence = wb_format_sentence (error->message);
      adw_status_page_set_description (self->failed, sentence);
      gtk_stack_set_visible_child_name (self->face, "failed");
      show_button (self);
      return;
    }
  subject = _wb_label_dialog_get_subject (self);
  set_items (self, g_ptr_array_new ());
  g_clear_pointer (&self->read, wb_label_items_free);
  self->read = read;
  self->is_filling = TRUE;
  again = subject->take != NULL && subject->take (self);
  self->is_filling = FALSE;
  if (again)
    read_labels (self);
  else
    take_items (self);
}

static void
read_labels (WbLabelDialog *self)
{
  const WbLabelSubject *subject = _wb_label_dialog_get_subject (self);
  WbDb *db = wb_print_desk_get_db (self->desk);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (subject->read == NULL)
    {
      take_items (self);
      return;
    }
  if (db == NULL)
    {
      adw_status_page_set_description (self->failed, _ ("The database is not there."));
      gtk_stack_set_visible_child_name (self->face, "failed");
      show_button (self);
      return;
    }
  self->cancellable = g_cancellable_new ();
  if (self->items->len == 0)
    {
      gtk_stack_set_visible_child_name (self->face, "wait");
      gtk_spinner_start (self->spinner);
      show_button (self);
    }
  subject->read (self, db, read_cb, g_object_ref (self));
}

/* ── Choosing ────────────────────────────────────────────────────────────────────────────────── */

static void
fill_templates (WbLabelDialog *self)
{
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);
  const char *document = _wb_label_dialog_get_subject (self)->document;
  guint selected = 0;

  g_clear_pointer (&self->names, g_ptr_array_unref);
  self->names = wb_label_templates_list (self->templates, document);
  for (guint i = 0; i < self->names->len; i++)
    {
      const char *name = g_ptr_array_index (self->names, i);

      gtk_string_list_append (model, wb_label_template_get_title (wb_label_templates_find (self->templates, name)));
      /* the one of its own name, before others that a shop has added */
      if (g_str_equal (name, document))
        selected = i;
    }
  adw_combo_row_set_model (self->template, G_LIST_MODEL (model));
  adw_combo_row_set_selected (self->template, selected);
}

static void
subject_cb (WbLabelDialog *self)
{
  const WbLabelSubject *subject = NULL;

  if (self->is_filling)
    return;
  subject = _wb_label_dialog_get_subject (self);
  set_items (self, g_ptr_array_new ());
  self->is_filling = TRUE;
  adw_window_title_set_subtitle (self->title, _ (subject->title));
  gtk_widget_set_visible (self->what, self->subjects->len > 1);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (all[i]->show_rows != NULL)
      all[i]->show_rows (self, all[i] == subject);
  fill_templates (self);
  self->is_filling = FALSE;
  self->shown = 0;
  read_labels (self);
}

static void
typed_cb (gpointer user_data)
{
  WbLabelDialog *self = user_data;

  self->typing = 0;
  self->shown = 0;
  read_labels (self);
}

static void
range_cb (WbLabelDialog *self)
{
  if (self->is_filling)
    return;
  g_clear_handle_id (&self->typing, g_source_remove);
  self->typing = g_timeout_add_once (TYPING_MS, typed_cb, self);
}

static void
person_cb (WbLabelDialog *self)
{
  if (self->is_filling || self->read == NULL)
    return;
  self->shown = 0;
  take_items (self);
}

static void
previous_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WB_LABEL_DIALOG (widget)->shown--;
  _wb_label_dialog_update (WB_LABEL_DIALOG (widget));
}

static void
next_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WB_LABEL_DIALOG (widget)->shown++;
  _wb_label_dialog_update (WB_LABEL_DIALOG (widget));
}

static void
read_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  read_labels (WB_LABEL_DIALOG (widget));
}

static void
print_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  _wb_label_dialog_print (WB_LABEL_DIALOG (widget));
}

static void
stop_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  _wb_label_dialog_stop (WB_LABEL_DIALOG (widget));
}

/* Side by side where there is room; where not, the label above, where it stays while the rows below it are scrolled. */
static void
narrow_cb (WbLabelDialog *self)
{
  gboolean narrow = FALSE;

  if (self->desk == NULL)
    return;
  narrow = wb_narrow_bin_get_narrow (WB_NARROW_BIN (self->bin));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->sides), narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_widget_set_size_request (self->side, narrow ? -1 : FORM_PX, -1);
  gtk_widget_set_hexpand (self->side, narrow);
  gtk_widget_set_size_request (self->frame, -1, narrow ? PREVIEW_PX : -1);
  g_object_set (self->frame, "maximum-size", narrow ? PREVIEW_PX : G_MAXINT16, "tightening-threshold", narrow ? PREVIEW_PX : G_MAXINT16, NULL);
  gtk_widget_set_vexpand (self->frame, !narrow);
  gtk_widget_set_margin_top (self->frame, narrow ? 12 : 18);
  gtk_widget_set_margin_bottom (self->frame, narrow ? 0 : 18);
  gtk_box_reorder_child_after (self->sides, self->frame, narrow ? NULL : self->side);
}

/* ── Life ────────────────────────────────────────────────────────────────────────────────────── */

/* What is on its way to the printer goes on by itself. */
static gboolean
wb_label_dialog_close_request (GtkWindow *window)
{
  WbLabelDialog *self = WB_LABEL_DIALOG (window);

  if (_wb_label_dialog_is_printing (self))
    _wb_label_dialog_stop (self);
  return GTK_WINDOW_CLASS (wb_label_dialog_parent_class)->close_request (window);
}

static void
wb_label_dialog_dispose (GObject *object)
{
  WbLabelDialog *self = WB_LABEL_DIALOG (object);

  g_clear_handle_id (&self->typing, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->desk);
  /* rows on their way out tell that nothing is selected */
  self->is_filling = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (object), WB_TYPE_LABEL_DIALOG);
  G_OBJECT_CLASS (wb_label_dialog_parent_class)->dispose (object);
}

static void
wb_label_dialog_finalize (GObject *object)
{
  WbLabelDialog *self = WB_LABEL_DIALOG (object);

  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->prices);
  g_ptr_array_unref (self->ids);
  g_clear_pointer (&self->batches, g_ptr_array_unref);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_clear_pointer (&self->read, wb_label_items_free);
  wb_label_templates_unref (self->templates);
  g_ptr_array_unref (self->subjects);
  g_array_unref (self->skus);
  g_free (self->shop);
  g_free (self->delay);
  G_OBJECT_CLASS (wb_label_dialog_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, WbLabelDialog, title);
  gtk_widget_class_bind_template_child (widget_class, WbLabelDialog, print_text);
  gtk_widget_class_bind_template_child (widget_class, WbLabelDialog, bin);
  gtk_widget_class_bind_template_child (widget_class, WbLabelDialog, sides);
  gtk_widget_class_bind_template_child (widget_class, WbLabelDialog, side);
  gtk_widget_class_bind_template_child (widget_class, WbLabelDialog, form);
  gtk_widget_class_bind_template_child (widget_class, WbLabelDialog, what);
  gtk_widget_class_bind_template_child (widget_class, WbLabelDialog, subject);
  gtk_widget_class_bind_template_child (widget_class, WbLabelDialog, zone);
  gtk_widget_class_bind_template_child (widget_class, WbLabelDialog, first);
  gtk_widget_class_bind_template_child (widget_class, WbLabelDialog, last);
  gtk_widget_class_bind_template_child (widget_class, WbLabelDialog, prefix);
  gtk_widget_class_bind_template_child (widget_class, WbLabelDialog, low_row);
  gtk_widget_class_bind_template_child (widget_class, WbLabelDialog, low);
  gtk_widget_class_bind_template_child (widget_class, WbLabelDialog, high_row);
  gtk_widget_class_bind_template_child (widget_class, WbLabelDialog, high);
  gtk_widget_class_bind_template_child (widget_class, WbLabelDialog, person);
  gtk_widget_class_bind_template_child (widget_class, WbLabelDialog, how);
  gtk_widget_class_bind_template_child (widget_class, WbLabelDialog, template);
  gtk_widget_class_bind_template_child (widget_class, WbLabelDialog, price_row);
  gtk_widget_class_bind_template_child (widget_class, WbLabelDialog, price);
  gtk_widget_class_bind_template_child (widget_class, WbLabelDialog, copies_row);
  gtk_widget_class_bind_template_child (widget_class, WbLabelDialog, copies);
  gtk_widget_class_bind_template_child (widget_class, WbLabelDialog, trouble);
  gtk_widget_class_bind_template_child (widget_class, WbLabelDialog, frame);
  gtk_widget_class_bind_template_child (widget_class, WbLabelDialog, face);
  gtk_widget_class_bind_template_child (widget_class, WbLabelDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, WbLabelDialog, empty);
  gtk_widget_class_bind_template_child (widget_class, WbLabelDialog, failed);
  gtk_widget_class_bind_template_child (widget_class, WbLabelDialog, preview);
  gtk_widget_class_bind_template_child (widget_class, WbLabelDialog, pager);
  gtk_widget_class_bind_template_child (widget_class, WbLabelDialog, which);
  gtk_widget_class_bind_template_child (widget_class, WbLabelDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, WbLabelDialog, bar);
}

static void
wb_label_dialog_class_init (WbLabelDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_label_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_label_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = wb_label_dialog_close_request;
  g_type_ensure (WB_TYPE_LABEL_PREVIEW);
  g_type_ensure (WB_TYPE_NARROW_BIN);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/waybill/Waybill/ui/wb-label-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "labels.print", NULL, print_action);
  gtk_widget_class_install_action (widget_class, "labels.stop", NULL, stop_action);
  gtk_widget_class_install_action (widget_class, "labels.read", NULL, read_action);
  gtk_widget_class_install_action (widget_class, "labels.previous", NULL, previous_action);
  gtk_widget_class_install_action (widget_class, "labels.next", NULL, next_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "labels.print", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Up, GDK_CONTROL_MASK, "labels.previous", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Down, GDK_CONTROL_MASK, "labels.next", NULL);
}

static void
wb_label_dialog_init (WbLabelDialog *self)
{
  GtkWidget *entries[3] = { NULL };

  self->templates = wb_label_templates_new (NULL);
  self->subjects = g_ptr_array_new ();
  self->skus = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->items = g_ptr_array_new ();
  self->prices = g_ptr_array_new_with_free_func (g_free);
  self->ids = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_window_title_set_title (self->title, _ ("Print labels"));
  entries[0] = self->first;
  entries[1] = self->last;
  entries[2] = self->prefix;
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      wb_one_line_keep (GTK_EDITABLE (entries[i]));
      g_signal_connect_object (entries[i], "changed", G_CALLBACK (range_cb), self, G_CONNECT_SWAPPED);
    }
  g_signal_connect_object (self->low, "value-changed", G_CALLBACK (range_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->high, "value-changed", G_CALLBACK (range_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->zone, "notify::selected", G_CALLBACK (range_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->subject, "notify::selected", G_CALLBACK (subject_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->person, "notify::selected", G_CALLBACK (person_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->template, "notify::selected", G_CALLBACK (_wb_label_dialog_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->price, "notify::active", G_CALLBACK (_wb_label_dialog_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->copies, "value-changed", G_CALLBACK (_wb_label_dialog_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->bin, "notify::narrow", G_CALLBACK (narrow_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "labels.stop", FALSE);
}

static WbLabelDialog *
make (WbWindow *parent, WbPrintDesk *desk, GSettings *settings, const WbLabelSubject *const *wanted)
{
  WbLabelDialog *self = g_object_new (WB_TYPE_LABEL_DIALOG, "transient-for", parent, NULL);
  const WbSession *session = wb_window_get_session (parent);
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);
  g_autoptr (GtkWidget) price_row = NULL;

  self->desk = g_object_ref (desk);
  self->shop = session != NULL ? g_strdup (session->shop_name) : NULL;
  self->printer = WB_PRINTER_ROW (wb_printer_row_new (desk, settings));
  wb_printer_row_set_kind (self->printer, WB_PRINT_STICKER);
  adw_preferences_group_add (self->how, GTK_WIDGET (self->printer));
  /* whether there are prices is known last: it stands below what is there from the beginning */
  price_row = g_object_ref (self->price_row);
  adw_preferences_group_remove (self->how, price_row);
  adw_preferences_group_add (self->how, price_row);
  g_signal_connect_object (self->printer, "changed", G_CALLBACK (_wb_label_dialog_update), self, G_CONNECT_SWAPPED);
  for (const WbLabelSubject *const *subject = wanted; *subject != NULL; subject++)
    {
      if ((*subject)->right != NULL && !wb_session_may (session, (*subject)->right))
        continue;
      g_ptr_array_add (self->subjects, (gpointer) *subject);
      gtk_string_list_append (model, _ ((*subject)->title));
    }
  self->is_filling = TRUE;
  adw_combo_row_set_model (self->subject, G_LIST_MODEL (model));
  self->is_filling = FALSE;
  return self;
}

GtkWidget *
wb_label_dialog_new (WbWindow *parent, WbPrintDesk *desk, GSettings *settings)
{
  static const WbLabelSubject *const wanted[] = { &_wb_label_places, &_wb_label_totes, &_wb_label_badges, NULL };
  WbLabelDialog *self = NULL;

  g_return_val_if_fail (WB_IS_WINDOW (parent) && WB_IS_PRINT_DESK (desk), NULL);

  self = make (parent, desk, settings, wanted);
  subject_cb (self);
  return GTK_WIDGET (self);
}

GtkWidget *
wb_label_dialog_new_for_products (WbWindow *parent, WbPrintDesk *desk, GSettings *settings, const gint64 *skus, guint n_skus)
{
  static const WbLabelSubject *const wanted[] = { &_wb_label_products, NULL };
  WbLabelDialog *self = NULL;

  g_return_val_if_fail (WB_IS_WINDOW (parent) && WB_IS_PRINT_DESK (desk) && skus != NULL && n_skus > 0, NULL);

  self = make (parent, desk, settings, wanted);
  g_array_append_vals (self->skus, skus, n_skus);
  subject_cb (self);
  return GTK_WIDGET (self);
}

GtkWidget *
wb_label_dialog_new_for_returns (WbWindow *parent, WbPrintDesk *desk, GSettings *settings, gint64 order_id)
{
  static const WbLabelSubject *const wanted[] = { &_wb_label_returns, NULL };
  WbLabelDialog *self = NULL;

  g_return_val_if_fail (WB_IS_WINDOW (parent) && WB_IS_PRINT_DESK (desk), NULL);

  self = make (parent, desk, settings, wanted);
  self->order_id = order_id;
  subject_cb (self);
  return GTK_WIDGET (self);
}
