/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The dialog of a program that cannot open its database: what is wrong, what helps, and, when a password is what is missing, a
 * place for it. Knows no database; who shows it tries again. Main thread.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * WbSignInFunc:
 * @again: %TRUE to try again, %FALSE to quit
 * @password: (nullable): what was typed, %NULL when none was asked for; gone after the call
 * @user_data: as given
 *
 * The answer. The dialog is still on its way out.
 */
typedef void (*WbSignInFunc) (gboolean again, const char *password, gpointer user_data);

GtkWidget *wb_sign_in_new (GtkWindow *parent, const GError *error, const char *place, WbSignInFunc func, gpointer user_data,
                           GDestroyNotify destroy);

gboolean wb_sign_in_wants_password (const GError *error);
char *wb_sign_in_explain (const GError *error);

G_END_DECLS
