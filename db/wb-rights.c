/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "db/wb-filter-map-private.h"
#include "db/wb-rights.h"

#include <string.h>

struct _WbRights
{
  char **hidden; /* catalogue.field */
  char **closed; /* catalogue.field; what is hidden is closed too */
  GHashTable *lists; /* names of catalogues of which something can be seen */
};

/* The view in "api.order_row t". */
static char *
find_view (const char *sql)
{
  const char *start = strstr (sql, "api.");

  if (start == NULL)
    return NULL;
  start += strlen ("api.");
  return g_strndup (start, strcspn (start, " "));
}

/* Whether an expression names a column that may not be read: "lower(t.email)" with @alias "t" and @view "customer_row". */
static gboolean
is_closed (const char *expression, char alias, const char *view, const char *const *hidden)
{
  if (expression == NULL || view == NULL)
    return FALSE;
  for (const char *p = expression; *p != '\0'; p++)
    {
      g_autofree char *column = NULL;
      gsize n = 0;

      if (p[0] != alias || p[1] != '.' || (p > expression && (g_ascii_isalnum (p[-1]) || p[-1] == '_')))
        continue;
      while (g_ascii_isalnum (p[2 + n]) || p[2 + n] == '_')
        n++;
      column = g_strdup_printf ("%s.%.*s", view, (int) n, p + 2);
      if (g_strv_contains (hidden, column))
        return TRUE;
    }
  return FALSE;
}

static gboolean
may_show (const WbFilterMapField *place, const char *view, const char *const *hidden)
{
  const char *shown = place->show != NULL ? place->show : place->from == NULL ? place->value : NULL;

  return !is_closed (shown, 't', view, hidden) && !is_closed (place->currency, 't', view, hidden);
}

static gboolean
may_filter (const WbFilterMapField *place, const char *view, const char *const *hidden)
{
  const char *const ours[] = { place->value, place->outer, place->any, place->folded, place->within, place->exact,
                               place->currency, place->sort[0], place->sort[1] };
  g_autofree char *other = place->from != NULL ? find_view (place->from) : NULL;
  g_autofree char *names = place->names != NULL ? find_view (place->names) : NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (ours); i++)
    if (is_closed (ours[i], 't', view, hidden))
      return FALSE;
  return !is_closed (place->value, 'x', other, hidden) && !is_closed (place->key, 'x', other, hidden)
         && !is_closed ("n.name", 'n', names, hidden);
}

static void
judge_catalogue (WbRights *self, const WbCatalogue *catalogue, const char *const *columns, GPtrArray *hidden,
                 GPtrArray *closed)
{
  const WbFilterMap *map = _wb_filter_map_get (catalogue);
  g_autofree char *view = find_view (map->from);

  if (!is_closed (map->id, 't', view, columns))
    g_hash_table_add (self->lists, (gpointer) catalogue->name);
  for (guint i = 0; i < catalogue->n_fields; i++)
    {
      const WbFilterMapField *place = _wb_filter_map_find (map, &catalogue->fields[i]);
      g_autofree char *name = g_strdup_printf ("%s.%s", catalogue->name, place->name);

      if (!may_show (place, view, columns))
        g_ptr_array_add (hidden, g_strdup (name));
      if (!may_show (place, view, columns) || !may_filter (place, view, columns))
        g_ptr_array_add (closed, g_strdup (name));
    }
}

WbRights *
wb_rights_new (const WbSession *session)
{
  static const char *const nothing[] = { NULL };
  WbRights *self = g_atomic_rc_box_new0 (WbRights);
  g_autoptr(GPtrArray) hidden = g_ptr_array_new ();
  g_autoptr(GPtrArray) closed = g_ptr_array_new ();
  guint n = 0;
  const WbCatalogue *const *catalogues = wb_catalogue_list (&n);

  self->lists = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < n; i++)
    judge_catalogue (self, catalogues[i], session != NULL ? (const char *const *) session->hidden : nothing,
                     hidden, closed);
  g_ptr_array_add (hidden, NULL);
  g_ptr_array_add (closed, NULL);
  self->hidden = (char **) g_ptr_array_steal (hidden, NULL);
  self->closed = (char **) g_ptr_array_steal (closed, NULL);
  return self;
}

WbRights *
wb_rights_ref (WbRights *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  WbRights *self = data;

  g_strfreev (self->hidden);
  g_strfreev (self->closed);
  g_hash_table_unref (self->lists);
}

void
wb_rights_unref (WbRights *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

static gboolean
contains (char **list, const WbCatalogue *catalogue, const WbField *field)
{
  g_autofree char *name = g_strdup_printf ("%s.%s", catalogue->name, field->name);

  return g_strv_contains ((const char *const *) list, name);
}

gboolean
wb_rights_shows (const WbRights *self, const WbCatalogue *catalogue, const WbField *field)
{
  return self == NULL || !contains (self->hidden, catalogue, field);
}

gboolean
wb_rights_filters (const WbRights *self, const WbCatalogue *catalogue, const WbField *field)
{
  return self == NULL || !contains (self->closed, catalogue, field);
}

gboolean
wb_rights_lists (const WbRights *self, const WbCatalogue *catalogue)
{
  return self == NULL || g_hash_table_contains (self->lists, catalogue->name);
}

const char *const *
wb_rights_get_closed (const WbRights *self)
{
  return self != NULL ? (const char *const *) self->closed : NULL;
}
