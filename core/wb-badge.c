/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-badge.h"
#include "core/wb-label-templates.h"

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
  g_autoptr (WbLabelTemplates) templates = wb_label_templates_new (NULL);
  g_autoptr (WbLabelValues) values = wb_label_values_new ();

  g_return_val_if_fail (name != NULL && code != NULL, NULL);

  wb_label_values_set (values, "name", name);
  wb_label_values_set (values, "code", code);
  return wb_label_template_layout (wb_label_templates_find (templates, "badge"), values, error);
}
