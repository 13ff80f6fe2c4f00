/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cameras that look at pictures in files, through the whole pipeline; and how they are found. */
#include "config.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gst/gst.h>
#include <string.h>
#include <zint.h>

#include "devices/wb-camera-backend.h"
#include "devices/wb-camera.h"
#include "devices/wb-device-hub.h"
#include "devices/wb-media-private.h"
#include "tests/devices/wb-test-scene.h"
#include "tests/wb-test.h"

/* Somebody who has a camera. */
typedef struct
{
  WbDevice *camera;
  GPtrArray *scans; /* char* "]E0…" */
  guint n_frames;
} Owner;

static void
scan_cb (Owner *owner, WbScan *scan)
{
  g_assert_cmpstr (scan->source, ==, wb_device_get_id (owner->camera));
  g_ptr_array_add (owner->scans, wb_scan_to_string (scan));
}

static void
frame_cb (Owner *owner)
{
  owner->n_frames++;
}

static void
own (Owner *owner, const char *source)
{
  memset (owner, 0, sizeof *owner);
  owner->camera = wb_camera_new (source, "camera:test", "Test camera");
  owner->scans = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect_swapped (owner->camera, "scan", G_CALLBACK (scan_cb), owner);
  g_signal_connect_swapped (owner->camera, "frame", G_CALLBACK (frame_cb), owner);
}

static void
set (Owner *owner, const char *option, const char *value)
{
  g_autoptr(GError) error = NULL;

  wb_device_set_option (owner->camera, option, value, &error);
  g_assert_no_error (error);
}

static void
open_camera (Owner *owner)
{
  wb_device_open (owner->camera);
  g_assert_cmpint (wb_device_get_state (owner->camera), ==, WB_DEVICE_STATE_OPENING);
  wb_test_wait_until (wb_device_get_state (owner->camera) == WB_DEVICE_STATE_READY);
}

static void
disown (Owner *owner)
{
  g_assert_finalize_object (owner->camera);
  g_ptr_array_unref (owner->scans);
  wb_test_wait_until (_wb_media_count () == 0);
  wb_test_drain ();
}

static gboolean
has_scan (Owner *owner, const char *text)
{
  return g_ptr_array_find_with_equal_func (owner->scans, text, g_str_equal, NULL);
}

static char *
save_scene (const char *folder, const char *name, double red, double green, double blue, const char *ean)
{
  g_autoptr(WbTestScene) scene = wb_test_scene_new (1280, 720, red, green, blue);

  if (ean != NULL)
    wb_test_scene_add_code (scene, BARCODE_EANX, FALSE, ean, 640, 360, 3, 0);
  return wb_test_scene_save (scene, folder, name);
}

/* ---- Codes ------------------------------------------------------------------------------------------- */

/* Everything on the table, each turned a little, is read from one picture, and once. */
static void
test_codes (void)
{
  g_autofree char *folder = wb_test_folder ();
  g_autoptr(WbTestScene) scene = wb_test_scene_new (1280, 720, 0.62, 0.55, 0.45);
  g_autofree char *path = NULL;
  g_autofree char *source = NULL;
  Owner owner;

  wb_test_scene_add_code (scene, BARCODE_EANX, FALSE, "4006381333931", 300, 180, 3, 7);
  wb_test_scene_add_code (scene, BARCODE_CODE128, FALSE, "WB:PHOTO", 900, 160, 3, -10);
  wb_test_scene_add_code (scene, BARCODE_GS1_128, TRUE, "[01]09521234543213[10]AB-12", 640, 400, 3, 2);
  wb_test_scene_add_code (scene, BARCODE_QRCODE, FALSE, "https://example.com/01/09521234543213", 220, 560, 5, 15);
  wb_test_scene_add_code (scene, BARCODE_CODE39, FALSE, "A-04-2", 900, 600, 3, 0);
  path = wb_test_scene_save (scene, folder, "table.png");
  source = wb_test_scene_source (path);
  own (&owner, source);
  set (&owner, "codes", "on");
  open_camera (&owner);
  wb_test_wait_until (owner.scans->len >= 5);
  g_assert_true (has_scan (&owner, "]E04006381333931"));
  g_assert_true (has_scan (&owner, "]C0WB:PHOTO"));
  g_assert_true (has_scan (&owner, "]C10109521234543213" "10AB-12"));
  g_assert_true (has_scan (&owner, "]Q1https://example.com/01/09521234543213"));
  g_assert_true (has_scan (&owner, "]A0A-04-2"));

  /* they stay where they are: nothing more is told, however often they are seen */
  wb_camera_watch (WB_CAMERA (owner.camera));
  wb_test_wait_until (owner.n_frames >= 12);
  g_assert_cmpuint (owner.scans->len, ==, 5);
  disown (&owner);
}

