/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/wb-hand-reason.h"

static const struct
{
  const char *word;
  const char *title;
} reasons[] = {
  { "no-barcode", N_ ("It has no barcode") },
  { "damaged-barcode", N_ ("Its barcode is damaged") },
  { "no-scanner", N_ ("The scanner does not work") },
  { "other", N_ ("Another reason") },
};

const char *
wb_hand_reason_get_title (guint number)
{
  return number >= 1 && number <= G_N_ELEMENTS (reasons) ? _ (reasons[number - 1].title) : NULL;
}

const char *
wb_hand_reason_get_word (guint number)
{
  return number >= 1 && number <= G_N_ELEMENTS (reasons) ? reasons[number - 1].word : NULL;
}

const char *
wb_hand_reason_find_title (const char *word)
{
  g_return_val_if_fail (word != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (g_str_equal (word, reasons[i].word))
      return _ (reasons[i].title);
  return word;
}
