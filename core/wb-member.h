/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Plain structs described by a table of their members, so that one reader fills and one function
 * frees all of them: what a page shows of an order, a customer, a product. Not for GObjects and
 * not for anything that changes after it was made. Any thread.
 *
 * The rules every such struct keeps: texts are never NULL once made (empty when there is none),
 * lists never NULL, moments (GDateTime, UTC) and single records NULL when there is none.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WbMemberType:
 * @WB_MEMBER_TEXT: char *
 * @WB_MEMBER_INT64: gint64
 * @WB_MEMBER_BOOL: gboolean
 * @WB_MEMBER_TIME: GDateTime *, UTC
 * @WB_MEMBER_DECIMAL: WbDecimal
 * @WB_MEMBER_TEXTS: GStrv
 * @WB_MEMBER_LIST: GPtrArray * of structs
 * @WB_MEMBER_RECORD: pointer to one struct
 *
 * What a member is in C.
 */
typedef enum
{
  WB_MEMBER_TEXT,
  WB_MEMBER_INT64,
  WB_MEMBER_BOOL,
  WB_MEMBER_TIME,
  WB_MEMBER_DECIMAL,
  WB_MEMBER_TEXTS,
  WB_MEMBER_LIST,
  WB_MEMBER_RECORD,
} WbMemberType;

typedef struct _WbMember WbMember;

/**
 * WbMembers:
 * @size: of the struct
 * @members: (array zero-terminated=1): ends with a %NULL name
 *
 * A struct as data.
 */
typedef struct
{
  gsize size;
  const WbMember *members;
} WbMembers;

struct _WbMember
{
  const char *name;     /* in C and in what it is read from */
  WbMemberType type;
  gsize offset;
  const WbMembers *of;  /* the structs of a list, the struct of a record */
};

#define WB_MEMBER(Type, name, TYPE) { #name, WB_MEMBER_##TYPE, G_STRUCT_OFFSET (Type, name), NULL }
#define WB_MEMBER_OF(Type, name, TYPE, of) { #name, WB_MEMBER_##TYPE, G_STRUCT_OFFSET (Type, name), of }

/**
 * wb_members_new:
 * @self: a description
 *
 * Returns: (transfer full): a struct with empty texts and lists; free with wb_members_free()
 */
gpointer wb_members_new (const WbMembers *self);

/**
 * wb_members_free:
 * @self: the description it was made with
 * @data: (nullable) (transfer full): a struct
 *
 * Frees a struct with everything in it.
 */
void wb_members_free (const WbMembers *self,
                      gpointer data);

G_END_DECLS
