/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/wb-print-reason.h"
#include "ui/wb-format.h"
#include "ui/wb-label-preview.h"
#include "ui/wb-one-line.h"
#include "ui/wb-order-sheet.h"
#include "ui/wb-print-dialog.h"
#include "ui/wb-print-telling.h"
#include "ui/wb-printer-row.h"
#include "ui/wb-word.h"

/* A paper is looked at as a screen has it: at a printer's resolution it would be megabytes of dots. */
#define PAPER_DPI 100

struct _WbPrintDialog
{
  AdwWindow parent_instance;

  gint64 order_id;
  gint64 label_id;
  guint width_um; /* of office paper */
  guint height_um;
  guint n_reasons;

  /* Template widgets */
  AdwWindowTitle *title;
  GtkButton *print;
  GtkStack *stack;
  GtkSpinner *spinner;
  AdwStatusPage *failed;
  AdwPreferencesGroup *what;
  AdwComboRow *document;
  AdwPreferencesGroup *why;
  AdwComboRow *reason;
  AdwEntryRow *words;
  GtkLabel *trouble;
  WbLabelPreview *preview;
  GtkLabel *pages;

  /* Borrowed references: a child */
  WbPrinterRow *printer;

  /* Owned references */
  WbPrintDesk *desk;
  WbLabelTemplates *templates;
  WbOrderPapers *papers; /* (nullable): until it is read */
  GPtrArray *sheets;     /* (nullable): WbOrderSheet */
  char *wanted;          /* (nullable): word of the document that is chosen at first */
  char *who;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (WbPrintDialog, wb_print_dialog, ADW_TYPE_WINDOW)

static const WbOrderSheet *
get_sheet (WbPrintDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->document);

  return self->sheets != NULL && selected < self->sheets->len ? g_ptr_array_index (self->sheets, selected) : NULL;
}

/* ── Why ─────────────────────────────────────────────────────────────────────────────────────── */

/* The first choice is none; behind the last one, words are wanted. */
static char *
make_reason (WbPrintDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->reason);

  if (selected == 0 || selected == GTK_INVALID_LIST_POSITION)
    return NULL;
  if (selected == self->n_reasons)
    {
      g_autofree char *words = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->words))));

      return *words != '\0' ? g_steal_pointer (&words) : NULL;
    }
  return g_strdup (wb_print_reason_get (selected));
}

static void
fill_reasons (WbPrintDialog *self)
{
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);
  const char *reason = NULL;

  gtk_string_list_append (model, _ ("Please choose"));
  for (guint i = 1; (reason = wb_print_reason_get (i)) != NULL; i++)
    {
      gtk_string_list_append (model, reason);
      self->n_reasons = i;
    }
  adw_combo_row_set_model (self->reason, G_LIST_MODEL (model));
}

static void
show_can_print (WbPrintDialog *self)
{
  const WbOrderSheet *sheet = get_sheet (self);
  g_autofree char *reason = make_reason (self);
  gboolean again = sheet != NULL && sheet->n_prints > 0;

  gtk_widget_set_visible (GTK_WIDGET (self->words), adw_combo_row_get_selected (self->reason) == self->n_reasons);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "print.print", sheet != NULL && (!again || reason != NULL));
}

/* ── What ────────────────────────────────────────────────────────────────────────────────────── */

static GPtrArray *
lay_out (WbPrintDialog *self, const WbOrderSheet *sheet)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *pages = wb_order_sheet_layout (sheet, self->templates, self->who, self->width_um, self->height_um, &error);
  g_autofree char *sentence = error != NULL ? wb_format_sentence (error->message) : NULL;

  gtk_label_set_text (self->trouble, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), sentence != NULL);
  return pages;
}

