/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waybillctl doctor: what is wrong with an installation or a connection, and the command that mends it. */
#define G_LOG_DOMAIN "waybillctl"

#include "config.h"

#include <string.h>
#include <unistd.h>

#include <gio/gunixsocketaddress.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "app/ctl/wb-ctl-doctor.h"
#include "app/program/wb-program.h"
#include "core/wb-label-templates.h"
#include "db/wb-conninfo.h"
#include "db/wb-server.h"
#include "devices/wb-label-draw.h"

#define LOW_BYTES (G_GUINT64_CONSTANT (1024) * 1024 * 1024)
#define OLDEST_SERVER 150000
#define CLOCK_TOLERANCE_MS 2000

typedef struct
{
  WbFindingKind kind;
  const char *check; /* a name that scripts can rely on */
  char *text;
  char *mend; /* a command, or NULL */
} Finding;

static void
free_finding (Finding *finding)
{
  g_free (finding->text);
  g_free (finding->mend);
  g_free (finding);
}

void
wb_ctl_find (GPtrArray *findings, WbFindingKind kind, const char *check, const char *mend, const char *format, ...)
{
  Finding *finding = g_new0 (Finding, 1);
  va_list args;

  va_start (args, format);
  finding->text = g_strdup_vprintf (format, args);
  va_end (args);
  finding->kind = kind;
  finding->check = check;
  finding->mend = g_strdup (mend);
  g_ptr_array_add (findings, finding);
}

/* ---- This machine ------------------------------------------------------------------------------ */

/* In a source tree: what app/run would install. An installed program has its packages by its own. */
static void
check_packages (WbCtl *ctl, GPtrArray *findings)
{
  g_autofree char *source = g_path_get_dirname (WB_BUILD_DIR);
  g_autofree char *installer = g_build_filename (source, "app", "install-packages", NULL);
  g_autofree char *list = g_build_filename (source, "app", "packages", NULL);
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *names = NULL;

  if (!wb_program_is_built () || !g_file_test (installer, G_FILE_TEST_IS_EXECUTABLE))
    return;
  child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL, installer, "--check", list, NULL);
  if (child == NULL)
    return;
  g_subprocess_communicate_utf8_async (child, NULL, ctl->cancellable, wb_ctl_result_cb, &result);
  if (!g_subprocess_communicate_utf8_finish (child, wb_ctl_wait (&result), &names, NULL, NULL))
    return;
  if (g_subprocess_get_successful (child))
    wb_ctl_find (findings, WB_FINDING_OK, "packages", NULL, _ ("All packages of app/packages are installed."));
  else
    wb_ctl_find (findings, WB_FINDING_PROBLEM, "packages", "app/run --build-only",
          _ ("Packages are missing: %s"), g_strstrip (names));
}

static void
check_display (GPtrArray *findings)
{
  if (g_getenv ("DISPLAY") != NULL || g_getenv ("WAYLAND_DISPLAY") != NULL)
    wb_ctl_find (findings, WB_FINDING_OK, "display", NULL, _ ("There is a display to open windows on."));
  else if (wb_program_is_built ())
    wb_ctl_find (findings, WB_FINDING_NOTE, "display", "tests/pictures DIR",
          _ ("There is no display: windows cannot be opened, pictures of them can be made."));
  else
    wb_ctl_find (findings, WB_FINDING_NOTE, "display", NULL, _ ("There is no display: windows cannot be opened."));
}

static void
check_fonts (WbCtl *ctl, GPtrArray *findings)
{
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *out = NULL;

  child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                            NULL, "fc-match", "--format=%{file}", "sans", NULL);
  if (child != NULL)
    {
      g_subprocess_communicate_utf8_async (child, NULL, ctl->cancellable, wb_ctl_result_cb,
                                           &result);
      g_subprocess_communicate_utf8_finish (child, wb_ctl_wait (&result), &out, NULL, NULL);
    }
  if (child == NULL)
    wb_ctl_find (findings, WB_FINDING_NOTE, "fonts", "apt install fontconfig",
          _ ("Cannot ask for fonts: fc-match is not installed."));
  else if (out == NULL || *out == '\0')
    wb_ctl_find (findings, WB_FINDING_PROBLEM, "fonts", "apt install fonts-cantarell",
          _ ("No font is installed: windows and labels would show boxes."));
  else
    wb_ctl_find (findings, WB_FINDING_OK, "fonts", NULL, _ ("Text is shown with %s."), out);
}

