/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-badge.h"

#define MM WB_LABEL_MM

/* A card as others carry it (ISO/IEC 7810 ID-1). */
#define CARD_WIDTH 85600
#define CARD_HEIGHT 53980
#define MARGIN MM (5)

#define N_DIGITS 10

char *
wb_badge_new_code (void)
{
  g_autofree char *uuid = g_uuid_string_random ();
  GString *code = g_string_new (WB_BADGE_PREFIX);

  for (const char *c = uuid; *c != '\0' && code->len < strlen (WB_BADGE_PREFIX) + N_DIGITS; c++)
    if (*c != '-')
      g_string_append_c (code, g_ascii_toupper (*c));
  return g_string_free (code, FALSE);
}

WbLabel *
wb_badge_layout (const char *name, const char *code, GError **error)
{
  g_autoptr (WbLabel) card = NULL;

  g_return_val_if_fail (name != NULL && code != NULL, NULL);

  card = wb_label_new (name, CARD_WIDTH, CARD_HEIGHT);
  wb_label_add_frame (card, 0, 0, CARD_WIDTH, CARD_HEIGHT, MM (0.2));
  wb_label_add_text (card, MARGIN, MM (7), CARD_WIDTH - 2 * MARGIN, MM (9), WB_LABEL_CENTRE, TRUE, name);
  if (!wb_label_add_symbol (card, WB_LABEL_CODE_128, MARGIN, MM (22), CARD_WIDTH - 2 * MARGIN, MM (18), WB_LABEL_CENTRE,
                            code, error))
    return NULL;
  wb_label_add_text (card, MARGIN, MM (43), CARD_WIDTH - 2 * MARGIN, MM (3.6), WB_LABEL_CENTRE, FALSE, code);
  return g_steal_pointer (&card);
}
