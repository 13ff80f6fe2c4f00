/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A bench with a camera: photos when somebody asks and by themselves, kept until the database has them. */
#include "config.h"

#include <gio/gio.h>
#include <gst/gst.h>
#include <string.h>
#include <zint.h>

#include "core/wb-job-photo.h"
#include "devices/wb-media-private.h"
#include "tests/db/wb-test-proxy.h"
#include "tests/devices/wb-test-scene.h"
#include "tests/ui/wb-test-bench.h"
#include "tests/ui/wb-test-full-disk.h"
#include "tests/wb-test.h"
#include "ui/station/wb-photo-spool.h"

/* Up to where everything is in the box. */
static const char *const packed[] = { "WB:CONFIRM", "A-04-2", "B-02-1", "4006381333931", "4006381333931", "96385074", NULL };

/* A bench with a camera that looks at a table. */
typedef struct
{
  WbTestBenchShop shop;
  WbCamera *camera;
  WbBench *bench;
} Photographer;

static void
start_bench (Photographer *self)
{
  self->bench = wb_test_bench_open (&self->shop, "ST1");
  wb_bench_set_camera (self->bench, self->camera);
}

static void
stop_bench (Photographer *self)
{
  wb_bench_set_camera (self->bench, NULL);
  g_clear_object (&self->bench);
}

/* When @photos are taken; FALSE when there is no server, and the test is skipped. */
static gboolean
photographer_open (Photographer *self, const char *photos)
{
  g_autoptr (WbTestScene) scene = NULL;
  g_autofree char *path = NULL;
  g_autofree char *source = NULL;
  WbDevice *camera = NULL;

  if (!wb_test_bench_shop_open (&self->shop))
    return FALSE;
  scene = wb_test_scene_new (1280, 720, 0.6, 0.5, 0.4);
  wb_test_scene_add_code (scene, BARCODE_EANX, FALSE, "4006381333931", 640, 360, 3, 5);
  path = wb_test_scene_save (scene, self->shop.folder, "table.png");
  source = wb_test_scene_source (path);
  camera = wb_camera_new (source, "camera:test", "Test camera");
  g_assert_true (wb_device_set_option (camera, "photos", photos, NULL));
  wb_device_open (camera);
  wb_test_wait_until (wb_device_get_state (camera) == WB_DEVICE_STATE_READY);
  self->camera = WB_CAMERA (camera);
  return TRUE;
}

/* Everything stored, nothing left behind. */
static void
photographer_close (Photographer *self)
{
  wb_test_bench_stored (self->bench);
  stop_bench (self);
  g_assert_finalize_object (self->camera);
  wb_test_wait_until (_wb_media_count () == 0);
  wb_test_bench_shop_close (&self->shop);
}

static guint
count_photos (WbTestBenchShop *shop, const char *ending)
{
  g_autofree char *folder = g_build_filename (shop->folder, "photos-ST1", NULL);

  return wb_test_count_files (folder, ending);
}

/* One with a command; it is stored as it is, and nothing of it stays here. */
static void
test_asked (void)
{
  Photographer who = { 0 };

  if (!photographer_open (&who, "asked"))
    return;
  who.bench = wb_test_bench_open (&who.shop, "ST1");
  wb_bench_scan (who.bench, "WB:PHOTO");
  g_assert_cmpstr (wb_bench_get_notice (who.bench), ==, "There is no camera at this bench.");
  wb_bench_set_camera (who.bench, who.camera);
  wb_bench_scan (who.bench, "WB:PHOTO");
  g_assert_cmpstr (wb_bench_get_notice (who.bench), ==, "Take the next order first.");
  wb_test_bench_next (who.bench, "10482");
  wb_bench_scan (who.bench, "WB:PHOTO");
  wb_test_wait_until (wb_bench_get_n_photos (who.bench) == 1);
  g_assert_cmpstr (wb_bench_get_notice (who.bench), ==, "Photo taken.");
  wb_test_bench_assert_soon (&who.shop, "select concat_ws(' ', a.about, o.number, a.media_type, a.created_by, count(*) over ()) from wb.attachment a "
                             "join wb.job j on j.id = a.about_id join wb.sales_order o on o.id = j.order_id",
                             "job 10482 image/jpeg bench_packer 1");
  wb_test_bench_assert_says (&who.shop, "select encode(sha256, 'hex') from wb.attachment", wb_bench_get_photo (who.bench, NULL)->sha256);
  wb_test_bench_assert_says (&who.shop, "select encode(sha256(content), 'hex') from wb.attachment", wb_bench_get_photo (who.bench, NULL)->sha256);
  wb_test_wait_until (wb_bench_get_n_unsent_photos (who.bench) == 0);
  wb_test_wait_until (count_photos (&who.shop, ".jpg") == 0);
  photographer_close (&who);
}