static void
show_preview (WbPrintDialog *self)
{
  const WbOrderSheet *sheet = get_sheet (self);
  g_autoptr (GPtrArray) pages = sheet != NULL ? lay_out (self, sheet) : NULL;
  guint n = pages != NULL ? pages->len : 0;
  const WbPrintRoute *route = wb_printer_row_get_route (self->printer);
  g_autofree char *words = n > 1 ? g_strdup_printf (ngettext ("%u page; this is the first", "%u pages; this is the first", n), n) : NULL;

  gtk_label_set_text (self->pages, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->pages), words != NULL);
  if (n == 0)
    return;
  wb_label_preview_set_label (self->preview, g_ptr_array_steal_index (pages, 0),
                              sheet->label != NULL ? wb_print_route_get_dpi (route) : PAPER_DPI);
}

static void
show_sheet (WbPrintDialog *self)
{
  const WbOrderSheet *sheet = get_sheet (self);
  g_autofree char *often = NULL;

  if (sheet == NULL)
    return;
  if (sheet->n_prints == 1)
    often = g_strdup (_ ("Printed once already: this one says REPRINT"));
  else if (sheet->n_prints > 1)
    often = g_strdup_printf (_ ("Printed %u times already: this one says REPRINT"), sheet->n_prints);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->document), often != NULL ? often : _ ("Not printed yet"));
  gtk_widget_set_visible (GTK_WIDGET (self->why), sheet->n_prints > 0);
  gtk_button_set_label (self->print, sheet->n_prints > 0 ? _ ("_Print again") : _ ("_Print"));
  /* what the label inside says is enough, see wb_ui_init() */
  gtk_accessible_reset_property (GTK_ACCESSIBLE (self->print), GTK_ACCESSIBLE_PROPERTY_LABEL);
  wb_printer_row_set_kind (self->printer, sheet->kind);
  show_preview (self);
  show_can_print (self);
}

static guint
find_wanted (WbPrintDialog *self)
{
  for (guint i = 0; i < self->sheets->len; i++)
    {
      const WbOrderSheet *sheet = g_ptr_array_index (self->sheets, i);

      if (self->label_id != 0 ? sheet->label != NULL && sheet->label->label_id == self->label_id
                              : g_strcmp0 (wb_print_kind_get_word (sheet->kind), self->wanted) == 0)
        return i;
    }
  return 0;
}

static void
fill_documents (WbPrintDialog *self)
{
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);
  guint wanted = find_wanted (self);

  for (guint i = 0; i < self->sheets->len; i++)
    gtk_string_list_append (model, ((const WbOrderSheet *) g_ptr_array_index (self->sheets, i))->title);
  adw_combo_row_set_model (self->document, G_LIST_MODEL (model));
  adw_combo_row_set_selected (self->document, wanted);
  show_sheet (self);
}

/* ── Reading ─────────────────────────────────────────────────────────────────────────────────── */

/* What was printed here a moment ago counts as well, also while the database does not know of it. */
static void
count_own (WbPrintDialog *self)
{
  WbOrderPapers *papers = self->papers;

  papers->n_slips += wb_print_desk_count_unknown (self->desk, WB_PRINT_PACKING_SLIP, papers->order_id, 0);
  papers->n_pick_lists += wb_print_desk_count_unknown (self->desk, WB_PRINT_PICK_LIST, papers->order_id, 0);
  for (guint i = 0; i < papers->labels->len; i++)
    {
      WbJobLabel *label = g_ptr_array_index (papers->labels, i);

      label->n_prints += wb_print_desk_count_unknown (self->desk, WB_PRINT_LABEL, 0, label->label_id);
    }
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbPrintDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  WbOrderPapers *papers = wb_order_papers_read_finish (WB_DB (source), result, &error);
  g_autofree char *sentence = NULL;
  g_autofree char *subtitle = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->desk == NULL)
    {
      wb_order_papers_free (papers);
      return;
    }
  gtk_spinner_stop (self->spinner);
  if (papers == NULL)
    {
      sentence = wb_format_sentence (error->message);
      adw_status_page_set_description (self->failed, sentence);
      gtk_stack_set_visible_child_name (self->stack, "failed");
      return;
    }
  g_clear_pointer (&self->sheets, g_ptr_array_unref);
  g_clear_pointer (&self->papers, wb_order_papers_free);
  self->papers = papers;
  count_own (self);
  self->sheets = wb_order_sheets_list (papers);
  subtitle = g_strdup_printf (_ ("Order %s"), papers->number);
  adw_window_title_set_subtitle (self->title, subtitle);
  gtk_stack_set_visible_child_name (self->stack, self->sheets->len > 0 ? "form" : "empty");
  if (self->sheets->len > 0)
    fill_documents (self);
}

