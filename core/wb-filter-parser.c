/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The grammar: or, and, not, parentheses, clauses, conditions, words. See core/README.md. */
#include "config.h"

#include "core/wb-field-private.h"
#include "core/wb-filter-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static WbFilter *read_or (WbFilterReader *reader,
                          GError **error);
static WbFilter *read_unary (WbFilterReader *reader,
                             GError **error);

static gsize
here (const WbFilterReader *reader)
{
  return reader->at - reader->text;
}

/* Length of the keyword @word (or its sign) if it stands here on its own, 0 otherwise. */
static gsize
scan_keyword (const WbFilterReader *reader,
              const char *word,
              const char *sign)
{
  gsize n = strlen (word);

  if (g_ascii_strncasecmp (reader->at, word, n) == 0 &&
      (_wb_filter_is_stop (reader->at + n, FALSE) || _wb_filter_scan_quote (reader->at + n) > 0))
    return n;
  n = strlen (sign);
  if (n > 0 && strncmp (reader->at, sign, n) == 0)
    return n + (reader->at[n] == *sign);

  return 0;
}

static void
skip_separators (WbFilterReader *reader)
{
  for (;;)
    {
      _wb_filter_skip_space (reader);
      if (*reader->at != ',' && *reader->at != ';')
        return;
      reader->at++;
    }
}

/* ---- Fields ------------------------------------------------------------------------------- */

/* The names that could stand in front of a colon, for suggestions. */
static GPtrArray *
list_names (const WbCatalogue *catalogue,
            gboolean all)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < catalogue->n_fields; i++)
    {
      g_auto(GStrv) aliases = g_strsplit (catalogue->fields[i].aliases != NULL ? catalogue->fields[i].aliases : "", " ", 0);

      g_ptr_array_add (names, g_strdup (catalogue->fields[i].name));
      for (guint j = 0; aliases[j] != NULL; j++)
        if (*aliases[j] != '\0')
          g_ptr_array_add (names, g_strdup (aliases[j]));
    }
  for (const WbRelation *r = catalogue->relations; all && r != NULL && r->name != NULL; r++)
    g_ptr_array_add (names, g_strdup (r->name));
  if (all)
    {
      g_ptr_array_add (names, g_strdup ("is"));
      g_ptr_array_add (names, g_strdup ("has"));
    }

  return names;
}

static void
set_unknown (WbFilterReader *reader,
             const WbCatalogue *catalogue,
             gboolean all,
             gsize start,
             gsize end,
             GError **error)
{
  g_autoptr(GPtrArray) names = list_names (catalogue, all);
  g_autofree char *name = _wb_filter_excerpt (reader, start, end);
  const char *nearest = _wb_filter_nearest (name, names);

  if (nearest != NULL)
    _wb_filter_set_error (error, reader, start, end, WB_FILTER_ERROR_FIELD, _ ("a field"), nearest,
                          _ ("unknown field “%s”: did you mean “%s”?"), name, nearest);
  else
    _wb_filter_set_error (error, reader, start, end, WB_FILTER_ERROR_FIELD, _ ("a field"), NULL,
                          _ ("unknown field “%s”; put it in quotes to look for the words"), name);
}

static gboolean
count_clause (WbFilterReader *reader,
              gsize start,
              GError **error)
{
  if (++reader->n_clauses <= WB_FILTER_MAX_CLAUSES)
    return TRUE;

  _wb_filter_set_error (error, reader, start, here (reader), WB_FILTER_ERROR_LIMIT, NULL, NULL,
                        _ ("more than %d clauses in one expression"), WB_FILTER_MAX_CLAUSES);
  return FALSE;
}

/* ---- Conditions --------------------------------------------------------------------------- */

