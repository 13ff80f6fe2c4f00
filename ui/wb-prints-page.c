/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n.h>

#include "db/wb-print-store.h"
#include "ui/wb-prints-page.h"
#include "ui/wb-window.h"

struct _WbPrintsPage
{
  WbListPage parent_instance;

  /* Owned references */
  GtkWidget *end; /* of the header bar */
};

G_DEFINE_FINAL_TYPE (WbPrintsPage, wb_prints_page, WB_TYPE_LIST_PAGE)

static char *
count_text (guint64 n, gboolean more)
{
  g_autofree char *number = wb_format_number ((gint64) n);

  return g_strdup_printf (more ? ngettext ("more than %s print", "more than %s prints", n) : ngettext ("%s print", "%s prints", n), number);
}

static const WbTableSpec spec = {
  .catalogue = "prints",
  .topic = "print",
  .kind = "print",
  .opens = "order",
  .columns = "printed document order printer station who copy reason",
  .summary = { "order", "printed", "document who reason printer", NULL },
  .look_title = "order",
  .look = "printed document tracking printer station who copy reason title",
  .count_text = count_text,
  .icon_name = "wb-device-printer-symbolic",
  .empty_title = N_ ("Nothing printed yet"),
  .empty_text = N_ ("Every label and paper that is printed stands here, and why it was printed again."),
};

/* ── A row's order ───────────────────────────────────────────────────────────────────────────── */

typedef struct
{
  WbPrintsPage *page;
  gboolean again;
} Asking;

static void
tell (WbPrintsPage *self, const char *text)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (WB_IS_WINDOW (root))
    wb_window_toast (WB_WINDOW (root), text);
}

static void
got_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Asking *asking = user_data;
  g_autoptr (WbPrintsPage) self = asking->page;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbPrintRow) row = wb_print_store_get_finish (WB_DB (source), result, &error);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || !WB_IS_WINDOW (root))
    return;
  if (row == NULL)
    wb_window_toast_failure (WB_WINDOW (root), error);
  else if (row->order_id == 0)
    tell (self, asking->again ? _ ("This belongs to no order: it is printed again at a bench.") : _ ("This belongs to no order."));
  else if (asking->again)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.print-order", "(xsx)", row->order_id, row->document, row->label_id);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "(sx)", "order", row->order_id);
}

static void
ask (WbPrintsPage *self, gint64 id, gboolean again)
{
  WbDb *db = wb_page_get_db (WB_PAGE (self));
  Asking *asking = NULL;

  if (db == NULL || id == 0)
    return;
  asking = g_new0 (Asking, 1);
  asking->page = g_object_ref (self);
  asking->again = again;
  wb_print_store_get_async (db, id, wb_page_get_cancellable (WB_PAGE (self)), got_cb, asking);
}

static void
wb_prints_page_open (WbListPage *page, gint64 id)
{
  ask (WB_PRINTS_PAGE (page), id, FALSE);
}

static void
again_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ask (WB_PRINTS_PAGE (widget), wb_table_get_focus_id (wb_list_page_get_table (WB_LIST_PAGE (widget))), TRUE);
}

/* One at a time: each is asked why. */
static void
selection_cb (WbPrintsPage *self)
{
  WbTable *table = wb_list_page_get_table (WB_LIST_PAGE (self));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "prints.again",
                                 wb_page_may (WB_PAGE (self), "order_papers") && wb_bitset_selection_count (wb_table_get_selection (table)) <= 1);
}

static void
wb_prints_page_seat_changed (WbListPage *page)
{
  WbTable *table = wb_list_page_get_table (page);
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *button = NULL;

  wb_table_clear_bulk_widgets (table);
  selection_cb (WB_PRINTS_PAGE (page));
  if (!wb_page_may (WB_PAGE (page), "order_papers"))
    {
      wb_table_set_row_menu (table, NULL);
      return;
    }
  button = gtk_button_new_with_mnemonic (_ ("Print _again…"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "prints.again");
  wb_table_add_bulk_widget (table, button, FALSE);
  g_menu_append (menu, _ ("Print _again…"), "prints.again");
  wb_table_set_row_menu (table, G_MENU_MODEL (menu));
}

/* ── Beside the list ─────────────────────────────────────────────────────────────────────────── */

static GtkWidget *
wb_prints_page_get_end_widget (WbPage *page)
{
  WbPrintsPage *self = WB_PRINTS_PAGE (page);

  if (self->end == NULL)
    {
      GtkWidget *button = gtk_button_new_from_icon_name ("wb-device-printer-symbolic");

      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.print-queue");
      gtk_widget_set_tooltip_text (button, _ ("Print queue"));
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Print queue"), -1);
      self->end = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
      gtk_box_append (GTK_BOX (self->end), button);
      gtk_box_append (GTK_BOX (self->end), WB_PAGE_CLASS (wb_prints_page_parent_class)->get_end_widget (page));
    }
  return self->end;
}

static void
wb_prints_page_constructed (GObject *object)
{
  WbPrintsPage *self = WB_PRINTS_PAGE (object);

  G_OBJECT_CLASS (wb_prints_page_parent_class)->constructed (object);
  g_signal_connect_object (wb_list_page_get_table (WB_LIST_PAGE (self)), "selection-changed", G_CALLBACK (selection_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
wb_prints_page_dispose (GObject *object)
{
  g_clear_object (&WB_PRINTS_PAGE (object)->end);
  G_OBJECT_CLASS (wb_prints_page_parent_class)->dispose (object);
}

static void
wb_prints_page_class_init (WbPrintsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = wb_prints_page_constructed;
  G_OBJECT_CLASS (klass)->dispose = wb_prints_page_dispose;
  WB_PAGE_CLASS (klass)->get_end_widget = wb_prints_page_get_end_widget;
  WB_LIST_PAGE_CLASS (klass)->spec = &spec;
  WB_LIST_PAGE_CLASS (klass)->open = wb_prints_page_open;
  WB_LIST_PAGE_CLASS (klass)->seat_changed = wb_prints_page_seat_changed;
  gtk_widget_class_install_action (widget_class, "prints.again", NULL, again_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "prints.again", NULL);
}

static void
wb_prints_page_init (WbPrintsPage *self)
{
}
