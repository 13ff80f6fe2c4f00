/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memmem() */
#define G_LOG_DOMAIN "wb-test"

#include "config.h"

#include "tests/db/wb-test-proxy.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define PIECE 16384

/* One client and its way to the server. Two threads, one for each direction. */
typedef struct
{
  WbTestProxy *proxy;
  int client;
  int server;
  gboolean closed;
  gboolean armed;          /* the fault has met this link */
  gsize passed;            /* messages or bytes since */
  guint8 head[5];          /* of the server's message under way */
  guint n_head;
  gsize rest;              /* bytes of it still to come */
  GThread *threads[2];
} Link;

typedef struct
{
  Link *link;
  gboolean from_client;
} Pump;

struct _WbTestProxy
{
  GMutex mutex;
  GCond cond;
  char *folder;
  char *path;
  char *server_path;
  int listener;
  GThread *acceptor;
  GPtrArray *links;  /* Link */
  gboolean ended;
  gboolean stalled;
  gboolean refuses;
  guint delay_ms;
  char *marker;
  WbTestProxyFault fault;
  gsize fault_n;
  gboolean struck;
};

static int
make_socket (const char *path,
             struct sockaddr_un *address)
{
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (fd, >=, 0);
  memset (address, 0, sizeof *address);
  address->sun_family = AF_UNIX;
  g_assert_cmpint (strlen (path), <, sizeof address->sun_path);
  g_strlcpy (address->sun_path, path, sizeof address->sun_path);
  return fd;
}

/* With the mutex. The threads close the descriptors when they have ended. */
static void
cut (Link *link)
{
  if (link->closed)
    return;
  link->closed = TRUE;
  shutdown (link->client, SHUT_RDWR);
  shutdown (link->server, SHUT_RDWR);
  g_cond_broadcast (&link->proxy->cond);
}

static gboolean
write_all (int fd,
           const guint8 *data,
           gsize length)
{
  while (length > 0)
    {
      gssize n = send (fd, data, length, MSG_NOSIGNAL);
      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      data += n;
      length -= (gsize) n;
    }
  return TRUE;
}

/* How many of @length bytes of the server pass before the fault's last message is complete. */
static gsize
count_messages (Link *link,
                const guint8 *data,
                gsize length)
{
  gsize i = 0;

  while (i < length && link->passed < link->proxy->fault_n)
    {
      if (link->n_head < 5)
        {
          link->head[link->n_head++] = data[i++];
          if (link->n_head == 5)
            link->rest = ((gsize) link->head[1] << 24 | link->head[2] << 16 | link->head[3] << 8 | link->head[4]) - 4;
        }
      else
        {
          gsize n = MIN (link->rest, length - i);
          i += n;
          link->rest -= n;
        }
      if (link->n_head == 5 && link->rest == 0)
        {
          link->n_head = 0;
          link->passed++;
        }
    }
  return i;
}

/* With the mutex: how many bytes pass; fewer than @length: then cut. */
static gsize
judge_client (Link *link,
              const guint8 *data,
              gsize length)
{
  WbTestProxy *self = link->proxy;

  if (self->fault != WB_TEST_PROXY_NONE && !link->armed && self->marker != NULL && !self->struck &&
      memmem (data, length, self->marker, strlen (self->marker)) != NULL)
    {
      link->armed = TRUE;
      self->struck = TRUE;
    }
  if (!link->armed)
    return length;
  if (self->fault == WB_TEST_PROXY_CUT_BEFORE)
    return 0;
  if (self->fault == WB_TEST_PROXY_CUT_AFTER_SENT)
    {
      gsize n = MIN (length, self->fault_n - MIN (self->fault_n, link->passed));
      link->passed += n;
      return n;
    }
  return length;
}

