/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The seats of a shop: who may log in, under which name, in which roles. A seat is three things
 * that go together: a PostgreSQL role that can log in, its membership in group roles, and the row
 * that says who that is. Adding and removing them needs a connection that may create roles; listing
 * needs none. Main thread only.
 */
#pragma once

#include "db/wb-db.h"

G_BEGIN_DECLS

/**
 * WbStaff:
 * @login: the PostgreSQL role
 * @display_name: who it is
 * @active: not switched off
 * @roles: `admin`, `packer`, …
 *
 * One seat.
 */
typedef struct
{
  char *login;
  char *display_name;
  gboolean active;
  char **roles;
} WbStaff;

/**
 * wb_staff_get_roles:
 *
 * Returns: (transfer none): the names of all roles there are, %NULL-terminated
 */
const char *const *wb_staff_get_roles (void);

/**
 * wb_staff_list_async:
 * @db: an open database
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Finish with wb_staff_list_finish(): (transfer full) (element-type WbStaff) by login.
 */
void wb_staff_list_async (WbDb *db,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
GPtrArray *wb_staff_list_finish (WbDb *db, GAsyncResult *result, GError **error);

/**
 * wb_staff_add_async:
 * @db: an open database, as a role that may create roles
 * @login: the PostgreSQL role, made if it is not there
 * @display_name: (nullable): who it is; %NULL for what it was, or @login
 * @roles: what it may do, of wb_staff_get_roles()
 * @password: (nullable): to log in with; %NULL leaves that as it is
 * @cancellable: (nullable): to give up; then nothing was done
 * @callback: called when the seat is there
 * @user_data: for @callback
 *
 * All or nothing. On a seat that exists it adds the roles, switches it on and sets name and password,
 * as far as they are given.
 */
void wb_staff_add_async (WbDb *db,
                         const char *login,
                         const char *display_name,
                         const char *const *roles,
                         const char *password,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
gboolean wb_staff_add_finish (WbDb *db, GAsyncResult *result, GError **error);

/**
 * wb_staff_remove_async:
 * @db: an open database, as a role that may create roles
 * @login: the PostgreSQL role
 * @cancellable: (nullable): to give up; then nothing was done
 * @callback: called when the seat is off
 * @user_data: for @callback
 *
 * Takes the roles away, keeps it from logging in and ends its connections. The PostgreSQL role and
 * the row stay, since what was done is recorded under them.
 */
void wb_staff_remove_async (WbDb *db,
                            const char *login,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean wb_staff_remove_finish (WbDb *db, GAsyncResult *result, GError **error);

G_END_DECLS
