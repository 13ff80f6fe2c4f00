/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ui/wb-profile-keeper.h"

struct _WbProfileKeeper
{
  GObject parent_instance;

  gint64 version; /* 0: not from the database */
  gboolean is_reading;
  gboolean read_again;
  gboolean is_writing;
  gboolean is_dirty; /* set here and not written */
  gboolean is_keeping;
  gboolean keep_again;

  /* Owned references */
  WbDb *db;
  char *folder;
  char *station;
  WbStationProfile *profile;
  WbStationProfile *before; /* (nullable): what it was before somebody changed it here */
  char *trouble;
  GCancellable *cancellable; /* of what is asked about this station */
};

G_DEFINE_FINAL_TYPE (WbProfileKeeper, wb_profile_keeper, G_TYPE_OBJECT)

enum
{
  CHANGED,
  EDITED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
tell (WbProfileKeeper *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
set_trouble (WbProfileKeeper *self, const char *trouble)
{
  g_free (self->trouble);
  self->trouble = g_strdup (trouble);
}

/* ── For when the database is away ───────────────────────────────────────────────────────────── */

static GFile *
get_file (WbProfileKeeper *self)
{
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;

  if (self->folder == NULL || self->station == NULL)
    return NULL;
  name = g_strdup_printf ("station-%s.profile", self->station);
  g_strdelimit (name, "/\\", '-');
  path = g_build_filename (self->folder, name, NULL);
  return g_file_new_for_path (path);
}

static void keep (WbProfileKeeper *self);

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbProfileKeeper) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    g_message ("the station's profile is not kept for when the database is away: %s", error->message);
  self->is_keeping = FALSE;
  if (self->keep_again)
    keep (self);
}

static void
keep (WbProfileKeeper *self)
{
  g_autoptr (GFile) file = get_file (self);
  char *json = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (file == NULL)
    return;
  self->keep_again = self->is_keeping;
  if (self->is_keeping)
    return;
  self->is_keeping = TRUE;
  g_mkdir_with_parents (self->folder, 0700);
  json = wb_station_profile_to_json (self->profile);
  bytes = g_bytes_new_take (json, strlen (json));
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, kept_cb, g_object_ref (self));
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbProfileKeeper) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  WbStationProfile *profile = NULL;

  if (!g_file_load_contents_finish (G_FILE (source), result, &contents, NULL, NULL, &error))
    {
      g_debug ("no profile is kept: %s", error->message);
      return;
    }
  /* The database was quicker. */
  if (self->version > 0)
    return;
  profile = wb_station_profile_parse (contents, &error);
  if (profile == NULL)
    {
      g_message ("the profile that was kept cannot be read: %s", error->message);
      return;
    }
  wb_station_profile_free (self->profile);
  self->profile = profile;
  tell (self);
}

/* ── From the database ───────────────────────────────────────────────────────────────────────── */

static void read_profile (WbProfileKeeper *self);

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbProfileKeeper) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WbStation) station = wb_station_store_profile_finish (WB_DB (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->is_reading = FALSE;
  if (self->read_again)
    read_profile (self);
  if (station == NULL)
    {
      set_trouble (self, error->message);
      tell (self);
      return;
    }
  /* What is being written is newer than what was read. */
  if (self->is_dirty || self->is_writing)
    return;
  if (station->version == self->version && self->trouble == NULL)
    return;
  self->version = station->version;
  set_trouble (self, NULL);
  if (!wb_station_profile_equal (self->profile, station->profile))
    {
      g_clear_pointer (&self->before, wb_station_profile_free);
      wb_station_profile_free (self->profile);
      self->profile = g_steal_pointer (&station->profile);
    }
  keep (self);
  tell (self);
}

static void
read_profile (WbProfileKeeper *self)
{
  if (self->station == NULL)
    return;
  self->read_again = self->is_reading;
  if (self->is_reading)
    return;
  self->is_reading = TRUE;
  wb_station_store_profile_async (self->db, self->station, self->cancellable, read_cb, g_object_ref (self));
}

static void write_profile (WbProfileKeeper *self);

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbProfileKeeper) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 version = wb_station_store_set_profile_finish (WB_DB (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->is_writing = FALSE;
  if (version > 0)
    {
      self->version = version;
      set_trouble (self, NULL);
      keep (self);
      if (self->is_dirty)
        write_profile (self);
      tell (self);
      return;
    }
  if (g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_OFFLINE) || g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_TIMEOUT))
    {
      /* Again when it is back. */
      self->is_dirty = TRUE;
      set_trouble (self, error->message);
      tell (self);
      return;
    }
  /* What was set here does not count: what is there does. */
  self->is_dirty = FALSE;
  self->version = 0;
  set_trouble (self, error->message);
  tell (self);
  read_profile (self);
}

static void
write_profile (WbProfileKeeper *self)
{
  self->is_dirty = TRUE;
  if (self->is_writing || self->version == 0)
    return;
  self->is_writing = TRUE;
  self->is_dirty = FALSE;
  wb_station_store_set_profile_async (self->db, self->station, self->version, self->profile, self->cancellable, written_cb,
                                      g_object_ref (self));
}

static void
news_cb (WbProfileKeeper *self)
{
  read_profile (self);
}