/* By itself when the parcel is packed, once, also when the bench was killed in between. */
static void
test_packed (void)
{
  Photographer who = { 0 };

  if (!photographer_open (&who, "packed"))
    return;
  start_bench (&who);
  wb_test_bench_next (who.bench, "10482");
  for (guint i = 0; packed[i] != NULL; i++)
    {
      g_assert_cmpuint (wb_bench_get_n_photos (who.bench), ==, 0);
      wb_bench_scan (who.bench, packed[i]);
    }
  wb_test_wait_until (wb_bench_get_n_photos (who.bench) == 1);
  wb_test_bench_assert_soon (&who.shop, "select string_agg(parcel::text, ',') from wb.attachment", "1");
  wb_test_bench_stored (who.bench);
  stop_bench (&who);
  start_bench (&who);
  wb_test_bench_next (who.bench, "10482");
  wb_test_bench_scan_all (who.bench, (const char *const[]){ "WB-BOX-M", "1.60", NULL });
  wb_test_wait_until (wb_test_bench_get_step (who.bench) == WB_JOB_STEP_FINAL);
  g_assert_cmpuint (wb_bench_get_n_photos (who.bench), ==, 0);
  wb_test_bench_assert_says (&who.shop, "select count(*) from wb.attachment", "1");
  photographer_close (&who);
}

/* The order says that somebody wants to see what was sent: nothing is set here. Both boxes are photographed, each as it is full. */
static void
test_order_asks (void)
{
  Photographer who = { 0 };
  g_autofree char *done = NULL;

  if (!photographer_open (&who, "asked"))
    return;
  done = wb_test_bench_ask (&who.shop, "update wb.sales_order set tags = '{photo}' where number = '10482' returning 'done'");
  start_bench (&who);
  wb_test_bench_next (who.bench, "10482");
  g_assert_cmpuint (wb_bench_get_work (who.bench)->job->photos, ==, WB_JOB_PHOTO_PACKED);
  wb_test_bench_scan_all (who.bench, (const char *const[]){ "WB:CONFIRM", "A-04-2", "B-02-1", "4006381333931", "WB:ANOTHER", "96385074", NULL });
  wb_test_wait_until (wb_bench_get_n_photos (who.bench) == 1);
  wb_bench_scan (who.bench, "4006381333931");
  wb_test_wait_until (wb_bench_get_n_photos (who.bench) == 2);
  /* the same picture of the same order is one: this camera looks at a file */
  wb_test_bench_assert_soon (&who.shop, "select count(*) from wb.act where name = 'attachment_add'", "2");
  wb_test_bench_assert_says (&who.shop, "select count(*) from wb.attachment", "1");
  photographer_close (&who);
}

/* Without a database, and killed: the photo comes with the next start, and only once. */
static void
test_kept (void)
{
  Photographer who = { 0 };
  g_autoptr (WbTestProxy) proxy = NULL;
  WbDb *packer = NULL;

  if (!photographer_open (&who, "asked"))
    return;
  proxy = wb_test_proxy_new (g_getenv ("PGHOST"));
  packer = who.shop.packer;
  who.shop.packer = wb_test_bench_connect (wb_test_proxy_get_socket (proxy), "bench_packer");
  start_bench (&who);
  wb_test_bench_next (who.bench, "10482");
  wb_test_bench_stored (who.bench);
  wb_test_proxy_refuse (proxy, TRUE);
  wb_test_proxy_cut (proxy);
  wb_bench_command (who.bench, WB_JOB_COMMAND_PHOTO);
  wb_test_wait_until (wb_bench_get_n_photos (who.bench) == 1);
  wb_test_wait_until (count_photos (&who.shop, ".jpg") == 1);
  g_assert_cmpuint (wb_bench_get_n_unsent_photos (who.bench), ==, 1);
  stop_bench (&who);
  wb_db_close (who.shop.packer);
  g_clear_object (&who.shop.packer);
  who.shop.packer = packer;
  g_assert_cmpuint (count_photos (&who.shop, ".jpg"), ==, 1);
  wb_test_bench_assert_says (&who.shop, "select count(*) from wb.attachment", "0");

  start_bench (&who);
  wb_test_bench_assert_soon (&who.shop, "select count(*) from wb.attachment", "1");
  wb_test_wait_until (count_photos (&who.shop, ".jpg") == 0);
  g_assert_cmpuint (wb_bench_get_n_unsent_photos (who.bench), ==, 0);
  photographer_close (&who);
}

