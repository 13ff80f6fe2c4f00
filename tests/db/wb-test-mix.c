/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "tests/db/wb-test-mix.h"

typedef struct
{
  WbTestFacts *facts;
  const WbCatalogue *catalogue;
  GTimeZone *zone;
  GRand *random;
  gint64 row; /* whose values are taken half of the time, so that not every filter finds nothing */
} Mix;

/* What people filter by most; a quarter of the clauses takes any field. */
static const char *const usual[] = {
  "status",  "status",   "status",           "ordered",          "ordered",        "ordered", "customer",  "customer", "total",
  "total",   "country",  "country",          "payment",          "payment",        "stage",   "stage",     "ship",     "ship",
  "action",  "trouble",  "held",             "hold-reason",      "tag",            "tag",     "sku",       "product",  "channel",
  "city",    "postcode", "pieces",           "shipping",         "priority",       "weight",  "email",     "shipped",  "delivered",
  "cancelled", "rush",   "gift",             "notes",            "refunded",       "discount", "currency", "carrier",  "assigned",
  "tracking", "reference", "customer.segment", "customer.country", "customer.tag", "line.sku", "line.quantity", NULL,
};

static gboolean
one_in (Mix *mix,
        gint32 n)
{
  return g_rand_int_range (mix->random, 0, n) == 0;
}

static guint
below (Mix *mix,
       gsize n)
{
  return (guint) g_rand_int_range (mix->random, 0, (gint32) n);
}

/* ---- Values ------------------------------------------------------------------------------- */

static const WbTestFact *
fact_of (Mix *mix,
         const WbCatalogue *catalogue,
         const WbField *field,
         gint64 id)
{
  GArray *facts = wb_test_facts_get (mix->facts, catalogue, field, id);

  return facts != NULL && facts->len > 0 ? &g_array_index (facts, WbTestFact, below (mix, facts->len)) : NULL;
}

/* A value that some row has in the field, or NULL when none was found. */
static const WbTestFact *
pick_fact (Mix *mix,
           const WbCatalogue *catalogue,
           const WbField *field)
{
  GArray *ids = wb_test_facts_get_ids (mix->facts, catalogue);
  const WbTestFact *fact = catalogue == mix->catalogue && one_in (mix, 2) ? fact_of (mix, catalogue, field, mix->row) : NULL;

  for (guint tries = 0; tries < 200 && ids->len > 0 && (fact == NULL || (fact->text != NULL && *fact->text == '\0')); tries++)
    fact = fact_of (mix, catalogue, field, g_array_index (ids, gint64, below (mix, ids->len)));

  return fact;
}

/* A word of a text, or its beginning; or all of it. */
static char *
make_part (Mix *mix,
           const char *text)
{
  g_auto(GStrv) words = g_strsplit (text, " ", 0);
  const char *word = words[0] != NULL ? words[below (mix, g_strv_length (words))] : "";
  glong length = 4 + below (mix, 4); /* drawn once: MIN() would draw twice */
  g_autofree char *start = g_utf8_substring (word, 0, MIN (g_utf8_strlen (word, -1), length));

  switch (below (mix, 4))
    {
    case 0:
      return wb_filter_quote (text);
    case 1:
      return wb_filter_quote (*start != '\0' ? start : text);
    default:
      return wb_filter_quote (*word != '\0' ? word : text);
    }
}

static char *
make_code (Mix *mix,
           const char *text)
{
  g_autofree char *start = g_utf8_substring (text, 0, MAX (1, g_utf8_strlen (text, -1) - 2));
  g_autofree char *quoted = wb_filter_quote (start);

  return one_in (mix, 4) ? g_strconcat (quoted, "*", NULL) : wb_filter_quote (text);
}

/* Two digits that count, as people write numbers. */
static gint64
round_off (gint64 n)
{
  gint64 unit = 1;

  while (ABS (n) / unit >= 100)
    unit *= 10;

  return n / unit * unit;
}

static char *
make_amount (Mix *mix,
             const WbField *field,
             const WbTestFact *fact,
             gboolean with_currency)
{
  gint64 n = round_off (fact->number);

  switch (field->type)
    {
    case WB_FIELD_MONEY:
      return g_strdup_printf ("%" G_GINT64_FORMAT "%s", MAX (1, n / 100), with_currency ? fact->currency : "");
    case WB_FIELD_PRICE:
      return g_strdup_printf ("%" G_GINT64_FORMAT "%s", MAX (1, n / 1000000), with_currency ? fact->currency : "");
    case WB_FIELD_WEIGHT:
      return g_strdup_printf ("%" G_GINT64_FORMAT "g", n);
    case WB_FIELD_TEXT:
    case WB_FIELD_CODE:
    case WB_FIELD_INTEGER:
    case WB_FIELD_TIME:
    case WB_FIELD_DATE:
    case WB_FIELD_ENUM:
    case WB_FIELD_BOOL:
    case WB_FIELD_COUNTRY:
    case WB_FIELD_TAGS:
    default:
      return g_strdup_printf ("%" G_GINT64_FORMAT, n);
    }
}

