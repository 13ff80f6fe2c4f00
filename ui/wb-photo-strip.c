/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n.h>

#include "core/wb-order.h"
#include "ui/wb-format.h"
#include "ui/wb-photo-loader.h"
#include "ui/wb-photo-strip.h"
#include "ui/wb-photo-window.h"
#include "ui/wb-wrap-box.h"

#define WIDTH 128
#define HEIGHT 96
#define EDGE 320

struct _WbPhotoStrip
{
  GtkWidget parent_instance;

  gboolean may_remove;

  /* Child */
  GtkWidget *box;

  /* Owned references */
  WbDb *db;
  GPtrArray *files; /* WbOrderFile: copies of those that are pictures */
  GHashTable *textures; /* gint64 id → GdkTexture: what was read already */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (WbPhotoStrip, wb_photo_strip, GTK_TYPE_WIDGET)

static void
free_file (gpointer data)
{
  WbOrderFile *file = data;

  g_free (file->name);
  g_free (file->media_type);
  g_free (file->created_by);
  g_clear_pointer (&file->taken_at, g_date_time_unref);
  g_free (file);
}

static WbOrderFile *
copy_file (const WbOrderFile *file)
{
  WbOrderFile *copy = g_memdup2 (file, sizeof *file);

  copy->name = g_strdup (file->name);
  copy->media_type = g_strdup (file->media_type);
  copy->created_by = g_strdup (file->created_by);
  copy->taken_at = file->taken_at != NULL ? g_date_time_ref (file->taken_at) : NULL;
  return copy;
}

/* ---- One of them ----------------------------------------------------------------------------- */

typedef struct
{
  WbPhotoStrip *strip;
  GtkPicture *picture;
  gint64 id;
} Filling;

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Filling *filling = user_data;
  g_autoptr (WbPhotoStrip) self = filling->strip;
  g_autoptr (GtkPicture) picture = filling->picture;
  g_autoptr (GError) error = NULL;
  GdkTexture *texture = wb_photo_loader_load_finish (result, &error);

  if (texture == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        gtk_widget_set_tooltip_text (GTK_WIDGET (picture), error->message);
      return;
    }
  gtk_picture_set_paintable (picture, GDK_PAINTABLE (texture));
  if (self->textures != NULL)
    g_hash_table_insert (self->textures, g_memdup2 (&filling->id, sizeof filling->id), texture);
  else
    g_object_unref (texture);
}

static void
fill (WbPhotoStrip *self, GtkPicture *picture, const WbOrderFile *file)
{
  GdkTexture *known = g_hash_table_lookup (self->textures, &file->id);
  Filling *filling = NULL;

  if (known != NULL)
    {
      gtk_picture_set_paintable (picture, GDK_PAINTABLE (known));
      return;
    }
  filling = g_new0 (Filling, 1);
  filling->strip = g_object_ref (self);
  filling->picture = g_object_ref (picture);
  filling->id = file->id;
  wb_photo_loader_load_async (self->db, file->id, file->media_type, EDGE, self->cancellable, loaded_cb, filling);
}

static GtkWidget *
make_button (WbPhotoStrip *self, const WbOrderFile *file, guint position)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *picture = gtk_picture_new ();
  g_autofree char *at = wb_format_moment_said (file->taken_at);
  g_autofree char *name = file->parcel > 0 ? g_strdup_printf (_ ("Photo of parcel %d, %s"), (int) file->parcel, at)
                                           : g_strdup_printf (_ ("Photo, %s"), at);
  GtkWidget *caption = gtk_label_new (at);

  gtk_picture_set_content_fit (GTK_PICTURE (picture), GTK_CONTENT_FIT_COVER);
  gtk_widget_set_size_request (picture, WIDTH, HEIGHT);
  gtk_widget_set_overflow (picture, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (picture, "photo");
  gtk_widget_add_css_class (caption, "caption");
  gtk_widget_add_css_class (caption, "dim-label");
  gtk_label_set_ellipsize (GTK_LABEL (caption), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (caption), 16);
  gtk_box_append (GTK_BOX (column), picture);
  gtk_box_append (GTK_BOX (column), caption);
  gtk_button_set_child (GTK_BUTTON (button), column);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", position);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "photos.open");
  fill (self, GTK_PICTURE (picture), file);
  return button;
}

static void
open_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  WbPhotoStrip *self = WB_PHOTO_STRIP (widget);
  guint position = g_variant_get_uint32 (parameter);
  GtkRoot *root = gtk_widget_get_root (widget);

  if (position < self->files->len)
    gtk_window_present (GTK_WINDOW (wb_photo_window_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, self->db, self->files,
                                                          position, self->may_remove)));
}

/* ---- Life --------------------------------------------------------------------------------------- */

static void
wb_photo_strip_dispose (GObject *object)
{
  WbPhotoStrip *self = WB_PHOTO_STRIP (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_pointer (&self->textures, g_hash_table_unref);
  g_clear_object (&self->db);
  G_OBJECT_CLASS (wb_photo_strip_parent_class)->dispose (object);
}

static void
wb_photo_strip_finalize (GObject *object)
{
  g_object_unref (WB_PHOTO_STRIP (object)->cancellable);
  G_OBJECT_CLASS (wb_photo_strip_parent_class)->finalize (object);
}

static void
wb_photo_strip_class_init (WbPhotoStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_photo_strip_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_photo_strip_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_install_action (widget_class, "photos.open", "u", open_action);
}

static void
wb_photo_strip_init (WbPhotoStrip *self)
{
  self->files = g_ptr_array_new_with_free_func (free_file);
  self->textures = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  self->cancellable = g_cancellable_new ();
  self->box = wb_wrap_box_new (6, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * wb_photo_strip_new:
 *
 * Returns: (transfer floating): a strip without photos
 */
GtkWidget *
wb_photo_strip_new (void)
{
  return g_object_new (WB_TYPE_PHOTO_STRIP, NULL);
}

/**
 * wb_photo_strip_show:
 * @files: (element-type WbOrderFile): of an order; what is no picture is passed over
 * @may_remove: whether whoever sits here may take one away
 *
 * Shows these. Those that were read before are not read again.
 */
void
wb_photo_strip_show (WbPhotoStrip *self, WbDb *db, GPtrArray *files, gboolean may_remove)
{
  g_return_if_fail (WB_IS_PHOTO_STRIP (self) && WB_IS_DB (db) && files != NULL);

  g_set_object (&self->db, db);
  self->may_remove = may_remove;
  wb_wrap_box_clear (WB_WRAP_BOX (self->box));
  g_ptr_array_unref (self->files);
  self->files = g_ptr_array_new_with_free_func (free_file);
  for (guint i = 0; i < files->len; i++)
    {
      const WbOrderFile *file = g_ptr_array_index (files, i);

      if (!g_str_has_prefix (file->media_type, "image/"))
        continue;
      g_ptr_array_add (self->files, copy_file (file));
      wb_wrap_box_append (WB_WRAP_BOX (self->box), make_button (self, file, self->files->len - 1));
    }
}
