/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-error.h"
#include "core/wb-station-profile.h"
#include "tests/wb-test.h"

/* ---- Reading ------------------------------------------------------------------------------------- */

static void
test_read (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbStationProfile) profile = wb_station_profile_parse (
      "{\"sounds\": false, \"voice\": {\"wake\": [\"hey\", 1.50, null, true]},\n"
      " \"devices\": [{\"id\": \"usb:0c2e:0b61:X\", \"kind\": \"scanner\", \"name\": \"Left\", \"since\": 7},\n"
      "  {\"id\": \"serial:/dev/ttyS0\", \"kind\": \"scale\", \"driver\": \"serial-sics\", \"used\": false, \"role\": \"badge\",\n"
      "   \"options\": {\"baud\": \"9600\"}}],\n"
      " \"documents\": {\"label\": {\"printer\": \"Zebra\", \"language\": \"zpl\", \"dpi\": 300, \"tray\": \"top\",\n"
      "                               \"media\": \"mark 100x50 4\"},\n"
      "                 \"paper\": {\"printer\": \"Laser\"}}}", &error);
  const WbStationDevice *device = NULL;
  const WbStationRoute *route = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (wb_station_profile_get_devices (profile)->len, ==, 2);
  device = wb_station_profile_find_device (profile, "usb:0c2e:0b61:X");
  g_assert_cmpstr (device->name, ==, "Left");
  g_assert_cmpstr (device->role, ==, WB_STATION_ROLE_ANY);
  g_assert_true (device->is_used);
  device = wb_station_profile_find_device (profile, "serial:/dev/ttyS0");
  g_assert_false (device->is_used);
  g_assert_cmpstr (device->driver, ==, "serial-sics");
  g_assert_cmpstr (device->role, ==, WB_STATION_ROLE_BADGE);
  g_assert_cmpstr (g_hash_table_lookup (device->options, "baud"), ==, "9600");
  g_assert_null (wb_station_profile_find_device (profile, "usb:0000:0000:"));
  route = wb_station_profile_get_route (profile, WB_STATION_DOCUMENT_LABEL);
  g_assert_cmpstr (route->printer, ==, "Zebra");
  g_assert_cmpuint (route->dpi, ==, 300);
  g_assert_cmpstr (route->tray, ==, "top");
  g_assert_cmpstr (route->media, ==, "mark 100x50 4");
  /* what has no place of its own goes where its kin do */
  g_assert_true (wb_station_profile_get_route (profile, WB_STATION_DOCUMENT_TEST) == route);
  g_assert_cmpstr (wb_station_profile_get_route (profile, WB_STATION_DOCUMENT_PICK_LIST)->printer, ==, "Laser");
  g_assert_null (wb_station_profile_find_route (profile, WB_STATION_DOCUMENT_PICK_LIST));
  g_assert_null (wb_station_profile_get_route (profile, "invoice"));
  g_assert_false (wb_station_profile_get_sounds (profile));
  g_assert_cmpstr (wb_station_profile_get_other (profile, "voice"), ==, "{\"wake\": [\"hey\", 1.50, null, true]}");
}

/* One profile is one text, whoever wrote it; what a newer version put there stays. */
static void
test_write (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbStationProfile) profile = wb_station_profile_parse (
      "{ \"z\":1,\"documents\":{\"test\":{\"printer\":\"\"},\"label\":{\"dpi\":203,\"copies\":2,\"printer\":\"Z\"}},"
      "\"a\":[ ],\"devices\":[{\"since\":{\"x\":1},\"id\":\"a\",\"used\":true,\"options\":{\"b\":\"2\",\"a\":\"1\"}}]}", &error);
  g_autoptr (WbStationProfile) copy = NULL;
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = wb_station_profile_to_json (profile);
  g_assert_cmpstr (text, ==,
                   "{\"devices\": [{\"id\": \"a\", \"role\": \"any\", \"options\": {\"a\": \"1\", \"b\": \"2\"}, \"since\": {\"x\": 1}}], "
                   "\"documents\": {\"label\": {\"printer\": \"Z\", \"dpi\": 203, \"copies\": 2}, \"test\": {\"printer\": \"\"}}, "
                   "\"a\": [], \"z\": 1}");
  copy = wb_station_profile_copy (profile);
  g_assert_true (wb_station_profile_equal (profile, copy));
  wb_station_device_set_option (wb_station_profile_ensure_device (copy, "a"), "a", NULL);
  g_assert_false (wb_station_profile_equal (profile, copy));
}

