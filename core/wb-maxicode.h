/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a MaxiCode on a parcel says: where it goes in its middle, for the carrier's cameras (modes 2 and 3), and the carrier's message
 * around that. As one text it is the message of ANSI MH10.8.3 that a reader says: "[)>" RS "01" GS "96" postcode GS country GS service
 * GS … RS EOT.
 *
 * Pure functions, any thread.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WbMaxicode:
 * @mode: 2 in the United States, 3 elsewhere
 * @postcode: nine digits, or up to six capitals and digits
 * @country: three digits, ISO 3166-1
 * @service: three digits, the carrier's
 * @message: the rest, with its head and its end
 */
typedef struct
{
  guint mode;
  char *postcode;
  char *country;
  char *service;
  char *message;
} WbMaxicode;

/**
 * wb_maxicode_build:
 * @written: "POSTCODE|COUNTRY|SERVICE|MESSAGE|…", country as ISO 3166-1 letters or digits; or the whole text
 *
 * Fails with %WB_ERROR_INVALID when one of the first three is missing or none.
 *
 * Returns: (transfer full): the whole text, in capitals
 */
char *wb_maxicode_build (const char *written, GError **error);

/**
 * wb_maxicode_parse:
 * @text: from wb_maxicode_build()
 *
 * Returns: (transfer full) (nullable): its parts; %NULL when it is none, or longer than the symbol holds
 */
WbMaxicode *wb_maxicode_parse (const char *text);
void wb_maxicode_free (WbMaxicode *self);

/**
 * wb_maxicode_pad_postcode:
 *
 * Returns: (transfer full): the postcode as long as the mode has it, six in mode 3, with blanks behind
 */
char *wb_maxicode_pad_postcode (const WbMaxicode *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbMaxicode, wb_maxicode_free)

G_END_DECLS
