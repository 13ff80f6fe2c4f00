/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/wb-field-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The kinds of things that can be listed. A new kind is a file with its table and a line here. */
static const WbCatalogue *const catalogues[] = {
  &_wb_catalogue_orders,
  &_wb_catalogue_lines,
  &_wb_catalogue_customers,
  &_wb_catalogue_products,
  &_wb_catalogue_prints,
};

/* People write "Ready to Ship", "ready-to-ship" and "ready_to_ship" for the same value. */
static gboolean
same_words (const char *a,
            const char *b)
{
  g_autofree char *x = g_utf8_casefold (a, -1);
  g_autofree char *y = g_utf8_casefold (b, -1);

  g_strdelimit (x, " _", '-');
  g_strdelimit (y, " _", '-');
  return strcmp (x, y) == 0;
}

/* Whether @word is one of @words, which are separated by spaces. ASCII case does not count. */
gboolean
_wb_words_contain (const char *words,
                   const char *word,
                   gssize length)
{
  gsize n = length < 0 ? strlen (word) : (gsize) length;

  for (const char *p = words; p != NULL && *p != '\0' && n > 0;)
    {
      gsize size = strcspn (p, " ");

      if (size == n && g_ascii_strncasecmp (p, word, n) == 0)
        return TRUE;
      p += size;
      p += strspn (p, " ");
    }

  return FALSE;
}

/**
 * wb_catalogue_list:
 * @n_catalogues: (out) (optional): how many
 *
 * Returns: (transfer none) (array length=n_catalogues): all catalogues
 */
const WbCatalogue *const *
wb_catalogue_list (guint *n_catalogues)
{
  if (n_catalogues != NULL)
    *n_catalogues = G_N_ELEMENTS (catalogues);

  return catalogues;
}

/**
 * wb_catalogue_get:
 * @name: "orders", "lines", "customers", "products"
 *
 * Returns: (transfer none) (nullable): the catalogue of that name
 */
const WbCatalogue *
wb_catalogue_get (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (catalogues); i++)
    if (g_strcmp0 (catalogues[i]->name, name) == 0)
      return catalogues[i];

  return NULL;
}

/**
 * wb_catalogue_get_label:
 * @self: a catalogue
 *
 * Returns: (transfer none): its translated label, "Orders"
 */
const char *
wb_catalogue_get_label (const WbCatalogue *self)
{
  return g_dgettext (GETTEXT_PACKAGE, self->label);
}

/**
 * wb_catalogue_find:
 * @self: a catalogue
 * @name: name or alias of a field, in any case
 *
 * Returns: (transfer none) (nullable): the field
 */
const WbField *
wb_catalogue_find (const WbCatalogue *self,
                   const char *name)
{
  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  for (guint i = 0; i < self->n_fields; i++)
    if (g_ascii_strcasecmp (self->fields[i].name, name) == 0)
      return &self->fields[i];
  for (guint i = 0; i < self->n_fields; i++)
    if (_wb_words_contain (self->fields[i].aliases, name, -1))
      return &self->fields[i];

  return NULL;
}

/**
 * wb_catalogue_find_relation:
 * @self: a catalogue
 * @name: name of a relation, in any case
 *
 * Returns: (transfer none) (nullable): the relation
 */
const WbRelation *
wb_catalogue_find_relation (const WbCatalogue *self,
                            const char *name)
{
  for (const WbRelation *r = self->relations; r != NULL && r->name != NULL; r++)
    if (g_ascii_strcasecmp (r->name, name) == 0)
      return r;

  return NULL;
}

/**
 * wb_catalogue_find_condition:
 * @self: a catalogue
 * @verb: "is" or "has"
 * @name: the word after the colon, in any case
 *
 * Returns: (transfer none) (nullable): the named condition
 */
const WbCondition *
wb_catalogue_find_condition (const WbCatalogue *self,
                             const char *verb,
                             const char *name)
{
  for (const WbCondition *c = self->conditions; c != NULL && c->verb != NULL; c++)
    if (strcmp (c->verb, verb) == 0 && same_words (c->name, name))
      return c;

  return NULL;
}

/**
 * wb_field_get_label:
 * @self: a field
 *
 * Returns: (transfer none): its translated label: "Expected ship date"
 */
const char *
wb_field_get_label (const WbField *self)
{
  return g_dgettext (GETTEXT_PACKAGE, self->label);
}

/**
 * wb_field_get_description:
 * @self: a field
 *
 * Returns: (transfer none) (nullable): one translated line about it
 */
const char *
wb_field_get_description (const WbField *self)
{
  return self->description != NULL ? g_dgettext (GETTEXT_PACKAGE, self->description) : NULL;
}

/**
 * wb_field_choice_get_label:
 * @self: a choice
 *
 * Returns: (transfer none): its translated label
 */
const char *
wb_field_choice_get_label (const WbFieldChoice *self)
{
  return g_dgettext (GETTEXT_PACKAGE, self->label != NULL ? self->label : self->code);
}

/**
 * wb_field_find_choice:
 * @self: a field
 * @word: code, label (translated or not) or alias of one of its fixed choices, in any case
 *
 * Returns: (transfer none) (nullable): the choice
 */
const WbFieldChoice *
wb_field_find_choice (const WbField *self,
                      const char *word)
{
  const WbFieldChoice *choices = self->type == WB_FIELD_COUNTRY ? _wb_country_choices () : self->choices;
  g_autofree char *joined = g_strdelimit (g_strdup (word), " _", '-');

  for (const WbFieldChoice *c = choices; c != NULL && c->code != NULL; c++)
    if (same_words (c->code, word))
      return c;
  for (const WbFieldChoice *c = choices; c != NULL && c->code != NULL; c++)
    if (_wb_words_contain (c->aliases, joined, -1) || same_words (c->label, word) ||
        same_words (wb_field_choice_get_label (c), word))
      return c;

  return NULL;
}

/**
 * wb_field_has_order:
 * @self: a field
 *
 * Returns: whether its values can be compared by `<` and `>` and given as ranges
 */
gboolean
wb_field_has_order (const WbField *self)
{
  switch (self->type)
    {
    case WB_FIELD_MONEY:
    case WB_FIELD_PRICE:
    case WB_FIELD_INTEGER:
    case WB_FIELD_WEIGHT:
    case WB_FIELD_TIME:
    case WB_FIELD_DATE:
      return TRUE;
    case WB_FIELD_ENUM:
      return self->choices != NULL;
    case WB_FIELD_TEXT:
    case WB_FIELD_CODE:
    case WB_FIELD_BOOL:
    case WB_FIELD_COUNTRY:
    case WB_FIELD_TAGS:
    default:
      return FALSE;
    }
}
