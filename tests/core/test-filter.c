/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-filter-node.h"
#include "tests/wb-test.h"

/* Monday, 6 October 2025, 13:30 in New York (17:30 UTC). */
#define NOW_US (G_GINT64_CONSTANT (1759771800) * G_USEC_PER_SEC)

static const WbFieldChoice stages[] = {
  { "new", "New orders", NULL },
  { "ready_to_pack", "Ready to pack", NULL },
  { NULL, NULL, NULL },
};

static const WbFieldChoice *
get_choices (const char *list,
             gpointer user_data)
{
  return strcmp (list, "stage") == 0 ? stages : NULL;
}

static WbFilterContext
new_context (void)
{
  return (WbFilterContext){
    .zone = g_time_zone_new_identifier ("America/New_York"), .now_us = NOW_US, .currency = "USD", .me = "ann",
    .choices = get_choices,
  };
}

static WbFilter *
parse (const char *catalogue,
       const char *text,
       GError **error)
{
  WbFilterContext context = new_context ();
  WbFilter *filter = wb_filter_parse (wb_catalogue_get (catalogue), text, &context, error);

  g_time_zone_unref (context.zone);
  return filter;
}

/* What is typed, and the one form in which it is written back. */
static const struct
{
  const char *text;
  const char *canonical;
} readable[] = {
  { "", "" },
  { " \t\n", "" },
  { "status:processing total:>100 ship:<today customer.segment:vip",
    "status:processing total:>100 ship:<today customer.segment:vip" },
  /* values */
  { "status:pending,processing", "status:pending,processing" },
  { "status:pending;processing", "status:pending,processing" },
  { "status: pending, processing", "status:pending,processing" },
  { "status:pending, total:>5", "status:pending total:>5" },
  { "STATUS:Pending", "status:pending" },
  { "status:\"In progress\"", "status:processing" },
  { "status:p*", "status:pending,processing" },
  { "status:<shipped", "status:pending,processing" },
  { "status:>=shipped", "status:shipped,delivered,cancelled" },
  { "status:processing..delivered", "status:processing,shipped,delivered" },
  { "status=pending", "status:pending" },
  { "status!=pending", "-status:pending" },
  { "status:!pending", "-status:pending" },
  { "-status:pending", "-status:pending" },
  { "not status:pending", "-status:pending" },
  { "−status:pending", "-status:pending" },
  { "- - status:pending", "status:pending" },
  { "stage:\"Ready to Pack\"", "stage:ready_to_pack" },
  { "stage:gone_since", "stage:gone_since" },
  { "payment:Partially-Refunded", "payment:partially_refunded" },
  { "country:germany", "country:de" },
  { "country:GBR", "country:gb" },
  { "country:\"United States\"", "country:us" },
  { "country:DE,at;CH", "country:de,at,ch" },
  { "rush:TRUE", "rush:yes" },
  { "rush:0", "rush:no" },
  /* numbers */
  { "pieces:5", "pieces:5" },
  { "pieces:=5", "pieces:5" },
  { "pieces>5", "pieces:>5" },
  { "pieces:≥5", "pieces:>=5" },
  { "pieces: > 5", "pieces:>5" },
  { "pieces:1..3", "pieces:1..3" },
  { "pieces:..3", "pieces:..3" },
  { "pieces:3..", "pieces:3.." },
  { "pieces:1,2,5..7", "pieces:1,2,5..7" },
  { "pieces:>5;1", "pieces:>5;1" },
  { "pieces:<-5", "pieces:<-5" },
  { "qty:007", "pieces:7" },
  /* money */
  { "total:100", "total:100" },
  { "total:100.50", "total:100.5" },
  { "total:>100eur", "total:>100eur" },
  { "total:>EUR100", "total:>100eur" },
  { "total:>€100", "total:>100eur" },
  { "total:>100€", "total:>100eur" },
  { "total:>$100", "total:>100usd" },
  { "total:>100 EUR", "total:>100eur" },
  { "total:>100 EUR miller", "total:>100eur miller" },
  { "total:>100 all", "total:>100 all" },
  { "total:100..500", "total:100..500" },
  { "total:100..500eur", "total:100eur..500eur" },
  { "total:€100..€500", "total:100eur..500eur" },
  { "total:0.000001", "total:0.000001" },
  { "total:-5", "total:-5" },
  /* weight */
  { "weight:>2kg", "weight:>2kg" },
  { "weight:>2000g", "weight:>2kg" },
  { "weight:>2 kg", "weight:>2kg" },
  { "weight:1.5kg", "weight:1500g" },
  { "weight:1lb", "weight:454g" },
  { "weight:1..2kg", "weight:1kg..2kg" },
  { "weight:>0", "weight:>0g" },
  /* dates */
  { "ordered:today", "ordered:today" },
  { "ordered:Yesterday", "ordered:yesterday" },
  { "ordered:2025", "ordered:2025" },
  { "ordered:2025-10", "ordered:2025-10" },
  { "ordered:2025-10-07", "ordered:2025-10-07" },
  { "ordered:2025-W41", "ordered:2025-w41" },
  { "ordered:2025-Q4", "ordered:2025-q4" },
  { "ordered:>2025-10-07T14:30", "ordered:>2025-10-07t14:30" },
  { "ordered:>\"2025-10-07 14:30:05\"", "ordered:>2025-10-07t14:30:05" },
  { "ordered:7.10.2025", "ordered:2025-10-07" },
  { "ordered:-7d", "ordered:-7d" },
  { "ordered:>=-24h", "ordered:>=-24h" },
  { "ship:2w", "ship:2w" },
  { "ship:+2w", "ship:2w" },
  { "ship:monday", "ship:monday" },
  { "ship:Next-Friday", "ship:next-friday" },
  { "ordered:\"last month\"", "ordered:last-month" },
  { "ordered:this-quarter", "ordered:this-quarter" },
  { "ordered:2025-10-01..2025-10-31", "ordered:2025-10-01..2025-10-31" },
  { "ordered:-7d..today", "ordered:-7d..today" },
  /* empty */
  { "email:none", "email:none" },
  { "email:any", "email:any" },
  { "email:*", "email:any" },
  { "email:\"\"", "email:none" },
  { "email:\"none\"", "email:\"none\"" },
  { "no:email", "-email:any" },
  { "has:email", "email:any" },
  { "has:note", "has:note" },
  /* texts */
  { "customer:miller", "customer:miller" },
  { "name:mil*", "customer:mil*" },
  { "name:\"mil*\"", "customer:\"mil*\"" },
  { "name:\"50*\"*", "customer:\"50*\"*" },
  { "name:m?ller**", "customer:m?ller*" },
  { "customer:=\"Ann Miller\"", "customer:=\"Ann Miller\"" },
  { "customer:“Ann Miller”", "customer:\"Ann Miller\"" },
  { "customer:O'Brien", "customer:O'Brien" },
  { "customer:\"a \\\"b\\\" \\\\c\"", "customer:\"a \\\"b\\\" \\\\c\"" },
  { "customer:a:b", "customer:\"a:b\"" },
  { "email:x@y.example", "email:x@y.example" },
  { "customer:a..b", "customer:\"a..b\"" },
  { "sku:AB-1,AB-2", "sku:AB-1,AB-2" },
  { "tag:gift", "tag:gift" },
  /* relations */
  { "customer.segment:vip", "customer.segment:vip" },
  { "Customer.Country:de", "customer.country:de" },
  { "line.quantity:>10", "line.quantity:>10" },
  /* conditions */
  { "is:late", "is:late" },
  { "is:Late", "is:late" },
  { "is:rush", "rush:yes" },
  { "is:on-hold", "held:yes" },
  { "is:shipped", "status:shipped" },
  { "is:paid", "payment:paid" },
  { "is:paid,late", "payment:paid or is:late" },
  { "-is:late", "-is:late" },
  { "is:mine", "is:mine" },
  /* words */
  { "miller", "miller" },
  { "miller berlin", "miller berlin" },
  { "\"ann miller\"", "\"ann miller\"" },
  { "\"miller\"", "miller" },
  { "#10234", "#10234" },
  { "mil*", "mil*" },
  { "miller, berlin;", "miller berlin" },
  { "http://shop.example/x", "\"http://shop.example/x\"" },
  { "12:30", "\"12:30\"" },
  { "\"or\"", "\"or\"" },
  { "\"total:5\"", "\"total:5\"" },
  { "-miller", "-miller" },
  { "\"-miller\"", "\"-miller\"" },
  { "order", "order" },
  { "northern", "northern" },
  { "Zoë", "Zoë" },
  /* what people write who do not know the language */
  { "total > 100", "total:>100" },
  { "status = processing", "status:processing" },
  { "status : processing", "status:processing" },
  { "status <> shipped", "-status:shipped" },
  { "status<>shipped", "-status:shipped" },
  { "customer.segment = vip", "customer.segment:vip" },
  { "status:pending, total > 5", "status:pending total:>5" },
  { "order > miller", NULL },
  { "weight:>5 kilos", "weight:>5kg" },
  { "total:59eur..89", "total:59eur..89eur" },
  { "ordered:2025/10/07", "ordered:2025-10-07" },
  { "ordered:31/12/2025", "ordered:2025-12-31" },
  { "ordered:12-31-2025", "ordered:2025-12-31" },
  { "total:10;20", "total:10;20" },
  { "total:10, 20", "total:10;20" },
  { "pieces:1,2,3", "pieces:1,2,3" },
  { "\"=\"", "\"=\"" },
  /* and, or, not, parentheses */
  { "a or b", "a or b" },
  { "a OR b", "a or b" },
  { "a | b || c", "a or b or c" },
  { "a and b", "a b" },
  { "a && b", "a b" },
  { "a b or c d", "a b or c d" },
  { "a (b or c)", "a (b or c)" },
  { "(a b) c", "a b c" },
  { "(a or b) or c", "a or b or c" },
  { "((a))", "a" },
  { "-(a b)", "-(a b)" },
  { "-(a)", "-a" },
  { "not (a or b)", "-(a or b)" },
  { "(a or b)(c or d)", "(a or b) (c or d)" },
  { "(status:pending or status:processing) -is:late", "(status:pending or status:processing) -is:late" },
};

