/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What people read for the codes that the database keeps: a status, a stage, what to do next, what
 * is wrong, what an act was. One table, so that a code is called the same everywhere; the word
 * always comes with its symbol and colour class. Constant data; any thread.
 */
#pragma once

#include "devices/wb-device.h"

G_BEGIN_DECLS

/**
 * WbWord:
 * @domain: what kind of code: status, payment, fulfilment, stage, next, trouble, hold, charge, note, priority,
 *   shipment, tracking, act, move, segment, account; "device-" and the name of an option of devices
 * @code: as the database writes it
 * @text: untranslated; see wb_word_text()
 * @icon_name: (nullable): a symbolic icon
 * @style: (nullable): css class that says what it means: positive, caution, negative, active, quiet, special
 */
typedef struct
{
  const char *domain;
  const char *code;
  const char *text;
  const char *icon_name;
  const char *style;
} WbWord;

/**
 * wb_word_find:
 * @domain: a kind of code
 * @code: a code
 *
 * Returns: (transfer none) (nullable): its word
 */
const WbWord *wb_word_find (const char *domain,
                            const char *code);

/**
 * wb_word_text:
 * @domain: a kind of code
 * @code: a code
 *
 * Returns: (transfer none): the translated word; the code itself when there is none
 */
const char *wb_word_text (const char *domain,
                          const char *code);

/**
 * wb_word_option_text:
 * @option: of a device
 * @value: one of its choices, or what it is when nobody said
 *
 * Returns: (transfer none): what people read for it, with the technical word where somebody looks for that; a number is itself
 */
const char *wb_word_option_text (const WbDeviceOption *option,
                                 const char *value);

/**
 * wb_word_list:
 * @domain: a kind of code
 * @n: (out): how many
 *
 * Returns: (transfer none): the first of the words of a domain, which stand together
 */
const WbWord *wb_word_list (const char *domain,
                            guint *n);

G_END_DECLS
