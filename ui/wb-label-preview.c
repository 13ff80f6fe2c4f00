/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "devices/wb-label-pdf.h"
#include "ui/wb-label-preview.h"

#define MAX_ZOOM 8

/* Between the paper and the buttons below it. */
#define GAP 6

/* How large a label is on screen when there is room: twelve inches away it looks like the one in the hand. */
#define PIXELS_PER_INCH 120

struct _WbLabelPreview
{
  GtkWidget parent_instance;

  guint width_um;
  guint height_um;
  guint zoom;

  /* Children */
  GtkWidget *scroller;
  GtkPicture *picture;
  GtkLabel *trouble;
  GtkWidget *bar;
  GtkButton *actual;

  /* Owned references */
  GCancellable *cancellable;
  GdkTexture *texture;
};

G_DEFINE_FINAL_TYPE (WbLabelPreview, wb_label_preview, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_ZOOM,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

/* ── Drawing, in a thread ────────────────────────────────────────────────────────────────────── */

typedef struct
{
  WbLabel *label;
  guint dpi;
} Drawing;

static void
drawing_free (gpointer data)
{
  Drawing *drawing = data;

  wb_label_free (drawing->label);
  g_free (drawing);
}

static GBytes *
to_pixels (const WbLabelBitmap *bitmap)
{
  gsize size = (gsize) bitmap->width * bitmap->height * 3;
  guint8 *pixels = g_malloc (MAX (size, 1));
  guint8 *at = pixels;

  for (guint y = 0; y < bitmap->height; y++)
    for (guint x = 0; x < bitmap->width; x++)
      {
        guint8 value = wb_label_bitmap_is_black (bitmap, x, y) ? 0x00 : 0xff;

        *at++ = value;
        *at++ = value;
        *at++ = value;
      }
  return g_bytes_new_take (pixels, size);
}

static void
draw_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Drawing *drawing = task_data;
  g_auto (WbLabelBitmap) bitmap = { 0 };
  g_autoptr (GBytes) pixels = NULL;
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (!wb_label_to_bitmap (drawing->label, drawing->dpi, wb_label_rasterise, NULL, &bitmap, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  pixels = to_pixels (&bitmap);
  g_task_return_pointer (task,
                         gdk_memory_texture_new ((int) bitmap.width, (int) bitmap.height, GDK_MEMORY_R8G8B8, pixels,
                                                 (gsize) bitmap.width * 3),
                         g_object_unref);
}

/* ── Showing ─────────────────────────────────────────────────────────────────────────────────── */

/* What can be pressed now, and how large it is. */
static void
update_bar (WbLabelPreview *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean shown = self->texture != NULL;
  /* Translators: how large a label is shown, in percent */
  g_autofree char *percent = g_strdup_printf (_ ("%u %%"), MAX (self->zoom, 1) * 100);

  gtk_button_set_label (self->actual, percent);
  gtk_widget_action_set_enabled (widget, "preview.zoom-out", shown && self->zoom > 0);
  gtk_widget_action_set_enabled (widget, "preview.zoom-in", shown && self->zoom < MAX_ZOOM);
  gtk_widget_action_set_enabled (widget, "preview.zoom-actual", shown && self->zoom != 1);
  gtk_widget_action_set_enabled (widget, "preview.zoom-fit", shown && self->zoom > 0);
}

/* Zoomed, the picture is as large as its dots say and is scrolled; else it has the room that there is. */
static void
update_zoom (WbLabelPreview *self)
{
  gboolean fits = self->zoom == 0 || self->texture == NULL;
  int width = fits ? -1 : gdk_texture_get_width (self->texture) * (int) self->zoom / gtk_widget_get_scale_factor (GTK_WIDGET (self));
  int height = fits ? -1 : gdk_texture_get_height (self->texture) * (int) self->zoom / gtk_widget_get_scale_factor (GTK_WIDGET (self));

  gtk_widget_set_size_request (GTK_WIDGET (self->picture), width, height);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), fits ? GTK_POLICY_NEVER : GTK_POLICY_AUTOMATIC,
                                  fits ? GTK_POLICY_NEVER : GTK_POLICY_AUTOMATIC);
  update_bar (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
show_texture (WbLabelPreview *self, GdkTexture *texture, const char *trouble)
{
  g_set_object (&self->texture, texture);
  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
  gtk_label_set_text (self->trouble, trouble != NULL ? trouble : "");
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), trouble != NULL);
  update_zoom (self);
}