/* Templates of this machine that are wrong, and letters that a label would show as boxes. */
static void
check_labels (GPtrArray *findings)
{
  g_autoptr (WbLabelTemplates) templates = wb_label_templates_new (NULL);
  g_autoptr (GPtrArray) names = wb_label_templates_list (templates, NULL);
  const char *const *problems = wb_label_templates_get_problems (templates);

  for (guint i = 0; problems[i] != NULL; i++)
    wb_ctl_find (findings, WB_FINDING_PROBLEM, "labels", "waybillctl label check", _ ("A label template is not used: %s"), problems[i]);
  if (problems[0] == NULL)
    wb_ctl_find (findings, WB_FINDING_OK, "labels", NULL, _ ("%u label templates are in order."), names->len);
  if (wb_label_draw_count_unknown ("田中王小明") > 0)
    wb_ctl_find (findings, WB_FINDING_NOTE, "labels", "apt install fonts-droid-fallback",
                 _ ("No font has the letters of Chinese and Japanese names: labels would show boxes."));
}

/* Where CUPS listens: CUPS_SERVER names a socket, a host, or nothing. */
static GSocketConnectable *
find_cups (void)
{
  const char *server = g_getenv ("CUPS_SERVER");

  if (server == NULL || *server == '\0')
    server = "/run/cups/cups.sock";
  if (*server == '/')
    return G_SOCKET_CONNECTABLE (g_unix_socket_address_new (server));
  return g_network_address_parse (server, 631, NULL);
}

static gboolean
check_printing (WbCtl *ctl, GPtrArray *findings)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnectable) cups = find_cups ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (cups != NULL)
    {
      g_socket_client_set_timeout (client, 5);
      g_socket_client_connect_async (client, cups, ctl->cancellable, wb_ctl_result_cb, &result);
      connection = g_socket_client_connect_finish (client, wb_ctl_wait (&result), &error);
    }
  if (connection != NULL)
    wb_ctl_find (findings, WB_FINDING_OK, "printing", NULL, _ ("The print service answers."));
  else
    wb_ctl_find (findings, WB_FINDING_NOTE, "printing", "apt install cups && systemctl enable --now cups",
          _ ("The print service (CUPS) does not answer (%s): labels can only go to label printers on the network and to folders."),
          error != NULL ? error->message : _ ("CUPS_SERVER is malformed"));
  return connection != NULL;
}

/* ---- The embedded cluster ---------------------------------------------------------------------- */

/* The nearest folder above @path that is there. */
static char *
find_existing (const char *path)
{
  char *folder = g_strdup (path);

  while (!g_file_test (folder, G_FILE_TEST_EXISTS))
    {
      char *parent = g_path_get_dirname (folder);

      g_free (folder);
      folder = parent;
    }
  return folder;
}

/* By doing it: root may write everywhere, and yet not on a disk that is read-only. */
static gboolean
can_write (const char *folder)
{
  g_autofree char *probe = g_build_filename (folder, ".waybill-XXXXXX", NULL);

  return g_mkdtemp (probe) != NULL && g_rmdir (probe) == 0;
}

static void
check_folder (GPtrArray *findings, const char *folder)
{
  g_autofree char *existing = find_existing (folder);

  if (can_write (existing))
    wb_ctl_find (findings, WB_FINDING_OK, "folder", NULL, _ ("The folder %s can be written."), folder);
  else
    wb_ctl_find (findings, WB_FINDING_PROBLEM, "folder", "waybill --database embedded:FOLDER",
          _ ("%s cannot be written, so the embedded database has no place in %s."), existing,
          folder);
}

