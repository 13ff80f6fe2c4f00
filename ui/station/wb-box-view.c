/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "core/wb-carton.h"
#include "ui/station/wb-box-view.h"
#include "ui/wb-compat.h"

/* A piece as it is drawn. */
typedef enum
{
  PIECE_LATER,
  PIECE_NEXT,
  PIECE_IN,
} PieceKind;

typedef struct
{
  WbCartonPlace place;
  PieceKind kind;
} Piece;

struct _WbBoxView
{
  GtkWidget parent_instance;

  double width;
  double depth;
  double height;

  /* Owned references */
  GArray *pieces;
  GArray *shown; /* numbers that what is drawn follows from */
};

G_DEFINE_FINAL_TYPE (WbBoxView, wb_box_view, GTK_TYPE_WIDGET)

/* ── What is in it ───────────────────────────────────────────────────────────────────────────── */

/* All that is meant for the box; or, when that is too much for it, what is in it and the piece in hand. */
static GArray *
pack (const WbJobState *state, guint parcel, const WbJobBox *box, gboolean all)
{
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (WbCartonItem));
  WbCartonBox carton = { box->width_mm, box->depth_mm, box->height_mm, box->tare_g, 0 };

  for (guint i = 1; i <= wb_job_get_n_lines (state->job); i++)
    {
      const WbJobLine *line = wb_job_get_line (state->job, i);
      WbCartonItem item = { line->width_mm, line->depth_mm, line->height_mm, line->unit_weight_g,
                            all ? wb_job_state_get_meant (state, parcel, i)
                                : wb_job_state_get_in_parcel (state, parcel, i) + (i == state->line ? 1 : 0) };

      g_array_append_val (items, item);
    }
  return wb_carton_pack (items, &carton);
}

static void
mark_pieces (GArray *pieces, const WbJobState *state, guint parcel)
{
  g_autofree guint *seen = g_new0 (guint, wb_job_get_n_lines (state->job) + 1);
  gboolean next_found = FALSE;

  for (guint i = 0; i < pieces->len; i++)
    {
      Piece *piece = &g_array_index (pieces, Piece, i);
      guint line = piece->place.item + 1;

      if (seen[line]++ < wb_job_state_get_in_parcel (state, parcel, line))
        piece->kind = PIECE_IN;
      else if (!next_found && line == state->line && state->step == WB_JOB_STEP_VERIFY)
        {
          piece->kind = PIECE_NEXT;
          next_found = TRUE;
        }
    }
}

/* From the far lower corner towards the eye, so that what is nearer is drawn over what is behind it. */
static gint
compare_depth (gconstpointer a, gconstpointer b)
{
  const WbCartonPlace *one = &((const Piece *) a)->place;
  const WbCartonPlace *two = &((const Piece *) b)->place;

  if (one->z >= two->z + two->height_mm || two->z >= one->z + one->height_mm)
    return one->z < two->z ? -1 : 1;
  if (one->x + one->y != two->x + two->y)
    return one->x + one->y < two->x + two->y ? -1 : 1;
  return one->z < two->z ? -1 : one->z > two->z ? 1 : 0;
}

static void
add_number (GArray *numbers, gint64 number)
{
  g_array_append_val (numbers, number);
}

/* Everything that pack() and mark_pieces() look at. */
static GArray *
take_numbers (const WbJobState *state, guint parcel, const WbJobBox *box)
{
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (box == NULL)
    return numbers;
  add_number (numbers, box->width_mm);
  add_number (numbers, box->depth_mm);
  add_number (numbers, box->height_mm);
  add_number (numbers, box->tare_g);
  add_number (numbers, state->line);
  add_number (numbers, state->step == WB_JOB_STEP_VERIFY);
  for (guint i = 1; i <= wb_job_get_n_lines (state->job); i++)
    {
      const WbJobLine *line = wb_job_get_line (state->job, i);

      add_number (numbers, line->width_mm);
      add_number (numbers, line->depth_mm);
      add_number (numbers, line->height_mm);
      add_number (numbers, line->unit_weight_g);
      add_number (numbers, wb_job_state_get_meant (state, parcel, i));
      add_number (numbers, wb_job_state_get_in_parcel (state, parcel, i));
    }
  return numbers;
}

