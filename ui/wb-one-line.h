/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Boxes of one line stay boxes of one line: what is pasted from a letter or a table comes with line breaks, which GTK
 * would keep as signs that nobody can see. Main thread.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void wb_one_line_keep (GtkEditable *editable);

G_END_DECLS
