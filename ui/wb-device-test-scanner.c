/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trying a scanner: what a code says, and what that means. */
#define G_LOG_DOMAIN "wb-ui"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/wb-facts.h"
#include "core/wb-gs1-link.h"
#include "core/wb-gs1.h"
#include "ui/wb-device-test-private.h"
#include "ui/wb-format.h"

static gboolean
is_address (const char *plain)
{
  return g_ascii_strncasecmp (plain, "http://", 7) == 0 || g_ascii_strncasecmp (plain, "https://", 8) == 0;
}

/* A plain code often looks like an element string, so only a symbol that says so holds one. */
static GPtrArray *
parse_elements (const char *plain, const char *symbology, GError **error)
{
  static const char *const with_elements[] = { "C1", "e0", "d2", "Q3", "J1", NULL };

  if (is_address (plain))
    return wb_gs1_link_parse (plain, WB_GS1_LINK_ALIASES | WB_GS1_LINK_SHORT_GTINS, error);
  if (g_strv_contains (with_elements, symbology) || (*symbology == '\0' && strchr (plain, WB_GS1_GS) != NULL))
    return wb_gs1_parse (plain, error);
  return NULL;
}

/* What GS1 says about it, a line a part, or what is wrong with it; "" when it says nothing. @text has its AIM identifier, if the scanner sends one. */
static char *
describe_scan (const char *text)
{
  char symbology[3] = "";
  const char *plain = NULL;
  g_autoptr (GPtrArray) elements = NULL;
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autofree char *gtin = NULL;
  g_autofree char *sentence = NULL;
  g_autoptr (GError) error = NULL;

  plain = wb_gs1_strip_aim (text, symbology);
  elements = parse_elements (plain, symbology, &error);
  /* an address may be anybody's; a symbol for element strings holds one */
  if (error != NULL && *symbology != '\0' && !is_address (plain))
    sentence = wb_format_sentence (error->message);
  if (sentence != NULL)
    g_string_append (lines, sentence);
  gtin = elements == NULL && sentence == NULL ? wb_gs1_gtin_normalise (plain, NULL) : NULL;
  if (gtin != NULL)
    g_string_append_printf (lines, _ ("GTIN %s"), gtin);
  for (guint i = 0; elements != NULL && i < elements->len; i++)
    {
      const WbGs1Element *element = g_ptr_array_index (elements, i);

      g_string_append_printf (lines, "%s(%s) %s: %s", i > 0 ? "\n" : "", element->ai, element->title, element->value);
    }
  return g_string_free (g_steal_pointer (&lines), FALSE);
}

void
_wb_device_test_scan_cb (WbDeviceTest *self, WbScan *scan)
{
  const char *symbology = wb_scan_symbology_name (scan->symbology);
  g_autofree char *shown = g_strdelimit (g_strdup (scan->text), "\x1d", ' ');
  g_autofree char *text = wb_scan_to_string (scan);
  g_autofree char *meaning = describe_scan (text);
  g_autofree char *length = g_strdup_printf (ngettext ("%ld character", "%ld characters", (gulong) g_utf8_strlen (scan->text, -1)),
                                             g_utf8_strlen (scan->text, -1));
  g_autofree char *facts = wb_facts_join (*symbology != '\0' ? symbology : _ ("kind of barcode not said"), length, NULL);
  g_autofree char *detail = g_strconcat (facts, *meaning != '\0' ? "\n" : "", meaning, NULL);

  self->n_seen++;
  _wb_device_test_show (self, shown, detail);
}

static void
garbage_cb (WbDeviceTest *self, const char *message)
{
  g_autofree char *sentence = wb_format_sentence (message);

  _wb_device_test_show (self, _ ("Something came that is no code"), sentence);
}

void
_wb_device_test_build_scanner (WbDeviceTest *self)
{
  g_signal_connect_object (self->device, "scan", G_CALLBACK (_wb_device_test_scan_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->device, "garbage", G_CALLBACK (garbage_cb), self, G_CONNECT_SWAPPED);
}