static void
read_papers (WbPrintDialog *self)
{
  WbDb *db = wb_print_desk_get_db (self->desk);

  gtk_stack_set_visible_child_name (self->stack, "wait");
  gtk_spinner_start (self->spinner);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "print.print", FALSE);
  if (db != NULL)
    wb_order_papers_read_async (db, self->order_id, self->cancellable, read_cb, g_object_ref (self));
}

static void
read_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  read_papers (WB_PRINT_DIALOG (widget));
}

/* ── Printing ────────────────────────────────────────────────────────────────────────────────── */

/* What could not even be queued; all else is told of its job. */
static void
printed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbWindow) window = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *job = wb_print_desk_print_finish (WB_PRINT_DESK (source), result, &error);
  g_autofree char *sentence = NULL;
  g_autofree char *text = NULL;

  if (job != NULL || error->domain == WB_DEVICE_ERROR || !gtk_widget_get_mapped (GTK_WIDGET (window)))
    return;
  sentence = wb_format_sentence (error->message);
  text = g_strdup_printf (_ ("Not printed. %s"), sentence);
  wb_window_toast (window, text);
}

static void
print_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbPrintDialog *self = WB_PRINT_DIALOG (widget);
  const WbOrderSheet *sheet = get_sheet (self);
  g_autoptr (GPtrArray) pages = sheet != NULL ? lay_out (self, sheet) : NULL;
  const WbPrintRoute *route = wb_printer_row_get_route (self->printer);
  g_autofree char *id = sheet != NULL ? wb_order_sheet_make_id (sheet) : NULL;
  g_autofree char *title = NULL;
  g_autofree char *reason = make_reason (self);
  WbWindow *window = WB_WINDOW (gtk_window_get_transient_for (GTK_WINDOW (self)));

  if (pages == NULL || (sheet->n_prints > 0 && reason == NULL))
    return;
  wb_printer_row_keep (self->printer);
  title = g_strdup (((const WbLabel *) g_ptr_array_index (pages, 0))->name);
  wb_print_desk_print_async (self->desk, pages, route,
                             &(WbPrintFacts){ .kind = sheet->kind, .document_id = id, .title = title,
                                              .label_id = sheet->label != NULL ? sheet->label->label_id : 0,
                                              .order_id = self->papers->order_id,
                                              .reason = sheet->n_prints > 0 ? reason : NULL },
                             printed_cb, g_object_ref (window));
  wb_print_telling_follow (window, wb_print_desk_get_queue (self->desk), id, wb_word_text ("document", wb_print_kind_get_word (sheet->kind)),
                           wb_printer_row_get_name (self->printer), FALSE);
  gtk_window_close (GTK_WINDOW (self));
}

/* ── Life ────────────────────────────────────────────────────────────────────────────────────── */

static void
wb_print_dialog_dispose (GObject *object)
{
  WbPrintDialog *self = WB_PRINT_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  /* Rows that go one by one choose something else on their way out. */
  if (self->document != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->document, self);
      g_signal_handlers_disconnect_by_data (self->reason, self);
      g_signal_handlers_disconnect_by_data (self->words, self);
      g_signal_handlers_disconnect_by_data (self->printer, self);
      self->printer = NULL;
    }
  gtk_widget_dispose_template (GTK_WIDGET (object), WB_TYPE_PRINT_DIALOG);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (wb_print_dialog_parent_class)->dispose (object);
}

