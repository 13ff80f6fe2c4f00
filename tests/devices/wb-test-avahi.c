/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * For LD_PRELOAD: ippeveprinter of CUPS 2.4 ends when there is no Avahi to tell of itself. These are the calls it makes, and nobody
 * hears of it. Compiled without Avahi's headers, which tests do not need otherwise.
 */
#include <stdlib.h>

#define NOBODY(name) int name (void)
#define SOMETHING(name) void *name (void)

NOBODY (avahi_threaded_poll_start);
NOBODY (avahi_threaded_poll_stop);
NOBODY (avahi_threaded_poll_lock);
NOBODY (avahi_threaded_poll_unlock);
NOBODY (avahi_client_errno);
NOBODY (avahi_entry_group_add_service_strlst);
NOBODY (avahi_entry_group_add_service_subtype);
NOBODY (avahi_entry_group_update_service_txt_strlst);
NOBODY (avahi_entry_group_add_record);
NOBODY (avahi_entry_group_commit);
NOBODY (avahi_entry_group_reset);
NOBODY (avahi_entry_group_free);
NOBODY (avahi_client_free);
NOBODY (avahi_threaded_poll_free);
SOMETHING (avahi_threaded_poll_new);
SOMETHING (avahi_threaded_poll_get);
SOMETHING (avahi_client_new);
SOMETHING (avahi_entry_group_new);
const char *avahi_client_get_host_name (void);
const char *avahi_client_get_host_name_fqdn (void);

static char thing;

#define IS_NOBODY(name) \
  int name (void)       \
  {                     \
    return 0;           \
  }
#define IS_SOMETHING(name) \
  void *name (void)        \
  {                        \
    return &thing;         \
  }

IS_NOBODY (avahi_threaded_poll_start)
IS_NOBODY (avahi_threaded_poll_stop)
IS_NOBODY (avahi_threaded_poll_lock)
IS_NOBODY (avahi_threaded_poll_unlock)
IS_NOBODY (avahi_client_errno)
IS_NOBODY (avahi_entry_group_add_service_strlst)
IS_NOBODY (avahi_entry_group_add_service_subtype)
IS_NOBODY (avahi_entry_group_update_service_txt_strlst)
IS_NOBODY (avahi_entry_group_add_record)
IS_NOBODY (avahi_entry_group_commit)
IS_NOBODY (avahi_entry_group_reset)
IS_NOBODY (avahi_entry_group_free)
IS_NOBODY (avahi_client_free)
IS_NOBODY (avahi_threaded_poll_free)
IS_SOMETHING (avahi_threaded_poll_new)
IS_SOMETHING (avahi_threaded_poll_get)
IS_SOMETHING (avahi_client_new)
IS_SOMETHING (avahi_entry_group_new)

const char *
avahi_client_get_host_name (void)
{
  return "localhost";
}

const char *
avahi_client_get_host_name_fqdn (void)
{
  return "localhost";
}
