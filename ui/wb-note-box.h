/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A box to write a note into: Enter keeps it, Shift+Enter begins a line. It keeps nothing itself: "kept" says that the
 * writer is done, and what was typed stays until somebody clears it. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WB_TYPE_NOTE_BOX (wb_note_box_get_type ())
G_DECLARE_FINAL_TYPE (WbNoteBox, wb_note_box, WB, NOTE_BOX, GtkWidget)

GtkWidget *wb_note_box_new (void);
char *wb_note_box_dup_text (WbNoteBox *self);
void wb_note_box_set_text (WbNoteBox *self,
                           const char *text);

G_END_DECLS
