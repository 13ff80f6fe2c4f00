/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n.h>

#include "core/wb-facts.h"
#include "ui/wb-cell.h"
#include "ui/wb-compat.h"
#include "ui/wb-tone.h"

/* Space at both sides of the text, and between icon and text. */
#define PADDING 10
#define GAP 6
#define ICON 16
#define MARK 3

/* Laid out once for what is drawn; a summary has one for each part. */
typedef struct
{
  PangoLayout *layout;
  GdkPaintable *icon;
  const char *color;
  int width;
} Piece;

struct _WbCell
{
  GtkWidget parent_instance;

  /* Owned references */
  WbCellColumn *column;
  WbRowItem *item;
  Piece pieces[WB_CELL_N_PARTS];

  gulong handler;
  gboolean laid_out;
  gboolean spoken;
};

G_DEFINE_FINAL_TYPE (WbCell, wb_cell, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_ITEM,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* Style and column */

/**
 * wb_cell_style_new:
 *
 * Returns: (transfer full): what the cells of a table share
 */
WbCellStyle *
wb_cell_style_new (void)
{
  WbCellStyle *self = g_rc_box_new0 (WbCellStyle);

  self->icons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  return self;
}

WbCellStyle *
wb_cell_style_ref (WbCellStyle *self)
{
  return g_rc_box_acquire (self);
}

static void
clear_style (gpointer data)
{
  WbCellStyle *self = data;

  g_clear_pointer (&self->icons, g_hash_table_unref);
}

void
wb_cell_style_unref (WbCellStyle *self)
{
  g_rc_box_release_full (self, clear_style);
}

/**
 * wb_cell_style_forget_icons:
 *
 * Looks icons up again: the theme or the scale changed.
 */
void
wb_cell_style_forget_icons (WbCellStyle *self)
{
  g_hash_table_remove_all (self->icons);
}

/**
 * wb_cell_column_new:
 * @field: (nullable): what it shows; NULL for a summary
 * @index: which value of a row
 * @flags: how
 * @style: of the table
 *
 * Returns: (transfer full): what the cells of a column share
 */
WbCellColumn *
wb_cell_column_new (const WbField *field, guint index, WbCellFlags flags, WbCellStyle *style)
{
  WbCellColumn *self = g_rc_box_new0 (WbCellColumn);

  self->field = field;
  self->index = index;
  self->flags = flags;
  self->style = wb_cell_style_ref (style);
  return self;
}

WbCellColumn *
wb_cell_column_ref (WbCellColumn *self)
{
  return g_rc_box_acquire (self);
}

static void
clear_column (gpointer data)
{
  WbCellColumn *self = data;

  g_clear_pointer (&self->style, wb_cell_style_unref);
}

void
wb_cell_column_unref (WbCellColumn *self)
{
  g_rc_box_release_full (self, clear_column);
}

/* Laying out */

static void
clear_pieces (WbCell *self)
{
  for (guint i = 0; i < WB_CELL_N_PARTS; i++)
    {
      g_clear_object (&self->pieces[i].layout);
      g_clear_object (&self->pieces[i].icon);
      self->pieces[i].color = NULL;
    }
  self->laid_out = FALSE;
}

static GdkPaintable *
find_icon (WbCell *self, const char *name)
{
  GHashTable *icons = self->column->style->icons;
  GtkIconPaintable *icon = g_hash_table_lookup (icons, name);

  if (icon == NULL)
    {
      GtkWidget *widget = GTK_WIDGET (self);

      icon = gtk_icon_theme_lookup_icon (
        gtk_icon_theme_get_for_display (gtk_widget_get_display (widget)), name, NULL, ICON,
        gtk_widget_get_scale_factor (widget), gtk_widget_get_direction (widget), 0);
      g_hash_table_insert (icons, g_strdup (name), icon);
    }
  return g_object_ref (GDK_PAINTABLE (icon));
}

static void
add_attribute (PangoAttrList *attributes, PangoAttribute *attribute)
{
  attribute->start_index = PANGO_ATTR_INDEX_FROM_TEXT_BEGINNING;
  attribute->end_index = PANGO_ATTR_INDEX_TO_TEXT_END;
  pango_attr_list_insert (attributes, attribute);
}

static PangoLayout *
make_layout (WbCell *self, const char *text, gboolean strong, gboolean small)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  add_attribute (attributes, pango_attr_font_features_new ("tnum=1"));
  if (strong)
    add_attribute (attributes, pango_attr_weight_new (PANGO_WEIGHT_SEMIBOLD));
  if (small)
    add_attribute (attributes, pango_attr_scale_new (0.92));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  return layout;
}

