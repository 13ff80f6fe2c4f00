/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "db/wb-list-query.h"
#include "ui/wb-page-entry.h"
#include "ui/wb-prose.h"
#include "ui/wb-quick-look.h"
#include "ui/wb-tone.h"
#include "ui/wb-wrap-box.h"

/* So many lines are looked at; the page has them all. */
#define MAX_LINES 8u

struct _WbQuickLook
{
  GtkWidget parent_instance;

  /* Template widgets */
  GtkStack *faces;
  AdwStatusPage *none;
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkLabel *amount;
  GtkBox *marks_place;
  WbWrapBox *marks;
  GtkBox *lines;
  GtkGrid *facts;
  GtkButton *open;

  /* Borrowed references */
  const WbTableSpec *spec;
  const WbCatalogue *catalogue;

  /* Owned references */
  WbDb *db;
  WbListQuery *query;
  WbListQuery *lines_query;
  WbRights *rights; /* NULL: everything */
  GCancellable *cancellable;

  gint64 id;
};

G_DEFINE_FINAL_TYPE (WbQuickLook, wb_quick_look, GTK_TYPE_WIDGET)

enum
{
  OPEN,
  CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
is_named (const char *names, const char *name)
{
  g_auto (GStrv) list = g_strsplit (names != NULL ? names : "", " ", -1);

  return g_strv_contains ((const char *const *) list, name);
}

static void
clear_facts (WbQuickLook *self)
{
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->facts))) != NULL)
    gtk_grid_remove (self->facts, child);
}

static void
clear_lines (WbQuickLook *self)
{
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->lines))) != NULL)
    gtk_box_remove (self->lines, child);
  gtk_widget_set_visible (GTK_WIDGET (self->lines), FALSE);
}

static GtkWidget *
make_value (const WbField *field, WbRow *row, guint i)
{
  g_autofree char *text = wb_format_value (field, row, i, NULL);
  GtkWidget *prose = wb_prose_new (text, "numeric");

  wb_prose_set_selectable (WB_PROSE (prose), TRUE);
  gtk_widget_set_hexpand (prose, TRUE);
  if (field->type == WB_FIELD_TIME)
    {
      g_autofree char *full = wb_format_time_full (wb_row_get_int (row, i));

      gtk_widget_set_tooltip_text (prose, full);
    }
  return prose;
}

/* No discount, no notes, nothing refunded: not worth a line. */
static gboolean
is_zero (const WbField *field, WbRow *row, guint i)
{
  if (!wb_format_is_number (field))
    return FALSE;
  return wb_row_get_value_type (row, i) == WB_ROW_MONEY ? wb_row_get_money (row, i, NULL) == 0
                                                        : wb_row_get_int (row, i) == 0;
}

static void
add_mark (WbQuickLook *self, const WbField *field, WbRow *row, guint i)
{
  g_autofree char *text = wb_format_value (field, row, i, NULL);
  g_auto (GStrv) codes = wb_row_dup_tags (row, i);
  const char *icon_name = NULL;
  WbTone tone = wb_tone_of_code (field->name, codes[0], &icon_name);
  GtkWidget *mark = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 5);
  GtkWidget *label = gtk_label_new (text);
  g_autofree char *class = g_strconcat ("tone-", wb_tone_get_name (tone), NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (mark, class);
  if (icon_name != NULL)
    gtk_box_append (GTK_BOX (mark), gtk_image_new_from_icon_name (icon_name));
  gtk_box_append (GTK_BOX (mark), label);
  wb_wrap_box_append (self->marks, mark);
}

static void
add_fact (WbQuickLook *self, const WbField *field, WbRow *row, guint i, int at)
{
  GtkWidget *name = gtk_label_new (wb_field_get_label (field));

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_yalign (GTK_LABEL (name), 0);
  gtk_widget_add_css_class (name, "dim-label");
  gtk_grid_attach (self->facts, name, 0, at, 1, 1);
  gtk_grid_attach (self->facts, make_value (field, row, i), 1, at, 1, 1);
}

