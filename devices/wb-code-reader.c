/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-devices"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "devices/wb-code-reader.h"
#include "devices/wb-library.h"

/* What we use of ZBar 0.10 and later (soname 0). Its header comes with 130 MB of ImageMagick's. */
enum
{
  ZBAR_EAN8 = 8,
  ZBAR_UPCA = 12,
  ZBAR_EAN13 = 13,
  ZBAR_I25 = 25,
  ZBAR_DATABAR = 34,
  ZBAR_DATABAR_EXPANDED = 35,
  ZBAR_CODE_39 = 39,
  ZBAR_QR_CODE = 64,
  ZBAR_CODE_93 = 93,
  ZBAR_CODE_128 = 128,
};

enum
{
  ZBAR_CONFIG_ENABLE = 0x00,
  ZBAR_CONFIG_MIN_LENGTH = 0x20,
  ZBAR_CONFIG_POSITION = 0x80,
};

#define ZBAR_MODIFIER_GS1 (1u << 0)
#define GREY_FOURCC 0x30303859 /* "Y800" */
#define ITF_14_LENGTH 14

static struct
{
  gpointer (*scanner_create) (void);
  void (*scanner_destroy) (gpointer scanner);
  int (*scanner_set_config) (gpointer scanner, int symbology, int config, int value);
  int (*scan_image) (gpointer scanner, gpointer image);
  gpointer (*image_create) (void);
  void (*image_destroy) (gpointer image);
  void (*image_set_format) (gpointer image, unsigned long fourcc);
  void (*image_set_size) (gpointer image, unsigned width, unsigned height);
  void (*image_set_data) (gpointer image, const void *data, unsigned long length, gpointer cleanup);
  gconstpointer (*image_first_symbol) (gconstpointer image);
  gconstpointer (*symbol_next) (gconstpointer symbol);
  int (*symbol_get_type) (gconstpointer symbol);
  unsigned (*symbol_get_modifiers) (gconstpointer symbol);
  const char *(*symbol_get_data) (gconstpointer symbol);
  unsigned (*symbol_get_data_length) (gconstpointer symbol);
} zbar;

struct _WbCodeReader
{
  gpointer scanner;
};

static const struct
{
  int type;
  const char *aim;
  const char *aim_gs1;
  gboolean is_checked;
} symbologies[] = {
  { ZBAR_EAN13, "E0", "E0", TRUE },        { ZBAR_UPCA, "E0", "E0", TRUE },
  { ZBAR_EAN8, "E4", "E4", TRUE },         { ZBAR_CODE_128, "C0", "C1", TRUE },
  { ZBAR_QR_CODE, "Q1", "Q3", TRUE },      { ZBAR_DATABAR, "e0", "e0", TRUE },
  { ZBAR_DATABAR_EXPANDED, "e0", "e0", TRUE }, { ZBAR_CODE_93, "G0", "G0", TRUE },
  { ZBAR_CODE_39, "A0", "A0", FALSE },     { ZBAR_I25, "I0", "I0", FALSE },
};

static gboolean
open_zbar (GError **error)
{
  static const WbLibrarySymbol symbols[] = {
    { "zbar_image_scanner_create", (gpointer *) &zbar.scanner_create },
    { "zbar_image_scanner_destroy", (gpointer *) &zbar.scanner_destroy },
    { "zbar_image_scanner_set_config", (gpointer *) &zbar.scanner_set_config },
    { "zbar_scan_image", (gpointer *) &zbar.scan_image },
    { "zbar_image_create", (gpointer *) &zbar.image_create },
    { "zbar_image_destroy", (gpointer *) &zbar.image_destroy },
    { "zbar_image_set_format", (gpointer *) &zbar.image_set_format },
    { "zbar_image_set_size", (gpointer *) &zbar.image_set_size },
    { "zbar_image_set_data", (gpointer *) &zbar.image_set_data },
    { "zbar_image_first_symbol", (gpointer *) &zbar.image_first_symbol },
    { "zbar_symbol_next", (gpointer *) &zbar.symbol_next },
    { "zbar_symbol_get_type", (gpointer *) &zbar.symbol_get_type },
    { "zbar_symbol_get_modifiers", (gpointer *) &zbar.symbol_get_modifiers },
    { "zbar_symbol_get_data", (gpointer *) &zbar.symbol_get_data },
    { "zbar_symbol_get_data_length", (gpointer *) &zbar.symbol_get_data_length },
    { NULL, NULL },
  };
  static GMutex lock;
  static gboolean is_open = FALSE;
  gboolean opened = FALSE;

  g_mutex_lock (&lock);
  if (!is_open)
    is_open = wb_library_open ("libzbar.so.0", _ ("barcodes in pictures cannot be read: install the package libzbar0"), symbols,
                               error);
  opened = is_open;
  g_mutex_unlock (&lock);
  return opened;
}

WbCodeReader *
wb_code_reader_new (GError **error)
{
  WbCodeReader *self = NULL;

  if (!open_zbar (error))
    return NULL;
  self = g_new0 (WbCodeReader, 1);
  self->scanner = zbar.scanner_create ();
  zbar.scanner_set_config (self->scanner, 0, ZBAR_CONFIG_ENABLE, 0);
  zbar.scanner_set_config (self->scanner, 0, ZBAR_CONFIG_POSITION, 0);
  for (guint i = 0; i < G_N_ELEMENTS (symbologies); i++)
    if (symbologies[i].type != ZBAR_UPCA)
      zbar.scanner_set_config (self->scanner, symbologies[i].type, ZBAR_CONFIG_ENABLE, 1);
  /* Shorter ones are found in any pattern of stripes. */
  zbar.scanner_set_config (self->scanner, ZBAR_I25, ZBAR_CONFIG_MIN_LENGTH, ITF_14_LENGTH);
  return self;
}

void
wb_code_reader_free (WbCodeReader *self)
{
  if (self == NULL)
    return;
  zbar.scanner_destroy (self->scanner);
  g_free (self);
}

static gboolean
tell (gconstpointer symbol, WbCodeFunc func, gpointer user_data)
{
  int type = zbar.symbol_get_type (symbol);
  gboolean is_gs1 = (zbar.symbol_get_modifiers (symbol) & ZBAR_MODIFIER_GS1) != 0;

  for (guint i = 0; i < G_N_ELEMENTS (symbologies); i++)
    if (symbologies[i].type == type)
      {
        func ((const guint8 *) zbar.symbol_get_data (symbol), zbar.symbol_get_data_length (symbol),
              is_gs1 ? symbologies[i].aim_gs1 : symbologies[i].aim, symbologies[i].is_checked, user_data);
        return TRUE;
      }
  return FALSE;
}

guint
wb_code_reader_read (WbCodeReader *self, const guint8 *grey, guint width, guint height, WbCodeFunc func, gpointer user_data)
{
  gpointer image = NULL;
  guint n = 0;

  g_return_val_if_fail (self != NULL && grey != NULL && func != NULL, 0);

  image = zbar.image_create ();
  zbar.image_set_format (image, GREY_FOURCC);
  zbar.image_set_size (image, width, height);
  zbar.image_set_data (image, grey, (unsigned long) width * height, NULL);
  if (zbar.scan_image (self->scanner, image) > 0)
    for (gconstpointer symbol = zbar.image_first_symbol (image); symbol != NULL; symbol = zbar.symbol_next (symbol))
      n += tell (symbol, func, user_data) ? 1 : 0;
  zbar.image_destroy (image);
  return n;
}