static WbFilter *
new_condition (WbFilterReader *reader,
               const char *verb,
               const WbCondition *condition,
               GError **error)
{
  WbFilterReader inner = { .catalogue = reader->catalogue,
                           .context = reader->context,
                           .text = condition->expression,
                           .at = condition->expression,
                           .expanding = reader->expanding + 1 };
  WbFilter *child = NULL;
  WbFilter *self = NULL;

  g_assert (inner.expanding < 8); /* conditions that stand for each other: the catalogue is wrong */
  child = read_or (&inner, error);
  if (child == NULL)
    return NULL;
  self = _wb_filter_new (reader->catalogue, WB_FILTER_CONDITION);
  self->verb = verb;
  self->text = g_strdup (condition->name);
  self->n_children = 1;
  self->children = g_new0 (WbFilter *, 1);
  self->children[0] = child;

  return self;
}

static WbFilter *
new_keyword_clause (const WbCatalogue *catalogue,
                    const WbRelation *relation,
                    const WbField *field,
                    WbFilterOp op)
{
  WbFilterTest test = { .op = op };
  GArray *tests = _wb_filter_tests_new ();

  g_array_append_val (tests, test);
  return _wb_filter_new_clause (catalogue, relation, field, tests);
}

static WbFilter *
new_choice_clause (const WbCatalogue *catalogue,
                   const WbField *field,
                   const char *code,
                   gint64 number)
{
  WbFilterTest test = { .op = WB_FILTER_MATCH, .a = { .set = TRUE, .text = g_strdup (code), .number = number } };
  GArray *tests = _wb_filter_tests_new ();

  g_array_append_val (tests, test);
  return _wb_filter_new_clause (catalogue, NULL, field, tests);
}

/* `is:late` (listed), `is:gift` (a yes-or-no field), `is:shipped` (a value of a fixed list). */
static WbFilter *
find_is (WbFilterReader *reader,
         const char *word,
         GError **error)
{
  const WbCatalogue *catalogue = reader->catalogue;
  const WbCondition *condition = wb_catalogue_find_condition (catalogue, "is", word);
  const WbField *field = wb_catalogue_find (catalogue, word);

  if (condition != NULL)
    return new_condition (reader, "is", condition, error);
  if (field != NULL && field->type == WB_FIELD_BOOL)
    return new_choice_clause (catalogue, field, NULL, 1);
  for (guint i = 0; i < catalogue->n_fields; i++)
    if (catalogue->fields[i].choices != NULL && (catalogue->fields[i].flags & WB_FIELD_MANY) == 0)
      {
        const WbFieldChoice *choice = wb_field_find_choice (&catalogue->fields[i], word);

        if (choice != NULL)
          return new_choice_clause (catalogue, &catalogue->fields[i], choice->code, 0);
      }

  return NULL;
}

/* `has:note` (listed), `has:phone` (a field that may be empty). */
static WbFilter *
find_has (WbFilterReader *reader,
          const char *word,
          GError **error)
{
  const WbCatalogue *catalogue = reader->catalogue;
  const WbCondition *condition = wb_catalogue_find_condition (catalogue, "has", word);
  const WbField *field = wb_catalogue_find (catalogue, word);

  if (condition != NULL)
    return new_condition (reader, "has", condition, error);

  return field != NULL ? new_keyword_clause (catalogue, NULL, field, WB_FILTER_ANY) : NULL;
}