/* What comes back into view counts again. */
static void
test_comes_back (void)
{
  g_autofree char *folder = wb_test_folder ();
  g_autofree char *with = save_scene (folder, "view-0.png", 0.6, 0.6, 0.6, "4006381333931");
  g_autofree char *without = save_scene (folder, "view-1.png", 0.6, 0.6, 0.6, NULL);
  g_autofree char *source = g_strdup_printf ("multifilesrc location=\"%s/view-%%d.png\" start-index=0 stop-index=1 loop=true "
                                             "caps=image/png,framerate=2/1 ! pngdec", folder);
  Owner owner;

  own (&owner, source);
  set (&owner, "codes", "on");
  set (&owner, "repeat-ms", "200");
  open_camera (&owner);
  wb_test_wait_until (owner.scans->len >= 3);
  for (guint i = 0; i < owner.scans->len; i++)
    g_assert_cmpstr (g_ptr_array_index (owner.scans, i), ==, "]E04006381333931");
  disown (&owner);
}

/* Unless somebody says so, what lies in view is not scanned. */
static void
test_codes_off (void)
{
  g_autofree char *folder = wb_test_folder ();
  g_autofree char *path = save_scene (folder, "code.png", 0.6, 0.6, 0.6, "4006381333931");
  g_autofree char *source = wb_test_scene_source (path);
  Owner owner;

  own (&owner, source);
  wb_camera_watch (WB_CAMERA (owner.camera));
  open_camera (&owner);
  wb_test_wait_until (owner.n_frames >= 10);
  g_assert_cmpuint (owner.scans->len, ==, 0);
  disown (&owner);
}

/* ---- Pictures ------------------------------------------------------------------------------------------ */

static void
assert_colour (const guint8 *pixel, guint red, guint green, guint blue)
{
  g_assert_cmpint (ABS ((int) pixel[0] - (int) red), <, 12);
  g_assert_cmpint (ABS ((int) pixel[1] - (int) green), <, 12);
  g_assert_cmpint (ABS ((int) pixel[2] - (int) blue), <, 12);
}

static void
test_live (void)
{
  g_autofree char *folder = wb_test_folder ();
  g_autofree char *path = save_scene (folder, "orange.png", 1.0, 0.5, 0.0, NULL);
  g_autofree char *source = wb_test_scene_source (path);
  const WbFrame *frame = NULL;
  Owner owner;

  own (&owner, source);
  open_camera (&owner);
  g_assert_null (wb_camera_get_frame (WB_CAMERA (owner.camera)));
  wb_camera_watch (WB_CAMERA (owner.camera));
  wb_test_wait_until (owner.n_frames > 0);
  frame = wb_camera_get_frame (WB_CAMERA (owner.camera));
  g_assert_cmpuint (frame->width, ==, 640);
  g_assert_cmpuint (frame->height, ==, 360);
  g_assert_cmpuint (g_bytes_get_size (frame->pixels), >=, frame->stride * frame->height);
  assert_colour ((const guint8 *) g_bytes_get_data (frame->pixels, NULL) + 200 * frame->stride + 300 * 4, 255, 128, 0);
  wb_camera_unwatch (WB_CAMERA (owner.camera));
  g_assert_null (wb_camera_get_frame (WB_CAMERA (owner.camera)));
  disown (&owner);
}

