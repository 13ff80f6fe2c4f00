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
#include "tests/wb-test.h"
#include "ui/station/wb-photo-spool.h"

/* Up to where everything is in the box. */
static const char *const packed[] = { "WB:CONFIRM", "A-04-2", "B-02-1", "4006381333931", "4006381333931", "96385074", NULL };

static WbCamera *
open_camera (WbTestBenchShop *shop, const char *photos)
{
  g_autoptr (WbTestScene) scene = wb_test_scene_new (1280, 720, 0.6, 0.5, 0.4);
  g_autofree char *path = NULL;
  g_autofree char *source = NULL;
  WbDevice *camera = NULL;

  wb_test_scene_add_code (scene, BARCODE_EANX, FALSE, "4006381333931", 640, 360, 3, 5);
  path = wb_test_scene_save (scene, shop->folder, "table.png");
  source = wb_test_scene_source (path);
  camera = wb_camera_new (source, "camera:test", "Test camera");
  g_assert_true (wb_device_set_option (camera, "photos", photos, NULL));
  wb_device_open (camera);
  wb_test_wait_until (wb_device_get_state (camera) == WB_DEVICE_STATE_READY);
  return WB_CAMERA (camera);
}

static void
close_camera (WbCamera *camera)
{
  g_assert_finalize_object (camera);
  wb_test_wait_until (_wb_media_count () == 0);
}