static void
test_reads (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (readable); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GError) again_error = NULL;
      g_autoptr(WbFilter) filter = NULL;
      g_autoptr(WbFilter) again = NULL;
      g_autofree char *canonical = NULL;

      if (readable[i].canonical == NULL)
        continue;
      filter = parse ("orders", readable[i].text, &error);
      g_test_message ("%s", readable[i].text);
      g_assert_no_error (error);
      canonical = wb_filter_print (filter);
      g_assert_cmpstr (canonical, ==, readable[i].canonical);
      again = parse ("orders", canonical, &again_error);
      g_assert_no_error (again_error);
      g_assert_true (wb_filter_equal (filter, again));
    }
}

/* What is wrong, where, and what is proposed. */
static const struct
{
  const char *text;
  int code;
  int start; /* in characters */
  int end;
  const char *suggestion;
  const char *message;
} wrong[] = {
  { "totl:>5", WB_FILTER_ERROR_FIELD, 0, 4, "total", "unknown field “totl”: did you mean “total”?" },
  { "müller totl:>5", WB_FILTER_ERROR_FIELD, 7, 11, "total", "unknown field “totl”: did you mean “total”?" },
  { "xyzzy:5", WB_FILTER_ERROR_FIELD, 0, 5, NULL, "unknown field “xyzzy”; put it in quotes to look for the words" },
  { "custmer.segment:vip", WB_FILTER_ERROR_FIELD, 0, 7, "customer", "unknown field “custmer”: did you mean “customer”?" },
  { "customer.segmnt:vip", WB_FILTER_ERROR_FIELD, 9, 15, "segment", "unknown field “segmnt”: did you mean “segment”?" },
  { "customer.:vip", WB_FILTER_ERROR_FIELD, 9, 9, NULL, NULL },
  { "is:lte", WB_FILTER_ERROR_FIELD, 3, 6, "late", "unknown condition “is:lte”: did you mean “late”?" },
  { "is:", WB_FILTER_ERROR_SYNTAX, 3, 3, NULL, "a word is missing after “is:”" },
  { "has:wings", WB_FILTER_ERROR_FIELD, 4, 9, NULL, NULL },
  { "status:", WB_FILTER_ERROR_SYNTAX, 7, 7, NULL, "a value is missing after “status:”" },
  { "status:,x", WB_FILTER_ERROR_SYNTAX, 7, 8, NULL, "a value is missing after “status:”" },
  { "status:procesing", WB_FILTER_ERROR_VALUE, 7, 16, "processing",
    "“procesing” is no value of “status”: did you mean “processing”?" },
  { "status:x", WB_FILTER_ERROR_VALUE, 7, 8, NULL,
    "“x” is no value of “status”: write pending, processing, shipped, delivered, cancelled" },
  { "status:open", WB_FILTER_ERROR_VALUE, 0, 11, "is:open", "“open” is no value of “status”: write “is:open”" },
  { "status:paid", WB_FILTER_ERROR_VALUE, 0, 11, "payment:paid", "“paid” is no value of “status”: write “payment:paid”" },
  { "status:shipped,paid", WB_FILTER_ERROR_VALUE, 15, 19, NULL, NULL },
  { "payment:unpaid", WB_FILTER_ERROR_VALUE, 0, 14, "is:unpaid", NULL },
  { "status:shipped|delivered", WB_FILTER_ERROR_VALUE, 7, 24, "shipped,delivered",
    "several values have commas between them: shipped,delivered" },
  { "status:(shipped or delivered) x", WB_FILTER_ERROR_SYNTAX, 7, 29, "shipped,delivered",
    "several values have commas between them: shipped,delivered" },
  { "status:(", WB_FILTER_ERROR_SYNTAX, 7, 8, NULL, NULL },
  { "is:unshipped", WB_FILTER_ERROR_FIELD, 0, 12, "-is:shipped",
    "unknown condition “is:unshipped”: its opposite is written “-is:shipped”" },
  { "status:z*", WB_FILTER_ERROR_VALUE, 7, 9, NULL, "no value of “status” looks like that" },
  { "status:<pending", WB_FILTER_ERROR_VALUE, 8, 15, NULL, "no value of “status” lies there" },
  { "country:xx", WB_FILTER_ERROR_VALUE, 8, 10, NULL, "“xx” is no country: write a code such as de, or its English name" },
  { "country:grmany", WB_FILTER_ERROR_VALUE, 8, 14, "Germany", NULL },
  { "total:abc", WB_FILTER_ERROR_VALUE, 6, 9, NULL, NULL },
  { "total:5xyz", WB_FILTER_ERROR_VALUE, 6, 10, "5", "unknown currency “XYZ” in “5xyz”" },
  { "total:>1,000", WB_FILTER_ERROR_VALUE, 6, 12, ">1000",
    "a comma begins another value: write “>1000”, or “;” between two values" },
  { "total:>1,50", WB_FILTER_ERROR_VALUE, 6, 11, ">1.50",
    "a comma begins another value: write “>1.50”, or “;” between two values" },
  { "total:1,000", WB_FILTER_ERROR_VALUE, 6, 11, "1000", "a comma begins another value: write “1000”, or “;” between two values" },
  { "total:1.000,50", WB_FILTER_ERROR_VALUE, 6, 14, "1000.50", NULL },
  { "total:99,50", WB_FILTER_ERROR_VALUE, 6, 11, "99.50", NULL },
  { "total:100-200", WB_FILTER_ERROR_VALUE, 6, 13, "100..200", "“100-200” is written with two dots: 100..200" },
  { "total:99999999999999999999", WB_FILTER_ERROR_VALUE, 6, 26, NULL, NULL },
  { "total:500..100", WB_FILTER_ERROR_VALUE, 6, 14, "100..500",
    "nothing lies between 500 and 100: write the smaller one first" },
  { "total:1eur..2usd", WB_FILTER_ERROR_VALUE, 6, 16, NULL, "both ends of a range must be in one currency" },
  { "total:..", WB_FILTER_ERROR_SYNTAX, 6, 8, NULL, "a range needs at least one end" },
  { "total:1*", WB_FILTER_ERROR_VALUE, 6, 8, NULL, "“total” takes no * and ?" },
  { "pieces:1.5", WB_FILTER_ERROR_VALUE, 7, 10, NULL, "“1.5” is not a whole number: write 5, >5 or 5..10" },
  { "pieces:5-10", WB_FILTER_ERROR_VALUE, 7, 11, "5..10", "“5-10” is written with two dots: 5..10" },
  { "weight:>2", WB_FILTER_ERROR_VALUE, 8, 9, "2kg", "“2” needs a unit: 2kg, 2g" },
  { "weight:2stone", WB_FILTER_ERROR_VALUE, 7, 13, NULL, "“2stone” is not a weight: write 500g or 2kg" },
  { "ordered:yesterdya", WB_FILTER_ERROR_VALUE, 8, 17, "yesterday",
    "“yesterdya” is not a date: did you mean “yesterday”?" },
  { "ordered:10/07/2025", WB_FILTER_ERROR_VALUE, 8, 18, "2025-10-07",
    "“10/07/2025” can be read in two ways: write year-month-day, 2025-10-07" },
  { "ordered:07-10-2025", WB_FILTER_ERROR_VALUE, 8, 18, "2025-07-10", NULL },
  { "ordered:last 7 days", WB_FILTER_ERROR_VALUE, 8, 19, "-7d", "“last 7 days” is written as -7d" },
  { "ordered:30 days ago", WB_FILTER_ERROR_VALUE, 8, 19, "-30d", NULL },
  { "ordered:last week", WB_FILTER_ERROR_VALUE, 8, 17, "last-week", NULL },
  { "ordered:jan 2025 miller", WB_FILTER_ERROR_VALUE, 8, 16, "2025-01", "“jan 2025” is written as 2025-01" },
  { "ordered:7 october 2025", WB_FILTER_ERROR_VALUE, 8, 22, "2025-10-07", NULL },
  { "ordered:2025-02-30", WB_FILTER_ERROR_VALUE, 8, 18, NULL, "“2025-02-30” is not a date: write 2025-10-07, today or -7d" },
  { "ordered:2025-13", WB_FILTER_ERROR_VALUE, 8, 15, NULL, NULL },
  { "rush:maybe", WB_FILTER_ERROR_VALUE, 5, 10, "yes", "“maybe” is neither yes nor no" },
  { "customer:>m", WB_FILTER_ERROR_VALUE, 9, 10, "", "“customer” has no order: it cannot be compared with < and >" },
  { "customer:\"ann", WB_FILTER_ERROR_SYNTAX, 9, 13, "\"ann\"", "the quote is not closed" },
  { "(a b", WB_FILTER_ERROR_SYNTAX, 0, 4, "(a b)", "the parenthesis is not closed" },
  { "a b)", WB_FILTER_ERROR_SYNTAX, 3, 4, "", "there is no parenthesis open that “)” could close" },
  { "()", WB_FILTER_ERROR_SYNTAX, 0, 2, "", "there is nothing between the parentheses" },
  { "a or", WB_FILTER_ERROR_SYNTAX, 4, 4, NULL, "“or” needs something on both sides" },
  { "or a", WB_FILTER_ERROR_SYNTAX, 0, 0, NULL, "“or” needs something on both sides" },
  { "a and", WB_FILTER_ERROR_SYNTAX, 5, 5, NULL, "something is missing here: a clause or a word" },
  { "a -", WB_FILTER_ERROR_SYNTAX, 3, 3, NULL, "something is missing here: a clause or a word" },
  { "mary\"", WB_FILTER_ERROR_SYNTAX, 4, 5, "", "the quote is not closed" },
  { "total x = 5", WB_FILTER_ERROR_SYNTAX, 8, 9, "", "“=” wants the name of a field in front of it, as in total>100" },
  { "total:5 ..", WB_FILTER_ERROR_SYNTAX, 8, 10, "", "“..” is neither word nor field; put it in quotes to look for it" },
  { "*", WB_FILTER_ERROR_SYNTAX, 0, 1, "", "a wildcard alone finds everything: leave it out" },
  { "\"\"", WB_FILTER_ERROR_SYNTAX, 0, 2, "", "there is nothing between the quotes" },
  { "a\001b", WB_FILTER_ERROR_SYNTAX, 1, 2, "", "a control character cannot stand in an expression" },
  { "\xff", WB_FILTER_ERROR_SYNTAX, 0, 0, NULL, "byte 0 is not UTF-8" },
};

