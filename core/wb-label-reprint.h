/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Says on a label or paper itself that it is not the first of its kind, so that nobody sends two boxes with one label unawares. A
 * pure function; any thread.
 */
#pragma once

#include "core/wb-label.h"

G_BEGIN_DECLS

/**
 * wb_label_mark_reprint:
 * @copy: which print of it this is, from 2
 * @when: (nullable): when it is printed, in words
 *
 * Writes "REPRINT 2" into the upper margin, in whatever language it is printed.
 */
void wb_label_mark_reprint (WbLabel *self, guint copy, const char *when);

G_END_DECLS