static void
test_empty (void)
{
  g_autoptr (WbStationProfile) profile = wb_station_profile_parse ("{}", NULL);
  g_autofree char *text = wb_station_profile_to_json (profile);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (text, ==, "{}");
  g_assert_true (wb_station_profile_is_empty (profile));
  g_assert_true (wb_station_profile_get_sounds (profile));
  g_assert_false (wb_station_profile_set_other (profile, "devices", "[]", &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (wb_station_profile_set_other (profile, "voice", "{", &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_assert_true (wb_station_profile_is_empty (profile));
  g_assert_true (wb_station_profile_set_other (profile, "voice", "true", NULL));
  g_assert_false (wb_station_profile_is_empty (profile));
}

/* What is wrong is refused with its place and in words. */
static void
test_wrong (void)
{
  static const struct
  {
    const char *text;
    const char *words;
  } cases[] = {
    { "", "" },
    { "[]", "line 1, column 1: a station's profile is an object" },
    { "{\"devices\": {}}", "“devices” is a list" },
    { "{\"devices\": [7]}", "a device has an “id”" },
    { "{\"devices\": [{\"name\": \"x\"}]}", "a device has an “id”" },
    { "{\"devices\": [{\"id\": \"\"}]}", "a device has an “id”" },
    { "{\"devices\": [{\"id\": 5}]}", "“id” is a text" },
    { "{\"devices\":\n [{\"id\": \"a\"}, {\"id\": \"a\"}]}", "line 2, column 23: the device “a” is there twice" },
    { "{\"devices\": [{\"id\": \"a\", \"used\": 1}]}", "“used” is true or false" },
    { "{\"devices\": [{\"id\": \"a\", \"options\": []}]}", "“options” are texts by name" },
    { "{\"devices\": [{\"id\": \"a\", \"options\": {\"baud\": 9600}}]}", "“baud” is a text" },
    { "{\"documents\": []}", "“documents” says for each document where it comes out" },
    { "{\"documents\": {\"label\": \"Zebra\"}}", "the document “label” has a “printer”" },
    { "{\"documents\": {\"label\": {\"dpi\": \"203\"}}}", "“dpi” is a whole number from 0 to 2400" },
    { "{\"documents\": {\"label\": {\"media\": \"gap 100\"}}}", "“gap 100” says no roll of labels" },
    { "{\"documents\": {\"label\": {\"dpi\": -1}}}", "“dpi” is a whole number from 0 to 2400" },
    { "{\"documents\": {\"label\": {\"dpi\": 1e9}}}", "“dpi” is a whole number from 0 to 2400" },
    { "{\"documents\": {\"label\": {\"printer\": null}}}", "“printer” is a text" },
    { "{\"sounds\": \"yes\"}", "“sounds” is true or false" },
    { "{} {}", "" },
  };
  g_autofree char *much = g_strnfill (WB_STATION_PROFILE_MAX + 1, ' ');
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_null (wb_station_profile_parse (cases[i].text, &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
      if (strstr (error->message, cases[i].words) == NULL)
        g_error ("“%s”: “%s” does not say “%s”", cases[i].text, error->message, cases[i].words);
      g_clear_error (&error);
    }
  g_assert_null (wb_station_profile_parse (much, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_LIMIT);
}

/* ---- Whatever somebody sets ---------------------------------------------------------------------- */

static const char *const words[] = { "", "Zebra", "“naïve” \\ \" \n\t", "serial:/dev/ttyS0", "{}", "[{", "名前", "any", "," };

static const char *
pick_word (gboolean empty)
{
  return words[g_test_rand_int_range (empty ? 0 : 1, G_N_ELEMENTS (words))];
}

static void
change (WbStationProfile *profile)
{
  WbStationDevice *device = wb_station_profile_ensure_device (profile, pick_word (FALSE));
  WbStationRoute *route = wb_station_profile_ensure_route (profile, pick_word (TRUE));

  wb_station_device_set_text (&device->name, pick_word (TRUE));
  wb_station_device_set_text (&device->role, pick_word (FALSE));
  wb_station_device_set_text (&device->driver, pick_word (TRUE));
  wb_station_device_set_option (device, pick_word (TRUE), g_test_rand_bit () ? pick_word (TRUE) : NULL);
  device->is_used = g_test_rand_bit ();
  wb_station_device_set_text (&route->printer, pick_word (TRUE));
  wb_station_device_set_text (&route->language, pick_word (TRUE));
  route->dpi = (guint) g_test_rand_int_range (0, 2401);
  wb_station_device_set_text (&route->media, g_test_rand_bit () ? "continuous 80" : "");
  if (g_test_rand_bit ())
    wb_station_profile_set_sounds (profile, g_test_rand_bit ());
  if (g_test_rand_bit ())
    g_assert_true (wb_station_profile_set_other (profile, "voice", g_test_rand_bit () ? "{\"on\": true}" : NULL, NULL));
  if (g_test_rand_int_range (0, 4) == 0)
    wb_station_profile_remove_device (profile, pick_word (FALSE));
  if (g_test_rand_int_range (0, 4) == 0)
    wb_station_profile_remove_route (profile, pick_word (TRUE));
}

static void
test_round (void)
{
  for (guint round = 0; round < 500; round++)
    {
      g_autoptr (WbStationProfile) profile = wb_station_profile_new ();
      g_autoptr (WbStationProfile) again = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;

      for (int i = g_test_rand_int_range (0, 12); i > 0; i--)
        change (profile);
      text = wb_station_profile_to_json (profile);
      again = wb_station_profile_parse (text, &error);
      g_assert_no_error (error);
      g_assert_true (wb_station_profile_equal (profile, again));
      g_assert_cmpint (wb_station_profile_is_empty (profile), ==, wb_station_profile_is_empty (again));
    }
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);

  g_test_add_func ("/station-profile/read", test_read);
  g_test_add_func ("/station-profile/write", test_write);
  g_test_add_func ("/station-profile/empty", test_empty);
  g_test_add_func ("/station-profile/wrong", test_wrong);
  g_test_add_func ("/station-profile/whatever-is-set-comes-back", test_round);
  return g_test_run ();
}
