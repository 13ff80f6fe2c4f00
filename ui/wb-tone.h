/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a code of a catalogue's field means to the eye: from the field to its words (wb-word.h), and from
 * their style to a colour that widgets can draw with. Never a colour alone: icon or word come with
 * it. Constant data; main thread.
 */
#pragma once

#include "core/wb-field.h"
#include "ui/wb-word.h"

G_BEGIN_DECLS

/**
 * WbTone:
 * @WB_TONE_NONE: text as it is
 * @WB_TONE_QUIET: over and done, or not begun: nothing to look at
 * @WB_TONE_ACTIVE: under way
 * @WB_TONE_POSITIVE: as it should be
 * @WB_TONE_CAUTION: somebody should look
 * @WB_TONE_NEGATIVE: somebody must act
 * @WB_TONE_SPECIAL: out of the ordinary
 *
 * Named in style.css; the class of a widget is "tone-" and wb_tone_get_name().
 */
typedef enum
{
  WB_TONE_NONE,
  WB_TONE_QUIET,
  WB_TONE_ACTIVE,
  WB_TONE_POSITIVE,
  WB_TONE_CAUTION,
  WB_TONE_NEGATIVE,
  WB_TONE_SPECIAL,
} WbTone;

const char *wb_tone_get_name (WbTone tone);
const char *wb_tone_get_color_name (WbTone tone);

const WbWord *wb_tone_find_word (const char *field, const char *code);
WbTone wb_tone_of_code (const char *field, const char *code, const char **icon_name);

const WbFieldChoice *wb_tone_choices (const char *list, gpointer user_data);

G_END_DECLS