/* The first code that means something decides for a field with several. */
static const char *
tone_of (const WbField *field, const WbRow *row, guint index, const char **icon_name)
{
  g_auto (GStrv) codes = NULL;
  WbTone tone = WB_TONE_NONE;

  *icon_name = NULL;
  if (index >= wb_row_get_n_values (row) || wb_row_is_null (row, index))
    return NULL;
  if (field->type == WB_FIELD_BOOL)
    {
      *icon_name = wb_row_get_bool (row, index) ? "object-select-symbolic" : NULL;
      return NULL;
    }
  if (field->type == WB_FIELD_INTEGER && g_str_equal (field->name, "available")
      && wb_row_get_int (row, index) <= 0)
    return "wb_negative";
  if (field->type != WB_FIELD_ENUM)
    return NULL;
  codes = wb_row_dup_tags (row, index);
  for (guint i = 0; codes[i] != NULL && tone == WB_TONE_NONE; i++)
    tone = wb_tone_of_code (field->name, codes[i], icon_name);
  return wb_tone_get_color_name (tone);
}

/* What a part of a summary says: its fields that have a value. */
static char *
format_part (WbCell *self, guint part, WbRow *row)
{
  WbCellColumn *column = self->column;
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < WB_CELL_MAX_JOINED && column->parts[part][i] != NULL; i++)
    {
      g_autofree char *value = wb_format_value (column->parts[part][i], row, column->part_index[part][i], &column->style->values);

      wb_facts_add (words, value);
    }
  return g_string_free (words, FALSE);
}

static void
lay_out_piece (WbCell *self, guint part, const WbField *field, guint index, WbRow *row)
{
  Piece *piece = &self->pieces[part];
  gboolean summary = (self->column->flags & WB_CELL_SUMMARY) != 0;
  const char *icon_name = NULL;
  g_autofree char *text = summary ? format_part (self, part, row) : wb_format_value (field, row, index, &self->column->style->values);

  piece->color = tone_of (field, row, index, &icon_name);
  if (icon_name != NULL)
    piece->icon = find_icon (self, icon_name);
  /* A tick says it all. */
  if (field->type == WB_FIELD_BOOL && icon_name != NULL && !summary)
    return;
  if (*text == '\0')
    return;
  piece->layout = make_layout (self, text,
                               (self->column->flags & WB_CELL_PRIMARY) != 0
                                 || (summary && part == WB_CELL_PART_TITLE),
                               summary && part >= WB_CELL_PART_DETAIL);
  pango_layout_get_pixel_size (piece->layout, &piece->width, NULL);
}

static void
lay_out (WbCell *self, WbRow *row)
{
  WbCellColumn *column = self->column;

  clear_pieces (self);
  self->laid_out = TRUE;
  if ((column->flags & WB_CELL_SUMMARY) == 0)
    {
      lay_out_piece (self, 0, column->field, column->index, row);
      return;
    }
  for (guint i = 0; i < WB_CELL_N_PARTS; i++)
    if (column->parts[i][0] != NULL)
      lay_out_piece (self, i, column->parts[i][0], column->part_index[i][0], row);
}

/* Speaks what is drawn, and nothing of the many cells that are not. */
static void
speak (WbCell *self)
{
  g_autofree char *text = wb_cell_dup_text (self);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  self->spoken = TRUE;
}

/* Drawing */

static void
get_color (WbCell *self, const char *name, GdkRGBA *color)
{
  GtkWidget *widget = GTK_WIDGET (self);

  if (name != NULL)
    wb_compat_lookup_color (widget, name, color);
  else
    wb_compat_get_color (widget, color);
}

