/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known about prints: one row each time a document went to a printer. A new field is a line here and one in
 * db/wb-filter-map-prints.c. */
#include "config.h"

#include "core/wb-field-private.h"

#include <glib/gi18n-lib.h>

#define COLUMN WB_FIELD_COLUMN
#define SHOWN (WB_FIELD_COLUMN | WB_FIELD_SHOWN)
#define EMPTY WB_FIELD_NULLABLE
#define LATEST WB_FIELD_DESCENDING

static const WbFieldChoice documents[] = {
  { "label", N_ ("Label"), NULL },
  { "pick-list", N_ ("Pick list"), "picklist" },
  { "packing-slip", N_ ("Packing slip"), "slip" },
  { "paper", N_ ("Paper"), NULL },
  { "command-sheet", N_ ("Command barcodes"), "commands" },
  { "sticker", N_ ("Other label"), "labels" },
  { "test", N_ ("Test"), NULL },
  { NULL, NULL, NULL },
};

static const WbField fields[] = {
  { "printed", N_ ("Printed"), N_ ("When it went to the printer"), WB_FIELD_TIME, WB_FIELD_INDEX_BTREE,
    WB_FIELD_SORTABLE | SHOWN | LATEST, 150, "at when", NULL, NULL },
  { "document", N_ ("Document"), N_ ("What was printed"), WB_FIELD_ENUM, WB_FIELD_INDEX_NONE, SHOWN, 130, "what kind", documents, NULL },
  { "order", N_ ("Order"), N_ ("Number of the order it is for"), WB_FIELD_CODE, WB_FIELD_INDEX_BTREE, SHOWN | EMPTY, 110, "number", NULL, NULL },
  { "tracking", N_ ("Tracking"), N_ ("Tracking number on the label"), WB_FIELD_CODE, WB_FIELD_INDEX_NONE, COLUMN | EMPTY, 180, NULL, NULL, NULL },
  { "printer", N_ ("Printer"), NULL, WB_FIELD_TEXT, WB_FIELD_INDEX_NONE, SHOWN, 140, "queue", NULL, NULL },
  { "station", N_ ("Station"), NULL, WB_FIELD_TEXT, WB_FIELD_INDEX_NONE, SHOWN | EMPTY, 120, "bench", NULL, NULL },
  { "who", N_ ("Who"), N_ ("Who worked there, by their badge; else who was signed in"), WB_FIELD_TEXT, WB_FIELD_INDEX_NONE, SHOWN, 150,
    "person by staff", NULL, NULL },
  { "copy", N_ ("Copy"), N_ ("1 is the first print of it"), WB_FIELD_INTEGER, WB_FIELD_INDEX_NONE, SHOWN | LATEST, 70, NULL, NULL, NULL },
  { "reason", N_ ("Why again"), N_ ("What was said when it was printed again"), WB_FIELD_TEXT, WB_FIELD_INDEX_NONE, SHOWN | EMPTY, 150, "why",
    NULL, NULL },
  { "again", N_ ("Again"), N_ ("Whether it had been printed before"), WB_FIELD_BOOL, WB_FIELD_INDEX_BTREE, 0, 0, "reprint", NULL, NULL },
  { "title", N_ ("Title"), N_ ("What the print queue calls it"), WB_FIELD_TEXT, WB_FIELD_INDEX_NONE, COLUMN, 180, NULL, NULL, NULL },
  { "anything", N_ ("Anything"), N_ ("Order, title, printer, station, people and reason"), WB_FIELD_TEXT, WB_FIELD_INDEX_NONE, 0, 0,
    "search text", NULL, NULL },
};

static const WbCondition conditions[] = {
  { "is", "again", N_ ("was printed again"), "again:yes" },
  { NULL, NULL, NULL, NULL },
};

static const WbWordRoute words[] = {
  { WB_WORD_NUMBER | WB_WORD_CODE | WB_WORD_TEXT, "anything", WB_WORD_CONTAINS },
  { 0, NULL, 0 },
};

const WbCatalogue _wb_catalogue_prints = {
  .name = "prints",
  .label = N_ ("Prints"),
  .fields = fields,
  .n_fields = G_N_ELEMENTS (fields),
  .conditions = conditions,
  .words = words,
  .sort = "-printed",
};
