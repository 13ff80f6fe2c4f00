/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "wb-address"

#include "config.h"

#include "core/wb-address.h"

#define N_PARTS 10

/* The members in order, so that copying and comparing cannot forget one. */
static char **
get_part (WbAddress *self,
          guint      i)
{
  char **parts[N_PARTS] = {
    &self->name, &self->company, &self->line1, &self->line2, &self->city,
    &self->region, &self->postcode, &self->country, &self->phone, &self->email,
  };

  G_STATIC_ASSERT (sizeof (WbAddress) == N_PARTS * sizeof (char *));
  return parts[i];
}

static const char *
peek_part (const WbAddress *self,
           guint            i)
{
  return *get_part ((WbAddress *) self, i);
}

/**
 * wb_address_clear:
 *
 * Frees the members of a struct that lives in another one, and leaves it empty.
 */
void
wb_address_clear (WbAddress *self)
{
  for (guint i = 0; i < N_PARTS; i++)
    g_clear_pointer (get_part (self, i), g_free);
}

/**
 * wb_address_copy:
 * @self: (nullable): an address
 *
 * Returns: (transfer full) (nullable): a copy
 */
WbAddress *
wb_address_copy (const WbAddress *self)
{
  WbAddress *copy = NULL;

  if (self == NULL)
    return NULL;
  copy = g_new0 (WbAddress, 1);
  for (guint i = 0; i < N_PARTS; i++)
    *get_part (copy, i) = g_strdup (peek_part (self, i));
  return copy;
}

/**
 * wb_address_free:
 * @self: (nullable) (transfer full): an address from the heap
 */
void
wb_address_free (WbAddress *self)
{
  if (self == NULL)
    return;
  wb_address_clear (self);
  g_free (self);
}

/**
 * wb_address_is_empty:
 *
 * Returns: whether nothing is written in it; a country, phone or e-mail address alone is no place
 * to send a parcel to, but it is something
 */
gboolean
wb_address_is_empty (const WbAddress *self)
{
  for (guint i = 0; i < N_PARTS; i++)
    if (peek_part (self, i) != NULL && *peek_part (self, i) != '\0')
      return FALSE;
  return TRUE;
}

/**
 * wb_address_equal:
 *
 * Returns: whether both say the same, letter by letter; a missing part equals an empty one
 */
gboolean
wb_address_equal (const WbAddress *a,
                  const WbAddress *b)
{
  for (guint i = 0; i < N_PARTS; i++)
    {
      const char *left = peek_part (a, i);
      const char *right = peek_part (b, i);

      if (g_strcmp0 (left != NULL ? left : "", right != NULL ? right : "") != 0)
        return FALSE;
    }
  return TRUE;
}

static void
append_line (GString    *lines,
             const char *first,
             const char *second)
{
  gboolean has_first = first != NULL && *first != '\0';
  gboolean has_second = second != NULL && *second != '\0';

  if (!has_first && !has_second)
    return;
  if (lines->len > 0)
    g_string_append_c (lines, '\n');
  if (has_first)
    g_string_append (lines, first);
  if (has_first && has_second)
    g_string_append_c (lines, ' ');
  if (has_second)
    g_string_append (lines, second);
}

/* Where the postcode stands in front of the town; elsewhere it follows or has a line of its own. */
static gboolean
postcode_leads (const char *country)
{
  static const char *const leading[] = {
    "AT", "BE", "CH", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IS", "IT", "LI", "LT",
    "LU", "LV", "MC", "MX", "NL", "NO", "PL", "PT", "RO", "RS", "SE", "SI", "SK", "TR", NULL,
  };

  return country != NULL && g_strv_contains (leading, country);
}

/**
 * wb_address_to_lines:
 * @home_country: (nullable): where the parcel starts; the country is written only when it is another
 *
 * The address as a block of lines, without phone and e-mail address.
 *
 * Returns: (transfer full): lines parted by newlines, none of them empty
 */
char *
wb_address_to_lines (const WbAddress *self,
                     const char      *home_country)
{
  g_autoptr(GString) lines = g_string_new (NULL);

  append_line (lines, self->name, NULL);
  append_line (lines, self->company, NULL);
  append_line (lines, self->line1, NULL);
  append_line (lines, self->line2, NULL);
  if (postcode_leads (self->country))
    {
      append_line (lines, self->postcode, self->city);
    }
  else if (g_strcmp0 (self->country, "GB") == 0 || g_strcmp0 (self->country, "IE") == 0)
    {
      append_line (lines, self->city, NULL);
      append_line (lines, self->region, NULL);
      append_line (lines, self->postcode, NULL);
    }
  else
    {
      g_autoptr(GString) tail = g_string_new (self->region);

      if (tail->len > 0 && self->postcode != NULL && *self->postcode != '\0')
        g_string_append_c (tail, ' ');
      g_string_append (tail, self->postcode != NULL ? self->postcode : "");
      append_line (lines, self->city, tail->str);
    }
  if (g_strcmp0 (self->country, home_country) != 0)
    append_line (lines, self->country, NULL);
  return g_string_free (g_steal_pointer (&lines), FALSE);
}
