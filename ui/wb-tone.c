/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <string.h>

#include "ui/wb-tone.h"

/* Where the words for the codes of a field are. */
static const struct
{
  const char *field;
  const char *domain;
} domains[] = {
  { "status", "status" },   { "status", "account" },     { "payment", "payment" },
  { "stage", "stage" },     { "fulfilment", "fulfilment" }, { "action", "next" },
  { "trouble", "trouble" }, { "hold-reason", "hold" },   { "segment", "segment" },
  { "reason", "priority" },
};

/* The style classes of words, in the order of WbTone. */
static const char *const styles[] = { "", "quiet", "active", "positive", "caution", "negative",
                                      "special" };

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
 * wb_tone_find_word:
 * @field: name of a field
 * @code: (nullable): one of its codes
 *
 * Returns: (transfer none) (nullable): what people read for it, with its symbol
 */
const WbWord *
wb_tone_find_word (const char *field, const char *code)
{
  for (gsize i = 0; code != NULL && i < G_N_ELEMENTS (domains); i++)
    if (strcmp (domains[i].field, field) == 0)
      {
        const WbWord *word = wb_word_find (domains[i].domain, code);

        if (word != NULL)
          return word;
      }
  return NULL;
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
  const WbWord *word = wb_tone_find_word (field, code);

  if (icon_name != NULL)
    *icon_name = word != NULL ? word->icon_name : NULL;
  for (gsize i = 1; word != NULL && i < G_N_ELEMENTS (styles); i++)
    if (g_strcmp0 (word->style, styles[i]) == 0)
      return (WbTone) i;
  return WB_TONE_NONE;
}

/**
 * wb_tone_choices:
 * @list: an open list of a catalogue: "stage", "action", "hold-reason"
 * @user_data: unused
 *
 * For #WbFilterContext, so that the search box can offer what there is.
 *
 * Returns: (transfer none) (nullable): its codes and words
 */
const WbFieldChoice *
wb_tone_choices (const char *list, gpointer user_data)
{
  static const char *const lists[][2] = { { "stage", "stage" },
                                          { "action", "next" },
                                          { "hold-reason", "hold" } };
  static WbFieldChoice choices[G_N_ELEMENTS (lists)][32];

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      guint n = 0;
      const WbWord *words = NULL;

      if (strcmp (lists[i][0], list) != 0)
        continue;
      words = wb_word_list (lists[i][1], &n);
      for (guint k = 0; k < MIN (n, G_N_ELEMENTS (choices[i]) - 1); k++)
        choices[i][k] = (WbFieldChoice) { words[k].code, words[k].text, NULL };
      return choices[i];
    }
  return NULL;
}
