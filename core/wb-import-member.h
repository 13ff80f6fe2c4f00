/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a member of a JSON object becomes a value of the record that is being read: what the formats that read
 * JSON have in common. What cannot be taken is refused on the record (wb-import-cell.h). Any thread.
 */
#pragma once

#include "core/wb-import-format.h"

G_BEGIN_DECLS

/**
 * WbImportReading:
 *
 * Where values come from and where they go; borrowed.
 */
typedef struct
{
  WbImportSource *source;
  WbImportRecord *record;
} WbImportReading;

char    *wb_import_member_text      (const WbImportReading *reading,
                                     const WbJson          *object,
                                     const char            *member);
char    *wb_import_member_key       (const WbImportReading *reading,
                                     const WbJson          *object,
                                     const char            *member);
char    *wb_import_member_full_name (const WbImportReading *reading,
                                     const WbJson          *object);
gint64   wb_import_member_minor     (const WbImportReading *reading,
                                     const WbJson          *object,
                                     const char            *member);
gint64   wb_import_member_integer   (const WbImportReading *reading,
                                     const WbJson          *object,
                                     const char            *member);
gint64   wb_import_member_time      (const WbImportReading *reading,
                                     const WbJson          *object,
                                     const char            *member);
void     wb_import_member_currency  (const WbImportReading *reading,
                                     const WbJson          *object,
                                     const char            *member,
                                     char                  *currency);
gboolean wb_import_member_says      (const WbJson          *object,
                                     const char            *member,
                                     const char            *text);
gboolean wb_import_member_is_null   (const WbJson          *object,
                                     const char            *member);

G_END_DECLS