static void
drawn_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  WbLabelPreview *self = WB_LABEL_PREVIEW (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = g_task_propagate_pointer (G_TASK (result), &error);

  /* another label since, or no widget any more */
  if (g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;
  show_texture (self, texture, error != NULL ? error->message : NULL);
}

char *
wb_label_preview_describe (const WbLabel *label)
{
  GString *words = g_string_new (NULL);

  g_return_val_if_fail (label != NULL, g_string_free (words, FALSE));

  for (guint i = 0; i < label->elements->len; i++)
    {
      const WbLabelElement *element = g_ptr_array_index (label->elements, i);
      const char *gap = words->len > 0 ? ". " : "";

      if (element->kind == WB_LABEL_TEXT)
        g_string_append_printf (words, "%s%s", gap, element->text);
      else if (element->kind == WB_LABEL_SYMBOL)
        g_string_append_printf (words, "%s%s: %s", gap, wb_symbology_get (element->symbol)->title, element->text);
    }
  return g_string_free (words, FALSE);
}

static void
update_description (WbLabelPreview *self, const WbLabel *label)
{
  g_autofree char *words = label != NULL ? wb_label_preview_describe (label) : g_strdup ("");

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->picture), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("The label as it is printed"),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
}

void
wb_label_preview_set_label (WbLabelPreview *self, WbLabel *label, guint dpi)
{
  g_autoptr (GTask) task = NULL;
  Drawing *drawing = NULL;

  g_return_if_fail (WB_IS_LABEL_PREVIEW (self));

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  update_description (self, label);
  self->width_um = label != NULL ? label->width_um : 0;
  self->height_um = label != NULL ? label->height_um : 0;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  if (label == NULL)
    {
      show_texture (self, NULL, NULL);
      return;
    }
  drawing = g_new0 (Drawing, 1);
  drawing->label = label;
  drawing->dpi = dpi;
  task = g_task_new (self, self->cancellable, drawn_cb, NULL);
  g_task_set_source_tag (task, wb_label_preview_set_label);
  g_task_set_task_data (task, drawing, drawing_free);
  g_task_run_in_thread (task, draw_thread);
}

/* ── Zoom ────────────────────────────────────────────────────────────────────────────────────── */

void
wb_label_preview_set_zoom (WbLabelPreview *self, guint zoom)
{
  g_return_if_fail (WB_IS_LABEL_PREVIEW (self));

  zoom = MIN (zoom, MAX_ZOOM);
  if (zoom == self->zoom)
    return;
  self->zoom = zoom;
  update_zoom (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ZOOM]);
}

guint
wb_label_preview_get_zoom (WbLabelPreview *self)
{
  return self->zoom;
}

GdkPaintable *
wb_label_preview_get_paintable (WbLabelPreview *self)
{
  return (GdkPaintable *) self->texture;
}

static void
zoom_in_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wb_label_preview_set_zoom (WB_LABEL_PREVIEW (widget), WB_LABEL_PREVIEW (widget)->zoom + 1);
}

static void
zoom_out_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  guint zoom = WB_LABEL_PREVIEW (widget)->zoom;

  wb_label_preview_set_zoom (WB_LABEL_PREVIEW (widget), zoom > 0 ? zoom - 1 : 0);
}

static void
zoom_actual_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wb_label_preview_set_zoom (WB_LABEL_PREVIEW (widget), 1);
}

static void
zoom_fit_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  wb_label_preview_set_zoom (WB_LABEL_PREVIEW (widget), 0);
}

/* A double click looks closer, and the next one at the whole again. */
static void
pressed_cb (WbLabelPreview *self, int n_presses)
{
  if (n_presses == 2)
    wb_label_preview_set_zoom (self, self->zoom == 0 ? 2 : 0);
}

static gboolean
scroll_cb (WbLabelPreview *self, double dx, double dy, GtkEventControllerScroll *controller)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));

  if ((state & GDK_CONTROL_MASK) == 0 || dy == 0)
    return GDK_EVENT_PROPAGATE;
  gtk_widget_activate_action (GTK_WIDGET (self), dy < 0 ? "preview.zoom-in" : "preview.zoom-out", NULL);
  return GDK_EVENT_STOP;
}