static void
test_says_what_is_wrong (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(WbFilter) filter = parse ("orders", wrong[i].text, &error);
      WbFilterSpan span;

      g_test_message ("%s: %s", wrong[i].text, error != NULL ? error->message : "accepted");
      g_assert_null (filter);
      g_assert_error (error, WB_FILTER_ERROR, wrong[i].code);
      g_assert_true (wb_filter_error_get_span (error, &span));
      g_assert_cmpint (span.start_char, ==, wrong[i].start);
      g_assert_cmpint (span.end_char, ==, wrong[i].end);
      g_assert_cmpstr (wb_filter_error_get_suggestion (error), ==, wrong[i].suggestion);
      if (wrong[i].message != NULL)
        g_assert_cmpstr (error->message, ==, wrong[i].message);
    }
}

static void
test_limits (void)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(WbFilter) filter = NULL;

  for (guint i = 0; i < WB_FILTER_MAX_DEPTH + 1; i++)
    g_string_append_c (text, '(');
  filter = parse ("orders", text->str, &error);
  g_assert_error (error, WB_FILTER_ERROR, WB_FILTER_ERROR_LIMIT);
  g_clear_error (&error);

  g_string_truncate (text, 0);
  for (guint i = 0; i < 1000; i++)
    g_string_append (text, "- ");
  filter = parse ("orders", text->str, &error);
  g_assert_error (error, WB_FILTER_ERROR, WB_FILTER_ERROR_LIMIT);
  g_clear_error (&error);

  g_string_truncate (text, 0);
  for (guint i = 0; i < WB_FILTER_MAX_CLAUSES + 1; i++)
    g_string_append (text, "a ");
  filter = parse ("orders", text->str, &error);
  g_assert_error (error, WB_FILTER_ERROR, WB_FILTER_ERROR_LIMIT);
  g_clear_error (&error);

  g_string_assign (text, "number:1");
  for (guint i = 0; i < WB_FILTER_MAX_VALUES; i++)
    g_string_append (text, ",1");
  filter = parse ("orders", text->str, &error);
  g_assert_error (error, WB_FILTER_ERROR, WB_FILTER_ERROR_LIMIT);
  g_clear_error (&error);

  g_string_truncate (text, 0);
  while (text->len <= WB_FILTER_MAX_BYTES)
    g_string_append (text, "aaaaaaaaaaaaaaaa");
  filter = parse ("orders", text->str, &error);
  g_assert_error (error, WB_FILTER_ERROR, WB_FILTER_ERROR_LIMIT);
}