static gsize
judge_server (Link *link,
              const guint8 *data,
              gsize length)
{
  WbTestProxy *self = link->proxy;
  gsize n = 0;

  if (!link->armed)
    return length;
  switch (self->fault)
    {
    case WB_TEST_PROXY_CUT_AFTER_MESSAGES:
      n = count_messages (link, data, length);
      return link->passed < self->fault_n ? length : n;
    case WB_TEST_PROXY_CUT_AFTER_BYTES:
      n = MIN (length, self->fault_n - MIN (self->fault_n, link->passed));
      link->passed += n;
      return n;
    case WB_TEST_PROXY_STALL:
      while (!link->closed && self->fault == WB_TEST_PROXY_STALL)
        g_cond_wait (&self->cond, &self->mutex);
      return length;
    case WB_TEST_PROXY_NONE:
    case WB_TEST_PROXY_CUT_BEFORE:
    case WB_TEST_PROXY_CUT_AFTER_SENT:
    default:
      return length;
    }
}

/* Whether a fault is due although not a byte more has come. */
static gboolean
is_due (Link *link)
{
  WbTestProxy *self = link->proxy;

  return link->armed && link->passed >= self->fault_n &&
         (self->fault == WB_TEST_PROXY_CUT_AFTER_MESSAGES || self->fault == WB_TEST_PROXY_CUT_AFTER_BYTES);
}

static gpointer
pump_thread (gpointer data)
{
  g_autofree Pump *pump = data;
  Link *link = pump->link;
  WbTestProxy *self = link->proxy;
  int from = pump->from_client ? link->client : link->server;
  int to = pump->from_client ? link->server : link->client;
  guint8 *piece = g_malloc (PIECE);

  while (TRUE)
    {
      gssize length = recv (from, piece, PIECE, 0);
      gsize passes = 0;
      gboolean due = FALSE;
      guint delay = 0;

      if (length < 0 && errno == EINTR)
        continue;
      if (length <= 0)
        break;
      g_mutex_lock (&self->mutex);
      while (self->stalled && !link->closed)
        g_cond_wait (&self->cond, &self->mutex);
      passes = pump->from_client ? judge_client (link, piece, (gsize) length)
                                 : judge_server (link, piece, (gsize) length);
      due = is_due (link);
      delay = pump->from_client ? 0 : self->delay_ms;
      g_mutex_unlock (&self->mutex);
      if (delay > 0)
        g_usleep (delay * 1000); /* may block: a thread of its own */
      if (!write_all (to, piece, passes) || passes < (gsize) length || due)
        break;
    }
  g_mutex_lock (&self->mutex);
  cut (link);
  g_mutex_unlock (&self->mutex);
  g_free (piece);
  return NULL;
}

static void
add_link (WbTestProxy *self,
          int client)
{
  struct sockaddr_un address;
  Link *link = g_new0 (Link, 1);

  link->proxy = self;
  link->client = client;
  link->server = make_socket (self->server_path, &address);
  g_mutex_lock (&self->mutex);
  if (self->fault != WB_TEST_PROXY_NONE && self->marker == NULL && !self->struck)
    self->struck = link->armed = TRUE;
  g_ptr_array_add (self->links, link);
  if (self->refuses || connect (link->server, (struct sockaddr *) &address, sizeof address) != 0)
    cut (link);
  else
    for (guint i = 0; i < 2; i++)
      {
        Pump *pump = g_new0 (Pump, 1);
        pump->link = link;
        pump->from_client = i == 0;
        link->threads[i] = g_thread_new ("wb-test-proxy", pump_thread, pump);
      }
  g_mutex_unlock (&self->mutex);
}

static gpointer
accept_thread (gpointer data)
{
  WbTestProxy *self = data;

  while (TRUE)
    {
      int client = accept (self->listener, NULL, NULL);
      gboolean ended = FALSE;

      g_mutex_lock (&self->mutex);
      ended = self->ended;
      g_mutex_unlock (&self->mutex);
      if (ended)
        {
          if (client >= 0)
            close (client);
          return NULL;
        }
      if (client >= 0)
        add_link (self, client);
    }
}

