/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where each kind of document comes out: on which printer, from which tray, in which language and how fine. A station has one
 * route for each kind; a kind that has none goes where its nearest relative goes, and without any printer a document is kept as
 * a file. Knows names only: devices/wb-printer-open.h makes printers of them.
 *
 * Plain values; any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WbPrintKind:
 * @WB_PRINT_LABEL: the label on a parcel
 * @WB_PRINT_PAPER: whatever else goes on office paper
 * @WB_PRINT_PICK_LIST: what to fetch
 * @WB_PRINT_PACKING_SLIP: what lies in the box, for the receiver
 * @WB_PRINT_COMMAND_SHEET: barcodes of commands and boxes
 * @WB_PRINT_STICKER: a label on whatever else: a product, a shelf, a tote, a badge, a return
 * @WB_PRINT_TEST: something to try a printer with
 *
 * Its word (wb_print_kind_get_word()) is what stands in profiles and in the ledger.
 */
typedef enum
{
  WB_PRINT_LABEL,
  WB_PRINT_PAPER,
  WB_PRINT_PICK_LIST,
  WB_PRINT_PACKING_SLIP,
  WB_PRINT_COMMAND_SHEET,
  WB_PRINT_STICKER,
  WB_PRINT_TEST,
} WbPrintKind;

#define WB_PRINT_N_KINDS (WB_PRINT_TEST + 1)

/**
 * WbPrintRoute:
 * @printer: "cups:QUEUE" (or just QUEUE), "socket:HOST" or "socket:HOST:PORT"; "" keeps it as a file
 * @tray: (nullable): as the printer calls it ("tray-1"); NULL leaves it to the printer
 * @language: (nullable): "zpl", "epl", "tspl", "escpos" or "pdf"; NULL: what is usual for the document
 * @dpi: dots an inch, for printers that are told in dots; 0: 203
 * @media: (nullable): what lies in a label printer, see wb_label_media_parse(); NULL: nobody said so
 */
typedef struct
{
  char *printer;
  char *tray;
  char *language;
  guint dpi;
  char *media;
} WbPrintRoute;

/**
 * WbPrintRoutes:
 *
 * The routes of a station, one for each kind at most.
 */
typedef struct
{
  WbPrintRoute *routes[WB_PRINT_N_KINDS];
} WbPrintRoutes;

const char *wb_print_kind_get_word (WbPrintKind kind);

/**
 * wb_print_kind_is_label:
 *
 * Returns: whether it is for a label printer, and not office paper
 */
gboolean wb_print_kind_is_label (WbPrintKind kind);

/**
 * wb_print_kind_from_word:
 *
 * Returns: whether there is such a kind
 */
gboolean wb_print_kind_from_word (const char *word, WbPrintKind *kind);

WbPrintRoute *wb_print_route_new (const char *printer, const char *tray, const char *language, guint dpi);

/**
 * wb_print_route_set_media:
 * @media: (nullable): "" is none
 */
void wb_print_route_set_media (WbPrintRoute *self, const char *media);
WbPrintRoute *wb_print_route_copy (const WbPrintRoute *self);
void wb_print_route_free (WbPrintRoute *self);

/**
 * wb_print_route_equal:
 * @a: (nullable)
 * @b: (nullable)
 *
 * Returns: whether both lead to the same printer, tray, language and roll
 */
gboolean wb_print_route_equal (const WbPrintRoute *a, const WbPrintRoute *b);

/**
 * wb_print_route_get_language:
 *
 * Returns: (transfer none): its language, or what is usual: ZPL for labels, PDF for paper and for files
 */
const char *wb_print_route_get_language (const WbPrintRoute *self, WbPrintKind kind);

/**
 * wb_print_route_get_dpi:
 *
 * Returns: dots an inch, never 0
 */
guint wb_print_route_get_dpi (const WbPrintRoute *self);

/**
 * wb_print_language_is_known:
 *
 * Returns: whether printers here can be told so
 */
gboolean wb_print_language_is_known (const char *language);

/**
 * wb_print_routes_new:
 *
 * Returns: (transfer full): routes of which none is set
 */
WbPrintRoutes *wb_print_routes_new (void);
void wb_print_routes_free (WbPrintRoutes *self);

/**
 * wb_print_routes_set:
 * @route: (nullable) (transfer none): copied
 */
void wb_print_routes_set (WbPrintRoutes *self, WbPrintKind kind, const WbPrintRoute *route);

/**
 * wb_print_routes_find:
 *
 * Finds where a document goes: its own route; else for a pick list, a slip or a sheet that of paper, for a sticker or a test that of labels; else
 * nowhere, which is a route without a printer.
 *
 * Returns: (transfer none): never NULL
 */
const WbPrintRoute *wb_print_routes_find (const WbPrintRoutes *self, WbPrintKind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbPrintRoute, wb_print_route_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbPrintRoutes, wb_print_routes_free)

G_END_DECLS
