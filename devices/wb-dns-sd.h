/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a service says of itself in its TXT record (RFC 6763), which anybody on the network may have written.
 *
 * Plain values, any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * wb_dns_sd_dup_value:
 * @record: "aay": the strings of the record, as Avahi hands them over
 * @key: in capitals or not
 *
 * Returns: (transfer full) (nullable): one line of text; NULL when the record does not say, says nothing, or what is no text
 */
char *wb_dns_sd_dup_value (GVariant *record, const char *key);

/**
 * wb_dns_sd_is_path:
 *
 * Returns: whether it can stand in a URI as a path, as it is
 */
gboolean wb_dns_sd_is_path (const char *text);

G_END_DECLS