/* The markers of a JPEG up to the picture itself. */
static void
assert_no_metadata (GBytes *jpeg)
{
  gsize length = 0;
  const guint8 *bytes = g_bytes_get_data (jpeg, &length);
  gsize at = 2;

  g_assert_cmphex (bytes[0] << 8 | bytes[1], ==, 0xffd8);
  while (at + 4 < length && bytes[at + 1] != 0xda)
    {
      guint8 marker = bytes[at + 1];

      g_assert_cmphex (bytes[at], ==, 0xff);
      g_assert_cmphex (marker, !=, 0xfe);                       /* a comment */
      g_assert_false (marker >= 0xe1 && marker <= 0xef);        /* Exif, XMP, ICC … */
      at += 2 + ((gsize) bytes[at + 2] << 8 | bytes[at + 3]);
    }
  g_assert_cmphex (bytes[at + 1], ==, 0xda);
}

static WbPhoto *
take_photo (Owner *owner)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  WbPhoto *photo = NULL;

  wb_camera_take_photo_async (WB_CAMERA (owner->camera), NULL, wb_test_store_result, &result);
  wb_test_await (result);
  photo = wb_camera_take_photo_finish (WB_CAMERA (owner->camera), result, &error);
  g_assert_no_error (error);
  return photo;
}

static GdkPixbuf *
decode (const WbPhoto *photo)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_type ("jpeg", &error);
  GdkPixbuf *picture = NULL;

  g_assert_no_error (error);
  g_assert_true (gdk_pixbuf_loader_write_bytes (loader, photo->jpeg, NULL) && gdk_pixbuf_loader_close (loader, NULL));
  picture = g_object_ref (gdk_pixbuf_loader_get_pixbuf (loader));
  g_assert_cmpint (gdk_pixbuf_get_width (picture), ==, (int) photo->width);
  g_assert_cmpint (gdk_pixbuf_get_height (picture), ==, (int) photo->height);
  return picture;
}

static void
test_photo (void)
{
  g_autofree char *folder = wb_test_folder ();
  g_autofree char *path = save_scene (folder, "green.png", 0.0, 0.6, 0.2, NULL);
  g_autofree char *source = wb_test_scene_source (path);
  g_autoptr(WbPhoto) photo = NULL;
  g_autoptr(GdkPixbuf) picture = NULL;
  g_autofree char *digest = NULL;
  gint64 before_us = g_get_real_time ();
  Owner owner;

  own (&owner, source);
  set (&owner, "photo-edge", "1024");
  set (&owner, "photo-quality", "90");
  open_camera (&owner);
  photo = take_photo (&owner);
  g_assert_cmpuint (photo->width, ==, 1024);
  g_assert_cmpuint (photo->height, ==, 576);
  g_assert_cmpint (photo->at_us, >=, before_us);
  digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, photo->jpeg);
  g_assert_cmpstr (photo->sha256, ==, digest);
  assert_no_metadata (photo->jpeg);
  picture = decode (photo);
  assert_colour (gdk_pixbuf_read_pixels (picture) + 300 * gdk_pixbuf_get_rowstride (picture) + 500 * 3, 0, 153, 51);
  disown (&owner);
}

/* A camera that hangs the other way round. */
static void
test_turned (void)
{
  g_autofree char *folder = wb_test_folder ();
  g_autofree char *path = save_scene (folder, "table.png", 0.5, 0.5, 0.5, "4006381333931");
  g_autofree char *source = wb_test_scene_source (path);
  g_autoptr(WbPhoto) photo = NULL;
  Owner owner;

  own (&owner, source);
  set (&owner, "codes", "on");
  set (&owner, "turn", "right");
  set (&owner, "photo-edge", "2048");
  open_camera (&owner);
  photo = take_photo (&owner);
  g_assert_cmpuint (photo->width, ==, 720);
  g_assert_cmpuint (photo->height, ==, 1280);
  wb_test_wait_until (owner.scans->len == 1);
  disown (&owner);
}