static void
snapshot_skeleton (WbCell *self, GtkSnapshot *snapshot, int width, int height)
{
  guint dice = g_direct_hash (self->item) >> 4;
  gboolean right = self->column->field != NULL && wb_format_is_number (self->column->field);
  float bar = (float) (width - 2 * PADDING) * (0.35f + (float) (dice % 40) / 100.0f);
  float x = right ? (float) (width - PADDING) - bar : (float) PADDING;
  GskRoundedRect shape;
  GdkRGBA color;

  if (bar < 4)
    return;
  get_color (self, NULL, &color);
  color.alpha *= 0.09f;
  gsk_rounded_rect_init_from_rect (
    &shape, &GRAPHENE_RECT_INIT (x, (float) height / 2 - 5, bar, 10), 5);
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  gtk_snapshot_append_color (snapshot, &color, &shape.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
snapshot_layout (GtkSnapshot *snapshot, PangoLayout *layout, int x, int y, const GdkRGBA *color)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

static void
snapshot_icon (GtkSnapshot *snapshot, GdkPaintable *icon, int x, int y, const GdkRGBA *color)
{
  GdkRGBA colors[4] = { *color, *color, *color, *color };

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  if (GTK_IS_SYMBOLIC_PAINTABLE (icon))
    gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), snapshot, ICON, ICON,
                                              colors, 4);
  else
    gdk_paintable_snapshot (icon, snapshot, ICON, ICON);
  gtk_snapshot_restore (snapshot);
}

/* Draws a piece into [x, x + width), its middle at @middle. */
static void
snapshot_piece (WbCell *self, GtkSnapshot *snapshot, Piece *piece, int x, int width, int middle,
                gboolean at_end, const GdkRGBA *text_color)
{
  int icon_room = piece->icon != NULL ? ICON + (piece->layout != NULL ? GAP : 0) : 0;
  int text_room = MAX (width - icon_room, 0);
  int text_width = piece->layout != NULL ? MIN (piece->width, text_room) : 0;
  GdkRGBA color = *text_color;
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int height = 0;

  if (width <= 0)
    return;
  if (rtl)
    at_end = !at_end;
  if (at_end)
    x += width - icon_room - text_width;
  if (piece->color != NULL)
    get_color (self, piece->color, &color);
  if (piece->icon != NULL)
    snapshot_icon (snapshot, piece->icon, rtl ? x + text_width + icon_room - ICON : x,
                   middle - ICON / 2, &color);
  if (piece->layout == NULL)
    return;
  if (piece->icon == NULL && piece->color != NULL)
    text_color = &color;
  pango_layout_set_width (piece->layout, text_width < piece->width ? text_width * PANGO_SCALE : -1);
  pango_layout_get_pixel_size (piece->layout, NULL, &height);
  snapshot_layout (snapshot, piece->layout, rtl ? x : x + icon_room, middle - height / 2,
                   text_color);
}

static void
snapshot_summary (WbCell *self, GtkSnapshot *snapshot, int width, int height)
{
  Piece *pieces = self->pieces;
  int room = width - 2 * PADDING - 4;
  int x = PADDING + 4;
  int first = height / 2 - (height - 14) / 4;
  int second = height / 2 + (height - 14) / 4;
  int amount = pieces[WB_CELL_PART_AMOUNT].width + 12;
  int state = pieces[WB_CELL_PART_STATE].width + ICON + GAP + 12;
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  GdkRGBA color;
  GdkRGBA dim;

  get_color (self, NULL, &color);
  dim = color;
  dim.alpha *= 0.7f;
  if (pieces[WB_CELL_PART_AMOUNT].layout == NULL)
    amount = 0;
  if (pieces[WB_CELL_PART_STATE].layout == NULL)
    state = 0;
  amount = MIN (amount, room / 2);
  state = MIN (state, room / 2);
  snapshot_piece (self, snapshot, &pieces[WB_CELL_PART_TITLE], rtl ? x + amount : x, room - amount,
                  first, FALSE, &color);
  snapshot_piece (self, snapshot, &pieces[WB_CELL_PART_AMOUNT], rtl ? x : x + room - amount, amount,
                  first, TRUE, &color);
  snapshot_piece (self, snapshot, &pieces[WB_CELL_PART_DETAIL], rtl ? x + state : x, room - state,
                  second, FALSE, &dim);
  snapshot_piece (self, snapshot, &pieces[WB_CELL_PART_STATE], rtl ? x : x + room - state, state,
                  second, TRUE, &dim);
}