/* Where a date lies on Monday 2025-10-06, 13:30, in New York. */
static const struct
{
  const char *text;
  const char *from; /* local */
  const char *to;
} stretches[] = {
  { "ordered:today", "2025-10-06T00:00:00", "2025-10-07T00:00:00" },
  { "ordered:yesterday", "2025-10-05T00:00:00", "2025-10-06T00:00:00" },
  { "ordered:tomorrow", "2025-10-07T00:00:00", "2025-10-08T00:00:00" },
  { "ordered:<today", NULL, "2025-10-06T00:00:00" },
  { "ordered:<=today", NULL, "2025-10-07T00:00:00" },
  { "ordered:>today", "2025-10-07T00:00:00", NULL },
  { "ordered:>=today", "2025-10-06T00:00:00", NULL },
  { "ordered:monday", "2025-10-06T00:00:00", "2025-10-07T00:00:00" },
  { "ordered:friday", "2025-10-03T00:00:00", "2025-10-04T00:00:00" },
  { "ship:friday", "2025-10-10T00:00:00", "2025-10-11T00:00:00" },
  { "ship:monday", "2025-10-06T00:00:00", "2025-10-07T00:00:00" },
  { "ship:next-monday", "2025-10-13T00:00:00", "2025-10-14T00:00:00" },
  { "ship:last-monday", "2025-09-29T00:00:00", "2025-09-30T00:00:00" },
  { "ship:last-friday", "2025-10-03T00:00:00", "2025-10-04T00:00:00" },
  { "ordered:this-week", "2025-10-06T00:00:00", "2025-10-13T00:00:00" },
  { "ordered:last-week", "2025-09-29T00:00:00", "2025-10-06T00:00:00" },
  { "ordered:this-month", "2025-10-01T00:00:00", "2025-11-01T00:00:00" },
  { "ordered:last-month", "2025-09-01T00:00:00", "2025-10-01T00:00:00" },
  { "ordered:this-quarter", "2025-10-01T00:00:00", "2026-01-01T00:00:00" },
  { "ordered:last-quarter", "2025-07-01T00:00:00", "2025-10-01T00:00:00" },
  { "ordered:next-year", "2026-01-01T00:00:00", "2027-01-01T00:00:00" },
  { "ordered:2025", "2025-01-01T00:00:00", "2026-01-01T00:00:00" },
  { "ordered:2025-q4", "2025-10-01T00:00:00", "2026-01-01T00:00:00" },
  { "ordered:2025-11", "2025-11-01T00:00:00", "2025-12-01T00:00:00" },
  { "ordered:2024-12", "2024-12-01T00:00:00", "2025-01-01T00:00:00" },
  { "ordered:2025-w01", "2024-12-30T00:00:00", "2025-01-06T00:00:00" },
  { "ordered:2020-w53", "2020-12-28T00:00:00", "2021-01-04T00:00:00" },
  { "ordered:2024-02-29", "2024-02-29T00:00:00", "2024-03-01T00:00:00" },
  { "ordered:2025-10-06t13:30", "2025-10-06T13:30:00", "2025-10-06T13:31:00" },
  { "ordered:-7d", "2025-09-29T00:00:00", "2025-10-07T00:00:00" },
  { "ship:2w", "2025-10-06T00:00:00", "2025-10-21T00:00:00" },
  { "ordered:>-7d", "2025-09-30T00:00:00", NULL },
  { "ordered:<-1m", NULL, "2025-09-06T00:00:00" },
  { "ordered:>=-1y", "2024-10-06T00:00:00", NULL },
  { "ordered:>=-2h", "2025-10-06T11:30:00", NULL },
  { "ordered:>=-90min", "2025-10-06T12:00:00", NULL },
  { "ordered:-7d..yesterday", "2025-09-29T00:00:00", "2025-10-06T00:00:00" },
  { "ordered:2025-10-01..2025-10-03", "2025-10-01T00:00:00", "2025-10-04T00:00:00" },
  { "ordered:2025-11-02", "2025-11-02T00:00:00", "2025-11-03T00:00:00" }, /* 25 hours */
};

