/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waybillctl setting …: what holds for the whole shop. */
#define G_LOG_DOMAIN "waybillctl"

#include "config.h"

#include <glib/gi18n.h>

#include "app/ctl/wb-ctl.h"
#include "db/wb-shop-store.h"

static const struct
{
  const char *key;
  const char *about;
} abouts[] = {
  { "attachment.max_bytes", N_ ("the largest photo or file that is kept") },
  { "bench.by_hand", N_ ("whether a bench counts by hand what it cannot scan") },
  { "gs1.company_prefix", N_ ("the shop's own GS1 company prefix, in the numbers of its parcels (SSCC)") },
  { "gs1.extension_digit", N_ ("the first digit of those numbers") },
  { "photo.moments", N_ ("when benches take photos: packed, weighed, labelled") },
  { "shop.country", N_ ("where the shop is: DE") },
  { "shop.currency", N_ ("in what it reckons: EUR") },
  { "shop.name", N_ ("what it is called") },
  { "shop.timezone", N_ ("when its day begins: Europe/Berlin") },
};

static const char *
get_about (const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (abouts); i++)
    if (g_str_equal (abouts[i].key, key))
      return _ (abouts[i].about);
  return "";
}

static GPtrArray *
read_settings (WbCtl *ctl, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  WbDatabase *database = wb_ctl_open (ctl, WB_DATABASE_FLAGS_NONE, error);

  if (database == NULL)
    return NULL;
  wb_shop_store_list_async (wb_database_get_db (database), ctl->cancellable, wb_ctl_result_cb, &result);
  return wb_shop_store_list_finish (wb_database_get_db (database), wb_ctl_wait (&result), error);
}

static void
print_json (GPtrArray *settings)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < settings->len; i++)
    {
      const WbShopSetting *setting = g_ptr_array_index (settings, i);

      json_builder_begin_object (builder);
      wb_ctl_add_text (builder, "key", setting->key);
      wb_ctl_add_text (builder, "type", setting->type);
      wb_ctl_add_text (builder, "value", setting->value);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  wb_ctl_print_json (builder);
}

static int
list (WbCtl *ctl, int argc, char **argv)
{
  g_autoptr (GPtrArray) settings = NULL;
  GError *error = NULL;
  int status = WB_CTL_OK;

  if (!wb_ctl_parse (ctl, NULL, 0, 0, &argc, &argv, &status))
    return status;
  settings = read_settings (ctl, &error);
  if (settings == NULL)
    return wb_ctl_fail (ctl, error);
  if (ctl->json)
    {
      print_json (settings);
      return WB_CTL_OK;
    }
  for (guint i = 0; i < settings->len; i++)
    {
      const WbShopSetting *setting = g_ptr_array_index (settings, i);

      g_print ("%-22s %-22s %s\n", setting->key, *setting->value != '\0' ? setting->value : "–", get_about (setting->key));
    }
  return WB_CTL_OK;
}

static const WbShopSetting *
find (GPtrArray *settings, const char *key)
{
  for (guint i = 0; i < settings->len; i++)
    if (g_str_equal (((WbShopSetting *) g_ptr_array_index (settings, i))->key, key))
      return g_ptr_array_index (settings, i);
  return NULL;
}

static int
set (WbCtl *ctl, int argc, char **argv)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) settings = NULL;
  const WbShopSetting *setting = NULL;
  GError *error = NULL;
  int status = WB_CTL_OK;

  if (!wb_ctl_parse (ctl, NULL, 2, 2, &argc, &argv, &status))
    return status;
  settings = read_settings (ctl, &error);
  if (settings == NULL)
    return wb_ctl_fail (ctl, error);
  setting = find (settings, argv[1]);
  if (setting == NULL)
    return wb_ctl_misuse (ctl, _ ("there is no setting “%s”; “waybillctl setting list” tells which there are"), argv[1]);
  wb_shop_store_set_async (wb_database_get_db (ctl->database), setting, argv[2], ctl->cancellable, wb_ctl_result_cb, &result);
  if (!wb_shop_store_set_finish (wb_database_get_db (ctl->database), wb_ctl_wait (&result), &error))
    return wb_ctl_fail (ctl, error);
  return WB_CTL_OK;
}

const WbCtlCommand wb_ctl_setting_commands[] = {
  { "setting list", "", N_ ("Lists what holds for the whole shop"), list },
  { "setting set", "KEY VALUE", N_ ("Changes one setting; words with commas between them, yes or no"), set },
  { 0 },
};
