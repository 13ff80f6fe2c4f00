/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From JSON that our own database functions return to the structs of core/ (wb-member.h). Strict:
 * a value of the wrong kind is an error that names the member, not a silent zero. Not for files
 * from outside. Main thread only.
 */
#pragma once

#include "core/wb-member.h"

G_BEGIN_DECLS

/* A struct filled from a JSON object; members that the object lacks stay empty. Free with wb_members_free(). */
gpointer _wb_json_read (const WbMembers *of,
                        const char *text,
                        GError **error);

G_END_DECLS
