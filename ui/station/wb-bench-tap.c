/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is held to an NFC reader: badges, totes, places, and the tap that confirms a step. */
#define G_LOG_DOMAIN "wb-station"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/wb-tag-content.h"
#include "ui/station/wb-bench-private.h"

static void
refuse (WbBench *self, const char *words)
{
  _wb_bench_set_notice (self, words);
  _wb_bench_flash (self, WB_JOB_ANSWER_REFUSED);
  _wb_bench_changed (self);
}

/* Whoever works here and holds the badge to the reader once more means "yes". */
static void
tap_badge (WbBench *self, const char *badge, const char *role)
{
  if (_wb_bench_works_here (self, badge) && strcmp (role, WB_STATION_ROLE_BADGE) != 0)
    wb_bench_command (self, WB_JOB_COMMAND_CONFIRM);
  else if (!_wb_bench_take_badge (self, badge))
    refuse (self, _ ("No bench is chosen yet."));
}

static void
say_foreign (WbBench *self, const WbNfcTag *tag)
{
  g_autofree char *words = tag->problem != NULL
                               ? g_strdup_printf (_ ("The tag %s cannot be read: %s"), tag->uid, tag->problem)
                               : g_strdup_printf (_ ("The tag %s is nobody's badge, and nothing of ours stands on it."), tag->uid);

  refuse (self, words);
}

void
wb_bench_tap (WbBench *self, const WbNfcTag *tag, const char *role)
{
  g_autofree char *code = NULL;
  WbTagContent content = WB_TAG_CONTENT_FOREIGN;

  g_return_if_fail (WB_IS_BENCH (self) && tag != NULL && role != NULL);

  content = wb_tag_content_read (tag->text, &code);
  if (content == WB_TAG_CONTENT_STAFF)
    tap_badge (self, code, role);
  else if (_wb_bench_is_badge (self, tag->uid))
    tap_badge (self, tag->uid, role);
  else if (strcmp (role, WB_STATION_ROLE_BADGE) == 0)
    say_foreign (self, tag);
  else if (strcmp (role, WB_STATION_ROLE_CONFIRM) == 0)
    wb_bench_command (self, WB_JOB_COMMAND_CONFIRM);
  else if (content != WB_TAG_CONTENT_FOREIGN)
    wb_bench_scan (self, code);
  else
    say_foreign (self, tag);
}
