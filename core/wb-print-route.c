/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-print-route.h"

#define DPI 203

static const char *const kind_words[WB_PRINT_N_KINDS] = { "label", "paper", "pick-list", "packing-slip", "command-sheet", "sticker", "test" };

/* Whose route a kind takes that has none; itself: there is nobody to ask. */
static const WbPrintKind relatives[WB_PRINT_N_KINDS] = { WB_PRINT_LABEL, WB_PRINT_PAPER, WB_PRINT_PAPER, WB_PRINT_PAPER,
                                                         WB_PRINT_PAPER, WB_PRINT_LABEL, WB_PRINT_LABEL };

static const char *const languages[] = { "zpl", "epl", "tspl", "escpos", "pdf", NULL };

const char *
wb_print_kind_get_word (WbPrintKind kind)
{
  g_return_val_if_fail ((guint) kind < WB_PRINT_N_KINDS, NULL);

  return kind_words[kind];
}

gboolean
wb_print_kind_is_label (WbPrintKind kind)
{
  g_return_val_if_fail ((guint) kind < WB_PRINT_N_KINDS, FALSE);

  return relatives[kind] == WB_PRINT_LABEL;
}

gboolean
wb_print_kind_from_word (const char *word, WbPrintKind *kind)
{
  g_return_val_if_fail (word != NULL && kind != NULL, FALSE);

  for (guint i = 0; i < WB_PRINT_N_KINDS; i++)
    if (strcmp (kind_words[i], word) == 0)
      {
        *kind = (WbPrintKind) i;
        return TRUE;
      }
  return FALSE;
}

static char *
dup_or_null (const char *text)
{
  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

/**
 * wb_print_route_new:
 * @printer: (nullable): NULL or "": none
 * @tray: (nullable)
 * @language: (nullable)
 *
 * Returns: (transfer full): a route
 */
WbPrintRoute *
wb_print_route_new (const char *printer, const char *tray, const char *language, guint dpi)
{
  WbPrintRoute *self = g_new0 (WbPrintRoute, 1);

  self->printer = g_strdup (printer != NULL ? printer : "");
  self->tray = dup_or_null (tray);
  self->language = dup_or_null (language);
  self->dpi = dpi;
  return self;
}

WbPrintRoute *
wb_print_route_copy (const WbPrintRoute *self)
{
  WbPrintRoute *copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  copy = wb_print_route_new (self->printer, self->tray, self->language, self->dpi);
  wb_print_route_set_media (copy, self->media);
  return copy;
}

void
wb_print_route_set_media (WbPrintRoute *self, const char *media)
{
  g_return_if_fail (self != NULL);

  g_free (self->media);
  self->media = dup_or_null (media);
}

void
wb_print_route_free (WbPrintRoute *self)
{
  if (self == NULL)
    return;
  g_free (self->printer);
  g_free (self->tray);
  g_free (self->language);
  g_free (self->media);
  g_free (self);
}

gboolean
wb_print_route_equal (const WbPrintRoute *a, const WbPrintRoute *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return g_str_equal (a->printer, b->printer) && g_strcmp0 (a->tray, b->tray) == 0 &&
         g_strcmp0 (a->language, b->language) == 0 && a->dpi == b->dpi && g_strcmp0 (a->media, b->media) == 0;
}

const char *
wb_print_route_get_language (const WbPrintRoute *self, WbPrintKind kind)
{
  g_return_val_if_fail (self != NULL && (guint) kind < WB_PRINT_N_KINDS, NULL);

  if (*self->printer == '\0')
    return "pdf";
  if (self->language != NULL)
    return self->language;
  return wb_print_kind_is_label (kind) ? "zpl" : "pdf";
}

guint
wb_print_route_get_dpi (const WbPrintRoute *self)
{
  g_return_val_if_fail (self != NULL, DPI);

  return self->dpi > 0 ? self->dpi : DPI;
}

gboolean
wb_print_language_is_known (const char *language)
{
  return language != NULL && g_strv_contains (languages, language);
}

WbPrintRoutes *
wb_print_routes_new (void)
{
  return g_new0 (WbPrintRoutes, 1);
}

void
wb_print_routes_free (WbPrintRoutes *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < WB_PRINT_N_KINDS; i++)
    wb_print_route_free (self->routes[i]);
  g_free (self);
}

void
wb_print_routes_set (WbPrintRoutes *self, WbPrintKind kind, const WbPrintRoute *route)
{
  WbPrintRoute *copy = NULL;

  g_return_if_fail (self != NULL && (guint) kind < WB_PRINT_N_KINDS);

  copy = route != NULL ? wb_print_route_copy (route) : NULL;
  wb_print_route_free (self->routes[kind]);
  self->routes[kind] = copy;
}

const WbPrintRoute *
wb_print_routes_find (const WbPrintRoutes *self, WbPrintKind kind)
{
  static char nowhere_printer[] = "";
  static const WbPrintRoute nowhere = { nowhere_printer, NULL, NULL, 0, NULL };

  g_return_val_if_fail (self != NULL && (guint) kind < WB_PRINT_N_KINDS, &nowhere);

  if (self->routes[kind] != NULL)
    return self->routes[kind];
  if (self->routes[relatives[kind]] != NULL)
    return self->routes[relatives[kind]];
  return &nowhere;
}