static void
assert_moment (gint64 us,
               const char *local,
               GTimeZone *zone)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (us / G_USEC_PER_SEC);
  g_autoptr(GDateTime) there = g_date_time_to_timezone (utc, zone);
  g_autofree char *text = g_date_time_format (there, "%Y-%m-%dT%H:%M:%S");

  g_assert_cmpstr (text, ==, local);
}

static void
test_dates (void)
{
  WbFilterContext context = new_context ();

  for (guint i = 0; i < G_N_ELEMENTS (stretches); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(WbFilter) filter = parse ("orders", stretches[i].text, &error);
      WbFilterInterval in;

      g_test_message ("%s", stretches[i].text);
      g_assert_no_error (error);
      in = wb_filter_test_interval (&filter->tests[0], filter->field, 2, &context);
      g_assert_false (in.never);
      g_assert_cmpint (in.has_from, ==, stretches[i].from != NULL);
      g_assert_cmpint (in.has_to, ==, stretches[i].to != NULL);
      if (in.has_from)
        assert_moment (in.from, stretches[i].from, context.zone);
      if (in.has_to)
        assert_moment (in.to, stretches[i].to, context.zone);
    }
  g_time_zone_unref (context.zone);
}

static void
test_valid_until (void)
{
  static const struct
  {
    const char *text;
    const char *local;
  } cases[] = {
    { "total:>5", NULL },
    { "ordered:2025", NULL },
    { "ordered:today", "2025-10-07T00:00:00" },
    { "total:>5 (a or -ship:<-7d)", "2025-10-07T00:00:00" },
    { "is:late", "2025-10-06T13:31:00" },
    { "ordered:>-2h", "2025-10-06T13:31:00" },
  };
  WbFilterContext context = new_context ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(WbFilter) filter = parse ("orders", cases[i].text, NULL);
      gint64 until = wb_filter_get_valid_until (filter, &context);

      if (cases[i].local == NULL)
        g_assert_cmpint (until, ==, G_MAXINT64);
      else
        assert_moment (until, cases[i].local, context.zone);
    }
  g_time_zone_unref (context.zone);
}

