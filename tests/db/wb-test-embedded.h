/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the tests of the embedded cluster share: the asynchronous calls awaited, questions to its
 * server, and a program that holds a cluster open and may be killed. Each that returns nothing
 * fails the test when it cannot do its work.
 */
#pragma once

#include "db/wb-cluster.h"
#include "tests/wb-test.h"

G_BEGIN_DECLS

/* opens and waits */
gboolean wb_test_embedded_open (WbCluster *cluster, GError **error);
/* closes and waits */
void wb_test_embedded_close (WbCluster *cluster);
/* stops by hand and waits */
gboolean wb_test_embedded_stop (WbCluster *cluster, gboolean force, GError **error);
/* (transfer full): what can be seen from outside */
WbClusterStatus *wb_test_embedded_query (WbCluster *cluster);
/* whether the server answers */
gboolean wb_test_embedded_is_running (WbCluster *cluster);
/* (transfer full): the first value of a query over a connection of its own; @extra is added to the
 * conninfo */
char *wb_test_embedded_ask (WbCluster *cluster, const char *extra, const char *sql);
/* asks something simple */
void wb_test_embedded_assert_answers (WbCluster *cluster);
/* (transfer full): a cluster in @folder, open and answering */
WbCluster *wb_test_embedded_new_open (const char *folder);
/* opening fails with this code and a message that matches */
void wb_test_embedded_assert_fails (const char *folder, WbClusterError code, const char *pattern);
/* (transfer full): a folder with a cluster that was made and closed, to be damaged */
char *wb_test_embedded_new_used (void);
/* whether a file is there */
gboolean wb_test_embedded_has (const char *folder, const char *path);
/* overwrites a file */
void wb_test_embedded_write (const char *folder, const char *path, const char *text);
/* (transfer full): a program that opens the cluster, prints `open`, and closes it when its input
 * ends */
GSubprocess *wb_test_embedded_spawn_holder (const char *folder);
/* until it has ended, however */
void wb_test_embedded_wait_for_exit (GSubprocess *child);
/* until it has printed this */
void wb_test_embedded_wait_for_word (GSubprocess *holder, const char *word);
/* lets it close, and checks that it ended well */
void wb_test_embedded_release_holder (GSubprocess *holder);
/* what that program does; main() calls it for `--hold FOLDER` */
int wb_test_embedded_hold (const char *folder);

/* The program of the test, which holders are started from; main() sets it. */
extern char *wb_test_embedded_program;

G_END_DECLS