static void
snapshot_mark (WbCell *self, GtkSnapshot *snapshot, WbRow *row, int width, int height)
{
  WbCellColumn *column = self->column;
  const char *name = column->mark != NULL ? column->mark (row, column->mark_data) : NULL;
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  GdkRGBA color;

  if (name == NULL)
    return;
  get_color (self, name, &color);
  gtk_snapshot_append_color (
    snapshot, &color,
    &GRAPHENE_RECT_INIT (rtl ? (float) (width - MARK) : 0, 1, MARK, (float) (height - 2)));
}

static void
wb_cell_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WbCell *self = WB_CELL (widget);
  WbCellColumn *column = self->column;
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  WbRow *row = self->item != NULL ? wb_row_item_get_row (self->item) : NULL;
  GdkRGBA color;

  if (self->item == NULL || width <= 0)
    return;
  if (row == NULL
      || ((column->flags & WB_CELL_SUMMARY) == 0 && column->index >= wb_row_get_n_values (row)))
    {
      snapshot_skeleton (self, snapshot, width, height);
      return;
    }
  if (!self->laid_out)
    {
      lay_out (self, row);
      speak (self);
    }
  if ((column->flags & WB_CELL_MARK) != 0)
    snapshot_mark (self, snapshot, row, width, height);
  if ((column->flags & WB_CELL_SUMMARY) != 0)
    {
      snapshot_summary (self, snapshot, width, height);
      return;
    }
  get_color (self, NULL, &color);
  snapshot_piece (self, snapshot, &self->pieces[0], PADDING, width - 2 * PADDING, height / 2,
                  wb_format_is_number (column->field), &color);
}

/* Of a row in pixels, by the widget's font. */
static int
measure_height (GtkWidget *widget, gboolean compact, gboolean two_lines)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int line = PANGO_PIXELS_CEIL (pango_font_metrics_get_height (metrics));

  pango_font_metrics_unref (metrics);
  if (two_lines)
    return 2 * line + (compact ? 8 : 18);
  return MAX (line, ICON) + (compact ? 7 : 17);
}

/* The height depends on font and density alone: no cell makes another row higher. */
static void
wb_cell_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                 int *natural, int *minimum_baseline, int *natural_baseline)
{
  WbCell *self = WB_CELL (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 2 * PADDING;
      *natural = self->column->field != NULL ? self->column->field->width_px : 2 * PADDING;
      *natural = MAX (*minimum, *natural);
      return;
    }
  *minimum = measure_height (widget, self->column->style->compact,
                                     (self->column->flags & WB_CELL_SUMMARY) != 0);
  *natural = *minimum;
}

static gboolean
wb_cell_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  WbCell *self = WB_CELL (widget);
  WbCellColumn *column = self->column;
  WbRow *row = self->item != NULL ? wb_row_item_get_row (self->item) : NULL;
  Piece *piece = &self->pieces[0];
  g_autofree char *text = NULL;

  if (row == NULL || !self->laid_out || column->field == NULL
      || column->index >= wb_row_get_n_values (row) || wb_row_is_null (row, column->index))
    return FALSE;
  if (column->field->type == WB_FIELD_TIME)
    text = wb_format_time_full (wb_row_get_int (row, column->index));
  else if (piece->layout != NULL && pango_layout_is_ellipsized (piece->layout))
    text = wb_format_value (column->field, row, column->index, &column->style->values);
  if (text == NULL)
    return FALSE;
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
row_changed_cb (WbCell *self)
{
  clear_pieces (self);
  if (self->spoken)
    {
      gtk_accessible_reset_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL);
      self->spoken = FALSE;
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
wb_cell_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (wb_cell_parent_class)->css_changed (widget, change);
  clear_pieces (WB_CELL (widget));
  gtk_widget_queue_draw (widget);
}

