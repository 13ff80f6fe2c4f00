/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The SCRAM-SHA-256 verifier of a password (RFC 5802, RFC 7677), as PostgreSQL stores it. Made here,
 * so that a password never travels to the server or into its log when it is set.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (transfer full); @salt NULL: a random one of 16 bytes */
char *_wb_scram_make_verifier (const char *password, const guint8 *salt, gsize salt_length);

G_END_DECLS
