/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known about models of devices: the files that are built in, and files of the machine. */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core/wb-label-templates.h"
#include "devices/wb-device-model.h"
#include "devices/wb-roll-model.h"
#include "devices/wb-scale-protocol.h"
#include "devices/wb-scale-serial.h"
#include "devices/wb-scanner-evdev.h"
#include "devices/wb-scanner-serial.h"
#include "tests/wb-test.h"

/* A device that the driver of that name would make, to try options at. */
static WbDevice *
make_device (const WbDeviceModel *model)
{
  if (strcmp (model->driver, "serial-scanner") == 0)
    return wb_scanner_serial_new ("/dev/null", "id", "name");
  if (strcmp (model->driver, "evdev-scanner") == 0)
    return wb_scanner_evdev_new ("/dev/null", "id", "name");
  if (wb_scale_protocol_find (model->driver) != NULL)
    return wb_scale_serial_new (wb_scale_protocol_find (model->driver), "/dev/null", "id", "name");
  return NULL;
}

static void
test_built_in (void)
{
  static const char *const drivers[] = { "hid-scanner", "hid-scale", "serial-scanner", "evdev-scanner", "serial-sics", "serial-8217",
                                         "acr122_usb", "pn53x_usb", NULL };
  g_autoptr(WbDeviceModels) models = wb_device_models_new ();
  g_autoptr(GHashTable) matches = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *all = wb_device_models_get (models);

  g_assert_null (wb_device_models_get_problems (models)[0]);
  g_assert_cmpuint (all->len, >, 8);
  for (guint i = 0; i < all->len; i++)
    {
      const WbDeviceModel *model = g_ptr_array_index (all, i);
      g_autoptr(WbDevice) device = make_device (model);

      g_test_message ("%s", model->file);
      g_assert_true (g_strv_contains (drivers, model->driver));
      /* two files must not speak for the same device */
      for (guint k = 0; model->matches[k] != NULL; k++)
        g_assert_true (g_hash_table_add (matches, model->matches[k]));
      /* an option that the driver does not have is warned of, which fails here */
      if (device != NULL)
        {
          g_assert_cmpint (wb_device_get_kind (device), ==, model->kind);
          wb_device_model_apply (model, device);
        }
    }
}

static void
test_find (void)
{
  g_autoptr(WbDeviceModels) models = wb_device_models_new ();

  g_assert_cmpstr (wb_device_models_find_usb (models, 0x0922, 0x8003, 0x8d)->name, ==, "Dymo shipping scale");
  g_assert_cmpstr (wb_device_models_find_usb (models, 0x0eb8, 0x1234, 0x8d)->name, ==, "Mettler Toledo scale");
  g_assert_cmpstr (wb_device_models_find_usb (models, 0x4242, 0x4242, 0x8c)->name, ==, "Barcode scanner");
  g_assert_null (wb_device_models_find_usb (models, 0x4242, 0x4242, 0));
  g_assert_null (wb_device_models_find_usb (models, 0x4242, 0x4242, 0x01));
}

static void
test_wrong (void)
{
  static const struct
  {
    const char *text;
    const char *says;
  } cases[] = {
    { "", "Name" },
    { "Name=without a group", "group" },
    { "[Device]\nName=A\nKind=scanner\nDriver=x\n", "Match" },
    { "[Device]\nName=A\nKind=teapot\nDriver=x\nMatch=hid:8c\n", "teapot" },
    { "[Device]\nName=A\nKind=scale\nDriver=x\nMatch=usb:12:34\n", "usb:12:34" },
    { "[Device]\nName=A\nKind=scale\nDriver=x\nMatch=usb:12345:1234\n", "usb:12345:1234" },
    { "[Device]\nName=A\nKind=scale\nDriver=x\nMatch=hid:8d;bluetooth:1\n", "bluetooth:1" },
    { "[Device]\nName=A\nKind=scale\nDriver=x\nMatch=hid:8d\n[Extras]\n", "Extras" },
    { "[Device]\nName= \nKind=scale\nDriver=x\nMatch=hid:8d\n", "Name" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(WbDeviceModel) model = wb_device_model_parse (cases[i].text, strlen (cases[i].text), "mine.device", &error);

      g_assert_null (model);
      g_assert_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED);
      g_assert_true (g_str_has_prefix (error->message, "mine.device: "));
      g_assert_nonnull (strstr (error->message, cases[i].says));
    }
}

/* Files of the machine go before those that are built in; one that is wrong is told of and passed over. */
static void
test_own (void)
{
  static const char own[] = "[Device]\nName=Our scale\nKind=scale\nDriver=hid-scale\nMatch=usb:0922:8003\n[Options]\nquiet-ms=50\n";
  g_autofree char *folder = g_dir_make_tmp ("wb-test-model-XXXXXX", NULL);
  g_autofree char *good = g_build_filename (folder, "ours.device", NULL);
  g_autofree char *bad = g_build_filename (folder, "broken.device", NULL);
  g_autoptr(WbDeviceModels) models = NULL;
  const WbDeviceModel *model = NULL;

  g_assert_true (g_file_set_contents (good, own, -1, NULL));
  g_assert_true (g_file_set_contents (bad, "[Device", -1, NULL));
  g_setenv ("WAYBILL_DEVICE_PATH", folder, TRUE);
  models = wb_device_models_new ();
  g_unsetenv ("WAYBILL_DEVICE_PATH");
  model = wb_device_models_find_usb (models, 0x0922, 0x8003, 0x8d);
  g_assert_cmpstr (model->name, ==, "Our scale");
  g_assert_cmpstr (g_hash_table_lookup (model->options, "quiet-ms"), ==, "50");
  g_assert_nonnull (strstr (wb_device_models_get_problems (models)[0], "broken.device"));
  g_assert_null (wb_device_models_get_problems (models)[1]);
  g_unlink (good);
  g_unlink (bad);
  g_rmdir (folder);
}

