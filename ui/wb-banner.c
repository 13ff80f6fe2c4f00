/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n.h>

#include "db/wb-db.h"
#include "ui/wb-banner.h"

/* A connection that takes no longer is nobody's business. */
#define PATIENCE_MS 1200

struct _WbBanner
{
  GtkWidget parent_instance;

  /* Template widgets */
  GtkRevealer *revealer;
  GtkImage *icon;
  GtkLabel *label;
  GtkButton *button;

  /* Owned references */
  WbDb *db;
  char *notice;

  guint source;
};

G_DEFINE_FINAL_TYPE (WbBanner, wb_banner, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_DB,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
set_mood (WbBanner *self, const char *mood)
{
  static const char *const moods[] = { "failed", "waiting", "quiet" };

  for (gsize i = 0; i < G_N_ELEMENTS (moods); i++)
    if (g_str_equal (moods[i], mood))
      gtk_widget_add_css_class (GTK_WIDGET (self), moods[i]);
    else
      gtk_widget_remove_css_class (GTK_WIDGET (self), moods[i]);
}

/* All is well again. */
static void
hide (WbBanner *self)
{
  g_return_if_fail (WB_IS_BANNER (self));

  gtk_revealer_set_reveal_child (self->revealer, FALSE);
}

/* Shows a sentence until hide() or the next one; without a label there is no button. */
static void
show (WbBanner *self, const char *icon_name, const char *text,
      const char *button_label, const char *action_name)
{
  g_return_if_fail (WB_IS_BANNER (self));
  g_return_if_fail (text != NULL);

  gtk_image_set_from_icon_name (self->icon, icon_name);
  gtk_label_set_text (self->label, text);
  gtk_button_set_label (self->button, button_label != NULL ? button_label : "");
  gtk_button_set_use_underline (self->button, TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), action_name);
  gtk_widget_set_visible (GTK_WIDGET (self->button), button_label != NULL);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
}

static void
show_state (WbBanner *self)
{
  const char *message = wb_db_get_state_message (self->db);

  switch (wb_db_get_state (self->db))
    {
    case WB_DB_STATE_ONLINE:
      hide (self);
      break;
    case WB_DB_STATE_READ_ONLY:
      set_mood (self, "quiet");
      show (self, "changes-prevent-symbolic", message, NULL, NULL);
      break;
    case WB_DB_STATE_FAILED:
      set_mood (self, "failed");
      show (self, "wb-mark-warning-symbolic", message, _ ("_Try again"), "app.connect");
      break;
    case WB_DB_STATE_OFFLINE:
    case WB_DB_STATE_CONNECTING:
      set_mood (self, "waiting");
      show (self, "wb-mark-clock-symbolic", message, _ ("_Try now"), "app.connect");
      break;
    }
}

static gboolean
show_state_cb (gpointer user_data)
{
  WbBanner *self = user_data;

  self->source = 0;
  show_state (self);
  return G_SOURCE_REMOVE;
}

static void
update (WbBanner *self)
{
  WbDbState state = self->db != NULL ? wb_db_get_state (self->db) : WB_DB_STATE_OFFLINE;

  g_clear_handle_id (&self->source, g_source_remove);
  if (self->notice != NULL)
    {
      set_mood (self, "quiet");
      show (self, "wb-mark-clock-symbolic", self->notice, NULL, NULL);
    }
  else if (self->db == NULL)
    hide (self);
  else if (state == WB_DB_STATE_CONNECTING && !wb_banner_get_revealed (self))
    self->source = g_timeout_add (PATIENCE_MS, show_state_cb, self);
  else
    show_state (self);
}

static void
set_db (WbBanner *self, WbDb *db)
{
  if (self->db == db)
    return;
  if (self->db != NULL)
    g_signal_handlers_disconnect_by_data (self->db, self);
  g_set_object (&self->db, db);
  if (db != NULL)
    g_signal_connect_object (db, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DB]);
}

static void
wb_banner_dispose (GObject *object)
{
  WbBanner *self = WB_BANNER (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_object (&self->db);
  g_clear_pointer (&self->notice, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), WB_TYPE_BANNER);

  G_OBJECT_CLASS (wb_banner_parent_class)->dispose (object);
}

static void
wb_banner_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  WbBanner *self = WB_BANNER (object);

  switch (prop_id)
    {
    case PROP_DB:
      g_value_set_object (value, self->db);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
wb_banner_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  WbBanner *self = WB_BANNER (object);

  switch (prop_id)
    {
    case PROP_DB:
      set_db (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
wb_banner_class_init (WbBannerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wb_banner_dispose;
  object_class->get_property = wb_banner_get_property;
  object_class->set_property = wb_banner_set_property;

  properties[PROP_DB] =
    g_param_spec_object ("db", NULL, NULL, WB_TYPE_DB,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/waybill/Waybill/ui/wb-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, WbBanner, revealer);
  gtk_widget_class_bind_template_child (widget_class, WbBanner, icon);
  gtk_widget_class_bind_template_child (widget_class, WbBanner, label);
  gtk_widget_class_bind_template_child (widget_class, WbBanner, button);
  gtk_widget_class_set_css_name (widget_class, "wbbanner");
}

static void
wb_banner_init (WbBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

gboolean
wb_banner_get_revealed (WbBanner *self)
{
  g_return_val_if_fail (WB_IS_BANNER (self), FALSE);

  return gtk_revealer_get_reveal_child (self->revealer);
}

/**
 * wb_banner_get_text:
 *
 * Returns: (transfer none): the sentence, also of a hidden banner the last one
 */
const char *
wb_banner_get_text (WbBanner *self)
{
  g_return_val_if_fail (WB_IS_BANNER (self), NULL);

  return gtk_label_get_text (self->label);
}

/**
 * wb_banner_set_notice:
 * @notice: (nullable): what the program is busy with and everybody waits for ("Making the database…");
 *   NULL when it is done
 */
void
wb_banner_set_notice (WbBanner *self, const char *notice)
{
  g_return_if_fail (WB_IS_BANNER (self));

  if (g_strcmp0 (notice, self->notice) == 0)
    return;
  g_free (self->notice);
  self->notice = g_strdup (notice);
  update (self);
}