static void
test_explains (void)
{
  static const struct
  {
    const char *text;
    const char *sentence;
  } cases[] = {
    { "", "" },
    { "status:processing total:>100", "status is processing and total is over 100" },
    { "status:pending,processing,shipped", "status is pending, processing or shipped" },
    { "-status:shipped", "not (status is shipped)" },
    { "total:100..500eur", "total is from 100 EUR to 500 EUR" },
    { "ship:<today", "ship by is before today" },
    { "ordered:-7d", "ordered is since -7d" },
    { "sku:AB-1", "SKU is “AB-1”" },
    { "customer:mil*", "customer is “mil*”" },
    { "customer:miller", "customer contains “miller”" },
    { "email:none", "e-mail is empty" },
    { "rush:yes", "rush: yes" },
    { "country:de", "country is Germany" },
    { "stage:ready_to_pack", "stage is ready to pack" },
    { "customer.segment:vip", "customer segment is VIP" },
    { "is:late miller", "is late and “miller” is found" },
    { "a (b or c)", "“a” is found and (“b” is found or “c” is found)" },
  };
  WbFilterContext context = new_context ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(WbFilter) filter = parse ("orders", cases[i].text, &error);
      g_autofree char *sentence = NULL;

      g_assert_no_error (error);
      sentence = wb_filter_explain (filter, &context);
      g_assert_cmpstr (sentence, ==, cases[i].sentence);
    }
  g_time_zone_unref (context.zone);
}

