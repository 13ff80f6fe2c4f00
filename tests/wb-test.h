/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What every test program has in common: start it with wb_test_init(), and any warning, leak of a
 * watched object or unexpected wait fails it. Nothing here sleeps: waiting means turning the main
 * loop until a condition holds, for a bounded time. Not for benchmarks. Main thread only.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * wb_test_init:
 * @argc: of main()
 * @argv: of main()
 *
 * g_test_init() with warnings fatal, a C locale, UTC, and a home and XDG folders of the program's own, empty at first.
 * Then add tests and `return g_test_run ();`.
 */
void wb_test_init (int *argc,
                   char ***argv);

/**
 * wb_test_skip_all:
 * @why: what is missing
 *
 * For a program that can do nothing at all without a server, before any test is added: skips it, or fails where skipping is forbidden.
 *
 * Returns: what main() returns
 */
int wb_test_skip_all (const char *why);

/**
 * wb_test_expect_warning:
 * @domain: log domain, e.g. "wb-core"
 * @pattern: glob that the message must match
 *
 * The next message of @domain has to be this warning; close with g_test_assert_expected_messages().
 */
void wb_test_expect_warning (const char *domain,
                             const char *pattern);

/**
 * wb_test_database:
 *
 * The conninfo of the throw-away server that tests/cluster started, as superuser. Without one the
 * running test is skipped (or fails, when the environment has CI) and the answer is %NULL: return.
 *
 * Returns: (transfer none) (nullable): a libpq connection string
 */
const char *wb_test_database (void);

/**
 * wb_test_data:
 * @path: below the folder of real data, e.g. "online-retail/online-retail.csv"
 *
 * Where the real data are that the environment names in WAYBILL_DATA; without them the running
 * test is skipped and the answer is %NULL: return.
 *
 * Returns: (transfer full) (nullable): an absolute file name
 */
char *wb_test_data (const char *path);

/**
 * wb_test_file:
 * @path: below tests/, e.g. "core/golden/shipping-203.zpl"
 *
 * Returns: (transfer full): the absolute name of a file that comes with the tests
 */
char *wb_test_file (const char *path);

/**
 * wb_test_folder:
 *
 * A new, empty temporary folder that is deleted, with all in it, when the program ends.
 *
 * Returns: (transfer full): its absolute name
 */
char *wb_test_folder (void);

/**
 * wb_test_count_files:
 * @folder: a folder
 * @ending: (nullable): how a name ends that counts; %NULL: all do
 *
 * Returns: how many files there are in @folder; none where there is no such folder
 */
guint wb_test_count_files (const char *folder,
                           const char *ending);

/**
 * wb_test_wait_until:
 * @condition: a C expression, evaluated after each turn of the main loop
 *
 * Turns the default main context until @condition holds. Fails the test after 60 s.
 */
#define wb_test_wait_until(condition)                                                              \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 wb_test_deadline = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;                       \
    while (!(condition))                                                                           \
      _wb_test_turn (wb_test_deadline, __FILE__, __LINE__, G_STRFUNC, #condition);                 \
  }                                                                                                \
  G_STMT_END

/**
 * wb_test_await:
 * @result: (out): a GAsyncResult* variable that wb_test_store_result() fills
 *
 * Turns the main loop until an asynchronous call has answered:
 * |[
 *   g_autoptr(GAsyncResult) result = NULL;
 *   x_async (self, NULL, wb_test_store_result, &result);
 *   wb_test_await (result);
 * ]|
 */
#define wb_test_await(result) wb_test_wait_until ((result) != NULL)

/**
 * wb_test_store_result:
 * @source: (nullable): unused
 * @result: what to keep
 * @user_data: a GAsyncResult**, which gets a reference to @result
 *
 * The callback that belongs to wb_test_await().
 */
void wb_test_store_result (GObject *source,
                           GAsyncResult *result,
                           gpointer user_data);

/**
 * wb_test_drain:
 *
 * Turns the default main context as long as something is ready, without waiting.
 */
void wb_test_drain (void);

/**
 * wb_test_assert_finalized:
 * @object: the address of a pointer that holds the last reference; set to %NULL
 *
 * Drops the reference, lets the main loop settle and fails the test when the object still lives.
 */
#define wb_test_assert_finalized(object)                                                           \
  _wb_test_assert_finalized ((gpointer *) (object), __FILE__, __LINE__, G_STRFUNC, #object)

/**
 * wb_test_random_seed:
 *
 * The seed for property tests: a fixed one, or the one in WAYBILL_TEST_SEED; said in the test's log.
 *
 * Returns: a seed for g_rand_new_with_seed()
 */
guint32 wb_test_random_seed (void);

void _wb_test_turn (gint64 deadline,
                    const char *file,
                    int line,
                    const char *function,
                    const char *condition);
void _wb_test_assert_finalized (gpointer *object,
                                const char *file,
                                int line,
                                const char *function,
                                const char *name);

G_END_DECLS
