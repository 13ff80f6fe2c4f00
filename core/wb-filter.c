/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/wb-filter-private.h"

#include <string.h>

G_DEFINE_BOXED_TYPE (WbFilter, wb_filter, wb_filter_ref, wb_filter_unref)

/* ---- Nodes -------------------------------------------------------------------------------- */

WbFilter *
_wb_filter_new (const WbCatalogue *catalogue,
                WbFilterNodeType type)
{
  WbFilter *self = g_new0 (WbFilter, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->type = type;
  self->catalogue = catalogue;

  return self;
}

static void
add_child (GPtrArray *children,
           WbFilterNodeType type,
           WbFilter *child)
{
  /* (a b) c is a b c: the same thing has one form only. */
  if (child->type == type)
    {
      for (guint i = 0; i < child->n_children; i++)
        g_ptr_array_add (children, wb_filter_ref (child->children[i]));
      wb_filter_unref (child);
      return;
    }
  g_ptr_array_add (children, child);
}

/* Takes the elements of @children and the array. A group of one is that one, except for an empty `and`. */
WbFilter *
_wb_filter_new_group (const WbCatalogue *catalogue,
                      WbFilterNodeType type,
                      GPtrArray *children)
{
  g_autoptr(GPtrArray) flat = g_ptr_array_new ();
  WbFilter *self = NULL;

  for (guint i = 0; i < children->len; i++)
    add_child (flat, type, g_ptr_array_index (children, i));
  g_ptr_array_set_free_func (children, NULL);
  g_ptr_array_unref (children);

  if (flat->len == 1)
    return g_ptr_array_index (flat, 0);

  self = _wb_filter_new (catalogue, type);
  self->n_children = flat->len;
  self->children = (WbFilter **) g_ptr_array_free (g_steal_pointer (&flat), FALSE);

  return self;
}

WbFilter *
_wb_filter_new_not (WbFilter *child)
{
  WbFilter *self = NULL;

  if (child->type == WB_FILTER_NOT)
    {
      self = wb_filter_ref (child->children[0]);
      wb_filter_unref (child);
      return self;
    }
  self = _wb_filter_new (child->catalogue, WB_FILTER_NOT);
  self->n_children = 1;
  self->children = g_new0 (WbFilter *, 1);
  self->children[0] = child;

  return self;
}

WbFilter *
_wb_filter_new_word (const WbCatalogue *catalogue,
                     const char *text)
{
  WbFilter *self = _wb_filter_new (catalogue, WB_FILTER_WORD);

  self->text = g_strdup (text);
  self->shapes = _wb_filter_word_shapes (text);

  return self;
}

static void
clear_test (WbFilterTest *test)
{
  _wb_filter_value_clear (&test->a);
  _wb_filter_value_clear (&test->b);
}

GArray *
_wb_filter_tests_new (void)
{
  GArray *tests = g_array_new (FALSE, TRUE, sizeof (WbFilterTest));

  g_array_set_clear_func (tests, (GDestroyNotify) clear_test);
  return tests;
}

/* Takes @tests. */
WbFilter *
_wb_filter_new_clause (const WbCatalogue *catalogue,
                       const WbRelation *relation,
                       const WbField *field,
                       GArray *tests)
{
  WbFilter *self = _wb_filter_new (catalogue, WB_FILTER_CLAUSE);
  gsize n = 0;

  self->relation = relation;
  self->field = field;
  g_array_set_clear_func (tests, NULL);
  self->tests = g_array_steal (tests, &n);
  self->n_tests = n;
  g_array_unref (tests);

  return self;
}

/**
 * wb_filter_ref:
 * @self: a filter
 *
 * Any thread. Returns: @self
 */
WbFilter *
wb_filter_ref (WbFilter *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * wb_filter_unref:
 * @self: a filter
 *
 * Any thread.
 */
void
wb_filter_unref (WbFilter *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (guint i = 0; i < self->n_children; i++)
    wb_filter_unref (self->children[i]);
  for (guint i = 0; i < self->n_tests; i++)
    clear_test (&self->tests[i]);
  g_free (self->children);
  g_free (self->tests);
  g_free (self->text);
  g_free (self);
}

static gboolean
values_equal (const WbFilterValue *a,
              const WbFilterValue *b)
{
  return a->set == b->set && g_strcmp0 (a->text, b->text) == 0 && a->number == b->number &&
         strcmp (a->currency, b->currency) == 0 && memcmp (&a->date, &b->date, sizeof a->date) == 0;
}

/**
 * wb_filter_equal:
 * @a: a filter
 * @b: another
 *
 * Returns: whether both are the same expression: same clauses in the same order. `a b` and `b a` find
 *   the same but are not equal
 */
gboolean
wb_filter_equal (const WbFilter *a,
                 const WbFilter *b)
{
  if (a == b)
    return TRUE;
  if (a->type != b->type || a->catalogue != b->catalogue || a->n_children != b->n_children ||
      a->relation != b->relation || a->field != b->field || a->n_tests != b->n_tests ||
      g_strcmp0 (a->text, b->text) != 0 || g_strcmp0 (a->verb, b->verb) != 0)
    return FALSE;
  for (guint i = 0; i < a->n_tests; i++)
    if (a->tests[i].op != b->tests[i].op || !values_equal (&a->tests[i].a, &b->tests[i].a) ||
        !values_equal (&a->tests[i].b, &b->tests[i].b))
      return FALSE;
  for (guint i = 0; i < a->n_children; i++)
    if (!wb_filter_equal (a->children[i], b->children[i]))
      return FALSE;

  return TRUE;
}

/**
 * wb_filter_get_catalogue:
 * @self: a filter
 *
 * Returns: (transfer none): the kind of things it is about
 */
const WbCatalogue *
wb_filter_get_catalogue (const WbFilter *self)
{
  return self->catalogue;
}

/**
 * wb_filter_is_empty:
 * @self: (nullable): a filter
 *
 * Returns: whether it lets everything through because it says nothing
 */
gboolean
wb_filter_is_empty (const WbFilter *self)
{
  return self == NULL || (self->type == WB_FILTER_AND && self->n_children == 0);
}

/**
 * wb_filter_new_empty:
 * @catalogue: a catalogue
 *
 * Returns: (transfer full): the filter that lets everything through
 */
WbFilter *
wb_filter_new_empty (const WbCatalogue *catalogue)
{
  return _wb_filter_new (catalogue, WB_FILTER_AND);
}

/* ---- Editing ------------------------------------------------------------------------------ */

/**
 * wb_filter_get_n_clauses:
 * @self: a filter
 *
 * Returns: how many clauses stand side by side at the top: `status:a total:>1` has two,
 *   `status:a or total:>1` is one
 */
guint
wb_filter_get_n_clauses (const WbFilter *self)
{
  return self->type == WB_FILTER_AND ? self->n_children : 1;
}

/**
 * wb_filter_get_clause:
 * @self: a filter
 * @clause: which, from 0
 *
 * Returns: (transfer full): that clause as a filter of its own
 */
WbFilter *
wb_filter_get_clause (const WbFilter *self,
                      guint clause)
{
  g_return_val_if_fail (clause < wb_filter_get_n_clauses (self), NULL);

  return wb_filter_ref (self->type == WB_FILTER_AND ? self->children[clause] : (WbFilter *) self);
}

/* All clauses but one, with another in its place if given. */
static WbFilter *
rebuild (const WbFilter *self,
         guint clause,
         const WbFilter *with)
{
  GPtrArray *children = g_ptr_array_new ();
  guint n = wb_filter_get_n_clauses (self);

  for (guint i = 0; i < n; i++)
    {
      if (i != clause)
        g_ptr_array_add (children, wb_filter_get_clause (self, i));
      else if (with != NULL)
        g_ptr_array_add (children, wb_filter_ref ((WbFilter *) with));
    }
  if (clause >= n && with != NULL)
    g_ptr_array_add (children, wb_filter_ref ((WbFilter *) with));

  return _wb_filter_new_group (self->catalogue, WB_FILTER_AND, children);
}

/**
 * wb_filter_without:
 * @self: a filter
 * @clause: which, from 0
 *
 * Returns: (transfer full): the filter without that clause
 */
WbFilter *
wb_filter_without (const WbFilter *self,
                   guint clause)
{
  g_return_val_if_fail (clause < wb_filter_get_n_clauses (self), NULL);

  return rebuild (self, clause, NULL);
}

/**
 * wb_filter_with:
 * @self: a filter
 * @more: another on the same catalogue
 *
 * Returns: (transfer full): what passes both
 */
WbFilter *
wb_filter_with (const WbFilter *self,
                const WbFilter *more)
{
  g_return_val_if_fail (self->catalogue == more->catalogue, NULL);

  return rebuild (self, G_MAXUINT, more);
}

/**
 * wb_filter_replace:
 * @self: a filter
 * @clause: which, from 0
 * @with: what comes in its place
 *
 * Returns: (transfer full): the filter with that clause replaced
 */
WbFilter *
wb_filter_replace (const WbFilter *self,
                   guint clause,
                   const WbFilter *with)
{
  g_return_val_if_fail (clause < wb_filter_get_n_clauses (self), NULL);
  g_return_val_if_fail (self->catalogue == with->catalogue, NULL);

  return rebuild (self, clause, with);
}

/**
 * wb_filter_negate:
 * @self: a filter
 *
 * Returns: (transfer full): what does not pass @self. Negating everything gives a filter that nothing
 *   passes but that has no text: do not print it
 */
WbFilter *
wb_filter_negate (const WbFilter *self)
{
  return _wb_filter_new_not (wb_filter_ref ((WbFilter *) self));
}

/* ---- Time --------------------------------------------------------------------------------- */

static gboolean
is_relative (const WbFilter *self)
{
  for (guint i = 0; i < self->n_children; i++)
    if (is_relative (self->children[i]))
      return TRUE;
  if (self->field == NULL || (self->field->type != WB_FIELD_TIME && self->field->type != WB_FIELD_DATE))
    return FALSE;
  for (guint i = 0; i < self->n_tests; i++)
    if ((self->tests[i].a.set && _wb_filter_date_is_relative (&self->tests[i].a.date)) ||
        (self->tests[i].b.set && _wb_filter_date_is_relative (&self->tests[i].b.date)))
      return TRUE;

  return FALSE;
}

/* Whether a clock time stands in it: `now`, `-2h`. */
static gboolean
runs_with_clock (const WbFilter *self)
{
  for (guint i = 0; i < self->n_children; i++)
    if (runs_with_clock (self->children[i]))
      return TRUE;
  for (guint i = 0; i < self->n_tests; i++)
    {
      const WbFilterValue *both[] = { &self->tests[i].a, &self->tests[i].b };

      for (guint j = 0; j < G_N_ELEMENTS (both); j++)
        if (both[j]->set && (both[j]->date.kind == WB_FILTER_DATE_NOW ||
                             (both[j]->date.kind == WB_FILTER_DATE_OFFSET && both[j]->date.unit <= WB_FILTER_UNIT_HOUR)))
          return TRUE;
    }

  return FALSE;
}

/**
 * wb_filter_get_valid_until:
 * @self: (nullable): a filter
 * @context: (nullable): the world it is read in
 *
 * Returns: the moment, in microseconds since 1970 UTC, at which a relative date in it means something
 *   else: the end of today in the store's zone, the next minute for `now` and `-2h`; %G_MAXINT64 when
 *   there is none
 */
gint64
wb_filter_get_valid_until (const WbFilter *self,
                           const WbFilterContext *context)
{
  static const WbFilterDate today = { .kind = WB_FILTER_DATE_NEAR };
  WbFilterStretch stretch;

  if (self == NULL || !is_relative (self))
    return G_MAXINT64;
  if (runs_with_clock (self))
    {
      g_autoptr(GDateTime) now = _wb_filter_context_now (context);

      return (g_date_time_to_unix (now) / 60 + 1) * 60 * G_USEC_PER_SEC;
    }
  if (!_wb_filter_date_resolve (&today, context, FALSE, FALSE, &stretch))
    return G_MAXINT64;

  return stretch.to_us;
}

/**
 * wb_filter_context_allows:
 * @self: (nullable): the world of an expression
 * @catalogue: what is filtered
 * @field: (nullable): a field of it
 *
 * Returns: whether this seat may filter by it
 */
gboolean
wb_filter_context_allows (const WbFilterContext *self,
                          const WbCatalogue *catalogue,
                          const WbField *field)
{
  g_autofree char *name = NULL;

  if (self == NULL || self->closed == NULL || field == NULL)
    return TRUE;
  name = g_strdup_printf ("%s.%s", catalogue->name, field->name);
  return !g_strv_contains (self->closed, name);
}

/**
 * wb_filter_find_closed:
 * @self: (nullable): a filter
 * @context: (nullable): the world it is read in
 *
 * Returns: (transfer none) (nullable): the first field of it that this seat must not filter by
 */
const WbField *
wb_filter_find_closed (const WbFilter *self,
                       const WbFilterContext *context)
{
  const WbField *closed = NULL;

  if (self == NULL || context == NULL || context->closed == NULL)
    return NULL;
  if (self->field != NULL)
    {
      const WbCatalogue *catalogue = self->relation != NULL ? wb_catalogue_get (self->relation->target) : self->catalogue;

      return wb_filter_context_allows (context, catalogue, self->field) ? NULL : self->field;
    }
  for (guint i = 0; i < self->n_children && closed == NULL; i++)
    closed = wb_filter_find_closed (self->children[i], context);
  return closed;
}
