/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "core/wb-filter-node.h"
#include "tests/core/wb-test-filter.h"
#include "tests/wb-test.h"

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
      filter = wb_test_filter_parse ("orders", readable[i].text, &error);
      g_test_message ("%s", readable[i].text);
      g_assert_no_error (error);
      canonical = wb_filter_print (filter);
      g_assert_cmpstr (canonical, ==, readable[i].canonical);
      again = wb_test_filter_parse ("orders", canonical, &again_error);
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
      g_autoptr(WbFilter) filter = wb_test_filter_parse ("orders", wrong[i].text, &error);
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
  filter = wb_test_filter_parse ("orders", text->str, &error);
  g_assert_error (error, WB_FILTER_ERROR, WB_FILTER_ERROR_LIMIT);
  g_clear_error (&error);

  g_string_truncate (text, 0);
  for (guint i = 0; i < 1000; i++)
    g_string_append (text, "- ");
  filter = wb_test_filter_parse ("orders", text->str, &error);
  g_assert_error (error, WB_FILTER_ERROR, WB_FILTER_ERROR_LIMIT);
  g_clear_error (&error);

  g_string_truncate (text, 0);
  for (guint i = 0; i < WB_FILTER_MAX_CLAUSES + 1; i++)
    g_string_append (text, "a ");
  filter = wb_test_filter_parse ("orders", text->str, &error);
  g_assert_error (error, WB_FILTER_ERROR, WB_FILTER_ERROR_LIMIT);
  g_clear_error (&error);

  g_string_assign (text, "number:1");
  for (guint i = 0; i < WB_FILTER_MAX_VALUES; i++)
    g_string_append (text, ",1");
  filter = wb_test_filter_parse ("orders", text->str, &error);
  g_assert_error (error, WB_FILTER_ERROR, WB_FILTER_ERROR_LIMIT);
  g_clear_error (&error);

  g_string_truncate (text, 0);
  while (text->len <= WB_FILTER_MAX_BYTES)
    g_string_append (text, "aaaaaaaaaaaaaaaa");
  filter = wb_test_filter_parse ("orders", text->str, &error);
  g_assert_error (error, WB_FILTER_ERROR, WB_FILTER_ERROR_LIMIT);
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
      g_autoptr(WbFilter) filter = wb_test_filter_parse ("orders", quoted, NULL);

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
  g_test_add_func ("/filter/shapes", test_shapes);

  return g_test_run ();
}
