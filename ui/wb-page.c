/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include "ui/wb-page.h"

typedef struct
{
  /* Owned references */
  WbDb *db;
  GSettings *settings;
  GCancellable *cancellable;
  char *title;
  char *subtitle;
  gboolean title_hidden;

  /* Borrowed references */
  const WbSession *session;

  gint64 id;
} WbPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (WbPage, wb_page, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_DB,
  PROP_SETTINGS,
  PROP_ID,
  PROP_TITLE,
  PROP_SUBTITLE,
  PROP_TITLE_SHOWN,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
wb_page_dispose (GObject *object)
{
  WbPagePrivate *priv = wb_page_get_instance_private (WB_PAGE (object));

  g_cancellable_cancel (priv->cancellable);
  g_clear_object (&priv->db);
  g_clear_object (&priv->settings);

  G_OBJECT_CLASS (wb_page_parent_class)->dispose (object);
}

static void
wb_page_finalize (GObject *object)
{
  WbPagePrivate *priv = wb_page_get_instance_private (WB_PAGE (object));

  g_clear_object (&priv->cancellable);
  g_clear_pointer (&priv->title, g_free);
  g_clear_pointer (&priv->subtitle, g_free);

  G_OBJECT_CLASS (wb_page_parent_class)->finalize (object);
}

static void
wb_page_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  WbPage *self = WB_PAGE (object);
  WbPagePrivate *priv = wb_page_get_instance_private (self);

  switch (prop_id)
    {
    case PROP_DB:
      g_value_set_object (value, priv->db);
      break;
    case PROP_SETTINGS:
      g_value_set_object (value, priv->settings);
      break;
    case PROP_ID:
      g_value_set_int64 (value, priv->id);
      break;
    case PROP_TITLE:
      g_value_set_string (value, priv->title);
      break;
    case PROP_SUBTITLE:
      g_value_set_string (value, priv->subtitle);
      break;
    case PROP_TITLE_SHOWN:
      g_value_set_boolean (value, !priv->title_hidden);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
wb_page_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  WbPage *self = WB_PAGE (object);
  WbPagePrivate *priv = wb_page_get_instance_private (self);

  switch (prop_id)
    {
    case PROP_DB:
      wb_page_set_db (self, g_value_get_object (value));
      break;
    case PROP_SETTINGS:
      priv->settings = g_value_dup_object (value);
      break;
    case PROP_ID:
      priv->id = g_value_get_int64 (value);
      break;
    case PROP_TITLE:
      wb_page_set_title (self, g_value_get_string (value));
      break;
    case PROP_SUBTITLE:
      wb_page_set_subtitle (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
wb_page_class_init (WbPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wb_page_dispose;
  object_class->finalize = wb_page_finalize;
  object_class->get_property = wb_page_get_property;
  object_class->set_property = wb_page_set_property;

  properties[PROP_DB] =
    g_param_spec_object ("db", NULL, NULL, WB_TYPE_DB,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_SETTINGS] =
    g_param_spec_object ("settings", NULL, NULL, G_TYPE_SETTINGS,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_ID] =
    g_param_spec_int64 ("id", NULL, NULL, 0, G_MAXINT64, 0,
                        G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_SUBTITLE] =
    g_param_spec_string ("subtitle", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_TITLE_SHOWN] =
    g_param_spec_boolean ("title-shown", NULL, NULL, TRUE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
wb_page_init (WbPage *self)
{
  WbPagePrivate *priv = wb_page_get_instance_private (self);

  priv->cancellable = g_cancellable_new ();
}

/**
 * wb_page_get_db:
 *
 * Returns: (transfer none) (nullable): the database; NULL until it is open
 */
WbDb *
wb_page_get_db (WbPage *self)
{
  WbPagePrivate *priv = wb_page_get_instance_private (self);

  g_return_val_if_fail (WB_IS_PAGE (self), NULL);

  return priv->db;
}

/**
 * wb_page_set_db:
 * @db: (nullable): the database to read from
 */
void
wb_page_set_db (WbPage *self, WbDb *db)
{
  WbPagePrivate *priv = wb_page_get_instance_private (self);

  g_return_if_fail (WB_IS_PAGE (self));

  if (!g_set_object (&priv->db, db))
    return;
  if (WB_PAGE_GET_CLASS (self)->db_changed != NULL)
    WB_PAGE_GET_CLASS (self)->db_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DB]);
}

/**
 * wb_page_get_session:
 *
 * Returns: (transfer none) (nullable): who sits here and what shop this is; NULL until signed in
 */
const WbSession *
wb_page_get_session (WbPage *self)
{
  WbPagePrivate *priv = wb_page_get_instance_private (self);

  g_return_val_if_fail (WB_IS_PAGE (self), NULL);

  return priv->session;
}

/**
 * wb_page_may:
 * @act: a function of the api: "order_hold"
 *
 * Returns: whether whoever sits here may do that, and the database can; what may not be done is not offered
 */
gboolean
wb_page_may (WbPage *self, const char *act)
{
  WbPagePrivate *priv = wb_page_get_instance_private (self);

  g_return_val_if_fail (WB_IS_PAGE (self), FALSE);

  /* What only looks at things ends so; a standby is there to be looked at. */
  if (priv->db != NULL && wb_db_get_state (priv->db) == WB_DB_STATE_READ_ONLY && !g_str_has_suffix (act, "_page"))
    return FALSE;
  return wb_session_may (priv->session, act);
}

/**
 * wb_page_set_session:
 * @session: (nullable): who sits here; set before the database, lives as long as the page
 */
void
wb_page_set_session (WbPage *self, const WbSession *session)
{
  WbPagePrivate *priv = wb_page_get_instance_private (self);

  g_return_if_fail (WB_IS_PAGE (self));

  priv->session = session;
}

/**
 * wb_page_get_settings:
 *
 * Returns: (transfer none) (nullable): the program's settings; NULL in tests and in a broken
 *   installation, where the defaults hold
 */
GSettings *
wb_page_get_settings (WbPage *self)
{
  WbPagePrivate *priv = wb_page_get_instance_private (self);

  g_return_val_if_fail (WB_IS_PAGE (self), NULL);

  return priv->settings;
}

/**
 * wb_page_get_id:
 *
 * Returns: the id of the row a detail page shows; 0 for list pages
 */
gint64
wb_page_get_id (WbPage *self)
{
  WbPagePrivate *priv = wb_page_get_instance_private (self);

  g_return_val_if_fail (WB_IS_PAGE (self), 0);

  return priv->id;
}

/**
 * wb_page_get_cancellable:
 *
 * Returns: (transfer none): cancelled when the page goes away; every call to the database on
 *   behalf of the page carries it
 */
GCancellable *
wb_page_get_cancellable (WbPage *self)
{
  WbPagePrivate *priv = wb_page_get_instance_private (self);

  g_return_val_if_fail (WB_IS_PAGE (self), NULL);

  return priv->cancellable;
}

const char *
wb_page_get_title (WbPage *self)
{
  WbPagePrivate *priv = wb_page_get_instance_private (self);

  g_return_val_if_fail (WB_IS_PAGE (self), NULL);

  return priv->title;
}

/**
 * wb_page_set_title:
 * @title: (nullable): what the header bar says
 */
void
wb_page_set_title (WbPage *self, const char *title)
{
  WbPagePrivate *priv = wb_page_get_instance_private (self);

  g_return_if_fail (WB_IS_PAGE (self));

  if (g_strcmp0 (priv->title, title) == 0)
    return;
  g_free (priv->title);
  priv->title = g_strdup (title);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

/**
 * wb_page_set_subtitle:
 * @subtitle: (nullable): the smaller line below
 */
void
wb_page_set_subtitle (WbPage *self, const char *subtitle)
{
  WbPagePrivate *priv = wb_page_get_instance_private (self);

  g_return_if_fail (WB_IS_PAGE (self));

  if (g_strcmp0 (priv->subtitle, subtitle) == 0)
    return;
  g_free (priv->subtitle);
  priv->subtitle = g_strdup (subtitle);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUBTITLE]);
}

/**
 * wb_page_set_title_shown:
 * @shown: whether the header bar says the title; a page that says it itself, in large letters, may do without
 */
void
wb_page_set_title_shown (WbPage *self, gboolean shown)
{
  WbPagePrivate *priv = wb_page_get_instance_private (self);

  g_return_if_fail (WB_IS_PAGE (self));

  if (priv->title_hidden == !shown)
    return;
  priv->title_hidden = !shown;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE_SHOWN]);
}

/**
 * wb_page_get_title_widget:
 *
 * Returns: (transfer none) (nullable): what the page wants in the middle of the header bar
 */
GtkWidget *
wb_page_get_title_widget (WbPage *self)
{
  g_return_val_if_fail (WB_IS_PAGE (self), NULL);

  if (WB_PAGE_GET_CLASS (self)->get_title_widget == NULL)
    return NULL;
  return WB_PAGE_GET_CLASS (self)->get_title_widget (self);
}

/**
 * wb_page_get_end_widget:
 *
 * Returns: (transfer none) (nullable): what the page wants before the menu of the header bar
 */
GtkWidget *
wb_page_get_end_widget (WbPage *self)
{
  g_return_val_if_fail (WB_IS_PAGE (self), NULL);

  if (WB_PAGE_GET_CLASS (self)->get_end_widget == NULL)
    return NULL;
  return WB_PAGE_GET_CLASS (self)->get_end_widget (self);
}

/**
 * wb_page_search:
 *
 * Returns: whether the page has a search box, which then has the keyboard
 */
gboolean
wb_page_search (WbPage *self)
{
  g_return_val_if_fail (WB_IS_PAGE (self), FALSE);

  return WB_PAGE_GET_CLASS (self)->search != NULL && WB_PAGE_GET_CLASS (self)->search (self);
}

/**
 * wb_page_reload:
 *
 * Reads what the page shows again.
 */
void
wb_page_reload (WbPage *self)
{
  g_return_if_fail (WB_IS_PAGE (self));

  if (WB_PAGE_GET_CLASS (self)->reload != NULL)
    WB_PAGE_GET_CLASS (self)->reload (self);
}
