/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The few places where GTK 4.8 and newer versions need different calls. Anything that asks for
 * GTK_CHECK_VERSION belongs here and nowhere else.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * wb_compat_get_color:
 * @widget: a widget
 * @color: (out): its text colour
 *
 * gtk_widget_get_color() came with 4.10.
 */
static inline void
wb_compat_get_color (GtkWidget *widget, GdkRGBA *color)
{
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), color);
}

/**
 * wb_compat_lookup_color:
 * @widget: a widget
 * @name: a named colour of the style sheet, without the at sign
 * @color: (out): the colour; the text colour when the name is not defined
 *
 * Returns: whether the name is defined
 */
static inline gboolean
wb_compat_lookup_color (GtkWidget *widget, const char *name, GdkRGBA *color)
{
  if (gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, color))
    return TRUE;
  wb_compat_get_color (widget, color);
  return FALSE;
}

G_END_DECLS
