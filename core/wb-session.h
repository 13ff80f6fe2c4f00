/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who sits here and what shop this is, as the database said at sign-in. Plain value; any thread.
 */
#pragma once

#include "core/wb-member.h"

G_BEGIN_DECLS

/**
 * WbSession:
 * @login: the PostgreSQL role
 * @name: of the person
 * @roles: admin, manager, sales, packer, support, analyst, gateway, worker; what an admin may is all of them
 * @acts: what may be called: "order_hold", "order_page", …
 * @hidden: what may not be read of lists, as view.column: "order_row.total_minor", …
 * @shop_name: of the shop
 * @shop_timezone: IANA name of the shop's zone; relative dates mean days there
 * @shop_currency: ISO 4217; what amounts without a currency mean
 * @shop_country: ISO 3166-1
 * @read_only: nothing can be changed (a standby)
 */
typedef struct
{
  char *login;
  char *name;
  gint64 staff_id;
  GStrv roles;
  GStrv acts;
  GStrv hidden;
  char *shop_name;
  char *shop_timezone;
  char *shop_currency;
  char *shop_country;
  gboolean read_only;
} WbSession;

extern const WbMembers wb_session_members;

/**
 * wb_session_has_role:
 * @self: a session
 * @role: e.g. "sales"
 */
gboolean wb_session_has_role (const WbSession *self,
                              const char *role);

/**
 * wb_session_may:
 * @self: (nullable): a session; before somebody signed in, %NULL, nothing is known and everything may be
 * @act: a function of the api: "order_hold"
 *
 * Returns: whether this seat may call it. For what is offered; the database decides.
 */
gboolean wb_session_may (const WbSession *self,
                         const char *act);

/**
 * wb_session_free:
 * @self: (nullable) (transfer full): a session
 */
void wb_session_free (WbSession *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbSession, wb_session_free)

G_END_DECLS