static void
set_unknown_condition (WbFilterReader *reader,
                       const char *verb,
                       const WbFilterRaw *raw,
                       GError **error)
{
  const WbCatalogue *catalogue = reader->catalogue;
  gboolean is = strcmp (verb, "is") == 0;
  g_autoptr(GPtrArray) words = g_ptr_array_new ();
  g_autofree char *shown = _wb_filter_excerpt (reader, raw->start, raw->end);
  g_autofree char *opposite = NULL;
  const char *nearest = NULL;

  for (const WbCondition *c = catalogue->conditions; c != NULL && c->verb != NULL; c++)
    if (strcmp (c->verb, verb) == 0)
      g_ptr_array_add (words, (gpointer) c->name);
  for (guint i = 0; i < catalogue->n_fields; i++)
    {
      const WbField *field = &catalogue->fields[i];

      if (is ? field->type == WB_FIELD_BOOL : (field->flags & WB_FIELD_NULLABLE) != 0)
        g_ptr_array_add (words, (gpointer) field->name);
      for (const WbFieldChoice *c = field->choices; is && c != NULL && c->code != NULL; c++)
        g_ptr_array_add (words, (gpointer) c->code);
    }
  for (guint i = 0; i < words->len && opposite == NULL; i++)
    if (_wb_filter_is_opposite (raw->text, g_ptr_array_index (words, i)))
      opposite = g_strdup_printf ("-%s:%s", verb, (const char *) g_ptr_array_index (words, i));
  nearest = _wb_filter_nearest (raw->text, words);
  if (opposite != NULL && reader->text[raw->start - 1] == ':')
    _wb_filter_set_error (error, reader, reader->clause, raw->end, WB_FILTER_ERROR_FIELD, _ ("a condition"), opposite,
                          _ ("unknown condition “%s:%s”: its opposite is written “%s”"), verb, shown, opposite);
  else if (nearest != NULL)
    _wb_filter_set_error (error, reader, raw->start, raw->end, WB_FILTER_ERROR_FIELD, _ ("a condition"), nearest,
                          _ ("unknown condition “%s:%s”: did you mean “%s”?"), verb, shown, nearest);
  else
    _wb_filter_set_error (error, reader, raw->start, raw->end, WB_FILTER_ERROR_FIELD, _ ("a condition"), NULL,
                          is ? _ ("unknown condition “%s:%s”: there is is:open, is:late, is:paid and more")
                             : _ ("unknown condition “%s:%s”: there is has:note, has:email and more"),
                          verb, shown);
}

/* One word after `is:`, `has:` or `no:`. */
static WbFilter *
read_condition (WbFilterReader *reader,
                const char *verb,
                GError **error)
{
  gboolean no = strcmp (verb, "no") == 0;
  g_auto(WbFilterRaw) raw = { 0 };
  g_autoptr(GError) inner = NULL;
  WbFilter *found = NULL;

  _wb_filter_skip_space (reader);
  if (!_wb_filter_read_raw (reader, TRUE, FALSE, &raw, error))
    return NULL;
  if (*raw.text == '\0')
    {
      _wb_filter_set_error (error, reader, raw.start, raw.end, WB_FILTER_ERROR_SYNTAX, _ ("a condition"), NULL,
                            _ ("a word is missing after “%s:”"), verb);
      return NULL;
    }
  found = strcmp (verb, "is") == 0 ? find_is (reader, raw.text, &inner) : find_has (reader, raw.text, &inner);
  if (found == NULL)
    {
      if (inner != NULL) /* a catalogue's own expression is wrong; a test reads them all */
        g_propagate_error (error, g_steal_pointer (&inner));
      else
        set_unknown_condition (reader, no ? "has" : verb, &raw, error);
      return NULL;
    }

  return no ? _wb_filter_new_not (found) : found;
}

/* `is:paid,late` is either. */
static WbFilter *
read_conditions (WbFilterReader *reader,
                 const char *verb,
                 GError **error)
{
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_filter_unref);

  for (;;)
    {
      WbFilter *condition = read_condition (reader, verb, error);

      if (condition == NULL)
        return NULL;
      g_ptr_array_add (found, condition);
      if (!count_clause (reader, here (reader), error))
        return NULL;
      if ((*reader->at != ',' && *reader->at != ';') || _wb_filter_is_stop (reader->at + 1, TRUE))
        return _wb_filter_new_group (reader->catalogue, WB_FILTER_OR, g_steal_pointer (&found));
      reader->at++;
    }
}

/* ---- Clauses ------------------------------------------------------------------------------ */

static const char *
get_verb (const WbFilterReader *reader,
          const WbFilterHead *head)
{
  static const char *const verbs[] = { "is", "has", "no" };

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (head->second == 0 && strlen (verbs[i]) == head->first &&
        g_ascii_strncasecmp (reader->at, verbs[i], head->first) == 0 && reader->at[head->first] == ':')
      return verbs[i];

  return NULL;
}

