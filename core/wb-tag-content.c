/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/wb-badge.h"
#include "core/wb-error.h"
#include "core/wb-tag-content.h"

/* As much as a barcode on a shelf holds. */
#define MAX_CODE 64
#define OURS "WB:"

static const struct
{
  WbTagContent content;
  const char *text;
  const char *address;
} prefixes[] = {
  { WB_TAG_CONTENT_STAFF, WB_BADGE_PREFIX, "waybill:staff/" },
  { WB_TAG_CONTENT_TOTE, "WB:TOTE:", "waybill:tote/" },
  { WB_TAG_CONTENT_BIN, "WB:BIN:", "waybill:bin/" },
};

static gboolean
has_prefix (const char *text, const char *prefix)
{
  return g_ascii_strncasecmp (text, prefix, strlen (prefix)) == 0;
}

/* Whatever begins with our prefix could be a command. */
static gboolean
is_code (const char *code)
{
  if (!g_utf8_validate (code, -1, NULL) || *code == '\0' || strlen (code) > MAX_CODE || has_prefix (code, OURS))
    return FALSE;
  for (const char *p = code; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isprint (g_utf8_get_char (p)))
      return FALSE;
  return *code != ' ' && code[strlen (code) - 1] != ' ';
}

WbTagContent
wb_tag_content_read (const char *text, char **code)
{
  g_return_val_if_fail (code != NULL, WB_TAG_CONTENT_FOREIGN);

  *code = NULL;
  for (guint i = 0; text != NULL && i < G_N_ELEMENTS (prefixes); i++)
    {
      g_autofree char *rest = NULL;

      if (has_prefix (text, prefixes[i].text))
        rest = g_strdup (text + strlen (prefixes[i].text));
      else if (has_prefix (text, prefixes[i].address))
        rest = g_uri_unescape_string (text + strlen (prefixes[i].address), NULL);
      if (rest == NULL || !is_code (rest))
        continue;
      *code = prefixes[i].content == WB_TAG_CONTENT_STAFF ? g_strconcat (WB_BADGE_PREFIX, rest, NULL) : g_steal_pointer (&rest);
      return prefixes[i].content;
    }
  return WB_TAG_CONTENT_FOREIGN;
}

char *
wb_tag_content_write (WbTagContent content, const char *code, GError **error)
{
  g_return_val_if_fail (code != NULL, NULL);

  if (content == WB_TAG_CONTENT_STAFF && has_prefix (code, WB_BADGE_PREFIX))
    code += strlen (WB_BADGE_PREFIX);
  for (guint i = 0; i < G_N_ELEMENTS (prefixes) && is_code (code); i++)
    if (prefixes[i].content == content)
      return g_strconcat (prefixes[i].text, code, NULL);
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("“%s” cannot stand on a tag: up to %d letters and digits, not beginning with “%s”"),
               code, MAX_CODE, OURS);
  return NULL;
}
