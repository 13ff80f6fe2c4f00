/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What could come next in the search box. Reads broken text too: it is being typed. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/wb-field-private.h"
#include "core/wb-filter-private.h"

#include <string.h>

/* The piece of text at the cursor, and in front of it. */
typedef struct
{
  const WbCatalogue *catalogue;
  const WbFilterContext *context;
  const WbRelation *relation;
  const WbField *field; /* a value is being typed */
  const char *verb;     /* "is" or "has" and a condition is being typed */
  gboolean name;        /* the name of a field is being typed, or a word */
  char *prefix;
  gsize start; /* of what would be replaced */
  guint max;
  GPtrArray *candidates;
} Completion;

/**
 * wb_filter_candidate_free:
 * @self: a candidate
 */
void
wb_filter_candidate_free (WbFilterCandidate *self)
{
  g_free (self->text);
  g_free (self->label);
  g_free (self->detail);
  g_free (self);
}

static void
add_candidate (Completion *c,
               WbFilterCandidateKind kind,
               char *text,
               const char *label,
               const char *detail)
{
  WbFilterCandidate *candidate = NULL;

  for (guint i = 0; i < c->candidates->len; i++)
    if (strcmp (((WbFilterCandidate *) g_ptr_array_index (c->candidates, i))->text, text) == 0)
      {
        g_free (text);
        return;
      }
  if (c->candidates->len >= c->max)
    {
      g_free (text);
      return;
    }
  candidate = g_new0 (WbFilterCandidate, 1);
  candidate->kind = kind;
  candidate->text = text;
  candidate->label = g_strdup (label);
  candidate->detail = g_strdup (detail);
  g_ptr_array_add (c->candidates, candidate);
}

static gboolean
begins (const char *text,
        const char *prefix)
{
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;

  if (text == NULL)
    return FALSE;
  a = wb_filter_fold (text);
  b = wb_filter_fold (prefix);
  return g_str_has_prefix (a, b);
}

/* Whether one of several words, separated by spaces, begins so. */
static gboolean
word_begins (const char *words,
             const char *prefix)
{
  g_auto(GStrv) list = g_strsplit (words != NULL ? words : "", " ", 0);

  for (guint i = 0; list[i] != NULL; i++)
    if (*list[i] != '\0' && begins (list[i], prefix))
      return TRUE;

  return FALSE;
}

static const WbFieldChoice *
get_choices (const Completion *c,
             const WbField *field)
{
  if (field->type == WB_FIELD_COUNTRY)
    return _wb_country_choices ();
  if (field->choices != NULL)
    return field->choices;

  return field->list != NULL && c->context != NULL && c->context->choices != NULL
           ? c->context->choices (field->list, c->context->user_data)
           : NULL;
}

/* ---- Names -------------------------------------------------------------------------------- */

static void
add_fields (Completion *c,
            const WbCatalogue *catalogue)
{
  /* Those that begin so first, then those that are also called so. */
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < catalogue->n_fields; i++)
      {
        const WbField *field = &catalogue->fields[i];
        gboolean first = begins (field->name, c->prefix);

        if (!wb_filter_context_allows (c->context, catalogue, field))
          continue;
        if (pass == 0 ? first : begins (wb_field_get_label (field), c->prefix) || word_begins (field->aliases, c->prefix))
          add_candidate (c, WB_FILTER_CANDIDATE_FIELD, g_strconcat (field->name, ":", NULL), wb_field_get_label (field),
                         wb_field_get_description (field));
      }
}

/* Whether anything of what a relation leads to may be asked for. */
static gboolean
is_open (Completion *c,
         const WbRelation *relation)
{
  const WbCatalogue *target = wb_catalogue_get (relation->target);

  for (guint i = 0; i < target->n_fields; i++)
    if (wb_filter_context_allows (c->context, target, &target->fields[i]))
      return TRUE;

  return FALSE;
}

static void
add_relations (Completion *c)
{
  for (const WbRelation *r = c->catalogue->relations; r != NULL && r->name != NULL; r++)
    if (begins (r->name, c->prefix) && is_open (c, r))
      add_candidate (c, WB_FILTER_CANDIDATE_RELATION, g_strconcat (r->name, ".", NULL),
                     g_dgettext (GETTEXT_PACKAGE, r->label), NULL);
}

/* Whether what a condition stands for may be asked for. */
static gboolean
is_allowed (Completion *c,
            const char *expression)
{
  g_autoptr(WbFilter) filter = NULL;

  if (c->context == NULL || c->context->closed == NULL)
    return TRUE;
  filter = wb_filter_parse (c->catalogue, expression, c->context, NULL);
  return filter != NULL && wb_filter_find_closed (filter, c->context) == NULL;
}