/* >100, <100, 100, 100..200 */
static char *
make_numbers (Mix *mix,
              const WbField *field,
              const WbTestFact *fact)
{
  gboolean with_currency = fact->currency[0] != '\0' && one_in (mix, 2);
  WbTestFact more = { .number = fact->number + ABS (fact->number) / 2 + 1 };
  g_autofree char *a = make_amount (mix, field, fact, with_currency);
  g_autofree char *b = NULL;

  memcpy (more.currency, fact->currency, sizeof more.currency);
  b = make_amount (mix, field, &more, with_currency);

  switch (fact->number > 0 ? below (mix, 4) : 2 + below (mix, 2)) /* nobody asks for less than nothing */
    {
    case 0:
      return g_strconcat ("<", a, NULL);
    case 1:
      return g_strdup_printf ("%s..%s", a, b);
    case 2:
      return field->type == WB_FIELD_INTEGER ? g_strdup (a) : g_strconcat (">=", a, NULL);
    default:
      return g_strconcat (">", a, NULL);
    }
}

static char *
make_times (Mix *mix,
            const WbTestFact *fact)
{
  static const char *const words[] = { "today", "yesterday", "this-week", "last-week", "this-month", "last-month", "this-year",
                                       "-7d",   "-30d",      "<-30d",     ">-14d",     "-1y",        "<today" };
  static const char *const formats[] = { "%Y", "%Y-%m", "%Y-%m-%d", ">%Y-%m-%d", "<%Y-%m-%d", ">=%Y-%m", "<%Y-%m" };
  g_autoptr(GDateTime) utc = fact != NULL ? g_date_time_new_from_unix_utc (fact->number / G_USEC_PER_SEC) : NULL;
  g_autoptr(GDateTime) there = utc != NULL ? g_date_time_to_timezone (utc, mix->zone) : NULL;
  g_autoptr(GDateTime) later = there != NULL ? g_date_time_add_days (there, 1 + below (mix, 60)) : NULL;

  if (there == NULL || one_in (mix, 2))
    return g_strdup (words[below (mix, G_N_ELEMENTS (words))]);
  if (one_in (mix, 4))
    {
      g_autofree char *a = g_date_time_format (there, "%Y-%m-%d");
      g_autofree char *b = g_date_time_format (later, "%Y-%m-%d");

      return g_strdup_printf ("%s..%s", a, b);
    }

  return g_date_time_format (there, formats[below (mix, G_N_ELEMENTS (formats))]);
}

/* One value as it stands behind the colon, or NULL. */
static char *
make_value (Mix *mix,
            const WbCatalogue *catalogue,
            const WbField *field)
{
  const WbTestFact *fact = pick_fact (mix, catalogue, field);

  if (field->type == WB_FIELD_BOOL)
    return g_strdup (one_in (mix, 3) ? "no" : "yes");
  if (field->type == WB_FIELD_TIME || field->type == WB_FIELD_DATE)
    return make_times (mix, fact);
  if (fact == NULL)
    return g_strdup ("any");
  if (fact->text == NULL)
    return make_numbers (mix, field, fact);
  if (field->type == WB_FIELD_TEXT)
    return make_part (mix, fact->text);
  if (field->type == WB_FIELD_CODE)
    return make_code (mix, fact->text);

  return wb_filter_quote (fact->text);
}

/* ---- Clauses ------------------------------------------------------------------------------ */

static char *
make_tests (Mix *mix,
            const WbCatalogue *catalogue,
            const WbField *field)
{
  g_autofree char *a = make_value (mix, catalogue, field);
  g_autofree char *b = make_value (mix, catalogue, field);
  gboolean listed = field->type == WB_FIELD_ENUM || field->type == WB_FIELD_COUNTRY || field->type == WB_FIELD_CODE ||
                    field->type == WB_FIELD_TAGS;

  if ((field->flags & WB_FIELD_NULLABLE) != 0 && one_in (mix, 10))
    return g_strdup (one_in (mix, 2) ? "none" : "any");
  if (listed && strcmp (a, b) != 0 && one_in (mix, 3))
    return g_strdup_printf ("%s,%s", a, b);
  if (listed && one_in (mix, 12))
    return g_strconcat ("!", a, NULL);

  return g_steal_pointer (&a);
}

