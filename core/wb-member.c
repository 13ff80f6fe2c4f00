/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/wb-member.h"

gpointer
wb_members_new (const WbMembers *self)
{
  gpointer data = g_malloc0 (self->size);

  for (const WbMember *m = self->members; m->name != NULL; m++)
    {
      gpointer at = G_STRUCT_MEMBER_P (data, m->offset);

      if (m->type == WB_MEMBER_TEXT)
        *(char **) at = g_strdup ("");
      else if (m->type == WB_MEMBER_TEXTS)
        *(GStrv *) at = g_new0 (char *, 1);
      else if (m->type == WB_MEMBER_LIST)
        *(GPtrArray **) at = g_ptr_array_new ();
    }

  return data;
}

static void
free_list (const WbMembers *of, GPtrArray *list)
{
  for (guint i = 0; i < list->len; i++)
    wb_members_free (of, g_ptr_array_index (list, i));
  g_ptr_array_unref (list);
}

void
wb_members_free (const WbMembers *self, gpointer data)
{
  if (data == NULL)
    return;

  for (const WbMember *m = self->members; m->name != NULL; m++)
    {
      gpointer at = G_STRUCT_MEMBER_P (data, m->offset);

      switch (m->type)
        {
        case WB_MEMBER_TEXT:
          g_free (*(char **) at);
          break;
        case WB_MEMBER_TEXTS:
          g_strfreev (*(GStrv *) at);
          break;
        case WB_MEMBER_TIME:
          g_clear_pointer ((GDateTime **) at, g_date_time_unref);
          break;
        case WB_MEMBER_LIST:
          free_list (m->of, *(GPtrArray **) at);
          break;
        case WB_MEMBER_RECORD:
          wb_members_free (m->of, *(gpointer *) at);
          break;
        case WB_MEMBER_INT64:
        case WB_MEMBER_BOOL:
        case WB_MEMBER_DECIMAL:
        default:
          break;
        }
    }
  g_free (data);
}
