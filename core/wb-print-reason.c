/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/wb-print-reason.h"

static const char *const reasons[] = {
  N_ ("It is torn or smudged"),
  N_ ("It came out badly"),
  N_ ("It is lost"),
  N_ ("It is on the wrong box"),
  N_ ("Another reason"),
};

const char *
wb_print_reason_get (guint number)
{
  return number >= 1 && number <= G_N_ELEMENTS (reasons) ? _ (reasons[number - 1]) : NULL;
}
