/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "ui/wb-format.h"
#include "ui/wb-print-choice.h"
#include "ui/wb-printer-row.h"

#define KEY "printers"

/* How often the chosen printer is asked how it is, while somebody looks. */
#define ASK_S 3

struct _WbPrinterRow
{
  AdwComboRow parent_instance;

  gboolean is_filling;
  gboolean is_chosen; /* by a person, who is not overruled by what is found later */
  WbPrintKind kind;
  guint ask_source;

  /* Owned references */
  GtkWidget *warning; /* a child only while there is something to warn of */
  WbPrintDesk *desk;
  GSettings *settings;
  GPtrArray *choices;
  GCancellable *asking;
};

G_DEFINE_FINAL_TYPE (WbPrinterRow, wb_printer_row, ADW_TYPE_COMBO_ROW)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const WbPrintChoice *
get_choice (WbPrinterRow *self)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self));

  return self->choices != NULL && selected < self->choices->len ? g_ptr_array_index (self->choices, selected) : NULL;
}

/* ── How it is ───────────────────────────────────────────────────────────────────────────────── */

static void ask (WbPrinterRow *self);

static void
say (WbPrinterRow *self, WbPrinterState state, const char *message)
{
  g_autofree char *sentence = message != NULL && *message != '\0' ? wb_format_sentence (message) : NULL;
  g_autofree char *escaped = g_markup_escape_text (sentence != NULL ? sentence : "", -1);
  gboolean warn = state > WB_PRINTER_BUSY;

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), escaped);
  if (warn && gtk_widget_get_parent (self->warning) == NULL)
    adw_action_row_add_prefix (ADW_ACTION_ROW (self), self->warning);
  else if (!warn && gtk_widget_get_parent (self->warning) != NULL)
    adw_action_row_remove (ADW_ACTION_ROW (self), self->warning);
}

static gboolean
ask_cb (gpointer user_data)
{
  WbPrinterRow *self = user_data;

  self->ask_source = 0;
  ask (self);
  return G_SOURCE_REMOVE;
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbPrinterRow) self = user_data;
  g_autofree char *message = NULL;
  WbPrinterState state = wb_printer_query_finish (WB_PRINTER (source), result, &message);

  /* another one is chosen, or the row is gone */
  if (state == WB_PRINTER_UNKNOWN || self->asking == NULL)
    return;
  say (self, state, message);
  self->ask_source = g_timeout_add_seconds (ASK_S, ask_cb, self);
}

static void
stop_asking (WbPrinterRow *self)
{
  g_clear_handle_id (&self->ask_source, g_source_remove);
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
}

static void
ask (WbPrinterRow *self)
{
  const WbPrintChoice *choice = get_choice (self);

  stop_asking (self);
  if (choice == NULL || *choice->route->printer == '\0')
    return;
  self->asking = g_cancellable_new ();
  wb_printer_query_async (wb_print_queue_open (wb_print_desk_get_queue (self->desk), choice->route, self->kind), self->asking, asked_cb,
                          g_object_ref (self));
}

/* Another one: nothing is known of it yet. */
static void
ask_anew (WbPrinterRow *self)
{
  say (self, WB_PRINTER_UNKNOWN, NULL);
  ask (self);
}

/* ── Which there are ─────────────────────────────────────────────────────────────────────────── */

static char *
make_key (const WbPrintChoice *choice)
{
  return g_strdup_printf ("%s/%s", choice->station, choice->route->printer);
}

static char *
read_last (WbPrinterRow *self)
{
  g_autoptr (GVariant) all = self->settings != NULL ? g_settings_get_value (self->settings, KEY) : NULL;
  char *last = NULL;

  if (all != NULL)
    g_variant_lookup (all, wb_print_kind_get_word (self->kind), "s", &last);
  return last;
}

static guint
find_choice (GPtrArray *choices, const char *key)
{
  for (guint i = 0; key != NULL && i < choices->len; i++)
    {
      g_autofree char *other = make_key (g_ptr_array_index (choices, i));

      if (g_str_equal (other, key))
        return i;
    }
  return 0;
}

static gboolean
is_same (GPtrArray *a, GPtrArray *b)
{
  if (a == NULL || a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const WbPrintChoice *x = g_ptr_array_index (a, i);
      const WbPrintChoice *y = g_ptr_array_index (b, i);

      if (!g_str_equal (x->title, y->title) || !g_str_equal (x->station, y->station) || !wb_print_route_equal (x->route, y->route))
        return FALSE;
    }
  return TRUE;
}