/* What the database will never have is kept aside, and nothing waits behind it. */
static void
test_refused (void)
{
  WbTestBenchShop shop = { 0 };
  g_autoptr (WbPhotoSpool) spool = NULL;
  g_autoptr (WbPhoto) photo = NULL;
  g_autofree char *job = NULL;
  g_autofree char *folder = NULL;
  guint8 grey[3 * 16 * 16];
  gint64 job_id = 0;

  if (!wb_test_bench_shop_open (&shop))
    return;
  memset (grey, 128, sizeof grey);
  photo = wb_photo_new (grey, 16, 16, 48, 1024, 80, NULL);
  job = wb_test_bench_ask (&shop, "select max(id) from wb.job");
  job_id = g_ascii_strtoll (job, NULL, 10);
  folder = g_build_filename (shop.folder, "photos-ST1", NULL);
  spool = wb_photo_spool_new (shop.packer, folder);
  wb_photo_spool_keep (spool, photo, "none/such", 999999, 1, NULL);
  wb_photo_spool_keep (spool, photo, "10482", job_id, 2, "anna.binder");
  wb_test_bench_assert_soon (&shop, "select parcel || ' ' || created_by from wb.attachment", "2 anna.binder");
  wb_test_wait_until (wb_photo_spool_get_n_unsent (spool) == 0);
  wb_test_wait_until (count_photos (&shop, ".refused") == 1 && count_photos (&shop, ".jpg") == 0);
  wb_test_drain ();
  wb_test_assert_finalized (&spool);
  wb_test_bench_shop_close (&shop);
}

/* A photo for which there was no room on the disk is written there once there is, while the server is away. */
static void
test_full_disk (void)
{
  WbTestBenchShop shop = { 0 };
  WbTestFullDisk disk = { 0 };
  g_autoptr (WbPhotoSpool) spool = NULL;
  g_autoptr (WbPhoto) photo = NULL;
  g_autofree char *folder = NULL;
  guint8 grey[3 * 16 * 16];

  if (!wb_test_bench_shop_open (&shop))
    return;
  memset (grey, 128, sizeof grey);
  photo = wb_photo_new (grey, 16, 16, 48, 1024, 80, NULL);
  folder = g_build_filename (shop.folder, "photos-ST1", NULL);
  wb_test_full_disk_open (&disk, folder, "wb-station", "only kept in memory");
  spool = wb_photo_spool_new (disk.db, folder);
  wb_photo_spool_keep (spool, photo, "10482", 1, 1, NULL);
  wb_test_full_disk_make_room (&disk);
  wb_test_wait_until (count_photos (&shop, ".jpg") == 1);
  g_assert_cmpuint (wb_photo_spool_get_n_unsent (spool), ==, 1);
  wb_test_assert_finalized (&spool);
  wb_test_full_disk_close (&disk);
  wb_test_bench_shop_close (&shop);
}

int
main (int argc, char **argv)
{
  int status = 0;

  wb_test_init (&argc, &argv);

  g_test_add_func ("/bench-photo/asked", test_asked);
  g_test_add_func ("/bench-photo/packed", test_packed);
  g_test_add_func ("/bench-photo/order-asks", test_order_asks);
  g_test_add_func ("/bench-photo/kept", test_kept);
  g_test_add_func ("/bench-photo/refused", test_refused);
  g_test_add_func ("/bench-photo/full-disk", test_full_disk);
  status = g_test_run ();
  if (gst_is_initialized ())
    gst_deinit ();
  return status;
}
