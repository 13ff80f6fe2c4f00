/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who works at the bench: badges. A seat logs in once; people come and go, and what happens says who did it. */
#define G_LOG_DOMAIN "wb-station"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/wb-badge.h"
#include "core/wb-gs1.h"
#include "db/wb-station-store.h"
#include "ui/station/wb-bench-private.h"

static void send_shift (WbBench *self);

/* ── Whose badge ─────────────────────────────────────────────────────────────────────────────── */

static char *
clean_badge (const char *text)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (wb_gs1_strip_aim (text, NULL)));

  return g_utf8_validate (trimmed, -1, NULL) ? g_utf8_strup (trimmed, -1) : NULL;
}

static const WbStaffBadge *
find_badge (WbBench *self, const char *text)
{
  g_autofree char *badge = clean_badge (text);
  g_autofree char *digest = NULL;

  if (badge == NULL || *badge == '\0')
    return NULL;
  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, badge, -1);
  for (guint i = 0; self->badges != NULL && i < self->badges->len; i++)
    {
      const WbStaffBadge *known = g_ptr_array_index (self->badges, i);

      if (g_strcmp0 (known->digest, digest) == 0)
        return known;
    }
  return NULL;
}

static gboolean
set_person (WbBench *self, const char *login, const char *name)
{
  if (g_strcmp0 (self->person_login, login) == 0 && g_strcmp0 (self->person_name, name) == 0)
    return FALSE;
  g_free (self->person_login);
  g_free (self->person_name);
  self->person_login = g_strdup (login);
  self->person_name = g_strdup (name);
  return TRUE;
}

/* ── Telling the database ────────────────────────────────────────────────────────────────────── */

static void
entered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbBench) self = user_data;
  g_autoptr (GError) error = NULL;

  self->is_entering = FALSE;
  self->n_shifts++;
  if (wb_station_store_enter_finish (WB_DB (source), result, &error))
    {
      /* Somebody else may have come meanwhile. */
      if (self->shift_is_newer)
        send_shift (self);
      else
        {
          self->shift_pending = FALSE;
          g_clear_pointer (&self->badge, g_free);
        }
    }
  else if (g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_OFFLINE) || g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_TIMEOUT))
    _wb_bench_retry_later (self);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      if (self->shift_is_newer)
        send_shift (self);
      else
        {
          self->shift_pending = FALSE;
          set_person (self, NULL, NULL);
        }
      _wb_bench_set_notice (self, error->message);
      _wb_bench_flash (self, WB_JOB_ANSWER_REFUSED);
    }
  _wb_bench_changed (self);
}

static void
send_shift (WbBench *self)
{
  if (!self->shift_pending || self->is_entering || self->station == NULL)
    return;
  self->is_entering = TRUE;
  self->shift_is_newer = FALSE;
  wb_station_store_enter_async (self->db, self->station, self->badge, self->cancellable, entered_cb, g_object_ref (self));
}

void
_wb_bench_send_shift (WbBench *self)
{
  send_shift (self);
}

static void
change_shift (WbBench *self, const char *badge)
{
  g_free (self->badge);
  self->badge = g_strdup (badge);
  self->n_shifts++;
  self->shift_pending = TRUE;
  self->shift_is_newer = TRUE;
  send_shift (self);
}

/* What the database says, unless it does not know yet what happened here. */
void
_wb_bench_see_person (WbBench *self, const char *login, const char *name)
{
  if (!self->shift_pending)
    set_person (self, login, name);
}

/* ── Coming and going ────────────────────────────────────────────────────────────────────────── */

static void
enter (WbBench *self, const WbStaffBadge *badge, const char *text)
{
  g_autofree char *words = NULL;
  gboolean known = g_strcmp0 (badge->login, self->person_login) == 0;

  words = g_strdup_printf (known ? _ ("%s works here already.") : _ ("%s works here now."), badge->name);
  _wb_bench_set_notice (self, words);
  _wb_bench_flash (self, WB_JOB_ANSWER_GOOD);
  if (!known)
    {
      g_autofree char *clean = clean_badge (text);

      set_person (self, badge->login, badge->name);
      change_shift (self, clean);
    }
  _wb_bench_changed (self);
}