static guint
count_files (WbTestBenchShop *shop, const char *ending)
{
  g_autofree char *folder = g_build_filename (shop->folder, "photos-ST1", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_suffix (name, ending) ? 1 : 0;
  return n;
}

/* One with a command; it is stored as it is, and nothing of it stays here. */
static void
test_asked (void)
{
  WbTestBenchShop shop = { 0 };
  g_autoptr (WbBench) bench = NULL;
  WbCamera *camera = NULL;

  if (!wb_test_bench_shop_open (&shop))
    return;
  camera = open_camera (&shop, "asked");
  bench = wb_test_bench_open (&shop, "ST1");
  wb_bench_scan (bench, "WB:PHOTO");
  g_assert_cmpstr (wb_bench_get_notice (bench), ==, "There is no camera at this bench.");
  wb_bench_set_camera (bench, camera);
  wb_bench_scan (bench, "WB:PHOTO");
  g_assert_cmpstr (wb_bench_get_notice (bench), ==, "Take the next order first.");
  wb_test_bench_next (bench, "10482");
  wb_bench_scan (bench, "WB:PHOTO");
  wb_test_wait_until (wb_bench_get_n_photos (bench) == 1);
  g_assert_cmpstr (wb_bench_get_notice (bench), ==, "Photo taken.");
  wb_test_bench_assert_soon (&shop, "select concat_ws(' ', a.about, o.number, a.media_type, a.created_by, count(*) over ()) from wb.attachment a "
                             "join wb.job j on j.id = a.about_id join wb.sales_order o on o.id = j.order_id",
                             "job 10482 image/jpeg bench_packer 1");
  wb_test_bench_assert_says (&shop, "select encode(sha256, 'hex') from wb.attachment", wb_bench_get_photo (bench, NULL)->sha256);
  wb_test_bench_assert_says (&shop, "select encode(sha256(content), 'hex') from wb.attachment", wb_bench_get_photo (bench, NULL)->sha256);
  wb_test_wait_until (wb_bench_get_n_unsent_photos (bench) == 0);
  wb_test_wait_until (count_files (&shop, ".jpg") == 0);
  wb_test_bench_stored (bench);
  wb_bench_set_camera (bench, NULL);
  g_clear_object (&bench);
  close_camera (camera);
  wb_test_bench_shop_close (&shop);
}

/* By itself when the parcel is packed, once, also when the bench was killed in between. */
static void
test_packed (void)
{
  WbTestBenchShop shop = { 0 };
  g_autoptr (WbBench) bench = NULL;
  WbCamera *camera = NULL;

  if (!wb_test_bench_shop_open (&shop))
    return;
  camera = open_camera (&shop, "packed");
  bench = wb_test_bench_open (&shop, "ST1");
  wb_bench_set_camera (bench, camera);
  wb_test_bench_next (bench, "10482");
  for (guint i = 0; packed[i] != NULL; i++)
    {
      g_assert_cmpuint (wb_bench_get_n_photos (bench), ==, 0);
      wb_bench_scan (bench, packed[i]);
    }
  wb_test_wait_until (wb_bench_get_n_photos (bench) == 1);
  wb_test_bench_assert_soon (&shop, "select string_agg(parcel::text, ',') from wb.attachment", "1");
  wb_test_bench_stored (bench);
  wb_bench_set_camera (bench, NULL);
  g_clear_object (&bench);
  bench = wb_test_bench_open (&shop, "ST1");
  wb_bench_set_camera (bench, camera);
  wb_test_bench_next (bench, "10482");
  wb_test_bench_scan_all (bench, (const char *const[]){ "WB-BOX-M", "1.60", NULL });
  wb_test_wait_until (wb_test_bench_get_step (bench) == WB_JOB_STEP_FINAL);
  g_assert_cmpuint (wb_bench_get_n_photos (bench), ==, 0);
  wb_test_bench_assert_says (&shop, "select count(*) from wb.attachment", "1");
  wb_test_bench_stored (bench);
  wb_bench_set_camera (bench, NULL);
  g_clear_object (&bench);
  close_camera (camera);
  wb_test_bench_shop_close (&shop);
}

/* The order says that somebody wants to see what was sent: nothing is set here. Both boxes are photographed, each as it is full. */
static void
test_order_asks (void)
{
  WbTestBenchShop shop = { 0 };
  g_autoptr (WbBench) bench = NULL;
  g_autofree char *done = NULL;
  WbCamera *camera = NULL;

  if (!wb_test_bench_shop_open (&shop))
    return;
  done = wb_test_bench_ask (&shop, "update wb.sales_order set tags = '{photo}' where number = '10482' returning 'done'");
  camera = open_camera (&shop, "asked");
  bench = wb_test_bench_open (&shop, "ST1");
  wb_bench_set_camera (bench, camera);
  wb_test_bench_next (bench, "10482");
  g_assert_cmpuint (wb_bench_get_work (bench)->job->photos, ==, WB_JOB_PHOTO_PACKED);
  wb_test_bench_scan_all (bench, (const char *const[]){ "WB:CONFIRM", "A-04-2", "B-02-1", "4006381333931", "WB:ANOTHER", "96385074", NULL });
  wb_test_wait_until (wb_bench_get_n_photos (bench) == 1);
  wb_bench_scan (bench, "4006381333931");
  wb_test_wait_until (wb_bench_get_n_photos (bench) == 2);
  /* the same picture of the same order is one: this camera looks at a file */
  wb_test_bench_assert_soon (&shop, "select count(*) from wb.act where name = 'attachment_add'", "2");
  wb_test_bench_assert_says (&shop, "select count(*) from wb.attachment", "1");
  wb_test_bench_stored (bench);
  wb_bench_set_camera (bench, NULL);
  g_clear_object (&bench);
  close_camera (camera);
  wb_test_bench_shop_close (&shop);
}

/* Without a database, and killed: the photo comes with the next start, and only once. */
static void
test_kept (void)
{
  WbTestBenchShop shop = { 0 };
  g_autoptr (WbTestProxy) proxy = NULL;
  g_autoptr (WbBench) bench = NULL;
  WbCamera *camera = NULL;
  WbDb *packer = NULL;

  if (!wb_test_bench_shop_open (&shop))
    return;
  proxy = wb_test_proxy_new (g_getenv ("PGHOST"));
  packer = shop.packer;
  shop.packer = wb_test_bench_connect (wb_test_proxy_get_socket (proxy), "bench_packer");
  camera = open_camera (&shop, "asked");
  bench = wb_test_bench_open (&shop, "ST1");
  wb_bench_set_camera (bench, camera);
  wb_test_bench_next (bench, "10482");
  wb_test_bench_stored (bench);
  wb_test_proxy_refuse (proxy, TRUE);
  wb_test_proxy_cut (proxy);
  wb_bench_command (bench, WB_JOB_COMMAND_PHOTO);
  wb_test_wait_until (wb_bench_get_n_photos (bench) == 1);
  wb_test_wait_until (count_files (&shop, ".jpg") == 1);
  g_assert_cmpuint (wb_bench_get_n_unsent_photos (bench), ==, 1);
  wb_bench_set_camera (bench, NULL);
  g_clear_object (&bench);
  wb_db_close (shop.packer);
  g_clear_object (&shop.packer);
  shop.packer = packer;
  g_assert_cmpuint (count_files (&shop, ".jpg"), ==, 1);
  wb_test_bench_assert_says (&shop, "select count(*) from wb.attachment", "0");

  bench = wb_test_bench_open (&shop, "ST1");
  wb_test_bench_assert_soon (&shop, "select count(*) from wb.attachment", "1");
  wb_test_wait_until (count_files (&shop, ".jpg") == 0);
  g_assert_cmpuint (wb_bench_get_n_unsent_photos (bench), ==, 0);
  wb_bench_set_camera (bench, NULL);
  g_clear_object (&bench);
  close_camera (camera);
  wb_test_bench_shop_close (&shop);
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
  wb_test_wait_until (count_files (&shop, ".refused") == 1 && count_files (&shop, ".jpg") == 0);
  wb_test_drain ();
  wb_test_assert_finalized (&spool);
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
  status = g_test_run ();
  if (gst_is_initialized ())
    gst_deinit ();
  return status;
}
