/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "tests/ui/wb-test-bench.h"
#include "tests/ui/wb-test-full-disk.h"
#include "tests/wb-test.h"

static void
said_cb (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
  WbTestFullDisk *self = user_data;

  self->is_told |= strstr (message, self->words) != NULL;
}

void
wb_test_full_disk_open (WbTestFullDisk *self, const char *folder, const char *domain, const char *words)
{
  self->wire = wb_test_proxy_new (g_getenv ("PGHOST"));
  self->db = wb_test_bench_connect (wb_test_proxy_get_socket (self->wire), "bench_packer");
  wb_test_proxy_refuse (self->wire, TRUE);
  wb_test_proxy_cut (self->wire);
  wb_test_wait_until (wb_db_get_state (self->db) != WB_DB_STATE_ONLINE);
  self->folder = g_strdup (folder);
  self->domain = domain;
  self->words = words;
  /* no folder can be where a file is */
  g_assert_true (g_file_set_contents (folder, "", 0, NULL));
  self->handler = g_log_set_handler (domain, G_LOG_LEVEL_MESSAGE, said_cb, self);
}

void
wb_test_full_disk_make_room (WbTestFullDisk *self)
{
  wb_test_wait_until (self->is_told);
  g_log_remove_handler (self->domain, self->handler);
  g_assert_cmpint (g_unlink (self->folder), ==, 0);
}

void
wb_test_full_disk_close (WbTestFullDisk *self)
{
  wb_db_close (self->db);
  wb_test_drain ();
  g_clear_object (&self->db);
  g_clear_pointer (&self->wire, wb_test_proxy_free);
  g_clear_pointer (&self->folder, g_free);
}
