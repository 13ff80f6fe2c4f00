/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the commands of waybillctl share: options that all of them have, opening the database,
 * waiting for something asynchronous, and how to end. A command is a function and a line in its
 * group's table; see app/README.md.
 */
#pragma once

#include <json-glib/json-glib.h>

#include "db/wb-database.h"
#include "devices/wb-device-rig.h"

G_BEGIN_DECLS

/* Exit statuses: it worked, it did not, it was asked for wrongly, some of what was given was refused. */
#define WB_CTL_OK 0
#define WB_CTL_FAILED 1
#define WB_CTL_USAGE 2
#define WB_CTL_PARTLY 3

typedef struct _WbCtl WbCtl;

/**
 * WbCtlCommand:
 * @name: the words that call it: `database start`, `doctor`
 * @arguments: what stands after the options, for --help: `NAME`
 * @summary: what it does, in half a line, translatable
 * @run: does it; begins with wb_ctl_parse(), returns the exit status
 *
 * A line of a group's table, which ends in { NULL }.
 */
typedef struct
{
  const char *name;
  const char *arguments;
  const char *summary;
  int (*run) (WbCtl *ctl, int argc, char **argv);
} WbCtlCommand;

struct _WbCtl
{
  const WbCtlCommand *command;
  char *where;      /* --database */
  gboolean json;    /* --json */
  gboolean verbose; /* --verbose */
  GCancellable *cancellable;
  WbDatabase *database;
};

/* The groups; a new one is a line here and one in main.c. */
extern const WbCtlCommand wb_ctl_database_commands[];
extern const WbCtlCommand wb_ctl_demo_commands[];
extern const WbCtlCommand wb_ctl_device_commands[];
extern const WbCtlCommand wb_ctl_doctor_commands[];
extern const WbCtlCommand wb_ctl_import_commands[];
extern const WbCtlCommand wb_ctl_label_commands[];
extern const WbCtlCommand wb_ctl_setting_commands[];
extern const WbCtlCommand wb_ctl_user_commands[];

/**
 * wb_ctl_parse:
 * @ctl: the call
 * @entries: (nullable): the command's own options
 * @min: how many arguments it needs at least
 * @max: and at most; -1 for any number
 * @argc: (inout): as run() got it
 * @argv: (inout): as run() got it; afterwards [1] to [argc - 1] are the arguments
 * @status: (out): how to end, when it returns %FALSE
 *
 * Reads the options, those of the command and the common ones. Says what is wrong with them, if
 * anything is.
 *
 * Returns: %TRUE to go on, %FALSE to return @status
 */
gboolean wb_ctl_parse (WbCtl *ctl,
                       const GOptionEntry *entries,
                       int min,
                       int max,
                       int *argc,
                       char ***argv,
                       int *status);

/**
 * wb_ctl_open:
 * @ctl: the call
 * @flags: what for
 * @error: why not
 *
 * Opens the database that --database names, telling a terminal what it is waiting for and asking
 * there for a password when one is wanted. It is closed when the command ends.
 *
 * Returns: (transfer none) (nullable): the database
 */
WbDatabase *wb_ctl_open (WbCtl *ctl, WbDatabaseFlags flags, GError **error);

/**
 * wb_ctl_get_database:
 * @ctl: the call
 *
 * Returns: (transfer none): the database that --database names, not open unless wb_ctl_open() was called
 */
WbDatabase *wb_ctl_get_database (WbCtl *ctl);

/**
 * wb_ctl_result_cb:
 * @source: whatever
 * @result: kept
 * @slot: where to, a pointer to a GAsyncResult
 *
 * The callback to give to any `_async` function together with `&result`; then wb_ctl_wait().
 */
void wb_ctl_result_cb (GObject *source, GAsyncResult *result, gpointer slot);

/**
 * wb_ctl_wait:
 * @slot: where wb_ctl_result_cb() puts the result
 *
 * Runs the main loop until the result is there.
 *
 * Returns: (transfer none): the result
 */
GAsyncResult *wb_ctl_wait (GAsyncResult **slot);

/**
 * wb_ctl_fail:
 * @ctl: the call
 * @error: (transfer full): what went wrong
 *
 * Says so on stderr.
 *
 * Returns: the exit status for it
 */
int wb_ctl_fail (WbCtl *ctl, GError *error);

/**
 * wb_ctl_misuse:
 * @ctl: the call
 * @format: what is wrong with the options or arguments
 * @...: for @format
 *
 * Says so on stderr, and where help is.
 *
 * Returns: the exit status for it
 */
int wb_ctl_misuse (WbCtl *ctl, const char *format, ...) G_GNUC_PRINTF (2, 3);

/**
 * wb_ctl_ask_password:
 * @prompt: what to ask
 *
 * Asks on the terminal, without showing what is typed; from a pipe it takes a line of stdin.
 *
 * Returns: (transfer full) (nullable): what was typed, %NULL at the end of the input
 */
char *wb_ctl_ask_password (const char *prompt);

/**
 * wb_ctl_print_json:
 * @builder: what to print, complete
 *
 * Prints it to stdout, indented, and ends the line.
 */
void wb_ctl_print_json (JsonBuilder *builder);

/**
 * wb_ctl_add_text:
 * @builder: inside an object
 * @name: the member
 * @value: (nullable): its value
 *
 * Adds a member that is a text, or null.
 */
void wb_ctl_add_text (JsonBuilder *builder, const char *name, const char *value);

/**
 * wb_ctl_add_flag:
 * @builder: inside an object
 * @name: the member
 * @value: its value
 *
 * Adds a member that is true or false.
 */
void wb_ctl_add_flag (JsonBuilder *builder, const char *name, gboolean value);

/**
 * wb_ctl_add_number:
 * @builder: inside an object
 * @name: the member
 * @value: its value
 *
 * Adds a member that is a whole number.
 */
void wb_ctl_add_number (JsonBuilder *builder, const char *name, gint64 value);

/* wb-ctl-device.c, for the doctor too */

/**
 * wb_ctl_open_devices:
 * @rig: not started
 *
 * Looks what is plugged in and opens all of it, since only then it is known whether it works.
 *
 * Returns: (transfer full) (element-type WbDevice): open devices, to be given to wb_ctl_close_devices()
 */
GPtrArray *wb_ctl_open_devices (WbCtl *ctl, WbDeviceRig *rig);
void wb_ctl_close_devices (WbDeviceRig *rig, GPtrArray *devices);

/* wb-ctl-emulate.c, for the table of devices */
int wb_ctl_emulate (WbCtl *ctl, int argc, char **argv);

/* wb-ctl-user.c, for `database create` too */

/**
 * wb_ctl_ask_new_password:
 * @login: whose
 * @password: (out): what was typed
 *
 * Returns: %FALSE when nothing was, which has been said
 */
gboolean wb_ctl_ask_new_password (const char *login, char **password);

/**
 * wb_ctl_add_user:
 * @ctl: the call, its database open
 * @login: see wb_staff_add_async()
 * @display_name: (nullable): likewise
 * @roles: likewise
 * @password: (nullable): likewise
 * @error: why not
 *
 * Returns: whether the seat is there
 */
gboolean wb_ctl_add_user (WbCtl *ctl,
                          const char *login,
                          const char *display_name,
                          const char *const *roles,
                          const char *password,
                          GError **error);

G_END_DECLS
