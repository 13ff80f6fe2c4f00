/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "core/wb-error.h"
#include "core/wb-tag-content.h"
#include "tests/wb-test.h"

static void
test_read (void)
{
  static const struct
  {
    const char *text;
    WbTagContent content;
    const char *code;
  } cases[] = {
    { "WB:STAFF:1001", WB_TAG_CONTENT_STAFF, "WB:STAFF:1001" },
    { "wb:staff:1001", WB_TAG_CONTENT_STAFF, "WB:STAFF:1001" },
    { "waybill:staff/1001", WB_TAG_CONTENT_STAFF, "WB:STAFF:1001" },
    { "WB:TOTE:T-7", WB_TAG_CONTENT_TOTE, "T-7" },
    { "waybill:tote/T%2D7", WB_TAG_CONTENT_TOTE, "T-7" },
    { "WB:BIN:A-04-2", WB_TAG_CONTENT_BIN, "A-04-2" },
    { "waybill:bin/Regal%20%C3%96", WB_TAG_CONTENT_BIN, "Regal Ö" },
    /* somebody's words */
    { NULL, WB_TAG_CONTENT_FOREIGN, NULL },
    { "", WB_TAG_CONTENT_FOREIGN, NULL },
    { "https://example.org/", WB_TAG_CONTENT_FOREIGN, NULL },
    { "4006381333931", WB_TAG_CONTENT_FOREIGN, NULL },
    { "WB:BIN:", WB_TAG_CONTENT_FOREIGN, NULL },
    { "WB:BIN: A", WB_TAG_CONTENT_FOREIGN, NULL },
    { "WB:BIN:A\n", WB_TAG_CONTENT_FOREIGN, NULL },
    { "waybill:bin/A%0A", WB_TAG_CONTENT_FOREIGN, NULL },
    { "waybill:bin/%00", WB_TAG_CONTENT_FOREIGN, NULL },
    { "waybill:bin/%", WB_TAG_CONTENT_FOREIGN, NULL },
    { "waybill:bin/%FF", WB_TAG_CONTENT_FOREIGN, NULL },
    { "WB:BIN:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", WB_TAG_CONTENT_FOREIGN, NULL },
    /* and never a command, however it is dressed */
    { "WB:OK", WB_TAG_CONTENT_FOREIGN, NULL },
    { "WB:SHORT", WB_TAG_CONTENT_FOREIGN, NULL },
    { "WB:BIN:WB:SHORT", WB_TAG_CONTENT_FOREIGN, NULL },
    { "WB:TOTE:wb:ok", WB_TAG_CONTENT_FOREIGN, NULL },
    { "waybill:tote/WB%3AOK", WB_TAG_CONTENT_FOREIGN, NULL },
    { "WB:STAFF:WB:OK", WB_TAG_CONTENT_FOREIGN, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *code = NULL;

      g_assert_cmpint (wb_tag_content_read (cases[i].text, &code), ==, cases[i].content);
      g_assert_cmpstr (code, ==, cases[i].code);
    }
}

/* What is written is read as what it is; what would not be is not written. */
static void
test_write (void)
{
  static const char *const codes[] = { "A-04-2", "WB:STAFF:1001", "", "WB:OK", "Ö", " x", "a\tb" };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    for (int content = WB_TAG_CONTENT_FOREIGN; content <= WB_TAG_CONTENT_BIN; content++)
      {
        g_autoptr (GError) error = NULL;
        g_autofree char *text = wb_tag_content_write (content, codes[i], &error);
        g_autofree char *code = NULL;

        g_assert_true ((text == NULL) == (error != NULL));
        if (text == NULL)
          {
            g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
            continue;
          }
        g_assert_cmpint (wb_tag_content_read (text, &code), ==, content);
        g_assert_true (g_str_has_suffix (code, codes[i]));
      }
}

int
main (int argc, char **argv)
{
  wb_test_init (&argc, &argv);

  g_test_add_func ("/tag-content/read", test_read);
  g_test_add_func ("/tag-content/write", test_write);
  return g_test_run ();
}