static void
wb_cell_dispose (GObject *object)
{
  WbCell *self = WB_CELL (object);

  wb_cell_set_item (self, NULL);
  clear_pieces (self);

  G_OBJECT_CLASS (wb_cell_parent_class)->dispose (object);
}

static void
wb_cell_finalize (GObject *object)
{
  WbCell *self = WB_CELL (object);

  g_clear_pointer (&self->column, wb_cell_column_unref);

  G_OBJECT_CLASS (wb_cell_parent_class)->finalize (object);
}

static void
wb_cell_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_ITEM:
      g_value_set_object (value, WB_CELL (object)->item);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
wb_cell_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_ITEM:
      wb_cell_set_item (WB_CELL (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
wb_cell_class_init (WbCellClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wb_cell_dispose;
  object_class->finalize = wb_cell_finalize;
  object_class->get_property = wb_cell_get_property;
  object_class->set_property = wb_cell_set_property;

  widget_class->snapshot = wb_cell_snapshot;
  widget_class->measure = wb_cell_measure;
  widget_class->query_tooltip = wb_cell_query_tooltip;
  widget_class->css_changed = wb_cell_css_changed;

  properties[PROP_ITEM] =
    g_param_spec_object ("item", NULL, NULL, WB_TYPE_ROW_ITEM,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "wbcell");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
wb_cell_init (WbCell *self)
{
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * wb_cell_new:
 * @column: what the cells of its column share
 *
 * Returns: (transfer floating): a cell without a row
 */
GtkWidget *
wb_cell_new (WbCellColumn *column)
{
  WbCell *self = g_object_new (WB_TYPE_CELL, NULL);

  self->column = wb_cell_column_ref (column);
  return GTK_WIDGET (self);
}

/**
 * wb_cell_get_field:
 *
 * Returns: (transfer none) (nullable): what the cell shows; NULL for a summary
 */
const WbField *
wb_cell_get_field (WbCell *self)
{
  g_return_val_if_fail (WB_IS_CELL (self), NULL);

  return self->column->field;
}

/**
 * wb_cell_get_item:
 *
 * Returns: (transfer none) (nullable): what the cell shows a value of
 */
WbRowItem *
wb_cell_get_item (WbCell *self)
{
  g_return_val_if_fail (WB_IS_CELL (self), NULL);

  return self->item;
}

/**
 * wb_cell_set_item:
 * @item: (nullable): what to show a value of
 */
void
wb_cell_set_item (WbCell *self, WbRowItem *item)
{
  g_return_if_fail (WB_IS_CELL (self));

  if (self->item == item)
    return;
  if (self->item != NULL)
    g_signal_handler_disconnect (self->item, self->handler);
  g_set_object (&self->item, item);
  if (item != NULL)
    self->handler = g_signal_connect_swapped (item, "notify::row", G_CALLBACK (row_changed_cb),
                                              self);
  row_changed_cb (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ITEM]);
}

/**
 * wb_cell_dup_text:
 *
 * Returns: (transfer full): what the cell shows, as words; "" while it is loading
 */
char *
wb_cell_dup_text (WbCell *self)
{
  WbCellColumn *column = NULL;
  WbRow *row = NULL;
  GString *text = NULL;

  g_return_val_if_fail (WB_IS_CELL (self), NULL);

  column = self->column;
  row = self->item != NULL ? wb_row_item_get_row (self->item) : NULL;
  if (row == NULL)
    return g_strdup ("");
  if ((column->flags & WB_CELL_SUMMARY) == 0)
    return wb_format_value (column->field, row, column->index, &column->style->values);
  text = g_string_new (NULL);
  for (guint i = 0; i < WB_CELL_N_PARTS; i++)
    {
      g_autofree char *part = NULL;

      part = format_part (self, i, row);
      if (*part == '\0')
        continue;
      if (text->len > 0)
        g_string_append (text, ", ");
      g_string_append (text, part);
    }
  return g_string_free (text, FALSE);
}