static gboolean
find_field (WbFilterReader *reader,
            const WbFilterHead *head,
            const WbRelation **relation,
            const WbField **field,
            GError **error)
{
  const WbCatalogue *catalogue = reader->catalogue;
  gsize start = here (reader);
  g_autofree char *first = g_strndup (reader->at, head->first);
  g_autofree char *second = head->second > 0 ? g_strndup (reader->at + head->first + 1, head->second) : NULL;

  *relation = NULL;
  if (head->total > head->first)
    {
      *relation = wb_catalogue_find_relation (catalogue, first);
      if (*relation == NULL)
        {
          set_unknown (reader, catalogue, TRUE, start, start + head->first, error);
          return FALSE;
        }
      catalogue = wb_catalogue_get ((*relation)->target);
      start += head->first + 1;
    }
  *field = wb_catalogue_find (catalogue, second != NULL ? second : first);
  if (*field != NULL && (head->total == head->first || second != NULL))
    return TRUE;

  set_unknown (reader, catalogue, *relation == NULL, start, here (reader) + head->total, error);
  return FALSE;
}

static WbFilter *
read_clause (WbFilterReader *reader,
             const WbFilterHead *head,
             GError **error)
{
  const char *verb = get_verb (reader, head);
  const WbRelation *relation = NULL;
  const WbField *field = NULL;
  g_autoptr(GArray) tests = NULL;
  gsize start = here (reader);
  gboolean negated = FALSE;
  WbFilter *clause = NULL;

  reader->clause = start;
  if (verb != NULL)
    {
      reader->at += head->total + 1;
      return read_conditions (reader, verb, error);
    }
  if (!find_field (reader, head, &relation, &field, error))
    return NULL;
  reader->related = relation != NULL;
  reader->at += head->total;
  _wb_filter_skip_space (reader);
  if (*reader->at == ':')
    reader->at++;
  _wb_filter_skip_space (reader);
  negated = *reader->at == '!' || g_str_has_prefix (reader->at, "<>");
  if (negated)
    reader->at += *reader->at == '!' ? 1 : 2;
  tests = _wb_filter_tests_new ();
  if (!_wb_filter_read_tests (reader, field, tests, error) || !count_clause (reader, start, error))
    return NULL;
  clause = _wb_filter_new_clause (reader->catalogue, relation, field, g_steal_pointer (&tests));

  return negated ? _wb_filter_new_not (clause) : clause;
}

/* Nothing in it that a name, number or place is made of. */
static gboolean
is_punctuation (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_isalnum (*p) || (guchar) *p > 0x7f)
      return FALSE;

  return TRUE;
}

static WbFilter *
read_word (WbFilterReader *reader,
           GError **error)
{
  g_auto(WbFilterRaw) raw = { 0 };
  const char *p = NULL;

  if (!_wb_filter_read_raw (reader, FALSE, FALSE, &raw, error))
    return NULL;
  for (p = raw.text; *p == WB_FILTER_WILD_MANY || *p == WB_FILTER_WILD_ONE || *p == ' '; p++)
    ;
  if (*p == '\0')
    {
      _wb_filter_set_error (error, reader, raw.start, raw.end, WB_FILTER_ERROR_SYNTAX, _ ("a word"), "",
                            raw.text[0] == '\0' ? _ ("there is nothing between the quotes")
                                                : _ ("a wildcard alone finds everything: leave it out"));
      return NULL;
    }
  if (raw.plain && is_punctuation (raw.text))
    {
      g_autofree char *shown = _wb_filter_excerpt (reader, raw.start, raw.end);

      _wb_filter_set_error (error, reader, raw.start, raw.end, WB_FILTER_ERROR_SYNTAX, _ ("a clause or a word"), "",
                            strpbrk (raw.text, "<>=:") != NULL
                              ? _ ("“%s” wants the name of a field in front of it, as in total>100")
                              : _ ("“%s” is neither word nor field; put it in quotes to look for it"),
                            shown);
      return NULL;
    }
  if (!count_clause (reader, raw.start, error))
    return NULL;

  return _wb_filter_new_word (reader->catalogue, raw.text);
}