static const WbField *
pick_field (Mix *mix,
            const WbRelation **relation,
            const WbCatalogue **target)
{
  const WbRelation *relations = mix->catalogue->relations;
  guint n_relations = 0;

  *relation = NULL;
  *target = mix->catalogue;
  if (strcmp (mix->catalogue->name, "orders") == 0 && !one_in (mix, 4))
    {
      const char *name = usual[below (mix, G_N_ELEMENTS (usual) - 1)];
      g_auto(GStrv) parts = g_strsplit (name, ".", 2);

      if (parts[1] == NULL)
        return wb_catalogue_find (*target, name);
      *relation = wb_catalogue_find_relation (mix->catalogue, parts[0]);
      *target = wb_catalogue_get ((*relation)->target);
      return wb_catalogue_find (*target, parts[1]);
    }
  while (relations != NULL && relations[n_relations].name != NULL)
    n_relations++;
  if (n_relations > 0 && one_in (mix, 5))
    {
      *relation = &relations[below (mix, n_relations)];
      *target = wb_catalogue_get ((*relation)->target);
    }

  return &(*target)->fields[below (mix, (*target)->n_fields)];
}

static char *
make_condition (Mix *mix)
{
  const WbCondition *conditions = mix->catalogue->conditions;
  guint n = 0;

  while (conditions != NULL && conditions[n].verb != NULL)
    n++;
  if (n == 0)
    return NULL;
  conditions += below (mix, n);

  return g_strdup_printf ("%s%s:%s", one_in (mix, 6) ? "-" : "", conditions->verb, conditions->name);
}

/* A clause of a field that is not in @seen yet; NULL: another time. */
static char *
make_clause (Mix *mix,
             GHashTable *seen)
{
  const WbRelation *relation = NULL;
  const WbCatalogue *target = NULL;
  const WbField *field = pick_field (mix, &relation, &target);
  g_autofree char *name = g_strdup_printf ("%s%s%s", relation != NULL ? relation->name : "", relation != NULL ? "." : "",
                                           field->name);
  g_autofree char *tests = NULL;

  if (one_in (mix, 10))
    return make_condition (mix);
  if (!g_hash_table_add (seen, g_strdup (name)))
    return NULL;
  if (strcmp (field->name, "anything") == 0) /* what people type without a field */
    return relation == NULL ? wb_test_mix_search (mix->facts, mix->random, below (mix, wb_test_mix_get_n_searches ())) : NULL;
  tests = make_tests (mix, target, field);

  return g_strdup_printf ("%s%s:%s", one_in (mix, 12) ? "-" : "", name, tests);
}

char *
wb_test_mix_filter (WbTestFacts *facts,
                    const WbCatalogue *catalogue,
                    GTimeZone *zone,
                    GRand *random,
                    guint n_clauses)
{
  Mix mix = { .facts = facts, .catalogue = catalogue, .zone = zone, .random = random };
  GArray *ids = wb_test_facts_get_ids (facts, catalogue);
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GString) text = g_string_new (NULL);
  guint n = 0;

  mix.row = ids->len > 0 ? g_array_index (ids, gint64, below (&mix, ids->len)) : 0;
  while (n < n_clauses)
    {
      g_autofree char *clause = make_clause (&mix, seen);

      if (clause == NULL)
        continue;
      g_string_append_printf (text, "%s%s", n > 0 ? " " : "", clause);
      n++;
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* ---- Searching ---------------------------------------------------------------------------- */

/* Fields whose values people look for, and whether they type a word of them or all. */
static const struct
{
  const char *field;
  gboolean word;
} searches[] = {
  { "customer", TRUE }, { "customer", FALSE }, { "number", FALSE },   { "sku", FALSE },      { "postcode", FALSE },
  { "email", FALSE },   { "city", FALSE },     { "tracking", FALSE }, { "reference", FALSE }, { "recipient", TRUE },
};

guint
wb_test_mix_get_n_searches (void)
{
  return G_N_ELEMENTS (searches);
}

char *
wb_test_mix_search (WbTestFacts *facts,
                    GRand *random,
                    guint kind)
{
  const WbCatalogue *orders = wb_catalogue_get ("orders");
  Mix mix = { .facts = facts, .catalogue = orders, .random = random };
  const WbTestFact *fact = pick_fact (&mix, orders, wb_catalogue_find (orders, searches[kind].field));
  g_auto(GStrv) words = g_strsplit (fact != NULL && fact->text != NULL ? fact->text : "mary", " ", 0);

  /* Words side by side, each of which must be found; as people type them, without quotes. */
  if (searches[kind].word)
    return wb_filter_quote (words[below (&mix, g_strv_length (words))]);
  for (guint i = 0; words[i] != NULL; i++)
    {
      char *quoted = wb_filter_quote (words[i]);

      g_free (words[i]);
      words[i] = quoted;
    }

  return g_strjoinv (" ", words);
}
