/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What tests of filters share: one moment and one shop in which they are read.
 */
#pragma once

#include "core/wb-filter.h"

G_BEGIN_DECLS

/**
 * wb_test_filter_context_new:
 *
 * Monday, 6 October 2025, 13:30 in New York (17:30 UTC); Ann asks, and prices are in dollars.
 *
 * Returns: a context whose zone is the caller's to unref
 */
WbFilterContext wb_test_filter_context_new (void);

/**
 * wb_test_filter_parse:
 * @catalogue: name of what is listed
 *
 * Returns: (transfer full) (nullable): the filter, as it is read then
 */
WbFilter *wb_test_filter_parse (const char *catalogue,
                                const char *text,
                                GError    **error);

G_END_DECLS