/* Facts stand in the order of the spec, which is that of the query. */
static void
show_row (WbQuickLook *self, WbRow *row)
{
  guint n = wb_list_query_get_n_columns (self->query);
  const char *subtitle = self->spec->summary[WB_CELL_PART_TITLE];
  int at = 0;

  clear_facts (self);
  wb_wrap_box_clear (self->marks);
  gtk_label_set_text (self->title, "");
  gtk_label_set_text (self->subtitle, "");
  gtk_label_set_text (self->amount, "");
  for (guint i = 0; i < n; i++)
    {
      const WbField *field = wb_list_query_get_column (self->query, i);
      g_autofree char *text = wb_format_value (field, row, i, NULL);

      if (*text == '\0')
        continue;
      if (i == 0)
        gtk_label_set_text (self->title, text);
      else if (g_strcmp0 (field->name, self->spec->look_amount) == 0)
        gtk_label_set_text (self->amount, text);
      else if (is_named (self->spec->look_marks, field->name))
        add_mark (self, field, row, i);
      else if (i == 1 && g_strcmp0 (field->name, subtitle) == 0)
        gtk_label_set_text (self->subtitle, text);
      else if (!is_zero (field, row, i))
        add_fact (self, field, row, i, at++);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), *gtk_label_get_text (self->subtitle) != '\0');
  gtk_stack_set_visible_child_name (self->faces, "row");
}

/* ---- What it consists of --------------------------------------------------------------------- */

static void
add_line (WbQuickLook *self, WbRow *row)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  g_autofree char *number = wb_format_number (wb_row_get_int (row, 1));
  g_autofree char *quantity = g_strdup_printf ("%s ×", number);
  GtkWidget *left = gtk_label_new (quantity);
  GtkWidget *right = gtk_label_new (wb_row_get_text (row, 0));

  gtk_label_set_xalign (GTK_LABEL (left), 1);
  gtk_label_set_width_chars (GTK_LABEL (left), 4);
  gtk_widget_add_css_class (left, "numeric");
  gtk_widget_add_css_class (left, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (right), 0);
  gtk_label_set_ellipsize (GTK_LABEL (right), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (right, wb_row_get_text (row, 0));
  gtk_box_append (GTK_BOX (box), left);
  gtk_box_append (GTK_BOX (box), right);
  gtk_box_append (self->lines, box);
}

static void
lines_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbQuickLook) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = wb_list_query_rows_finish (WB_LIST_QUERY (object), result, &error);

  if (rows == NULL || WB_LIST_QUERY (object) != self->lines_query)
    {
      g_debug ("no lines: %s", error != NULL ? error->message : "another row was selected meanwhile");
      return;
    }
  clear_lines (self);
  for (guint i = 0; i < MIN (rows->len, MAX_LINES); i++)
    add_line (self, g_ptr_array_index (rows, i));
  if (rows->len > MAX_LINES)
    gtk_box_append (self->lines, gtk_label_new ("…"));
  gtk_widget_set_visible (GTK_WIDGET (self->lines), rows->len > 0);
}

/* Lines know what they belong to by its title: its number. */
static void
ask_lines (WbQuickLook *self, WbRow *row)
{
  static const char *const columns[] = { "name", "quantity", NULL };
  const WbCatalogue *catalogue = self->spec->look_lines != NULL ? wb_catalogue_get (self->spec->look_lines) : NULL;
  g_autofree char *title = g_strdup (wb_row_get_text (row, 0));
  g_autofree char *quoted = NULL;
  g_autofree char *expression = NULL;
  g_autoptr (WbFilter) filter = NULL;

  g_clear_object (&self->lines_query);
  if (catalogue == NULL || title == NULL || self->db == NULL || !wb_rights_lists (self->rights, catalogue))
    return;
  quoted = wb_filter_quote (title);
  expression = g_strdup_printf ("%s:=%s", self->spec->kind, quoted);
  filter = wb_filter_parse (catalogue, expression, NULL, NULL);
  if (filter == NULL)
    return;
  self->lines_query = wb_list_query_new (self->db, catalogue, filter, NULL, NULL, 0, columns, NULL);
  if (self->lines_query != NULL)
    wb_list_query_first_async (self->lines_query, MAX_LINES + 1, self->cancellable, lines_cb, g_object_ref (self));
}

