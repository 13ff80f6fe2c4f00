/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n.h>

#include "ui/wb-prints-page.h"

struct _WbPrintsPage
{
  WbListPage parent_instance;
};

G_DEFINE_FINAL_TYPE (WbPrintsPage, wb_prints_page, WB_TYPE_LIST_PAGE)

static char *
count_text (guint64 n, gboolean more)
{
  g_autofree char *number = wb_format_number ((gint64) n);

  return g_strdup_printf (more ? ngettext ("more than %s print", "more than %s prints", n) : ngettext ("%s print", "%s prints", n), number);
}

static const WbTableSpec spec = {
  .catalogue = "prints",
  .topic = "print",
  .kind = "print",
  .columns = "printed document order printer station who copy reason",
  .summary = { "order", "printed", "printer", "document" },
  .look_title = "order",
  .look = "printed document tracking printer station who copy reason title",
  .count_text = count_text,
  .icon_name = "wb-device-printer-symbolic",
  .empty_title = N_ ("Nothing printed yet"),
  .empty_text = N_ ("Every label and paper that a bench prints stands here, and why it was printed again."),
};

static void
wb_prints_page_class_init (WbPrintsPageClass *klass)
{
  WB_LIST_PAGE_CLASS (klass)->spec = &spec;
}

static void
wb_prints_page_init (WbPrintsPage *self)
{
}
