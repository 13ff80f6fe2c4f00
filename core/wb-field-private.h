/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The catalogues, one file each, for the table in wb-field.c; and what the parser shares with it.
 */
#pragma once

#include "core/wb-field.h"

extern const WbCatalogue _wb_catalogue_orders;
extern const WbCatalogue _wb_catalogue_lines;
extern const WbCatalogue _wb_catalogue_customers;
extern const WbCatalogue _wb_catalogue_products;
extern const WbCatalogue _wb_catalogue_prints;

const WbFieldChoice *_wb_country_choices (void);
const char *const *_wb_country_group (const char *name);

gboolean _wb_words_contain (const char *words,
                            const char *word,
                            gssize length);