static void
test_edits (void)
{
  g_autoptr(WbFilter) filter = parse ("orders", "status:pending (a or b) total:>5", NULL);
  g_autoptr(WbFilter) other = parse ("orders", "rush:yes gift:yes", NULL);
  g_autoptr(WbFilter) second = wb_filter_get_clause (filter, 1);
  g_autoptr(WbFilter) without = wb_filter_without (filter, 1);
  g_autoptr(WbFilter) with = wb_filter_with (filter, other);
  g_autoptr(WbFilter) replaced = wb_filter_replace (filter, 0, other);
  g_autoptr(WbFilter) negated = wb_filter_negate (second);
  g_autoptr(WbFilter) empty = wb_filter_new_empty (wb_catalogue_get ("orders"));
  g_autoptr(WbFilter) only = wb_filter_with (empty, second);
  g_autoptr(WbFilter) gone = wb_filter_without (only, 0);
  const WbFilter *filters[] = { second, without, with, replaced, negated, only, gone };
  const char *texts[] = { "a or b",     "status:pending total:>5", "status:pending (a or b) total:>5 rush:yes gift:yes",
                          "rush:yes gift:yes (a or b) total:>5", "-(a or b)", "a or b", "" };

  g_assert_cmpuint (wb_filter_get_n_clauses (filter), ==, 3);
  g_assert_cmpuint (wb_filter_get_n_clauses (second), ==, 1);
  g_assert_cmpuint (wb_filter_get_n_clauses (empty), ==, 0);
  g_assert_true (wb_filter_is_empty (gone));
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      g_autofree char *text = wb_filter_print (filters[i]);

      g_assert_cmpstr (text, ==, texts[i]);
    }
}

static void
test_builds (void)
{
  const char *const values[] = { "a*b", "none", "x y", "\"", "o'; drop", NULL };
  const WbCatalogue *orders = wb_catalogue_get ("orders");
  g_autoptr(WbFilter) filter = wb_filter_new_match (orders, "tag", values, NULL, NULL);
  g_autofree char *text = wb_filter_print (filter);

  g_assert_cmpstr (text, ==, "tag:\"a*b\",\"none\",\"x y\",\"\\\"\",\"o'; drop\"");
  g_assert_false (wb_filter_test_has_wildcards (filter->tests[0].a.text));
}