static void
fill (WbPrinterRow *self)
{
  g_autoptr (GPtrArray) choices = wb_print_desk_list_choices (self->desk, self->kind);
  g_autoptr (GtkStringList) model = gtk_string_list_new (NULL);
  const WbPrintChoice *before = get_choice (self);
  g_autofree char *key = self->is_chosen && before != NULL ? make_key (before) : read_last (self);
  guint selected = find_choice (choices, key);

  if (is_same (self->choices, choices))
    return;
  for (guint i = 0; i < choices->len; i++)
    gtk_string_list_append (model, ((const WbPrintChoice *) g_ptr_array_index (choices, i))->title);
  self->is_filling = TRUE;
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  self->choices = g_steal_pointer (&choices);
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (model));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self), selected);
  self->is_filling = FALSE;
  ask_anew (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
selected_cb (WbPrinterRow *self)
{
  if (self->is_filling)
    return;
  self->is_chosen = TRUE;
  ask_anew (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ── Life ────────────────────────────────────────────────────────────────────────────────────── */

static void
wb_printer_row_dispose (GObject *object)
{
  WbPrinterRow *self = WB_PRINTER_ROW (object);

  stop_asking (self);
  g_signal_handlers_disconnect_by_data (self, self);
  if (self->desk != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->desk, self);
      wb_print_desk_end_looking (self->desk);
    }
  g_clear_object (&self->desk);
  g_clear_object (&self->settings);
  g_clear_object (&self->warning);
  G_OBJECT_CLASS (wb_printer_row_parent_class)->dispose (object);
}

static void
wb_printer_row_finalize (GObject *object)
{
  g_clear_pointer (&WB_PRINTER_ROW (object)->choices, g_ptr_array_unref);
  G_OBJECT_CLASS (wb_printer_row_parent_class)->finalize (object);
}

static void
wb_printer_row_class_init (WbPrinterRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_printer_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_printer_row_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wb_printer_row_init (WbPrinterRow *self)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _ ("Printer"));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 0);
  self->warning = g_object_ref_sink (gtk_image_new_from_icon_name ("wb-mark-warning-symbolic"));
  gtk_widget_add_css_class (self->warning, "warning");
}

GtkWidget *
wb_printer_row_new (WbPrintDesk *desk, GSettings *settings)
{
  WbPrinterRow *self = NULL;

  g_return_val_if_fail (WB_IS_PRINT_DESK (desk), NULL);

  self = g_object_new (WB_TYPE_PRINTER_ROW, NULL);
  self->desk = g_object_ref (desk);
  self->settings = settings != NULL ? g_object_ref (settings) : NULL;
  g_signal_connect_object (self, "notify::selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "changed", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  fill (self);
  wb_print_desk_begin_looking (desk);
  return GTK_WIDGET (self);
}

void
wb_printer_row_set_kind (WbPrinterRow *self, WbPrintKind kind)
{
  g_return_if_fail (WB_IS_PRINTER_ROW (self));

  if (self->kind == kind)
    return;
  self->kind = kind;
  self->is_chosen = FALSE;
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  fill (self);
}

const WbPrintRoute *
wb_printer_row_get_route (WbPrinterRow *self)
{
  const WbPrintChoice *choice = NULL;

  g_return_val_if_fail (WB_IS_PRINTER_ROW (self), NULL);

  choice = get_choice (self);
  /* there is always a file */
  return choice != NULL ? choice->route : ((const WbPrintChoice *) g_ptr_array_index (self->choices, self->choices->len - 1))->route;
}

const char *
wb_printer_row_get_name (WbPrinterRow *self)
{
  const WbPrintChoice *choice = NULL;

  g_return_val_if_fail (WB_IS_PRINTER_ROW (self), NULL);

  choice = get_choice (self);
  return choice != NULL ? choice->title : "";
}

void
wb_printer_row_keep (WbPrinterRow *self)
{
  const WbPrintChoice *choice = NULL;
  g_autoptr (GVariant) all = NULL;
  g_autofree char *key = NULL;
  GVariantBuilder builder;
  GVariantIter iter;
  const char *kind = NULL;
  const char *other = NULL;

  g_return_if_fail (WB_IS_PRINTER_ROW (self));

  choice = get_choice (self);
  if (self->settings == NULL || choice == NULL)
    return;
  all = g_settings_get_value (self->settings, KEY);
  key = make_key (choice);
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  g_variant_iter_init (&iter, all);
  while (g_variant_iter_next (&iter, "{&s&s}", &kind, &other))
    if (!g_str_equal (kind, wb_print_kind_get_word (self->kind)))
      g_variant_builder_add (&builder, "{ss}", kind, other);
  g_variant_builder_add (&builder, "{ss}", wb_print_kind_get_word (self->kind), key);
  g_settings_set_value (self->settings, KEY, g_variant_builder_end (&builder));
}