static void
add_conditions (Completion *c,
                gboolean with_verb)
{
  for (const WbCondition *k = c->catalogue->conditions; k != NULL && k->verb != NULL; k++)
    if ((with_verb ? begins (k->name, c->prefix) || begins (k->verb, c->prefix)
                   : strcmp (k->verb, c->verb) == 0 && begins (k->name, c->prefix)) && is_allowed (c, k->expression))
      add_candidate (c, WB_FILTER_CANDIDATE_CONDITION,
                     with_verb ? g_strconcat (k->verb, ":", k->name, NULL) : g_strdup (k->name),
                     g_dgettext (GETTEXT_PACKAGE, k->label), k->expression);
  if (with_verb)
    return;
  for (guint i = 0; i < c->catalogue->n_fields; i++)
    {
      const WbField *field = &c->catalogue->fields[i];
      gboolean is = strcmp (c->verb, "is") == 0;

      if (!wb_filter_context_allows (c->context, c->catalogue, field))
        continue;
      if ((is ? field->type == WB_FIELD_BOOL : (field->flags & WB_FIELD_NULLABLE) != 0) && begins (field->name, c->prefix))
        add_candidate (c, WB_FILTER_CANDIDATE_CONDITION, g_strdup (field->name), wb_field_get_label (field), NULL);
      for (const WbFieldChoice *v = field->choices; is && v != NULL && v->code != NULL && (field->flags & WB_FIELD_MANY) == 0; v++)
        if (begins (v->code, c->prefix))
          add_candidate (c, WB_FILTER_CANDIDATE_CONDITION, g_strdup (v->code), wb_field_choice_get_label (v),
                         wb_field_get_label (field));
    }
}

/* "proc" is on the way to status:processing. */
static void
add_values_of_all (Completion *c)
{
  if (strlen (c->prefix) < 2)
    return;
  for (guint i = 0; i < c->catalogue->n_fields; i++)
    {
      const WbField *field = &c->catalogue->fields[i];
      const WbFieldChoice *choices = field->type == WB_FIELD_COUNTRY ? NULL : get_choices (c, field);

      if (!wb_filter_context_allows (c->context, c->catalogue, field))
        continue;
      for (; choices != NULL && choices->code != NULL; choices++)
        if (begins (choices->code, c->prefix) || begins (wb_field_choice_get_label (choices), c->prefix))
          {
            g_autofree char *quoted = wb_filter_quote (choices->code);

            add_candidate (c, WB_FILTER_CANDIDATE_VALUE, g_strconcat (field->name, ":", quoted, NULL),
                           wb_field_choice_get_label (choices), wb_field_get_label (field));
          }
    }
}

/* ---- Values ------------------------------------------------------------------------------- */

static void
add_choices (Completion *c)
{
  for (const WbFieldChoice *v = get_choices (c, c->field); v != NULL && v->code != NULL; v++)
    if (begins (v->code, c->prefix) || begins (wb_field_choice_get_label (v), c->prefix) || word_begins (v->aliases, c->prefix))
      {
        char *text = c->field->type == WB_FIELD_COUNTRY ? g_ascii_strdown (v->code, -1) : wb_filter_quote (v->code);

        add_candidate (c, WB_FILTER_CANDIDATE_VALUE, text, wb_field_choice_get_label (v), NULL);
      }
}

static void
add_words (Completion *c,
           const char *const *words)
{
  for (; *words != NULL; words++)
    if (begins (*words, c->prefix))
      add_candidate (c, WB_FILTER_CANDIDATE_VALUE, g_strdup (*words), *words, NULL);
}

static void
add_operators (Completion *c)
{
  static const struct
  {
    const char *operator;
    const char *of_numbers;
    const char *of_times;
  } operators[] = {
    { ">", N_ ("more than"), N_ ("after") },
    { ">=", N_ ("at least"), N_ ("from") },
    { "<", N_ ("less than"), N_ ("before") },
    { "<=", N_ ("at most"), N_ ("until") },
  };
  gboolean time = c->field->type == WB_FIELD_TIME || c->field->type == WB_FIELD_DATE;

  if (*c->prefix != '\0' || !wb_field_has_order (c->field))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    add_candidate (c, WB_FILTER_CANDIDATE_OPERATOR, g_strdup (operators[i].operator),
                   g_dgettext (GETTEXT_PACKAGE, time ? operators[i].of_times : operators[i].of_numbers), NULL);
}