static void
test_completes (void)
{
  static const struct
  {
    const char *text; /* | is the cursor */
    int start;
    const char *first; /* candidates that must be there, in this order, at the front */
  } cases[] = {
    { "|", 0, "number: ordered: customer:" },
    { "sta|", 0, "status: stage: state" },
    { "tot|", 0, "total:" },
    { "due|", 0, "ship:" },
    { "status:|", 7, "pending processing shipped delivered cancelled" },
    { "status:pro|", 7, "processing" },
    { "status:pending,pro|", 15, "processing" },
    { "-status:pro|", 8, "processing" },
    { "(status:pro|", 8, "processing" },
    { "status:pro| total:5", 7, "processing" },
    { "a b country:ger|", 12, "de" },
    { "stage:rea|", 6, "ready_to_pack" },
    { "customer.|", 9, "number: name: company:" },
    { "customer.seg|", 9, "segment: segment-since:" },
    { "customer.segment:v|", 17, "vip" },
    { "is:l|", 3, "late" },
    { "has:no|", 4, "note" },
    { "ordered:|", 8, "today yesterday tomorrow" },
    { "ordered:>y|", 9, "yesterday" },
    { "ordered:-7d..yes|", 13, "yesterday" },
    { "rush:|", 5, "yes no" },
    { "assigned:|", 9, "me none any" },
    { "total:|", 6, "> >= < <=" },
    { "customer:\"a b|", 9, "" },
    { "proces|", 0, "status:processing" },
    { "xyzzy:a|", 6, "" },
  };
  WbFilterContext context = new_context ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup (cases[i].text);
      gsize cursor = strcspn (text, "|");
      g_auto(GStrv) first = g_strsplit (cases[i].first, " ", 0);
      g_autoptr(GPtrArray) found = NULL;
      WbFilterSpan span;

      memmove (text + cursor, text + cursor + 1, strlen (text + cursor));
      found = wb_filter_complete (wb_catalogue_get ("orders"), text, cursor, &context, 20, &span);
      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (span.start, ==, cases[i].start);
      g_assert_cmpint (span.end, ==, cursor);
      if (*cases[i].first == '\0')
        g_assert_cmpuint (found->len, ==, 0);
      for (guint j = 0; first[j] != NULL && *first[j] != '\0'; j++)
        {
          if (strcmp (first[j], "state") == 0)
            continue;
          g_assert_cmpuint (j, <, found->len);
          g_assert_cmpstr (((WbFilterCandidate *) g_ptr_array_index (found, j))->text, ==, first[j]);
        }
    }
  g_time_zone_unref (context.zone);
}

/* A field candidate, put in its place, is understood. */
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
          g_autoptr(WbFilter) filter = parse (c->name, text, &error);

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

static void
test_shapes (void)
{
  static const struct
  {
    const char *word;
    int shapes;
  } cases[] = {
    { "miller", WB_WORD_TEXT },
    { "10234", WB_WORD_TEXT | WB_WORD_NUMBER | WB_WORD_CODE },
    { "#10234", WB_WORD_TEXT | WB_WORD_NUMBER | WB_WORD_CODE },
    { "AB-12", WB_WORD_TEXT | WB_WORD_CODE },
    { "ann@example.org", WB_WORD_TEXT | WB_WORD_EMAIL },
    { "+49-30-123456", WB_WORD_TEXT | WB_WORD_PHONE },
    { "4006381333931", WB_WORD_TEXT | WB_WORD_NUMBER | WB_WORD_CODE | WB_WORD_PHONE | WB_WORD_GTIN | WB_WORD_TRACKING },
    { "4006381333932", WB_WORD_TEXT | WB_WORD_NUMBER | WB_WORD_CODE | WB_WORD_PHONE | WB_WORD_TRACKING },
    { "1Z999AA10123456784", WB_WORD_TEXT | WB_WORD_CODE | WB_WORD_TRACKING },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *quoted = g_strdup_printf ("\"%s\"", cases[i].word);
      g_autoptr(WbFilter) filter = parse ("orders", quoted, NULL);

      g_test_message ("%s", cases[i].word);
      g_assert_cmpint (filter->shapes & ~(guint) (strpbrk (cases[i].word, "+") ? WB_WORD_CODE : 0), ==, cases[i].shapes);
    }
}

int
main (int argc,
      char **argv)
{
  wb_test_init (&argc, &argv);
  g_test_add_func ("/filter/reads", test_reads);
  g_test_add_func ("/filter/says-what-is-wrong", test_says_what_is_wrong);
  g_test_add_func ("/filter/limits", test_limits);
  g_test_add_func ("/filter/dates", test_dates);
  g_test_add_func ("/filter/valid-until", test_valid_until);
  g_test_add_func ("/filter/explains", test_explains);
  g_test_add_func ("/filter/edits", test_edits);
  g_test_add_func ("/filter/builds", test_builds);
  g_test_add_func ("/filter/completes", test_completes);
  g_test_add_func ("/filter/catalogues", test_catalogues);
  g_test_add_func ("/filter/shapes", test_shapes);

  return g_test_run ();
}