static gboolean
is_same (GArray *one, GArray *two)
{
  return one->len == two->len && (one->len == 0 || memcmp (one->data, two->data, one->len * sizeof (gint64)) == 0);
}

void
wb_box_view_show (WbBoxView *self, const WbJobState *state, guint parcel, const WbJobBox *box)
{
  g_autoptr (GArray) places = NULL;
  g_autoptr (GArray) numbers = NULL;

  g_return_if_fail (WB_IS_BOX_VIEW (self));

  numbers = take_numbers (state, parcel, box);
  if (is_same (numbers, self->shown))
    return;
  g_array_unref (self->shown);
  self->shown = g_steal_pointer (&numbers);
  g_array_set_size (self->pieces, 0);
  self->width = self->depth = self->height = 0;
  if (box != NULL)
    {
      self->width = box->width_mm;
      self->depth = box->depth_mm;
      self->height = box->height_mm;
      places = pack (state, parcel, box, TRUE);
      if (places == NULL)
        places = pack (state, parcel, box, FALSE);
    }
  for (guint i = 0; places != NULL && i < places->len; i++)
    {
      Piece piece = { g_array_index (places, WbCartonPlace, i), PIECE_LATER };

      g_array_append_val (self->pieces, piece);
    }
  if (self->pieces->len > 0)
    mark_pieces (self->pieces, state, parcel);
  g_array_sort (self->pieces, compare_depth);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* ── Drawing ─────────────────────────────────────────────────────────────────────────────────── */

/* Seen from a corner above: x to the lower right, y to the lower left, z up. */
static void
project (double x, double y, double z, double *across, double *down)
{
  *across = (x - y) * 0.866;
  *down = (x + y) * 0.5 - z;
}

typedef struct
{
  cairo_t *cairo;
  double scale;
  double left;
  double top;
} Canvas;

static void
go (Canvas *canvas, double x, double y, double z, gboolean draw)
{
  double across = 0;
  double down = 0;

  project (x, y, z, &across, &down);
  across = canvas->left + across * canvas->scale;
  down = canvas->top + down * canvas->scale;
  if (draw)
    cairo_line_to (canvas->cairo, across, down);
  else
    cairo_move_to (canvas->cairo, across, down);
}

static void
face (Canvas *canvas, const double corners[4][3], const GdkRGBA *color, double shade, gboolean fill)
{
  for (guint i = 0; i < 4; i++)
    go (canvas, corners[i][0], corners[i][1], corners[i][2], i > 0);
  cairo_close_path (canvas->cairo);
  if (fill)
    {
      cairo_set_source_rgba (canvas->cairo, color->red * shade, color->green * shade, color->blue * shade,
                             color->alpha);
      cairo_fill_preserve (canvas->cairo);
      cairo_set_source_rgba (canvas->cairo, color->red * 0.45, color->green * 0.45, color->blue * 0.45, 1);
    }
  else
    cairo_set_source_rgba (canvas->cairo, color->red, color->green, color->blue, 0.35);
  cairo_stroke (canvas->cairo);
}

static void
draw_piece (Canvas *canvas, const Piece *piece, const GdkRGBA *color)
{
  const WbCartonPlace *place = &piece->place;
  double x = place->x;
  double y = place->y;
  double z = place->z;
  double w = x + place->width_mm;
  double d = y + place->depth_mm;
  double h = z + place->height_mm;
  gboolean fill = piece->kind != PIECE_LATER;
  const double top[4][3] = { { x, y, h }, { w, y, h }, { w, d, h }, { x, d, h } };
  const double right[4][3] = { { w, y, z }, { w, d, z }, { w, d, h }, { w, y, h } };
  const double left[4][3] = { { x, d, z }, { w, d, z }, { w, d, h }, { x, d, h } };

  face (canvas, right, color, 0.7, fill);
  face (canvas, left, color, 0.85, fill);
  face (canvas, top, color, 1.0, fill);
}

static void
draw_shell (Canvas *canvas, WbBoxView *self, const GdkRGBA *color)
{
  const double floor[4][3] = { { 0, 0, 0 }, { self->width, 0, 0 }, { self->width, self->depth, 0 },
                               { 0, self->depth, 0 } };
  const double back[4][3] = { { 0, 0, 0 }, { self->width, 0, 0 }, { self->width, 0, self->height },
                              { 0, 0, self->height } };
  const double side[4][3] = { { 0, 0, 0 }, { 0, self->depth, 0 }, { 0, self->depth, self->height },
                              { 0, 0, self->height } };
  GdkRGBA card = { 0.80, 0.66, 0.47, 0.5 };

  card.alpha = color->alpha * 0.55;
  face (canvas, floor, &card, 0.85, TRUE);
  face (canvas, back, &card, 1.0, TRUE);
  face (canvas, side, &card, 0.92, TRUE);
}

static void
draw (WbBoxView *self, cairo_t *cairo, double width, double height)
{
  double total_across = (self->width + self->depth) * 0.866;
  double total_down = (self->width + self->depth) * 0.5 + self->height;
  Canvas canvas = { cairo, MIN (width * 0.94 / total_across, height * 0.94 / total_down), 0, 0 };
  GdkRGBA colors[3] = { { 0.5, 0.5, 0.5, 1 }, { 0.18, 0.76, 0.49, 1 }, { 0.21, 0.52, 0.89, 1 } };
  GdkRGBA text = { 0 };

  wb_compat_get_color (GTK_WIDGET (self), &text);
  colors[PIECE_LATER] = text;
  canvas.left = width / 2 - (self->width - self->depth) * 0.433 * canvas.scale;
  canvas.top = (height - total_down * canvas.scale) / 2 + self->height * canvas.scale;
  cairo_set_line_width (cairo, 1.5);
  cairo_set_line_join (cairo, CAIRO_LINE_JOIN_ROUND);
  draw_shell (&canvas, self, &text);
  for (guint pass = PIECE_LATER; pass <= PIECE_IN; pass++)
    for (guint i = 0; i < self->pieces->len; i++)
      {
        const Piece *piece = &g_array_index (self->pieces, Piece, i);

        /* Outlines first, then what is solid, in one go so that nearer pieces cover others. */
        if ((pass == PIECE_LATER) == (piece->kind == PIECE_LATER) && pass != PIECE_NEXT)
          draw_piece (&canvas, piece, &colors[piece->kind]);
      }
}

static void
wb_box_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WbBoxView *self = WB_BOX_VIEW (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height);
  cairo_t *cairo = NULL;

  if (self->width <= 0 || width <= 0 || height <= 0)
    return;
  cairo = gtk_snapshot_append_cairo (snapshot, &bounds);
  draw (self, cairo, width, height);
  cairo_destroy (cairo);
}

static void
wb_box_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                     int *minimum_baseline, int *natural_baseline)
{
  *minimum = 90;
  *natural = 90;
}

static void
wb_box_view_finalize (GObject *object)
{
  WbBoxView *self = WB_BOX_VIEW (object);

  g_array_unref (self->pieces);
  g_array_unref (self->shown);
  G_OBJECT_CLASS (wb_box_view_parent_class)->finalize (object);
}

static void
wb_box_view_class_init (WbBoxViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wb_box_view_finalize;
  widget_class->snapshot = wb_box_view_snapshot;
  widget_class->measure = wb_box_view_measure;
  gtk_widget_class_set_css_name (widget_class, "boxview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
wb_box_view_init (WbBoxView *self)
{
  self->pieces = g_array_new (FALSE, TRUE, sizeof (Piece));
  self->shown = g_array_new (FALSE, FALSE, sizeof (gint64));
}
