/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Photos: when somebody asks, and by themselves when a parcel comes to a moment that is to be seen later. */
#define G_LOG_DOMAIN "wb-station"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/wb-job-photo.h"
#include "ui/station/wb-bench-private.h"

/* ── Taking one ──────────────────────────────────────────────────────────────────────────────── */

/* What it will be about: the order may be on its way before the picture is there. */
typedef struct
{
  WbBench *bench;
  char *number;
  gint64 job_id;
  guint parcel;
} Taking;

static void
free_taking (Taking *taking)
{
  g_object_unref (taking->bench);
  g_free (taking->number);
  g_free (taking);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Taking, free_taking)

static void
taken_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Taking) taking = user_data;
  WbBench *self = taking->bench;
  g_autoptr (GError) error = NULL;
  g_autofree char *why = NULL;
  WbPhoto *photo = wb_camera_take_photo_finish (WB_CAMERA (source), result, &error);

  if (photo == NULL)
    {
      why = g_strdup_printf (_ ("No photo: %s"), error->message);
      _wb_bench_set_notice (self, why);
      _wb_bench_flash (self, WB_JOB_ANSWER_REFUSED);
      _wb_bench_changed (self);
      return;
    }
  wb_photo_spool_keep (self->photos, photo, taking->number, taking->job_id, taking->parcel, self->person_login);
  g_clear_pointer (&self->photo, wb_photo_free);
  self->photo = photo;
  self->photo_serial++;
  if (self->work != NULL && self->work->job_id == taking->job_id)
    self->n_photos++;
  _wb_bench_set_notice (self, _ ("Photo taken"));
  _wb_bench_changed (self);
}

static void
take_photo (WbBench *self, guint parcel)
{
  Taking *taking = g_new0 (Taking, 1);

  taking->bench = g_object_ref (self);
  taking->number = g_strdup (self->work->job->number);
  taking->job_id = self->work->job_id;
  taking->parcel = parcel;
  wb_camera_take_photo_async (self->camera, NULL, taken_cb, taking);
}

void
wb_bench_take_photo (WbBench *self)
{
  g_return_if_fail (WB_IS_BENCH (self));

  if (wb_bench_can_take_photo (self))
    {
      take_photo (self, self->state->parcel);
      return;
    }
  _wb_bench_set_notice (self, self->camera == NULL ? _ ("There is no camera at this bench.")
                              : self->state == NULL ? _ ("Take the next order first.")
                                                    : wb_device_get_message (WB_DEVICE (self->camera)));
  _wb_bench_flash (self, WB_JOB_ANSWER_REFUSED);
  _wb_bench_changed (self);
}

gboolean
wb_bench_can_take_photo (WbBench *self)
{
  g_return_val_if_fail (WB_IS_BENCH (self), FALSE);

  return self->camera != NULL && self->state != NULL && self->photos != NULL &&
         wb_device_get_state (WB_DEVICE (self->camera)) == WB_DEVICE_STATE_READY;
}

/* ── By themselves ───────────────────────────────────────────────────────────────────────────── */

/* What was over before this bench took the order up is not to be seen any more. */
void
_wb_bench_begin_photos (WbBench *self)
{
  g_array_set_size (self->photographed, 0);
  self->n_photos = 0;
  for (guint i = 1; i <= self->state->parcels->len; i++)
    {
      guint reached = wb_job_photo_get_reached (self->state, i);

      g_array_append_val (self->photographed, reached);
    }
}

/* As the order asks for it, and as this bench's camera is set. */
static guint
get_wanted (WbBench *self)
{
  g_auto (GStrv) words = NULL;

  if (self->camera == NULL)
    return self->work->job->photos;
  words = g_strsplit (wb_device_get_option (WB_DEVICE (self->camera), "photos"), ",", -1);
  return self->work->job->photos | wb_job_photo_from_words ((const char *const *) words);
}

void
_wb_bench_look_for_photos (WbBench *self)
{
  guint wanted = self->state != NULL ? get_wanted (self) : 0;

  for (guint i = 1; wanted != 0 && i <= self->state->parcels->len; i++)
    {
      guint none = 0;
      guint fresh = 0;

      if (self->photographed->len < i)
        g_array_append_val (self->photographed, none);
      fresh = wb_job_photo_get_reached (self->state, i) & ~g_array_index (self->photographed, guint, i - 1) & wanted;
      if (fresh == 0)
        continue;
      g_array_index (self->photographed, guint, i - 1) |= fresh;
      if (self->camera != NULL)
        take_photo (self, i);
    }
}

/* ── What there is ───────────────────────────────────────────────────────────────────────────── */

static void
refused_cb (WbBench *self, const char *why)
{
  _wb_bench_set_notice (self, why);
  _wb_bench_changed (self);
}

void
_wb_bench_open_photos (WbBench *self)
{
  g_autofree char *name = g_strdup_printf ("photos-%s", self->station);
  g_autofree char *folder = NULL;

  g_strdelimit (name, "/\\", '-');
  folder = g_build_filename (self->spool_folder, name, NULL);
  g_clear_object (&self->photos);
  self->photos = wb_photo_spool_new (self->db, folder);
  g_signal_connect_object (self->photos, "refused", G_CALLBACK (refused_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->photos, "changed", G_CALLBACK (_wb_bench_changed), self, G_CONNECT_SWAPPED);
}

void
wb_bench_set_camera (WbBench *self, WbCamera *camera)
{
  g_return_if_fail (WB_IS_BENCH (self) && (camera == NULL || WB_IS_CAMERA (camera)));

  if (g_set_object (&self->camera, camera))
    _wb_bench_changed (self);
}

const WbPhoto *
wb_bench_get_photo (WbBench *self, guint *serial)
{
  g_return_val_if_fail (WB_IS_BENCH (self), NULL);

  if (serial != NULL)
    *serial = self->photo_serial;
  return self->photo;
}

guint
wb_bench_get_n_photos (WbBench *self)
{
  g_return_val_if_fail (WB_IS_BENCH (self), 0);

  return self->n_photos;
}

guint
wb_bench_get_n_unsent_photos (WbBench *self)
{
  g_return_val_if_fail (WB_IS_BENCH (self), 0);

  return self->photos != NULL ? wb_photo_spool_get_n_unsent (self->photos) : 0;
}
