/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The list of pages: which there are, what they are called, where they stand. A new page adds one
 * line to wb-page-entry.c and appears; a page that does not exist has no line and no dead entry.
 */
#pragma once

#include "ui/wb-page.h"

G_BEGIN_DECLS

/**
 * WbPageEntry:
 * @name: never changes: stands in settings, actions and tests ("orders", "order")
 * @title: what the sidebar says, to be translated; NULL for a detail page
 * @icon_name: its symbolic icon; NULL for a detail page
 * @needs: what a seat needs to see it: for a page of the sidebar a catalogue of which it may read something, for a detail
 *   page a function of the api that it may call
 * @get_type: its type, a #WbPage
 */
typedef struct
{
  const char *name;
  const char *title;
  const char *icon_name;
  const char *needs;
  GType (*get_type) (void);
} WbPageEntry;

const WbPageEntry *wb_page_entries (guint *n_entries);

const WbPageEntry *wb_page_entry_find (const char *name);
gboolean wb_page_entry_is_allowed (const WbPageEntry *self, const WbSession *session);

G_END_DECLS