static void
test_several (void)
{
  g_autofree char *folder = wb_test_folder ();
  g_autofree char *one = save_scene (folder, "one.png", 0.6, 0.6, 0.6, "4006381333931");
  g_autofree char *two = save_scene (folder, "two.png", 0.6, 0.6, 0.6, "9638507");
  g_autofree char *one_source = wb_test_scene_source (one);
  g_autofree char *two_source = wb_test_scene_source (two);
  Owner first;
  Owner second;

  own (&first, one_source);
  own (&second, two_source);
  set (&first, "codes", "on");
  set (&second, "codes", "on");
  open_camera (&first);
  open_camera (&second);
  wb_test_wait_until (first.scans->len > 0 && second.scans->len > 0);
  g_assert_true (has_scan (&first, "]E04006381333931"));
  g_assert_true (has_scan (&second, "]E496385074"));
  g_assert_finalize_object (first.camera);
  g_ptr_array_unref (first.scans);
  disown (&second);
}

/* ---- Trouble ------------------------------------------------------------------------------------------- */

static void
test_trouble (void)
{
  static const struct
  {
    const char *source;
    const char *says;
  } cases[] = {
    { "v4l2src device=/dev/video-that-is-not-there", "is not there: plug it in" },
    { "nosuchelement", "gstreamer1.0-plugins-good" },
    { "videotestsrc ! ! video", "does not understand" },
    { "videotestsrc num-buffers=0", "sends nothing more" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GAsyncResult) result = NULL;
      g_autoptr(GError) error = NULL;
      Owner owner;

      g_test_message ("%s", cases[i].source);
      own (&owner, cases[i].source);
      wb_device_open (owner.camera);
      wb_test_wait_until (wb_device_get_state (owner.camera) == WB_DEVICE_STATE_TROUBLE);
      g_test_message ("%s", wb_device_get_message (owner.camera));
      g_assert_nonnull (strstr (wb_device_get_message (owner.camera), cases[i].says));
      wb_camera_take_photo_async (WB_CAMERA (owner.camera), NULL, wb_test_store_result, &result);
      wb_test_await (result);
      g_assert_null (wb_camera_take_photo_finish (WB_CAMERA (owner.camera), result, &error));
      g_assert_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_OFFLINE);
      g_clear_object (&result);
      disown (&owner);
    }
}

/* A source comes from a station's profile, which any packer may change: what writes, sends or plays is not begun. */
static void
test_harmless (void)
{
  static const char *const sources[] = {
    "videotestsrc num-buffers=3 ! tee name=t t. ! queue ! filesink location=\"%s\" t.",
    "( fakesrc num-buffers=3 ! filesink location=\"%s\" ) videotestsrc",
    "fakesrc num-buffers=3 ! filesink location=\"%s\" videotestsrc",
    "videotestsrc num-buffers=3 ! fdsink fd=2 name=\"%s\" videotestsrc",
  };
  g_autofree char *folder = wb_test_folder ();
  g_autofree char *file = g_build_filename (folder, "written", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      g_auto(GStrv) parts = g_strsplit (sources[i], "%s", 2);
      g_autofree char *source = g_strconcat (parts[0], file, parts[1], NULL);
      Owner owner;

      g_test_message ("%s", source);
      own (&owner, source);
      wb_device_open (owner.camera);
      wb_test_wait_until (wb_device_get_state (owner.camera) == WB_DEVICE_STATE_TROUBLE);
      g_test_message ("%s", wb_device_get_message (owner.camera));
      g_assert_nonnull (strstr (wb_device_get_message (owner.camera), "is not used with"));
      disown (&owner);
      g_assert_false (g_file_test (file, G_FILE_TEST_EXISTS));
    }
}

