/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * GS1 Digital Link: the elements of core/wb-gs1.h as a web address, "https://id.example/01/09520123456788/10/AB?17=261231"
 * (GS1 Digital Link Standard: URI Syntax). Nothing is fetched. Pure functions on text; any thread. Errors are WB_ERROR.
 */
#pragma once

#include "core/wb-gs1.h"

G_BEGIN_DECLS

/**
 * WbGs1LinkFlags:
 * @WB_GS1_LINK_ALIASES: "/gtin/" as the first edition had it is "/01/"
 * @WB_GS1_LINK_SHORT_GTINS: GTINs of 8, 12 and 13 digits too, as many print them
 *
 * What is read beyond the standard.
 */
typedef enum
{
  WB_GS1_LINK_STRICT = 0,
  WB_GS1_LINK_ALIASES = 1 << 0,
  WB_GS1_LINK_SHORT_GTINS = 1 << 1,
} WbGs1LinkFlags;

/**
 * wb_gs1_link_parse:
 * @uri: an address; what stands before the key ("https://shop.example/item") does not matter
 *
 * Returns: (transfer full) (element-type WbGs1Element): elements, those of the path first; parameters that are no application
 *   identifiers are left out
 */
GPtrArray *wb_gs1_link_parse (const char *uri, WbGs1LinkFlags flags, GError **error);

/**
 * wb_gs1_link_build:
 * @stem: "https://id.example", without a slash at its end
 * @elements: (element-type WbGs1Element): with one that can begin a link; those that are there twice count once
 *
 * Returns: (transfer full): the address; wb_gs1_link_parse() reads it back
 */
char *wb_gs1_link_build (const char *stem, GPtrArray *elements, GError **error);

G_END_DECLS
