/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reads barcodes from a grey picture (ZBar, opened when it is first needed). One reader is used by one thread at a time;
 * a picture takes it some tens of milliseconds, so that is never the main thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _WbCodeReader WbCodeReader;

/**
 * WbCodeFunc:
 * @bytes: what the symbol holds
 * @symbology: its AIM identifier without "]" (see #WbScan)
 * @is_checked: a wrong reading is as good as impossible: the symbology has check digits. Others are believed when they
 *   are read twice
 */
typedef void (*WbCodeFunc) (const guint8 *bytes, gsize length, const char *symbology, gboolean is_checked, gpointer user_data);

/**
 * wb_code_reader_new:
 *
 * Fails with %WB_DEVICE_ERROR_NOT_FOUND when the library is not installed; the message says what to install.
 *
 * Returns: (transfer full): a reader of the symbologies of a shop: EAN, UPC, Code 128 and GS1-128, Code 39 and 93, ITF-14,
 *   DataBar, QR
 */
WbCodeReader *wb_code_reader_new (GError **error);
void wb_code_reader_free (WbCodeReader *self);

/**
 * wb_code_reader_read:
 * @grey: @width × @height bytes, row by row without gaps
 *
 * Returns: how many symbols were in the picture, each told to @func
 */
guint wb_code_reader_read (WbCodeReader *self, const guint8 *grey, guint width, guint height, WbCodeFunc func,
                           gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbCodeReader, wb_code_reader_free)

G_END_DECLS