static void
located_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbQuickLook) self = user_data;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  rows = wb_list_query_rows_finish (WB_LIST_QUERY (object), result, &error);
  if (rows == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_debug ("no quick look: %s", error->message);
      return;
    }
  if (WB_LIST_QUERY (object) != self->query)
    return;
  if (rows->len == 0)
    {
      gtk_stack_set_visible_child_name (self->faces, "none");
      return;
    }
  if (wb_row_get_id (g_ptr_array_index (rows, 0)) == self->id)
    {
      show_row (self, g_ptr_array_index (rows, 0));
      ask_lines (self, g_ptr_array_index (rows, 0));
    }
}

static void
add_names (WbQuickLook *self, GPtrArray *names, const char *more)
{
  g_auto (GStrv) list = g_strsplit (more != NULL ? more : "", " ", -1);

  for (guint i = 0; list[i] != NULL; i++)
    {
      const WbField *field = wb_catalogue_find (self->catalogue, list[i]);

      if (field == NULL || (field->flags & WB_FIELD_COLUMN) == 0 || !wb_rights_shows (self->rights, self->catalogue, field)
          || g_ptr_array_find_with_equal_func (names, field->name, g_str_equal, NULL))
        continue;
      g_ptr_array_add (names, (gpointer) field->name);
    }
}

/* First the title, then the subtitle, then all the others in their order. */
static void
make_query (WbQuickLook *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  g_clear_object (&self->query);
  if (self->db == NULL)
    return;
  add_names (self, names, self->spec->look_title);
  add_names (self, names, self->spec->summary[WB_CELL_PART_TITLE]);
  add_names (self, names, self->spec->look_amount);
  add_names (self, names, self->spec->look_marks);
  add_names (self, names, self->spec->look);
  g_ptr_array_add (names, NULL);
  self->query = wb_list_query_new (self->db, self->catalogue, NULL, NULL, NULL, 0,
                                   (const char *const *) names->pdata, &error);
  if (self->query == NULL)
    g_debug ("no quick look: %s", error->message);
}

static void
news_cb (WbQuickLook *self, const char *topic, GArray *ids)
{
  gboolean mine = ids == NULL;

  if (self->id == 0 || g_strcmp0 (topic, self->spec->topic) != 0)
    return;
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    mine = mine || g_array_index (ids, gint64, i) == self->id;
  if (mine)
    wb_quick_look_reload (self);
}

static void
open_clicked_cb (WbQuickLook *self)
{
  if (self->id != 0)
    g_signal_emit (self, signals[OPEN], 0, self->id);
}

static void
close_clicked_cb (WbQuickLook *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

static void
wb_quick_look_dispose (GObject *object)
{
  WbQuickLook *self = WB_QUICK_LOOK (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->query);
  g_clear_object (&self->lines_query);
  g_clear_object (&self->db);
  g_clear_pointer (&self->rights, wb_rights_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), WB_TYPE_QUICK_LOOK);

  G_OBJECT_CLASS (wb_quick_look_parent_class)->dispose (object);
}