/* It stops, says so, and is back by itself; a photo that was asked for meanwhile is not silently forgotten. */
static void
test_recovers (void)
{
  g_autofree char *folder = wb_test_folder ();
  g_autofree char *path = g_build_filename (folder, "later.png", NULL);
  g_autofree char *saved = NULL;
  g_autofree char *source = g_strdup_printf ("filesrc location=\"%s\" ! pngdec ! imagefreeze num-buffers=6 ! "
                                             "video/x-raw,framerate=15/1", path);
  Owner owner;

  own (&owner, source);
  set (&owner, "codes", "on");
  wb_device_open (owner.camera);
  wb_test_wait_until (wb_device_get_state (owner.camera) == WB_DEVICE_STATE_TROUBLE);
  saved = save_scene (folder, "later.png", 0.6, 0.6, 0.6, "4006381333931");
  wb_test_wait_until (wb_device_get_state (owner.camera) == WB_DEVICE_STATE_READY);
  g_assert_cmpstr (wb_device_get_message (owner.camera), ==, "");
  wb_test_wait_until (owner.scans->len > 0);
  wb_test_wait_until (wb_device_get_state (owner.camera) == WB_DEVICE_STATE_TROUBLE);
  wb_test_wait_until (wb_device_get_state (owner.camera) == WB_DEVICE_STATE_READY);
  wb_device_close (owner.camera);
  g_assert_cmpint (wb_device_get_state (owner.camera), ==, WB_DEVICE_STATE_CLOSED);
  disown (&owner);
}

/* Closed while somebody waits for a photo: an answer comes all the same. */
static void
test_closed_meanwhile (void)
{
  g_autofree char *folder = wb_test_folder ();
  g_autofree char *path = save_scene (folder, "table.png", 0.5, 0.5, 0.5, NULL);
  g_autofree char *source = wb_test_scene_source (path);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(WbPhoto) photo = NULL;
  g_autoptr(GError) error = NULL;
  Owner owner;

  own (&owner, source);
  open_camera (&owner);
  wb_camera_take_photo_async (WB_CAMERA (owner.camera), NULL, wb_test_store_result, &result);
  wb_device_close (owner.camera);
  wb_test_await (result);
  photo = wb_camera_take_photo_finish (WB_CAMERA (owner.camera), result, &error);
  g_assert_true (photo != NULL || g_error_matches (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_OFFLINE));
  g_clear_object (&result);
  disown (&owner);
}

/* ---- Finding them --------------------------------------------------------------------------------------- */

/* Plugs cameras in and out below GStreamer's device monitor, where V4L2's provider does it at a bench. */
typedef struct
{
  GstDeviceProvider parent;
} WbTestProvider;
typedef GstDeviceProviderClass WbTestProviderClass;

typedef struct
{
  GstDevice parent;
} WbTestVideo;
typedef GstDeviceClass WbTestVideoClass;

static GType wb_test_provider_get_type (void);
static GType wb_test_video_get_type (void);
G_DEFINE_TYPE (WbTestProvider, wb_test_provider, GST_TYPE_DEVICE_PROVIDER)
G_DEFINE_TYPE (WbTestVideo, wb_test_video, GST_TYPE_DEVICE)

static GstDeviceProvider *provider = NULL; /* borrowed: while it is started */

static gboolean
provider_start (GstDeviceProvider *self)
{
  g_atomic_pointer_set (&provider, self);
  return TRUE;
}

static void
provider_stop (GstDeviceProvider *self)
{
  g_atomic_pointer_set (&provider, NULL);
}

static void
wb_test_provider_class_init (WbTestProviderClass *class)
{
  class->start = provider_start;
  class->stop = provider_stop;
  gst_device_provider_class_set_static_metadata (class, "Test provider", "Source/Video", "Plugs in cameras", "Waybill");
}

static void
wb_test_provider_init (WbTestProvider *self)
{
}

static void
wb_test_video_class_init (WbTestVideoClass *class)
{
}

static void
wb_test_video_init (WbTestVideo *self)
{
}

static GstDevice *
plug (const char *name, const char *path, const char *serial)
{
  g_autoptr(GstCaps) caps = gst_caps_new_empty_simple ("video/x-raw");
  g_autoptr(GstStructure) facts = gst_structure_new ("properties", "device.path", G_TYPE_STRING, path, "device.serial",
                                                     G_TYPE_STRING, serial, NULL);
  GstDevice *device = g_object_new (wb_test_video_get_type (), "display-name", name, "caps", caps, "device-class", "Video/Source",
                                    "properties", facts, NULL);

  gst_device_provider_device_add (provider, device);
  return device;
}

