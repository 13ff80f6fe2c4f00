/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/wb-label-reprint.h"

/* Wider than this is office paper, whose printers leave more of the edge blank. */
#define PAPER_UM 150000

void
wb_label_mark_reprint (WbLabel *self, guint copy, const char *when)
{
  g_autofree char *number = NULL;
  g_autofree char *words = NULL;
  guint top_um = 0;
  guint height_um = 0;

  g_return_if_fail (self != NULL && copy > 1);

  top_um = self->width_um > PAPER_UM ? 5000 : 800;
  height_um = self->width_um > PAPER_UM ? 4000 : MIN (2600, self->height_um / 8);
  /* Translators: on a label that is printed again; %u is how many times it was printed with this one */
  number = g_strdup_printf (_ ("REPRINT %u"), copy);
  words = when != NULL ? g_strdup_printf ("%s · %s", number, when) : g_strdup (number);
  wb_label_add_text (self, self->width_um / 20, top_um, self->width_um * 9 / 10, height_um, WB_LABEL_CENTRE, TRUE, words);
}
