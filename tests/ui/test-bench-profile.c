/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a station is made of, as its benches and the office see it, and what is held to its NFC reader. */
#include "config.h"

#include <string.h>

#include "tests/ui/wb-test-bench.h"
#include "tests/wb-test.h"
#include "ui/wb-profile-keeper.h"

/* ── Profiles ────────────────────────────────────────────────────────────────────────────────── */

static WbProfileKeeper *
keep (WbDb *db, const char *folder, const char *station)
{
  WbProfileKeeper *keeper = wb_profile_keeper_new (db, folder);

  wb_profile_keeper_set_station (keeper, station);
  return keeper;
}

static void
call_it (WbProfileKeeper *keeper, const char *id, const char *name)
{
  g_autoptr (WbStationProfile) profile = wb_station_profile_copy (wb_profile_keeper_get_profile (keeper));

  wb_station_device_set_text (&wb_station_profile_ensure_device (profile, id)->name, name);
  wb_profile_keeper_set_profile (keeper, profile);
}

static const char *
get_name (WbProfileKeeper *keeper, const char *id)
{
  const WbStationDevice *device = wb_station_profile_find_device (wb_profile_keeper_get_profile (keeper), id);

  return device != NULL ? device->name : NULL;
}

/* What is set at one machine is there at another, at once, and nowhere but at that station. */
static void
test_follows (void)
{
  WbTestBenchShop shop = { 0 };
  g_autoptr (WbProfileKeeper) bench = NULL;
  g_autoptr (WbProfileKeeper) office = NULL;
  g_autoptr (WbProfileKeeper) other = NULL;

  if (!wb_test_bench_shop_open (&shop))
    return;
  bench = keep (shop.packer, NULL, "ST1");
  office = keep (shop.owner, NULL, "ST1");
  other = keep (shop.packer, NULL, "ST2");
  g_assert_false (wb_profile_keeper_is_known (bench));
  wb_test_wait_until (wb_profile_keeper_is_known (bench) && wb_profile_keeper_is_known (office) && wb_profile_keeper_is_known (other));
  g_assert_true (wb_station_profile_is_empty (wb_profile_keeper_get_profile (bench)));
  call_it (office, "usb:1:2:3", "Left");
  g_assert_cmpstr (get_name (office, "usb:1:2:3"), ==, "Left");
  wb_test_wait_until (g_strcmp0 (get_name (bench, "usb:1:2:3"), "Left") == 0);
  call_it (bench, "usb:1:2:3", "Right");
  call_it (bench, "serial:/dev/ttyS0", "Scale");
  wb_test_wait_until (wb_profile_keeper_is_written (bench));
  wb_test_wait_until (g_strcmp0 (get_name (office, "serial:/dev/ttyS0"), "Scale") == 0);
  g_assert_cmpstr (get_name (office, "usb:1:2:3"), ==, "Right");
  g_assert_true (wb_station_profile_is_empty (wb_profile_keeper_get_profile (other)));
  wb_profile_keeper_set_station (other, "ST1");
  g_assert_false (wb_profile_keeper_is_known (other));
  wb_test_wait_until (g_strcmp0 (get_name (other, "usb:1:2:3"), "Right") == 0);
  wb_profile_keeper_set_station (other, NULL);
  g_assert_null (get_name (other, "usb:1:2:3"));
  wb_test_bench_shop_close (&shop);
}

/* What a packer may not say, and what comes after somebody else, does not count, and that is told. */
static void
test_refused (void)
{
  WbTestBenchShop shop = { 0 };
  g_autoptr (WbProfileKeeper) bench = NULL;
  g_autoptr (WbStationProfile) profile = NULL;

  if (!wb_test_bench_shop_open (&shop))
    return;
  bench = keep (shop.packer, NULL, "ST1");
  wb_test_wait_until (wb_profile_keeper_is_known (bench));
  profile = wb_station_profile_new ();
  wb_station_profile_set_other (profile, "camera", "{\"keep\": true}", NULL);
  wb_profile_keeper_set_profile (bench, profile);
  wb_test_wait_until (wb_profile_keeper_get_trouble (bench) != NULL);
  g_assert_nonnull (strstr (wb_profile_keeper_get_trouble (bench), "is changed by a manager"));
  wb_test_wait_until (wb_profile_keeper_is_known (bench));
  g_assert_true (wb_station_profile_is_empty (wb_profile_keeper_get_profile (bench)));
  wb_test_bench_assert_says (&shop, "select profile from wb.station where code = 'ST1'", "{}");

  g_free (wb_test_bench_ask (&shop, "update wb.station set profile = '{\"devices\": [{\"id\": \"a\", \"name\": \"theirs\"}]}' where code = 'ST1' returning 1"));
  call_it (bench, "a", "ours");
  g_assert_cmpstr (get_name (bench, "a"), ==, "ours");
  wb_test_wait_until (g_strcmp0 (get_name (bench, "a"), "theirs") == 0);
  call_it (bench, "a", "ours");
  wb_test_bench_assert_soon (&shop, "select profile #>> '{devices,0,name}' from wb.station where code = 'ST1'", "ours");
  wb_test_bench_shop_close (&shop);
}

