/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A library that is opened when it is first needed, because a bench may do without it: a machine without barcodes in
 * pictures or without voice starts all the same, and says which package brings them. Any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WbLibrarySymbol:
 * @name: of a function
 * @function: where its address goes
 */
typedef struct
{
  const char *name;
  gpointer *function;
} WbLibrarySymbol;

/**
 * wb_library_open:
 * @file: "libzbar.so.0"
 * @missing: what cannot be done without it, and the package that brings it, for people
 * @symbols: (array zero-terminated=1): what is needed of it
 *
 * Opens it for as long as the program runs, and finds its functions. Fails with %WB_DEVICE_ERROR_NOT_FOUND and @missing
 * when it is not there, or is another one than was expected.
 */
gboolean wb_library_open (const char *file, const char *missing, const WbLibrarySymbol *symbols, GError **error);

G_END_DECLS