static void
wb_quick_look_class_init (WbQuickLookClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_quick_look_dispose;

  signals[OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/waybill/Waybill/ui/wb-quick-look.ui");
  gtk_widget_class_bind_template_child (widget_class, WbQuickLook, faces);
  gtk_widget_class_bind_template_child (widget_class, WbQuickLook, none);
  gtk_widget_class_bind_template_child (widget_class, WbQuickLook, title);
  gtk_widget_class_bind_template_child (widget_class, WbQuickLook, subtitle);
  gtk_widget_class_bind_template_child (widget_class, WbQuickLook, amount);
  gtk_widget_class_bind_template_child (widget_class, WbQuickLook, marks_place);
  gtk_widget_class_bind_template_child (widget_class, WbQuickLook, lines);
  gtk_widget_class_bind_template_child (widget_class, WbQuickLook, facts);
  gtk_widget_class_bind_template_child (widget_class, WbQuickLook, open);
  gtk_widget_class_bind_template_callback (widget_class, open_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_clicked_cb);
  gtk_widget_class_set_css_name (widget_class, "quicklook");
}

static void
wb_quick_look_init (WbQuickLook *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->marks = WB_WRAP_BOX (wb_wrap_box_new (14, 4));
  gtk_widget_set_hexpand (GTK_WIDGET (self->marks), TRUE);
  gtk_box_append (self->marks_place, GTK_WIDGET (self->marks));
}

/**
 * wb_quick_look_new:
 * @spec: what the rows are
 *
 * Returns: (transfer floating): a pane that asks to select something
 */
GtkWidget *
wb_quick_look_new (const WbTableSpec *spec)
{
  WbQuickLook *self = g_object_new (WB_TYPE_QUICK_LOOK, NULL);

  self->spec = spec;
  self->catalogue = wb_catalogue_get (spec->catalogue);
  return GTK_WIDGET (self);
}

/**
 * wb_quick_look_set_rights:
 * @rights: (nullable): what this seat may see; NULL for everything; before the database
 * @can_open: whether there is more to open
 */
void
wb_quick_look_set_rights (WbQuickLook *self, WbRights *rights, gboolean can_open)
{
  g_return_if_fail (WB_IS_QUICK_LOOK (self));

  if (rights != NULL)
    wb_rights_ref (rights);
  g_clear_pointer (&self->rights, wb_rights_unref);
  self->rights = rights;
  gtk_widget_set_visible (GTK_WIDGET (self->open), can_open);
}

/**
 * wb_quick_look_set_db:
 * @db: (nullable): where the rows are
 */
void
wb_quick_look_set_db (WbQuickLook *self, WbDb *db)
{
  g_return_if_fail (WB_IS_QUICK_LOOK (self));

  if (self->db == db)
    return;
  if (self->db != NULL)
    g_signal_handlers_disconnect_by_data (self->db, self);
  g_set_object (&self->db, db);
  if (db != NULL)
    {
      g_signal_connect_object (db, "news", G_CALLBACK (news_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (db, "resync", G_CALLBACK (wb_quick_look_reload), self,
                               G_CONNECT_SWAPPED);
    }
  make_query (self);
  wb_quick_look_reload (self);
}

/**
 * wb_quick_look_set_id:
 * @id: which row to show; 0 for none
 * @n_selected: how many are selected, to say so when it is not one
 */
void
wb_quick_look_set_id (WbQuickLook *self, gint64 id, guint n_selected)
{
  g_return_if_fail (WB_IS_QUICK_LOOK (self));

  if (id == 0)
    {
      g_autofree char *number = wb_format_number (n_selected);
      g_autofree char *many = g_strdup_printf (ngettext ("%s row is selected.", "%s rows are selected.",
                                                         n_selected),
                                               number);

      self->id = 0;
      adw_status_page_set_description (self->none,
                                       n_selected > 1 ? many
                                                      : _ ("Select a row to see more of it here."));
      gtk_stack_set_visible_child_name (self->faces, "none");
      return;
    }
  if (self->id == id)
    return;
  self->id = id;
  clear_lines (self);
  wb_quick_look_reload (self);
}

/**
 * wb_quick_look_reload:
 *
 * Reads the row again; what is shown stays meanwhile.
 */
void
wb_quick_look_reload (WbQuickLook *self)
{
  g_return_if_fail (WB_IS_QUICK_LOOK (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->id == 0 || self->query == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  wb_list_query_locate_async (self->query, &self->id, 1, self->cancellable, located_cb,
                              g_object_ref (self));
}