static void
check_room (GPtrArray *findings, const char *folder, guint64 free_bytes)
{
  g_autofree char *existing = find_existing (folder);
  g_autoptr (GFile) file = g_file_new_for_path (existing);
  g_autoptr (GFileInfo) info = NULL;
  g_autofree char *size = NULL;

  info = g_file_query_filesystem_info (file, G_FILE_ATTRIBUTE_FILESYSTEM_FREE, NULL, NULL);
  if (free_bytes == 0 && info != NULL)
    free_bytes = g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE);
  size = g_format_size (free_bytes);
  if (free_bytes >= LOW_BYTES)
    wb_ctl_find (findings, WB_FINDING_OK, "disk", NULL, _ ("The disk of %s has %s left."), existing, size);
  else
    wb_ctl_find (findings, free_bytes < LOW_BYTES / 8 ? WB_FINDING_PROBLEM : WB_FINDING_NOTE, "disk",
          "df -h", _ ("The disk of %s has only %s left; a database that cannot write stops."),
          existing, size);
}

/* TRUE: there is a cluster to connect to. */
static gboolean
check_cluster (WbCtl *ctl, WbCluster *cluster, GPtrArray *findings)
{
  const char *folder = wb_cluster_get_folder (cluster);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (WbClusterStatus) status = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *install = NULL;

  wb_cluster_query_status_async (cluster, ctl->cancellable, wb_ctl_result_cb, &result);
  status = wb_cluster_query_status_finish (cluster, wb_ctl_wait (&result), &error);
  check_folder (findings, folder);
  check_room (findings, folder, status != NULL ? status->free_bytes : 0);
  if (status == NULL)
    {
      wb_ctl_find (findings, WB_FINDING_PROBLEM, "cluster", NULL, "%s", error->message);
      return FALSE;
    }

  install = status->version > 0 ? g_strdup_printf ("apt install postgresql-%d", status->version) :
                                  g_strdup ("apt install postgresql");
  if (status->server_folder != NULL)
    wb_ctl_find (findings, WB_FINDING_OK, "server-programs", NULL, _ ("PostgreSQL %d is in %s."),
          status->server_version, status->server_folder);
  else if (status->version > 0)
    wb_ctl_find (findings, WB_FINDING_PROBLEM, "server-programs", install,
          _ ("The data in %s are of PostgreSQL %d, which is not installed."), folder,
          status->version);
  else
    wb_ctl_find (findings, WB_FINDING_PROBLEM, "server-programs", install,
          _ ("No PostgreSQL server is installed."));

  if (!status->exists)
    wb_ctl_find (findings, WB_FINDING_NOTE, "cluster", "waybillctl database start",
          _ ("The embedded database is not made yet; the first program makes it in %s."), folder);
  else
    wb_ctl_find (findings, WB_FINDING_OK, "cluster", NULL, _ ("The embedded database in %s is %s."), folder,
          status->running ? _ ("running") : _ ("stopped, and starts by itself"));
  return status->exists && status->server_folder != NULL;
}

/* ---- The connection ---------------------------------------------------------------------------- */

static void
check_extensions (const WbServerCheck *check, GPtrArray *findings)
{
  g_autofree char *absent = g_strjoinv (", ", check->absent_extensions);
  g_autofree char *missing = g_strjoinv (", ", check->missing_extensions);

  if (*absent != '\0')
    wb_ctl_find (findings, WB_FINDING_PROBLEM, "extensions", "apt install postgresql-contrib",
          _ ("The server does not have the extensions %s."), absent);
  else if (*missing != '\0')
    wb_ctl_find (findings, WB_FINDING_PROBLEM, "extensions", "waybillctl database migrate",
          _ ("The database does not have the extensions %s."), missing);
  else
    wb_ctl_find (findings, WB_FINDING_OK, "extensions", NULL, _ ("All extensions are there."));
}

static void
check_roles (const WbServerCheck *check, GPtrArray *findings)
{
  g_autofree char *roles = g_strjoinv (", ", check->roles);
  g_autofree char *mend = g_strdup_printf ("waybillctl user add %s --role ROLE", check->login);

  if (check->is_superuser)
    wb_ctl_find (findings, WB_FINDING_OK, "roles", NULL, _ ("The login %s may do everything."), check->login);
  else if (*roles != '\0')
    wb_ctl_find (findings, WB_FINDING_OK, "roles", NULL, _ ("The login %s is: %s."), check->login, roles);
  else
    wb_ctl_find (findings, WB_FINDING_PROBLEM, "roles", mend, _ ("The login %s has no role in Waybill."),
          check->login);
}