static WbFilter *
read_group (WbFilterReader *reader,
            GError **error)
{
  gsize start = here (reader);
  g_autoptr(WbFilter) inside = NULL;

  reader->at++;
  inside = read_or (reader, error);
  if (inside == NULL)
    return NULL;
  if (*reader->at != ')')
    {
      g_autofree char *closed = g_strconcat (reader->text + start, ")", NULL);

      _wb_filter_set_error (error, reader, start, here (reader), WB_FILTER_ERROR_SYNTAX, ")", closed,
                            _ ("the parenthesis is not closed"));
      return NULL;
    }
  reader->at++;
  if (wb_filter_is_empty (inside))
    {
      _wb_filter_set_error (error, reader, start, here (reader), WB_FILTER_ERROR_SYNTAX, _ ("a clause or a word"), "",
                            _ ("there is nothing between the parentheses"));
      return NULL;
    }

  return g_steal_pointer (&inside);
}

static WbFilter *
read_primary (WbFilterReader *reader,
              GError **error)
{
  WbFilterHead head;
  gsize start = here (reader);

  if (*reader->at == '(')
    return read_group (reader, error);
  if (_wb_filter_scan_field (reader->catalogue, reader->at, &head))
    return read_clause (reader, &head, error);
  if (_wb_filter_is_stop (reader->at, FALSE))
    {
      _wb_filter_set_error (error, reader, start, start, WB_FILTER_ERROR_SYNTAX, _ ("a clause or a word"), NULL,
                            _ ("something is missing here: a clause or a word"));
      return NULL;
    }

  return read_word (reader, error);
}

static WbFilter *
read_negated (WbFilterReader *reader,
              gsize sign,
              GError **error)
{
  WbFilter *child = NULL;

  reader->at += sign;
  _wb_filter_skip_space (reader);
  child = read_unary (reader, error);

  return child != NULL ? _wb_filter_new_not (child) : NULL;
}

static WbFilter *
read_unary (WbFilterReader *reader,
            GError **error)
{
  gsize start = here (reader), sign = scan_keyword (reader, "not", "");
  WbFilter *result = NULL;

  if (reader->depth >= WB_FILTER_MAX_DEPTH)
    {
      _wb_filter_set_error (error, reader, start, start + 1, WB_FILTER_ERROR_LIMIT, NULL, NULL,
                            _ ("more than %d levels of parentheses"), WB_FILTER_MAX_DEPTH);
      return NULL;
    }
  if (sign == 0 && (*reader->at == '-' || *reader->at == '!' || g_str_has_prefix (reader->at, "−")))
    sign = g_utf8_next_char (reader->at) - reader->at;
  reader->depth++;
  result = sign > 0 ? read_negated (reader, sign, error) : read_primary (reader, error);
  reader->depth--;

  return result;
}

/* Clauses side by side, up to `or`, `)` or the end. None gives the empty `and`. */
static WbFilter *
read_and (WbFilterReader *reader,
          GError **error)
{
  g_autoptr(GPtrArray) children = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_filter_unref);

  for (;;)
    {
      WbFilter *child = NULL;
      gsize keyword = 0;

      skip_separators (reader);
      keyword = children->len > 0 ? scan_keyword (reader, "and", "&") : 0;
      if (keyword > 0)
        {
          reader->at += keyword;
          skip_separators (reader);
        }
      else if (*reader->at == '\0' || *reader->at == ')' || scan_keyword (reader, "or", "|") > 0)
        return _wb_filter_new_group (reader->catalogue, WB_FILTER_AND, g_steal_pointer (&children));
      child = read_unary (reader, error);
      if (child == NULL)
        return NULL;
      g_ptr_array_add (children, child);
    }
}