static void
wb_print_dialog_finalize (GObject *object)
{
  WbPrintDialog *self = WB_PRINT_DIALOG (object);

  g_clear_pointer (&self->sheets, g_ptr_array_unref);
  g_clear_pointer (&self->papers, wb_order_papers_free);
  wb_label_templates_unref (self->templates);
  g_object_unref (self->cancellable);
  g_free (self->wanted);
  g_free (self->who);
  G_OBJECT_CLASS (wb_print_dialog_parent_class)->finalize (object);
}

static void
wb_print_dialog_class_init (WbPrintDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_print_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_print_dialog_finalize;
  g_type_ensure (WB_TYPE_LABEL_PREVIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/waybill/Waybill/ui/wb-print-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, WbPrintDialog, title);
  gtk_widget_class_bind_template_child (widget_class, WbPrintDialog, print);
  gtk_widget_class_bind_template_child (widget_class, WbPrintDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, WbPrintDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, WbPrintDialog, failed);
  gtk_widget_class_bind_template_child (widget_class, WbPrintDialog, what);
  gtk_widget_class_bind_template_child (widget_class, WbPrintDialog, document);
  gtk_widget_class_bind_template_child (widget_class, WbPrintDialog, why);
  gtk_widget_class_bind_template_child (widget_class, WbPrintDialog, reason);
  gtk_widget_class_bind_template_child (widget_class, WbPrintDialog, words);
  gtk_widget_class_bind_template_child (widget_class, WbPrintDialog, trouble);
  gtk_widget_class_bind_template_child (widget_class, WbPrintDialog, preview);
  gtk_widget_class_bind_template_child (widget_class, WbPrintDialog, pages);
  gtk_widget_class_install_action (widget_class, "print.print", NULL, print_action);
  gtk_widget_class_install_action (widget_class, "print.read", NULL, read_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "print.print", NULL);
}

/* Paper as it is usual where the program runs. */
static void
set_paper (WbPrintDialog *self)
{
  GtkPaperSize *size = gtk_paper_size_new (NULL);

  self->width_um = (guint) (gtk_paper_size_get_width (size, GTK_UNIT_MM) * 1000);
  self->height_um = (guint) (gtk_paper_size_get_height (size, GTK_UNIT_MM) * 1000);
  gtk_paper_size_free (size);
}

static void
wb_print_dialog_init (WbPrintDialog *self)
{
  self->cancellable = g_cancellable_new ();
  self->templates = wb_label_templates_new (NULL);
  set_paper (self);
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_window_title_set_title (self->title, _ ("Print"));
  fill_reasons (self);
  wb_one_line_keep (GTK_EDITABLE (self->words));
}

GtkWidget *
wb_print_dialog_new (WbWindow *parent, WbPrintDesk *desk, GSettings *settings, gint64 order_id, const char *document, gint64 label_id)
{
  WbPrintDialog *self = NULL;
  const WbSession *session = NULL;

  g_return_val_if_fail (WB_IS_WINDOW (parent) && WB_IS_PRINT_DESK (desk), NULL);

  self = g_object_new (WB_TYPE_PRINT_DIALOG, "transient-for", parent, NULL);
  session = wb_window_get_session (parent);
  self->desk = g_object_ref (desk);
  self->order_id = order_id;
  self->label_id = label_id;
  self->wanted = g_strdup (document);
  self->who = session != NULL ? g_strdup (session->name) : NULL;
  self->printer = WB_PRINTER_ROW (wb_printer_row_new (desk, settings));
  adw_preferences_group_add (self->what, GTK_WIDGET (self->printer));
  g_signal_connect_object (self->document, "notify::selected", G_CALLBACK (show_sheet), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->printer, "changed", G_CALLBACK (show_preview), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->reason, "notify::selected", G_CALLBACK (show_can_print), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->words, "changed", G_CALLBACK (show_can_print), self, G_CONNECT_SWAPPED);
  read_papers (self);
  return GTK_WIDGET (self);
}