static void
state_cb (WbProfileKeeper *self)
{
  if (wb_db_get_state (self->db) != WB_DB_STATE_ONLINE)
    return;
  if (self->is_dirty)
    write_profile (self);
  else
    read_profile (self);
}

/* ── Life ────────────────────────────────────────────────────────────────────────────────────── */

static void
forget (WbProfileKeeper *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  wb_station_profile_free (self->profile);
  self->profile = wb_station_profile_new ();
  g_clear_pointer (&self->before, wb_station_profile_free);
  g_clear_pointer (&self->station, g_free);
  self->version = 0;
  self->is_reading = FALSE;
  self->read_again = FALSE;
  self->is_writing = FALSE;
  self->is_dirty = FALSE;
  set_trouble (self, NULL);
}

static void
wb_profile_keeper_dispose (GObject *object)
{
  WbProfileKeeper *self = WB_PROFILE_KEEPER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->db);
  G_OBJECT_CLASS (wb_profile_keeper_parent_class)->dispose (object);
}

static void
wb_profile_keeper_finalize (GObject *object)
{
  WbProfileKeeper *self = WB_PROFILE_KEEPER (object);

  wb_station_profile_free (self->profile);
  g_clear_pointer (&self->before, wb_station_profile_free);
  g_object_unref (self->cancellable);
  g_free (self->folder);
  g_free (self->station);
  g_free (self->trouble);
  G_OBJECT_CLASS (wb_profile_keeper_parent_class)->finalize (object);
}

static void
wb_profile_keeper_class_init (WbProfileKeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_profile_keeper_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_profile_keeper_finalize;
  signals[CHANGED] = g_signal_new ("changed", WB_TYPE_PROFILE_KEEPER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[EDITED] = g_signal_new ("edited", WB_TYPE_PROFILE_KEEPER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wb_profile_keeper_init (WbProfileKeeper *self)
{
  self->cancellable = g_cancellable_new ();
  self->profile = wb_station_profile_new ();
}

WbProfileKeeper *
wb_profile_keeper_new (WbDb *db, const char *folder)
{
  WbProfileKeeper *self = NULL;

  g_return_val_if_fail (WB_IS_DB (db), NULL);

  self = g_object_new (WB_TYPE_PROFILE_KEEPER, NULL);
  self->db = g_object_ref (db);
  self->folder = g_strdup (folder);
  g_signal_connect_object (db, "notify::state", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (db, "resync", G_CALLBACK (news_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (db, "news::station", G_CALLBACK (news_cb), self, G_CONNECT_SWAPPED);
  return self;
}

void
wb_profile_keeper_set_station (WbProfileKeeper *self, const char *station)
{
  g_autoptr (GFile) file = NULL;

  g_return_if_fail (WB_IS_PROFILE_KEEPER (self));

  if (g_strcmp0 (self->station, station) == 0)
    return;
  forget (self);
  self->station = g_strdup (station);
  file = get_file (self);
  if (file != NULL)
    g_file_load_contents_async (file, self->cancellable, loaded_cb, g_object_ref (self));
  read_profile (self);
  tell (self);
}

const char *
wb_profile_keeper_get_station (WbProfileKeeper *self)
{
  g_return_val_if_fail (WB_IS_PROFILE_KEEPER (self), NULL);

  return self->station;
}

const WbStationProfile *
wb_profile_keeper_get_profile (WbProfileKeeper *self)
{
  g_return_val_if_fail (WB_IS_PROFILE_KEEPER (self), NULL);

  return self->profile;
}

gboolean
wb_profile_keeper_is_known (WbProfileKeeper *self)
{
  g_return_val_if_fail (WB_IS_PROFILE_KEEPER (self), FALSE);

  return self->version > 0;
}

gboolean
wb_profile_keeper_is_written (WbProfileKeeper *self)
{
  g_return_val_if_fail (WB_IS_PROFILE_KEEPER (self), FALSE);

  return !self->is_dirty && !self->is_writing;
}

const char *
wb_profile_keeper_get_trouble (WbProfileKeeper *self)
{
  g_return_val_if_fail (WB_IS_PROFILE_KEEPER (self), NULL);

  return self->trouble;
}

/* @profile: (transfer full) */
static void
replace (WbProfileKeeper *self, WbStationProfile *profile)
{
  wb_station_profile_free (self->profile);
  self->profile = profile;
  write_profile (self);
  tell (self);
}

void
wb_profile_keeper_set_profile (WbProfileKeeper *self, const WbStationProfile *profile)
{
  g_return_if_fail (WB_IS_PROFILE_KEEPER (self) && profile != NULL);
  g_return_if_fail (self->station != NULL);

  if (self->version == 0 || wb_station_profile_equal (self->profile, profile))
    return;
  g_clear_pointer (&self->before, wb_station_profile_free);
  self->before = wb_station_profile_copy (self->profile);
  replace (self, wb_station_profile_copy (profile));
  g_signal_emit (self, signals[EDITED], 0);
}

void
wb_profile_keeper_undo (WbProfileKeeper *self)
{
  g_return_if_fail (WB_IS_PROFILE_KEEPER (self));

  if (self->before != NULL && self->version > 0)
    replace (self, g_steal_pointer (&self->before));
}

WbDb *
wb_profile_keeper_get_db (WbProfileKeeper *self)
{
  g_return_val_if_fail (WB_IS_PROFILE_KEEPER (self), NULL);

  return self->db;
}
