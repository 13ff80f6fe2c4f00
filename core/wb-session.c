/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/wb-session.h"

static const WbMember session_members[] = {
  WB_MEMBER (WbSession, login, TEXT),
  WB_MEMBER (WbSession, name, TEXT),
  WB_MEMBER (WbSession, staff_id, INT64),
  WB_MEMBER (WbSession, roles, TEXTS),
  WB_MEMBER (WbSession, acts, TEXTS),
  WB_MEMBER (WbSession, hidden, TEXTS),
  WB_MEMBER (WbSession, shop_name, TEXT),
  WB_MEMBER (WbSession, shop_timezone, TEXT),
  WB_MEMBER (WbSession, shop_currency, TEXT),
  WB_MEMBER (WbSession, shop_country, TEXT),
  WB_MEMBER (WbSession, read_only, BOOL),
  { 0 },
};

const WbMembers wb_session_members = { sizeof (WbSession), session_members };

gboolean
wb_session_has_role (const WbSession *self, const char *role)
{
  g_return_val_if_fail (self != NULL && role != NULL, FALSE);

  return g_strv_contains ((const char *const *) self->roles, role);
}

gboolean
wb_session_may (const WbSession *self, const char *act)
{
  g_return_val_if_fail (act != NULL, FALSE);

  return self == NULL || g_strv_contains ((const char *const *) self->acts, act);
}

void
wb_session_free (WbSession *self)
{
  wb_members_free (&wb_session_members, self);
}
