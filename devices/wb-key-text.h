/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Keys of a scanner that plays a keyboard, put together to what it read. Follows the layout that the scanner
 * was told, whatever the people at this machine type with. Pure; one thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _WbKeyText WbKeyText;

/**
 * wb_key_text_new:
 * @layout: of the keyboard that the scanner plays: "us", "de", as XKB names it
 *
 * Returns: (transfer full) (nullable): without a key; NULL when there is no such layout
 */
WbKeyText *wb_key_text_new (const char *layout);
void wb_key_text_free (WbKeyText *self);

/**
 * wb_key_text_take:
 * @code: of the kernel: KEY_A, KEY_ENTER
 * @value: 1 pressed, 0 let go, 2 repeated
 *
 * Returns: whether a code has ended, with Enter or Tab: wb_key_text_get() has it until the next key
 */
gboolean wb_key_text_take (WbKeyText *self, guint16 code, gint32 value);
const char *wb_key_text_get (WbKeyText *self, gsize *length);

/**
 * wb_key_text_forget:
 *
 * Forgets what has not ended, and which keys are held: after events were lost.
 */
void wb_key_text_forget (WbKeyText *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbKeyText, wb_key_text_free)

G_END_DECLS
