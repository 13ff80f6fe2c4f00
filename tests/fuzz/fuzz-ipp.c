/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-clean.h"
#include "devices/wb-cups-private.h"
#include "tests/fuzz/wb-fuzz.h"

typedef struct
{
  const guint8 *at;
  gsize left;
} Wire;

static ssize_t
read_cb (void *context, ipp_uchar_t *buffer, size_t bytes)
{
  Wire *wire = context;
  gsize n = MIN (bytes, wire->left);

  memcpy (buffer, wire->at, n);
  wire->at += n;
  wire->left -= n;
  return (ssize_t) n;
}

static void
check_line (const char *text)
{
  g_autofree char *clean = text != NULL ? wb_clean_line (text, -1, WB_CLEAN_MAX) : NULL;

  g_assert_cmpstr (text, ==, clean);
}

/* Whatever a print server answers: printers with names, all words are lines of text, and resolutions are those of labels. */
int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  Wire wire = { data, size };
  ipp_t *answer = ippNew ();
  g_autoptr(GPtrArray) all = NULL;

  ippReadIO (&wire, read_cb, 1, NULL, answer);
  all = _wb_cups_read_answer (answer);
  ippDelete (answer);
  for (guint i = 0; i < all->len; i++)
    {
      const WbPrinterInfo *info = g_ptr_array_index (all, i);
      g_autofree char *sentence = wb_printer_info_describe (info);
      g_autofree char *host = NULL;
      guint16 port = 0;

      g_assert_nonnull (info->queue);
      check_line (info->queue);
      check_line (info->title);
      check_line (info->location);
      check_line (info->model);
      check_line (info->message);
      check_line (info->uri);
      check_line (info->media_default);
      g_assert_true (info->dpi == 0 || (info->dpi >= 100 && info->dpi <= 1200));
      wb_printer_info_get_socket (info, &host, &port);
    }
  return 0;
}