/* Without the database the last profile counts; with it again, what it says. */
static void
test_without_database (void)
{
  WbTestBenchShop shop = { 0 };
  g_autoptr (WbDb) nowhere = NULL;
  g_autofree char *path = NULL;

  if (!wb_test_bench_shop_open (&shop))
    return;
  path = g_build_filename (shop.folder, "station-ST1.profile", NULL);
  {
    g_autoptr (WbProfileKeeper) bench = keep (shop.packer, shop.folder, "ST1");

    wb_test_wait_until (wb_profile_keeper_is_known (bench));
    call_it (bench, "a", "kept");
    wb_test_wait_until (wb_profile_keeper_is_written (bench) && g_file_test (path, G_FILE_TEST_EXISTS));
  }
  {
    g_autofree char *text = NULL;

    wb_test_wait_until ((g_free (text), text = NULL, g_file_get_contents (path, &text, NULL, NULL)) && strstr (text, "kept") != NULL);
  }
  nowhere = wb_db_new ("host=/nowhere");
  {
    g_autoptr (WbProfileKeeper) bench = keep (nowhere, shop.folder, "ST1");

    wb_test_wait_until (g_strcmp0 (get_name (bench, "a"), "kept") == 0);
    g_assert_false (wb_profile_keeper_is_known (bench));
    /* and nothing is set that could not be written */
    call_it (bench, "a", "lost");
    g_assert_cmpstr (get_name (bench, "a"), ==, "kept");
  }
  wb_db_close (nowhere);
  wb_test_bench_shop_close (&shop);
}

/* ── Taps ────────────────────────────────────────────────────────────────────────────────────── */

static void
tap (WbBench *bench, const guint8 uid[7], const char *text, const char *role)
{
  g_autoptr (WbNfcTag) tag = wb_nfc_tag_new (uid, 7, 'A');

  tag->text = g_strdup (text);
  wb_bench_tap (bench, tag, role);
}

static void
test_taps (void)
{
  static const guint8 card[7] = { 0x04, 0xa1, 0xb2, 0xc3, 0xd4, 0xe5, 0xf6 };
  static const guint8 tag[7] = { 0x04, 1, 2, 3, 4, 5, 6 };
  WbTestBenchShop shop = { 0 };
  g_autoptr (WbBench) bench = NULL;

  if (!wb_test_bench_shop_open (&shop))
    return;
  g_free (wb_test_bench_ask (&shop, "update wb.staff set badge_code = '04A1B2C3D4E5F6' where login = 'anna.binder' returning 1"));
  bench = wb_test_bench_open (&shop, "ST1");
  wb_test_wait_until (wb_bench_has_badges (bench));

  /* what stands on a badge, and the number of one on which nothing stands */
  tap (bench, tag, "WB:STAFF:1001", WB_STATION_ROLE_ANY);
  g_assert_cmpstr (wb_bench_get_person (bench), ==, "Petra Packer");
  tap (bench, card, NULL, WB_STATION_ROLE_BADGE);
  g_assert_cmpstr (wb_bench_get_person (bench), ==, "Anna Binder");
  tap (bench, card, NULL, WB_STATION_ROLE_BADGE);
  g_assert_cmpint (wb_bench_get_mode (bench), ==, WB_BENCH_IDLE);

  /* the same badge once more says yes: it takes the order, and starts it */
  tap (bench, card, NULL, WB_STATION_ROLE_ANY);
  wb_test_wait_until (wb_bench_get_mode (bench) == WB_BENCH_WORKING);
  tap (bench, card, "https://example.org/", WB_STATION_ROLE_ANY);
  g_assert_cmpint (wb_test_bench_get_step (bench), ==, WB_JOB_STEP_PICK);

  /* somebody's words are nothing, and no command, wherever they are held */
  tap (bench, tag, "WB:SHORT", WB_STATION_ROLE_ANY);
  tap (bench, tag, "WB:BIN:WB:SHORT", WB_STATION_ROLE_ANY);
  tap (bench, tag, "WB:OK", WB_STATION_ROLE_ANY);
  tap (bench, tag, "A-04-2", WB_STATION_ROLE_ANY);
  g_assert_nonnull (strstr (wb_bench_get_notice (bench), "04010203040506"));
  tap (bench, tag, "WB:BIN:A-04-2", WB_STATION_ROLE_BADGE);
  g_assert_null (wb_bench_get_state (bench)->mistake);
  g_assert_cmpuint (wb_job_state_get_picked (wb_bench_get_state (bench)), ==, 0);

  /* a shelf is the shelf, as if its barcode was scanned */
  tap (bench, tag, "WB:BIN:A-04-2", WB_STATION_ROLE_ANY);
  g_assert_cmpuint (wb_job_state_get_picked (wb_bench_get_state (bench)), ==, 1);
  tap (bench, tag, "waybill:bin/C-01-3", WB_STATION_ROLE_ANY);
  g_assert_nonnull (wb_bench_get_state (bench)->mistake);

  /* at a reader for that, anything confirms */
  tap (bench, tag, "WB:SHORT", WB_STATION_ROLE_CONFIRM);
  g_assert_null (wb_bench_get_state (bench)->mistake);
  tap (bench, tag, NULL, WB_STATION_ROLE_CONFIRM);
  g_assert_cmpint (wb_test_bench_get_step (bench), ==, WB_JOB_STEP_VERIFY);
  wb_test_bench_stored (bench);
  wb_test_bench_assert_says (&shop, "select count(*) from wb.work_event where kind in ('short', 'damaged', 'skip')", "0");
  wb_test_bench_shop_close (&shop);
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);

  g_test_add_func ("/bench-profile/follows", test_follows);
  g_test_add_func ("/bench-profile/refused", test_refused);
  g_test_add_func ("/bench-profile/without-database", test_without_database);
  g_test_add_func ("/bench-profile/taps", test_taps);
  return g_test_run ();
}