static void
say_unknown (WbBench *self)
{
  _wb_bench_set_notice (self, _ ("Nobody has this badge. An administrator gives badges to people."));
  _wb_bench_flash (self, WB_JOB_ANSWER_REFUSED);
  _wb_bench_changed (self);
}

static void
badges_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (WbBench) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *unknown = g_steal_pointer (&self->unknown_badge);
  GPtrArray *badges = wb_station_store_badges_finish (WB_DB (source), result, &error);
  const WbStaffBadge *badge = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (badges != NULL)
    {
      g_clear_pointer (&self->badges, g_ptr_array_unref);
      self->badges = badges;
    }
  else
    g_debug ("badges cannot be read: %s", error->message);
  if (unknown != NULL)
    {
      badge = find_badge (self, unknown);
      if (badge != NULL)
        enter (self, badge, unknown);
      else
        say_unknown (self);
    }
  _wb_bench_changed (self);
}

void
_wb_bench_load_badges (WbBench *self)
{
  wb_station_store_badges_async (self->db, self->cancellable, badges_cb, g_object_ref (self));
}

/* It may have been given out since the badges were read. */
static void
look_for_badge (WbBench *self, const char *text)
{
  g_free (self->unknown_badge);
  self->unknown_badge = g_strdup (text);
  _wb_bench_load_badges (self);
}

void
wb_bench_badge (WbBench *self, const char *text)
{
  g_return_if_fail (WB_IS_BENCH (self) && text != NULL);

  if (self->station != NULL && *wb_gs1_strip_aim (text, NULL) != '\0' && !_wb_bench_take_badge (self, text))
    look_for_badge (self, text);
}

/* A badge is one at every step, also while a mistake is on the screen. */
gboolean
_wb_bench_take_badge (WbBench *self, const char *text)
{
  const WbStaffBadge *badge = self->station != NULL ? find_badge (self, text) : NULL;
  const char *plain = wb_gs1_strip_aim (text, NULL);

  if (badge != NULL)
    {
      enter (self, badge, text);
      return TRUE;
    }
  if (self->station == NULL || g_ascii_strncasecmp (plain, WB_BADGE_PREFIX, strlen (WB_BADGE_PREFIX)) != 0)
    return FALSE;
  /* one that a shop made for itself, and that nobody here has */
  look_for_badge (self, text);
  return TRUE;
}

gboolean
_wb_bench_is_badge (WbBench *self, const char *text)
{
  return self->station != NULL && find_badge (self, text) != NULL;
}

/* Whether it is the badge of whoever works here already. */
gboolean
_wb_bench_works_here (WbBench *self, const char *text)
{
  const WbStaffBadge *badge = find_badge (self, text);

  return badge != NULL && g_strcmp0 (badge->login, self->person_login) == 0;
}

void
wb_bench_leave (WbBench *self)
{
  g_autofree char *words = NULL;

  g_return_if_fail (WB_IS_BENCH (self));

  if (self->person_name == NULL)
    {
      _wb_bench_set_notice (self, _ ("Nobody is signed in here."));
      _wb_bench_flash (self, WB_JOB_ANSWER_REFUSED);
    }
  else
    {
      words = g_strdup_printf (_ ("%s has left the bench."), self->person_name);
      _wb_bench_set_notice (self, words);
      _wb_bench_flash (self, WB_JOB_ANSWER_GOOD);
      set_person (self, NULL, NULL);
      change_shift (self, NULL);
    }
  _wb_bench_changed (self);
}

const char *
wb_bench_get_person (WbBench *self)
{
  g_return_val_if_fail (WB_IS_BENCH (self), NULL);

  return self->person_name;
}

gboolean
wb_bench_has_badges (WbBench *self)
{
  g_return_val_if_fail (WB_IS_BENCH (self), FALSE);

  return self->badges != NULL && self->badges->len > 0;
}