static void
check_encryption (const WbServerCheck *check, GPtrArray *findings)
{
  if (check->encryption != NULL)
    wb_ctl_find (findings, WB_FINDING_OK, "encryption", NULL, _ ("The connection is encrypted (%s)."), check->encryption);
  else if (!check->is_local)
    wb_ctl_find (findings, WB_FINDING_NOTE, "encryption", NULL,
          _ ("The connection is not encrypted: whoever is in the network can listen. Put sslmode=verify-full "
             "into the connection string, and ssl = on into the server's postgresql.conf."));
}

static void
check_server (WbCtl *ctl, WbDb *db, GPtrArray *findings)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (WbServerCheck) check = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *size = NULL;

  wb_server_check_async (db, ctl->cancellable, wb_ctl_result_cb, &result);
  check = wb_server_check_finish (db, wb_ctl_wait (&result), &error);
  if (check == NULL)
    {
      wb_ctl_find (findings, WB_FINDING_PROBLEM, "server", NULL, "%s", error->message);
      return;
    }
  size = g_format_size ((guint64) check->size_bytes);
  if (check->version >= OLDEST_SERVER)
    wb_ctl_find (findings, WB_FINDING_OK, "server-version", NULL,
          _ ("The server is PostgreSQL %d.%d; the database takes %s."), check->version / 10000,
          check->version % 10000, size);
  else
    wb_ctl_find (findings, WB_FINDING_PROBLEM, "server-version", "apt install postgresql",
          _ ("The server is PostgreSQL %d; Waybill needs 15 or newer."), check->version / 10000);
  if (!g_str_equal (check->encoding, "UTF8"))
    wb_ctl_find (findings, WB_FINDING_PROBLEM, "encoding", "waybillctl database create",
          _ ("The database is in %s, not UTF-8: names would be lost."), check->encoding);
  if (check->is_standby)
    wb_ctl_find (findings, WB_FINDING_NOTE, "standby", NULL,
          _ ("This server is a standby: reading works, writing does not."));
  if (check->n_connections * 10 > check->max_connections * 9)
    wb_ctl_find (findings, WB_FINDING_NOTE, "connections", "psql -c 'alter system set max_connections = …'",
          _ ("%d of %d connections are in use."), check->n_connections, check->max_connections);
  if (ABS (check->clock_ahead_ms) > CLOCK_TOLERANCE_MS)
    wb_ctl_find (findings, WB_FINDING_NOTE, "clock", "timedatectl set-ntp true",
          _ ("The clocks of the server and of this machine differ by %.1f s."),
          (double) check->clock_ahead_ms / 1000);
  check_encryption (check, findings);
  check_roles (check, findings);
  check_extensions (check, findings);
}

static void
check_schema (WbCtl *ctl, WbDb *db, GPtrArray *findings)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WbSchemaState state = { 0 };

  wb_schema_query_async (db, NULL, ctl->cancellable, wb_ctl_result_cb, &result);
  if (!wb_schema_query_finish (db, wb_ctl_wait (&result), &state, &error))
    wb_ctl_find (findings, WB_FINDING_PROBLEM, "schema", NULL, "%s", error->message);
  else if (state.number > state.wanted)
    wb_ctl_find (findings, WB_FINDING_PROBLEM, "schema", "git pull && app/run --build-only",
          _ ("The schema is of version %d, newer than this program knows (%d)."), state.number,
          state.wanted);
  else if (state.number < state.wanted || !state.api_is_current)
    wb_ctl_find (findings, state.number < state.wanted ? WB_FINDING_PROBLEM : WB_FINDING_NOTE, "schema",
          "waybillctl database migrate",
          _ ("The schema is of version %d; this program brings %d, and its functions differ."),
          state.number, state.wanted);
  else
    wb_ctl_find (findings, WB_FINDING_OK, "schema", NULL, _ ("The schema is up to date (%d)."), state.number);
}