/* Below the folder of tests/cluster, which deletes it even if we crash; short, since it holds a socket. */
static char *
make_folder_name (void)
{
  const char *log = g_getenv ("WAYBILL_TEST_SERVER_LOG");
  g_autofree char *parent = log != NULL ? g_path_get_dirname (log) : g_strdup (g_get_tmp_dir ());

  return g_build_filename (parent, "proxy-XXXXXX", NULL);
}

WbTestProxy *
wb_test_proxy_new (const char *server_socket)
{
  WbTestProxy *self = g_new0 (WbTestProxy, 1);
  struct sockaddr_un address;

  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->folder = make_folder_name ();
  g_assert_nonnull (g_mkdtemp (self->folder));
  self->path = g_build_filename (self->folder, ".s.PGSQL.5432", NULL);
  self->server_path = g_build_filename (server_socket, ".s.PGSQL.5432", NULL);
  self->links = g_ptr_array_new ();
  self->listener = make_socket (self->path, &address);
  g_assert_cmpint (bind (self->listener, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (listen (self->listener, 64), ==, 0);
  self->acceptor = g_thread_new ("wb-test-proxy-accept", accept_thread, self);
  return self;
}

void
wb_test_proxy_free (WbTestProxy *self)
{
  g_mutex_lock (&self->mutex);
  self->ended = TRUE;
  self->stalled = FALSE;
  g_mutex_unlock (&self->mutex);
  shutdown (self->listener, SHUT_RDWR);
  g_thread_join (self->acceptor);
  wb_test_proxy_cut (self);
  for (guint i = 0; i < self->links->len; i++)
    {
      Link *link = g_ptr_array_index (self->links, i);

      for (guint j = 0; j < 2; j++)
        if (link->threads[j] != NULL)
          g_thread_join (link->threads[j]);
      close (link->client);
      close (link->server);
      g_free (link);
    }
  close (self->listener);
  g_ptr_array_unref (self->links);
  g_unlink (self->path);
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->path);
  g_free (self->server_path);
  g_free (self->marker);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self);
}

const char *
wb_test_proxy_get_socket (WbTestProxy *self)
{
  return self->folder;
}

void
wb_test_proxy_arm (WbTestProxy *self,
                   const char *marker,
                   WbTestProxyFault fault,
                   gsize n)
{
  g_mutex_lock (&self->mutex);
  g_free (self->marker);
  self->marker = g_strdup (marker);
  self->fault = fault;
  self->fault_n = n;
  self->struck = FALSE;
  /* what an earlier fault has met goes on undisturbed */
  for (guint i = 0; i < self->links->len; i++)
    ((Link *) g_ptr_array_index (self->links, i))->armed = FALSE;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
}

gboolean
wb_test_proxy_has_struck (WbTestProxy *self)
{
  gboolean struck = FALSE;

  g_mutex_lock (&self->mutex);
  struck = self->struck;
  g_mutex_unlock (&self->mutex);
  return struck;
}

void
wb_test_proxy_stall (WbTestProxy *self,
                     gboolean stalled)
{
  g_mutex_lock (&self->mutex);
  self->stalled = stalled;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
}

void
wb_test_proxy_delay (WbTestProxy *self,
                     guint ms)
{
  g_mutex_lock (&self->mutex);
  self->delay_ms = ms;
  g_mutex_unlock (&self->mutex);
}

void
wb_test_proxy_refuse (WbTestProxy *self,
                      gboolean refuses)
{
  g_mutex_lock (&self->mutex);
  self->refuses = refuses;
  g_mutex_unlock (&self->mutex);
}

void
wb_test_proxy_cut (WbTestProxy *self)
{
  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->links->len; i++)
    cut (g_ptr_array_index (self->links, i));
  g_mutex_unlock (&self->mutex);
}
