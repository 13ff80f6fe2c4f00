/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <string.h>

#include "ui/wb-one-line.h"

/* Runs of line breaks, each with the blanks around it, become one blank; at the ends they go. */
static char *
join_lines (const char *text)
{
  g_auto (GStrv) lines = g_strsplit_set (text, "\n\r", -1);
  GString *joined = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_strstrip (lines[i]);
      if (lines[i][0] == '\0')
        continue;
      if (joined->len > 0)
        g_string_append_c (joined, ' ');
      g_string_append (joined, lines[i]);
    }
  return g_string_free (joined, FALSE);
}

static void
insert_text_cb (GtkEditable *text, const char *inserted, int length, int *position)
{
  g_autofree char *all = length < 0 ? g_strdup (inserted) : g_strndup (inserted, (gsize) length);
  g_autofree char *joined = NULL;

  if (strpbrk (all, "\n\r") == NULL)
    return;
  g_signal_stop_emission_by_name (text, "insert-text");
  joined = join_lines (all);
  if (*joined != '\0')
    gtk_editable_insert_text (text, joined, -1, position);
}

/**
 * wb_one_line_keep:
 * @editable: an entry, a row with an entry, a search box
 *
 * From now on line breaks that are pasted or set become blanks.
 */
void
wb_one_line_keep (GtkEditable *editable)
{
  GtkEditable *delegate = NULL;

  g_return_if_fail (GTK_IS_EDITABLE (editable));

  /* the innermost one: only there the signal comes (gtk#4315) */
  while ((delegate = gtk_editable_get_delegate (editable)) != NULL)
    editable = delegate;
  g_signal_connect (editable, "insert-text", G_CALLBACK (insert_text_cb), NULL);
}
