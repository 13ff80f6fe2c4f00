/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tests' own tools: waiting, finalisation, folders. */
#include "config.h"

#include "tests/wb-test.h"

static gboolean
count_cb (gpointer user_data)
{
  int *n = user_data;

  *n += 1;
  return *n < 3 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
test_wait_until (void)
{
  int n = 0;

  g_idle_add (count_cb, &n);
  wb_test_wait_until (n == 3);
  g_assert_cmpint (n, ==, 3);
}

static void
test_await (void)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, NULL, NULL);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GTask) second = g_task_new (NULL, NULL, wb_test_store_result, &result);

  g_task_return_boolean (second, TRUE);
  wb_test_await (result);
  g_assert_true (g_task_propagate_boolean (G_TASK (result), NULL));
  g_task_return_boolean (task, TRUE);
  wb_test_drain ();
}

static void
test_finalized (void)
{
  GObject *object = g_object_new (G_TYPE_OBJECT, NULL);

  wb_test_assert_finalized (&object);
  g_assert_null (object);
}

static void
test_folder (void)
{
  g_autofree char *a = wb_test_folder ();
  g_autofree char *b = wb_test_folder ();

  g_assert_true (g_file_test (a, G_FILE_TEST_IS_DIR));
  g_assert_cmpstr (a, !=, b);
}

static void
test_expected_warning (void)
{
  wb_test_expect_warning ("wb-elsewhere", "*went wrong*");
  g_log ("wb-elsewhere", G_LOG_LEVEL_WARNING, "something went wrong");
  g_test_assert_expected_messages ();
}

int
main (int argc,
      char **argv)
{
  wb_test_init (&argc, &argv);
  g_test_add_func ("/test/wait-until", test_wait_until);
  g_test_add_func ("/test/await", test_await);
  g_test_add_func ("/test/finalized", test_finalized);
  g_test_add_func ("/test/folder", test_folder);
  g_test_add_func ("/test/expected-warning", test_expected_warning);
  return g_test_run ();
}
