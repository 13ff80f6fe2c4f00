/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A list source for tests: rows in memory, sorted by a number that tests change as they like, answered
 * from the main loop a turn later, in the order the test wants. Can also pretend to have millions of
 * rows that are made up when asked for.
 */
#pragma once

#include "ui/wb-list-source.h"

G_BEGIN_DECLS

#define FAKE_TYPE_LIST (fake_list_get_type ())
G_DECLARE_FINAL_TYPE (FakeList, fake_list, FAKE, LIST, GObject)

FakeList *fake_list_new (guint n_rows);
FakeList *fake_list_new_endless (guint n_rows);

void fake_list_put (FakeList *self, gint64 id, gint64 place, gint64 value);
void fake_list_remove (FakeList *self, gint64 id);
gint64 fake_list_id_at (FakeList *self, guint position);
gint64 fake_list_value_at (FakeList *self, guint position);
guint fake_list_length (FakeList *self);

void fake_list_hold (FakeList *self);
void fake_list_release (FakeList *self);
void fake_list_fail (FakeList *self, gboolean fail);

guint fake_list_count (FakeList *self, const char *operation);

G_END_DECLS