/* ── The widget ──────────────────────────────────────────────────────────────────────────────── */

static GtkSizeRequestMode
wb_label_preview_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* The height that the buttons take below the paper. */
static int
bar_height (WbLabelPreview *self)
{
  int height = 0;

  gtk_widget_measure (self->bar, GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
  return height + GAP;
}

/* As large as the label in the hand, smaller in its shape; never smaller than its buttons. So low that the paper is narrower than those, it
 * asks for room for both side by side. */
static void
wb_label_preview_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                          int *minimum_baseline, int *natural_baseline)
{
  WbLabelPreview *self = WB_LABEL_PREVIEW (widget);
  int width = (int) ((guint64) self->width_um * PIXELS_PER_INCH / 25400);
  int height = (int) ((guint64) self->height_um * PIXELS_PER_INCH / 25400);
  int bar = bar_height (self);

  gtk_widget_measure (self->scroller, orientation, -1, NULL, NULL, NULL, NULL);
  *minimum_baseline = -1;
  *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = bar;
      *natural = bar + (width > 0 && for_size >= 0 && for_size < width ? for_size * height / width : height);
      return;
    }
  gtk_widget_measure (self->bar, orientation, -1, minimum, NULL, NULL, NULL);
  *natural = width;
  if (height > 0 && for_size >= 0 && for_size - bar < height)
    *natural = MAX (for_size - bar, 0) * width / height;
  if (height > 0 && for_size >= 0 && for_size < height && *natural < *minimum)
    *natural = for_size * width / height + GAP + *minimum;
  *natural = MAX (*natural, *minimum);
}

/* How wide the paper is when it is as high as that, or as wide as there is room. */
static int
paper_width (WbLabelPreview *self, int width, int height)
{
  double scale = 0.0;

  if (self->width_um == 0 || self->height_um == 0)
    return width;
  scale = MIN ((double) width / self->width_um, (double) height / self->height_um);
  return (int) (self->width_um * scale);
}

/* The paper in its shape, and the buttons below it, or beside it where there is room to spare; zoomed, it has all the room. */
static void
place_parts (WbLabelPreview *self, int width, int height, GtkAllocation *paper, GtkAllocation *bar)
{
  gboolean reversed = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  gboolean beside = width - paper_width (self, width, height) >= bar->width + GAP;
  int right = beside ? width - bar->width - GAP : width;
  int bottom = MAX (beside ? height : height - bar->height - GAP, 0);
  int used = 0;

  *paper = (GtkAllocation){ 0, 0, right, bottom };
  if (self->zoom == 0 && self->width_um > 0 && self->height_um > 0)
    {
      paper->width = paper_width (self, right, bottom);
      paper->height = (int) ((guint64) paper->width * self->height_um / self->width_um);
      paper->y = (bottom - paper->height) / 2;
    }
  used = beside ? paper->width + GAP + bar->width : paper->width;
  if (gtk_widget_get_halign (GTK_WIDGET (self)) == GTK_ALIGN_CENTER)
    paper->x = (width - used) / 2;
  else if (reversed)
    paper->x = width - used;
  bar->x = beside ? paper->x + paper->width + GAP : CLAMP (paper->x + (paper->width - bar->width) / 2, 0, MAX (width - bar->width, 0));
  bar->y = beside ? MAX (paper->y + paper->height - bar->height, 0) : paper->y + paper->height + GAP;
}

static void
wb_label_preview_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WbLabelPreview *self = WB_LABEL_PREVIEW (widget);
  GtkAllocation paper = { 0, 0, 0, 0 };
  GtkAllocation bar = { 0, 0, 0, bar_height (self) - GAP };
  int needed = 0;

  gtk_widget_measure (self->bar, GTK_ORIENTATION_HORIZONTAL, -1, &bar.width, NULL, NULL, NULL);
  place_parts (self, width, height, &paper, &bar);
  gtk_widget_size_allocate (self->bar, &bar, -1);
  gtk_widget_measure (self->scroller, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_size_allocate (self->scroller, &paper, -1);
  gtk_widget_measure (GTK_WIDGET (self->trouble), GTK_ORIENTATION_VERTICAL, width, NULL, &needed, NULL, NULL);
  gtk_widget_allocate (GTK_WIDGET (self->trouble), width, MIN (needed, height), -1, NULL);
}