/* The command that mends it; NULL: what the error says is all that can be said. */
static char *
choose_mend (WbDatabase *database, const GError *error)
{
  g_autofree char *conninfo = wb_database_dup_conninfo (database);
  g_autofree char *given = wb_conninfo_get (conninfo, "user");
  g_autofree char *bare = wb_conninfo_set (conninfo, "password", NULL);
  const char *login = given != NULL ? given : "NAME";

  if (wb_database_is_embedded (database))
    return g_strdup ("waybillctl database status");
  if (g_strcmp0 (wb_db_error_get_sqlstate (error), "3D000") == 0)
    return g_strdup ("waybillctl database create");
  if (g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_AUTH))
    return g_strdup_printf ("waybillctl user add %s --role ROLE --password-prompt", login);
  if (g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_DENIED))
    return g_strdup_printf ("waybillctl user add %s --role ROLE", login);
  if (g_error_matches (error, WB_DB_ERROR, WB_DB_ERROR_OFFLINE))
    return g_strdup_printf ("pg_isready -d \"%s\"", bare);
  return NULL;
}

static void
check_connection (WbCtl *ctl, GPtrArray *findings)
{
  WbDatabase *database = wb_ctl_get_database (ctl);
  g_autofree char *name = wb_database_dup_name (database);
  g_autoptr (GError) error = NULL;

  if (wb_ctl_open (ctl, WB_DATABASE_FLAGS_BARE, &error) == NULL)
    {
      g_autofree char *mend = choose_mend (database, error);
      const char *hint = wb_db_error_get_hint (error);
      g_autofree char *why = g_strjoin (". ", error->message, hint, NULL);

      wb_ctl_find (findings, WB_FINDING_PROBLEM, "connection", mend, _ ("Cannot connect to %s: %s"), name, why);
      return;
    }
  wb_ctl_find (findings, WB_FINDING_OK, "connection", NULL, _ ("Connected to %s."), name);
  check_server (ctl, wb_database_get_db (database), findings);
  check_schema (ctl, wb_database_get_db (database), findings);
}

/* ---- The report -------------------------------------------------------------------------------- */

static const char *
name_kind (WbFindingKind kind)
{
  switch (kind)
    {
    case WB_FINDING_PROBLEM:
      return "problem";
    case WB_FINDING_NOTE:
      return "note";
    case WB_FINDING_OK:
    default:
      return "ok";
    }
}

static void
print_json (GPtrArray *findings)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < findings->len; i++)
    {
      const Finding *finding = g_ptr_array_index (findings, i);

      json_builder_begin_object (builder);
      wb_ctl_add_text (builder, "check", finding->check);
      wb_ctl_add_text (builder, "state", name_kind (finding->kind));
      wb_ctl_add_text (builder, "text", finding->text);
      wb_ctl_add_text (builder, "mend", finding->mend);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  wb_ctl_print_json (builder);
}

static void
print_text (GPtrArray *findings)
{
  static const char *const signs[] = { "✓", "–", "✗" };
  static const char *const words[] = { "ok  ", "note", "BAD " };
  const char *const *marks = g_get_charset (NULL) ? signs : words;

  for (guint i = 0; i < findings->len; i++)
    {
      const Finding *finding = g_ptr_array_index (findings, i);

      g_print ("%s %s\n", marks[finding->kind], finding->text);
      if (finding->mend != NULL)
        g_print ("    %s\n", finding->mend);
    }
}

static int
examine (WbCtl *ctl, int argc, char **argv)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func ((GDestroyNotify) free_finding);
  WbCluster *cluster = NULL;
  gboolean has_printing = FALSE;
  int status = WB_CTL_OK;

  if (!wb_ctl_parse (ctl, NULL, 0, 0, &argc, &argv, &status))
    return status;
  cluster = wb_database_get_cluster (wb_ctl_get_database (ctl));
  check_packages (ctl, findings);
  check_display (findings);
  check_fonts (ctl, findings);
  check_labels (findings);
  has_printing = check_printing (ctl, findings);
  wb_ctl_doctor_devices (ctl, has_printing, findings);
  wb_ctl_doctor_senses (findings);
  if (cluster == NULL || check_cluster (ctl, cluster, findings))
    check_connection (ctl, findings);

  if (ctl->json)
    print_json (findings);
  else
    print_text (findings);
  for (guint i = 0; i < findings->len; i++)
    if (((const Finding *) g_ptr_array_index (findings, i))->kind == WB_FINDING_PROBLEM)
      return WB_CTL_FAILED;
  return WB_CTL_OK;
}

const WbCtlCommand wb_ctl_doctor_commands[] = {
  { "doctor", "", N_ ("Tells what is wrong with this installation, and the command that mends it"),
    examine },
  { 0 },
};