/* ---- Rolls ------------------------------------------------------------------------------------- */

static gboolean
has_roll (GPtrArray *rolls, const WbLabel *label)
{
  for (guint i = 0; i < rolls->len; i++)
    {
      const WbLabelMedia *media = &((const WbRollModel *) g_ptr_array_index (rolls, i))->media;

      if (media->feed == WB_LABEL_FEED_GAP && ABS ((int) media->width_um - (int) label->width_um) <= 500 &&
          ABS ((int) media->height_um - (int) label->height_um) <= 500)
        return TRUE;
    }
  return FALSE;
}

/* All are right, none twice, and there is one for each label that comes with the program. */
static void
test_rolls (void)
{
  g_auto(GStrv) problems = NULL;
  g_autoptr(GPtrArray) rolls = wb_roll_models_new (&problems);
  g_autoptr(WbLabelTemplates) templates = wb_label_templates_new (NULL);
  g_autoptr(GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  static const char *const labels[] = { "shipping", "product", "location", "tote", "badge", "return", "test" };

  g_assert_cmpuint (g_strv_length (problems), ==, 0);
  g_assert_cmpuint (rolls->len, >=, 8);
  for (guint i = 0; i < rolls->len; i++)
    g_assert_true (g_hash_table_add (names, ((const WbRollModel *) g_ptr_array_index (rolls, i))->name));
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      const WbLabelTemplate *template = wb_label_templates_find (templates, labels[i]);
      g_autoptr(WbLabelValues) values = wb_label_document_sample (wb_label_template_get_document (template));
      g_autoptr(WbLabel) label = wb_label_template_layout (template, values, NULL);

      g_test_message ("%s", labels[i]);
      g_assert_true (has_roll (rolls, label));
    }
}

static void
test_roll_wrong (void)
{
  static const struct
  {
    const char *text;
    const char *says;
  } cases[] = {
    { "", "Name" },
    { "Name=without a group", "group" },
    { "[Media]\nFeed=gap\nWidth=100\nHeight=50\nGap=3\n", "Name" },
    { "[Media]\nName=A\nFeed=gap\nWidth=100\nHeight=50\n", "gap 100x50" },
    { "[Media]\nName=A\nFeed=hole\nWidth=100\nHeight=50\nGap=3\n", "hole" },
    { "[Media]\nName=A\nFeed=continuous\nWidth=100\nHeight=50\n", "continuous" },
    { "[Media]\nName=A\nFeed=gap\nWidth=1000\nHeight=50\nGap=3\n", "fits no label printer" },
    { "[Media]\nName=A\nFeed=continuous\nWidth=80\nColour=red\n", "Colour" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(WbRollModel) roll = wb_roll_model_parse (cases[i].text, strlen (cases[i].text), "mine.media", &error);

      g_assert_null (roll);
      g_assert_error (error, WB_DEVICE_ERROR, WB_DEVICE_ERROR_REFUSED);
      g_assert_true (g_str_has_prefix (error->message, "mine.media: "));
      g_assert_nonnull (strstr (error->message, cases[i].says));
    }
}

/* One of the machine is one more; the same size under another name takes the place of what is built in. */
static void
test_roll_own (void)
{
  static const char own[] = "[Media]\nName=Ours\nFeed=mark\nWidth=90\nHeight=40\nGap=5\n";
  static const char same[] = "[Media]\nName=The usual ones\nFeed=gap\nWidth=101.6\nHeight=152.4\nGap=3\n";
  g_autofree char *folder = g_dir_make_tmp ("wb-test-model-XXXXXX", NULL);
  char *files[] = { g_build_filename (folder, "a.media", NULL), g_build_filename (folder, "b.media", NULL) };
  g_autoptr(GPtrArray) before = wb_roll_models_new (NULL);
  g_autoptr(GPtrArray) rolls = NULL;
  gboolean found = FALSE;

  g_assert_true (g_file_set_contents (files[0], own, -1, NULL));
  g_assert_true (g_file_set_contents (files[1], same, -1, NULL));
  g_setenv ("WAYBILL_DEVICE_PATH", folder, TRUE);
  rolls = wb_roll_models_new (NULL);
  g_unsetenv ("WAYBILL_DEVICE_PATH");
  g_assert_cmpuint (rolls->len, ==, before->len + 1);
  for (guint i = 0; i < rolls->len; i++)
    {
      const WbRollModel *roll = g_ptr_array_index (rolls, i);

      g_assert_cmpstr (roll->name, !=, "4 × 6 in");
      found = found || g_str_equal (roll->name, "The usual ones");
    }
  g_assert_true (found);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_unlink (files[i]);
      g_free (g_steal_pointer (&files[i]));
    }
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);

  g_test_add_func ("/model/built-in", test_built_in);
  g_test_add_func ("/model/find", test_find);
  g_test_add_func ("/model/wrong", test_wrong);
  g_test_add_func ("/model/own", test_own);
  g_test_add_func ("/model/rolls", test_rolls);
  g_test_add_func ("/model/roll-wrong", test_roll_wrong);
  g_test_add_func ("/model/roll-own", test_roll_own);
  return g_test_run ();
}