static void
wb_label_preview_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ZOOM)
    g_value_set_uint (value, WB_LABEL_PREVIEW (object)->zoom);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
wb_label_preview_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ZOOM)
    wb_label_preview_set_zoom (WB_LABEL_PREVIEW (object), g_value_get_uint (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
wb_label_preview_dispose (GObject *object)
{
  WbLabelPreview *self = WB_LABEL_PREVIEW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->texture);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_pointer (&self->bar, gtk_widget_unparent);
  if (self->trouble != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->trouble));
  self->trouble = NULL;
  G_OBJECT_CLASS (wb_label_preview_parent_class)->dispose (object);
}

static void
wb_label_preview_class_init (WbLabelPreviewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wb_label_preview_dispose;
  object_class->get_property = wb_label_preview_get_property;
  object_class->set_property = wb_label_preview_set_property;
  widget_class->get_request_mode = wb_label_preview_get_request_mode;
  widget_class->measure = wb_label_preview_measure;
  widget_class->size_allocate = wb_label_preview_size_allocate;
  properties[PROP_ZOOM] = g_param_spec_uint ("zoom", NULL, NULL, 0, MAX_ZOOM, 0,
                                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_css_name (widget_class, "label-preview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_install_action (widget_class, "preview.zoom-in", NULL, zoom_in_cb);
  gtk_widget_class_install_action (widget_class, "preview.zoom-out", NULL, zoom_out_cb);
  gtk_widget_class_install_action (widget_class, "preview.zoom-actual", NULL, zoom_actual_cb);
  gtk_widget_class_install_action (widget_class, "preview.zoom-fit", NULL, zoom_fit_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_plus, GDK_CONTROL_MASK, "preview.zoom-in", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_equal, GDK_CONTROL_MASK, "preview.zoom-in", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_minus, GDK_CONTROL_MASK, "preview.zoom-out", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_1, GDK_CONTROL_MASK, "preview.zoom-actual", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_0, GDK_CONTROL_MASK, "preview.zoom-fit", NULL);
}

/* A click leaves the focus where it was: at a bench it belongs to the scanner. */
static GtkButton *
add_button (WbLabelPreview *self, const char *icon, const char *action, const char *words)
{
  GtkWidget *button = icon != NULL ? gtk_button_new_from_icon_name (icon) : gtk_button_new_with_label ("");

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_box_append (GTK_BOX (self->bar), button);
  return GTK_BUTTON (button);
}

static void
wb_label_preview_init (WbLabelPreview *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);

  self->cancellable = g_cancellable_new ();
  self->picture = GTK_PICTURE (gtk_picture_new ());
  gtk_picture_set_can_shrink (self->picture, TRUE);
  gtk_widget_set_halign (GTK_WIDGET (self->picture), GTK_ALIGN_FILL);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->picture));
  gtk_widget_add_css_class (self->scroller, "paper");
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  self->trouble = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->trouble, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->trouble), "error");
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), FALSE);
  gtk_widget_set_parent (GTK_WIDGET (self->trouble), GTK_WIDGET (self));
  self->bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (self->bar, "linked");
  gtk_widget_add_css_class (self->bar, "zoom");
  gtk_widget_set_parent (self->bar, GTK_WIDGET (self));
  add_button (self, "zoom-out-symbolic", "preview.zoom-out", _ ("Smaller"));
  self->actual = add_button (self, NULL, "preview.zoom-actual", _ ("Dot for dot"));
  add_button (self, "zoom-in-symbolic", "preview.zoom-in", _ ("Larger"));
  add_button (self, "zoom-fit-best-symbolic", "preview.zoom-fit", _ ("The whole label"));
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (scroll, "scroll", G_CALLBACK (scroll_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->scroller, GTK_EVENT_CONTROLLER (click));
  gtk_event_controller_set_propagation_phase (scroll, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  update_description (self, NULL);
  update_zoom (self);
}

GtkWidget *
wb_label_preview_new (void)
{
  return g_object_new (WB_TYPE_LABEL_PREVIEW, NULL);
}
