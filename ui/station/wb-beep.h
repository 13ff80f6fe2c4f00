/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The two tones of a bench: short and high for right, low and twice for wrong. Made from nothing at
 * the first use, played through the desktop's sound server in a thread; without one it is quiet.
 * Main thread.
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * WbBeepTone:
 * @WB_BEEP_GOOD: short and high
 * @WB_BEEP_WRONG: low, twice
 */
typedef enum
{
  WB_BEEP_GOOD,
  WB_BEEP_WRONG,
} WbBeepTone;

#define WB_TYPE_BEEP (wb_beep_get_type ())
G_DECLARE_FINAL_TYPE (WbBeep, wb_beep, WB, BEEP, GObject)

WbBeep *wb_beep_new (void);

/**
 * wb_beep_play:
 * @tone: which
 *
 * Plays it; one that still sounds is cut off.
 */
void wb_beep_play (WbBeep *self, WbBeepTone tone);

G_END_DECLS