static void
add_values (Completion *c)
{
  static const char *const yes_no[] = { "yes", "no", NULL };
  static const char *const empty[] = { "none", "any", NULL };
  static const char *const me[] = { "me", NULL };

  if (c->field->list != NULL && strcmp (c->field->list, "staff") == 0)
    add_words (c, me);
  add_choices (c);
  if (c->field->type == WB_FIELD_BOOL)
    add_words (c, yes_no);
  if (c->field->type == WB_FIELD_TIME || c->field->type == WB_FIELD_DATE)
    add_words (c, _wb_filter_date_words ());
  add_operators (c);
  if ((c->field->flags & WB_FIELD_NULLABLE) != 0)
    add_words (c, empty);
}

/* ---- Where the cursor is ------------------------------------------------------------------ */

/* Where the token at the end of @text begins: behind the last space or parenthesis outside quotes. */
static gsize
find_token (const char *text)
{
  gboolean quoted = FALSE;
  gsize start = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (_wb_filter_scan_quote (p) > 0)
        quoted = !quoted;
      else if (!quoted && (*p == '(' || *p == ')' || _wb_filter_is_space (g_utf8_get_char (p))))
        start = g_utf8_next_char (p) - text;
    }

  return start;
}

/* Behind the operators, the quotes and the last comma of a value. */
static const char *
find_value (const char *p)
{
  const char *start = p;

  for (; *p != '\0'; p++)
    if (*p == ',' || *p == ';' || (p[0] == '.' && p[1] == '.'))
      start = p + (*p == '.' ? 2 : 1);
  while (*start != '\0' && strchr ("<>=!", *start) != NULL)
    start++;

  return start;
}

static void
find_place (Completion *c,
            const char *text)
{
  const char *token = text + find_token (text);
  WbFilterHead head;
  const WbCatalogue *catalogue = c->catalogue;

  while (*token == '-' || *token == '!')
    token++;
  c->start = token - text;
  if (_wb_filter_scan_head (token, &head))
    {
      g_autofree char *first = g_strndup (token, head.first);
      g_autofree char *second = head.second > 0 ? g_strndup (token + head.first + 1, head.second) : NULL;
      const char *value = find_value (token + head.total + (token[head.total] == ':'));

      if (second != NULL)
        {
          c->relation = wb_catalogue_find_relation (catalogue, first);
          catalogue = c->relation != NULL ? wb_catalogue_get (c->relation->target) : NULL;
        }
      if (g_ascii_strcasecmp (first, "is") == 0 || g_ascii_strcasecmp (first, "has") == 0)
        c->verb = g_ascii_strcasecmp (first, "is") == 0 ? "is" : "has";
      else if (catalogue != NULL)
        c->field = wb_catalogue_find (catalogue, second != NULL ? second : first);
      c->start = value - text;
      c->prefix = g_strdup (value + _wb_filter_scan_quote (value));
      return;
    }
  c->name = TRUE;
  if (head.first > 0 && token[head.first] == '.')
    {
      g_autofree char *first = g_strndup (token, head.first);

      c->relation = wb_catalogue_find_relation (catalogue, first);
      if (c->relation != NULL)
        c->start += head.first + 1;
    }
  c->prefix = g_strdup (text + c->start);
}

/**
 * wb_filter_complete:
 * @catalogue: what the fields are of
 * @text: what stands in the box, right or wrong
 * @cursor: where the cursor is, in bytes; only what is before it counts
 * @context: (nullable): for the values of open choices
 * @max: at most so many
 * @span: (out caller-allocates): what a candidate replaces; it ends at the cursor
 *
 * Returns: (transfer full) (element-type WbFilterCandidate): ways to go on, likely ones first
 */
GPtrArray *
wb_filter_complete (const WbCatalogue *catalogue,
                    const char *text,
                    gsize cursor,
                    const WbFilterContext *context,
                    guint max,
                    WbFilterSpan *span)
{
  GPtrArray *candidates = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_filter_candidate_free);
  gsize length = MIN (cursor, strlen (text));
  g_autofree char *before = NULL;
  Completion c = { .catalogue = catalogue, .context = context, .max = max, .candidates = candidates };

  while (length > 0 && (text[length] & 0xc0) == 0x80)
    length--;
  before = g_strndup (text, length);
  memset (span, 0, sizeof *span);
  if (!g_utf8_validate (before, -1, NULL))
    return candidates;

  find_place (&c, before);
  span->start = c.start;
  span->end = length;
  span->start_char = g_utf8_pointer_to_offset (before, before + c.start);
  span->end_char = g_utf8_pointer_to_offset (before, before + length);
  if (c.verb != NULL)
    add_conditions (&c, FALSE);
  else if (c.field != NULL)
    add_values (&c);
  else if (c.name && c.relation != NULL)
    add_fields (&c, wb_catalogue_get (c.relation->target));
  else if (c.name)
    {
      add_fields (&c, catalogue);
      add_relations (&c);
      add_conditions (&c, TRUE);
      add_values_of_all (&c);
    }
  g_free (c.prefix);

  return candidates;
}
