/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What scales on a serial line are asked and what they answer, as data and pure functions. A new protocol
 * is a row in the table of wb-scale-protocol.c and a function that reads a line.
 *
 * Mettler Toledo SICS ("Standard Interface Command Set", reference manual 11780711) and Toledo 8217 (as in the manuals of
 * 8213/8217 scales and their imitations); any thread.
 */
#pragma once

#include "core/wb-scale-reading.h"

G_BEGIN_DECLS

/**
 * WbScaleAnswer:
 * @WB_SCALE_ANSWER_READING: a reading
 * @WB_SCALE_ANSWER_OTHER: an answer to something else, or "cannot now"; asked again
 * @WB_SCALE_ANSWER_UNKNOWN: no answer of this protocol
 */
typedef enum
{
  WB_SCALE_ANSWER_READING,
  WB_SCALE_ANSWER_OTHER,
  WB_SCALE_ANSWER_UNKNOWN,
} WbScaleAnswer;

/**
 * WbScaleProtocol:
 * @name: the word of drivers in data/devices/
 * @baud: as the makers deliver it
 * @format: as the makers deliver it
 * @prefix: of an answer, see %WB_SERIAL_PREFIXES
 * @suffix: of an answer, see %WB_SERIAL_SUFFIXES
 * @ask: command for what it shows now
 * @zero: (nullable): command to set it to zero
 * @tare: (nullable): command to take off what is on it
 * @clear_tare: (nullable): command to forget that
 * @read: reads an answer without its prefix and suffix; @unit is what a scale means that does not say
 */
typedef struct
{
  const char *name;
  const char *baud;
  const char *format;
  const char *prefix;
  const char *suffix;
  const char *ask;
  const char *zero;
  const char *tare;
  const char *clear_tare;
  WbScaleAnswer (*read) (const char *answer, gsize length, WbScaleUnit unit, WbScaleReading *reading);
} WbScaleProtocol;

/**
 * wb_scale_protocol_find:
 *
 * Returns: (transfer none) (nullable): the protocol of that name
 */
const WbScaleProtocol *wb_scale_protocol_find (const char *name);

G_END_DECLS
