/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A computer with a USB scanner and a USB scale, for whole programs: started under umockdev-wrapper, it says which environment a program
 * needs to run at it, one NAME=VALUE a line and an empty one behind, and then does what it is told, a line at a time:
 *
 *   plug scanner|scale        into a plug of its own, which is never used again
 *   unplug scanner|scale
 *   scan CODE                 an AIM identifier may stand before it: "]E04006381333931"
 *   weigh GRAMS               at rest; 0 is an empty pan
 *   claimed scanner|scale     answers "yes" or "no": whether a program has taken it from the kernel
 *
 * Ends with its input. With --descriptors it only says how both describe their reports: a name and bytes in hex, a line each.
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "tests/devices/wb-test-usb.h"

typedef struct
{
  WbTestUsb *usb;
  WbTestUsbDevice *scanner;
  WbTestUsbDevice *scale;
  guint n_ports;
} Bench;

static void
answer (const char *text)
{
  printf ("%s\n", text);
  fflush (stdout);
}

static void
scan (Bench *bench, const char *code)
{
  gboolean has_symbology = code[0] == ']' && strlen (code) > 3;
  g_autofree char *symbology = has_symbology ? g_strndup (code, 3) : g_strdup ("]C0");

  wb_test_usb_scan (bench->scanner, symbology, code + (has_symbology ? 3 : 0));
}

static void
weigh (Bench *bench, const char *grams)
{
  guint16 g = (guint16) g_ascii_strtoull (grams, NULL, 10);

  wb_test_usb_weigh (bench->scale, g == 0 ? 2 : 4, 2, 0, g);
}

/* Whether it was understood, and could be done. */
static gboolean
obey (Bench *bench, const char *word, const char *rest)
{
  gboolean is_scanner = strcmp (rest, "scanner") == 0;
  WbTestUsbDevice **device = is_scanner ? &bench->scanner : &bench->scale;

  if (strcmp (word, "scan") == 0 && bench->scanner != NULL)
    scan (bench, rest);
  else if (strcmp (word, "weigh") == 0 && bench->scale != NULL)
    weigh (bench, rest);
  else if (!is_scanner && strcmp (rest, "scale") != 0)
    return FALSE;
  else if (strcmp (word, "plug") == 0 && *device == NULL)
    *device = wb_test_usb_plug (bench->usb, is_scanner ? &wb_test_usb_scanner : &wb_test_usb_scale, ++bench->n_ports);
  else if (strcmp (word, "unplug") == 0 && *device != NULL)
    wb_test_usb_unplug (g_steal_pointer (device));
  else if (strcmp (word, "claimed") == 0)
    {
      answer (*device != NULL && wb_test_usb_is_claimed (*device) ? "yes" : "no");
      return TRUE;
    }
  else
    return FALSE;
  answer ("done");
  return TRUE;
}

static void
take_line (Bench *bench, char *line)
{
  char *rest = NULL;

  line[strcspn (line, "\r\n")] = '\0';
  rest = strchr (line, ' ');
  if (rest != NULL)
    *rest++ = '\0';
  if (!obey (bench, line, rest != NULL ? rest : ""))
    answer ("what?");
}

static void
print_descriptor (const char *name, const WbTestUsbSpec *spec)
{
  printf ("%s ", name);
  for (gsize i = 0; i < spec->descriptor_length; i++)
    printf ("%02x", spec->descriptor[i]);
  printf ("\n");
}

int
main (int argc, char **argv)
{
  static const char *const variables[] = { "LD_PRELOAD", "UMOCKDEV_DIR" };
  Bench bench = { 0 };
  char line[256];

  if (argc > 1 && strcmp (argv[1], "--descriptors") == 0)
    {
      print_descriptor ("scanner", &wb_test_usb_scanner);
      print_descriptor ("scale", &wb_test_usb_scale);
      return 0;
    }
  if (g_getenv ("LD_PRELOAD") == NULL)
    {
      g_printerr ("%s: has to be started by umockdev-wrapper\n", argv[0]);
      return 2;
    }
  bench.usb = wb_test_usb_new ();
  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    printf ("%s=%s\n", variables[i], g_getenv (variables[i]));
  answer ("");
  /* the kernel's part is played in a thread of umockdev's */
  while (fgets (line, sizeof line, stdin) != NULL)
    take_line (&bench, line);
  wb_test_usb_free (bench.usb);
  return 0;
}