static WbFilter *
read_or (WbFilterReader *reader,
         GError **error)
{
  g_autoptr(GPtrArray) children = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_filter_unref);
  gsize keyword = 0;

  for (;;)
    {
      gsize start = here (reader);
      WbFilter *child = read_and (reader, error);

      if (child == NULL)
        return NULL;
      g_ptr_array_add (children, child);
      keyword = scan_keyword (reader, "or", "|");
      if (wb_filter_is_empty (child) && (keyword > 0 || children->len > 1))
        {
          _wb_filter_set_error (error, reader, start, here (reader), WB_FILTER_ERROR_SYNTAX, _ ("a clause or a word"), NULL,
                                _ ("“or” needs something on both sides"));
          return NULL;
        }
      if (keyword == 0)
        return _wb_filter_new_group (reader->catalogue, WB_FILTER_OR, g_steal_pointer (&children));
      reader->at += keyword;
    }
}

static gboolean
check_text (WbFilterReader *reader,
            GError **error)
{
  gsize n = strlen (reader->text);
  const char *bad = NULL;

  if (n > WB_FILTER_MAX_BYTES)
    {
      _wb_filter_set_error (error, reader, 0, 0, WB_FILTER_ERROR_LIMIT, NULL, NULL,
                            _ ("the expression is longer than %d bytes"), WB_FILTER_MAX_BYTES);
      return FALSE;
    }
  if (!g_utf8_validate (reader->text, -1, &bad))
    {
      WbFilterReader valid = { .text = "" };

      _wb_filter_set_error (error, &valid, 0, 0, WB_FILTER_ERROR_SYNTAX, NULL, NULL, _ ("byte %lu is not UTF-8"),
                            (gulong) (bad - reader->text));
      return FALSE;
    }
  for (const char *p = reader->text; *p != '\0'; p++)
    if (((guchar) *p < 0x20 && strchr ("\t\n\r", *p) == NULL) || *p == 0x7f)
      {
        _wb_filter_set_error (error, reader, p - reader->text, p - reader->text + 1, WB_FILTER_ERROR_SYNTAX, NULL, "",
                              _ ("a control character cannot stand in an expression"));
        return FALSE;
      }

  return TRUE;
}

/**
 * wb_filter_parse:
 * @catalogue: what the fields are of
 * @text: an expression; empty for everything
 * @context: (nullable): the world it is read in; only currencies and open choices matter here
 * @error: return location; %WB_FILTER_ERROR, with position and suggestion
 *
 * Any thread, if the context's functions allow it.
 *
 * Returns: (transfer full): the filter, or %NULL
 */
WbFilter *
wb_filter_parse (const WbCatalogue *catalogue,
                 const char *text,
                 const WbFilterContext *context,
                 GError **error)
{
  WbFilterReader reader = { .catalogue = catalogue, .context = context, .text = text, .at = text };
  g_autoptr(WbFilter) self = NULL;

  g_return_val_if_fail (catalogue != NULL && text != NULL, NULL);

  if (!check_text (&reader, error))
    return NULL;
  self = read_or (&reader, error);
  if (self == NULL)
    return NULL;
  if (*reader.at != '\0')
    {
      _wb_filter_set_error (error, &reader, here (&reader), here (&reader) + 1, WB_FILTER_ERROR_SYNTAX,
                            _ ("a clause or a word"), "", _ ("there is no parenthesis open that “)” could close"));
      return NULL;
    }

  return g_steal_pointer (&self);
}

/**
 * wb_filter_new_match:
 * @catalogue: what the field is of
 * @field: a field, perhaps behind a relation: "customer.segment"
 * @values: (array zero-terminated=1): values as they would be written, without quotes
 * @context: (nullable): the world they are read in
 * @error: return location
 *
 * Makes `field:value,value`. For programs: no value is taken for a keyword or wildcard except in
 * fields that are not texts.
 *
 * Returns: (transfer full): the clause, or %NULL with an error of %WB_FILTER_ERROR
 */
WbFilter *
wb_filter_new_match (const WbCatalogue *catalogue,
                     const char *field,
                     const char *const *values,
                     const WbFilterContext *context,
                     GError **error)
{
  g_autoptr(GString) text = g_string_new (field);

  for (guint i = 0; values[i] != NULL; i++)
    {
      g_autofree char *quoted = wb_filter_quote (values[i]);

      g_string_append_printf (text, "%c%s", i == 0 ? ':' : ',', quoted);
    }

  return wb_filter_parse (catalogue, text->str, context, error);
}
