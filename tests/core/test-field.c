/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The catalogues of fields. */
#include "config.h"

#include <string.h>

#include "core/wb-filter-node.h"
#include "tests/core/wb-test-filter.h"
#include "tests/wb-test.h"

static void
test_catalogues (void)
{
  guint n = 0;
  const WbCatalogue *const *catalogues = wb_catalogue_list (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
      const WbCatalogue *c = catalogues[i];

      g_assert_true (wb_catalogue_get (c->name) == c);
      for (guint j = 0; j < c->n_fields; j++)
        {
          const WbField *field = &c->fields[j];
          g_auto(GStrv) aliases = g_strsplit (field->aliases != NULL ? field->aliases : "", " ", 0);

          g_assert_true (g_hash_table_add (names, (gpointer) field->name));
          g_assert_true (wb_catalogue_find (c, field->name) == field);
          g_assert_true (g_ascii_islower (field->name[0]));
          g_assert_cmpstr (wb_field_get_label (field), !=, "");
          g_assert_true ((field->flags & WB_FIELD_COLUMN) == 0 || field->width_px > 0);
          g_assert_true ((field->flags & WB_FIELD_SORTABLE) == 0 || (field->flags & WB_FIELD_COLUMN) != 0);
          g_assert_true (field->type != WB_FIELD_ENUM || (field->choices != NULL) != (field->list != NULL));
          for (guint k = 0; aliases[k] != NULL; k++)
            if (*aliases[k] != '\0' && g_strcmp0 (wb_catalogue_find (c, aliases[k])->name, aliases[k]) != 0)
              g_assert_true (wb_catalogue_find (c, aliases[k]) == field);
        }
      for (const WbRelation *r = c->relations; r != NULL && r->name != NULL; r++)
        g_assert_nonnull (wb_catalogue_get (r->target));
      for (const WbCondition *k = c->conditions; k != NULL && k->verb != NULL; k++)
        {
          g_autofree char *text = g_strdup_printf ("%s:%s", k->verb, k->name);
          g_autoptr(GError) error = NULL;
          g_autoptr(WbFilter) filter = wb_test_filter_parse (c->name, text, &error);

          g_assert_no_error (error);
          g_assert_cmpint (filter->type, ==, WB_FILTER_CONDITION);
        }
      for (const WbWordRoute *w = c->words; w != NULL && w->field != NULL; w++)
        {
          const WbRelation *relation = NULL;

          g_assert_nonnull (wb_word_route_find (c, w, &relation));
        }
    }
}

int
main (int argc,
      char **argv)
{
  wb_test_init (&argc, &argv);
  g_test_add_func ("/field/catalogues", test_catalogues);

  return g_test_run ();
}
