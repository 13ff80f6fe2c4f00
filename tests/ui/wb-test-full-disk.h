/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The worst hour of what a bench keeps until the database has it: the server is away, and on the disk there is no room either. What is
 * kept then is told about, and is on disk once there is room. In a shop that wb_test_bench_shop_open() opened. Main thread.
 */
#pragma once

#include "db/wb-db.h"
#include "tests/db/wb-test-proxy.h"

G_BEGIN_DECLS

/**
 * WbTestFullDisk:
 * @db: the shop as a packer, whose server went away
 * @folder: what cannot be made
 */
typedef struct
{
  WbDb *db;
  char *folder;

  /*< private >*/
  WbTestProxy *wire;
  const char *domain;
  const char *words;
  guint handler;
  gboolean is_told;
} WbTestFullDisk;

/**
 * wb_test_full_disk_open:
 * @self: (out): takes the server away, and the room
 * @folder: where nothing can be kept; nothing is there yet
 * @domain: log domain of who wants to keep something there
 * @words: (transfer none): what it says when it cannot
 */
void wb_test_full_disk_open (WbTestFullDisk *self, const char *folder, const char *domain, const char *words);

/**
 * wb_test_full_disk_make_room:
 *
 * Waits until it was told that there is no room; then there is.
 */
void wb_test_full_disk_make_room (WbTestFullDisk *self);

void wb_test_full_disk_close (WbTestFullDisk *self);

G_END_DECLS