static void
test_found (void)
{
  g_autoptr(WbDeviceHub) hub = wb_device_hub_new ();
  g_autoptr(WbDeviceBackend) backend = wb_camera_backend_new ();
  g_autoptr(WbDeviceHub) list = wb_device_hub_new ();
  g_autoptr(WbDeviceBackend) other = NULL;
  WbDevice *camera = NULL;
  GstDevice *plugged = NULL;

  g_assert_true (_wb_media_init (NULL));
  g_assert_true (gst_device_provider_register (NULL, "wbtestprovider", GST_RANK_PRIMARY, wb_test_provider_get_type ()));
  wb_camera_backend_add_source (WB_CAMERA_BACKEND (backend), "Door", "videotestsrc is-live=true");
  wb_device_hub_add_backend (hub, backend);
  wb_device_hub_start (hub);
  camera = wb_device_hub_find (hub, "camera:Door");
  g_assert_nonnull (camera);
  g_assert_cmpint (wb_device_get_kind (camera), ==, WB_DEVICE_KIND_CAMERA);
  wb_device_open (camera);
  wb_test_wait_until (wb_device_get_state (camera) == WB_DEVICE_STATE_READY);
  wb_device_close (camera);

  wb_test_wait_until (g_atomic_pointer_get (&provider) != NULL);
  /* what it says of itself is text */
  plugged = plug ("Over\x1bhead\n", "/dev/video-that-is-not-there", "SN1\r\n");
  wb_test_wait_until ((camera = wb_device_hub_find (hub, "camera:SN1")) != NULL);
  g_assert_cmpstr (wb_device_get_name (camera), ==, "Over head");
  wb_device_open (camera);
  wb_test_wait_until (wb_device_get_state (camera) == WB_DEVICE_STATE_TROUBLE);
  g_object_ref (camera);
  gst_device_provider_device_remove (provider, plugged);
  wb_test_wait_until (wb_device_get_state (camera) == WB_DEVICE_STATE_GONE);
  wb_device_close (camera);

  /* who lists what is there can wait until all of it was told */
  plug ("Table", "/dev/video-that-is-not-there", "SN2");
  other = wb_camera_backend_new ();
  wb_device_hub_add_backend (list, other);
  g_assert_false (wb_camera_backend_is_looking (WB_CAMERA_BACKEND (other)));
  wb_device_hub_start (list);
  g_assert_true (wb_camera_backend_is_looking (WB_CAMERA_BACKEND (other)));
  wb_test_wait_until (!wb_camera_backend_is_looking (WB_CAMERA_BACKEND (other)));
  g_assert_nonnull (wb_device_hub_find (list, "camera:SN2"));
  wb_device_hub_stop (list);
  g_object_unref (camera);
  g_assert_null (wb_device_hub_find (hub, "camera:SN1"));

  wb_device_hub_stop (hub);
  wb_test_wait_until (g_atomic_pointer_get (&provider) == NULL);
  wb_test_wait_until (_wb_media_count () == 0);
}

int
main (int argc, char **argv)
{
  int status = 0;

  wb_test_init (&argc, &argv);

  g_test_add_func ("/camera/codes", test_codes);
  g_test_add_func ("/camera/codes-off", test_codes_off);
  g_test_add_func ("/camera/comes-back", test_comes_back);
  g_test_add_func ("/camera/live", test_live);
  g_test_add_func ("/camera/photo", test_photo);
  g_test_add_func ("/camera/turned", test_turned);
  g_test_add_func ("/camera/several", test_several);
  g_test_add_func ("/camera/trouble", test_trouble);
  g_test_add_func ("/camera/harmless", test_harmless);
  g_test_add_func ("/camera/recovers", test_recovers);
  g_test_add_func ("/camera/closed-meanwhile", test_closed_meanwhile);
  g_test_add_func ("/camera/found", test_found);
  status = g_test_run ();
  gst_deinit ();
  return status;
}
