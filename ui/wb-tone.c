/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <string.h>

#include "ui/wb-tone.h"

typedef struct
{
  const char *field;
  const char *code;
  WbTone tone;
  const char *icon_name;
} Meaning;

/* A field named "*" stands for every field; the first line that fits counts. */
static const Meaning meanings[] = {
  { "status", "pending", WB_TONE_CAUTION, "wb-mark-new-symbolic" },
  { "status", "processing", WB_TONE_ACTIVE, "wb-mark-progress-symbolic" },
  { "status", "shipped", WB_TONE_POSITIVE, "wb-mark-shipped-symbolic" },
  { "status", "delivered", WB_TONE_QUIET, "wb-mark-done-symbolic" },
  { "status", "cancelled", WB_TONE_QUIET, "wb-mark-cancelled-symbolic" },
  { "status", "active", WB_TONE_POSITIVE, "wb-mark-done-symbolic" },
  { "status", "inactive", WB_TONE_QUIET, "wb-mark-cancelled-symbolic" },
  { "status", "suspended", WB_TONE_NEGATIVE, "wb-mark-hold-symbolic" },
  { "status", "attention", WB_TONE_CAUTION, "wb-mark-warning-symbolic" },
  { "status", "requires_attention", WB_TONE_CAUTION, "wb-mark-warning-symbolic" },

  { "payment", "pending", WB_TONE_CAUTION, "wb-mark-clock-symbolic" },
  { "payment", "authorised", WB_TONE_ACTIVE, "wb-mark-half-symbolic" },
  { "payment", "partially_paid", WB_TONE_CAUTION, "wb-mark-partial-symbolic" },
  { "payment", "paid", WB_TONE_POSITIVE, "wb-mark-done-symbolic" },
  { "payment", "partially_refunded", WB_TONE_QUIET, "wb-mark-return-symbolic" },
  { "payment", "refunded", WB_TONE_QUIET, "wb-mark-return-symbolic" },
  { "payment", "voided", WB_TONE_QUIET, "wb-mark-cancelled-symbolic" },
  { "payment", "failed", WB_TONE_NEGATIVE, "wb-mark-warning-symbolic" },

  { "fulfilment", "unfulfilled", WB_TONE_QUIET, "wb-mark-new-symbolic" },
  { "fulfilment", "partially_fulfilled", WB_TONE_ACTIVE, "wb-mark-partial-symbolic" },
  { "fulfilment", "fulfilled", WB_TONE_POSITIVE, "wb-mark-done-symbolic" },
  { "fulfilment", "partially_returned", WB_TONE_CAUTION, "wb-mark-return-symbolic" },
  { "fulfilment", "returned", WB_TONE_QUIET, "wb-mark-return-symbolic" },

  { "trouble", "instructions", WB_TONE_CAUTION, "wb-mark-warning-symbolic" },
  { "trouble", "review", WB_TONE_CAUTION, "wb-mark-warning-symbolic" },
  { "trouble", "late", WB_TONE_CAUTION, "wb-mark-clock-symbolic" },
  { "trouble", "*", WB_TONE_NEGATIVE, "wb-mark-warning-symbolic" },
  { "hold-reason", "*", WB_TONE_NEGATIVE, "wb-mark-hold-symbolic" },

  { "segment", "vip", WB_TONE_SPECIAL, "wb-mark-star-symbolic" },
  { "segment", "wholesale", WB_TONE_ACTIVE, "wb-packing-symbolic" },
  { "segment", "new", WB_TONE_POSITIVE, "wb-mark-new-symbolic" },
};

/**
 * wb_tone_get_name:
 *
 * Returns: (transfer none): "quiet", "caution", …; "none" for %WB_TONE_NONE
 */
const char *
wb_tone_get_name (WbTone tone)
{
  static const char *const names[] = { "none",     "quiet",   "active",  "positive",
                                       "caution", "negative", "special" };

  g_return_val_if_fail ((gsize) tone < G_N_ELEMENTS (names), "none");

  return names[tone];
}

/**
 * wb_tone_get_color_name:
 *
 * Returns: (transfer none) (nullable): the named colour of the style sheet, NULL for that of text
 */
const char *
wb_tone_get_color_name (WbTone tone)
{
  static const char *const names[] = { NULL,         "wb_quiet",    "wb_active", "wb_positive",
                                       "wb_caution", "wb_negative", "wb_special" };

  g_return_val_if_fail ((gsize) tone < G_N_ELEMENTS (names), NULL);

  return names[tone];
}

/**
 * wb_tone_of_code:
 * @field: name of a field
 * @code: (nullable): one of its codes
 * @icon_name: (out) (optional): its symbolic icon, or NULL
 *
 * Returns: the colour a code is shown in; %WB_TONE_NONE without an icon for codes that mean nothing
 *   to the eye
 */
WbTone
wb_tone_of_code (const char *field, const char *code, const char **icon_name)
{
  if (icon_name != NULL)
    *icon_name = NULL;
  for (gsize i = 0; code != NULL && i < G_N_ELEMENTS (meanings); i++)
    if (strcmp (meanings[i].field, field) == 0
        && (strcmp (meanings[i].code, code) == 0 || strcmp (meanings[i].code, "*") == 0))
      {
        if (icon_name != NULL)
          *icon_name = meanings[i].icon_name;
        return meanings[i].tone;
      }
  return WB_TONE_NONE;
}
